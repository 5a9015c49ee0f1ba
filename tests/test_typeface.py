"""The fonts' sheets: what the book's own font lacks comes only where a page needs it."""

import re
from pathlib import Path

import pytest
from conftest import ROOT

from reading.typeface import dressed

FONTS = ROOT / "docs" / "assets" / "fonts"
HEAD = '<link rel="stylesheet" href="../assets/fonts/fonts.css?v=1">\n<p>{}</p>'


@pytest.mark.parametrize("text", ["손실 함수", "loss", "ㄱ"])
def test_a_page_of_known_characters_stays_as_it_is(text: str) -> None:
    assert dressed(HEAD.format(text), ROOT / "docs") == HEAD.format(text)


@pytest.mark.parametrize("text", ["꿹", "漢字", "손실 꿹"])
def test_a_page_with_a_rare_character_gets_the_other_sheet_too(text: str) -> None:
    output = dressed(HEAD.format(text), ROOT / "docs")
    assert re.findall(r'href="(.*?)"', output) == [
        "../assets/fonts/fonts.css?v=1",
        "../assets/fonts/rare.css?v=1",
    ]


def test_a_book_without_our_fonts_stays_as_it_is(tmp_path: Path) -> None:
    assert dressed(HEAD.format("꿹"), tmp_path) == HEAD.format("꿹")


def test_the_sheets_name_every_font_and_no_other() -> None:
    sheets = "".join(sheet.read_text(encoding="utf-8") for sheet in FONTS.glob("*.css"))
    named = {FONTS / name for name in re.findall(r"url\((.*?)\)", sheets)}
    assert named == set(FONTS.rglob("*.woff2"))
