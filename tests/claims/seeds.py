"""Run pages under shifted seeds; what each run noted is kept in `.cache/seeds/`."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claims.rewritten import Rewritten, notes, rewritten
from livedocs import cache
from livedocs.book import run_book
from livedocs.environment import choose_backend
from livedocs.pages import Page, cells
from livedocs.project import Project
from livedocs.results import Ran

SUM = 12  # characters
STEP = 101  # a page that trains with seeds 0 to 4 must not meet its own seeds again


@dataclass(frozen=True)
class Noted:
    """One run of a page."""

    backend: str
    seed: int
    failure: str
    outputs: dict[str, str]
    """The sum of what each fence put out, by its number."""
    checks: dict[str, dict[str, Any]]

    @property
    def name(self) -> str:
        return f"{self.backend} {'빌드' if self.seed < 0 else f'시드 {self.seed}'}"


def run_seeds(pages: Iterable[Page], seeds: list[int], project: Project, folder: Path) -> None:
    """Run pages once a seed and write down what was noted."""
    made = {
        (page.path, seed): rewritten(page, project.data, STEP * seed)
        for page in pages
        for seed in seeds
    }
    jobs = {f"{path} · 시드 {seed}": each.cells for (path, seed), each in made.items()}
    ran = run_book(jobs, project, print)
    folder.mkdir(parents=True, exist_ok=True)
    for (path, seed), each in made.items():
        if each.page.runnable:
            noted = noted_of(each, ran[f"{path} · 시드 {seed}"], seed)
            write(folder, each.page, noted)


def noted_of(made: Rewritten, ran: Ran, seed: int) -> Noted:
    """Gather what one run noted."""
    page, failure = made.page, ""
    if ran.failure:
        fence = page.runnable[max(ran.failure.cell - 1, 0)]
        failure = f"{page.path}:{page.line(fence.start)}: {ran.failure.name}: {ran.failure.text}"
    checks = {str(number): noted for number, noted in notes(ran, page).items()}
    return Noted(choose_backend(), seed, failure, sums(page, ran.notebook.cells[1:]), checks)


def sums(page: Page, done: list[Any]) -> dict[str, str]:
    """Return the sum of what each fence put out, clocks left out."""
    return {
        str(number): hashlib.sha256(json.dumps(cell.outputs, sort_keys=True).encode()).hexdigest()
        for number, (fence, cell) in enumerate(zip(page.runnable, done, strict=True))
        if cell.outputs and "measured" not in fence.classes
    }


def built(page: Page, project: Project) -> list[Noted]:
    """Return what the last build of the site put out for a page: a run with its own seeds."""
    backend, site = choose_backend(), Built(project.root)
    notebook = cache.load(site, cache.key(cells(page, project.data), backend, project))
    return [Noted(backend, -1, "", sums(page, notebook.cells), {})] if notebook else []


class Built(Project):
    """The project with the cache of its builds, whatever cache this session was given."""

    @property
    def cache(self) -> Path:
        return self.root / ".cache" / "livedocs"


def sum_of(page: Page) -> str:
    """Name the code of a page: what other code noted is of no use."""
    return hashlib.sha256("\0".join(f.code for f in page.runnable).encode()).hexdigest()[:SUM]


def path_of(folder: Path, page: Page, name: str) -> Path:
    stem = page.path.removeprefix("docs/").removesuffix(".md").replace("/", ".")
    return folder / f"{stem}.{sum_of(page)}.{name}.json"


def write(folder: Path, page: Page, noted: Noted) -> None:
    """Keep what one run noted, and nothing of other code that this page had."""
    path = path_of(folder, page, f"{noted.backend}-{noted.seed}")
    for old in folder.glob(path.name.replace(sum_of(page), "?" * SUM)):
        old.unlink()
    path.write_text(json.dumps(noted.__dict__, indent=1), encoding="utf-8")


def read(folder: Path, page: Page) -> list[Noted]:
    """Return all that is known of a page as it stands, of this and of other sessions."""
    paths = sorted(folder.glob(path_of(folder, page, "*").name))
    return [Noted(**json.loads(path.read_text(encoding="utf-8"))) for path in paths]
