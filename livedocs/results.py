"""Turn what a page's process left behind into a notebook and, perhaps, a failure."""

import json
import shutil
import signal
import time
from dataclasses import dataclass, field
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output

from livedocs.environment import describe, device
from livedocs.pages import Cell

LITTLE = 100_000  # bytes: a page leaves more behind


@dataclass(frozen=True)
class Failure:
    """Why a page did not run to its end."""

    cell: int
    """Number of the cell, counted from 0."""
    name: str
    """Name of the exception, or `value`, `time`, `died`."""
    text: str
    line: int = 0
    """Line of the cell, counted from 1; 0 for none."""
    ask: int = -1
    """Number of the question that could not be answered, for `value`."""


@dataclass
class Ran:
    """What came of a page: a notebook in any case, and a failure if it did not run to its end."""

    notebook: NotebookNode
    failure: Failure | None = None
    cached: bool = False


@dataclass
class Running:
    """A page that is being run."""

    name: str
    cells: list[Cell]
    folder: Path
    started: float = field(default_factory=time.monotonic)
    limit: float = 300.0
    """Seconds after which the page is ended."""
    late: bool = False
    unwanted: bool = False
    ending: bool = False


def collect(running: Running, status: int, backend: str) -> Ran:
    """Turn what a page's process left behind into a notebook and, perhaps, a failure."""
    try:
        result = json.loads((running.folder / "result.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        result = {"cells": [], "failure": None}
    cells = running.cells
    failure = Failure(**result["failure"]) if result["failure"] else None
    if failure is None and (status or len(result["cells"]) < len(cells)):
        failure = death(running, status)
    notebook = new_notebook()
    for number, cell in enumerate(cells):
        done = result["cells"][number] if number < len(result["cells"]) else None
        new = new_code_cell(cell.source, id=f"cell-{number}")
        if done:
            new.outputs = [new_output(**output) for output in done["outputs"]]
            new.metadata["livedocs"] = {"values": done["values"], "seconds": done["seconds"]}
        notebook.cells.append(new)
    notebook.metadata["livedocs"] = {
        "source": running.name,
        "seconds": time.monotonic() - running.started,
        "device": device(),
        "environment": describe(backend),
        "asks": [list(cell.asks) for cell in cells],
    }
    shutil.rmtree(running.folder, ignore_errors=True)
    return Ran(notebook, failure)


def death(running: Running, status: int) -> Failure:
    """Say how a process ended that left no result."""
    try:
        cell = int((running.folder / "at").read_text())
    except (OSError, ValueError):
        cell = 0
    if running.late:
        return Failure(cell, "time", f"{running.limit:.0f}초 안에 끝나지 않아 멈추었습니다.")
    if status < 0:
        known = {number.value: number.name for number in signal.Signals}
        how = f"신호 {known.get(-status, -status)}"
        return Failure(cell, "died", f"실행하던 프로세스가 죽었습니다({how}). 메모리를 살펴보세요.")
    log = running.folder / "log"
    text = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
    last = (text.strip().splitlines() or [""])[-1]
    if shutil.disk_usage(running.folder).free < LITTLE:  # not even the log could be written
        last = "임시 폴더의 디스크가 찼습니다."
    return Failure(cell, "died", f"프로세스가 상태 {status}로 끝났습니다. {last}".rstrip())
