"""Carry executed notebooks from one machine's cache to another's in a single file."""

import contextlib
import os
import re
import zipfile
from pathlib import Path

from livedocs import cache
from livedocs.notebook import Node
from livedocs.project import Project

MEMBER = re.compile(r"([0-9a-f]{64})\.ipynb")
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same notebooks make the same bytes
MOST_BYTES = 50_000_000  # of one notebook: a page has some hundred kilobytes


class BadArchive(Exception):
    """A file is no archive of this engine, or not what was packed."""


def pack(project: Project, file: Path) -> int:
    """Write every intact notebook of a cache into a file; return how many there are."""
    names = sorted(path.stem for path in cache.stored(project))
    intact = [name for name in names if cache.load(project, name)]
    partial = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with zipfile.ZipFile(partial, "w") as archive:
            for name in intact:
                path = cache.path_of(project, name)
                info = zipfile.ZipInfo(path.name, LONG_AGO)
                archive.writestr(info, path.read_bytes(), zipfile.ZIP_DEFLATED)
        os.replace(partial, file)
    finally:
        partial.unlink(missing_ok=True)
    return len(intact)


def unpack(project: Project, file: Path) -> int:
    """Store the notebooks of an archive, all or none; return how many were not here yet.

    Raises:
        BadArchive: it cannot be read, or one of its notebooks is not what its name says.
        OSError: they cannot be stored; then none is.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            found = dict(checked(archive, info) for info in archive.infolist())
    except (OSError, zipfile.BadZipFile, EOFError, NotImplementedError) as error:
        raise BadArchive(f"캐시 묶음으로 읽을 수 없습니다: {error}") from error
    new = [name for name in found if cache.load(project, name) is None]
    try:
        for name in new:
            cache.store(project, name, found[name])
    except BaseException:
        for name in new:
            with contextlib.suppress(OSError):
                cache.path_of(project, name).unlink()
        raise
    return len(new)


def checked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> tuple[str, Node]:
    """Return name and notebook of one member: its sum is right, and its name is its recipe's."""
    name = MEMBER.fullmatch(info.filename)
    if not name or info.file_size > MOST_BYTES:
        raise BadArchive(f"묶음에 캐시의 결과가 아닌 것이 있습니다: {info.filename}")
    text = archive.read(info).decode("utf-8", errors="replace")
    notebook = cache.parsed(text, name[1])
    if not notebook or not as_named(notebook, name[1]):
        raise BadArchive(f"결과가 만들어진 때와 달라졌습니다: {info.filename}")
    return name[1], notebook


def as_named(notebook: Node, name: str) -> bool:
    """Whether a notebook holds the code of its recipe, and its name is that of the recipe."""
    record = notebook.metadata.livedocs
    try:
        same = [cell.source for cell in notebook.cells] == [row[0] for row in record["cells"]]
        return same and cache.name_of(record) == name
    except (AttributeError, KeyError, IndexError, TypeError):
        return False
