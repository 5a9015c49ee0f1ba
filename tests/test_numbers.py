"""A number in prose is measured by the page, sourced, or declared fixed."""

import pytest
from claims.numbers import unfounded
from claims.pages import page_id, pages

from livedocs.pages import Page, read_page


@pytest.mark.parametrize("page", pages(), ids=page_id)
def test_no_number_in_prose_is_typed_by_hand(page: Page) -> None:
    if found := unfounded(page):
        pytest.fail("\n".join(found), pytrace=False)


def typed(text: str) -> list[str]:
    return [line.split("‘")[1].split("’")[0] for line in unfounded(read_page(text))]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("정확도는 97.5%입니다.", ["97.5%"]),
        ("정확도는 97.5 %, 손실은 0.12입니다.", ["97.5 %", "0.12"]),
        ("열에 아홉, 곧 90퍼센트입니다.", ["90퍼센트"]),
        ("정확도가 5%포인트 높습니다.", ["5%"]),
        ("바둑은 2.1배입니다[@silver2016]. 체스는 3.5배입니다.", ["3.5"]),
        ("- 목록의 0.5", ["0.5"]),
        ("손실은 -0.5부터, 약0.7까지", ["0.5", "0.7"]),
        ("| 표 | 0.5 |\n|---|---|\n| 값[@a2001] | 0.7 |", ["0.5"]),
        ('!!! note "정확도 90%"\n    글', ["90%"]),
        ("![정확도 90%의 그림](a.svg)", ["90%"]),
        ("---\ntitle: 정확도 90%\n---\n글", ["90%"]),
        ('```{.python alt="정확도가 90%까지 오르는 곡선 하나."}\nx = 1\n```', ["90%"]),
        ('```{.python alt="학습률 0.5의 곡선만 내려가는 그림 하나."}\ntrain(0.55)\n```', ["0.5"]),
        ('```{.python title="정확도 90%"}\nx = 1\n```', ["90%"]),
        ('```{.python .check title="90% 넘게 맞힌다"}\nassert x > 0.8\n```', ["90%"]),
    ],
)
def test_a_number_typed_by_hand_is_found(text: str, numbers: list[str]) -> None:
    assert typed(text) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "한 쪽에 500장, 모두 1,000장입니다.",
        "정확도는 `97.5%`로 인쇄됩니다.",
        "동전의 앞면은 `{fixed} 50%`입니다.",
        "바둑은 2.1배입니다[@silver2016].",
        "체스의 0.5보다 바둑의 2.1이 큽니다[@silver2016, 3쪽].",
        "바둑은 2.1배입니다. [@silver2016; @brown2020] 체스는 아닙니다.",
        "식은 $x = 0.5$이고\n\n$$y = 0.25$$\n\n입니다.",
        "# 1.1 인공지능 { #ai-ml-dl }\n\n[1.2 역사](a/0.5.md)에서 봅니다. 1.3절도 있습니다.",
        "Python 3.11, 3.12, 3.13과 CC BY 4.0, GPT-3.5를 씁니다.",
        "1. 첫째\n2. 둘째",
        "개념 1.1-26을 봅니다. https://arxiv.org/abs/1412.6980",
        '```{.python alt="각도 {best:.1f}도에서 끊기는 곡선을 그린 그림."}\nx = 1\n```',
        '```{.python alt="학습률 0.5의 곡선만 내려가는 그림 하나."}\ntrain(0.5)\n```',
        '```{.python .check title="90% 넘게 맞힌다"}\nassert x > 0.9\n```',
        '```py\ntrain(0.5)\n```\n\n```{.py .check title="0.5일 때 낫다"}\nassert x > y\n```',
        "```text\n정확도 97.5%\n```",
        "~~~python\nx = 0.5  # 50%\n~~~",
    ],
)
def test_a_number_that_is_founded_is_let_through(text: str) -> None:
    assert typed(text) == []


def test_a_page_has_five_fixed_numbers_at_most() -> None:
    five = "동전은 `{fixed} 50%`입니다.\n\n" * 5
    assert unfounded(read_page(five)) == []
    [text] = unfounded(read_page(five + "또 `{fixed} 0.5`입니다."))
    assert text.startswith("<page>:1: {fixed}는 한 쪽에 5개까지입니다(지금 6개).")
