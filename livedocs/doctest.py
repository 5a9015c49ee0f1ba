"""pytest plugin: the same fences, nested ones too, each run once in its page's own process.

pytest-markdown-docs collects and reports; this plugin gives it our reading of a page and runs the
whole page in a process as a build does, so that tests see what the site shows.
"""

import os
import shutil
import tempfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pytest_markdown_docs._runners import DefaultRunner, register_runner
from pytest_markdown_docs.definitions import FenceTestDefinition

from livedocs.book import run_book
from livedocs.pages import Page, cells, read_page
from livedocs.problems import Problem
from livedocs.project import find_project
from livedocs.results import Ran
from livedocs.shown import MISSING
from livedocs.verdict import problems_of

PATHS: dict[str, list[Path]] = {}
"""The pages under test by their text, which is all that pytest-markdown-docs passes on."""
PAGES: dict[Path, Page] = {}
RESULTS: dict[Path, tuple[Ran, list[Problem]]] = {}
SESSION_CACHE = pytest.StashKey[str]()


class FenceFailed(Exception):
    """A fence failed; the text says where and why."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--backend` and `--keep-cache`."""
    group = parser.getgroup("livedocs")
    group.addoption(
        "--keep-cache",
        type=Path,
        metavar="FOLDER",
        help="cache of this session, emptied first and kept: a build after the tests finds it",
    )
    group.addoption("--backend", help="Keras backend that runs the pages: tensorflow, jax, torch")


def pytest_configure(config: pytest.Config) -> None:
    """Give the session a cache of its own: no output of an older run may answer for this one."""
    if backend := config.getoption("--backend"):
        os.environ["KERAS_BACKEND"] = backend
    if kept := config.getoption("--keep-cache"):
        shutil.rmtree(kept, ignore_errors=True)
        os.environ["LIVEDOCS_CACHE"] = str(kept.resolve())
        return
    config.stash[SESSION_CACHE] = tempfile.mkdtemp(prefix="livedocs-tests-")
    os.environ["LIVEDOCS_CACHE"] = config.stash[SESSION_CACHE]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take the session's cache away, unless it is to be kept."""
    shutil.rmtree(config.stash.get(SESSION_CACHE, ""), ignore_errors=True)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> None:
    """Remember which page a text belongs to."""
    if file_path.suffix == ".md":
        PATHS.setdefault(file_path.read_text("utf8"), []).append(file_path)


class PageReader:
    """Stands in for markdown-it, which sees no fence that is indented by four."""

    def parse(self, text: str) -> list[SimpleNamespace]:
        """Return the runnable fences of a page as markdown-it's tokens.

        Raises:
            pytest.Collector.CollectError: the page breaks a rule.
        """
        if text not in PATHS:
            return []  # a docstring: fences in those only show how a thing is used
        path, *rest = PATHS[text]
        PATHS[text] = rest or [path]
        project = find_project(path.parent)
        name = os.path.relpath(path, project.root)
        page = PAGES[path] = read_page(text, Path(name).as_posix(), project.data)
        if page.problems:
            raise pytest.Collector.CollectError("\n".join(map(str, page.listed_problems)))
        return [
            SimpleNamespace(
                type="fence",
                map=[page.line(fence.start) - 1, page.line(fence.end)],
                info="python",
                content=fence.code + "\n",
            )
            for fence in page.runnable
        ]


# Without `tryfirst` a plugin that is loaded by `-p` is overruled in silence, and nested fences
# vanish from the session.
@pytest.hookimpl(tryfirst=True)
def pytest_markdown_docs_markdown_it() -> PageReader:
    """Hand our reading of pages to pytest-markdown-docs."""
    return PageReader()


def run_collected() -> None:
    """Run every collected page, as many at once as a build does."""
    project = find_project(next(iter(PAGES)).parent)
    jobs = {page.path: cells(page, project.data) for page in PAGES.values()}
    ran = run_book(jobs, project, lambda line: None)
    for path, page in PAGES.items():
        if page.path in ran:
            RESULTS[path] = ran[page.path], problems_of(page, ran[page.path])


@register_runner(default=True)
class PageRunner(DefaultRunner):
    """Report on one fence of a page that ran as a whole."""

    # pytest-markdown-docs calls a runner again without the keyword where it meets a TypeError,
    # and would so run a fence twice: everything that can go wrong here is a FenceFailed.
    def runtest(
        self, test: FenceTestDefinition, args: dict[str, Any], *, asyncio_runner: Any = None
    ) -> None:
        """Pass, fail or skip a fence by what its page's process did."""
        path = Path(test.source_path)
        if path not in RESULTS:
            run_collected()
        page, (ran, problems) = PAGES[path], RESULTS[path]
        lines = [page.line(fence.start) for fence in page.runnable]
        number = lines.index(test.start_line)
        until = lines[number + 1] if number + 1 < len(lines) else float("inf")
        if found := [str(each) for each in problems if lines[number] <= each.line < until]:
            raise FenceFailed(found[0])
        if ran.failure and ran.failure.cell < number:
            pytest.skip(f"{page.path}:{lines[ran.failure.cell]}의 코드 칸이 먼저 실패했습니다.")
        if backend := ran.missing(number):
            pytest.skip(f"{page.path}:{lines[number]}: {MISSING.format(backend)}")

    def repr_failure(
        self,
        test: FenceTestDefinition,
        excinfo: pytest.ExceptionInfo[BaseException],
        style: Any = None,
    ) -> str:
        """Return the failure as a build prints it."""
        return str(excinfo.value) if excinfo.errisinstance(FenceFailed) else str(excinfo.getrepr())
