"""Under `mkdocs serve`: pages run behind the server, and the site is built anew as they finish."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from livedocs.pages import Cell

log = logging.getLogger("mkdocs.plugins.livedocs")


@dataclass
class Behind:
    """The pages that an author's server still has to run."""

    work: Callable[["Behind"], None]
    """Runs pages for as long as `take` gives any; called in a thread of its own."""
    finished: Callable[[], None]
    """Called after each page that ended."""
    latest: dict[str, list[Cell]] = field(default_factory=dict)
    """What is wanted of each page now; a run of anything else is dropped."""
    waiting: dict[str, list[Cell]] = field(default_factory=dict)
    looked_at: str = ""
    """The page that was last asked for in the browser: it goes first."""
    done: int = 0
    lock: threading.RLock = field(default_factory=threading.RLock)
    thread: threading.Thread | None = None

    def want(self, pages: dict[str, list[Cell]]) -> None:
        """Have pages run that are not being run already; start working if nobody is."""
        with self.lock:
            for path, cells in pages.items():
                if self.latest.get(path) != cells:
                    self.latest[path] = self.waiting[path] = cells
            if self.waiting and not self.thread:
                self.thread = threading.Thread(target=self.run, daemon=True)
                self.thread.start()

    def run(self) -> None:
        """Work until nothing is waiting."""
        while True:
            try:
                self.work(self)
            except RuntimeError as error:  # the warm process died: the next edit starts another
                log.error("%s", error)
                with self.lock:
                    self.rest()
                return
            with self.lock:
                if not self.waiting:
                    self.rest()
                    return

    def rest(self) -> None:
        """Forget what was wanted: all of it has ended, or cannot be run now."""
        self.waiting.clear()
        self.latest.clear()
        self.done = 0
        self.thread = None

    def take(self) -> tuple[str, list[Cell]] | None:
        """Return the next page to run, the one that is looked at first; None if there is none."""
        with self.lock:
            path = (
                self.looked_at if self.looked_at in self.waiting else next(iter(self.waiting), "")
            )
            return (path, self.waiting.pop(path)) if path else None

    def dropped(self, path: str, cells: list[Cell]) -> bool:
        """Whether the author has meanwhile changed a page that is being run."""
        with self.lock:
            return self.latest.get(path, cells) != cells

    def ended(self, path: str) -> str:
        """Count a page that ended, let the site be built anew, and say how far the work is."""
        with self.lock:
            self.latest.pop(path, None)
            self.done += 1
        self.finished()
        return self.progress()

    def progress(self) -> str:
        """Say how far the work is, as readers see it in place of an output."""
        with self.lock:
            return f"실행 중 · {self.done}/{self.done + len(self.latest)}쪽"
