"""Keep a line on the terminal that says what is running; elsewhere nothing is written."""

import contextlib
import shutil
import sys
import threading
from collections.abc import Callable, Iterator

EMPTY = "\r\x1b[K"
OFTEN = 0.5  # seconds


def clear() -> None:
    """Take the line away, so that something else can be said there."""
    if sys.stderr.isatty():
        print(EMPTY, end="", file=sys.stderr, flush=True)


@contextlib.contextmanager
def kept(say: Callable[[], str]) -> Iterator[None]:
    """Keep a line for as long as the block runs.

    Args:
        say: returns what it says now.
    """
    over = threading.Event()

    def keep() -> None:
        while not over.wait(OFTEN):
            text = say()[: shutil.get_terminal_size().columns * 2 // 3]  # Hangul is wide
            print(EMPTY + text, end="", file=sys.stderr, flush=True)

    if sys.stderr.isatty():
        threading.Thread(target=keep, daemon=True).start()
    try:
        yield
    finally:
        over.set()
        clear()
