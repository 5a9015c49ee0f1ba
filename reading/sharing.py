"""Say what a messenger shows of a link to a page: Open Graph's properties, a picture among them."""

from html import escape
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from livedocs.project import find_project
from livedocs.report import Built
from reading import cards


def properties(page: Page, config: MkDocsConfig, built: Built | None) -> str:
    """Return the `<meta>` elements of a page; addresses only where the site's own is known.

    Source of the names: the Open Graph protocol.
    """
    title = str(page.meta.get("title") or page.title or config.site_name)
    description = str(page.meta.get("description") or config.site_description or "")
    said = {
        "og:type": "article",
        "og:locale": "ko_KR",
        "og:site_name": config.site_name,
        "og:title": title,
        "og:description": description,
    }
    if config.site_url:
        said |= {"og:url": page.canonical_url or "", **picture(page, config, built, title)}
    return "".join(
        f'<meta property="{name}" content="{escape(text)}">' for name, text in said.items() if text
    )


def picture(page: Page, config: MkDocsConfig, built: Built | None, title: str) -> dict[str, str]:
    """Draw a page's card beside it; return what tells of it."""
    drawing, alt = cards.first_figure(built.page, built.ran) if built else ("", "")
    description = str(page.meta.get("description") or "")
    drawn = cards.card(find_project(), config.site_name, title, description, drawing)
    folder = Path(page.file.abs_dest_path).parent
    folder.mkdir(parents=True, exist_ok=True)  # the page itself is written after its hooks
    (folder / cards.NAME).write_bytes(drawn)
    return {
        "og:image": f"{page.canonical_url}{cards.NAME}",
        "og:image:width": str(cards.WIDTH),
        "og:image:height": str(cards.HEIGHT),
        "og:image:alt": alt or title,
        "twitter:card": "summary_large_image",
    }
