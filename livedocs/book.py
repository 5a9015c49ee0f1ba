"""Run every page of the book that is not in the cache; remember what each put out."""

import functools
from collections.abc import Callable, Mapping

from livedocs import cache, progress
from livedocs.devices import machine
from livedocs.environment import choose_backend, describe
from livedocs.pages import Cell
from livedocs.project import Project
from livedocs.results import Ran
from livedocs.run import Tell, run_now
from livedocs.waiting import Waiting
from livedocs.warmth import modules_of

# What this process has seen, by key: pages that failed are in no cache, and a page that was just
# read from it need not be read again.
SEEN: dict[str, Ran] = {}

TOLD = {""}
"""What was said of this machine's accelerators; an author who saves need not hear it again."""


def run_book(
    pages: Mapping[str, list[Cell]],
    project: Project,
    tell: Tell,
    backend: str | None = None,
    workers: int | None = None,
) -> dict[str, Ran]:
    """Return what each page put out.

    Args:
        pages: the cells of each page, by the page's path; pages without cells are left out.
        project: where cache and data are.
        tell: called with each line of progress.
        backend: Keras backend; the machine's own by default.
        workers: pages at once; as many as the machine can bear by default.
    """
    backend = backend or choose_backend()
    keys = keys_of(pages, project, backend)
    for key in keys.values():
        SEEN.pop(key, None)  # a page that failed before is given another chance
    waiting = Waiting()
    waiting.want(unknown(pages, keys, project))
    waiting.modules.update(modules_of(waiting.latest.values()))
    run_waiting(waiting, project, backend, tell, workers)
    return {name: SEEN[key] for name, key in keys.items()}


def keys_of(pages: Mapping[str, list[Cell]], project: Project, backend: str) -> dict[str, str]:
    """Return the key of each page that has cells."""
    told = functools.cache(describe)  # one machine for all pages, whatever changes meanwhile
    return {name: cache.key(page, backend, project, told) for name, page in pages.items() if page}


def unknown(
    pages: Mapping[str, list[Cell]], keys: Mapping[str, str], project: Project
) -> dict[str, list[Cell]]:
    """Return the pages that must be run; what the cache knows of the others is in SEEN."""
    for key in keys.values():
        if key not in SEEN and (notebook := cache.load(project, key)) is not None:
            SEEN[key] = Ran(notebook, cached=True)
    return {name: pages[name] for name, key in keys.items() if key not in SEEN}


def run_waiting(
    waiting: Waiting,
    project: Project,
    backend: str,
    tell: Tell,
    workers: int | None = None,
    finished: Callable[[str], None] = lambda path: None,
) -> None:
    """Run what waits until nothing does, as many pages at once as the machine can bear."""
    if not waiting.latest:
        return
    if (trouble := machine().trouble) not in TOLD:
        TOLD.add(trouble)
        tell(trouble)
    slots = machine().slots(len(waiting.latest), workers)
    pages = run_now(waiting.take, project, backend, slots, waiting.modules, waiting.dropped)
    with progress.kept(waiting.now):
        for name, done_cells, done in pages:
            keep(name, done, project, tell)
            waiting.ended(name, done_cells)
            tell_end(name, done, waiting, tell)
            finished(name)


def tell_end(name: str, done: Ran, waiting: Waiting, tell: Tell) -> None:
    """Tell that a page has ended, and how far the work is."""
    progress.clear()
    state = "멈춤" if done.failure else "끝남"
    took = f"{done.seconds:.1f}초 · {waiting.times()}"
    tell(f"실행 {waiting.progress()} {state} · {name} · {took}")


def keep(name: str, done: Ran, project: Project, tell: Tell) -> None:
    """Remember what a page put out; on disk, too, if it ran to its end."""
    key = cache.name_of(done.notebook.metadata["livedocs"])
    SEEN[key] = done
    try:
        if not done.failure:
            cache.store(project, key, done.notebook)
    except OSError as error:  # this build has the outputs; only the next one must run it again
        tell(f"결과를 저장하지 못했습니다 · {name} · {error}")
