"""Say what the warm process imports before the first page starts."""

import ast
from collections.abc import Iterable

from livedocs.pages import Cell

ALWAYS = ("numpy", "matplotlib.pyplot", "matplotlib_inline.backend_inline", "keras")


def modules_of(pages: Iterable[list[Cell]]) -> list[str]:
    """Return the modules that pages import, and those that every page needs."""
    found = set(ALWAYS)
    for cells in pages:
        for cell in cells:
            found |= imported(cell.source)
    return sorted(found)


def imported(source: str) -> set[str]:
    """Return the modules that a piece of code imports; none if it cannot be parsed."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return set()
    modules: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            modules.add(node.module)
    return modules
