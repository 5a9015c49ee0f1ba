"""Find what a page asks of its run: `{python} expression` in prose, fields in alternative texts."""

import re
import string
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from livedocs.fences import Fence

# A code span as CommonMark has it: as many ticks at its end as at its start.
SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
MARK = "{python} "
# 조사 that change with the sound before them. A number's last sound changes with the number, so
# none of these may follow a value directly. Longest first.
TWO_FORMS = (
    "이라고 이라는 이라도 으로써 으로서 으로부터 이라면 이라 이란 이나 이며 이고 이면 이랑 으로 "
    "라고 라는 라도 로써 로서 로부터 라면 라 란 나 며 고 면 랑 로 은 는 이 가 을 를 과 와"
).split()
CLASHES = rf"(?:{'|'.join(TWO_FORMS)})(?![가-힣])|\((?:으|이)\)"
# After a sound of the other kind these are wrong; 이고, 이며, 이라고 … are right after any.
AFTER_CONSONANT = set("은 이 을 과 으로 으로써 으로서 으로부터".split())
AFTER_VOWEL = set(
    "는 가 를 와 로 로써 로서 로부터 라고 라는 라도 라면 라 란 나 며 고 면 랑".split()
)
TOWARDS = set("로 로써 로서 로부터".split())
RIEUL = 8  # ㄹ is closed, but takes 로: 일로, 물로
MARKS = "*_)]’”"  # what may stand between a value and its 조사 without a sound
# The unit that an f-string ends with: `…%}"` or Hangul behind the last brace.
UNIT = r"(?:(?<=[:.\d])(?=%\}[\"']$)|\}[^{}]*)([%가-힣])\}?[\"']$"
PLAIN = r"[+\-−]?\d[\d,]*(?:\.\d+)?(?:e[+\-]?\d+)?%?|(?!(?:nan|inf)$)[^\W\d][\w.+-]*"


class Value(NamedTuple):
    """One inline value: where it stands and what it asks."""

    line: int
    """Counted from 0 in the body of the page."""
    start: int
    end: int
    """The span, ticks included, in its line."""
    expression: str
    after: int
    """Number of the runnable fence above it, counted from 0."""


def find_values(lines: Sequence[str], fences: list[Fence]) -> Iterator[Value]:
    """Yield the inline values of a page, in reading order."""
    inside = {n for fence in fences for n in range(fence.start, fence.end + 1)}
    ends = [fence.end for fence in fences if fence.runs]
    for number, line in enumerate(lines):
        for span in SPAN.finditer(line) if number not in inside else ():
            if len(span[1]) == 1 and span[2].startswith(MARK):
                expression = span[2].removeprefix(MARK).strip()
                above = sum(end < number for end in ends) - 1
                yield Value(number, *span.span(), expression, above)


def misplaced(lines: Sequence[str], values: list[Value]) -> Iterator[tuple[int, str]]:
    """Yield (line, text) of the values that cannot be filled, or not whatever they are."""
    for value in values:
        if value.after < 0:
            text = f"이 값보다 위에 실행되는 코드 칸이 없습니다: {value.expression}"
            yield value.line, text
        if clash := clashing(value.expression, lines[value.line][value.end :]):
            text = f"값 바로 뒤의 조사 ‘{clash}’는 수가 바뀌면 틀릴 수 있습니다. "
            yield value.line, text + f"값과 조사 사이에 단위나 명사를 두세요: {value.expression}"


def clashing(expression: str, rest: str) -> str:
    """Return the 조사 at the start of `rest` that does not fit every value, or "".

    A value that brings its unit along (`f"{x:.1%}"`, `f"{n}번"`) has one last sound whatever the
    number is; then only a form for the other kind of sound clashes.
    """
    found = re.match(CLASHES, rest.lstrip(MARKS))
    unit = re.search(UNIT, expression)
    if not found or not unit:
        return found[0] if found else ""
    last = unit[1]
    end = 0 if last == "%" else (ord(last) - ord("가")) % 28
    wrong = AFTER_VOWEL if end else AFTER_CONSONANT
    if end == RIEUL:
        wrong = wrong - TOWARDS | {"으" + josa for josa in TOWARDS}
    return found[0] if found[0] in wrong or found[0].startswith("(") else ""


def is_plain(value: str) -> bool:
    """Whether a value may stand in a sentence: a plain number or one word, never nan or inf."""
    return re.fullmatch(PLAIN, value) is not None


def alt_fields(alt: str) -> tuple[str, ...]:
    """Return the expressions in an alternative text: `"{x:.0f}도"` asks for `f"{x:.0f}"`."""
    return tuple(
        f'f"{{{name}{"!" + conversion if conversion else ""}{":" + spec if spec else ""}}}"'
        for _, name, spec, conversion in string.Formatter().parse(alt)
        if name is not None
    )


def filled(alt: str, values: list[str]) -> str:
    """Return an alternative text with its fields replaced by `values`, in order."""
    rest = iter(values)
    parts = string.Formatter().parse(alt)
    return "".join(text + ("" if name is None else next(rest)) for text, name, _, _ in parts)
