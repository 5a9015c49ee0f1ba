"""Run pages, several at once, each in a process of its own, and keep what they put out."""

import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from livedocs import cache
from livedocs.pages import Cell
from livedocs.process import warm_process
from livedocs.project import Project
from livedocs.results import Ran, Running, collect
from livedocs.warmth import modules_of

Tell = Callable[[str], None]
TIME_LIMIT = float(os.environ.get("LIVEDOCS_TIME_LIMIT", "300"))  # seconds for one page


def run_pages(
    pages: dict[str, list[Cell]], project: Project, backend: str, workers: int, tell: Tell
) -> dict[str, Ran]:
    """Return what every page put out, running those whose notebook is not in the cache.

    Args:
        pages: the cells of each page, by the page's path.
        project: where the cache and the data are.
        backend: Keras backend of the processes.
        workers: how many pages run at once.
        tell: called with one line of progress at a time.
    """
    ran: dict[str, Ran] = {}
    keys = {name: cache.key(cells, backend, project) for name, cells in pages.items() if cells}
    for name, key in keys.items():
        if (notebook := cache.load(project, key)) is not None:
            ran[name] = Ran(notebook, cached=True)
    todo = {name: pages[name] for name in keys if name not in ran}
    for count, (name, done) in enumerate(run_now(todo, project, backend, workers), start=1):
        seconds = done.notebook.metadata.livedocs["seconds"]
        state = "멈춤" if done.failure else "끝남"
        tell(f"실행 {count}/{len(todo)}쪽 {state} · {name} · {seconds:.1f}초")
        if not done.failure:
            try:
                cache.store(project, keys[name], done.notebook)
            except OSError as error:  # this build has the outputs; only the next one must rerun
                tell(f"결과를 저장하지 못했습니다 · {name} · {error}")
        ran[name] = done
    return {name: ran[name] for name in keys}


def run_now(
    pages: dict[str, list[Cell]], project: Project, backend: str, workers: int
) -> Iterator[tuple[str, Ran]]:
    """Run pages and yield each as it ends."""
    if not pages:
        return
    process = warm_process(project, backend, modules_of(pages.values()))
    waiting = sorted(pages, key=lambda name: -len(pages[name]))
    live: dict[str, Running] = {}
    with tempfile.TemporaryDirectory(prefix="livedocs-", ignore_cleanup_errors=True) as folder:
        try:
            while waiting or live:
                while waiting and len(live) < workers:
                    name = waiting.pop(0)
                    job = prepare(Path(folder) / str(len(waiting)), pages[name], project)
                    live[str(job)] = Running(name, job, limit=TIME_LIMIT)
                    process.ask({"start": str(job)})
                for running in live.values():
                    spent = time.monotonic() - running.started
                    if not running.late and spent > running.limit:
                        running.late = True
                        process.ask({"kill": str(running.folder)})
                answer: dict = process.answer(timeout=0.1) or {}
                if begun := live.get(answer.get("started", "")):
                    begun.started = time.monotonic()
                if ended := live.pop(answer.get("ended", ""), None):
                    yield ended.name, collect(ended, answer["status"], pages[ended.name], backend)
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
