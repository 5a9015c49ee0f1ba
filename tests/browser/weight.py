"""What a first visit weighs, as its bytes travel: text packed, fonts and pictures as they are."""

import gzip
from pathlib import Path
from urllib.parse import unquote, urlsplit

# Of what a first visit takes, the text font is 81 kB and what only its section shows up to 13,
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
