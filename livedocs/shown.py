"""Say what a page shows of its run: the HTML behind each fence, the text of each value."""

from typing import Any

from nbformat import NotebookNode

from livedocs.alt import alt_fields, filled
from livedocs.book import BEHIND
from livedocs.fences import Fence
from livedocs.outputs import text, to_html
from livedocs.pages import Page
from livedocs.results import Ran


def outputs_of(fence: Fence, number: int, ran: Ran | None) -> str:
    """Return the HTML of what a runnable fence put out."""
    if ran is None:
        progress = BEHIND[0].progress() if BEHIND else "아직 실행하지 않았습니다"
        return f'<p class="pending" role="status">{progress}</p>'
    cell = ran.notebook.cells[number]
    outputs, failed = cell.outputs, ran.failure and ran.failure.cell == number
    if failed:  # the report of the failure says more than the exception
        outputs = [output for output in outputs if output.output_type != "error"]
    shown = to_html(outputs, alt_of(fence, cell), "raises" in fence.values, f"o{number}")
    if failed and ran.failure:
        shown += text(f"{ran.failure.name}: {ran.failure.text}", "error")
    if not shown:
        return ""
    measured = "measured" in fence.classes
    label = '<p class="measured">이 기계에서 잰 값</p>' if measured else ""
    return f'<div class="outputs">{label}{shown}</div>'


def alt_of(fence: Fence, cell: NotebookNode) -> str:
    """Return the alternative text of a fence's figure, its fields filled."""
    alt = fence.values.get("alt", "")
    wanted = len(alt_fields(alt))
    values = cell.metadata.get("livedocs", {}).get("values", [])
    return filled(alt, values[len(values) - wanted :]) if wanted <= len(values) else alt


def values_of(page: Page, ran: Ran | None) -> list[str]:
    """Return the text of each inline value, in reading order; `?` where the run did not get."""
    taken: dict[int, int] = {}
    texts = []
    for value in page.values:
        number = taken.setdefault(value.after, 0)
        taken[value.after] += 1
        cell = ran.notebook.cells[value.after] if ran else {"metadata": {}}
        values: list[Any] = cell["metadata"].get("livedocs", {}).get("values", [])
        texts.append(values[number] if number < len(values) else "?")
    return texts
