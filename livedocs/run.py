"""Run pages, several at once, each in a process of its own; yield each as it ends."""

import os
import shutil
import time
from collections.abc import Callable, Collection, Iterator

from livedocs.devices import Slot
from livedocs.pages import Cell
from livedocs.process import warm_process
from livedocs.project import Project
from livedocs.results import Ran, Running, collect

Tell = Callable[[str], None]
Take = Callable[[], tuple[str, list[Cell]] | None]
TIME_LIMIT = float(os.environ.get("LIVEDOCS_TIME_LIMIT", "300"))  # seconds for one page
TICK = 0.02  # seconds


def run_now(
    take: Take,
    project: Project,
    backend: str,
    slots: list[Slot],
    modules: Collection[str],
    dropped: Callable[[str, list[Cell]], bool] = lambda name, cells: False,
) -> Iterator[tuple[str, list[Cell], Ran]]:
    """Run pages and yield each as it ends.

    Args:
        take: gives the next page, or None while there is none.
        project: where the data are.
        backend: Keras backend of the processes.
        slots: one for each page that may run at once.
        modules: what the warm process imports.
        dropped: whether a page that is running is no longer wanted; it is then ended unseen.

    Raises:
        RuntimeError: the warm process died.
    """
    process = warm_process(project, backend, modules)
    free, full = list(slots), list[Running]()
    live: list[Running] = []

    def start(name: str, cells: list[Cell], again: bool = False) -> None:
        slot = free.pop(0)
        folder = process.start(cells, project.data, TIME_LIMIT, slot)
        live.append(Running(name, cells, folder, slot, again))

    try:
        while True:
            while free and not any(page.again for page in live) and (taken := take()):
                start(*taken)
            if not live and full:
                page = full.pop(0)
                start(page.name, page.cells, again=True)
            if not live:
                return
            for page in [page for page in live if page.ended()]:
                live.remove(page)
                free.append(page.slot)
                done = None if page.unwanted else collect(page, backend, project)
                shutil.rmtree(page.folder, ignore_errors=True)
                full_gpu = done and page.slot.gpu and done.failure and done.failure.memory
                if full_gpu and not page.again:
                    full.append(page)  # another program may have had the memory: once more, alone
                elif done:
                    yield page.name, page.cells, done
            for page in live:
                if dropped(page.name, page.cells) and not page.unwanted:
                    page.kill()
            process.check()
            time.sleep(TICK)
    finally:
        for page in live:
            page.kill()
