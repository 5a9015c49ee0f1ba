"""End the process of a page and everything that it started."""

import contextlib
import os
import signal
import sys
from collections.abc import Collection
from pathlib import Path

SUBREAPER, DEATH = 36, 1  # numbers of prctl


def prctl(option: int, value: int) -> None:
    """Tell Linux something about this process; nothing elsewhere."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(option, value)


def adopt() -> None:
    """Inherit what a page leaves behind outside its own group, so that `sweep` finds it."""
    prctl(SUBREAPER, 1)


def end_with_parent() -> None:
    """Have this process killed when its parent dies."""
    prctl(DEATH, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)


def end(child: int) -> None:
    """Kill a page's process and everything that it started."""
    for kill in (getattr(os, "killpg", os.kill), os.kill):  # it may have no group yet
        with contextlib.suppress(OSError):
            kill(child, getattr(signal, "SIGKILL", signal.SIGTERM))


def sweep(folder: Path, live: Collection[int]) -> None:
    """Kill the processes that an ended page started in groups of their own."""
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            child = int(process.name)
            parent = int((process / "stat").read_text().rpartition(")")[2].split()[1])
            if parent != os.getpid() or child in live:
                continue
            # While another page runs, an orphan may be that page's: its folder tells them apart.
            if not live or Path(os.readlink(process / "cwd")).is_relative_to(folder):
                end(child)
                os.waitpid(child, 0)
