"""Python-Markdown extension: `[@key]` goes in, a numbered note with its source comes out.

The notes are those of Python-Markdown's own `footnotes`, so links back, tooltips and printing
work as they do for any note. `` `{fixed} 50%` `` becomes plain text: the marks tell a test that
the number is fixed by definition, and are nothing to a reader.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from markdown import Extension, Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.preprocessors import Preprocessor
from mkdocs.exceptions import BuildError

from livedocs.behind import BEHIND
from livedocs.fences import find_fences, normalise
from livedocs.problems import Problem
from livedocs.project import find_project
from livedocs.prose import SPAN
from reading.bibliography import Source, read_bibliography

AFTER_SUPERFENCES_BEFORE_HTML = 24
KEY = r"@[a-z][a-z0-9-]*"
CITATION = re.compile(rf"\[({KEY}(?:;\s*{KEY})*)\]")
# A code span first: what it holds is no citation.
# The blank in front of a citation goes: its number stands right behind the word.
SPAN_OR_CITATION = re.compile(rf"(?:{SPAN.pattern})|[ ]?{CITATION.pattern}")
FIXED = "{fixed} "


def keys(citation: str) -> list[str]:
    """Return the keys of `@a; @b`."""
    return [key.strip().removeprefix("@") for key in citation.split(";")]


class PlaceNotes(Preprocessor):
    """Turn citations into references to notes, and define those notes."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines with `[^key]` for each key; fences are stashed away by now.

        Raises:
            BuildError: a key is not in docs/sources.bib; it names every page that cites it.
        """
        docs = find_project().docs
        self.sources = read_bibliography(docs / "sources.bib")
        self.unknown: list[str] = []
        placed = [SPAN_OR_CITATION.sub(self.placed, line) for line in lines]
        if self.unknown and not BEHIND:  # while an author watches, the mark shows in its place
            listed = "\n".join(str(problem) for problem in unknown_keys(docs))
            raise BuildError(listed or f"모르는 출처: {', '.join(self.unknown)}")
        return placed

    def placed(self, found: re.Match[str]) -> str:
        """Return what stands for a code span or a citation."""
        ticks, span, citation = found.groups()
        if not citation:
            return span.removeprefix(FIXED) if ticks == "`" and span.startswith(FIXED) else found[0]
        return "".join(self.note(key) for key in keys(citation))

    def note(self, key: str) -> str:
        """Return a reference to the note of a source, defined when it is first wanted."""
        if key not in self.sources:
            self.unknown.append(key)
            return f"(모르는 출처 {key})"
        notes = footnotes(self.md)
        if key not in notes.footnotes:
            notes.setFootnote(key, self.sources[key].markdown)
        return f"[^{key}]"


def footnotes(md: Markdown) -> FootnoteExtension:
    """Return the footnotes of a Markdown, registering them where no one has."""
    for extension in reversed(md.registeredExtensions):  # one registered again replaces the first
        if isinstance(extension, FootnoteExtension):
            return extension
    md.registerExtensions(["footnotes"], {})
    return footnotes(md)


def citations_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield (line from 1, key) for each citation of a Markdown file."""
    lines = normalise(text)
    inside = {n for fence in find_fences(lines) for n in range(fence.start, fence.end + 1)}
    for number, line in enumerate(lines):
        if number not in inside:
            for found in SPAN_OR_CITATION.finditer(line):
                yield from ((number + 1, key) for key in keys(found[3] or "") if key)


def cited_in(docs: Path) -> dict[str, list[tuple[str, int]]]:
    """Return the places, as (path under docs, line), of every key that the pages cite."""
    places: dict[str, list[tuple[str, int]]] = {}
    for path in sorted(docs.rglob("*.md")):
        for line, key in citations_in(path.read_text(encoding="utf-8")):
            places.setdefault(key, []).append((path.relative_to(docs).as_posix(), line))
    return places


def unknown_keys(docs: Path) -> list[Problem]:
    """Return a problem for every citation whose key the bibliography lacks."""
    known: dict[str, Source] = read_bibliography(docs / "sources.bib")
    return [
        Problem(
            f"docs/{path}",
            line,
            f"모르는 출처 @{key}입니다. docs/sources.bib에 {key} 항목을 더하거나 이름을 고치세요.",
        )
        for key, places in cited_in(docs).items()
        if key not in known
        for path, line in places
    ]


class Citations(Extension):
    """Register the preprocessor."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Read citations once SuperFences has taken the fences away."""
        footnotes(md)
        md.preprocessors.register(PlaceNotes(md), "citations", AFTER_SUPERFENCES_BEFORE_HTML)


def makeExtension(**options: Any) -> Citations:
    """Return the extension; Python-Markdown asks for it by this name."""
    return Citations(**options)
