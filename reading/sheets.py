"""Keep sheets and scripts light: one of each, rare fonts where needed, no comments, scripts late.

A page that is built asks for one sheet, in which is what the site can use of the theme's and the
book's own, and for one script of the book's. Under `mkdocs serve` it asks for each as it is.

The sheet `fonts.css` comes with every page; the rules of the other Hangul, a hundred of them, are
in `rare.css` and come only where a character needs them (until `.ci/fonts` cuts the font anew).
"""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from reading.purged import purged, words_used

FONT = Path("assets/fonts/livedocs-text")
LINK = re.compile(r'(<link\b[^>]*href="[^"]*assets/fonts/)fonts(\.css[^>]*>)')
THEIRS = ("main", "palette")
OURS = ("assets/fonts/fonts.css", "assets/book.css")
JOINED = "assets/fonts/sheet.css"  # beside the fonts: only their sheet names files
SHEET = re.compile(
    r' *<link rel="stylesheet" href="([^"]*?)'
    r'assets/(?:stylesheets/(?:main|palette)\.\w+\.min|fonts/fonts|book)\.css">\n?'
)
SCRIPTS = re.compile(r'(?:\s*<script src="([^"]*?)assets/\w+\.js" defer></script>)+')
OWN = re.compile(r"assets/\w+\.js")
JOINED_SCRIPT = "assets/scripts.js"
APART: list[str] = []
"""Holds something while an author is watching: files stay apart, and are there at once."""
SCRIPT = re.compile(r'<script src="([^"]*assets/javascripts/bundle\.\w+\.min\.js)"></script>')
# A block, a line of its own, and what follows on a line of code.
COMMENT = re.compile(r"/\*.*?\*/|^ *//[^\n]*\n|(?<=[;,{\]}]) +// [^\n]*$", re.DOTALL | re.MULTILINE)
HANGUL = re.compile(r"[\u3131-\u318e\uac00-\ud7a3\u4e00-\u9fff]")


def dressed(output: str, docs: Path) -> str:
    """Return a page with its sheets, the rare fonts' too if it shows what the book's font lacks.

    Args:
        output: the page's HTML.
        docs: the folder of the documents, where the fonts lie.
    """
    known = docs / FONT / "characters.txt"
    if not known.is_file() or not set(HANGUL.findall(output)) - own_characters(known):
        return light(output)
    return light(LINK.sub(r"\1fonts\2\n\1rare\2", output, count=1))


@cache
def own_characters(known: Path) -> set[str]:
    """Return the characters that the book's own font was cut for."""
    return set(known.read_text(encoding="utf-8"))


def light(output: str) -> str:
    """Return a page that asks for one sheet and one script; the theme's waits for a reader."""
    return late(joined(output))


def joined(output: str) -> str:
    """Return a page that asks for a joined file where it asked for the first of several."""
    first = SHEET.search(output)
    if APART or not first:
        return output
    output = SCRIPTS.sub(rf'\n<script src="\1{JOINED_SCRIPT}" defer></script>', output)
    asked = f'<link rel="stylesheet" href="{first[1]}{JOINED}">\n'
    before, after = output[: first.start()], output[first.end() :]
    return before + asked + SHEET.sub("", after)


def late(output: str) -> str:
    """Return a page whose theme's script is fetched but waits until a reader moves (`start.js`).

    The script takes a telephone a third of a second, before which nobody misses anything of it.
    """
    return SCRIPT.sub(r'<link rel="prefetch" as="script" data-script href="\1">', output, count=1)


def join(site: Path, scripts: Iterable[object]) -> None:
    """Write the joined sheet and the joined script of a built site.

    Args:
        site: the folder of the site.
        scripts: `extra_javascript` of the settings; others than SCRIPTS finds stay apart.
    """
    if APART:
        return
    own = [
        str(each) for each in scripts if getattr(each, "defer", False) and OWN.fullmatch(str(each))
    ]
    parts = [(site / name).read_text(encoding="utf-8") for name in own]
    (site / JOINED_SCRIPT).write_text("".join(parts), encoding="utf-8")
    found = [path for name in THEIRS for path in site.glob(f"assets/stylesheets/{name}.*.min.css")]
    found += [site / name for name in OURS if (site / name).is_file()]
    text = "\n".join(path.read_text(encoding="utf-8") for path in found)
    (site / JOINED).parent.mkdir(parents=True, exist_ok=True)
    (site / JOINED).write_text(purged(text, words_used(site)), encoding="utf-8")


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
