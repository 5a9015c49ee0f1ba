"""Python-Markdown extension: tables go in; they come out fit for screen readers and narrow windows.

The corner above a column of names is empty; as a header a screen reader would announce it.
A table of long text leaves a narrow window a syllable a line: there its cells lie below each
other (book.css), so each has to bear the name of its column.
"""

import json
import unicodedata
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

AFTER_INLINE = 11
LONG = 60  # columns of text, two a syllable: more wraps in any window
BESIDE = 24  # what may stand beside a column of long text in a window of 390 pixels


class MendTables(Treeprocessor):
    """Turn empty header cells into ordinary ones; mark the tables that a narrow window stacks."""

    def run(self, root: Element) -> None:
        """Walk the page."""
        for table in root.iter("table"):
            rows = [list(row) for row in table.iter("tr")]
            widths = [max(map(width, column)) for column in zip(*rows, strict=False)]
            if max(widths, default=0) > LONG and sum(widths) - max(widths) > BESIDE:
                table.set("data-stacked", "")
                if len(widths) > 2:
                    table.set("style", names(rows[0]))
        for cell in root.iter("th"):
            if not len(cell) and not (cell.text or "").strip():
                cell.tag = "td"


def width(cell: Element) -> int:
    """Return how many letters wide a cell is on one line."""
    text = "".join(cell.itertext())
    return sum(1 + (unicodedata.east_asian_width(letter) in "FW") for letter in text)


def names(header: list[Element]) -> str:
    """Return the names of columns as properties for the sheet; what comes first is no detail."""
    texts = ["".join(cell.itertext()) for cell in header]
    return ";".join(
        f"--column-{n}:{json.dumps(text, ensure_ascii=False)}"
        for n, text in enumerate(texts, 1)
        if n > 1
    )


class Tables(Extension):
    """Register the tree processor."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Walk the tree once the inline patterns have made it."""
        md.treeprocessors.register(MendTables(md), "tables", AFTER_INLINE)


def makeExtension(**options: Any) -> Tables:
    """Return the extension; Python-Markdown asks for it by this name."""
    return Tables(**options)
