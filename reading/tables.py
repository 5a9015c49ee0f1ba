"""Python-Markdown extension: a table's empty header cells go in; cells that head nothing come out.

The corner above a column of names is empty; as a header a screen reader would announce it.
"""

from typing import Any
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

AFTER_INLINE = 11


class MendCorners(Treeprocessor):
    """Turn empty header cells into ordinary ones."""

    def run(self, root: Element) -> None:
        """Walk the page."""
        for cell in root.iter("th"):
            if not len(cell) and not (cell.text or "").strip():
                cell.tag = "td"


class Tables(Extension):
    """Register the tree processor."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Walk the tree once the inline patterns have made it."""
        md.treeprocessors.register(MendCorners(md), "tables", AFTER_INLINE)


def makeExtension(**options: Any) -> Tables:
    """Return the extension; Python-Markdown asks for it by this name."""
    return Tables(**options)
