"""Say what the warm process imports before the first page starts."""

from collections.abc import Iterable

from livedocs.pages import Cell
from livedocs.rules import imports, parsed

ALWAYS = ("numpy", "matplotlib.pyplot", "matplotlib_inline.backend_inline", "keras")


def modules_of(pages: Iterable[list[Cell]]) -> list[str]:
    """Return the modules that pages import, and those that every page needs."""
    found = {name for cells in pages for cell in cells for name in imports(parsed(cell.source))}
    return sorted({*ALWAYS, *(name for name in found if not name.startswith("."))})
