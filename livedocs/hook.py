"""MkDocs hook: run all pages before the first is rendered, and report on the build."""

import shutil
from functools import partial
from pathlib import Path
from typing import Any, Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as SitePage

from livedocs import examples, viewer
from livedocs.book import BEHIND, run_behind, run_book
from livedocs.pages import Page, cells, read_page
from livedocs.problems import Problem
from livedocs.project import BUILDING, Project, find_project
from livedocs.report import Built, write_report
from livedocs.verdict import problems_of

log = get_plugin_logger("livedocs")
BUILT: dict[str, Built] = {}
SERVING = False
PULSE = "pulse"


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Note whether an author is watching: then a failing page must not take the site down."""
    global SERVING
    SERVING = command == "serve"


@event_priority(100)  # before mkdocs-jupyter looks for notebooks
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Run what must be run, and add the executed examples to the site."""
    project = find_project(Path(config.config_file_path).parent)
    BUILDING[:] = [project]
    BUILT.clear()
    pages = {}
    for file in files.documentation_pages():
        path = f"docs/{file.src_uri}"
        pages[path] = read_page(file.content_string, path, project.data)
        BUILT[path] = Built(pages[path], file.url)
    programs = examples.example_pages(project)
    problems = [problem for page in pages.values() for problem in page.listed_problems]
    problems += [problem for page, _ in programs.values() for problem in page.listed_problems]
    stop_at(problems)
    problems = run_all(pages, programs, project)
    stop_at(problems)
    for path, (page, notebook) in programs.items():
        executed = examples.write_executed(page, notebook, BUILT[path].ran, project)
        source = executed.parent.parent.resolve()
        added = File(
            f"examples/{executed.name}", str(source), config.site_dir, config.use_directory_urls
        )
        files.append(added)
    if SERVING:
        if not (project.cache / PULSE).exists():
            build_anew(project)
        watched = (project.examples, project.data, project.cache / PULSE)
        config.watch = sorted({*config.watch, *map(str, watched)})
    return files


def on_nav(nav: Any, config: MkDocsConfig, files: Files) -> None:
    """Note where the examples stand in the site: mkdocs-jupyter has decided it by now."""
    for path, built in BUILT.items():
        if file := files.get_file_from_path(Path(path).with_suffix(".ipynb").as_posix()):
            built.url = file.url


def build_anew(project: Project) -> None:
    """Let `mkdocs serve` build the site again: it watches this file."""
    (project.cache / PULSE).parent.mkdir(parents=True, exist_ok=True)
    (project.cache / PULSE).touch()


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
    """Note which page the author looks at: it is run first."""
    pages = {f"/{built.url}".removesuffix("./"): path for path, built in BUILT.items()}

    def noting(environ: dict[str, Any], start_response: Any) -> Any:
        path = pages.get(environ["PATH_INFO"])
        if path and BEHIND:
            BEHIND[0].looked_at = path
        return server.serve_request(environ, start_response)

    server.set_app(noting)
    return server


def run_all(pages: dict[str, Page], programs: dict[str, Any], project: Project) -> list[Problem]:
    """Run pages and programs together; return what is wrong with them."""
    for path, (page, _) in programs.items():
        BUILT[path] = Built(page, "")
    sound = {path: built.page for path, built in BUILT.items() if not built.page.problems}
    jobs = {path: cells(page, project.data) for path, page in sound.items()}
    problems = []
    try:
        if SERVING:
            results = run_behind(jobs, project, log.info, partial(build_anew, project))
        else:
            results = run_book(jobs, project, log.info)
    except RuntimeError as error:
        raise PluginError(str(error)) from error
    for path, ran in results.items():
        BUILT[path].ran = ran
        problems += problems_of(BUILT[path].page, ran)
    return problems


def stop_at(problems: list[Problem]) -> None:
    """End a build that has problems, naming all of them; under `serve` only say them."""
    if not problems:
        return
    for problem in sorted(problems)[: -1 if not SERVING else None]:
        log.error("%s", problem)
    if not SERVING:
        raise PluginError(str(max(problems)))


def on_page_content(html: str, page: SitePage, config: MkDocsConfig, files: Files) -> str:
    """Mend what mkdocs-jupyter makes of an example."""
    if page.file.src_uri.startswith("examples/"):
        return viewer.mended(html, page)
    return html


def on_post_build(config: MkDocsConfig) -> None:
    """Put each example's program beside its notebook, and report on the build."""
    for path, built in BUILT.items():
        if path.startswith("examples/"):
            source = Path(config.config_file_path).parent / path
            shutil.copy(source, Path(config.site_dir) / built.url / source.name)
    write_report(Path(config.site_dir), list(BUILT.values()))
