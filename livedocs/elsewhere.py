"""Find what the same code put out on other devices and under other backends, if it ran there."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from livedocs import cache
from livedocs.notebook import Node
from livedocs.project import Project
from livedocs.results import NAMES

Record = Mapping[str, Any]


def elsewhere(record: Record, project: Project) -> dict[str, Node]:
    """Return the newest notebook of each other place where the same code ran, by its label.

    Args:
        record: what the cache knows of a notebook: its recipe, and the device that it ran on.
        project: where the cache is.
    """
    found = {}
    folder = cache.path_of(project, "").parent
    paths = by_code(folder, cache.age(folder)).get(cache.code_of(record), [])
    for path in sorted(paths, key=cache.age):
        here = path.stem == record.get("key")
        if not here and (notebook := read(path, cache.age(path))):
            found[label(notebook.metadata.livedocs)] = notebook
    found.pop(label(record), None)
    return dict(sorted(found.items()))


@lru_cache(maxsize=2)
def by_code(folder: Path, changed: int) -> dict[str, list[Path]]:
    """Return the stored notebooks of each code; they are listed once for each state of a folder."""
    found: dict[str, list[Path]] = {}
    for path in folder.glob("*.ipynb"):
        found.setdefault(path.stem[-cache.CODE :], []).append(path)
    return found


@lru_cache(maxsize=1000)
def read(path: Path, written: int) -> Node | None:
    """Return a stored notebook; it is read again only when it was written again."""
    try:
        return cache.parsed(path.read_text(encoding="utf-8"), path.stem)
    except (OSError, ValueError):
        return None


def label(record: Record) -> str:
    """Name device and backend as a reader knows them."""
    backend = record["environment"]["backend"]
    return f"{record.get('device', '').upper()} · {NAMES.get(backend, backend)}"
