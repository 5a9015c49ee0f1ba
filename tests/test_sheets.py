"""The book's own sheets: rare fonts come only where a page needs them, comments stay at home."""

import re
from pathlib import Path

import pytest
from conftest import ROOT

from reading.sheets import dressed, lighten

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


def test_a_reader_gets_no_comments_but_all_else(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    notice = tmp_path / "fonts" / "fonts.css"
    notice.write_text("/* SIL OFL 1.1 */", encoding="utf-8")
    sheet, script = tmp_path / "book.css", tmp_path / "copy.js"
    sheet.write_text("/* 색,\n   글꼴 */\na { color: red } /* 빨강 */\n", encoding="utf-8")
    script.write_text('// 왜\nconst at = "https://a.b/c"; // 곁\n  // 또\nf();\n', encoding="utf-8")
    lighten(tmp_path)
    assert sheet.read_text(encoding="utf-8") == "\na { color: red } \n"
    assert script.read_text(encoding="utf-8") == 'const at = "https://a.b/c";\nf();\n'
    assert notice.read_text(encoding="utf-8") == "/* SIL OFL 1.1 */"
