"""Measure what a cluster adds to a page, against a real scheduler with two workers on this machine.

The two talk over the loopback: what a network adds is not in these numbers.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from livedocs import cache
from livedocs.arrival import arrived
from livedocs.crew import LARGE
from livedocs.job import given, pack, sets_of, work
from livedocs.notebook import Node
from livedocs.pages import Cell
from livedocs.project import Project
from livedocs.warmth import modules_of

TASKS, PAGES, WORKERS = 400, 20, 2


@dataclass(frozen=True)
class Overheads:
    """Seconds, measured."""

    submit: float
    """The client packs and sends a page."""
    collect: float
    """The client fetches a result and stores it."""
    look: float
    """The client asks how many workers there are, at each look for results."""
    scheduler: float
    """Processor time of the scheduler for a task."""
    page: float
    """From sending a page to having its result, beyond what it takes to run."""
    start: float
    """The first page of a worker waits for the modules that pages import."""
    sets: float
    """The data sets come to a worker for the first time."""


def echo(job: dict[str, Any], text: str) -> dict[str, Any]:
    """Return a notebook: a page that takes no time."""
    return {"notebook": text, "failure": None}


def measured(project: Project, scratch: Path, job_bytes: int, notebook: Node) -> Overheads:
    """Start a cluster and measure.

    Args:
        project: whose data sets travel.
        scratch: an empty folder.
        job_bytes: how much a page sends.
        notebook: what it gives back.
    """
    from distributed import as_completed, wait

    text, recipe = json.dumps(notebook), notebook.metadata["livedocs"]
    with cluster(scratch) as (client, scheduler):
        first, second = client.nthreads()
        page = pages(client, project, first)
        name, sets = sets_of(project)
        began = time.perf_counter()
        whole = client.submit(given, sets, key=name, workers=[first])
        client.submit(len, whole, workers=[second], allow_other_workers=False).result()
        took = time.perf_counter() - began
        job = {"text": "x" * job_bytes}
        text = client.scatter(text, broadcast=True)
        used = sum(scheduler.cpu_times()[:2])
        began = time.perf_counter()
        out = [client.submit(echo, job, text, key=f"t{number}") for number in range(TASKS)]
        submit = (time.perf_counter() - began) / TASKS
        wait(out)
        began = time.perf_counter()
        for number, (_, end) in enumerate(as_completed(out, loop=client.loop, with_results=True)):
            ran = arrived("page", end, recipe)
            cache.store(Project(scratch), f"{number}", ran.notebook)
        collect = (time.perf_counter() - began) / TASKS
        each = (sum(scheduler.cpu_times()[:2]) - used) / TASKS
        began = time.perf_counter()
        for _ in range(TASKS):
            client.nthreads()
        look = (time.perf_counter() - began) / TASKS
        return Overheads(submit, collect, look, each, page[1], page[0], took)


def pages(client: Any, project: Project, worker: str) -> tuple[float, float]:
    """Return what the first page of a worker and what any other takes beyond its own run."""
    beyond = []
    for number in range(PAGES + 1):
        cells = [Cell(f"print({number})")]
        job = pack(cells, "tensorflow", "none", modules_of([cells]), project)
        began = time.perf_counter()
        done = client.submit(work, job, {}, key=f"page-{number}", workers=[worker]).result()
        seconds = float(done["notebook"].partition('"seconds": ')[2].partition(",")[0])
        beyond.append(time.perf_counter() - began - seconds)
    return beyond[0], statistics.median(beyond[1:])


@contextmanager
def cluster(scratch: Path) -> Iterator[tuple[Any, psutil.Process]]:
    """Start a scheduler and workers in folders of their own; yield a client and the scheduler."""
    import dask
    from distributed import Client

    file, started = scratch / "scheduler.json", list[subprocess.Popen]()

    def start(kind: str, *words: str) -> None:
        folder = scratch / str(len(started))
        folder.mkdir()
        command = [sys.executable, "-m", "dask", kind, "--scheduler-file", str(file), *words]
        with (folder / "log").open("wb") as log:
            started.append(
                subprocess.Popen(command, cwd=folder, env=os.environ, stdout=log, stderr=log)
            )

    try:
        start("scheduler", "--port", "0", "--host", "127.0.0.1")
        for _ in range(WORKERS):
            start("worker", "--nthreads", "1", "--no-nanny", "--no-dashboard")
        while not file.exists():
            time.sleep(0.1)
        with dask.config.set(LARGE), Client(scheduler_file=str(file), timeout=60) as client:
            client.wait_for_workers(WORKERS, timeout=120)
            yield client, psutil.Process(started[0].pid)
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait()
