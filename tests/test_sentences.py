"""A sentence that claims a fact of the world says where it has it from."""

import pytest
from claims.sentences import ESCAPE, sentences, unsourced
from conftest import ROOT

from reading.bibliography import read_bibliography
from reading.pages import Page, read_pages

BIBLIOGRAPHY = read_bibliography(ROOT / "docs" / "sources.bib")
PAGES = read_pages(ROOT / "docs")
MOST_ESCAPES = 10


def claims(text: str) -> list[list[str]]:
    return [sentence.claims for sentence in unsourced(Page("a.md", text))]


@pytest.mark.parametrize("page", PAGES.values(), ids=list(PAGES))
def test_every_claim_on_a_page_has_its_source(page: Page) -> None:
    assert [str(sentence) for sentence in unsourced(page)] == []


@pytest.mark.parametrize("page", PAGES.values(), ids=list(PAGES))
def test_no_sentence_rests_on_sources_that_nobody_read(page: Page) -> None:
    resting = [
        str(sentence)
        for sentence in sentences(page)
        if sentence.keys and all(BIBLIOGRAPHY[key].grade == "recall" for key in sentence.keys)
    ]
    assert resting == []


def test_few_sentences_are_excused(capsys: pytest.CaptureFixture[str]) -> None:
    excused = [s for page in PAGES.values() for s in sentences(page) if s.escaped]
    with capsys.disabled():
        for sentence in excused:
            print(f"\n출처 없이 두기로 한 문장: {sentence}")
    assert len(excused) <= MOST_ESCAPES


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("딥 블루는 1997년에 이겼습니다.", ["해"]),
        ("1980년대에 널리 쓰였습니다.", ["해"]),
        ("Silver 외(2016)에 따르면 그렇습니다.", ["해"]),
        ("조직의 88%가 씁니다.", ["비율"]),
        ("세계 최초의 프로그램입니다.", ["으뜸"]),
        ("대회에서 1위를 했습니다.", ["으뜸"]),
        ("파라미터가 6천만 개입니다.", ["큰 수"]),
        ("이미지가 1,431,167장입니다.", ["큰 수"]),
        ("| 해 | 일 |\n|---|---|\n| 1997년 | 딥 블루 |", ["해"]),
        ("딥 블루는 1997년에 이겼습니다 `[@campbell2002]`.", ["해"]),
        ('!!! note "딥 블루"\n    1997년에 이겼습니다.', ["해"]),
    ],
)
def test_a_claim_without_a_source_is_found(text: str, kinds: list[str]) -> None:
    assert claims(text) == [kinds]


@pytest.mark.parametrize(
    "text",
    [
        "딥 블루는 1997년에 이겼습니다 [@campbell2002].",
        "딥 블루는 1997년에 이겼습니다. [@campbell2002]",
        '정확도는 `{python} f"{a:.0%}"`로 88%보다 높습니다.',
        "동전은 `{fixed} 50%`입니다.",
        "2026년은 먼 앞날이라고 합시다. <!-- 출처 없음: 보기로 든 해 -->",
        "손글씨 숫자 1,200장을 30장으로 줄입니다.",
        "최고점은 두 번째 에포크에 나옵니다.",
        "`2016년`이라는 글자를 찍습니다.",
        "```python\nprint('1997년')\n```",
        "## 1997년의 체스 { #chess }",
        "1.1절과 3.13판, 2차원, 10번을 봅니다.",
    ],
)
def test_what_states_no_fact_or_says_its_source_is_left_alone(text: str) -> None:
    assert claims(text) == []


def test_a_source_holds_for_its_own_sentence_only() -> None:
    text = "1997년에 이겼습니다 [@campbell2002]. 2016년에도 이겼습니다."
    assert claims(text) == [["해"]]


def test_an_excuse_gives_a_reason() -> None:
    assert not ESCAPE.search("2026년입니다. <!-- 출처 없음: -->")
