"""Find the fenced blocks of a Markdown page, however deeply they are nested."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from markdown import Markdown
from markdown.util import ETX, STX
from pymdownx.superfences import SuperFencesBlockPreprocessor

PYTHON = {"python", "py"}
# Anything an author may have meant as a Python fence: ticks or tildes, then the language.
MEANT_AS_PYTHON = re.compile(
    r"^[> \t]*(?P<bullet>(?:(?:[-*+]|\d+\.)[ \t]+)*)(?:`{3,}|~{3,})[ \t]*"
    r"(?P<info>(?:\{[^`]*|\.?)\b(?:python|py)3?\b.*)$",
    re.IGNORECASE,
)
BRACES = re.compile(
    r"""^\{[ ]*\.(?:python|py)(?:[ ]+(?:\.[a-z]+|\.?[a-z_]+=(?:"[^"]*"|'[^']*')))*[ ]*\}$"""
)
ATTRIBUTE = re.compile(r"""(?:(?<=[ ])\.([a-z]+)(?=[ }])|\.?([a-z_]+)=(?:"([^"]*)"|'([^']*)'))""")


@dataclass(frozen=True, eq=False)
class Fence:
    """One fenced block: where it stands, what it says, what its author wrote in braces."""

    start: int
    """Line of the opening ticks, counted from 0."""
    end: int
    """Line of the closing ticks, counted from 0."""
    prefix: str
    """What stands before the ticks: spaces and `>` of the blocks around the fence."""
    ticks: str
    language: str
    code: str
    classes: frozenset[str] = frozenset()
    values: dict[str, str] = field(default_factory=dict)

    @property
    def runs(self) -> bool:
        """Whether its code is executed."""
        return self.language in PYTHON and "norun" not in self.classes

    @property
    def title(self) -> str:
        """What a check claims; the caption of any other fence."""
        return self.values.get("title", "")

    @property
    def concepts(self) -> list[str]:
        """The concepts that a check shows."""
        return self.values.get("of", "").split()

    @property
    def data(self) -> list[str]:
        """The files of `data/` that must lie beside the code."""
        return self.values.get("data", "").split()


class Scanner(SuperFencesBlockPreprocessor):
    """SuperFences' own reading of a page, which notes each block instead of rendering it.

    Material renders pages with SuperFences, and its rules about indents, quotes and closing
    ticks are many. Reading with its own code, we cannot see another page than the reader does.
    """

    found: list[tuple[int, int, str, str, str, str]]

    def process_nested_block(self, ws: str, content: str, start: int, end: int) -> None:
        """Note a complete block; SuperFences calls this at the closing ticks."""
        code = self.rebuild_block(self.code)
        self.found.append((start, end - 1, self.ws, self.fence, self.lang or "", code))
        self.clear()


@cache
def scanner() -> Scanner:
    """Build the scanner once: SuperFences wants a whole Markdown around it."""
    markdown = Markdown(extensions=["pymdownx.superfences", "attr_list"])
    rendering: Any = markdown.preprocessors["fenced_code_block"]
    reading = Scanner(markdown)
    reading.config, reading.extension = rendering.config, rendering.extension
    return reading


def normalise(text: str) -> list[str]:
    """Split a page into lines as Python-Markdown does before any extension sees them.

    Not `splitlines`, which knows line ends that Markdown does not; a line of blanks becomes an
    empty one. A hook and an extension that read differently would run a page twice.
    """
    text = text.removeprefix("\ufeff").replace(STX, "").replace(ETX, "")
    text = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)
    return re.sub(r"(?<=\n) +(?=\n)", "", text).split("\n")


def find_fences(lines: Sequence[str]) -> list[Fence]:
    """Return every fenced block of any language, in reading order."""
    reading = scanner()
    reading.found = []
    reading.run(list(lines))
    fences = []
    for start, end, prefix, ticks, language, code in reading.found:
        info = lines[start][len(prefix) + len(ticks) :].strip()
        classes, values = attributes(info) if language in PYTHON else (set(), {})
        fences.append(Fence(start, end, prefix, ticks, language, code, frozenset(classes), values))
    return fences


def attributes(info: str) -> tuple[set[str], dict[str, str]]:
    """Take `{.python .check title="…"}` apart into its classes and its values."""
    classes, values = set(), {}
    for name, key, double, single in ATTRIBUTE.findall(info):
        if name and name not in PYTHON:
            classes.add(name)
        elif key:
            values[key] = double or single
    return classes, values


def near_misses(lines: Sequence[str], fences: list[Fence]) -> Iterator[tuple[int, str]]:
    """Yield (line, text) of what looks like a Python fence to an author but is none.

    ```` ```python alt="…" ```` is the worst of them: SuperFences drops it in silence, and its
    closing ticks then swallow the next fence.
    """
    inside = {n for fence in fences for n in range(fence.start + 1, fence.end + 1)}
    openings = {fence.start for fence in fences}
    for number, line in enumerate(lines):
        meant = MEANT_AS_PYTHON.match(line)
        if not meant or number in inside:
            continue
        info = meant["info"].strip()
        correct = info in PYTHON or BRACES.match(info)
        if meant["bullet"] and not (number in openings and correct):
            yield number, "코드 칸은 목록 표시의 다음 줄에서, 들여서 시작하세요."
        elif not correct:
            text = f"코드 칸으로 읽히지 않는 줄입니다: {info}. 속성은 중괄호 안에, 언어를 맨 앞에 "
            yield number, text + '적으세요. 예: ```{.python alt="…"}'
        elif number not in openings:
            yield number, "코드 칸이 닫히지 않았습니다. 여는 줄과 같은 들여쓰기로 닫으세요."
