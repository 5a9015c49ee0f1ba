"""Python-Markdown extension: a line `<!-- reading: NAME -->` goes in, a list comes out."""

import re
from collections.abc import Callable
from typing import Any

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

from livedocs.project import Project, find_project
from reading.lists import concepts, facts, glossary, sources

BEFORE_CITATIONS = 24.5
MARKER = re.compile(r"^<!-- reading: ([a-z-]+) -->$")

LISTINGS: dict[str, Callable[[Project], list[str]]] = {
    "sources-primary": lambda project: sources(project, "primary"),
    "sources-secondary": lambda project: sources(project, "secondary"),
    "sources-unconfirmed": lambda project: sources(project, "recall"),
    "facts": facts,
    "glossary": glossary,
    "concepts": concepts,
}


class PlaceListings(Preprocessor):
    """Put lists in the place of their markers."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines with every marker replaced; an unknown name is left as it is."""
        placed: list[str] = []
        for line in lines:
            marker = MARKER.match(line)
            made = LISTINGS.get(marker[1]) if marker else None
            placed += ["", *made(find_project()), ""] if made else [line]
        return placed


class Listings(Extension):
    """Register the preprocessor."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Run once SuperFences has taken the fences away."""
        md.preprocessors.register(PlaceListings(md), "listings", BEFORE_CITATIONS)


def makeExtension(**options: Any) -> Listings:
    """Return the extension; Python-Markdown asks for it by this name."""
    return Listings(**options)
