"""Read the concepts of the lecture: a table and the checks go in; what shows what comes out."""

import csv
import hashlib
from dataclasses import dataclass
from pathlib import Path

from reading.pages import Page


@dataclass(frozen=True)
class Concept:
    """One concept of the lecture."""

    id: str
    heading: str
    says: str
    shown_by: str
    """`check`, `chart` (a check on the data drawn) or `source` (prose with a key)."""


@dataclass(frozen=True)
class Shown:
    """One check that shows a concept."""

    page: Page
    title: str
    line: int

    @property
    def anchor(self) -> str:
        """The id that the engine gives to the check."""
        return f"check-{hashlib.sha256(self.title.encode()).hexdigest()[:8]}"


def read_concepts(path: Path) -> dict[str, Concept]:
    """Return the concepts by id, in the lecture's order; a folder without the file has none."""
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["id"]: Concept(row["id"], row["heading"], row["says"], row["shown_by"])
            for row in csv.DictReader(file)
        }


def shown_by_checks(pages: dict[str, Page]) -> dict[str, list[Shown]]:
    """Return the checks of each concept."""
    found: dict[str, list[Shown]] = {}
    for page in pages.values():
        for check in page.checks:
            for concept in check.values.get("of", "").split():
                shown = Shown(page, check.values.get("title", ""), check.start + 1)
                found.setdefault(concept, []).append(shown)
    return found


def taught_on(pages: dict[str, Page]) -> dict[str, list[Page]]:
    """Return the pages that say in their front matter that they teach a concept."""
    found: dict[str, list[Page]] = {}
    for page in pages.values():
        for concept in page.meta.get("concepts") or []:
            found.setdefault(str(concept), []).append(page)
    return found
