"""Count what a reader finds on each page: a built site goes in, numbers by page come out.

`.ci/generators` runs this file with two built sites, and pages to leave out.
"""

import re
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

HEADING = re.compile(r"h[1-6]")
# What the hooks add is for readers of the real site: no other generator runs them.
ADDED = {"downloads", "origin"}
VOID = set("area base br col embed hr img input link meta source track wbr".split())


class Article(HTMLParser):
    """The headings, outputs, figures, checks and links inside a page's article."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()
        self.depth = 0
        """How deep in the article."""
        self.skipped = 0
        """How deep in something that a hook has added."""
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list) -> None:
        """Count one element."""
        named = dict(attributes)
        classes = set((named.get("class") or "").split())
        if tag == "article" and not self.depth:
            self.depth = 1
        elif self.depth and tag not in VOID:
            self.depth += 1
            self.skipped += bool(self.skipped or classes & ADDED)
        if not self.depth or self.skipped:
            return
        self.found["headings"] += bool(HEADING.fullmatch(tag))
        self.found["links"] += (
            tag == "a" and "href" in named and "md-content__button" not in classes
        )
        self.found["outputs"] += "outputs" in classes
        self.found["figures"] += "output-figure" in classes
        self.found["checks"] += tag == "details" and {"check", "passed"} <= classes

    def handle_endtag(self, tag: str) -> None:
        """Note where an element ends."""
        if self.depth and tag not in VOID:
            self.depth -= 1
            self.skipped = max(self.skipped - 1, 0)


def counted(site: Path) -> dict[str, Counter[str]]:
    """Return what each page of a site holds; examples need a hook and are left out."""
    pages = {path.parent.relative_to(site).as_posix(): path for path in site.rglob("index.html")}
    return {
        name: Article(path.read_text(encoding="utf-8")).found
        for name, path in sorted(pages.items())
        if not name.startswith("examples/")
    }


def differences(one: dict[str, Counter[str]], other: dict[str, Counter[str]]) -> list[str]:
    """Return every number that differs, by page."""
    said = []
    for name in sorted(one.keys() | other.keys()):
        if name not in one or name not in other:
            said.append(f"{name}: {'첫째' if name in one else '둘째'}에만 있습니다")
            continue
        for kind in sorted(one[name].keys() | other[name].keys()):
            if one[name][kind] != other[name][kind]:
                said.append(f"{name}: {kind} {one[name][kind]} → {other[name][kind]}")
    return said


def main(words: list[str]) -> int:
    """Print the sums of two sites and where they differ; return the exit status."""
    one, other = (counted(Path(word)) for word in words[:2])
    for name in words[2:]:
        del one[name], other[name]
    for word, pages in zip(words, (one, other), strict=False):
        sums = sum(pages.values(), Counter())
        numbers = ", ".join(f"{kind} {sums[kind]}" for kind in sorted(sums))
        print(f"{word}: pages {len(pages)}, {numbers}")
    different = differences(one, other)
    for line in different:
        print(line)
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
