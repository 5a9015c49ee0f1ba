"""Leave of the site's sheets what its pages can use: a sheet and the words of a site go in.

Material's sheet has rules for all that a site may show, and each first visit waits for them. A
rule stays if every class that it asks for is some element's in a page, or may be set by a script;
a variable stays if something reads it. What stays is unchanged and in its order.
"""

import re
from collections.abc import Container, Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import tinycss2
from tinycss2.ast import Node

CLASSES = re.compile(r'\bclass="([^"]*)"')
WORD = re.compile(r"[\w-]+")
READ = re.compile(r"var\(\s*(--[\w-]+)")
# What the theme's script would do for parts that no page has: versions, repositories, tags, ….
# Once a page shows such a part, what the script calls so stays too.
PARTS = ("md-version", "md-source", "md-tag", "md-status", "mermaid", "tabbed")
# `[class]` before any element: each class that the theme's script sets on <html> would have all
# of the page styled again. The cells of our tables hold no blocks.
COSTLY = re.compile(r":not\(\[class\]\)\s+t[dh]\s*>\s*:(first|last)-child$")


def words_used(site: Path) -> set[str]:
    """Return the classes of all pages of a built site, and the words of its scripts."""
    used = set[str]()
    for page in site.rglob("*.html"):
        for classes in set(CLASSES.findall(page.read_text(encoding="utf-8"))):
            used.update(classes.split())
    missing = tuple(part for part in PARTS if not any(word.startswith(part) for word in used))
    for script in (*site.glob("assets/*.js"), *site.glob("assets/javascripts/*.js")):
        words = WORD.findall(script.read_text(encoding="utf-8"))
        used.update(word for word in words if not word.startswith(missing))
    return used


def purged(sheet: str, used: set[str]) -> str:
    """Return a sheet without what no page can use.

    Args:
        sheet: the text of all sheets of the site, in their order.
        used: what `words_used` gives; a variable may also be read by a script that names it.
    """
    left = "".join(kept(tinycss2.parse_stylesheet(sheet, True, True), used, WORD.findall(sheet)))
    read = used.union(READ.findall(left))
    return "".join(kept(tinycss2.parse_stylesheet(left, True, True), used, read))


def kept(rules: Iterable[Node], used: set[str], read: Container[str]) -> Iterator[str]:
    """Give the rules that some element can meet, with the variables that something reads."""
    for rule in rules:
        if rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports"):
            inside = tinycss2.parse_rule_list(rule.content, True, True)
            if inner := "".join(kept(inside, used, read)):
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude).rstrip()}{{{inner}}}"
        elif rule.type == "qualified-rule":
            selectors = [written(s) for s in parted(rule.prelude) if classes(s) <= used]
            met = ",".join(s for s in selectors if not COSTLY.search(s))
            said = tinycss2.parse_blocks_contents(rule.content, True, True)
            said = [each for each in said if not unread(each, read)]
            if met and said:
                yield f"{met}{{{';'.join(written([each]) for each in said)}}}"
        else:
            yield rule.serialize()


def unread(said: Node, read: Container[str]) -> bool:
    """Say whether a part of a rule is a variable that nothing reads; a rule inside is none."""
    name = getattr(said, "name", "")
    return name.startswith("--") and name not in read


def parted(prelude: list[Node]) -> list[list[Node]]:
    """Return the selectors of a rule, which commas part."""
    found: list[list[Node]] = [[]]
    for node in prelude:
        if node == ",":
            found.append([])
        else:
            found[-1].append(node)
    return found


def classes(selector: list[Node]) -> set[str]:
    """Return the classes that a selector asks for; those within `:not()` or `:is()` are none."""
    return {
        after.value for dot, after in pairwise(selector) if dot == "." and after.type == "ident"
    }


def written(nodes: list[Node]) -> str:
    """Return a part of a sheet as text."""
    return str(tinycss2.serialize(nodes)).strip().rstrip(";")
