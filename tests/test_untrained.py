"""An assert that holds without training says nothing about training.

`pytest -m untrained` runs each page that trains with Keras once more while `fit` does nothing.
"""

import pytest
from claims.idleness import idle_asserts
from claims.pages import PROJECT, page_id, pages_with_code
from claims.rewritten import is_training, notes, passed_over, rewritten
from claims.share import is_mine, name_of
from conftest import SAID

from livedocs.book import run_book
from livedocs.pages import Page
from livedocs.results import Ran

PAGES = [page for page in pages_with_code() if is_training(page)]


@pytest.fixture(scope="module")
def untrained(request: pytest.FixtureRequest) -> dict[str, Ran]:
    """Run the pages that this session asks for and that are this commit's, several at once."""
    everything = request.config.getoption("--untrained") == "all"
    asked = [
        item.callspec.params["page"]
        for item in request.session.items
        if item.get_closest_marker("untrained") and item.path == request.path
    ]
    wanted = [p for p in asked if everything or is_mine(name_of(p), name_of(p))]
    jobs = {page.path: rewritten(page, PROJECT.data, trained=False).cells for page in wanted}
    return run_book(jobs, PROJECT, print)


@pytest.mark.untrained
@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_no_assert_about_training_holds_without_it(page: Page, untrained: dict[str, Ran]) -> None:
    if page.path not in untrained:
        pytest.skip("이 커밋의 몫이 아닙니다.")
    ran = untrained[page.path]
    assert ran.failure is None
    SAID.extend(f"{page.path}: {text}" for text in passed_over(ran))
    found = idle_asserts(page, notes(ran, page))
    if found:
        pytest.fail("\n".join(found), pytrace=False)
