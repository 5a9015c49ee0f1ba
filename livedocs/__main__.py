"""`python -m livedocs run|status|new|prune|export|…`: the engine without a site around it."""

import argparse
import os
import sys
from fnmatch import fnmatch
from pathlib import Path

from livedocs import archive, cache
from livedocs.book import run_book
from livedocs.cluster import run_on_cluster
from livedocs.elsewhere import elsewhere
from livedocs.environment import OF_BACKEND
from livedocs.pages import Cell, Page, cells, read_page
from livedocs.project import Project, find_project
from livedocs.skeleton import new_page
from livedocs.status import status
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
    run.add_argument(
        "--shard", type=shard, default=(1, 1), help="쪽을 나누어 한몫만 실행합니다, 예: 2/4"
    )
    run.add_argument("--scheduler", help="쪽을 맡을 Dask 스케줄러, 예: tcp://localhost:8786")
    commands.add_parser("status", help="다시 실행될 쪽과 그 까닭을 보입니다")
    commands.add_parser("new", help="새 쪽의 뼈대를 씁니다").add_argument("name")
    commands.add_parser("prune", help="어느 쪽도 쓰지 않는 결과를 지웁니다")
    export = commands.add_parser("export", help="쪽마다 .ipynb와 .py를 씁니다")
    export.add_argument("folder", type=Path, help="쓸 폴더")
    for name, what in (("export", "결과를 묶어 파일 하나로 씁니다"), ("import", "묶음을 들입니다")):
        commands.add_parser(f"{name}-cache", help=what).add_argument("file", type=Path)
    for command in (run, export):
        command.add_argument("--only", default="*", help="쪽의 경로 무늬, 예: 'docs/history/*'")
    parser.set_defaults(backend=None, workers=None, shard=(1, 1), scheduler=None)
    given = parser.parse_args(words)
    if given.backend:
        os.environ["KERAS_BACKEND"] = given.backend
    project = find_project()
    try:
        match given.command:
            case "export-cache" | "import-cache":
                return carry(given, project)
            case "new":
                return new_page(given.name, project)
            case "status":
                for line in status(jobs_of(read_all(project), project), project):
                    print(line)
                return 0
            case "prune":
                return prune(read_all(project), project)
        return run_or_export(given, read_all(project), project)
    except KeyboardInterrupt:
        print("멈추었습니다. 끝난 쪽의 결과는 남아 있습니다.", file=sys.stderr)
        return 130


def shard(text: str) -> tuple[int, int]:
    """Read `2/4`, the second of four parts."""
    part, _, parts = text.partition("/")
    if not (part.isdecimal() and parts.isdecimal() and 1 <= int(part) <= int(parts)):
        raise argparse.ArgumentTypeError("넷 가운데 둘째 몫이라면 2/4처럼 적으세요")
    return int(part), int(parts)


def carry(given: argparse.Namespace, project: Project) -> int:
    """Pack the cache into a file, or take what a file holds into it."""
    try:
        if given.command == "export-cache":
            print(f"결과 {archive.pack(project, given.file)}개를 묶었습니다: {given.file}")
        else:
            print(f"새 결과 {archive.unpack(project, given.file)}개를 들였습니다: {given.file}")
    except (OSError, archive.BadArchive) as error:
        print(f"{given.file}: 아무것도 옮기지 않았습니다. {error}", file=sys.stderr)
        return 1
    return 0


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
    part, parts = given.shard
    mine = [path for path in sorted(pages) if pages[path].runnable][part - 1 :: parts]
    pages = {path: page for path, page in pages.items() if path in mine or not page.runnable}
    problems = [problem for page in pages.values() for problem in page.listed_problems]
    if not problems:
        try:
            jobs = jobs_of(pages, project)
            if given.scheduler:
                ran = run_on_cluster(jobs, project, print, given.scheduler)
            else:
                ran = run_book(jobs, project, print, workers=given.workers)
        except RuntimeError as error:  # the warm process died, or there is no cluster
            print(error, file=sys.stderr)
            return 1
        problems = [p for path, done in ran.items() for p in problems_of(pages[path], done)]
    for problem in sorted(problems):
        print(problem, file=sys.stderr)
    if not problems and given.command == "export":
        for path in write_exports(pages, ran, project, given.folder):
            print(path)
    return 1 if problems else 0


def prune(pages: dict[str, Page], project: Project) -> int:
    """Delete what no page asks for under any backend, and has not run elsewhere for one."""
    keep = set()
    for job in jobs_of(pages, project).values():
        recipes = [cache.recipe(job, backend, project) for backend in OF_BACKEND]
        keep |= {cache.name_of(recipe) for recipe in recipes}
        keep |= {other.metadata.livedocs.key for other in elsewhere(recipes[0], project).values()}
    for path in cache.prune(project, keep):
        print(f"지움 · {path.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
