"""Every check holds, with room, whatever the seeds and whichever of two backends.

`pytest -m seeds` runs each page five times with every seed shifted, prints which outputs moved and
how much room each comparison has, and judges the runs of all backends whose notes lie in
`.cache/seeds/` for the page as it stands: `pytest -m seeds --backend jax` adds to them.
What room is: `claims/margins.py`.
"""

import subprocess
from pathlib import Path

import pytest
from claims.judged import faults, table
from claims.rewritten import rewritten
from claims.seeds import read, run_seeds
from conftest import ROOT, SAID

from livedocs.pages import Page, read_page
from livedocs.project import find_project

PROJECT = find_project(ROOT)
FOLDER = ROOT / ".cache" / "seeds"
PAGES = [
    page
    for path in sorted(PROJECT.docs.rglob("*.md"))
    if (
        page := read_page(
            path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix(), PROJECT.data
        )
    ).runnable
]


def asked(config: pytest.Config) -> list[int]:
    """Return the seeds that this session asks for: `0-4`, `1,4`, or `commit` for one of five."""
    text = config.getoption("--seeds")
    if text == "commit":
        count = subprocess.check_output(["git", "rev-list", "--count", "HEAD"], cwd=ROOT, text=True)
        text = str(int(count) % 5)
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
@pytest.mark.parametrize("page", PAGES, ids=lambda page: Path(page.path).with_suffix("").as_posix())
def test_every_check_holds_whatever_the_seeds(page: Page, ran: None) -> None:
    made, runs = rewritten(page, PROJECT.data), read(FOLDER, page)
    SAID.extend(table(made, runs))
    found = faults(made, runs)
    assert not found, "\n".join(["", *found])
