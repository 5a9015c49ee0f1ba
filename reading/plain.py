"""Say a page's prose in plain Markdown: the page's own dialect goes in, what a notebook shows out.

Admonitions and tabs become a bold title above text that is not indented; anchors go; citations
name their source; links to other pages, which do not lie beside a notebook, keep their words.
"""

import re

from reading.bibliography import Source
from reading.citations import CITATION, FIXED, keys

STEP = 4  # what a block indents its contents by
BLOCK = re.compile(r'^( *)(?:!!!|\?\?\?\+?|===)(?: *[\w-]+)*(?: *"(.*)")? *$')
ANCHOR = re.compile(r"^(#+ .*?) *\{ *#[\w-]+ *\}$")
PAGE = re.compile(r"\[([^\]]+)\]\((?!\w+:)[^)]*\.(?:md|ipynb)(?:#[^)]*)?\)")
WRITTEN = re.compile(rf"`{re.escape(FIXED)}([^`]*)`")


def plain(prose: str, sources: dict[str, Source]) -> str:
    """Return the prose between two fences in Markdown that any notebook reads.

    Args:
        prose: its lines; those of a block whose title stands before the fence are indented.
        sources: the bibliography, by key.
    """
    written: list[str] = []
    inside = list(range(STEP, indent(prose.lstrip("\n")) + 1, STEP))
    for line in prose.splitlines():
        while inside and line.strip() and indent(line) < inside[-1]:
            inside.pop()
        if block := BLOCK.match(line):
            inside.append(len(block[1]) + STEP)
            written += [f"**{block[2]}**", ""] if block[2] else []
        else:
            written.append(ANCHOR.sub(r"\1", line[inside[-1] if inside else 0 :]))
    text = WRITTEN.sub(r"\1", PAGE.sub(r"\1", "\n".join(written)))
    return CITATION.sub(lambda found: named(found[1], sources), text).strip()


def indent(line: str) -> int:
    """Return by how many blanks a line, or the first line of a text, is indented."""
    return len(line) - len(line.lstrip(" "))


def named(citation: str, sources: dict[str, Source]) -> str:
    """Return what stands in for `@a; @b`: names and years, each a link to where it can be read."""
    cited = [sources[key] for key in keys(citation) if key in sources]
    links = [
        f"[{', '.join(filter(None, (each.name, each.year)))}]({each.address})"
        if each.address
        else ", ".join(filter(None, (each.name, each.year)))
        for each in cited
    ]
    return f"({'; '.join(links)})" if links else ""
