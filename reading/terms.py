"""Read the terms of the book: a table goes in; terms and what finds them in prose come out."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

# What may follow a word and leave it a whole 어절: 들, then up to three 조사.
PARTICLES = (
    "으로부터 로부터 이라고는 이라는 이라도 이라면 이라고 으로써 으로서 이란 이라 이나 이며 이고 "
    "이면 이랑 이었습니다 였습니다 입니다 입니까 이던 인가 이지 인지 일까 일지 인데 인 일 이다 "
    "에서는 에서도 에서 에게 에는 에도 에만 에 으로 로써 로서 로 라고 라는 라도 라면 란 라 나 며 "
    "고 면 랑 까지 부터 보다 처럼 마다 만큼 대로 조차 밖에 뿐 마저 하고 의 도 만 은 는 이 가 을 를 "
    "과 와"
).split()
# What a syllable begins with, in Unicode's order, and how many syllables begin with each.
INITIALS = "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅊㅋㅌㅍㅎ"
SYLLABLES_EACH = 588
JOSA = rf"(?:들)?(?:{'|'.join(PARTICLES)}){{0,3}}(?![가-힣])"


@dataclass(frozen=True)
class Term:
    """One term of the book."""

    term: str
    english: str
    definition: str
    page: str
    """Where it is taught, as a path under docs/."""
    aliases: tuple[str, ...]
    """Other words for it: free in prose, found by search."""
    forbidden: tuple[str, ...]
    """Forms that prose must not use."""

    @property
    def anchor(self) -> str:
        """Its id on the glossary page, made of its English."""
        return "term-" + re.sub(r"[^a-z0-9]+", "-", self.english.lower()).strip("-")

    @property
    def initial(self) -> str:
        """The letter under which a dictionary lists it; ㄲ stands under ㄱ."""
        syllable = ord(self.term[0]) - ord("가")
        return INITIALS[syllable // SYLLABLES_EACH] if syllable >= 0 else "A–Z"


def read_terms(path: Path) -> list[Term]:
    """Return the terms of a file; a folder without it has none."""
    return parsed(path, path.stat().st_mtime_ns) if path.is_file() else []


@cache
def parsed(path: Path, changed: int) -> list[Term]:
    """Read a file once for each state of it."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Term(
                row["term"],
                row["english"],
                row["definition"],
                row["page"],
                listed(row["aliases"]),
                listed(row["forbidden"]),
            )
            for row in csv.DictReader(file)
        ]


def listed(cell: str) -> tuple[str, ...]:
    """Return the words of a cell, which commas part."""
    return tuple(word.strip() for word in cell.split(",") if word.strip())


def pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Return what finds words as whole 어절 with any 조사 behind them, the longest first."""
    longest = sorted(set(words), key=lambda word: (-len(word), word))
    alternatives = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest)
    return re.compile(rf"(?<![가-힣\w-])({alternatives}){JOSA}" if longest else r"(?!)")


def forbidden_in(text: str, terms: list[Term]) -> list[tuple[str, str]]:
    """Return (what stands there, what should) for each forbidden form in a text."""
    wrong = {form: term.term for term in terms for form in term.forbidden}
    right = [word for term in terms for word in (term.term, *term.aliases)]
    found = (" ".join(hit[1].split()) for hit in pattern([*wrong, *right]).finditer(text))
    return [(form, wrong[form]) for form in found if form in wrong]
