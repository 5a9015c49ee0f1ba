"""Find what the same code put out on other devices and under other backends, if it ran there."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from livedocs import cache
from livedocs.project import Project
from livedocs.results import NAMES

Record = Mapping[str, Any]


def elsewhere(record: Record, project: Project) -> dict[str, NotebookNode]:
    """Return the newest notebook of each other place where the same code ran, by its label.

    Args:
        record: what the cache knows of a notebook: its recipe, and the device that it ran on.
        project: where the cache is.
    """
    found = {}
    for path in cache.stored(project):
        notebook = read(path, cache.age(path))
        if notebook and is_same(record, notebook.metadata.livedocs):
            found[label(notebook.metadata.livedocs)] = notebook
    found.pop(label(record), None)
    return dict(sorted(found.items()))


@lru_cache(maxsize=1000)
def read(path: Path, written: int) -> NotebookNode | None:
    """Return a stored notebook; it is read again only when it was written again."""
    try:
        return cache.parsed(path.read_text(encoding="utf-8"), path.stem)
    except (OSError, ValueError):
        return None


def is_same(one: Record, other: Record) -> bool:
    """Whether two runs differ in nothing but machine and backend."""
    return same_of(one) == same_of(other)


def same_of(record: Record) -> list[Any]:
    """Return the part of a recipe that no machine and no backend changes."""
    environment = record.get("environment", {})
    versions = environment.get("engine"), environment.get("packages", {}).get("keras")
    data = [each for each in record.get("others", []) if "engine" not in each]
    return [record.get("cells"), data, *versions]


def label(record: Record) -> str:
    """Name device and backend as a reader knows them."""
    backend = record["environment"]["backend"]
    return f"{record.get('device', '').upper()} · {NAMES.get(backend, backend)}"
