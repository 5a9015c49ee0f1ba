"""A printed page reads well: A4, its own fonts, nothing dead, nothing torn apart."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from browser.conftest import Open

A4 = (595, 842)
PAGE = "ai-ml-dl/loss-function/"
CODE = "LivedocsCode"
TEXT = "LivedocsText"
# Read after `beforeprint`, when the theme has opened what is folded.
BREAKS = """() => {
  const wrong = [];
  for (const box of document.querySelectorAll(".highlight, .outputs, figure, details.check"))
    if (getComputedStyle(box).breakInside !== "avoid") wrong.push(box.className);
  for (const box of document.querySelectorAll(".highlight + .outputs"))
    if (getComputedStyle(box.previousElementSibling).breakAfter !== "avoid") wrong.push("torn");
  return wrong;
}"""

# The smallest letters of each figure, in CSS pixels of 1/96 inch.
LETTERS = """() => [...document.querySelectorAll(".output-figure svg")].map((svg) => {
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  const sizes = [...svg.querySelectorAll("text")].map((text) => getComputedStyle(text).fontSize);
  return Math.min(...sizes.map((size) => parseFloat(size) * scale));
}).filter(Number.isFinite)"""


def fonts(reader: PdfReader) -> Iterator[tuple[str, bool]]:
    """Yield (name, whether the file holds its glyphs) for each font of a PDF."""
    for page in reader.pages:
        for value in (page["/Resources"].get("/Font") or {}).values():
            font: Any = value.get_object()
            # Chromium writes each glyph of a variable font as a drawing of its own (Type 3).
            holder = (
                font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
            )
            described = holder.get("/FontDescriptor") or {}
            inside = font["/Subtype"] == "/Type3" or any(
                name.startswith("/FontFile") for name in described
            )
            yield str(described.get("/FontName", "")), inside


@pytest.fixture(scope="module")
def printed(site: Path) -> dict[str, PdfReader]:
    """Keep what was printed for the tests of this file."""
    return {}


@pytest.fixture
def sheet(site: Path, open_page: Open, printed: dict[str, PdfReader]) -> PdfReader:
    """Print a page with code, figures, an exercise and notes, from a dark screen."""
    if PAGE not in printed:
        page = open_page(site, PAGE, color_scheme="dark").page
        printed[PAGE] = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    return printed[PAGE]


def text(reader: PdfReader) -> str:
    """Return all text of a PDF without white space: Chromium puts it where lines wrap."""
    return "".join("".join(page.extract_text().split()) for page in reader.pages)


def test_it_is_a4_and_not_longer_than_the_page_deserves(sheet: PdfReader) -> None:
    assert {tuple(map(round, page.mediabox[2:])) for page in sheet.pages} == {A4}
    assert 4 <= len(sheet.pages) <= 12
    nearly_empty = [n for n, page in enumerate(sheet.pages) if len(page.extract_text()) < 40]
    assert nearly_empty == []


def test_its_fonts_are_the_books_and_inside_the_file(sheet: PdfReader) -> None:
    found = set(fonts(sheet))
    assert all(inside for _, inside in found)
    assert any(CODE in name for name, _ in found) and any(TEXT in name for name, _ in found)


def test_what_is_folded_on_a_screen_is_on_paper(sheet: PdfReader) -> None:
    said = text(sheet)
    assert "풀이" in said and "assert" in said and "이쪽의출력이나온곳" in said


def test_sources_show_their_address_and_navigation_is_gone(sheet: PdfReader) -> None:
    said = text(sheet)
    assert "deeplearningbook.org" in said
    for gone in ("¶", "가져가기", "나이브베이즈", "콘텐츠로이동", "↩"):
        assert gone not in said


def test_code_is_not_parted_from_its_output(site: Path, open_page: Open) -> None:
    page = open_page(site, PAGE).page
    page.emulate_media(media="print")
    assert page.evaluate(BREAKS) == []


def test_boxes_and_notes_are_not_larger_than_the_text(site: Path, open_page: Open) -> None:
    page = open_page(site, PAGE).page
    page.emulate_media(media="print")
    text, *others = page.evaluate(
        """["article > p:not([class])", "details.question p", ".footnote li p"].map((each) =>
          parseFloat(getComputedStyle(document.querySelector(each)).fontSize))"""
    )
    assert text == pytest.approx(14, abs=0.1) and max(others) < text


def test_numbers_of_two_digits_have_room_beside_their_notes(site: Path, open_page: Open) -> None:
    page = open_page(site, "drivers/edition-2026/").page  # more than ten sources
    page.emulate_media(media="print")
    room = page.evaluate(
        """() => {
          const found = (name) => document.querySelector(name);
          const [list, note] = [found(".footnote"), found(".footnote li")];
          const size = Number.parseFloat(getComputedStyle(note).fontSize);
          return (note.getBoundingClientRect().left - list.getBoundingClientRect().left) / size;
        }"""
    )
    assert page.locator(".footnote li").count() > 9 and room > 2


def test_paper_is_light_whatever_the_screen(site: Path, open_page: Open) -> None:
    page = open_page(site, PAGE, color_scheme="dark").page
    ink = "getComputedStyle(document.querySelector('article > p:not([class])')).color"
    dark = page.evaluate(ink)
    page.emulate_media(media="print")
    light = page.evaluate(ink)
    assert light != dark and light == "rgb(35, 39, 46)"


def test_paper_is_white_to_its_edge_after_choosing_dark(site: Path, open_page: Open) -> None:
    page = open_page(site, PAGE, color_scheme="light").page
    page.locator("label[title='어두운 화면으로']").click()
    edge = "(({ colorScheme, backgroundColor }) => [colorScheme, backgroundColor])"
    edge += "(getComputedStyle(document.documentElement))"
    page.emulate_media(media="print")
    assert page.evaluate(edge) == ["light", "rgb(255, 255, 255)"]


@pytest.mark.parametrize("address", [PAGE, "drivers/hardware/", "history/trends/"])
def test_the_letters_of_a_figure_can_be_read(site: Path, open_page: Open, address: str) -> None:
    page = open_page(site, address, viewport={"width": 673, "height": 986}).page  # A4, its text
    page.emulate_media(media="print")
    sizes = page.evaluate(LETTERS)
    assert sizes and min(sizes) * 72 / 96 > 6.5
