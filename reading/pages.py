"""Read the pages of the book as readers do: titles, prose without code, what builds on what."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from livedocs.fences import Fence, find_fences, normalise
from livedocs.pages import FRONT_MATTER, read_page

HEADING = re.compile(r"^#{1,6} +(.*?)(?: *\{[^}]*\})? *$")
FORMULA = re.compile(r"\$\$.+?\$\$|(?<![\\$])\$(?![\s$])[^$]+?(?<![\s\\])\$", re.DOTALL)
# What opens a block is no prose: bullets, numbers, quotes, admonitions with their titles, tables.
OPENING = re.compile(r"^\s*(?:[-*+] +|\d+\. +|> *|(?:!!!|\?\?\?\+?|===) *[\w-]*)")
COMMENT = re.compile(r"<!--(?! 출처 없음:).*?-->|</?[a-z][^>]*>|\{ *[#.:][^}]*\}")


@dataclass(frozen=True)
class Page:
    """One Markdown page, read without running it."""

    path: str
    """Relative to docs/: `ai-ml-dl/depth.md`."""
    text: str

    @cached_property
    def meta(self) -> dict:
        """The front matter."""
        return read_page(self.text, self.path).meta

    @property
    def title(self) -> str:
        """The title in the front matter, else the path."""
        return str(self.meta.get("title", self.path))

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the file, front matter blanked out so that numbers stay."""
        front = FRONT_MATTER.match(self.text)
        head = front[0].count("\n") if front else 0
        lines = normalise(self.text)
        return [""] * head + lines[head:]

    @cached_property
    def fences(self) -> list[Fence]:
        """Every fence of any language."""
        return find_fences(self.lines)

    @cached_property
    def checks(self) -> list[Fence]:
        """The checks, in reading order."""
        return [fence for fence in self.fences if "check" in fence.classes]

    @cached_property
    def prose(self) -> list[tuple[int, str]]:
        """(Line from 1, text) of what is read as prose: no fences, headings, formulas, tags."""
        inside = {n for fence in self.fences for n in range(fence.start, fence.end + 1)}
        found = []
        for number, line in enumerate(self.lines):
            if number in inside or not line.strip() or HEADING.match(line):
                continue
            found.append((number + 1, COMMENT.sub(" ", FORMULA.sub(" ", OPENING.sub("", line)))))
        return found

    @property
    def builds_on(self) -> list[str]:
        """The pages that this one builds on, as paths under docs/."""
        return list(self.meta.get("builds_on") or [])


def read_pages(docs: Path) -> dict[str, Page]:
    """Return all pages by their path under docs/."""
    paths = {path.relative_to(docs).as_posix(): path for path in sorted(docs.rglob("*.md"))}
    return {name: Page(name, path.read_text(encoding="utf-8")) for name, path in paths.items()}
