"""Read the bibliography: BibTeX goes in; sources with their Korean form and links come out."""

import html
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pybtex.database import Entry, parse_string
from pybtex.exceptions import PybtexError

NAMED = 3  # so many authors are named; more are "외"
# Where a work appeared, by the field that says it; the first that an entry has is shown.
PLACES = ("journal", "booktitle", "publisher", "institution", "school", "howpublished")
GRADES = {"primary": "", "secondary": "원문이 아닌 자료로 확인", "recall": "원문 미확인"}


@dataclass(frozen=True)
class Source:
    """One entry of docs/sources.bib."""

    key: str
    authors: tuple[str, ...]
    """Surnames, or names of organisations."""
    fields: dict[str, str]
    """All fields in lower case, without the braces that BibTeX protects letters with."""

    @property
    def anchor(self) -> str:
        """Its id on the page that lists all sources."""
        return f"source-{self.key}"

    @property
    def grade(self) -> str:
        """How well it was read: `primary`, `secondary` or `recall`."""
        return self.fields.get("grade", "")

    @property
    def year(self) -> str:
        """The year of publication; empty where a page bears none."""
        return self.fields.get("year", "")

    @property
    def name(self) -> str:
        """The authors as Korean readers cite them: `LeCun 외`, `Cortes·Vapnik`."""
        if len(self.authors) > NAMED:
            return f"{self.authors[0]} 외"
        return "·".join(self.authors)

    @property
    def address(self) -> str:
        """Where it can be read: its DOI, its arXiv page, or its own address."""
        if doi := self.fields.get("doi"):
            return f"https://doi.org/{doi}"
        if eprint := self.fields.get("eprint"):
            return f"https://arxiv.org/abs/{eprint}"
        return self.fields.get("url", "")

    @property
    def link(self) -> str:
        """The words of its link: the DOI or arXiv number itself, which survives printing."""
        if doi := self.fields.get("doi"):
            return f"doi:{doi}"
        if eprint := self.fields.get("eprint"):
            return f"arXiv:{eprint}"
        return re.sub(r"^https?://(?:www\.)?|/$", "", self.fields.get("url", ""))

    @property
    def markdown(self) -> str:
        """The entry as it stands in a note: 저자(연도), 제목, 실린 곳, 주소."""
        place = next((self.fields[name] for name in PLACES if self.fields.get(name)), "")
        volume, number = self.fields.get("volume", ""), self.fields.get("number", "")
        place += f" {volume}" if volume else ""
        place += f"({number})" if number else ""
        year = f"({self.year})" if self.year else ""
        parts = [f"{escaped(self.name)}{year}", f"*{escaped(self.fields.get('title', ''))}*"]
        parts += [escaped(place)] if place else []
        # A bracket left bare beside an encoded one ends no link: the note shows raw Markdown.
        address = self.address.replace("(", "%28").replace(")", "%29")
        parts += [f"[{escaped(self.link)}]({address})"]
        grade = GRADES.get(self.grade, "")
        return ", ".join(parts) + (f" ({grade})" if grade else "")


def escaped(text: str) -> str:
    """Return text that Markdown shows letter by letter."""
    return re.sub(r"([\\`*_\[\]<>])", r"\\\1", html.unescape(text))


def plain(value: str) -> str:
    """Return the value of a field without BibTeX's braces and line ends."""
    return " ".join(
        re.sub(r"(?<!\\)[{}]", "", value).replace(r"\&", "&").replace("--", "–").split()
    )


def source(key: str, entry: Entry) -> Source:
    """Return an entry as a source."""
    people = entry.persons.get("author") or entry.persons.get("editor") or []
    surnames = tuple(
        plain(" ".join([*person.prelast_names, *person.last_names])) for person in people
    )
    fields = {name.lower(): plain(value) for name, value in entry.fields.items()}
    return Source(key, surnames, fields)


def read_bibliography(path: Path) -> dict[str, Source]:
    """Return the sources of a BibTeX file by key; a folder without the file has none.

    Raises:
        ValueError: the file is no BibTeX, or names a key twice; the text says where.
    """
    return parsed(path, path.stat().st_mtime_ns) if path.is_file() else {}


@cache
def parsed(path: Path, changed: int) -> dict[str, Source]:
    """Parse a file once for each state of it: a build renders many pages."""
    try:
        entries = parse_string(path.read_text(encoding="utf-8"), "bibtex").entries
    except PybtexError as error:
        raise ValueError(f"{path.name}: BibTeX로 읽을 수 없습니다. {error}") from error
    return {key: source(key, entry) for key, entry in entries.items()}
