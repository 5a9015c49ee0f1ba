"""Make the index of the search: the pages of a site go in; what the worker reads comes out."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reading.gist import gists, spoken
from reading.sections import STRESS, Section
from reading.terms import Term

ASSETS = Path(__file__).parent / "assets"
# What the worker is made of, in the order of use; one script, for it is fetched as one.
PARTS = ("hangul", "words", "names", "index", "meaning", "ranking", "marks", "worker")
CHARACTERS = 28_000
"""What all gists together may hold. With it index and worker stay under 60 kB, compressed."""
COMMON = 12
"""A name in the code of more sections than this finds nothing."""
ASIDE = 0.3
"""The weight of a page that is about the book: its front matter lists no concepts."""


@dataclass
class Found:
    """A page of the site, as search sees it."""

    path: str
    """Its source under docs/."""
    url: str
    title: str
    description: str
    taught: list[str] | None
    """What the lecture says of the concepts that it teaches; None if it is no page of the book."""
    sections: list[Section]

    @property
    def weight(self) -> float:
        """How much it counts."""
        return ASIDE if self.taught is None else 1.0


def index(pages: list[Found], terms: list[Term]) -> dict[str, Any]:
    """Return the index: sections in the form that Material's own has, terms beside them."""
    sections = [(page, section) for page in pages for section in page.sections]
    fair = sum(page.weight for page, _ in sections) or 1
    short = gists(
        [section.sentences for _, section in sections],
        [int(CHARACTERS * page.weight / fair) for page, _ in sections],
    )
    common = Counter(name for _, section in sections for name in section.names)
    docs = []
    for (page, section), (text, words) in zip(sections, short, strict=True):
        first = section is page.sections[0]
        names = [name for name in section.names if common[name] <= COMMON]
        if first:  # who heard the lecture looks for its words
            words = [*words, *(f"{word}:2" for word in spoken(page.taught or []))]
        doc = {
            "location": page.url + ("" if first else f"#{section.anchor}"),
            "title": (page.title if first else section.heading).replace(STRESS, ""),
            "text": " ".join(filter(None, [page.description if first else "", text])),
            "words": " ".join([*words, *names] if page.weight == 1 else []),
        }
        docs.append(doc | ({"boost": page.weight} if page.weight != 1 else {}))
    urls = {page.path: page.url for page in pages}
    # Material's script reads the separator, to mark on a page what was found.
    config = {"lang": ["ko"], "separator": r"[\s\-]+", "pipeline": [], "fields": {}}
    listed = [
        [urls.get(term.page), term.term, term.english, *term.aliases, *term.forbidden]
        for term in terms
    ]
    return {"config": config | {"terms": listed}, "docs": docs}


def dumped(made: dict[str, Any]) -> str:
    """Return an index as it is written: short, the same at each build."""
    return json.dumps(made, ensure_ascii=False, separators=(",", ":"))


def worker() -> str:
    """Return the program of the worker."""
    return "\n".join((ASSETS / f"{part}.js").read_text(encoding="utf-8") for part in PARTS)


def worker_name() -> str:
    """Return the address of the worker under the site's root; it changes with the program."""
    return f"assets/javascripts/search.{hashlib.sha256(worker().encode()).hexdigest()[:8]}.js"
