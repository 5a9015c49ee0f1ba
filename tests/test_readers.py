"""A published book: links carry a picture, mistakes are told of, exercises lie on a sheet."""

import re
import tomllib
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import jsonschema
import pytest
import yaml
from conftest import ROOT, command, real_book, write_settings
from mkdocs.config.defaults import MkDocsConfig
from PIL import Image
from pybtex.database import parse_string

from livedocs.project import Project
from reading import citation, minutes
from reading.reporting import address

SITE = "https://book.example/chapter/"
REPORT = "https://forge.example/issues/new"
LESSON = """---
title: 배우는 쪽
description: 점을 찍습니다.
concepts: []
---

# 배우는 쪽 { #lesson }

```{.python alt="점 둘을 이어서 그은 곧은 선 하나."}
import matplotlib.pyplot as plt

plt.plot([1, 2])
plt.show()
```

```{.python .check .notraining title="하나는 둘보다 <작다> & 0보다 크다"}
assert 0 < 1 < 2
```

??? question "연습: 더하기"
    [다른 쪽](other.md)과 [위](#lesson)를 보고 `1 + 1`을 셈하세요.

    ```python
    one = 1
    ```

    ??? success "풀이"
        ```{.python alt="풀이에서 그린, 점 하나뿐인 그림."}
        plt.plot([one + one])
        plt.show()
        print("답", one + one)
        ```
"""
OTHER = """---
title: 다른 쪽
concepts: []
---

# 다른 쪽 { #other }

글뿐입니다.
"""
SHEET = """# 문제지 { #sheet }

## 하나 { #sheet-one }

<!-- exercises: %s solutions: part -->
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a little book with the real configuration, published and not."""
    root = tmp_path_factory.mktemp("published") / "book"
    pages = {"index": OTHER, "part/lesson": LESSON, "part/other": OTHER}
    pages |= {"about/sheet": SHEET % "without", "about/solved": SHEET % "with"}
    settings = real_book(root, pages)
    for name, site, to in (("mkdocs", SITE, REPORT), ("plain", "", "")):
        settings |= {"site_url": site, "site_dir": name, "extra": {"report": to}}
        write_settings(root / f"{name}.yml", settings)
        done = command("-m", "mkdocs", "build", "--strict", "-f", f"{name}.yml", cwd=root)
        assert done.returncode == 0, done.stdout[-3000:]
    return root


def read(book: Path, page: str, site: str = "mkdocs") -> str:
    return (book / site / page / "index.html").read_text(encoding="utf-8")


def properties(html: str) -> dict[str, str]:
    found = re.findall(r'<meta property="([\w:]+)" content="([^"]*)">', html)
    return {name: unescape(text) for name, text in found}


def messages(html: str) -> list[dict[str, str]]:
    """Return what each link to tell of a mistake has already filled in."""
    links = re.findall(r'<p class="report"><a href="([^"]+)">', html)
    assert all(unescape(link).startswith(f"{REPORT}?") for link in links)
    queries = [parse_qs(urlsplit(unescape(link)).query) for link in links]
    return [{name: texts[0] for name, texts in query.items()} for query in queries]


def test_a_link_shows_a_picture_drawn_from_the_figure_of_its_page(book: Path) -> None:
    said = properties(read(book, "part/lesson"))
    assert said["og:image"] == f"{SITE}part/lesson/card.png"
    assert said["og:image:alt"] == "점 둘을 이어서 그은 곧은 선 하나."
    with Image.open(book / "mkdocs/part/lesson/card.png") as drawn:
        assert drawn.size == (1200, 630)
        seen = drawn.convert("RGB")
    with Image.open(book / "mkdocs/part/other/card.png") as written:
        bare = written.convert("RGB")
    right = (560, 0, 1200, 630)
    assert len(set(seen.crop(right).get_flattened_data())) > 20  # a curve, numbers, soft edges
    assert set(bare.crop(right).get_flattened_data()) == {(255, 255, 255)}


def test_a_picture_is_drawn_once(book: Path) -> None:
    kept = sorted((book / ".cache/livedocs/cards").iterdir())
    assert len(kept) == 3  # pages without a figure and with the same words share one
    assert (book / "mkdocs/part/lesson/card.png").read_bytes() in [k.read_bytes() for k in kept]


def test_a_book_without_an_address_has_neither_pictures_nor_reports(book: Path) -> None:
    html = read(book, "part/lesson", "plain")
    assert "og:title" in properties(html)
    assert "og:image" not in properties(html)
    assert not list((book / "plain").rglob("card.png"))
    assert "잘못 알리기" not in html


def test_a_page_and_each_check_tell_where_a_mistake_is(book: Path) -> None:
    html = read(book, "part/lesson")
    key = re.search(r"<dt>키</dt><dd>(\w{16})</dd>", html)
    anchor = re.search(r'<details class="check passed" id="([\w-]+)"', html)
    check, page = messages(html)
    assert key and anchor
    for message in (check, page):
        assert message["title"] == "잘못 알리기: 배우는 쪽"
        assert "쪽: 배우는 쪽 (part/lesson.md)" in message["body"]
        assert f"주소: {SITE}part/lesson/" in message["body"]
        assert f"키: {key[1]}" in message["body"]
    assert f"확인: 하나는 둘보다 <작다> & 0보다 크다 (#{anchor[1]})" in check["body"]
    assert "확인:" not in page["body"]
    assert re.search(r"report.*?</details>", html, re.DOTALL)  # behind the code of the check


def test_a_page_without_code_is_told_of_without_a_key(book: Path) -> None:
    (message,) = messages(read(book, "part/other"))
    assert "part/other.md" in message["body"]
    assert "키: " not in message["body"]


@pytest.mark.parametrize(
    ("settings", "to"),
    [
        ({"repo_url": "https://github.com/a/b/"}, "https://github.com/a/b/issues/new"),
        ({"repo_url": "https://gitlab.com/a/b"}, "https://gitlab.com/a/b/-/issues/new"),
        ({"repo_url": "https://code.example/a/b"}, ""),
        ({"repo_url": "https://github.com/a/b", "extra": {"report": REPORT}}, REPORT),
        ({"extra": {"report": ""}}, ""),
    ],
)
def test_mistakes_go_to_the_address_that_is_set_or_to_a_known_forge(settings, to: str) -> None:
    config = MkDocsConfig()
    config.load_dict({"site_name": "책", **settings})
    config.validate()
    assert address(config) == to


def test_a_sheet_has_the_exercises_and_only_one_of_two_has_the_solutions(book: Path) -> None:
    sheet, solved = read(book, "about/sheet"), read(book, "about/solved")
    for html in (sheet, solved):
        assert '<h3 id="exercise-1">1. 더하기</h3>' in html
        assert re.search(r'href="\.\./\.\./part/lesson/">배우는 쪽</a>', html)
        assert '<a href="../../part/other/">다른 쪽</a>' in html
        assert '<a href="../../part/lesson/#lesson">위</a>' in html
        assert html.count('class="exercise"') == 1
    assert "답 2" in solved and 'aria-label="풀이에서 그린, 점 하나뿐인 그림."' in solved
    assert "답 2" not in sheet and "풀이에서 그린" not in sheet


def test_what_a_sheet_repeats_keeps_its_own_identifiers(book: Path) -> None:
    html = read(book, "about/solved")
    article = html[html.index('class="exercise"') : html.index("</article>")]
    inside = re.findall(r'\sid="([^"]+)"', article)
    wanted = re.findall(r'(?:xlink:href="#|url\(#)([^")]+)', article)
    assert wanted and set(wanted) <= set(inside)
    assert all(name.startswith("part-lesson-") for name in wanted)
    assert "data-part" not in article


def test_the_citation_is_valid_and_of_this_version() -> None:
    said = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    schema = yaml.safe_load((ROOT / "tests" / "citation.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(said, schema)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert said["version"] == said["preferred-citation"]["version"] == project["version"]
    authors = [*said["authors"], *said["preferred-citation"]["authors"]]
    assert all(set(author) == {"name"} for author in authors)  # an entity, no invented people


def test_a_citation_is_text_and_bibtex_with_the_address_of_a_published_book(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(citation, "PUBLISHED", [SITE])
    written = "\n".join(citation.citation(Project(ROOT)))
    text, bibtex = map(unescape, re.findall(r"<code>(.*?)</code>", written, re.DOTALL))
    version = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))["version"]
    for form in (text, bibtex):
        assert all(part in form for part in ("1장 딥러닝이란?", version, SITE, "YYYY-MM-DD"))
    (entry,) = parse_string(bibtex, "bibtex").entries.values()
    assert entry.persons["author"][0].last_names == ["{livedocs-book}"]
    monkeypatch.setattr(citation, "PUBLISHED", [])
    assert "url = " not in "\n".join(citation.citation(Project(ROOT)))


def test_the_time_to_read_is_computed_from_the_words() -> None:
    rows = minutes.minutes(Project(ROOT))
    cells = [re.findall(r"\d+(?= \|)", row) for row in rows[2:]]
    alone, with_code = ([int(row[-2]) for row in cells], [int(row[-1]) for row in cells])
    assert len(rows) - 3 == len([*ROOT.glob("docs/*.md"), *ROOT.glob("docs/[!a]*/*.md")]) + len(
        [*ROOT.glob("docs/ai-ml-dl/*.md")]
    )
    assert all(1 <= less <= more for less, more in zip(alone, with_code, strict=True))
    assert alone[-1] == sum(alone[:-1]) and with_code[-1] == sum(with_code[:-1])
    said = (ROOT / "docs/about/start.md").read_text(encoding="utf-8")
    assert f"1분에 {minutes.WORDS}어절" in said and f"한 줄에 {minutes.LINE}초" in said
