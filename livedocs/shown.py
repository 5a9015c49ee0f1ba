"""Say what a page shows of its run: the HTML behind each fence, the text of each value."""

import logging
from typing import Any

from livedocs import cache
from livedocs.behind import BEHIND
from livedocs.book import SEEN, run_book
from livedocs.elsewhere import elsewhere, label
from livedocs.environment import choose_backend
from livedocs.fences import Fence
from livedocs.notebook import Node
from livedocs.outputs import tabs, text, to_html
from livedocs.pages import Page, cells
from livedocs.problems import PageProblems
from livedocs.project import Project
from livedocs.prose import alt_fields, filled
from livedocs.results import Ran
from livedocs.verdict import problems_of

log = logging.getLogger("mkdocs.plugins.livedocs")
MISSING = "{}가 설치되어 있지 않아 실행하지 않았습니다."


def ran_page(page: Page, project: Project) -> Ran | None:
    """Return what a page put out: as seen by this process, from the cache, or by running it now.

    Raises:
        PageProblems: it had to be run now, outside a build that reports failures, and failed.
    """
    wanted = cells(page, project.data)
    if not wanted:
        return None
    key = cache.key(wanted, choose_backend(), project)
    if key not in SEEN and BEHIND:
        return None  # its outputs appear when it has run
    if key not in SEEN:
        ran = run_book({page.path: wanted}, project, log.info)[page.path]
        if problems := problems_of(page, ran):
            del SEEN[key]
            raise PageProblems(problems)
    ran = SEEN[key]
    ran.others = elsewhere(ran.notebook.metadata["livedocs"], project)
    return ran


def outputs_of(fence: Fence, number: int, ran: Ran | None) -> str:
    """Return the HTML of what a runnable fence put out, here and, in tabs, elsewhere."""
    if ran is None:
        progress = f"실행 중 · {BEHIND[0].progress()}" if BEHIND else "아직 실행하지 않았습니다"
        return f'<p class="pending" role="status">{progress}</p>'
    if backend := ran.missing(number):
        return f'<p class="norun">{MISSING.format(backend)}</p>'
    cell = ran.notebook.cells[number]
    outputs, failed = cell.outputs, ran.failure and ran.failure.cell == number
    if failed:  # the report of the failure says more than the exception
        outputs = [output for output in outputs if output.output_type != "error"]
    shown = html_of(fence, cell, outputs, f"o{number}")
    if failed and ran.failure:
        shown += text(f"{ran.failure.name}: {ran.failure.text}", "error")
    there = {place: notebook.cells[number] for place, notebook in ran.others.items()}
    different = {
        place: html_of(fence, other, other.outputs, f"o{number}-{n}")
        for n, (place, other) in enumerate(there.items())
        if other.outputs != cell.outputs
    }
    if different and not failed:
        here = label(ran.notebook.metadata["livedocs"])
        shown = tabs({here: shown, **different}, f"device-{number}")
    if not shown:
        return ""
    measured = '<p class="measured">이 기계에서 잰 값</p>' if "measured" in fence.classes else ""
    return f'<div class="outputs">{measured}{shown}</div>'


def html_of(fence: Fence, cell: Node, outputs: list[Any], name: str) -> str:
    """Return the HTML of what one run of a fence put out."""
    return to_html(outputs, alt_of(fence, cell), "raises" in fence.values, name)


def alt_of(fence: Fence, cell: Node) -> str:
    """Return the alternative text of a fence's figure, its fields filled."""
    alt = fence.values.get("alt", "")
    wanted = len(alt_fields(alt))
    values = cell.metadata.get("livedocs", {}).get("values", [])
    return filled(alt, values[len(values) - wanted :]) if wanted <= len(values) else alt


def values_of(page: Page, ran: Ran | None) -> list[str]:
    """Return the text of each inline value, in reading order; `?` where the run did not get."""
    texts = []
    for number in sorted({value.after for value in page.values}):
        cell = ran.notebook.cells[number] if ran else Node(metadata=Node())
        found = cell.metadata.get("livedocs", {}).get("values", [])
        texts += [*found, *"?" * len(page.asked(number))][: len(page.asked(number))]
    return texts


def lines_of(page: Page, ran: Ran | None) -> list[str]:
    """Return the lines of a page with the text of each of its values in its place."""
    placed = list(page.lines)
    for value, said in reversed(list(zip(page.values, values_of(page, ran), strict=True))):
        line = placed[value.line]
        placed[value.line] = line[: value.start] + said + line[value.end :]
    return placed
