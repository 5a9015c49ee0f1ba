"""Words that find a page beside its prose: code, concepts, cited works and synonyms go in."""

import csv
import re
from collections import Counter
from pathlib import Path

from livedocs.project import find_project
from reading.bibliography import read_bibliography
from reading.citations import citations_in
from reading.concepts import Concept
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
    """Return the words that tell apart the works cited by each page, given what each cites."""
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


def words_of(concepts: list[Concept]) -> list[str]:
    """Return what the lecture calls and says of concepts, each once."""
    headings = [concept.heading for concept in concepts]
    return list(dict.fromkeys([*headings, *(concept.says for concept in concepts)]))


def cited_works(path: Path) -> list[str]:
    """Return the authors and the title of each work that a page cites."""
    if path.suffix != ".md":
        return []
    sources = read_bibliography(find_project().docs / "sources.bib")
    keys = dict.fromkeys(key for _, key in citations_in(path.read_text(encoding="utf-8")))
    works = [sources[key] for key in keys if key in sources]
    return [" ".join([*work.authors, work.fields.get("title", "")]) for work in works]
