"""Keep drawings and tables of outputs from an index of words, which would read all: hook events."""

import re
from typing import Any

from mkdocs.plugins import event_priority
from mkdocs.structure.pages import Page as SitePage

from livedocs.outputs import TABLE

# Begun with one letter: a pattern that may begin in two ways is tried at every letter of a page.
DRAWING = re.compile(rf"<(?:svg\b.*?</svg>|(?<={re.escape(TABLE)}<)table\b.*?</table>)", re.DOTALL)
ASIDE = re.compile(r'<svg data-aside="(\d+)"></svg>')
DRAWINGS: list[str] = []
"""Those of the page that is being rendered."""


@event_priority(100)
def put_aside(context: Any, page: SitePage, config: Any, nav: Any) -> Any:
    """Take drawings and tables of outputs out of a page before plugins read it."""
    DRAWINGS.clear()
    page.content = DRAWING.sub(marked, page.content or "")
    return context


def marked(drawing: re.Match[str]) -> str:
    """Keep a drawing; return what stands in its place."""
    DRAWINGS.append(drawing[0])
    return f'<svg data-aside="{len(DRAWINGS) - 1}"></svg>'


@event_priority(-100)
def put_back(context: Any, page: SitePage, config: Any, nav: Any) -> Any:
    """Put them back where they were, or where a plugin has moved them."""
    page.content = ASIDE.sub(lambda mark: DRAWINGS[int(mark[1])], page.content or "")
    return context
