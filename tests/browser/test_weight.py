"""A first visit is light, as its bytes travel: text packed, fonts and pictures as they are."""

import gzip
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from conftest import SAID

from browser.conftest import Open
from reading import search

FIGURES = [
    "ai-ml-dl/loss-function/",
    "ai-ml-dl/neural-network/",
    "ai-ml-dl/weights/",  # with formulas
    "drivers/hardware/",
]
# Of what a first visit takes, the text font is 104 kB and what only its section shows up to 16,
# the theme's own style and script 60, the page itself up to 60. The search with its index waits
# until somebody searches.
FIRST_VISIT = 250_000
PACKED = {".woff2", ".png", ".webp", ".jpg", ".zip", ".gz"}


def sent(file: Path) -> int:
    """Return how many bytes a server that packs text sends for a file."""
    body = file.read_bytes()
    return len(body) if file.suffix in PACKED else len(gzip.compress(body, 6))


def files(site: Path, home: str, requests: list[str]) -> dict[str, int]:
    """Return what each file that was asked for weighs; each is asked for once."""
    weights = {}
    for url in requests:
        path = unquote(urlsplit(url).path).lstrip("/")
        file = site / path / "index.html" if url.endswith("/") else site / path
        weights[path] = sent(file)
    return weights


@pytest.mark.parametrize("address", ["", "ai-ml-dl/relations/", *FIGURES])
def test_a_first_visit_is_light(site: Path, open_page: Open, address: str) -> None:
    watched = open_page(site, address, viewport={"width": 390, "height": 844})
    watched.page.wait_for_load_state("networkidle")
    weights = files(site, watched.home, watched.requests)
    _, program = search.scripts()
    assert not {search.INDEX, program} & weights.keys()
    SAID.append(f"first visit of /{address}: {sum(weights.values()) / 1000:.0f} kB")
    assert sum(weights.values()) <= FIRST_VISIT, sorted(weights.items(), key=lambda each: -each[1])
