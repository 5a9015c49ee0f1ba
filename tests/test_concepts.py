"""Every concept of the lecture is shown where the book says it is."""

import re
from pathlib import Path

import pytest
from claims.sentences import sentences
from conftest import ROOT
from markdown import Markdown

from reading.concepts import read_concepts, shown_by_checks, taught_on
from reading.pages import Page, read_pages

KNOWN = read_concepts(ROOT / "data" / "concepts.csv")
PAGES = read_pages(ROOT / "docs")
SHOWN, TAUGHT = shown_by_checks(PAGES), taught_on(PAGES)
# Sections whose pages are all there: add "1.1", "1.2", "1.3" as they land.
LANDED: tuple[str, ...] = ("1.1", "1.2", "1.3")
MOST_ON_A_PAGE = 8


def wrong_on(page: Page) -> list[str]:
    """Return what is wrong with the concepts that a page claims."""
    claimed = [str(concept) for concept in page.meta.get("concepts") or []]
    named = {concept for check in page.checks for concept in check.values.get("of", "").split()}
    found = [
        f"모르는 개념 {concept}" for concept in [*claimed, *sorted(named)] if concept not in KNOWN
    ]
    if len(claimed) > MOST_ON_A_PAGE:
        found.append(f"개념이 {len(claimed)}개다. 한 쪽에 {MOST_ON_A_PAGE}개까지")
    for concept in claimed:
        if concept not in KNOWN or concept in named:
            continue
        if KNOWN[concept].shown_by != "source":
            found.append(f"{concept}: 이 쪽의 확인 가운데 of로 이 개념을 드는 것이 없다")
        elif not any(sentence.keys for sentence in sentences(page)):
            found.append(f"{concept}: 출처로 보이는 개념인데 이 쪽에 출처가 없다")
    found += [f"{concept}: 확인이 들지만 머리말에 없다" for concept in sorted(named - set(claimed))]
    return found


def test_the_lecture_has_its_concepts() -> None:
    assert len(KNOWN) == 158
    assert {concept.shown_by for concept in KNOWN.values()} == {"check", "chart", "source"}


@pytest.mark.parametrize("page", PAGES.values(), ids=list(PAGES))
def test_a_page_shows_the_concepts_that_it_claims(page: Page) -> None:
    assert wrong_on(page) == []


@pytest.mark.parametrize(
    "section", LANDED or [pytest.param("", marks=pytest.mark.skip("절이 아직"))]
)
def test_every_concept_of_a_finished_section_is_shown(section: str) -> None:
    missing = [
        concept.id
        for concept in KNOWN.values()
        if concept.id.startswith(f"{section}-")
        and concept.id not in (SHOWN if concept.shown_by != "source" else SHOWN | TAUGHT)
    ]
    assert missing == []


CHECK = '```{{.python .check title="주장" of="{of}"}}\nassert x\n```\n'


@pytest.mark.parametrize(
    ("concepts", "of", "wrong"),
    [
        ("[1.1-06]", "1.1-06", ""),
        ("[1.1-06]", "1.1-07", "1.1-06: 이 쪽의 확인"),
        ("[9.9-99]", "9.9-99", "모르는 개념"),
        ("[]", "1.1-06", "머리말에 없다"),
        ("[1.1-10, 1.1-06]", "1.1-06", "1.1-10: 출처로"),
        (str([f"1.1-{n}" for n in range(11, 20)]).replace("'", ""), "1.1-11", "개념이 9개"),
    ],
)
def test_what_a_page_claims_is_judged(concepts: str, of: str, wrong: str) -> None:
    found = wrong_on(Page("a.md", f"---\nconcepts: {concepts}\n---\n{CHECK.format(of=of)}"))
    assert bool(found) == bool(wrong)
    assert re.search(wrong, "\n".join(found))


def test_the_map_lists_every_concept_and_links_its_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("docs", "data"):
        (tmp_path / folder).mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: 책\n", encoding="utf-8")
    rows = (
        "id,heading,says,kind,shown_by\n1.1-06,제목,내용,개념,check\n1.1-07,제목,다른,개념,check\n"
    )
    (tmp_path / "data" / "concepts.csv").write_text(rows, encoding="utf-8")
    page = f"---\ntitle: 쪽\n---\n{CHECK.format(of='1.1-06')}"
    (tmp_path / "docs" / "a.md").write_text(page, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    html = Markdown(extensions=["reading.listings", "tables", "md_in_html", "attr_list"]).convert(
        "<!-- reading: concepts -->"
    )
    assert "강의의 개념 2개 가운데 1개를 다루었고, 1개는 아직입니다." in html
    assert re.search(r'<a href="\.\./a\.md#check-[0-9a-f]{8}">주장</a>', html)
    assert html.count("아직 없음") == 1
