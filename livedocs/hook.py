"""MkDocs hook: run all pages before the first is rendered, and report on the build."""

import gc
from pathlib import Path
from typing import Any, Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation

from livedocs.behind import run_behind
from livedocs.book import run_book
from livedocs.drawings import put_aside, put_back
from livedocs.pages import SOURCES, Page, cells, read_body, read_page
from livedocs.problems import Problem
from livedocs.project import BUILDING, find_project
from livedocs.report import BUILT, Built, write_report
from livedocs.server import Preview
from livedocs.site import Site
from livedocs.verdict import problems_of

log = get_plugin_logger("livedocs")
PREVIEW: list[Preview] = []
"""What an author is looking at under `mkdocs serve`; a failing page must not take it down."""

SITE: list[Any] = []
"""What the build that is going on has made so far of the site as a whole."""


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Note whether an author is watching."""
    gc.set_threshold(50_000, 20)  # most of what a build makes stays: looking for garbage is in vain
    PREVIEW[:] = [Preview(prepare)] if command == "serve" else []


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Build beside what an author is looking at."""
    BUILDING[:] = [find_project(Path(config.config_file_path).parent)]
    for preview in PREVIEW:
        if preview.server:
            config.site_dir = preview.whole.folder(config.site_dir, preview.server.root)
    return config


@event_priority(100)  # before mkdocs-jupyter looks for notebooks
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Run what must be run."""
    project = find_project()
    read_body.cache_clear()  # data files may have come or gone
    pages = {}
    for file in files.documentation_pages():
        page = read_source(file)
        pages[page.path] = Built(page, file.url)
    for source in SOURCES:
        pages |= {path: Built(page) for path, page in source(project).items()}
    BUILT.clear()
    BUILT.update(pages)
    stop_at([problem for built in pages.values() for problem in built.page.listed_problems])
    stop_at(run_all([built.page for built in pages.values()]))
    return files


def read_source(file: File) -> Page:
    """Read a page of the site."""
    give_way()
    return read_page(file.content_string, f"docs/{file.src_uri}", find_project().data)


def run_all(pages: list[Page]) -> list[Problem]:
    """Run pages together; return what is wrong with them."""
    project = find_project()
    jobs = {page.path: cells(page, project.data) for page in pages if not page.problems}
    try:
        if PREVIEW:
            results = run_behind(jobs, project, log.info, PREVIEW[0].ended)
        else:
            results = run_book(jobs, project, log.info)
    except RuntimeError as error:
        raise PluginError(str(error)) from error
    for path, done in results.items():
        BUILT[path].ran = done
    ran = [(page, results[page.path]) for page in pages if page.path in results]
    return [problem for page, done in ran for problem in problems_of(page, done)]


def stop_at(problems: list[Problem]) -> None:
    """End a build that has problems, naming all of them; under `serve` only say them."""
    shown = len(problems) if PREVIEW else -1
    for problem in sorted(problems)[:shown]:
        log.error("%s", problem)
    if problems and not PREVIEW:
        raise PluginError(str(max(problems)))  # MkDocs logs it as it logs the others


def prepare(file: File) -> None:
    """Have a page run that an author has saved."""
    if file.src_uri.endswith(".md"):
        page = read_source(file)
        stop_at([*page.listed_problems, *run_all([page])])


def give_way(waiting: Any = None, **_: Any) -> Any:
    """Let what an author has saved go first."""
    for preview in PREVIEW:
        preview.whole.give_way()
    return waiting


on_pre_page = give_way
on_page_context = CombinedEvent(give_way, put_aside, put_back)


@event_priority(-100)
def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Keep what is needed to render a single page."""
    SITE[:] = [config, files, nav]
    return nav


@event_priority(-100)  # after others have added to it
def on_env(env: Any, config: MkDocsConfig, files: Files) -> Any:
    """Keep what is needed to render a single page."""
    SITE.append(env)
    return env


def on_serve(server: Any, config: MkDocsConfig, builder: Any) -> Any:
    """Show an author at once what was saved."""
    PREVIEW[0].serve(server, config, builder, find_project())
    return server


def on_post_build(config: MkDocsConfig) -> None:
    """Report on the build."""
    write_report(Path(config.site_dir))
    for preview in PREVIEW:
        preview.built(Site(*SITE))


def on_shutdown() -> None:
    """Stop building what nobody will see."""
    for preview in PREVIEW:
        preview.whole.stop()
