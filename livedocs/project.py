"""Say where things are: the project's folder goes in, the folders of its parts come out."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Project:
    """A checkout of the book."""

    root: Path

    @property
    def docs(self) -> Path:
        """The pages."""
        return self.root / "docs"

    @property
    def data(self) -> Path:
        """What `data="…"` and `keras.datasets` read."""
        return self.root / "data"

    @property
    def examples(self) -> Path:
        """The long programs."""
        return self.root / "examples"

    @property
    def cache(self) -> Path:
        """What runs leave behind; `LIVEDOCS_CACHE` moves it."""
        return Path(os.environ.get("LIVEDOCS_CACHE") or self.root / ".cache" / "livedocs")


BUILDING: list[Project] = []
"""The project that a hook is building; a generator may be started from any folder."""


def find_project(start: Path | None = None) -> Project:
    """Return the project around a folder: where mkdocs.yml is.

    Without a folder it is the project that is being built, else the one around the current folder.
    """
    if start is None and BUILDING:
        return BUILDING[-1]
    start = (start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / "mkdocs.yml").is_file():
            return Project(folder)
    return Project(start)
