"""Say how this book is cited: CITATION.cff goes in; a line of text and a BibTeX entry come out."""

from html import escape
from typing import Any

import yaml

from livedocs.project import Project

PUBLISHED: list[str] = []
"""Where the site that is being built will stand, if anybody has said so."""
READ = "YYYY-MM-DD"


def citation(project: Project) -> list[str]:
    """Return both forms, in blocks that the theme gives a copy button."""
    path = project.root / "CITATION.cff"
    if not path.is_file():
        return ["CITATION.cff가 없습니다."]
    said = yaml.safe_load(path.read_text(encoding="utf-8"))
    address = next(iter(PUBLISHED), "")
    lines = []
    for name, form in (("글", text(said, address)), ("BibTeX", bibtex(said, address))):
        # Raw HTML: a list is placed when SuperFences has already taken the fences away.
        lines += [f"**{name}**", ""]
        lines += [f'<div class="highlight wrap"><pre><code>{escape(form)}</code></pre></div>', ""]
    return lines


def authors(said: dict[str, Any]) -> list[str]:
    """Return the names of the authors, who are entities."""
    return [author["name"] for author in said["preferred-citation"]["authors"]]


def text(said: dict[str, Any], address: str) -> str:
    """Return the citation as a line for a list of references."""
    book = said["preferred-citation"]
    parts = [" · ".join(authors(said)), f"「{book['title']}」", f"{book['version']}판"]
    return ", ".join([*parts, *([address] if address else []), f"읽은 날 {READ}."])


def bibtex(said: dict[str, Any], address: str) -> str:
    """Return the citation for BibTeX; braces keep names of organisations and titles whole."""
    book = said["preferred-citation"]
    fields = {
        "author": " and ".join(f"{{{name}}}" for name in authors(said)),
        "title": f"{{{book['title']}}}",
        "version": book["version"],
        "language": ", ".join(book["languages"]),
        "url": address,
        "urldate": READ,
    }
    listed = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{{authors(said)[0]},\n{listed}\n}}\n"
