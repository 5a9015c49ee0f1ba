"""Every rule for fences, values and alternative texts: who breaks it reads this sentence."""

from pathlib import Path

import pytest

from livedocs.pages import read_page
from livedocs.prose import is_plain

ALT = "에포크에 따른 정확도 곡선. 끝으로 갈수록 완만해진다."
CLASSES = "쓸 수 있는 것: .check, .hide, .measured, .norun, .notraining, .raises"
KEYS = "쓸 수 있는 것: alt, backend, data, hl_lines, linenums, of, raises, reason, title"
LIBRARIES = (
    "쓸 수 있는 것: 표준 라이브러리, keras, matplotlib, mpl_toolkits, numpy, pandas, scipy, sklearn"
)
CLOCK = "시계를 읽는 코드 칸에는 .measured를 적으세요: {.python .measured}"


def problems(opening: str, code: str = "1", data: Path = Path("data")) -> list[str]:
    page = read_page(f"말\n\n```{opening}\n{code}\n```\n", "docs/a.md", data)
    return [str(problem).removeprefix("docs/a.md:3: ") for problem in page.listed_problems]


def check(words: str = 'title="참"', code: str = "assert 1") -> list[str]:
    return problems(f"{{.python .check {words}}}", code)


@pytest.mark.parametrize(
    "opening",
    [
        "python",
        '{.python .check title="참" of="a b c"}',
        "{.python .hide}",
        '{.python .norun reason="오래 걸린다"}',
        "{.python .measured}",
        '{.python title="a" hl_lines="1" linenums="1"}',
        f'{{.python alt="{ALT}"}}',
    ],
)
def test_a_fence_as_the_contract_has_it_breaks_no_rule(opening: str) -> None:
    assert problems(opening, "assert 1") == []


def test_an_unknown_class_is_named_with_those_that_are_known() -> None:
    assert problems("{.python .chekc}") == [f"모르는 갈래 .chekc입니다. {CLASSES}"]


def test_an_unknown_key_is_named_with_those_that_are_known() -> None:
    assert problems('{.python titel="a"}') == [f'모르는 속성 titel="…"입니다. {KEYS}']


@pytest.mark.parametrize("title", ["", 'title=""', 'title=" "'])
def test_a_check_says_what_it_claims(title: str) -> None:
    assert check(title) == ['확인에는 주장 한 문장을 적으세요: {.python .check title="…"}']


def test_a_check_shows_at_most_three_concepts() -> None:
    assert check('title="참" of="a b c d"') == [
        "확인 하나는 개념을 셋까지만 듭니다. 확인을 나누세요."
    ]


@pytest.mark.parametrize("code", ["print(1)", "# assert 1", 'print("assert")'])
def test_a_check_has_an_assert(code: str) -> None:
    assert check(code=code) == ["확인에 assert가 없습니다."]


@pytest.mark.parametrize("words", [".hide", '.norun reason="a"', 'raises="ValueError"'])
def test_a_check_neither_hides_nor_waits_for_an_exception(words: str) -> None:
    assert check(f'title="참" {words}') == [
        "확인은 숨기거나, 건너뛰거나, 예외를 기다릴 수 없습니다."
    ]


def test_only_a_check_names_concepts() -> None:
    assert problems('{.python of="a"}') == ['of="…"는 확인(.check)에만 적습니다.']


@pytest.mark.parametrize("words", ["", ' reason=""'])
def test_a_fence_that_is_not_run_says_why(words: str) -> None:
    assert problems(f"{{.python .norun{words}}}") == [
        '실행하지 않는 코드 칸에는 까닭을 적으세요: {.python .norun reason="…"}'
    ]


@pytest.mark.parametrize("words", [".raises", 'raises=""'])
def test_an_expected_exception_is_named(words: str) -> None:
    assert problems(f"{{.python {words}}}") == [
        '어떤 예외가 나야 하는지 적으세요: {.python raises="ValueError"}'
    ]


def test_a_page_hides_one_fence() -> None:
    page = read_page("```{.python .hide}\n1\n```\n\n```{.python .hide}\n2\n```\n", "docs/a.md")
    assert [str(problem) for problem in page.listed_problems] == [
        "docs/a.md:5: 숨긴 코드 칸(.hide)은 한 쪽에 하나까지입니다. 나머지는 보이게 두세요."
    ]


@pytest.mark.parametrize(
    ("alt", "text"),
    [
        ("짧은 글", "대체 텍스트는 15자에서 200자까지입니다(지금 4자)."),
        ("가" * 201, "대체 텍스트는 15자에서 200자까지입니다(지금 201자)."),
        ("", "대체 텍스트는 15자에서 200자까지입니다(지금 0자)."),
        (
            "an accuracy curve that rises",
            "대체 텍스트는 우리말로, 무엇을 그렸고 무엇이 보이는지 적으세요.",
        ),
        ("{이름}" * 5, "대체 텍스트는 우리말로, 무엇을 그렸고 무엇이 보이는지 적으세요."),
        (ALT + "{", "대체 텍스트의 중괄호가 맞지 않습니다. 값은 {이름:.0f}처럼 적으세요."),
        (ALT + "}", "대체 텍스트의 중괄호가 맞지 않습니다. 값은 {이름:.0f}처럼 적으세요."),
    ],
)
def test_an_alternative_text_says_in_korean_what_is_seen(alt: str, text: str) -> None:
    assert problems(f'{{.python alt="{alt}"}}') == [text]


@pytest.mark.parametrize("length", [15, 200])
def test_an_alternative_text_may_be_as_long_as_it_may_be(length: int) -> None:
    assert problems(f'{{.python alt="{"가" * length}"}}') == []


def test_an_empty_field_in_an_alternative_text_is_an_error() -> None:
    assert problems(f'{{.python alt="{ALT}{{}}"}}') == [
        "대체 텍스트의 중괄호가 맞지 않습니다. 값은 {이름:.0f}처럼 적으세요."
    ]


@pytest.mark.parametrize("name", ["none.csv", "../secret.csv", "/etc/hostname", "folder"])
def test_a_data_file_lies_in_the_data_folder(name: str, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("1")
    (tmp_path / "data" / "folder").mkdir(parents=True)
    assert problems(f'{{.python data="{name}"}}', data=tmp_path / "data") == [
        f"data/에 그런 파일이 없습니다: {name}"
    ]


def test_a_link_out_of_the_data_folder_is_no_data_file(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("1")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.csv").symlink_to(tmp_path / "secret.csv")
    assert problems('{.python data="a.csv"}', data=tmp_path / "data") == [
        "data/에 그런 파일이 없습니다: a.csv"
    ]


@pytest.mark.parametrize(
    ("size", "found"),
    [(20_000, []), (20_001, ["자료 파일은 20 kB까지입니다: a.csv(20,001바이트)"])],
)
def test_a_data_file_is_small_enough_for_a_notebook(size: int, found: list, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"1" * size)
    assert problems('{.python data="a.csv"}', data=tmp_path) == found


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("import tensorflow as tf", "tensorflow"),
        ("from torch.nn import Linear", "torch"),
        ("import livedocs.run", "livedocs"),
        ("def load():\n    import jax", "jax"),
        ("from . import helper", "."),
    ],
)
def test_snippets_import_only_what_colab_has(code: str, name: str) -> None:
    assert problems("python", code) == [f"쓸 수 없는 패키지 {name}입니다. {LIBRARIES}"]


def test_a_fence_that_is_not_run_may_import_anything() -> None:
    assert problems('{.python .norun reason="a"}', "import torch") == []


@pytest.mark.parametrize(
    "code",
    [
        "import time\ntime.perf_counter()",
        "import time as clock\nclock.time()",
        "from time import perf_counter\nperf_counter()",
        "from time import process_time\nprocess_time()",
        "import timeit\ntimeit.timeit('1')",
        "from datetime import datetime\ndatetime.now()",
        "from datetime import datetime, timezone\ndatetime.now(timezone.utc)",
        "import datetime\ndatetime.datetime.now(tz=datetime.UTC)",
        "from datetime import date\ndate.today()",
    ],
)
def test_who_reads_a_clock_says_that_it_is_measured(code: str) -> None:
    assert problems("python", code) == [CLOCK]
    assert problems("{.python .measured}", code) == []


@pytest.mark.parametrize("code", ["import time\ntime.sleep(1)", "x.time", "timer.now", "1 +"])
def test_what_reads_no_clock_needs_no_label(code: str) -> None:
    assert problems("python", code) == []


def prose(sentence: str) -> list[str]:
    page = read_page(f"```python\nx = 1\n```\n\n{sentence}\n", "docs/a.md")
    return [str(problem).removeprefix("docs/a.md:5: ") for problem in page.listed_problems]


@pytest.mark.parametrize(
    "josa", "은 는 이 가 을 를 과 와 로 으로 이라고 라고 란 (으)로 (이)다".split()
)
@pytest.mark.parametrize("after", [" 큽니다.", ".", ""])
def test_a_value_may_not_stand_before_a_particle_with_two_forms(josa: str, after: str) -> None:
    clash = josa[:3] if josa.startswith("(") else josa
    assert prose(f"값은 `{{python}} x`{josa}{after}") == [
        f"값 바로 뒤의 조사 ‘{clash}’는 수가 바뀌면 틀릴 수 있습니다. "
        "값과 조사 사이에 단위나 명사를 두세요: x"
    ]


@pytest.mark.parametrize("mark", ["**", "*", ")", "’", "”"])
def test_a_mark_between_a_value_and_a_particle_does_not_help(mark: str) -> None:
    assert len(prose(f"값은 `{{python}} x`{mark}는 큽니다.")) == 1


@pytest.mark.parametrize(
    "after", ["%는", "개입니다.", "입니다.", "에서", "도", "만", "의", "가지", "은행"]
)
def test_a_value_may_stand_before_a_unit_or_a_particle_with_one_form(after: str) -> None:
    assert prose(f"값은 `{{python}} x`{after} 큽니다.") == []


CLASH = "값 바로 뒤의 조사 ‘{}’는 수가 바뀌면 틀릴 수 있습니다."


@pytest.mark.parametrize(
    ("value", "right", "wrong"),
    [
        ('f"{x:.1%}"', "는 가 를 와 로 라고", "은 이 을 과 으로"),
        ('f"{x}번"', "은 이 을 과 으로", "는 가 를 와 로 라고"),
        ('f"{x:,}개"', "는 가 를 와 로 라고", "은 이 을 과 으로"),
        ("f'{x}초'", "는 가 를 와 로", "은 이 을 과 으로"),
        ('f"{x}일"', "은 이 을 과 로", "는 가 를 와 으로"),
    ],
)
def test_a_value_that_brings_its_unit_along_is_followed_by_the_form_for_that_unit(
    value: str, right: str, wrong: str
) -> None:
    assert [
        josa for josa in right.split() if prose(f"값은 `{{python}} {value}`{josa} 큽니다.")
    ] == []
    for josa in wrong.split():
        [text] = prose(f"값은 `{{python}} {value}`{josa} 큽니다.")
        assert text.startswith(CLASH.format(josa))


def test_a_value_needs_a_fence_above_it() -> None:
    page = read_page("값 `{python} x` 개\n\n```python\nx = 1\n```\n", "docs/a.md")
    assert [str(problem) for problem in page.listed_problems] == [
        "docs/a.md:1: 이 값보다 위에 실행되는 코드 칸이 없습니다: x"
    ]


@pytest.mark.parametrize("sentence", ["`` `{python} x` ``는", "`{py} x`는", "`python x`는"])
def test_other_code_spans_are_left_alone(sentence: str) -> None:
    page = read_page(f"```python\nx = 1\n```\n\n{sentence}\n")
    assert (page.values, page.problems) == ([], [])


@pytest.mark.parametrize(
    "text", ["1", "-1.5", "−3", "1,234", "97.3%", "1e-07", "가나다", "relu", "a_b"]
)
def test_a_number_or_a_word_is_plain(text: str) -> None:
    assert is_plain(text)


@pytest.mark.parametrize(
    "text",
    ["", "nan", "inf", "-inf", "두 낱말", "[1]", "<b>", "1 2", "**a**", "a\nb", "\x021", "nan%"],
)
def test_anything_else_is_not_plain(text: str) -> None:
    assert not is_plain(text)
