"""Keep executed notebooks on disk, each named by all that produced it."""

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from livedocs.environment import datasets, describe
from livedocs.notebook import Node, loads
from livedocs.pages import Cell
from livedocs.project import Project

Describe = Callable[[str], Mapping[str, object]]
CODE = 16
"""So many characters at the end of a name are those of the same code on other machines, too."""
# However it is imported: keras.datasets, from keras import datasets.
KERAS_DATASETS = re.compile(r"\bkeras\b.*\bdatasets\b")


def recipe(
    cells: list[Cell],
    backend: str,
    project: Project,
    describe: Describe = describe,
) -> dict[str, Any]:
    """Return all that can change what cells put out here: their own part, then what surrounds them.

    That is the code, what must be raised, what is asked, data files; then packages, backend, device
    and engine; then the same for the backends that fences name, and data sets. Another machine is
    one that `describe` describes.
    """
    others: list[object] = [describe(name) for name in sorted({c.backend for c in cells} - {""})]
    if any(KERAS_DATASETS.search(cell.source) for cell in cells):
        others.append(datasets(project))
    own = [cell[: None if cell.backend else -1] for cell in cells]
    made = {"cells": own, "environment": describe(backend), "others": others}
    return json.loads(json.dumps(made))


def name_of(made: Mapping[str, Any]) -> str:
    """Return the name of the notebook that a recipe produces: two sums in hexadecimal."""
    return digest([made["cells"], made["environment"], *made["others"]])[:-CODE] + code_of(made)


def code_of(made: Mapping[str, Any]) -> str:
    """Return the end of a name: that of the part of a recipe that no machine or backend changes."""
    environment = made.get("environment", {})
    versions = environment.get("engine"), environment.get("packages", {}).get("keras")
    data = [each for each in made.get("others", []) if "engine" not in each]
    return digest([made.get("cells"), data, *versions])[:CODE]


def digest(told: object) -> str:
    """Return the SHA-256 of what JSON can say, in hexadecimal."""
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def key(cells: list[Cell], backend: str, project: Project, describe: Describe = describe) -> str:
    """Return the name of the notebook that these cells produce here.

    Two names are equal exactly when nothing differs that can change an output.
    """
    return name_of(recipe(cells, backend, project, describe))


def load(project: Project, name: str) -> Node | None:
    """Return a stored notebook, or None if there is none or it is not what was stored."""
    try:
        return parsed(path_of(project, name).read_text(encoding="utf-8"), name)
    except (OSError, ValueError):
        return None


def parsed(text: str, name: str) -> Node | None:
    """Return the notebook that a stored text holds, or None if it is not what was stored."""
    try:
        notebook = loads(text)
        intact = notebook.metadata.livedocs.pop("sum") == checksum(notebook)
    except (ValueError, AttributeError, KeyError, TypeError, RecursionError):
        return None
    return notebook if intact and notebook.metadata.livedocs.get("key") == name else None


def store(project: Project, name: str, notebook: Node) -> None:
    """Store a notebook whole or not at all, whatever happens meanwhile.

    Raises:
        OSError: the disk is full or the folder cannot be written.
    """
    path = path_of(project, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    notebook.metadata.livedocs["key"] = name
    signed = loads(json.dumps(notebook))
    signed.metadata.livedocs["sum"] = checksum(notebook)
    text = json.dumps(signed, indent=1, sort_keys=True)
    with tempfile.NamedTemporaryFile(
        "w", dir=path.parent, prefix=".", delete=False, encoding="utf-8"
    ) as file:
        try:
            file.write(text + "\n")
            file.close()
            os.replace(file.name, path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise


def prune(project: Project, keep: Iterable[str]) -> list[Path]:
    """Delete the notebooks that no page asks for, and return their paths."""
    wanted = {path_of(project, name) for name in keep}
    folder = project.cache / "notebooks"
    unwanted = sorted(set(folder.glob("*")) - wanted)  # half-written files of killed builds, too
    for path in unwanted:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return unwanted


def stored(project: Project) -> list[Path]:
    """Return the files of all stored notebooks, the oldest first."""
    folder = project.cache / "notebooks"
    return sorted(folder.glob("*.ipynb"), key=age)


def age(path: Path) -> int:
    """Return when a file was written, in nanoseconds; 0 for one that has just gone."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def path_of(project: Project, name: str) -> Path:
    """Return where a notebook is stored."""
    return project.cache / "notebooks" / f"{name}.ipynb"


def checksum(notebook: Node) -> str:
    """Return the sum of all that a notebook says."""
    return digest(notebook)
