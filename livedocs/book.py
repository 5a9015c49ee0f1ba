"""Run every page of the book that is not in the cache; remember what each put out."""

import logging
import os
from collections.abc import Callable, Mapping
from functools import partial

from livedocs import cache
from livedocs.behind import Behind
from livedocs.environment import choose_backend
from livedocs.pages import Cell, Page, cells
from livedocs.problems import PageProblems
from livedocs.project import Project
from livedocs.results import Ran
from livedocs.run import Tell, run_now
from livedocs.verdict import problems_of
from livedocs.warmth import modules_of

log = logging.getLogger("mkdocs.plugins.livedocs")
# What this process has seen, by key: pages that failed are in no cache, and a page that was just
# read from it need not be read again.
SEEN: dict[str, Ran] = {}
BEHIND: list[Behind] = []
"""What runs pages under `mkdocs serve`; empty in any other command."""


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run_book(
    pages: Mapping[str, list[Cell]],
    project: Project,
    tell: Tell,
    backend: str | None = None,
    workers: int | None = None,
) -> dict[str, Ran]:
    """Return what each page put out, running up to one page more at once than there are cores.

    A page waits now and then (imports, disk); one more than the cores keeps them all busy.

    Args:
        pages: the cells of each page, by the page's path; pages without cells are left out.
        project: where cache and data are.
        tell: called with each line of progress.
        backend: Keras backend; the machine's own by default.
        workers: pages at once.
    """
    backend = backend or choose_backend()
    keys = {name: cache.key(page, backend, project) for name, page in pages.items() if page}
    for key in keys.values():
        if (notebook := cache.load(project, key)) is not None:
            SEEN[key] = Ran(notebook, cached=True)
        else:
            SEEN.pop(key, None)  # a page that failed before is given another chance
    todo = {name: pages[name] for name, key in keys.items() if key not in SEEN}
    if todo:
        longest_first = iter(sorted(todo.items(), key=lambda item: -len(item[1])))
        modules = modules_of(todo.values())
        take = partial(next, longest_first, None)
        ends = run_now(take, project, backend, workers or cores() + 1, modules)
        for count, (name, _, done) in enumerate(ends, start=1):
            keep(name, keys[name], done, project, tell)
            state = "멈춤" if done.failure else "끝남"
            seconds = done.notebook.metadata.livedocs["seconds"]
            tell(f"실행 {count}/{len(todo)}쪽 {state} · {name} · {seconds:.1f}초")
    return {name: SEEN[key] for name, key in keys.items()}


def run_behind(
    pages: Mapping[str, list[Cell]], project: Project, tell: Tell, finished: Callable[[], None]
) -> dict[str, Ran]:
    """Return what is known of each page, and have the others run behind the server.

    Args:
        pages: the cells of each page, by the page's path.
        project: where cache and data are.
        tell: called with each line of progress.
        finished: called whenever a page has ended, so that the site is built anew.
    """
    backend = choose_backend()
    keys = {name: cache.key(page, backend, project) for name, page in pages.items() if page}
    for key in keys.values():
        if key not in SEEN and (notebook := cache.load(project, key)) is not None:
            SEEN[key] = Ran(notebook, cached=True)
    if not BEHIND:
        modules = modules_of(pages.values())
        BEHIND.append(Behind(partial(work_behind, project, backend, modules, tell), finished))
    BEHIND[0].want({name: list(pages[name]) for name, key in keys.items() if key not in SEEN})
    return {name: SEEN[key] for name, key in keys.items() if key in SEEN}


def work_behind(
    project: Project, backend: str, modules: list[str], tell: Tell, behind: Behind
) -> None:
    """Run what an author's server wants until nothing is wanted."""
    ends = run_now(behind.take, project, backend, cores() + 1, modules, behind.dropped)
    for name, done_cells, done in ends:
        keep(name, cache.key(done_cells, backend, project), done, project, tell)
        seconds = done.notebook.metadata.livedocs["seconds"]
        tell(f"{behind.ended(name)} · {name} · {seconds:.1f}초")


def keep(name: str, key: str, done: Ran, project: Project, tell: Tell) -> None:
    """Remember what a page put out; on disk, too, if it ran to its end."""
    SEEN[key] = done
    if done.failure:
        return
    try:
        cache.store(project, key, done.notebook)
    except OSError as error:  # this build has the outputs; only the next one must run it again
        tell(f"결과를 저장하지 못했습니다 · {name} · {error}")


def ran_page(page: Page, project: Project) -> Ran | None:
    """Return what a page put out: as seen by this process, from the cache, or by running it now.

    Raises:
        PageProblems: it had to be run now, outside a build that reports failures, and failed.
    """
    wanted = cells(page, project.data)
    if not wanted:
        return None
    name = cache.key(wanted, choose_backend(), project)
    if name not in SEEN and BEHIND:
        return None  # its outputs appear when it has run
    if name not in SEEN:
        ran = run_book({page.path: wanted}, project, log.info)[page.path]
        if problems := problems_of(page, ran):
            del SEEN[name]
            raise PageProblems(problems)
    return SEEN[name]
