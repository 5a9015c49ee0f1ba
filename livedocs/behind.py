"""Run pages behind `mkdocs serve`: what is known is returned at once, the rest is told of later."""

import logging
import threading
from collections.abc import Callable, Mapping

from livedocs.book import SEEN, keys_of, run_waiting, unknown
from livedocs.environment import choose_backend
from livedocs.pages import Cell
from livedocs.process import warm_process
from livedocs.project import Project
from livedocs.results import Ran
from livedocs.run import Tell
from livedocs.waiting import Waiting
from livedocs.warmth import modules_of

log = logging.getLogger("mkdocs.plugins.livedocs")
BEHIND: list[Waiting] = []
"""The pages that wait to be run behind `mkdocs serve`; empty in any other command."""


def run_behind(
    pages: Mapping[str, list[Cell]], project: Project, tell: Tell, finished: Callable[[str], None]
) -> dict[str, Ran]:
    """Return what is known of each page, and have the others run behind the server.

    Args:
        pages: the cells of each page, by the page's path.
        project: where cache and data are.
        tell: called with each line of progress.
        finished: called with the path of each page that has ended.
    """
    backend = choose_backend()
    keys = keys_of(pages, project, backend)
    todo = unknown(pages, keys, project)
    if not BEHIND:
        BEHIND.append(Waiting())
        BEHIND[0].modules.update(modules_of(pages.values()))
        work = [BEHIND[0], project, backend, tell, finished]
        threading.Thread(target=run_for_ever, args=work, daemon=True).start()
    BEHIND[0].want(todo)
    return {name: SEEN[key] for name, key in keys.items() if key in SEEN}


def run_for_ever(
    waiting: Waiting,
    project: Project,
    backend: str,
    tell: Tell,
    finished: Callable[[str], None],
) -> None:
    """Run what an author's server wants, whenever it wants something."""
    warm_process(project, backend, waiting.modules)  # the first edit must not wait for imports
    while waiting.wanted.wait():
        waiting.wanted.clear()
        try:
            run_waiting(waiting, project, backend, tell, finished=finished)
        except RuntimeError as error:  # the warm process died: the next edit starts another
            log.error("%s", error)
            waiting.give_up()
