"""Python-Markdown extension: the lines of a page go in; they come out with outputs in place.

It looks the outputs up by the content of the page and needs neither a path nor a hook, so any
generator that renders with Python-Markdown shows them.
"""

import html
from typing import Any

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

from livedocs.behind import BEHIND
from livedocs.fences import Fence
from livedocs.material import addresses, after, material_info
from livedocs.outputs import text
from livedocs.pages import read_page
from livedocs.problems import PageProblems
from livedocs.project import find_project
from livedocs.results import Ran
from livedocs.shown import lines_of, outputs_of, ran_page

AFTER_WHITESPACE_BEFORE_SUPERFENCES = 29


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
        placed = lines_of(page, ran)
        names = addresses(page.fences)
        number = len(page.runnable)
        for fence, name in zip(reversed(page.fences), reversed(names), strict=True):
            number -= fence.runs
            before, behind, last = around(fence, number, ran, name)
            end = after(placed, fence)
            code = [fence.prefix + fence.ticks + material_info(fence, number, name)]
            code += placed[fence.start + 1 : fence.end + 1]
            annotations = placed[fence.end + 1 : end]
            if "hide" in fence.classes:
                code, annotations = [], []
            placed[fence.start : end] = [
                *self.stashed(fence.prefix, before),
                *code,
                *self.stashed(fence.prefix, behind),
                *annotations,
                *self.stashed(fence.prefix, last),
            ]
        return placed

    def stashed(self, prefix: str, shown: str) -> list[str]:
        """Return HTML as a block of its own, inside whatever blocks surround the fence."""
        if not shown:
            return []
        empty = prefix.rstrip()
        return [empty, prefix + self.md.htmlStash.store(shown), empty]


def around(fence: Fence, number: int, ran: Ran | None, name: str) -> tuple[str, str, str]:
    """Return the HTML before a fence, after it, and after its annotations.

    Args:
        fence: any Python fence of the page.
        number: its number among those that run.
        ran: what the page's run put out.
        name: its address.
    """
    if not fence.runs:
        reason = html.escape(fence.values["reason"])
        return "", "", f'<p class="norun">실행하지 않는 코드 · {reason}</p>'
    shown = outputs_of(fence, number, ran)
    if "check" not in fence.classes:
        return "", "", shown
    state, kind = "확인됨", "passed"
    if ran is None or ran.missing(number) or (ran.failure and ran.failure.cell < number):
        state, kind = "실행되지 않음", "unrun"
    elif ran.failure and ran.failure.cell == number:
        state, kind = "실패", "failed"
    before = (
        f'<details class="check {kind}" id="{name}"{" open" * (kind == "failed")}>'
        f"<summary><span>{state}</span> · {html.escape(fence.title)}</summary>"
    )
    return before, shown + "</details>", ""


class LiveDocs(Extension):
    """Register the preprocessor."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Run after white space is normalised and before SuperFences takes the fences."""
        place = PlaceOutputs(md)
        md.preprocessors.register(place, "livedocs", AFTER_WHITESPACE_BEFORE_SUPERFENCES)


def makeExtension(**options: Any) -> LiveDocs:
    """Return the extension; Python-Markdown asks for it by this name."""
    return LiveDocs(**options)
