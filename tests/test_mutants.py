"""Every check of a page would notice if the page's code were wrong in a plausible way.

`tests/mutants/` mirrors `docs/` and `examples/`. A mutant says why a change is wrong, what is
replaced by what in the page, and which check must be the first fence to fail, by an AssertionError
of its own.
"""

import ast

import pytest
from claims.mutants import (
    FOLDER,
    OWN,
    Mutant,
    claims,
    constants_for_checks,
    mutants_of,
    page_of,
    path_of,
    signed,
)  # fmt: skip
from claims.pages import PROJECT
from claims.share import is_mine
from conftest import SAID

from livedocs.book import run_book
from livedocs.environment import choose_backend
from livedocs.fences import Fence
from livedocs.pages import Page
from livedocs.results import Ran

ALL = [mutant for path in sorted(FOLDER.rglob("*.toml")) for mutant in mutants_of(path)]
MUTANTS = {each.name: each for each in ALL}
each_mutant = pytest.mark.parametrize("mutant", ALL, ids=list(MUTANTS))
NAMES = [
    path.relative_to(root).with_suffix("").as_posix()
    for root, pattern in ((PROJECT.docs, "**/*.md"), (PROJECT.root, "examples/*.py"))
    for path in sorted(root.glob(pattern))
]


def text_of(name: str) -> str:
    return path_of(name).read_text(encoding="utf-8")


def mutated(mutant: Mutant) -> Page:
    return page_of(mutant.page, text_of(mutant.page).replace(mutant.replace, mutant.by))


@each_mutant
def test_a_mutant_changes_one_place_in_code_that_is_no_check(mutant: Mutant) -> None:
    text = text_of(mutant.page)
    assert text.count(mutant.replace) == 1
    where = text[: text.index(mutant.replace)].count("\n") + 1
    page = page_of(mutant.page, text)
    around = [
        number
        for number, fence in enumerate(page.runnable)
        if page.line(fence.start) < where <= page.line(fence.end)
        and not is_claim(fence, where - page.line(fence.start))
    ]
    assert len(around) == 1
    before, after = page.runnable[around[0]].code, mutated(mutant).runnable[around[0]].code
    assert before != after
    assert not constants_for_checks(before, after, page, mutant.page)


def is_claim(fence: Fence, line: int) -> bool:
    """Whether a line of a fence, from 1, belongs to a check or, in a program, to an assert."""
    return "check" in fence.classes or any(
        node.lineno <= line <= (node.end_lineno or node.lineno)
        for node in ast.walk(ast.parse(fence.code))
        if isinstance(node, ast.Assert)
    )


@pytest.mark.parametrize("name", NAMES)
def test_every_check_has_a_mutant(name: str) -> None:
    fences = page_of(name, text_of(name)).runnable
    claimed = {claim for fence in fences for claim in claims(fence, name)}
    assert claimed == {mutant.caught_by for mutant in ALL if mutant.page == name}


def runs_here(page: Page) -> bool:
    """Whether this session's backend can run a program: some need one of their own."""
    return page.meta.get("backend", choose_backend()) == choose_backend()


@pytest.fixture(scope="module")
def killed(request: pytest.FixtureRequest) -> dict[Mutant, tuple[Page, Ran]]:
    """Run the page of every mutant that this session asks for, several at once."""
    part = request.config.getoption("--mutants")
    asked = [
        item.callspec.params["mutant"]
        for item in request.session.items
        if item.get_closest_marker("mutants") and item.path == request.path
    ]
    if part == "commit":
        asked = [each for each in asked if is_mine(each.name, each.page)]
    SAID.append(f"틀린 변형 {len(asked)}/{len(ALL)}개")
    pages = {mutant: page for mutant in asked if runs_here(page := mutated(mutant))}
    jobs = {mutant.name: signed(page, mutant.page) for mutant, page in pages.items()}
    ran = run_book(jobs, PROJECT, print)
    return {mutant: (page, ran[mutant.name]) for mutant, page in pages.items()}


@pytest.mark.mutants
@each_mutant
def test_a_mutant_is_caught(mutant: Mutant, killed: dict[Mutant, tuple[Page, Ran]]) -> None:
    if mutant not in killed:
        pytest.skip("이 커밋의 몫이 아니거나(--mutants commit) 다른 백엔드의 프로그램이다")
    page, ran = killed[mutant]
    assert not page.problems
    if wrong := not_caught(mutant, page, ran):
        pytest.fail(f"{path_of(mutant.page).relative_to(PROJECT.root)}: {wrong}", pytrace=False)


def not_caught(mutant: Mutant, page: Page, ran: Ran) -> str:
    """Return why a mutant was not caught as it says, or ""."""
    if not ran.failure:
        return f"틀린 변형이 살아남았습니다. 확인을 강하게 하세요: {mutant.why}"
    fence = page.runnable[ran.failure.cell]
    at = f"{page.line(fence.start)}행: {ran.failure.name}: {ran.failure.text}"
    if mutant.caught_by not in claims(fence, mutant.page):
        return f"다른 칸이 먼저 실패했습니다. 변형을 고치세요: {mutant.why}. {at}"
    own = OWN if "check" in fence.classes else OWN + mutant.caught_by
    if ran.failure.name != "AssertionError" or not ran.failure.text.startswith(own):
        return f"확인의 assert가 아닌 것이 실패했습니다. 변형을 고치세요: {mutant.why}. {at}"
    return ""
