"""Long programs in `examples/`: a jupytext script goes in, an executed notebook comes out."""

import ast
from pathlib import Path
from typing import Any

import jupytext
import nbformat
from nbformat import NotebookNode

from livedocs.fences import Fence
from livedocs.pages import Cell, Page
from livedocs.problems import Problem
from livedocs.project import Project
from livedocs.results import Ran

FEWEST_ASSERTS = 2


def example_pages(project: Project) -> dict[str, tuple[Page, NotebookNode]]:
    """Return every example as a page (for the engine) and as a notebook (for readers)."""
    return {
        path.relative_to(project.root).as_posix(): read_example(path, project)
        for path in sorted(project.examples.glob("*.py"))
    }


def read_example(path: Path, project: Project) -> tuple[Page, NotebookNode]:
    """Read a script in jupytext's percent format."""
    source = path.read_text(encoding="utf-8")
    notebook = jupytext.reads(source, fmt="py:percent")
    notebook.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    lines = source.splitlines()
    page = Page(path.relative_to(project.root).as_posix(), lines=lines, offset=0)
    line = 0
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"  # jupytext's are random; two builds must be equal
        first = (cell.source.splitlines() or [""])[0]
        while cell.cell_type == "code" and line < len(lines) and lines[line] != first:
            line += 1
        if cell.cell_type == "code":
            values = {name: text for name, text in cell.metadata.items() if name == "alt"}
            page.fences.append(
                Fence(
                    line - 1,
                    line + cell.source.count("\n"),
                    "",
                    "",
                    "python",
                    cell.source,
                    values=values,
                )
            )
    count = sum(isinstance(node, ast.Assert) for node in ast.walk(ast.parse(source)))
    if count < FEWEST_ASSERTS:
        text = f"긴 예제에는 assert가 적어도 {FEWEST_ASSERTS}개 있어야 합니다(지금 {count}개)."
        page.problems.append((0, text))
    return page, notebook


def write_executed(page: Page, notebook: NotebookNode, ran: Ran | None, project: Project) -> Path:
    """Write the notebook of an example, with what it has put out, where mkdocs-jupyter finds it.

    Returns:
        The path of the notebook; it is written only if it changed, or `serve` would never rest.
    """
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for cell, done in zip(code, ran.notebook.cells if ran else [], strict=False):
        alt = cell.metadata.get("alt", "")
        cell.outputs = [with_alt(output, alt) for output in done.outputs]
    path = project.cache / "examples" / Path(page.path).with_suffix(".ipynb").name
    path.parent.mkdir(parents=True, exist_ok=True)
    text = nbformat.writes(notebook) + "\n"
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
    return path


def with_alt(output: Any, alt: str) -> Any:
    """Return an output whose drawing carries its alternative text."""
    drawing = output.get("data", {}).get("image/svg+xml")
    if not drawing or not alt:
        return output
    named = drawing.replace("<svg ", f'<svg role="img" aria-label="{alt}" ', 1)
    return nbformat.from_dict({**output, "data": {**output["data"], "image/svg+xml": named}})


def problems(pages: dict[str, tuple[Page, NotebookNode]]) -> list[Problem]:
    """Return what is wrong with the examples before they are run."""
    return [problem for page, _ in pages.values() for problem in page.listed_problems]


def cells_of(page: Page) -> list[Cell]:
    """Return what is executed for an example."""
    return [Cell(fence.code) for fence in page.fences]
