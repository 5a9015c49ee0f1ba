"""Keep the book's own sheets and scripts light: rare fonts only where needed, no comments.

The sheet `fonts.css` comes with every page; the rules of the other Hangul, a hundred of them, are
in `rare.css` and come only where a character needs them (until `.ci/fonts` cuts the font anew).
"""

import re
from functools import cache
from pathlib import Path

FONT = Path("assets/fonts/livedocs-text")
LINK = re.compile(r'(<link\b[^>]*href="[^"]*assets/fonts/)fonts(\.css[^>]*>)')
# A block, a line of its own, and what follows on a line of code.
COMMENT = re.compile(r"/\*.*?\*/|^ *//[^\n]*\n|(?<=[;,{\]}]) +// [^\n]*$", re.DOTALL | re.MULTILINE)
HANGUL = re.compile(r"[\u3131-\u318e\uac00-\ud7a3\u4e00-\u9fff]")


def dressed(output: str, docs: Path) -> str:
    """Return a page, with the rare fonts' sheet if it shows what the book's font lacks.

    Args:
        output: the page's HTML.
        docs: the folder of the documents, where the fonts lie.
    """
    known = docs / FONT / "characters.txt"
    if not known.is_file() or not set(HANGUL.findall(output)) - own_characters(known):
        return output
    return LINK.sub(r"\1fonts\2\n\1rare\2", output, count=1)


@cache
def own_characters(known: Path) -> set[str]:
    """Return the characters that the book's own font was cut for."""
    return set(known.read_text(encoding="utf-8"))


def lighten(assets: Path) -> None:
    """Take the comments out of the sheets and scripts of a built site.

    Args:
        assets: the folder of the site's own files; the theme's lie deeper.
    """
    for path in (*assets.glob("*.css"), *assets.glob("*.js")):
        path.write_text(bare(path.read_text(encoding="utf-8")), encoding="utf-8")


def bare(text: str) -> str:
    """Return a sheet or a script without its comments."""
    return COMMENT.sub("", text)
