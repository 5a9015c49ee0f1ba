"""Python-Markdown extension: terms in prose go in; they come out with their definitions.

A term becomes `<abbr class="term" title="definition" tabindex="0">`: it needs no address of the
glossary, so it is right in any generator; the title is its accessible description; the keyboard
reaches it; Material shows the title as its tooltip; print and a reader without script lose
nothing. The 조사 stays outside, so copied text and search see ordinary words.
"""

import re
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from livedocs.project import find_project
from reading.terms import Term, pattern, read_terms

AFTER_INLINE = 12
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
SKIPPED = {*HEADINGS, "a", "abbr", "code", "pre", "strong", "sup", "th", "script", "style", "math"}
SKIPPED |= {"summary"}  # a finger on it would fold as well


class ExplainTerms(Treeprocessor):
    """Put definitions on terms, the first time that each stands in a section."""

    def run(self, root: Element) -> None:
        """Walk the page; a heading of the second level begins a section."""
        terms = {term.term: term for term in read_terms(find_project().data / "terms.csv")}
        self.terms, self.pattern = terms, pattern(terms)
        self.seen: set[str] = set()
        if any("listing" in (element.get("class") or "") for element in root.iter()):
            return  # a generated list explains itself
        for block in root:
            if block.tag == "h2":
                self.seen = set()
            self.walk(block)

    def walk(self, element: Element) -> None:
        """Explain the terms of an element and of what is inside it, in reading order."""
        classes = (element.get("class") or "").split()
        if element.tag in SKIPPED or "admonition-title" in classes or "footnote" in classes:
            return
        inside = list(element)
        for hit in reversed(self.split(element, "text")):
            element.insert(0, hit)
        for child in inside:
            self.walk(child)
            for hit in reversed(self.split(child, "tail")):
                element.insert(list(element).index(child) + 1, hit)

    def split(self, element: Element, part: str) -> list[Element]:
        """Take the new terms out of an element's text or tail; return them, tails included."""
        text = getattr(element, part) or ""
        hits: list[Element] = []
        found = None
        for match in self.pattern.finditer(text):
            word = re.sub(r"\s+", " ", match[1])
            if word in self.seen:
                continue
            self.seen.add(word)
            before = text[found.end(1) if found else 0 : match.start(1)]
            if hits:
                hits[-1].tail = before
            else:
                setattr(element, part, before)
            hits.append(explained(match[1], self.terms[word]))
            found = match
        if found:
            hits[-1].tail = text[found.end(1) :]
        return hits


def explained(word: str, term: Term) -> Element:
    """Return a term with its definition."""
    abbr = Element("abbr", {"class": "term", "title": term.definition, "tabindex": "0"})
    abbr.text = word
    return abbr


class Glossary(Extension):
    """Register the tree processor."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Walk the tree once the inline patterns have made it."""
        md.treeprocessors.register(ExplainTerms(md), "glossary", AFTER_INLINE)


def makeExtension(**options: Any) -> Glossary:
    """Return the extension; Python-Markdown asks for it by this name."""
    return Glossary(**options)
