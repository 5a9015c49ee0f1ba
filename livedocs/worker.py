"""Make this process one that runs pages: cut off from the terminal, with a shell of its own."""

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


def open_shell(folder: Path) -> PageShell:
    """Return the shell of this process, in the folder where the page's files lie."""
    font_manager.fontManager.addfont(FONT)
    warnings.filterwarnings("error", message="Glyph .* missing from font")
    shell = PageShell.instance()
    # A fork inherits NumPy's state: pages that set no seed would all draw the same numbers.
    np.random.seed()
    os.chdir(folder / "scratch")
    return shell
