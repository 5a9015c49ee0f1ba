"""Say how long each page takes to read: pages go in; a table with minutes comes out."""

import re

from livedocs.project import Project
from reading.bibliography import escaped
from reading.pages import Page, read_pages

WORDS = 120  # 어절 a minute: what is new is read slowly
LINE = 4  # seconds for a line of code
SECTIONS = ("index.md", "ai-ml-dl", "history", "drivers")
"""Where the pages of the chapter lie, in reading order."""


def prose_minutes(page: Page) -> float:
    """Return how long the prose of a page takes."""
    return sum(len(re.findall(r"\S*\w\S*", text)) for _, text in page.prose) / WORDS


def code_minutes(page: Page) -> float:
    """Return how long its programs take; those of checks are folded away."""
    codes = [f.code for f in page.fences if f.language == "python" and "check" not in f.classes]
    return sum(1 for code in codes for line in code.splitlines() if line.strip()) * LINE / 60


def rounded(minutes: float) -> int:
    """Return whole minutes, one at least."""
    return max(1, round(minutes))


def minutes(project: Project) -> list[str]:
    """Return a table of the pages of the chapter, by section, and how long they take."""
    pages = read_pages(project.docs)
    lines = ["| 쪽 | 글만(분) | 코드까지(분) |", "|---|--:|--:|"]
    total = total_code = 0
    for section in SECTIONS:
        for path, page in in_order(pages, section, project):
            prose = rounded(prose_minutes(page))
            both = max(prose, rounded(prose_minutes(page) + code_minutes(page)))
            total, total_code = total + prose, total_code + both
            lines.append(f"| [{escaped(page.title)}](../{path}) | {prose} | {both} |")
    return [*lines, f"| 모두 | {total} | {total_code} |"]


def in_order(pages: dict[str, Page], section: str, project: Project) -> list[tuple[str, Page]]:
    """Return the pages of a section as the menu has them; what the menu lacks comes last."""
    menu = (project.root / "mkdocs.yml").read_text(encoding="utf-8")
    mine = [path for path in pages if path == section or path.startswith(f"{section}/")]
    mine.sort(key=lambda path: menu.find(f" {path}\n") % (len(menu) + 1))
    return [(path, pages[path]) for path in mine]
