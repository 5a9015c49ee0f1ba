"""Gather the exercises of the book on a sheet: finished pages go in, with or without solutions."""

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urljoin

from mkdocs.structure.pages import Page

MARKER = re.compile(r"<!-- exercises: (with|without) solutions: ([a-z-]+) -->")
TAG = re.compile(r'<(/?)details(?: class="(\w+)[^"]*")?[^>]*>')
SUMMARY = re.compile(r"<summary>(.*?)</summary>", re.DOTALL)
LINK = re.compile(r'(<a [^>]*?href=")([^"]*)(")')
PART = re.compile(r' data-part="\d+"')
# Two pages may use the same identifier; on a sheet each keeps to what is its own.
NAMED = re.compile(r'(\s(?:id|for|name)="|href="#|url\(#)')
AWAY = re.compile(r'href="@([a-z]+:)?')


@dataclass(frozen=True)
class Exercise:
    """One exercise of a page, as HTML whose addresses are relative to the root of the site."""

    page: str
    """The address of its page."""
    taught: str
    """The title of its page."""
    title: str
    question: str
    solution: str


FOUND: dict[str, list[Exercise]] = {}
"""The exercises of the build that is going on, by the source of their page."""


def blocks(html: str, kind: str) -> Iterable[tuple[int, int]]:
    """Yield where each outermost `<details>` of a kind begins and ends."""
    depth, begun = 0, -1
    for tag in TAG.finditer(html):
        if begun < 0 and tag[2] == kind:
            begun = tag.start()
        if begun >= 0:
            depth += -1 if tag[1] else 1
            if not depth:
                yield begun, tag.end()
                begun = -1


def unfolded(block: str) -> tuple[str, str]:
    """Return the summary of a `<details>` and what it holds."""
    summary = SUMMARY.search(block)
    return (summary[1], block[summary.end() : -len("</details>")]) if summary else ("", block)


def exercises_in(html: str, page: Page) -> list[Exercise]:
    """Return the exercises of a finished page."""
    title = str(page.meta.get("title") or page.title)
    found = []
    for start, end in blocks(html, "question"):
        name, held = unfolded(moved(html[start:end], page))
        solved = list(blocks(held, "success"))
        solutions = [unfolded(held[first:last])[1] for first, last in solved]
        for first, last in reversed(solved):
            held = held[:first] + held[last:]
        name = re.sub(r"<[^>]+>", "", name).removeprefix("연습: ")
        found.append(Exercise(page.url, title, name, held.strip(), "".join(solutions).strip()))
    return found


def moved(html: str, page: Page) -> str:
    """Return HTML for another page: its identifiers renamed, its links from the site's root.

    `@` stands before every address of a link, for the way from the sheet to the root.
    """

    def link(found: re.Match[str]) -> str:
        address = found[2]
        if not re.match(r"[a-z]+:", address):
            address = urljoin(f"/{page.url}", address).lstrip("/")
        return f"{found[1]}@{address}{found[3]}"

    own = re.sub(r"\W+", "-", page.url)
    return NAMED.sub(rf"\g<1>{own}", LINK.sub(link, PART.sub("", html)))


def placed(html: str, sheet: Page, order: list[str]) -> str:
    """Return a sheet with exercises in the place of its markers.

    An exercise has the same number on every sheet: the solutions lie on several, or a reader's
    first visit would wait for all of them.

    Args:
        html: the sheet, with lines `<!-- exercises: without solutions: history -->`.
        sheet: the page of the sheet.
        order: the sources of all pages, in reading order.
    """
    found = [(source, exercise) for source in order for exercise in FOUND.get(source, [])]

    def listed(marker: re.Match[str]) -> str:
        return "\n".join(
            one(exercise, number, marker[1] == "with")
            for number, (source, exercise) in enumerate(found, 1)
            if source.startswith(f"{marker[2]}/")
        )

    root = posixpath.relpath(".", sheet.url) + "/"
    return AWAY.sub(lambda found: f'href="{found[1] or root}', MARKER.sub(listed, html))


def one(exercise: Exercise, number: int, solved: bool) -> str:
    """Return one exercise of a sheet."""
    taught = f'<p class="taught"><a href="@{exercise.page}">{exercise.taught}</a></p>'
    solution = f'<div class="solution"><p><strong>풀이</strong></p>{exercise.solution}</div>'
    return (
        f'<section class="exercise"><h3 id="exercise-{number}">{number}. {exercise.title}</h3>'
        f"{taught}{exercise.question}{solution if solved else ''}</section>"
    )
