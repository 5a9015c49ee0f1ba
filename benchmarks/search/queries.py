"""The questions: a table and a built site go in; questions with their right pages come out.

A row says what a reader types, how (kind) and which concepts are meant. Right is any page that
teaches one of them; a row whose concepts no page teaches yet does not count.
"""

import csv
import json
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
ABSENT = "absent"
"""The kind of a question about something that is not in the book."""


@dataclass(frozen=True)
class Query:
    """One question."""

    kind: str
    text: str
    right: frozenset[str]
    """Addresses under the site's root."""


def taught(site: Path) -> dict[str, set[str]]:
    """Return the addresses of the pages that teach each concept."""
    pages: dict[str, set[str]] = {}
    for page in json.loads((site / "livedocs.json").read_text(encoding="utf-8"))["pages"]:
        for concept in page["concepts"]:
            pages.setdefault(concept, set()).add(page["url"])
    return pages


def read_queries(name: str, site: Path) -> list[Query]:
    """Return the questions of a file that count on a site."""
    pages = taught(site)
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            Query(
                row["kind"],
                row["query"],
                frozenset().union(*(pages.get(id, ()) for id in row["concepts"].split())),
            )
            for row in csv.DictReader(file)
        ]
    return [query for query in rows if query.right or query.kind == ABSENT]
