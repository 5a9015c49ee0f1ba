"""Build the whole site beside the one that is served, once the author rests."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

REST = 2.0  # seconds without a change


class Interrupted(BaseException):
    """The author has saved: what is saved goes before the whole site."""


class WholeBuild:
    """The build of the whole site, which gives way to that of a page."""

    def __init__(self) -> None:
        self.build: Callable[[], None] = lambda: None
        self.lock = threading.Lock()
        self.running = self.hurry = False
        self.due = float("inf")

    def later(self) -> None:
        """Let the author rest first."""
        self.due = time.monotonic() + REST

    def wait(self) -> float | None:
        """Return for how many seconds there is nothing to build; None for ever."""
        return None if self.due == float("inf") else max(0.0, self.due - time.monotonic())

    def run(self) -> None:
        """Build, if it is time."""
        if self.wait() != 0:
            return
        with self.lock:
            self.running, self.due = True, float("inf")
            try:
                self.build()
            except Interrupted:
                self.later()
            finally:
                self.running = False

    @contextlib.contextmanager
    def before(self) -> Iterator[None]:
        """Do something that cannot wait for the whole site."""
        self.hurry = True
        with self.lock:
            self.hurry = False
            yield

    def give_way(self) -> None:
        """Leave the build if something cannot wait; called before each page."""
        if self.running and self.hurry:
            raise Interrupted

    def folder(self, usual: str, served: str) -> str:
        """Return the folder to build into: never the one that is served."""
        # MkDocs takes its own folder away when it ends, and leaves hidden ones alone till then.
        return str(Path(usual, ".second" if Path(served).name != ".second" else ".first"))

    def stop(self) -> None:
        """Never build again: MkDocs is about to take the folder away."""
        self.hurry = True
        self.lock.acquire(timeout=5)
