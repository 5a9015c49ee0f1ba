"""Make the index of the search: the pages of a site go in; what the worker reads comes out."""

import json
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from reading.gist import gists, placed
from reading.sections import STRESS, Section
from reading.terms import Term
from reading.wording import cited_words, names_of
from reading.worker import scripts

CHARACTERS = 9_000
"""What all gists together may hold. With it index and scripts stay under 60 kB, compressed."""
INDEX = "search/book.json"
"""Where the index lies under the site's root; the worker asks for it when somebody searches."""
# What Material's script fetches with every page; it reads the separator, to mark what was found.
CONFIG = {"lang": ["ko"], "separator": r"[\s\-]+", "pipeline": [], "fields": {}}
SUMMARY = "summary"
"""The anchor of the section that ends a page."""
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
    asked: str | None
    """What readers ask who mean it (`wording.read_asked`), nothing where no concept is taught;
    None if it is no page of the book."""
    sections: list[Section]
    cited: list[str] = field(default_factory=list)
    """The first authors of what it cites."""

    @property
    def weight(self) -> float:
        """How much it counts."""
        return ASIDE if self.asked is None else 1.0

    @property
    def learned(self) -> bool:
        """Whether questions find it, so that the index need not hold all words of its prose."""
        return bool((self.asked or "").strip("|"))


def index(
    pages: list[Found], terms: list[Term], synonyms: list[list[str]] | None = None
) -> dict[str, Any]:
    """Return the index: sections in the form that Material's own has, terms beside them."""
    sections = [(page, section) for page in pages for section in page.sections]
    # What is about the book is found by its titles, a page with questions by its description, and
    # a summary repeats the page and solves its exercises: the room belongs to the other sections.
    roomy = [
        page.weight == 1
        and not (page.learned and section is page.sections[0])
        and section.anchor != SUMMARY
        for page, section in sections
    ]
    share = CHARACTERS // (sum(roomy) or 1)
    short = gists(
        [section.sentences for _, section in sections],
        [share * room for room in roomy],
        [wanted for page in pages for wanted in introduced(page, terms)],
    )
    texts = [text for text, _ in short]
    others = by_page(pages, [words for _, words in short])
    called = names_of([page.sections for page in pages])
    cited = cited_words({page.path: page.cited for page in pages})
    docs = []
    for (page, section), text, words, names in zip(sections, texts, others, called, strict=True):
        first = section is page.sections[0]
        lower = {name.lower() for name in names}
        words = [
            word
            for word in words
            if word.split(":")[0] not in lower and (word.isascii() or not page.learned)
        ]
        words += cited[page.path] if first else []
        doc: dict[str, Any] = {
            "location": page.url + ("" if first else f"#{section.anchor}"),
            "title": (page.title if first else section.heading).replace(STRESS, ""),
            "text": " ".join(filter(None, [page.description if first else "", text])),
        }
        if page.weight == 1 and (words or names):
            doc["words"] = " ".join([*words, *names])
        if page.weight != 1:
            doc["boost"] = page.weight
        docs.append(doc)
    urls = {page.path: page.url for page in pages}
    listed = [
        [urls.get(term.page), term.term, term.english, *term.aliases, *term.forbidden]
        for term in terms
    ] + [[None, *same] for same in synonyms or []]
    # Side by side, for they pack better than each beside its page's text.
    questions = {page.url: page.asked for page in pages if page.asked}
    return {"terms": listed, "docs": docs, "questions": questions}


def introduced(page: Found, terms: list[Term]) -> list[dict[int, list[str]]]:
    """Return, of each section, the sentences in which the page introduces its terms.

    A result for a term has to show it. A heading that names it does.
    """
    told: list[dict[int, list[str]]] = [{} for _ in page.sections]
    sentences = [
        (sentence, numbers, number)
        for section, numbers in zip(page.sections, told, strict=True)
        for number, sentence in enumerate(section.sentences)
    ]
    headings = [page.title, *(section.heading for section in page.sections)]
    for word in [term.term for term in terms if term.page == page.path]:
        holding = [found for found in sentences if word in found[0].replace(STRESS, "")]
        # Sorting keeps the order of what is equal: the first that stresses it, or the first.
        holding.sort(key=lambda found: STRESS + word not in found[0])
        if holding and not any(word in heading for heading in headings):
            _, numbers, number = holding[0]
            numbers.setdefault(number, []).append(word)
    return told


def by_page(pages: list[Found], words: list[Counter[str]]) -> list[list[str]]:
    """Return the words of each section, each word once in its page."""
    left = iter(words)
    return [found for page in pages for found in placed(list(islice(left, len(page.sections))))]


def write(made: dict[str, Any], site: Path) -> None:
    """Write an index, the worker and its program; a site without a search gets none.

    The theme's own index stays, empty: its script fetches it with every page.
    """
    theirs = site / "search" / "search_index.json"
    if theirs.is_file():
        theirs.write_text(dumped({"config": CONFIG, "docs": []}), encoding="utf-8")
        for name, text in {INDEX: dumped(made), **scripts()}.items():
            (site / name).write_text(text, encoding="utf-8")


def dumped(made: dict[str, Any]) -> str:
    """Return an index as it is written: short, the same at each build."""
    return json.dumps(made, ensure_ascii=False, separators=(",", ":"))
