"""Python-Markdown extension: a line `<!-- reading: NAME -->` goes in, a list comes out."""

import re
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from livedocs.project import Project, find_project
from reading.citation import citation
from reading.lists import concepts, facts, glossary, sources
from reading.machine import machine
from reading.minutes import minutes

BEFORE_CITATIONS = 24.5
AFTER_MKDOCS_LOOKS_FOR_ANCHORS = 4
MARKER = re.compile(r"^<!-- reading: ([a-z-]+) -->$")
ID = re.compile(r'<details[^>]* id="([^"]+)"')

LISTINGS: dict[str, Callable[[Project], list[str]]] = {
    "sources-primary": lambda project: sources(project, "primary"),
    "sources-secondary": lambda project: sources(project, "secondary"),
    "sources-unconfirmed": lambda project: sources(project, "recall"),
    "facts": facts,
    "glossary": glossary,
    "concepts": concepts,
    "machine": machine,
    "minutes": minutes,
    "citation": citation,
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


class NoteAnchors(Treeprocessor):
    """Tell MkDocs of the anchors of checks: they are raw HTML, where it does not look.

    Without it a strict build takes the links of the concept map for broken ones.
    """

    def run(self, root: Element) -> None:
        """Add the ids of stashed HTML to those that MkDocs found; elsewhere nothing happens."""
        if "mkdocs_extract_anchors" in self.md.treeprocessors:
            found: Any = self.md.treeprocessors["mkdocs_extract_anchors"]
            for block in self.md.htmlStash.rawHtmlBlocks:
                if isinstance(block, str):
                    found.present_anchor_ids |= set(ID.findall(block))


class Listings(Extension):
    """Register both."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Run once SuperFences has taken the fences away."""
        md.preprocessors.register(PlaceListings(md), "listings", BEFORE_CITATIONS)
        md.treeprocessors.register(NoteAnchors(md), "anchors", AFTER_MKDOCS_LOOKS_FOR_ANCHORS)


def makeExtension(**options: Any) -> Listings:
    """Return the extension; Python-Markdown asks for it by this name."""
    return Listings(**options)
