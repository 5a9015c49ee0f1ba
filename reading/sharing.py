"""Say what a messenger shows of a link to a page: Open Graph's four properties and a few more."""

from html import escape

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page


def properties(page: Page, config: MkDocsConfig) -> str:
    """Return the `<meta>` elements of a page; the address only where the site's own is known.

    Source of the names: the Open Graph protocol.
    """
    said = {
        "og:type": "article",
        "og:locale": "ko_KR",
        "og:site_name": config.site_name,
        "og:title": str(page.meta.get("title") or page.title or config.site_name),
        "og:description": str(page.meta.get("description") or config.site_description or ""),
        "og:url": page.canonical_url if config.site_url else "",
    }
    return "".join(
        f'<meta property="{name}" content="{escape(text)}">' for name, text in said.items() if text
    )
