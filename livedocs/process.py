"""The warm process seen from outside: the folders of pages go in, each with its end come out."""

import contextlib
import itertools
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection
from pathlib import Path

from livedocs.devices import Slot, machine
from livedocs.environment import is_missing
from livedocs.pages import Cell
from livedocs.project import Project
from livedocs.variables import lay_out, variables


class WarmProcess:
    """The process that has imported what pages import (`livedocs.warm`), seen from outside.

    It is told of a page by the name of its folder. In that folder it leaves `ended`; a file `kill`
    there asks it to end the page. Its own folder, with all those in it, goes when it ends.
    """

    def __init__(self, project: Project, backend: str, modules: Collection[str]) -> None:
        self.modules = set(modules)
        self.folder = Path(tempfile.mkdtemp(prefix="livedocs-"))
        self.numbers = itertools.count()
        home = lay_out(self.folder / "home", project)
        with (self.folder / "log").open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "livedocs.warm", self.folder, *modules],
                env=variables(project, backend, home),
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def start(self, cells: list[Cell], data: Path, limit: float, slot: Slot) -> Path:
        """Start a page whose files lie in `data`; return its folder.

        It is ended after `limit` seconds.
        """
        folder = self.folder / str(next(self.numbers))
        scratch = folder / "scratch"
        scratch.mkdir(parents=True)
        for name in {name for cell in cells for name, _ in cell.data}:
            shutil.copy(data / name, scratch / Path(name).name)
        job = {
            "limit": limit,
            "machine": machine().kind,
            "core": slot.core,
            "variables": {"CUDA_VISIBLE_DEVICES": slot.gpu} if slot.gpu else {},
            "cells": [cell._asdict() | {"missing": is_missing(cell.backend)} for cell in cells],
        }
        (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
        assert self.process.stdin
        with contextlib.suppress(OSError):  # where it is gone, `check` says so
            self.process.stdin.write(f"{folder}\n".encode())
            self.process.stdin.flush()
        return folder

    def check(self) -> None:
        """Make sure that it can still answer.

        Raises:
            RuntimeError: the process is gone.
        """
        if self.process.poll() is not None:
            words = (self.folder / "log").read_text(encoding="utf-8", errors="replace")
            shutil.rmtree(self.folder, ignore_errors=True)
            last = "\n".join(words.splitlines()[-10:])
            why = last or "임시 폴더의 디스크에 자리가 있는지 살펴보세요."
            raise RuntimeError(f"쪽을 실행하는 프로세스가 죽었습니다.\n{why}")

    def close(self) -> None:
        """Let it end, and everything that it runs."""
        if self.process.stdin:
            with contextlib.suppress(OSError):
                self.process.stdin.close()


KEPT: dict[tuple[str, Path, Path | None], WarmProcess] = {}


def warm_process(project: Project, backend: str, modules: Collection[str]) -> WarmProcess:
    """Return the warm process of a backend: the one that is kept, if it has all that is wanted."""
    datasets = project.data.resolve() / "datasets"
    name = (backend, project.cache.resolve(), datasets if datasets.is_dir() else None)
    kept = KEPT.get(name)
    if not kept or kept.process.poll() is not None or not set(modules) <= kept.modules:
        if kept:
            kept.close()
        KEPT[name] = WarmProcess(project, backend, modules)
    return KEPT[name]
