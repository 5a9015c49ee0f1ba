"""Read a page: Markdown goes in; its cells (what to run, what to ask) and its mistakes come out."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import yaml

from livedocs.fences import PYTHON, Fence, find_fences, near_misses, normalise
from livedocs.problems import Problem
from livedocs.project import Project
from livedocs.prose import Value, alt_fields, find_values, misplaced
from livedocs.rules import broken_rules

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same loader, in C where there is one
FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)---[ \t]*\n", re.DOTALL)


class Cell(NamedTuple):
    """What one runnable fence asks of the process that runs the page."""

    source: str
    raises: str = ""
    """Name of the exception that the code must raise; empty if it must raise none."""
    asks: tuple[str, ...] = ()
    """Expressions whose `str` is wanted once the code has run."""
    data: tuple[tuple[str, str], ...] = ()
    """Files that must lie beside the code: (path under `data/`, sha256 of its bytes)."""
    backend: str = ""
    """The backend in whose own process it runs; empty for the process of the page."""


@dataclass
class Page:
    """One Markdown page, read but not yet run."""

    path: str
    """As the author knows it, relative to the project: `docs/history/kernels.md`."""
    meta: dict = field(default_factory=dict)
    """The front matter."""
    offset: int = 0
    """Lines of front matter: add it to a fence's line to get the file's line."""
    lines: list[str] = field(default_factory=list)
    """The body, without front matter."""
    fences: list[Fence] = field(default_factory=list)
    """The Python fences of the body, in reading order; fences of other languages are left out."""
    values: list[Value] = field(default_factory=list)
    """The inline values of the body, in reading order."""
    problems: list[tuple[int, str]] = field(default_factory=list)
    """(line of the body counted from 0, what is wrong)."""

    @property
    def runnable(self) -> list[Fence]:
        """The fences that are executed."""
        return [fence for fence in self.fences if fence.runs]

    @property
    def listed_problems(self) -> list[Problem]:
        """What is wrong with the page before it is run, with paths and lines."""
        return [Problem(self.path, self.line(line), text) for line, text in self.problems]

    def asked(self, number: int) -> list[Value]:
        """Return the inline values that the run answers after its fence of this number."""
        return [value for value in self.values if value.after == number]

    def line(self, body_line: int) -> int:
        """Turn a line of the body, from 0, into the file's line, from 1."""
        return body_line + self.offset + 1


SOURCES: list[Callable[[Project], dict[str, Page]]] = []
"""What gives pages that are no Markdown: programs, read by `reading.examples`."""


def read_page(
    text: str, path: str = "<page>", data: Path = Path("data"), taken: bool = False
) -> Page:
    """Read a page, with or without front matter.

    Args:
        text: the Markdown source.
        path: the name under which mistakes are reported.
        data: the folder that `data="…"` attributes are relative to.
        taken: whether a generator may have taken the front matter already; a first line `---` that
            begins no mapping is then a rule of the page, no mistake.

    Returns:
        The page; what is wrong with it stands in `problems`, and nothing is raised.
    """
    whole = text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    page = Page(path)
    front = FRONT_MATTER.match(text)
    meta, wrong = mapping(front[1]) if front else ({}, "")
    if wrong and not taken:
        page.problems.append((0, f"머리말(front matter)을 읽을 수 없습니다: {wrong}"))
        return page
    if front and not wrong:
        page.meta, text = meta, text[front.end() :]
    body = text.strip("\n")  # as generators do, so that hook and extension read a page alike
    page.offset = whole[: len(whole) - len(text.lstrip("\n"))].count("\n")
    page.lines = normalise(body + "\n\n")
    page.fences, page.values, page.problems = read_body(tuple(page.lines), data)
    return page


@lru_cache(maxsize=2000)
def read_body(
    lines: tuple[str, ...], data: Path
) -> tuple[list[Fence], list[Value], list[tuple[int, str]]]:
    """Return the Python fences of a body, its values and its mistakes.

    A page is read by the hook and again inside Markdown; scanning it is half of the work.
    """
    fences = find_fences(lines)
    own = [fence for fence in fences if fence.language in PYTHON]
    values = list(find_values(lines, fences))
    problems = [*near_misses(lines, fences), *broken_rules(own, data), *misplaced(lines, values)]
    return own, values, problems


def mapping(front: str) -> tuple[dict, str]:
    """Return the mapping that a front matter holds, or what is wrong with it."""
    try:
        meta = yaml.load(front, LOADER) or {}
    except yaml.YAMLError as error:
        return {}, " ".join(str(error).split())
    return (meta, "") if isinstance(meta, dict) else ({}, "‘이름: 값’의 꼴로 적으세요.")


def cells(page: Page, data: Path = Path("data")) -> list[Cell]:
    """Return what is executed: of each runnable fence all that can change what it puts out."""
    return [
        Cell(
            fence.code,
            fence.values.get("raises", ""),
            (*(v.expression for v in page.asked(number)), *alt_fields(fence.values.get("alt", ""))),
            tuple(
                (name, hashlib.sha256((data / name).read_bytes()).hexdigest())
                for name in fence.data
                if (data / name).is_file()
            ),
            fence.values.get("backend", ""),
        )
        for number, fence in enumerate(page.runnable)
    ]
