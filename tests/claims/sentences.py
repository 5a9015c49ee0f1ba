"""Find what a sentence claims and whether it says where it has that from."""

import re
from dataclasses import dataclass

from livedocs.prose import MARK, SPAN
from reading.citations import CITATION, keys
from reading.pages import Page

# A sentence that states no fact of the world carries this comment, with the reason.
ESCAPE = re.compile(r"<!-- 출처 없음: (.+?) -->")
END = re.compile(r"(?<=[.?!])[\"’”)*]*\s+(?!\[@|<!--)")
# An address and a quoted word (‘1위’ 같은 말) claim nothing.
ADDRESS = re.compile(r"\]\([^)\s]*\)+|<https?:[^>]*>|‘[^’]{1,5}’")
CLAIMS = {
    "해": re.compile(r"(?<![\d,.])(?:1[5-9]|20)\d\d(?=년|[)·,–-]|(?:\s*년대))"),
    "비율": re.compile(r"\d\s*%"),
    "으뜸": re.compile(
        r"(?<![가-힣])(?:세계\s?)?최초|세계에서\s가장|역사상|사상\s(?:처음|최)"
        r"|(?<!\d)1위|세계\s?최고|최고\s?기록"
    ),
    # Smaller ones are nearly always the page's own: 이미지 1만 장.
    "큰 수": re.compile(r"\d(?:천만|백만|억|조)|\d{2,}만|\d(?:,\d{3}){2,}"),
}


@dataclass(frozen=True)
class Sentence:
    """One sentence of a page: where it stands, what it says, what it cites."""

    path: str
    line: int
    text: str

    @property
    def keys(self) -> list[str]:
        """The sources that it names."""
        prose = SPAN.sub(" ", self.text)
        return [key for found in CITATION.findall(prose) for key in keys(found)]

    @property
    def computed(self) -> bool:
        """Whether code puts a value into it."""
        return any(span[1].startswith(MARK) for span in SPAN.findall(self.text))

    @property
    def escaped(self) -> bool:
        """Whether its author says that it states no fact."""
        return bool(ESCAPE.search(self.text))

    @property
    def claims(self) -> list[str]:
        """What it claims that needs a source or code: kinds, in the order of the table above."""
        bare = ADDRESS.sub("]", CITATION.sub(" ", SPAN.sub(" ", self.text)))
        return [kind for kind, form in CLAIMS.items() if form.search(bare)]

    def __str__(self) -> str:
        return f"docs/{self.path}:{self.line}: {self.text.strip()}"


def sentences(page: Page) -> list[Sentence]:
    """Return the sentences of a page; a row of a table is one: it states one fact."""
    return [
        Sentence(page.path, line, sentence)
        for line, text in page.prose
        for sentence in ([text] if text.lstrip().startswith("|") else END.split(text))
        if sentence.strip()
    ]


def unsourced(page: Page) -> list[Sentence]:
    """Return the sentences that claim something and say neither source nor code nor escape."""
    return [
        sentence
        for sentence in sentences(page)
        if sentence.claims and not (sentence.keys or sentence.computed or sentence.escaped)
    ]
