"""Part a page for search: its HTML goes in; its sections come out, with their prose and names."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

HEADINGS = {"h1", "h2", "h3"}
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# What a reader does not read as prose: drawings, outputs, notes at the foot, generated lists.
SKIPPED = {"button", "math", "nav", "samp", "script", "style", "sup", "svg"}
SKIPPED_CLASSES = {"downloads", "footnote", "headerlink", "listing", "origin", "outputs", "report"}
BLOCKS = {"blockquote", "dd", "div", "dt", "li", "p", "pre", "summary", "td", "th", "tr"}
STRINGS = re.compile(r"#[^\n]*|\"\"\".*?\"\"\"|\"[^\"\n]*\"|'[^'\n]*'", re.DOTALL)
NAME = re.compile(r"\b[A-Za-z_]\w{2,}\b")
IMPORTS = re.compile(r"^\s*(?:from|import) (.*)$", re.MULTILINE)
DEFINED = re.compile(r"\bdef (\w+)")
TAKEN = re.compile(r"\.([A-Za-z_]\w{2,})\b")
# How a figure is drawn is not what a reader looks for.
DRAWING = re.compile(
    r"^(?:(?:set_|sup)?[xy]?(?:lim|labels?|ticks|ticklabels|scale|title)s?|ax[hv]?line|axis|axes|"
    r"subplots(?:_adjust)?|legend|grid|show|imshow|annotate|spines|twinx|tick_params|savefig|"
    r"figure|fill_between|add_patch|semilog[xy]|bar_label|set_(?:visible|aspect|axis_off)|"
    r"scatter|plot|barh?|hist|text|plt|pyplot)$"
)
STRESS = "\x02"
SENTENCE = re.compile(r"(?<=[가-힣”’)][.?!]) ")
CHECKED = re.compile(r"^확인됨 · ")


@dataclass
class Section:
    """A heading and what stands under it until the next."""

    anchor: str
    level: int
    title: str = ""
    text: str = ""
    code: str = ""

    @property
    def heading(self) -> str:
        """The heading on one line."""
        return " ".join(self.title.split())

    @property
    def sentences(self) -> list[str]:
        """The prose, one sentence each, a STRESS where it stresses; a check's title is one."""
        lines = [" ".join(line.split()) for line in self.text.splitlines()]
        return [part for line in lines for part in SENTENCE.split(CHECKED.sub("", line)) if part]

    @property
    def names(self) -> list[str]:
        """What its code imports, and what it takes from that or calls on an object, each once.

        What it defines itself is no name that a reader knows.
        """
        code = STRINGS.sub(" ", self.code)
        imported = [name for line in IMPORTS.findall(code) for name in NAME.findall(line)]
        taken = [*imported, *TAKEN.findall(code)]
        own = {"import", *DEFINED.findall(code)}
        return [
            name for name in dict.fromkeys(taken) if name not in own and not DRAWING.match(name)
        ]


class Reader(HTMLParser):
    """Read the HTML of a page from top to bottom."""

    def __init__(self) -> None:
        super().__init__()
        self.sections = [Section("", 1)]
        self.skipped = 0  # how deep inside what is skipped
        self.part = "text"

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Begin a section at a heading; leave out what is no prose."""
        found = dict(attributes)
        if tag in VOID:
            self.add("\n")
            return
        classes = set((found.get("class") or "").split())
        if self.skipped or tag in SKIPPED or classes & SKIPPED_CLASSES:
            self.skipped += 1
            return
        if tag in HEADINGS and found.get("id"):
            self.sections.append(Section(found["id"] or "", int(tag[1])))
            self.part = "title"
        elif tag == "pre":
            self.part = "code"
        elif tag == "strong" and self.part == "text":
            self.add(STRESS)
        if tag in BLOCKS:
            self.add("\n")

    def handle_endtag(self, tag: str) -> None:
        """Go back to prose after a heading and after code."""
        if tag in VOID:
            return
        if self.skipped:
            self.skipped -= 1
        elif tag in HEADINGS or tag == "pre":
            self.part = "text"
        elif tag in BLOCKS:
            self.add("\n")

    def handle_data(self, data: str) -> None:
        """Take a text."""
        self.add(data)

    def add(self, text: str) -> None:
        """Put a text where it belongs."""
        if not self.skipped:
            section = self.sections[-1]
            setattr(section, self.part, getattr(section, self.part) + text)


def read_sections(html: str) -> list[Section]:
    """Return the sections of a page that hold anything."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    return [part for part in reader.sections if part.title or part.text.strip()]
