"""The pages of the book, as the tests of claims read them."""

from functools import cache
from pathlib import Path

from conftest import ROOT

from livedocs.pages import Page, read_page
from livedocs.project import find_project

PROJECT = find_project(ROOT)


@cache
def pages() -> list[Page]:
    """Return all pages, in the order of their paths."""
    return [
        read_page(path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix(), PROJECT.data)
        for path in sorted(PROJECT.docs.rglob("*.md"))
    ]


def pages_with_code() -> list[Page]:
    """Return the pages on which something runs."""
    return [page for page in pages() if page.runnable]


def page_id(page: Page) -> str:
    """Return the name of a page in the list of tests: `docs/history/kernels`."""
    return Path(page.path).with_suffix("").as_posix()
