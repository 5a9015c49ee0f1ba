"""Turn what a page's process left behind into a notebook and, perhaps, a failure."""

import contextlib
import json
import re
import shutil
import signal
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from livedocs.cache import recipe
from livedocs.devices import Slot
from livedocs.notebook import Node, loads, new_notebook
from livedocs.pages import Cell
from livedocs.project import Project

LITTLE = 100_000  # bytes: a page leaves more behind
# What TensorFlow, JAX and PyTorch say when a GPU has no memory left.
FULL = "ResourceExhausted|RESOURCE_EXHAUSTED|CUDA_ERROR_OUT_OF_MEMORY|out of memory"

KEPT = ("values", "seconds", "missing")
NAMES = {"tensorflow": "TensorFlow", "jax": "JAX", "torch": "PyTorch"}


class Failure(NamedTuple):
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

    @property
    def memory(self) -> bool:
        """Whether a device had no memory left."""
        return bool(re.search(FULL, f"{self.name}: {self.text}"))


@dataclass
class Ran:
    """What came of a page: a notebook in any case, and a failure if it did not run to its end."""

    notebook: Node
    failure: Failure | None = None
    cached: bool = False
    others: dict[str, Node] = field(default_factory=dict)
    """What the same code put out elsewhere, by the place, once it is shown."""

    def missing(self, cell: int) -> str:
        """Return the name of the backend without which a cell could not run, or ""."""
        record = self.notebook.cells[cell].metadata.get("livedocs", {})
        return NAMES.get(record.get("missing"), "")

    @property
    def seconds(self) -> float:
        """How long it took to run."""
        return self.notebook.metadata["livedocs"]["seconds"]


@dataclass
class Running:
    """A page that is being run."""

    name: str
    cells: list[Cell]
    folder: Path
    slot: Slot
    again: bool = False
    """Whether it runs a second time, alone: its GPU had no memory left."""
    unwanted: bool = False

    def ended(self) -> bool:
        """Whether its process is gone."""
        return (self.folder / "ended").exists()

    def kill(self) -> None:
        """Have it ended, its outputs unseen."""
        self.unwanted = True
        with contextlib.suppress(OSError):  # the warm process is gone, and its folders with it
            (self.folder / "kill").touch()


def collect(page: Running, backend: str, project: Project) -> Ran:
    """Return what an ended page left behind as a notebook and, perhaps, a failure."""
    end = json.loads((page.folder / "ended").read_text(encoding="utf-8"))
    try:
        result = loads((page.folder / "result.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        result = {"cells": [], "failure": None, "device": "cpu"}
    failure = Failure(**result["failure"]) if result["failure"] else None
    if failure is None and (end["status"] or len(result["cells"]) < len(page.cells)):
        failure = death(page.folder, end["status"], end["late"])
    record = {
        "source": page.name,
        "seconds": end["seconds"],
        "device": result["device"],
        **recipe(page.cells, backend, project),
    }
    notebook = new_notebook((cell.source for cell in page.cells), record)
    for cell, done in zip(notebook.cells, result["cells"], strict=False):
        cell.outputs = done["outputs"]
        cell.metadata["livedocs"] = Node({name: done[name] for name in KEPT if name in done})
    return Ran(notebook, failure)


def death(folder: Path, status: int, late: bool) -> Failure:
    """Say how a process ended that left no result."""
    cell = text_of(folder / "at")
    number = int(cell) if cell.isdecimal() else 0
    if late:
        limit = json.loads(text_of(folder / "job.json"))["limit"]
        return Failure(number, "time", f"{limit:.0f}초 안에 끝나지 않아 멈추었습니다.")
    if status < 0:
        known = {number.value: number.name for number in signal.Signals}
        how = f"신호 {known.get(-status, -status)}"
        text = f"실행하던 프로세스가 죽었습니다({how}). 메모리를 살펴보세요."
        return Failure(number, "died", text)
    last = (text_of(folder / "log").strip().splitlines() or [""])[-1]
    if shutil.disk_usage(folder).free < LITTLE:  # not even the log could be written
        last = "임시 폴더의 디스크가 찼습니다."
    return Failure(number, "died", f"프로세스가 상태 {status}로 끝났습니다. {last}".rstrip())


def text_of(path: Path) -> str:
    """Return what a page's process wrote into a file, "" if it wrote none."""
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
