"""Write a page as a notebook and as a program: the same code, the same outputs."""

import textwrap
from collections.abc import Iterable
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from livedocs.fences import Fence
from livedocs.pages import Page
from livedocs.project import Project
from livedocs.results import Ran
from livedocs.shown import alt_of, lines_of
from reading.bibliography import Source, read_bibliography
from reading.datafile import written
from reading.guests import RUN_IN, codes
from reading.plain import plain

COLAB_FONT = """\
# Colab에는 한글 글꼴이 없어 설치한다.
import subprocess
import sys

from matplotlib import font_manager

if "google.colab" in sys.modules:
    subprocess.run(["apt-get", "-qq", "install", "fonts-nanum"], check=False)
    for font_path in font_manager.findSystemFonts("/usr/share/fonts/truetype/nanum"):
        font_manager.fontManager.addfont(font_path)
"""
KOREAN_FONT = """\
# 그림에 한글이 □로 나오지 않게, 설치된 한글 글꼴을 찾는다.
import matplotlib.pyplot as plt
from matplotlib import font_manager

korean_fonts = "Pretendard,NanumGothic,Apple SD Gothic Neo,Malgun Gothic,Noto Sans CJK KR"
installed = {font.name for font in font_manager.fontManager.ttflist}
found = [name for name in korean_fonts.split(",") if name in installed]
plt.rcParams["font.family"] = [*found[:1], "DejaVu Sans"]
if not found:
    print("한글 글꼴이 없어 그림의 한글이 □로 나옵니다. NanumGothic을 설치하고 다시 실행하세요.")
"""


def write_exports(
    pages: dict[str, Page], ran: dict[str, Ran], project: Project, folder: Path
) -> list[Path]:
    """Write every page that ran into a folder, laid out as in the project.

    Returns:
        The paths written, a notebook and a program for each page.
    """
    written = []
    for path, done in ran.items():
        target = (folder / path).with_suffix(".ipynb")
        target.parent.mkdir(parents=True, exist_ok=True)
        notebook = notebook_of(pages[path], done, project)
        target.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")
        program = target.with_suffix(".py")
        program.write_text(program_of(pages[path], project), encoding="utf-8")
        written += [target, program]
    return written


def starts(page: Page, project: Project) -> list[str]:
    """Return the code that must run before a page's own."""
    guests = RUN_IN if any("backend" in fence.values for fence in page.runnable) else ""
    return [code for code in (data_cell(page, project), guests) if code]


def data_cell(page: Page, project: Project) -> str:
    """Return the code that writes the files which a page's fences want beside them, or ""."""
    names = sorted({name for fence in page.runnable for name in fence.data})
    lines = ["# 코드가 읽는 파일을 곁에 만든다.", "from pathlib import Path", ""] if names else []
    for name in names:
        lines.append(written(Path(name).name, (project.data / name).read_bytes()))
    return "\n".join(lines)


def notebook_of(page: Page, ran: Ran, project: Project) -> NotebookNode:
    """Return a page as a notebook: its prose between its cells, its outputs as they were made."""
    notebook = new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    )
    folded = {"jupyter": {"source_hidden": True}}
    before = [
        new_code_cell(code, id=f"start-{n}", metadata=folded)
        for n, code in enumerate(starts(page, project))
    ]
    at, lines = 0, lines_of(page, ran)
    sources = read_bibliography(project.docs / "sources.bib")
    for number, (fence, code) in enumerate(zip(page.runnable, codes(page), strict=True)):
        add_prose(notebook, lines[at : fence.start], at, sources)
        notebook.cells += before if number == 0 else []  # behind the title
        done = ran.notebook.cells[number]
        cell = new_code_cell(code, id=f"cell-{number}", outputs=done.outputs)
        if alt := alt_of(fence, done):
            cell.metadata["alt"] = alt
        if "raises" in fence.values:
            cell.metadata["tags"] = ["raises-exception"]
        notebook.cells.append(cell)
        at = fence.end + 1
    add_prose(notebook, lines[at:], at, sources)
    return with_font(notebook)


def with_font(notebook: NotebookNode) -> NotebookNode:
    """Return a notebook that finds a Korean font before its first code if any of it draws."""
    code = [at for at, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    if not draws(notebook.cells[at].source for at in code):
        return notebook
    font = new_code_cell(f"{COLAB_FONT}\n{KOREAN_FONT}".rstrip(), id="korean-font")
    cells = [*notebook.cells[: code[0]], font, *notebook.cells[code[0] :]]
    return NotebookNode({**notebook, "cells": cells})


def draws(codes: Iterable[str]) -> bool:
    """Whether any code makes figures."""
    return any("matplotlib" in code for code in codes)


def add_prose(
    notebook: NotebookNode, lines: list[str], start: int, sources: dict[str, Source]
) -> None:
    """Add the lines between two fences, the first of which is counted, as a Markdown cell."""
    if prose := plain("\n".join(lines), sources):
        notebook.cells.append(new_markdown_cell(prose, id=f"prose-{start}"))


def program_of(page: Page, project: Project) -> str:
    """Return a page as one program, which finds a Korean font if it draws."""
    code = code_of(page, project)
    return f"{KOREAN_FONT}\n\n{code}" if draws([code]) else code


def code_of(page: Page, project: Project) -> str:
    """Return the code of a page as one program."""
    own = map(program_part, page.runnable, codes(page))
    return "\n\n".join(part.strip("\n") for part in (*starts(page, project), *own)) + "\n"


def program_part(fence: Fence, code: str) -> str:
    """Return the code of a fence so that a program goes on behind an exception that is meant."""
    expected = fence.values.get("raises")
    if not expected:
        return code
    body = textwrap.indent(code, "    ")
    return f'try:\n{body}\nexcept {expected} as error:\n    print(f"{expected}: {{error}}")'
