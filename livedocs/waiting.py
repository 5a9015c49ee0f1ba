"""The pages that wait to be run: what is looked at first goes first, what is old is dropped."""

import threading
import time
from collections.abc import Mapping

from livedocs.pages import Cell


class Waiting:
    """The pages that are still to be run; they may change while others run."""

    def __init__(self) -> None:
        self.latest: dict[str, list[Cell]] = {}
        """What is wanted of each page now; a run of anything else is dropped."""
        self.queue: list[str] = []
        self.looked_at = ""
        """The page that was last asked for in the browser: it goes first."""
        self.modules: set[str] = set()
        """What these pages import, and what others import that may come."""
        self.done = 0
        self.since = 0.0
        self.lock = threading.RLock()
        self.wanted = threading.Event()

    def want(self, pages: Mapping[str, list[Cell]]) -> None:
        """Have pages run, the longest first, but those that are being run as they are."""
        with self.lock:
            if not self.latest:
                self.done, self.since = 0, time.monotonic()
            for path, cells in sorted(pages.items(), key=lambda page: -len(page[1])):
                if self.latest.get(path) != cells:
                    self.latest[path] = cells
                    if path not in self.queue:
                        self.queue.append(path)
            if self.queue:
                self.wanted.set()

    def take(self) -> tuple[str, list[Cell]] | None:
        """Return the next page to run, the one that is looked at first; None if there is none."""
        with self.lock:
            if not self.queue:
                return None
            first = self.queue.index(self.looked_at) if self.looked_at in self.queue else 0
            path = self.queue.pop(first)
            return path, self.latest[path]

    def dropped(self, path: str, cells: list[Cell]) -> bool:
        """Whether the author has meanwhile changed a page that is being run."""
        return self.latest.get(path, cells) != cells

    def ended(self, path: str, cells: list[Cell]) -> None:
        """Count a page that ended, unless the author has just changed it."""
        with self.lock:
            if self.latest.get(path) == cells:
                del self.latest[path]
                self.done += 1

    def give_up(self) -> None:
        """Forget the pages that were being run: their process died."""
        with self.lock:
            self.latest = {path: self.latest[path] for path in self.queue}
            if self.queue:
                self.wanted.set()

    def progress(self) -> str:
        """Say how far the work is."""
        return f"{self.done}/{self.done + len(self.latest)}쪽"

    def now(self) -> str:
        """Say what is being run now."""
        with self.lock:
            names = ", ".join(path for path in self.latest if path not in self.queue)
        return f"실행 중 {self.progress()} · {self.times()} · {names}"

    def times(self) -> str:
        """Say how long the work has taken and will take, as far as one can know."""
        past = time.monotonic() - self.since
        left = past / self.done * len(self.latest) if self.done else 0
        rest = f", {left:.0f}초쯤 남음" if left else ""
        return f"{past:.0f}초 지남{rest}"
