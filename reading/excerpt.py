"""Cut a sentence for a search result: it goes in; its beginning or the part wanted comes out."""

import re
import textwrap

from reading.sections import STRESS

LONGEST = 44
"""Of a longer sentence a part is kept: a result has no room for more."""
MORE = " …"


def excerpt(sentence: str, words: list[str]) -> str:
    """Return what a result shows of a sentence: its beginning, or the part that words stand in."""
    plain = sentence.replace(STRESS, "")
    places = {word: plain.find(word) for word in words}
    # Up to the end of the last word with what clings to it, and the mark behind it.
    ends = (f"{plain} ".find(" ", at + len(word)) for word, at in places.items())
    end = max(ends, default=0) + len(MORE)
    start = 0
    if end > LONGEST:
        first = plain.rfind(" ", 0, min(places.values()) + 1) + 1
        start = plain.find(" ", end - LONGEST - 1) + 1
        start = start if 0 < start < first else first
    short = textwrap.shorten(plain[start:], max(LONGEST, end - start), placeholder=MORE)
    return ("… " if start else "") + short


def joined(short: dict[int, str]) -> str:
    """Return excerpts, by the number of their sentence, with a mark where some are left out."""
    text, before = "", -1
    for number in sorted(short):
        text += (" " if number == before + 1 else " … ") + short[number]
        before = number
    return re.sub("… … ", "… ", text.removeprefix(" … ")).strip()
