"""What a reader takes along from a page: its files, the program behind its buttons, its origin."""

import copy
import json
import zipfile
from collections.abc import Mapping
from html import escape
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from livedocs.pages import Page
from livedocs.project import Project
from livedocs.report import Built
from livedocs.results import Ran
from reading.export import (
    KOREAN_FONT,
    draws,
    notebook_of,
    program_of,
    program_part,
    starts,
    with_font,
)
from reading.guests import CLAIM, claim, codes

KINDS = {
    "{}.ipynb": "노트북",
    "{}-blank.ipynb": "출력 없는 노트북",
    "{}.py": "프로그램",
}
"""What lies beside a built page, by the stem of its source, and what a reader calls it."""

ARCHIVE = "livedocs-book.zip"
CELL = "\n# %%\n"
"""What begins a cell of code in a long program."""
HOW_TO_OPEN = """\
python -m pip install keras tensorflow scikit-learn scipy pandas matplotlib jupyterlab
jupyter lab
"""


def links(stem: str, colab: str = "") -> str:
    """Return the line of links to a page's files, relative to its address, and to Colab's."""
    made = [f'<a href="{name.format(stem)}" download>{text}</a>' for name, text in KINDS.items()]
    made += [f'<a href="{escape(colab)}">Colab에서 열기</a>'] if colab else []
    return f'<p class="downloads">가져가기: {" · ".join(made)}</p>'


def parts(page: Page, project: Project) -> str:
    """Return what the copy buttons of a page copy, as data in its HTML.

    Each fence that runs is its code and, where it raises, its code in a program that goes on. What
    a check claims stands on the page already: the buttons put it behind "claim".
    """
    pairs = (
        (fence.code, program_part(fence, code).removeprefix(claim(fence)))
        for fence, code in zip(page.runnable, codes(page), strict=True)
    )
    data = {
        "start": "\n\n".join(starts(page, project)),
        "claim": CLAIM,
        "parts": [[code] if code == part else [code, part] for code, part in pairs],
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", r"\u003c")
    return f'<script type="application/json" id="program">{text}</script>'


def origin(ran: Ran) -> str:
    """Return where the outputs of a page come from, without what differs from run to run."""
    record = ran.notebook.metadata["livedocs"]
    environment = record["environment"]
    versions = ", ".join(f"{name} {number}" for name, number in environment["packages"].items())
    rows = {
        "장치": record["device"],
        "백엔드": environment["backend"],
        "파이썬": f"{environment['python']} ({environment['machine']})",
        "패키지": versions,
        "키": record.get("key", "")[:16],
    }
    listed = "".join(f"<dt>{name}</dt><dd>{escape(text)}</dd>" for name, text in rows.items())
    return (
        '<details class="origin"><summary>이 쪽의 출력이 나온 곳</summary>'
        f"<dl>{listed}</dl></details>"
    )


def blank(notebook: NotebookNode) -> NotebookNode:
    """Return a notebook without its outputs."""
    emptied = copy.deepcopy(notebook)
    for cell in emptied.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return emptied


def write_files(built: Built, project: Project, folder: Path, stem: str) -> None:
    """Write the notebooks and the program of a page that ran beside its HTML."""
    if built.ran is None:
        return
    notebook = notebook_of(built.page, built.ran, project)
    texts = [
        nbformat.writes(notebook) + "\n",
        nbformat.writes(blank(notebook)) + "\n",
        program_of(built.page, project),
    ]
    for name, text in zip(KINDS, texts, strict=True):
        # An output may hold half a pair of surrogates, which no file can.
        (folder / name.format(stem)).write_text(text, encoding="utf-8", errors="replace")


def write_example(source: Path, notebook: NotebookNode, folder: Path) -> None:
    """Write the program of an example and its notebooks, with and without outputs, by its HTML."""
    text = source.read_text(encoding="utf-8")
    if draws([text]):
        text = text.replace(CELL, f"{CELL}{KOREAN_FONT}{CELL}", 1)
    (folder / source.name).write_text(text, encoding="utf-8")
    notebook = with_font(notebook)
    for end, made in ("", notebook), ("-blank", blank(notebook)):
        text = nbformat.writes(made) + "\n"
        (folder / f"{source.stem}{end}.ipynb").write_text(text, encoding="utf-8")


def write_archive(site: Path, pages: Mapping[str, Built]) -> None:
    """Write one archive with the files of all pages, in folders as in the project.

    Its times are fixed: two builds of the same outputs must be equal.
    """
    with zipfile.ZipFile(site / ARCHIVE, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("README.txt"), HOW_TO_OPEN)
        for path, built in sorted(pages.items()):
            source = Path(path.removeprefix("docs/"))
            for kind in KINDS:
                file = site / built.url / kind.format(source.stem)
                if file.is_file():
                    info = zipfile.ZipInfo((source.parent / file.name).as_posix())
                    info.compress_type = zipfile.ZIP_DEFLATED
                    archive.writestr(info, file.read_bytes())
