"""Every check of a page would notice if the page's code were wrong in a plausible way.

`tests/mutants/` mirrors `docs/`. A mutant says why a change is wrong, what is replaced by what in
the page, and which check must be the first fence to fail, by an AssertionError.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import ROOT

from livedocs.book import run_book
from livedocs.pages import Page, cells, read_page
from livedocs.project import find_project
from livedocs.results import Ran

PROJECT = find_project(ROOT)
FOLDER = ROOT / "tests" / "mutants"


@dataclass(frozen=True)
class Mutant:
    page: str
    why: str
    replace: str
    by: str
    caught_by: str

    @property
    def name(self) -> str:
        return f"{self.page} :: {self.caught_by} :: {self.why}"


def mutants_of(path: Path) -> list[Mutant]:
    page = path.relative_to(FOLDER).with_suffix("").as_posix()
    return [Mutant(page, **each) for each in tomllib.loads(path.read_text("utf-8"))["mutant"]]


def text_of(page: str) -> str:
    return (PROJECT.docs / f"{page}.md").read_text(encoding="utf-8")


def page_of(mutant: Mutant, text: str) -> Page:
    return read_page(text, f"docs/{mutant.page}.md", PROJECT.data)


MUTANTS = [mutant for path in sorted(FOLDER.rglob("*.toml")) for mutant in mutants_of(path)]
each_mutant = pytest.mark.parametrize("mutant", MUTANTS, ids=[each.name for each in MUTANTS])


@each_mutant
def test_a_mutant_changes_one_place_in_code_that_is_no_check(mutant: Mutant) -> None:
    text = text_of(mutant.page)
    assert text.count(mutant.replace) == 1
    where = text[: text.index(mutant.replace)].count("\n") + 1
    page = page_of(mutant, text)
    around = [
        fence
        for fence in page.runnable
        if page.line(fence.start) < where < page.line(fence.end) and "check" not in fence.classes
    ]
    assert len(around) == 1


@pytest.mark.parametrize(
    "path", sorted(PROJECT.docs.rglob("*.md")), ids=lambda path: path.stem + "@" + path.parent.name
)
def test_every_check_has_a_mutant(path: Path) -> None:
    page = read_page(path.read_text(encoding="utf-8"), data=PROJECT.data)
    name = path.relative_to(PROJECT.docs).with_suffix("").as_posix()
    titles = {fence.values["title"] for fence in page.runnable if "check" in fence.classes}
    assert titles == {mutant.caught_by for mutant in MUTANTS if mutant.page == name}


@pytest.fixture(scope="module")
def killed(request: pytest.FixtureRequest) -> dict[Mutant, tuple[Page, Ran]]:
    """Run the page of every mutant that this session asks for, several at once."""
    asked = [
        item.callspec.params["mutant"]
        for item in request.session.items
        if item.get_closest_marker("mutants") and item.fspath == request.path
    ]
    pages = {
        mutant: page_of(mutant, text_of(mutant.page).replace(mutant.replace, mutant.by))
        for mutant in asked
    }
    jobs = {mutant.name: cells(page, PROJECT.data) for mutant, page in pages.items()}
    ran = run_book(jobs, PROJECT, print)
    return {mutant: (page, ran[mutant.name]) for mutant, page in pages.items()}


@pytest.mark.mutants
@each_mutant
def test_a_mutant_is_caught(mutant: Mutant, killed: dict[Mutant, tuple[Page, Ran]]) -> None:
    page, ran = killed[mutant]
    assert not page.problems
    assert ran.failure, "틀린 변형이 살아남았다: 확인이 약하다"
    fence = page.runnable[ran.failure.cell]
    assert (fence.values.get("title"), ran.failure.name) == (mutant.caught_by, "AssertionError"), (
        ran.failure.text
    )
