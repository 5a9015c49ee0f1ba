"""Python-Markdown extension: the lines of a page go in; they come out with outputs in place.

It looks the outputs up by the content of the page and needs neither a path nor a hook, so any
generator that renders with Python-Markdown shows them.
"""

import hashlib
import html
import re
from typing import Any

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

from livedocs.book import BEHIND, ran_page
from livedocs.fences import Fence
from livedocs.outputs import text
from livedocs.pages import read_page
from livedocs.problems import PageProblems
from livedocs.project import find_project
from livedocs.results import Ran
from livedocs.shown import outputs_of, values_of

AFTER_WHITESPACE_BEFORE_SUPERFENCES = 29
MATERIAL_KEYS = ("title", "hl_lines", "linenums")
# Material binds a numbered list to the `# (1)!` marks of the fence right above it.
ANNOTATED = re.compile(r"#\s*\(\d+\)!?")


class PlaceOutputs(Preprocessor):
    """Put outputs after their fences and values into their sentences."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines of a page with everything that its run put out.

        Raises:
            PageProblems: the page breaks a rule, or did not run and no hook has said so.
        """
        project = find_project()
        page = read_page("\n".join(lines), data=project.data, taken=True)
        if page.problems and BEHIND:  # an author is watching: show what to mend, keep the site up
            found = "\n".join(said for _, said in page.problems)  # the terminal knows the lines
            return [*self.stashed("", text(found, "error")), *lines]
        if page.problems:
            raise PageProblems(page.listed_problems)
        ran = ran_page(page, project)
        self.names: dict[str, int] = {}
        placed = list(page.lines)
        for value, said in reversed(list(zip(page.values, values_of(page, ran), strict=True))):
            line = placed[value.line]
            placed[value.line] = line[: value.start] + said + line[value.end :]
        numbers = {fence: number for number, fence in enumerate(page.runnable)}
        for fence in reversed(page.fences):
            number = numbers.get(fence)
            shown = self.around(fence, number, ran)
            placed[fence.start : after(placed, fence)] = self.lines(placed, fence, *shown)
        return placed

    def around(self, fence: Fence, number: int | None, ran: Ran | None) -> tuple[str, str, str]:
        """Return the HTML before a fence, after it, and after its annotations."""
        if number is None:
            reason = html.escape(fence.values["reason"])
            return "", "", f'<p class="norun">실행하지 않는 코드 · {reason}</p>'
        shown = outputs_of(fence, number, ran)
        if "check" not in fence.classes:
            return "", "", shown
        title = html.escape(fence.values["title"])
        name = f"check-{hashlib.sha256(fence.values['title'].encode()).hexdigest()[:8]}"
        self.names[name] = self.names.get(name, 0) + 1
        if self.names[name] > 1:  # fences are placed from the last to the first
            name += f"-{self.names[name]}"
        failed = ran is not None and ran.failure is not None and ran.failure.cell == number
        state, kind = ("실패", "failed") if failed else ("확인됨", "passed")
        if ran is None or (ran.failure and ran.failure.cell < number):
            state, kind = "실행되지 않음", "unrun"
        before = (
            f'<details class="check {kind}" id="{name}"{" open" if failed else ""}>'
            f"<summary><span>{state}</span> · {title}</summary>"
        )
        return before, shown + "</details>", ""

    def lines(
        self, lines: list[str], fence: Fence, before: str, behind: str, after_all: str
    ) -> list[str]:
        """Return the lines that stand for a fence: HTML, the fence as Material reads it, HTML."""
        body = lines[fence.start : fence.end + 1]
        body[0] = fence.prefix + fence.ticks + material_info(fence)
        annotations = lines[fence.end + 1 : after(lines, fence)]
        if "hide" in fence.classes:
            body, annotations = [], []
        return [
            *self.stashed(fence.prefix, before),
            *body,
            *self.stashed(fence.prefix, behind),
            *annotations,
            *self.stashed(fence.prefix, after_all),
        ]

    def stashed(self, prefix: str, shown: str) -> list[str]:
        """Return HTML as a block of its own, inside whatever blocks surround the fence."""
        if not shown:
            return []
        empty = prefix.rstrip()
        return [empty, prefix + self.md.htmlStash.store(shown), empty]


def material_info(fence: Fence) -> str:
    """Return the opening of a fence with nothing but what Material understands."""
    kept = [f'{key}="{fence.values[key]}"' for key in MATERIAL_KEYS if key in fence.values]
    if "check" in fence.classes:
        kept = [pair for pair in kept if not pair.startswith("title=")]
    return f"{{.{fence.language} {' '.join(kept)}}}" if kept else fence.language


def after(lines: list[str], fence: Fence) -> int:
    """Return the line behind a fence and behind the numbered list that Material binds to it."""
    line = fence.end + 1
    if not ANNOTATED.search(fence.code):
        return line
    prefix = re.escape(fence.prefix)
    item = re.compile(rf"{prefix}(?:\d+\.[ ]|[ ]{{4}})")
    last = line
    while line < len(lines) and (item.match(lines[line]) or not lines[line].strip("> ")):
        line += 1
        last = line if lines[line - 1].strip("> ") else last
    return last


class LiveDocs(Extension):
    """Register the preprocessor."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Run after white space is normalised and before SuperFences takes the fences."""
        place = PlaceOutputs(md)
        md.preprocessors.register(place, "livedocs", AFTER_WHITESPACE_BEFORE_SUPERFENCES)


def makeExtension(**options: Any) -> LiveDocs:
    """Return the extension; Python-Markdown asks for it by this name."""
    return LiveDocs(**options)
