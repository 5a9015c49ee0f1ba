"""One page as a job: packed where it is wanted, run on whatever machine takes it.

A machine that takes jobs needs this package and those that pages import, but no checkout: a job
brings its code and the files that lie beside it; data sets come once to each process.
"""

import functools
import hashlib
import json
import os
import queue
import tempfile
import threading
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from livedocs.cache import KERAS_DATASETS
from livedocs.devices import Slot, machine
from livedocs.environment import describe
from livedocs.pages import Cell
from livedocs.project import Project
from livedocs.run import run_now
from livedocs.warmth import modules_of

Sets = dict[str, bytes]
OWN = threading.local()  # a thread runs one page at a time, in a folder of its own


def pack(
    cells: list[Cell], backend: str, sets: str, modules: Iterable[str], project: Project
) -> dict:
    """Return all that another machine needs to run a page.

    Args:
        cells: what is run.
        backend: Keras backend.
        sets: the sum of the data sets.
        modules: what the pages of this build import.
        project: where the files are that the page reads.
    """
    names = sorted({name for cell in cells for name, _ in cell.data})
    return {
        "cells": [cell._asdict() for cell in cells],
        "backend": backend,
        "sets": sets,
        "modules": sorted(modules),
        "files": {name: (project.data / name).read_bytes() for name in names},
    }


def reads_sets(cells: list[Cell]) -> bool:
    """Whether a page reads a data set of Keras."""
    return any(KERAS_DATASETS.search(cell.source) for cell in cells)


def sets_of(project: Project) -> tuple[str, Sets]:
    """Return the data sets of a checkout, and their sum."""
    paths = sorted((project.data / "datasets").glob("*.np[yz]"))
    sets = {path.name: path.read_bytes() for path in paths}
    whole = hashlib.sha256()
    for name, content in sets.items():
        whole.update(f"{name} {hashlib.sha256(content).hexdigest()}\n".encode())
    return whole.hexdigest()[:16], sets


def described(backends: Collection[str]) -> dict[str, dict[str, object]]:
    """Return what this machine says of itself for each backend."""
    return {name: describe(name) for name in backends}


def given(sets: Sets) -> Sets:
    """Return data sets: the task that many jobs wait for, so that they travel once."""
    return sets


def work(job: dict[str, Any], sets: Sets) -> dict[str, Any]:
    """Run a page in this worker; return its notebook, as text, and its failure.

    The notebook's recipe is made here: it tells the environment of this machine.
    """
    from distributed import get_worker

    # Where a variable put all caches into one folder, threads would share a warm process.
    os.environ.pop("LIVEDOCS_CACHE", None)
    project = lay_out(Path(get_worker().local_directory), job, sets)
    cells = [Cell(**cell) for cell in job["cells"]]
    OWN.modules.update(job["modules"], modules_of([cells]))
    slot = slots().get()
    try:
        pages = iter([("", cells)])
        [(_, _, ran)] = run_now(
            lambda: next(pages, None), project, job["backend"], [slot], OWN.modules
        )
    finally:
        slots().put(slot)
    failure = ran.failure._asdict() if ran.failure else None
    return {"notebook": json.dumps(ran.notebook), "failure": failure}


def lay_out(place: Path, job: dict[str, Any], sets: Sets) -> Project:
    """Return a project of this thread, in `place`, in which lies all that a job reads."""
    if not hasattr(OWN, "folder"):
        OWN.folder, OWN.modules = Path(tempfile.mkdtemp(prefix="livedocs-", dir=place)), set[str]()
    project = Project(OWN.folder / job["sets"])
    (project.data / "datasets").mkdir(parents=True, exist_ok=True)
    for name, content in sets.items():
        path = project.data / "datasets" / name
        if not path.exists():
            partial = path.with_suffix(".partial")
            partial.write_bytes(content)
            partial.replace(path)
    for name, content in job["files"].items():
        path = project.data / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return project


@functools.cache
def slots() -> "queue.SimpleQueue[Slot]":
    """Return the places for pages that this process has: each GPU is one."""
    places: queue.SimpleQueue[Slot] = queue.SimpleQueue()
    for slot in machine().slots(waiting=1):  # each thread runs one: others may be on this machine
        places.put(slot)
    return places
