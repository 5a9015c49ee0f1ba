"""A page as cells that tell what its asserts compared, for a given shift of its seeds."""

import ast
import json
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import indent
from typing import Any

from claims.chance import Shifting
from claims.comparisons import Comparison, Names, Noting
from livedocs.fences import Fence
from livedocs.pages import Cell, Page, cells
from livedocs.results import Ran

RECORDER = (Path(__file__).parent / "recorder.py").read_text(encoding="utf-8")
IDLE = (Path(__file__).parent / "idle.py").read_text(encoding="utf-8")


@dataclass
class Rewritten:
    """A page whose checks note instead of asserting."""

    page: Page
    cells: list[Cell]
    comparisons: list[Comparison] = field(default_factory=list)
    checks: list[int] = field(default_factory=list)
    """Number of the check of each comparison among the page's runnable fences."""


def rewritten(page: Page, data: Path, shift: int = 0, trained: bool = True) -> Rewritten:
    """Rewrite a page.

    Args:
        page: the page as read.
        data: the folder of its data files.
        shift: what is added to every seed.
        trained: whether models are trained; if not, a failing statement does not end the page.
    """
    opening = f"{RECORDER}\n\n_truth = _Recorder({shift})\n{'' if trained else IDLE}"
    made, opened = Rewritten(page, [Cell(opening)]), {""}
    trees = [parsed(fence) for fence in page.runnable]
    names = Names().read(tree for tree in trees if tree)
    for number, (fence, cell, tree) in enumerate(
        zip(page.runnable, cells(page, data), trees, strict=True)
    ):
        if tree and "check" in fence.classes:
            tree = Noting(names, made.comparisons).visit(tree)
            made.checks += [number] * (len(made.comparisons) - len(made.checks))
            cell = cell._replace(asks=(*cell.asks, "_truth.taken()"))
        if tree:
            changed = Shifting().visit(tree)
            source = ast.unparse(changed) if trained else forgiving(changed)
            cell = cell._replace(source=source)
        if cell.backend not in opened:  # a process of its own, which needs the same
            opened.add(cell.backend)
            cell = cell._replace(source=f"{opening}\n\n{cell.source}")
        if not trained:
            asks = tuple(each for each in cell.asks if each == "_truth.taken()")
            cell = cell._replace(raises="", asks=asks)
        made.cells.append(cell)
    return made


PASSED = "건너뛴 문장:"


def forgiving(tree: ast.Module) -> str:
    """Return code in which a statement that fails does not end the page."""
    otherwise = f"except Exception as _error:\n    print({PASSED!r}, repr(_error))"
    wrapped = [
        f"try:\n{indent(ast.unparse(statement), '    ')}\n{otherwise}" for statement in tree.body
    ]
    return "\n".join([*wrapped, '_plt.close("all")'])


def parsed(fence: Fence) -> ast.Module | None:
    """Return the tree of a fence, or None for one that the run will report."""
    try:
        return ast.parse(fence.code)
    except (SyntaxError, ValueError):
        return None


def notes(ran: Ran, page: Page) -> dict[int, dict[str, Any]]:
    """Return what each check noted, by the number of its fence; those not reached are left out."""
    found = {}
    for number, fence in enumerate(page.runnable):
        done = ran.notebook.cells[number + 1].metadata.get("livedocs")
        if done and "check" in fence.classes and done["values"]:
            found[number] = json.loads(done["values"][-1])
    return found


def passed_over(ran: Ran) -> list[str]:
    """Return the errors of the statements that an untrained page passed over."""
    text = "".join(o.get("text", "") for cell in ran.notebook.cells for o in cell.outputs)
    return [line for line in text.split("\n") if line.startswith(PASSED)]


def is_training(page: Page) -> bool:
    """Whether Keras trains something on a page: `fit` or `train_on_batch` of a page with Keras."""
    trees = [tree for fence in page.runnable if (tree := parsed(fence))]
    text = "\n".join(fence.code for fence in page.runnable)
    return "keras" in text and any(
        isinstance(node, ast.Attribute) and node.attr in {"fit", "train_on_batch"}
        for tree in trees
        for node in ast.walk(tree)
    )
