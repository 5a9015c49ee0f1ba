"""Every check holds, with room, whatever the seeds and whichever of two backends.

`pytest -m seeds` runs each page five times with every seed shifted, prints which outputs moved and
how much room each comparison has, and judges the runs of all backends whose notes lie in
`.cache/seeds/` for the page as it stands: `pytest -m seeds --backend jax` adds to them.
What room is: `claims/margins.py`.
"""

import pytest
from claims.judged import faults, table
from claims.pages import PROJECT, page_id, pages_with_code
from claims.rewritten import rewritten
from claims.seeds import built, read, run_seeds
from claims.share import PARTS, count
from conftest import ROOT, SAID

from livedocs.pages import Page

FOLDER = ROOT / ".cache" / "seeds"


def asked(config: pytest.Config) -> list[int]:
    """Return the seeds that this session asks for: `0-4`, `1,4`, `commit` (one of five)."""
    text = config.getoption("--seeds")
    if text == "kept":
        return []
    if text == "commit":
        text = str(count() % PARTS)
    seeds = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        seeds += range(int(first), int(last or first) + 1)
    return seeds


@pytest.fixture(scope="module")
def ran(request: pytest.FixtureRequest) -> None:
    """Run the pages that this session asks for, several at once."""
    wanted = [
        item.callspec.params["page"]
        for item in request.session.items
        if item.get_closest_marker("seeds") and item.path == request.path
    ]
    seeds = asked(request.config)
    SAID.append(f"시드 {', '.join(map(str, seeds))}")
    run_seeds(wanted, seeds, PROJECT, FOLDER)


@pytest.mark.seeds
@pytest.mark.parametrize("page", pages_with_code(), ids=page_id)
def test_every_check_holds_whatever_the_seeds(page: Page, ran: None) -> None:
    made, runs = rewritten(page, PROJECT.data), read(FOLDER, page) + built(page, PROJECT)
    SAID.extend(table(made, runs))
    found = faults(made, runs)
    if found:
        pytest.fail("\n".join(found), pytrace=False)
