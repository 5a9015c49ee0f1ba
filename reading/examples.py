"""Long programs in `examples/`: a jupytext script goes in, an executed notebook comes out."""

import ast
import html
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import jupytext
import nbformat
from nbformat import NotebookNode

from livedocs.environment import OF_BACKEND, choose_backend
from livedocs.fences import Fence
from livedocs.harmless import harmless
from livedocs.pages import SOURCES, Page
from livedocs.project import Project
from livedocs.results import Ran
from livedocs.rules import broken_rules
from livedocs.shown import alt_of

FEWEST_ASSERTS = 2
# A header of YAML, as jupytext has it, which readers of the notebook do not see.
HEADER = re.compile(r"\A# ---\n((?:#.*\n)*?)# ---\n")
BACKEND = re.compile(r"^# backend: (\w+)$", re.MULTILINE)


NOTEBOOKS: dict[str, NotebookNode] = {}
"""Every example as a notebook, without outputs."""


def example_pages(project: Project) -> dict[str, Page]:
    """Return every example as a page."""
    pages = {}
    NOTEBOOKS.clear()
    for path in sorted(project.examples.glob("*.py")):
        page, notebook = read_example(path, project)
        if page.meta.get("backend", choose_backend()) != choose_backend():
            page.fences = [shown_only(fence) for fence in page.fences]
        pages[page.path], NOTEBOOKS[page.path] = page, notebook
    return pages


def shown_only(fence: Fence) -> Fence:
    """Return a fence of a program that this build's backend cannot run."""
    return replace(fence, classes=fence.classes | {"norun"})


SOURCES.append(example_pages)


def read_example(path: Path, project: Project) -> tuple[Page, NotebookNode]:
    """Read a script in jupytext's percent format; what is wrong with it stands in the page."""
    source = path.read_text(encoding="utf-8")
    notebook = jupytext.reads(HEADER.sub("", source), fmt="py:percent")
    notebook.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    lines = source.splitlines()
    page = Page(path.relative_to(project.root).as_posix(), lines=lines)
    line = 0
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"  # jupytext's are random; two builds must be equal
        if cell.cell_type != "code":
            continue
        code = cell.source.splitlines() or [""]
        while line < len(lines) and lines[line : line + len(code)] != code:
            line += 1
        values = {name: text for name, text in cell.metadata.items() if name == "alt"}
        end = line + len(code)
        page.fences.append(Fence(line - 1, end, "", "", "python", cell.source, values=values))
        line = end
    backend = backend_of(source)
    page.meta = {"backend": backend} if backend else {}
    page.problems = broken_rules(page.fences, project.data, frozenset({backend} - {""}))
    page.problems += broken_by_whole(source) + broken_by_backend(backend, path)
    return page, notebook


def backend_of(source: str) -> str:
    """Return the only backend that a program runs on, or nothing if it runs on all."""
    header = HEADER.match(source)
    named = BACKEND.search(header[1]) if header else None
    return named[1] if named else ""


def broken_by_backend(backend: str, path: Path) -> list[tuple[int, str]]:
    """Return (line from 0, text) if a program's name hides that it needs a backend of its own."""
    if backend and backend not in OF_BACKEND:
        return [(0, f"모르는 백엔드 {backend}입니다. 쓸 수 있는 것: {', '.join(OF_BACKEND)}")]
    if backend and not path.stem.endswith(f"_{backend}"):
        return [(0, f"백엔드 하나에서만 도는 긴 예제의 이름은 _{backend}.py로 끝나야 합니다.")]
    return []


def broken_by_whole(source: str) -> list[tuple[int, str]]:
    """Return (line from 0, text) for what is wrong with a program as a whole."""
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        return [((error.lineno or 1) - 1, f"파이썬으로 읽을 수 없습니다: {error.msg}")]
    count = sum(isinstance(node, ast.Assert) for node in ast.walk(tree))
    if count >= FEWEST_ASSERTS:
        return []
    return [(0, f"긴 예제에는 assert가 적어도 {FEWEST_ASSERTS}개 있어야 합니다(지금 {count}개).")]


def write_executed(page: Page, notebook: NotebookNode, ran: Ran | None, project: Project) -> Path:
    """Write the notebook of an example, with what it has put out, where mkdocs-jupyter finds it.

    Returns:
        The path of the notebook; it is written only if it changed, or `serve` would never rest.
    """
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for cell, fence, done in zip(
        code, page.fences, ran.notebook.cells if ran else [], strict=False
    ):
        alt = alt_of(fence, done)
        cell.outputs = [with_alt(harmless(output), alt) for output in done.outputs]
    path = project.cache / "examples" / Path(page.path).with_suffix(".ipynb").name
    path.parent.mkdir(parents=True, exist_ok=True)
    text = nbformat.writes(notebook) + "\n"
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
    return path


def with_alt(output: Any, alt: str) -> Any:
    """Return an output, as a notebook's node, whose drawing carries its alternative text."""
    drawing = output.get("data", {}).get("image/svg+xml")
    if not drawing or not alt:
        return nbformat.from_dict(output)
    label = html.escape(alt, quote=True)
    named = drawing.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)
    return nbformat.from_dict({**output, "data": {**output["data"], "image/svg+xml": named}})
