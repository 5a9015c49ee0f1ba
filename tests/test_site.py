"""The real book, built strictly: every page is there, with its outputs and without strangers."""

import json
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import pytest
from conftest import ROOT
from mkdocs.utils.yaml import yaml_load

from livedocs.environment import choose_backend
from livedocs.pages import read_page
from livedocs.project import find_project
from reading.examples import read_example

SCHEMA = Path(__file__).parent / "livedocs.schema.json"
MARKDOWN = sorted((ROOT / "docs").rglob("*.md"))
# These repeat what other pages put out.
SHEET = ROOT / "docs" / "about" / "exercises.md"
SOLVED = [SHEET.with_stem(f"exercises-solved{part}") for part in ("", "-1-2", "-1-3")]
SHEETS = [SHEET, *SOLVED]
OWN = [path for path in MARKDOWN if path not in SHEETS]
EXERCISE = re.compile(r'^\?\?\? question "연습: (.*)"$', re.MULTILINE)
REMOTE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
# Elements that name an address without loading it.
ONLY_NAMED = {("a", "href"), ("link", "canonical"), ("form", "action")}
IN_STYLE = re.compile(r"""(?:url\(\s*|@import\s+)["']?((?:https?:)?//[^"')\s]+)""")


class Elements(HTMLParser):
    """All elements of a page with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list) -> None:
        """Note one element."""
        self.found.append((tag, {name: value or "" for name, value in attributes}))


def built(site: Path) -> dict[str, str]:
    """Return the HTML of every page, by its address."""
    pages = {p.relative_to(site).as_posix(): p for p in sorted(site.rglob("*.html"))}
    return {name: path.read_text(encoding="utf-8") for name, path in pages.items()}


def report(site: Path) -> dict:
    return json.loads((site / "livedocs.json").read_text(encoding="utf-8"))


def listed(nav: object) -> list[str]:
    """Return the sources that a navigation names, however nested."""
    if isinstance(nav, str):
        return [nav]
    inside = nav.values() if isinstance(nav, dict) else nav
    return [source for each in inside for source in listed(each)]


def navigation() -> list[str]:
    with (ROOT / "mkdocs.yml").open(encoding="utf-8") as file:
        return listed(yaml_load(file)["nav"])


def address(source: str) -> str:
    """Return the file that MkDocs builds from a source."""
    name = re.sub(r"\.(?:md|ipynb)$", "", source)
    folder = re.sub(r"(?:^|/)index$", "", name)
    return f"{folder}/index.html".lstrip("/")


@pytest.mark.parametrize("source", navigation())
def test_every_page_of_the_navigation_is_built(source: str, site: Path) -> None:
    assert (site / address(source)).is_file()


@pytest.mark.parametrize("path", MARKDOWN, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_page_stands_in_the_navigation(path: Path) -> None:
    assert path.relative_to(ROOT / "docs").as_posix() in navigation()


@pytest.mark.parametrize("path", OWN, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_page_with_fences_shows_outputs(path: Path, site: Path) -> None:
    page = read_page(path.read_text(encoding="utf-8"), data=ROOT / "data")
    html = (site / address(path.relative_to(ROOT / "docs").as_posix())).read_text(encoding="utf-8")
    assert ('class="outputs"' in html) == bool(page.runnable)
    assert "아직 실행하지 않았습니다" not in html
    assert html.count('<details class="check passed"') == html.count("<span>확인됨</span>")


@pytest.mark.parametrize("path", OWN, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_page_shows_each_of_its_figures_with_words(path: Path, site: Path) -> None:
    page = read_page(path.read_text(encoding="utf-8"), data=ROOT / "data")
    drawn = sum("alt" in fence.values for fence in page.runnable)
    html = (site / address(path.relative_to(ROOT / "docs").as_posix())).read_text(encoding="utf-8")
    labels = re.findall(
        r'<figure class="output-figure"[^>]*><svg role="img" aria-label="([^"]*)"', html
    )
    assert len(labels) == drawn
    assert not [label for label in labels if not label or "{" in label]


def test_both_sheets_have_every_exercise_of_the_book_and_one_the_solutions(site: Path) -> None:
    wanted = [title for path in OWN for title in EXERCISE.findall(path.read_text(encoding="utf-8"))]
    assert wanted
    for paths, solved in (([SHEET], False), (SOLVED, True)):
        names = [address(path.relative_to(ROOT / "docs").as_posix()) for path in paths]
        html = "".join((site / name).read_text(encoding="utf-8") for name in names)
        titles = re.findall(r'<h3 id="exercise-(\d+)">\d+\. (.*?)</h3>', html)
        assert [int(number) for number, _ in titles] == [*range(1, len(titles) + 1)]
        assert sorted(unescape(title) for _, title in titles) == sorted(wanted)
        assert html.count('<div class="solution">') == len(wanted) * solved
        for name in names:
            found = Elements((site / name).read_text(encoding="utf-8")).found
            own = [each["id"] for _, each in found if "id" in each]
            assert len(own) == len(set(own))


SHOWS = re.compile(r"^(?:print\(|plt\.show)", re.MULTILINE)
# What runs on one backend only is shown without outputs where the book is built on another.
EXAMPLES = sorted(
    path.stem
    for path in (ROOT / "examples").glob("*.py")
    if read_example(path, find_project(ROOT))[0].meta.get("backend") in (None, choose_backend())
)


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_a_page_with_our_figures(name: str, site: Path) -> None:
    html = (site / "examples" / name / "index.html").read_text(encoding="utf-8")
    source = (ROOT / "examples" / f"{name}.py").read_text(encoding="utf-8")
    drawn = source.count('# %% alt="')
    assert html.count('<figure class="output-figure"') == drawn > 0
    assert html.count('<svg role="img" aria-label="') == drawn
    assert 'class="output-text"' in html


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_can_be_downloaded_as_an_executed_notebook(name: str, site: Path) -> None:
    page = site / "examples" / name
    html = (page / "index.html").read_text(encoding="utf-8")
    links = [a["href"] for tag, a in Elements(html).found if tag == "a" and "href" in a]
    assert f"{name}.ipynb" in links
    notebook = json.loads((page / f"{name}.ipynb").read_text(encoding="utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    shows = [cell for cell in code if SHOWS.search("".join(cell["source"]))]
    assert shows
    assert all(cell["outputs"] for cell in shows)


def test_no_page_loads_anything_from_a_third_party(site: Path) -> None:
    found = []
    for name, html in built(site).items():
        for tag, attributes in Elements(html).found:
            for key in ("src", "href", "srcset", "action", "data", "poster", "xlink:href"):
                named = (tag, key) in ONLY_NAMED or (tag, attributes.get("rel")) in ONLY_NAMED
                if REMOTE.match(attributes.get(key, "")) and not named:
                    found.append(f"{name}: <{tag} {key}={attributes[key]!r}>")
            found += [f"{name}: {url}" for url in IN_STYLE.findall(attributes.get("style", ""))]
        found += [f"{name}: {url}" for url in IN_STYLE.findall(html)]
    assert found == []


def test_no_style_sheet_loads_anything_from_a_third_party(site: Path) -> None:
    sheets = {path: path.read_text(encoding="utf-8") for path in site.rglob("*.css")}
    assert sheets
    assert [(str(p), url) for p, text in sheets.items() for url in IN_STYLE.findall(text)] == []


def test_every_heading_has_an_address_of_its_own_in_ascii(site: Path) -> None:
    wrong = []
    for name, html in built(site).items():
        if name == "404.html":
            continue  # Material's own
        article = html.partition("<article")[2].partition("</article>")[0]
        ids = [a.get("id", "") for tag, a in Elements(article).found if re.fullmatch("h[1-6]", tag)]
        wrong += [f"{name}: {each!r}" for each in ids if not re.fullmatch(r"[a-z][a-z0-9-]*", each)]
        wrong += [f"{name}: {each!r} 두 번" for each in set(ids) if ids.count(each) > 1]
    assert wrong == []


def test_no_page_uses_an_identifier_twice(site: Path) -> None:
    wrong = []
    for name, html in built(site).items():
        ids = [a["id"] for _, a in Elements(html).found if a.get("id")]
        wrong += [f"{name}: {each}" for each in set(ids) if ids.count(each) > 1]
    assert wrong == []


def test_every_link_to_a_place_on_its_page_has_a_target(site: Path) -> None:
    wrong = []
    for name, html in built(site).items():
        elements = Elements(html).found
        ids = {a["id"] for _, a in elements if "id" in a}
        links = {a["href"][1:] for t, a in elements if t == "a" and a.get("href", "")[:1] == "#"}
        wrong += [f"{name}: #{each}" for each in links - ids if each]
    assert wrong == []


def test_the_report_of_the_real_build_has_its_form(site: Path) -> None:
    jsonschema.validate(report(site), json.loads(SCHEMA.read_text(encoding="utf-8")))


def test_the_report_lists_every_page_and_every_example(site: Path) -> None:
    sources = [page["source"] for page in report(site)["pages"]]
    examples = [f"examples/{path.name}" for path in (ROOT / "examples").glob("*.py")]
    pages = [f"docs/{path.relative_to(ROOT / 'docs').as_posix()}" for path in MARKDOWN]
    assert sources == sorted([*pages, *examples])
    assert all((site / page["url"] / "index.html").is_file() for page in report(site)["pages"])


def test_no_page_tells_the_time_of_its_build(site: Path) -> None:
    wrong = [
        name for name, html in built(site).items() if re.search(r"Build Date|\d\d:\d\d:\d\d", html)
    ]
    assert wrong == []


def test_the_checkout_is_clean_after_a_build(site: Path) -> None:
    assert (site / "clean").read_text() == "True"
