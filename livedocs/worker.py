"""Make this process one that runs pages: cut off from the terminal, with a shell of its own."""

import contextlib
import os
import sys
import warnings
from pathlib import Path

import numpy as np
from matplotlib import font_manager

from livedocs.ending import end_with_parent
from livedocs.shell import PageShell

FONT = Path(__file__).parent / "assets" / "Pretendard-Regular.otf"


def become_worker(folder: Path) -> None:
    """Cut this process off from the terminal and tie its life to its parent's."""
    log = os.open(folder / "log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(log, 1)  # what C++ writes to the descriptors must reach neither reader nor terminal
    os.dup2(log, 2)
    sys.stdin = open(0, encoding="utf-8", closefd=False)
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False)
    end_with_parent()


def keep_to(core: int | None) -> None:
    """Keep this process to one core, if one is named, and each of its threads at its work (Linux).

    At the end of each epoch `fit` cancels the thread that tunes tf.data. TensorFlow wakes it before
    it says that all is cancelled: a thread that takes the core at once sees nothing, and sleeps for
    up to 160 ms while the epoch waits for it (CancellationManager::StartCancel, 2.21). Under
    SCHED_BATCH no thread that wakes takes the core from another.
    """
    if hasattr(os, "SCHED_BATCH"):
        with contextlib.suppress(OSError):  # a sandbox may forbid it, a core may have gone
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
            if core is not None:
                os.sched_setaffinity(0, {core})


def open_shell(folder: Path) -> PageShell:
    """Return the shell of this process, in the folder where the page's files lie."""
    font_manager.fontManager.addfont(FONT)
    warnings.filterwarnings("error", message="Glyph .* missing from font")
    shell = PageShell.instance()
    # A fork inherits NumPy's state: pages that set no seed would all draw the same numbers.
    np.random.seed()
    os.chdir(folder / "scratch")
    return shell
