"""Every citation has its source, and every source says what it supports and how it was read."""

import re
from pathlib import Path

import pytest
from conftest import ROOT
from markdown import Markdown
from mkdocs.exceptions import BuildError

from livedocs.project import Project
from reading import resolve
from reading.bibliography import GRADES, Source, parsed, read_bibliography
from reading.citations import citations_in, cited_in, unknown_keys
from reading.concepts import read_concepts, shown_by_checks
from reading.facts import read_facts
from reading.lists import sources
from reading.notes import parted, with_links
from reading.pages import read_pages

BIBLIOGRAPHY = read_bibliography(ROOT / "docs" / "sources.bib")
CITED = cited_in(ROOT / "docs")
DOI = re.compile(r"10\.\d{4,9}/\S+")
ARXIV = re.compile(r"\d{4}\.\d{4,5}|[a-z-]+/\d{7}")
KEY = re.compile(r"[a-z][a-z0-9-]*")
ENTRY = """@article{silver2016,
  author = {Silver, David and Huang, Aja and Maddison, Chris J. and Guez, Arthur},
  title = {Mastering the game of {Go}},
  journal = {Nature}, volume = {529}, year = {2016}, doi = {10.1038/nature16961},
  supports = {판후이와의 5:0}, grade = {secondary}, checked = {서지가 일치한다},
}
@book{boole1854, author = {Boole, George}, title = {Laws}, year = {1854}, url = {https://a.b/c},
  supports = {논리}, grade = {primary}, checked = {1쪽},
}
"""


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: 책\n", encoding="utf-8")
    (tmp_path / "docs" / "sources.bib").write_text(ENTRY, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    parsed.cache_clear()
    return tmp_path


def html(text: str) -> str:
    extensions = ["reading.citations", "admonition", "tables", "footnotes", "pymdownx.superfences"]
    return Markdown(extensions=extensions).convert(text)


@pytest.mark.parametrize("source", BIBLIOGRAPHY.values(), ids=list(BIBLIOGRAPHY))
def test_a_source_has_all_that_it_needs(source: Source) -> None:
    fields = source.fields
    assert KEY.fullmatch(source.key)
    assert source.authors and fields.get("title") and fields.get("supports")
    assert source.grade in GRADES
    assert fields.get("checked") or source.grade == "recall"
    assert source.address
    assert DOI.fullmatch(fields.get("doi", "10.1000/x"))
    assert ARXIV.fullmatch(fields.get("eprint", "1234.56789"))
    for place in ("doi.org/", "arxiv.org/abs/"):
        assert place not in fields.get("url", "").lower(), "doi와 eprint 칸에 번호로 적는다"


def test_every_key_in_the_text_has_a_source() -> None:
    assert unknown_keys(ROOT / "docs") == []


def test_every_source_is_used() -> None:
    used = set(CITED)
    for rows in read_facts(ROOT / "data" / "facts").values():
        used |= {key for row in rows for key in row["source"].split()}
    unused = sorted(BIBLIOGRAPHY.keys() - used)
    known = read_concepts(ROOT / "data" / "concepts.csv")
    missing = known.keys() - shown_by_checks(read_pages(ROOT / "docs")).keys()
    if any(known[concept].shown_by != "source" for concept in missing):
        pytest.skip(f"장이 아직 다 쓰이지 않았다. 쓰이지 않은 출처: {', '.join(unused)}")
    assert unused == []


def test_a_citation_becomes_a_numbered_note_with_its_source(shelf: Path) -> None:
    page = html("알파고는 5:0으로 이겼다 [@silver2016].")
    assert "이겼다<sup" in page
    assert 'href="#fn:silver2016">1</a></sup>.' in page
    assert "Silver 외(2016), <em>Mastering the game of Go</em>, Nature 529" in page
    assert '<a href="https://doi.org/10.1038/nature16961">doi:10.1038/nature16961</a>' in page
    assert "(원문이 아닌 자료로 확인)" in page


def test_a_number_with_brackets_is_still_one_link(shelf: Path) -> None:
    bib = shelf / "docs" / "sources.bib"
    bib.write_text(ENTRY.replace("10.1038/nature16961", "10.1016/S4(01)2-1"), encoding="utf-8")
    parsed.cache_clear()
    page = html("글 [@silver2016].")
    assert '<a href="https://doi.org/10.1016/S4%2801%292-1">doi:10.1016/S4(01)2-1</a>' in page


def test_two_keys_in_one_bracket_are_two_notes_and_a_source_cited_twice_is_one(shelf: Path) -> None:
    page = html("하나 [@silver2016; @boole1854]. 둘 [@silver2016].")
    assert page.count("<li id=") == 2
    assert page.count('class="footnote-ref"') == 3


def test_a_note_leads_to_the_entry_of_its_source(shelf: Path) -> None:
    page = html(
        "하나 [@silver2016]. 둘 [@silver2016; @boole1854].\n\n손수 단 주[^own]\n\n[^own]: 글"
    )
    led = with_links(page, "../about/sources/", "../about/second/", shelf / "docs")
    notes = led[led.index('<div class="footnote">') :].split("<li ")[1:]
    links = [re.findall(r'<a class="source-entry" href="([^"]+)"', note) for note in notes]
    assert links == [
        ["../about/second/#source-silver2016"],
        ["../about/sources/#source-boole1854"],
        [],
    ]
    entries = "\n".join(sources(Project(shelf), "primary", "secondary"))
    assert all(f'id="{key}"' in entries for key in ("source-silver2016", "source-boole1854"))


def test_neighbouring_notes_do_not_read_as_one_number() -> None:
    two = '<sup id="fnref:a"><a>1</a></sup><sup id="fnref:b"><a>2</a></sup>'
    assert parted(f"<p>{two} <sup>3</sup><sup>4</sup></p>") == (
        '<p><sup id="fnref:a"><a>1</a></sup><sup>, </sup><sup id="fnref:b"><a>2</a></sup>'
        " <sup>3</sup><sup>4</sup></p>"
    )


@pytest.mark.parametrize(
    "text",
    [
        '!!! note "제목"\n    글 [@boole1854].',
        "| a |\n|---|\n| 글 [@boole1854] |",
        "- 글 [@boole1854]",
    ],
    ids=["admonition", "table", "list"],
)
def test_a_citation_works_inside_other_blocks(text: str, shelf: Path) -> None:
    assert 'href="#fn:boole1854"' in html(text)


@pytest.mark.parametrize(
    "text", ["`[@nobody1900]`", "```text\n[@nobody1900]\n```", "a@b.c [메일](mailto:a@b.c)"]
)
def test_what_stands_in_code_is_no_citation(text: str, shelf: Path) -> None:
    assert "footnote" not in html(text)


def test_an_unknown_key_ends_the_build_and_says_where_it_stands(shelf: Path) -> None:
    text = "---\ntitle: 쪽\n---\n\n글 [@nobody1900].\n"
    (shelf / "docs" / "a.md").write_text(text, encoding="utf-8")
    with pytest.raises(
        BuildError, match=r"docs/a\.md:5: 모르는 출처 @nobody1900입니다\. .*더하거나"
    ):
        html("글 [@nobody1900].")


def test_a_number_fixed_by_definition_is_plain_text(shelf: Path) -> None:
    assert html("동전은 `{fixed} 50%`입니다.") == "<p>동전은 50%입니다.</p>"
    assert "<code>`{fixed} 50%`</code>" in html("이렇게 적습니다: `` `{fixed} 50%` ``")


def test_a_citation_in_front_of_a_fence_is_found_on_its_line() -> None:
    text = "---\ntitle: 쪽\n---\n글 [@a1; @b2].\n\n```python\n[@c3]\n```\n"
    assert list(citations_in(text)) == [(4, "a1"), (4, "b2")]


def test_a_broken_bibliography_says_so(shelf: Path) -> None:
    (shelf / "docs" / "sources.bib").write_text("@article{a, title = }", encoding="utf-8")
    with pytest.raises(ValueError, match=r"sources\.bib: BibTeX로 읽을 수 없습니다"):
        read_bibliography(shelf / "docs" / "sources.bib")


def test_resolving_names_the_sources_that_cannot_be_reached(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wrong = {"https://doi.org/10.1/a": "404 Not Found"}
    monkeypatch.setattr(resolve, "reach", lambda address: wrong.get(address, ""))
    gone, there = Source("a", ("A",), {"doi": "10.1/a"}), Source("b", ("B",), {"doi": "10.1/b"})
    assert resolve.unreached([gone, there]) == [("a", "404 Not Found")]
