"""Run pages, several at once, each in a process of its own; yield each as it ends."""

import itertools
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from livedocs.pages import Cell
from livedocs.process import warm_process
from livedocs.project import Project
from livedocs.results import Ran, Running, collect

Tell = Callable[[str], None]
TIME_LIMIT = float(os.environ.get("LIVEDOCS_TIME_LIMIT", "300"))  # seconds for one page


Take = Callable[[], tuple[str, list[Cell]] | None]
Dropped = Callable[[str, list[Cell]], bool]


def run_now(
    take: Take,
    project: Project,
    backend: str,
    workers: int,
    modules: list[str],
    dropped: Dropped = lambda name, cells: False,
) -> Iterator[tuple[str, list[Cell], Ran]]:
    """Run pages and yield each as it ends.

    Args:
        take: gives the next page, or None while there is none.
        project: where the data are.
        backend: Keras backend of the processes.
        workers: how many pages run at once.
        modules: what the warm process imports.
        dropped: whether a page that is running is no longer wanted; it is then ended unseen.
    """
    process = warm_process(project, backend, modules)
    live: dict[str, Running] = {}
    numbers = itertools.count()
    with tempfile.TemporaryDirectory(prefix="livedocs-", ignore_cleanup_errors=True) as folder:
        try:
            while True:
                while len(live) < workers and (taken := take()):
                    job = prepare(Path(folder) / str(next(numbers)), taken[1], project)
                    live[str(job)] = Running(*taken, job, limit=TIME_LIMIT)
                    process.ask({"start": str(job)})
                if not live:
                    return
                for running in live.values():
                    late = time.monotonic() - running.started > running.limit
                    running.unwanted = running.unwanted or dropped(running.name, running.cells)
                    if (late or running.unwanted) and not running.ending:
                        running.ending, running.late = True, late
                        process.ask({"kill": str(running.folder)})
                answer: dict = process.answer(timeout=0.1) or {}
                if begun := live.get(answer.get("started", "")):
                    begun.started = time.monotonic()
                ended = live.pop(answer.get("ended", ""), None)
                if ended and not ended.unwanted:
                    yield ended.name, ended.cells, collect(ended, answer["status"], backend)
        finally:
            for running in live.values():
                process.ask({"kill": str(running.folder)})
            while live and (last := process.answer(timeout=5)):
                live.pop(last.get("ended", ""), None)


def prepare(folder: Path, cells: list[Cell], project: Project) -> Path:
    """Lay out the folder of a page: its job and an empty place to run in."""
    (folder / "scratch").mkdir(parents=True)
    job = [
        {
            "source": cell.source,
            "raises": cell.raises,
            "asks": cell.asks,
            "files": {
                Path(name).name: (project.data / name).read_bytes().decode("latin-1")
                for name, _ in cell.data
            },
        }
        for cell in cells
    ]
    (folder / "job.json").write_text(json.dumps({"cells": job}), encoding="utf-8")
    return folder
