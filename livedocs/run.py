"""Run pages, several at once, each in a process of its own; yield each as it ends."""

import os
import shutil
import time
from collections.abc import Callable, Collection, Iterator

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
    workers: int,
    modules: Collection[str],
    dropped: Callable[[str, list[Cell]], bool] = lambda name, cells: False,
) -> Iterator[tuple[str, list[Cell], Ran]]:
    """Run pages and yield each as it ends.

    Args:
        take: gives the next page, or None while there is none.
        project: where the data are.
        backend: Keras backend of the processes.
        workers: how many pages run at once.
        modules: what the warm process imports.
        dropped: whether a page that is running is no longer wanted; it is then ended unseen.

    Raises:
        RuntimeError: the warm process died.
    """
    process = warm_process(project, backend, modules)
    live: list[Running] = []
    try:
        while True:
            while len(live) < workers and (taken := take()):
                live.append(Running(*taken, process.start(taken[1], project.data, TIME_LIMIT)))
            if not live:
                return
            for page in [page for page in live if page.ended()]:
                live.remove(page)
                if not page.unwanted:
                    yield page.name, page.cells, collect(page, backend)
                shutil.rmtree(page.folder, ignore_errors=True)
            for page in live:
                if dropped(page.name, page.cells) and not page.unwanted:
                    page.kill()
            process.check()
            time.sleep(TICK)
    finally:
        for page in live:
            page.kill()
