"""Keep drawings and tables of outputs from an index of words, which would read all: hook events."""

import re
from typing import Any

from mkdocs.plugins import event_priority
from mkdocs.structure.pages import Page as SitePage

DRAWING = re.compile(
    r'<svg\b.*?</svg>|(?<=<div class="output-table" tabindex="0">)<table\b.*?</table>', re.DOTALL
)
ASIDE = "<svg data-aside></svg>"
DRAWINGS: list[str] = []
"""Those of the page that is being rendered."""


@event_priority(100)
def put_aside(context: Any, page: SitePage, config: Any, nav: Any) -> Any:
    """Take drawings and tables of outputs out of a page before plugins read it."""
    DRAWINGS[:] = DRAWING.findall(page.content or "")
    page.content = DRAWING.sub(ASIDE, page.content or "")
    return context


@event_priority(-100)
def put_back(context: Any, page: SitePage, config: Any, nav: Any) -> Any:
    """Put them back where they were before the page is written."""
    drawings = iter(DRAWINGS)
    page.content = re.sub(ASIDE, lambda _: next(drawings), page.content or "")
    return context
