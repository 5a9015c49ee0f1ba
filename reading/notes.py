"""Let the notes of a page lead on: rendered HTML goes in, each note links to its source's entry.

A note in a program has its number where a sheet of style finds it.
"""

import re
from pathlib import Path

from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from livedocs.project import find_project
from reading.bibliography import read_bibliography

LISTING = "about/sources.md"
"""The page that tells of each source what was read of it, and for what it stands."""
SECONDARY = "about/sources-secondary.md"
"""The same for sources read at second hand: one page of all is heavy on a first visit."""
NOTE = re.compile(
    r'(?<=<li id="fn:)([a-z][a-z0-9-]*)">(?:(?!</li>).)*?(?=&#160;<a class="footnote-backref")',
    re.DOTALL,
)

NEIGHBOURS = re.compile(r'</sup>(?=<sup id="fnref)')
"""Two notes at one place, which would read as one number: ¹² for 1 and 2."""
IN_CODE = re.compile(r'(?<=<span class="c1")(?=># \((\d+)\)!</span>)')
"""A note in a program, which the theme's script makes a button of: `# (1)!`."""


def followed(html: str, page: Page, files: Files) -> str:
    """Return a page whose notes of sources end in a link; a site without the list has none."""
    html = numbered(parted(html))
    listing = files.get_file_from_path(LISTING)
    if not listing:
        return html
    second = files.get_file_from_path(SECONDARY) or listing
    first, other = (each.url_relative_to(page.file) for each in (listing, second))
    return with_links(html, first, other, find_project().docs)


def parted(html: str) -> str:
    """Put a comma between notes at one place."""
    return NEIGHBOURS.sub("</sup><sup>, </sup>", html)


def numbered(html: str) -> str:
    """Give each note in a program its number as an attribute, which a sheet of style can show."""
    return IN_CODE.sub(lambda note: f' data-note="{note[1]}"', html)


def with_links(html: str, listing: str, secondary: str, docs: Path) -> str:
    """Put a link behind each note of a source.

    Args:
        html: a page, rendered.
        listing: the address of the list of sources, as the page reaches it.
        secondary: the same of the list of those that were read at second hand.
        docs: the folder with the bibliography.
    """
    sources = read_bibliography(docs / "sources.bib")

    def led(note: re.Match[str]) -> str:
        if note[1] not in sources:
            return note[0]
        source = sources[note[1]]
        address = f"{secondary if source.grade == 'secondary' else listing}#{source.anchor}"
        return f'{note[0]} <a class="source-entry" href="{address}">확인한 내용</a>'

    return NOTE.sub(led, html)
