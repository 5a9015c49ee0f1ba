"""`python -m livedocs run|status|prune|export`: the engine without a site around it."""

import argparse
import os
import sys
from fnmatch import fnmatch
from pathlib import Path

from livedocs import cache
from livedocs.book import run_book
from livedocs.environment import OF_BACKEND, choose_backend, describe
from livedocs.pages import Cell, Page, cells, read_page
from livedocs.project import Project, find_project
from livedocs.verdict import problems_of
from reading.examples import example_pages
from reading.export import write_exports


def main(words: list[str] | None = None) -> int:
    """Do what the words of the command line say; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m livedocs", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="실행할 것을 실행해 캐시를 채웁니다")
    run.add_argument("--backend", help="tensorflow, jax, torch")
    run.add_argument("--workers", type=int, help="한꺼번에 실행할 쪽의 수")
    commands.add_parser("status", help="다시 실행될 쪽과 그 까닭을 보입니다")
    commands.add_parser("prune", help="어느 쪽도 쓰지 않는 결과를 지웁니다")
    export = commands.add_parser("export", help="쪽마다 .ipynb와 .py를 씁니다")
    export.add_argument("folder", type=Path, help="쓸 폴더")
    for command in (run, export):
        command.add_argument("--only", default="*", help="쪽의 경로 무늬, 예: 'docs/history/*'")
    parser.set_defaults(backend=None, workers=None)
    given = parser.parse_args(words)
    if given.backend:
        os.environ["KERAS_BACKEND"] = given.backend
    project = find_project()
    pages = read_all(project)
    try:
        match given.command:
            case "status":
                return status(pages, project)
            case "prune":
                return prune(pages, project)
        return run_or_export(given, pages, project)
    except KeyboardInterrupt:
        print("멈추었습니다. 끝난 쪽의 결과는 남아 있습니다.", file=sys.stderr)
        return 130


def read_all(project: Project) -> dict[str, Page]:
    """Return every page and every example of a project."""
    pages = {}
    for path in sorted(project.docs.rglob("*.md")):
        name = path.relative_to(project.root).as_posix()
        try:
            pages[name] = read_page(path.read_text(encoding="utf-8"), name, project.data)
        except UnicodeDecodeError as error:
            problem = f"UTF-8로 저장된 글이 아닙니다: {error.reason}"
            pages[name] = Page(name, problems=[(0, problem)])
    return pages | example_pages(project)


def jobs_of(pages: dict[str, Page], project: Project) -> dict[str, list[Cell]]:
    """Return the cells of all pages that have any."""
    return {path: cells(page, project.data) for path, page in pages.items() if page.runnable}


def run_or_export(given: argparse.Namespace, pages: dict[str, Page], project: Project) -> int:
    """Run pages; for `export`, write them out as well."""
    pages = {path: page for path, page in pages.items() if fnmatch(path, given.only)}
    if not pages:
        print(f"그런 쪽이 없습니다: {given.only}", file=sys.stderr)
        return 2
    problems = [problem for page in pages.values() for problem in page.listed_problems]
    if not problems:
        try:
            ran = run_book(jobs_of(pages, project), project, print, workers=given.workers)
        except RuntimeError as error:  # the warm process died
            print(error, file=sys.stderr)
            return 1
        problems = [p for path, done in ran.items() for p in problems_of(pages[path], done)]
    for problem in sorted(problems):
        print(problem, file=sys.stderr)
    if not problems and given.command == "export":
        for path in write_exports(pages, ran, project, given.folder):
            print(path)
    return 1 if problems else 0


def status(pages: dict[str, Page], project: Project) -> int:
    """Print a line for each page: fresh, or stale and why."""
    backend = choose_backend()
    stored = (cache.load(project, path.stem) for path in cache.stored(project))
    older = {notebook.metadata.livedocs["source"]: notebook for notebook in stored if notebook}
    for name, job in jobs_of(pages, project).items():
        if cache.load(project, cache.key(job, backend, project)) is not None:
            print(f"그대로 · {name}")
        else:
            print(f"다시 실행 · {name} · {why(job, older.get(name), backend)}")
    return 0


def why(job: list[Cell], older: dict | None, backend: str) -> str:
    """Say in what a page differs from the last notebook that it produced."""
    if older is None:
        return "실행한 적이 없음"
    record = older["metadata"]["livedocs"]
    if [cell.source for cell in job] != [cell["source"] for cell in older["cells"]]:
        return "코드가 바뀜"
    if [list(cell.asks) for cell in job] != record["asks"]:
        return "본문의 값이 바뀜"
    now, then = describe(backend), record["environment"]
    changed = sorted(name for name in now if now[name] != then.get(name))
    return f"환경이 바뀜: {', '.join(changed)}" if changed else "자료나 속성이 바뀜"


def prune(pages: dict[str, Page], project: Project) -> int:
    """Delete what no page asks for under any backend that may have been used."""
    jobs = jobs_of(pages, project).values()
    keep = {cache.key(job, backend, project) for job in jobs for backend in OF_BACKEND}
    for path in cache.prune(project, keep):
        print(f"지움 · {path.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
