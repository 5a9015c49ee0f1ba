"""Words that find a page beside its prose: code, questions, cited works and synonyms go in."""

import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path

from livedocs.project import find_project
from reading.bibliography import read_bibliography
from reading.citations import citations_in
from reading.sections import Section
from reading.terms import listed

COMMON = 6
"""A name in the code of more sections than this finds nothing."""
WORK = re.compile(r"[a-z]{4,}")
CITED_BY = 3
"""A word in the works that more pages cite tells none apart."""


def names_of(pages: list[list[Section]]) -> list[list[str]]:
    """Return the names in the code of each section: those few sections have, once in a page."""
    common = Counter(name for page in pages for section in page for name in section.names)
    named = []
    for page in pages:
        seen: set[str] = set()
        for section in page:
            new = [name for name in section.names if common[name] <= COMMON and name not in seen]
            seen |= set(new)
            named.append(new)
    return named


def cited_words(works: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return the words that tell apart what each page cites, given that."""
    words = {path: set(WORK.findall(" ".join(cited).lower())) for path, cited in works.items()}
    common = Counter(word for found in words.values() for word in found)
    return {
        path: sorted(word for word in found if common[word] <= CITED_BY)
        for path, found in words.items()
    }


def read_synonyms(path: Path) -> list[list[str]]:
    """Return words that a reader may type, behind the book's own; a folder without has none."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [[row["word"], *listed(row["also"])] for row in csv.DictReader(file)]


@cache  # every page asks
def read_asked(path: Path) -> dict[str, str]:
    """Return what was learned from questions (`benchmarks.search.learn`), by page.

    Pieces of words that weigh 1, those that weigh 2, …, between bars. A folder without has none.
    """
    if not path.is_file():
        return {}
    found: dict[str, list[str]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            levels = found.setdefault(row["page"], [])
            levels += [""] * (int(row["weight"]) - len(levels))
            levels[int(row["weight"]) - 1] = row["pieces"]
    return {page: "|".join(levels) for page, levels in found.items()}


def cited_works(path: Path) -> list[str]:
    """Return the first author of each work that a page cites."""
    if path.suffix != ".md":
        return []
    sources = read_bibliography(find_project().docs / "sources.bib")
    keys = dict.fromkeys(key for _, key in citations_in(path.read_text(encoding="utf-8")))
    works = [sources[key] for key in keys if key in sources]
    return [work.authors[0] for work in works if work.authors]
