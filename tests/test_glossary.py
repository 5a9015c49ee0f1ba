"""A term is explained where it stands, once a section, with any 조사 behind it."""

import re
from pathlib import Path

import pytest
from conftest import ROOT
from markdown import Markdown

from livedocs.project import find_project
from reading.lists import glossary
from reading.terms import parsed

TABLE = """term,english,definition,page,aliases,forbidden
문턱값,threshold,기준이 되는 값입니다.,a.md,,
손실 함수,loss function,거리를 재는 함수입니다.,a.md,,
함수,function,짝을 짓는 규칙입니다.,a.md,,
"""


@pytest.fixture(autouse=True)
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: 책\n", encoding="utf-8")
    (tmp_path / "data" / "terms.csv").write_text(TABLE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    parsed.cache_clear()


def html(text: str) -> str:
    extensions = ["reading.glossary", "admonition", "pymdownx.details", "tables"]
    return Markdown(extensions=extensions).convert(text)


MARKED = '<abbr class="term" tabindex="0" title="기준이 되는 값입니다.">문턱값</abbr>'


@pytest.mark.parametrize("josa", ["을", "은", "으로", "에서는", "이라고", "들까지", "", "입니다"])
def test_the_josa_stays_outside(josa: str) -> None:
    assert f"{MARKED}{josa} 말." in html(f"이 문턱값{josa} 말.")


def test_the_longest_term_wins() -> None:
    assert ">손실 함수</abbr>를" in html("손실 함수를 봅니다.")
    assert ">함수</abbr>를" in html("다른 함수를 봅니다.")


@pytest.mark.parametrize("text", ["문턱값이야기", "큰문턱값을", "문턱"])
def test_a_part_of_another_word_is_no_term(text: str) -> None:
    assert "<abbr" not in html(text)


def test_a_term_is_explained_once_a_section() -> None:
    text = "문턱값은 하나.\n\n문턱값은 둘.\n\n## 다음\n\n문턱값은 셋.\n\n### 안쪽\n\n문턱값은 넷."
    assert html(text).count("<abbr") == 2


@pytest.mark.parametrize(
    "text",
    [
        "## 문턱값",
        "`문턱값`을",
        "[문턱값](a.md)을",
        "**문턱값**(threshold)을",
        "    문턱값 = 1",
        '??? note "문턱값"\n    말',
    ],
    ids=["heading", "code", "link", "strong", "block of code", "fold"],
)
def test_headings_code_links_and_the_place_of_its_naming_are_left_alone(text: str) -> None:
    assert "<abbr" not in html(text)


def test_text_around_and_between_terms_stays_as_it_is() -> None:
    page = html("앞 문턱값과 *가운데* 손실 함수와 문턱값의 뒤 함수를 끝.")
    plain = page.replace(MARKED, "문턱값")
    assert plain.startswith("<p>앞 문턱값과 <em>가운데</em> <abbr")
    assert page.index("문턱값") < page.index("손실 함수") < page.index("문턱값의 뒤")
    assert page.endswith("를 끝.</p>")


def test_the_site_marks_the_terms_of_its_own_table() -> None:
    assert (ROOT / "data" / "terms.csv").is_file()


def test_the_list_stands_under_the_letters_that_words_begin_with() -> None:
    more = "".join(f"{word},w,뜻입니다.,a.md,,\n" for word in ("까닭", "가설", "GPU"))
    table = find_project().data / "terms.csv"
    table.write_text(TABLE + more, encoding="utf-8")
    parsed.cache_clear()
    lines = glossary(find_project())
    jumps = " · ".join(f"[{letter}](#letter-{n})" for n, letter in enumerate(["A–Z", *"ㄱㅁㅅㅎ"]))
    assert jumps in lines
    shown = [line for line in lines if line.startswith(("## ", "<span"))]
    order = [re.sub(r"^## (\S+) .*|.*\*\*(.*)\*\*.*", r"\1\2", line) for line in shown]
    assert order == [*"A–Z GPU ㄱ 가설 까닭 ㅁ 문턱값 ㅅ".split(), "손실 함수", "ㅎ", "함수"]
