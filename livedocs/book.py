"""Run every page of the book that is not in the cache; remember what each put out."""

import logging
import os
from collections.abc import Mapping

from livedocs import cache
from livedocs.environment import choose_backend
from livedocs.pages import Cell, Page, cells
from livedocs.problems import PageProblems
from livedocs.project import Project
from livedocs.results import Ran
from livedocs.run import Tell, run_pages
from livedocs.verdict import problems_of

log = logging.getLogger("mkdocs.plugins.livedocs")
# What this process has seen, by key: pages that failed are in no cache, and a page that was just
# read from it need not be read again.
SEEN: dict[str, Ran] = {}


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
    asked = {name: page for name, page in pages.items() if page}
    ran = run_pages(asked, project, backend, workers or cores() + 1, tell)
    for name, done in ran.items():
        SEEN[cache.key(asked[name], backend, project)] = done
    return ran


def ran_page(page: Page, project: Project) -> Ran | None:
    """Return what a page put out: as seen by this process, from the cache, or by running it now.

    Raises:
        PageProblems: it had to be run now, outside a build that reports failures, and failed.
    """
    wanted = cells(page, project.data)
    if not wanted:
        return None
    name = cache.key(wanted, choose_backend(), project)
    if name not in SEEN:
        ran = run_book({page.path: wanted}, project, log.info)[page.path]
        if problems := problems_of(page, ran):
            del SEEN[name]
            raise PageProblems(problems)
    return SEEN[name]
