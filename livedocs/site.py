"""The site as its last whole build has left it: enough to render a single page anew."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

# MkDocs has no other way to a single page; `mkdocs serve --dirty` takes this one.
from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation


class Site(NamedTuple):
    """What MkDocs makes of the whole before it renders a page."""

    config: MkDocsConfig
    files: Files
    nav: Navigation
    env: Any

    def render(self, file: File) -> None:
        """Put one file of the site into its place as it is now."""
        if not file.page:
            file.copy_file()
            return
        _populate_page(file.page, self.config, self.files)
        pages = self.files.documentation_pages()
        _build_page(file.page, self.config, pages, self.nav, self.env)

    def shown(self, urls: Iterable[str]) -> list[bytes]:
        """Return what a browser shows at some addresses."""
        places = (Path(self.config.site_dir, url) for url in sorted(urls))
        files = (place / "index.html" if place.is_dir() else place for place in places)
        return [file.read_bytes() for file in files if file.is_file()]
