"""Lay out a site of sample pages for this book's engine, and the same site without the engine."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from mkdocs.utils.yaml import yaml_load

from benchmarks.clock import ROOT
from benchmarks.formats import book
from benchmarks.pages import Sample

SECTION = 30  # pages
ENGINE = "livedocs"


def lay_out(folder: Path, pages: Sequence[Sample], engine: bool = True) -> Path:
    """Write a site in MkDocs' form, with the theme and the Markdown extensions of the book.

    Args:
        folder: emptied first.
        pages: in the order of the navigation, which has a section for every thirty of them.
        engine: whether the engine's hook and extensions are switched on.
    """
    shutil.rmtree(folder, ignore_errors=True)
    docs = folder / "docs"
    docs.mkdir(parents=True)
    for watched in ("data", "examples"):  # `mkdocs serve` does not start without them
        (folder / watched).mkdir()
    (docs / "index.md").write_text("# 견본\n\n견본의 첫 쪽입니다.\n", encoding="utf-8")
    nav: list[Any] = ["index.md"]
    for start in range(0, len(pages), SECTION):
        section = f"part{start // SECTION:02d}"
        (docs / section).mkdir()
        for page in pages[start : start + SECTION]:
            path_of(folder, page, start).write_text(book(page), encoding="utf-8")
        inside = [f"{section}/{page.name}.md" for page in pages[start : start + SECTION]]
        nav.append({f"부분 {start // SECTION + 1}": inside})
    settings = settings_of_book(engine) | {"nav": nav}
    text = yaml.safe_dump(settings, allow_unicode=True, sort_keys=False)
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    return folder


def path_of(folder: Path, page: Sample, number: int) -> Path:
    """Return where the page of a number stands in a site."""
    return folder / "docs" / f"part{number // SECTION:02d}" / f"{page.name}.md"


def settings_of_book(engine: bool) -> dict[str, Any]:
    """Return the book's own settings, without its pages, its assets and its examples."""
    settings = yaml_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    theme = {k: v for k, v in settings["theme"].items() if k in {"name", "language", "features"}}
    extensions = [each for each in settings["markdown_extensions"] if not is_ours(each)]
    ours = [each for each in settings["markdown_extensions"] if is_ours(each, ENGINE)]
    kept = {
        "site_name": "견본",
        "theme": theme | {"font": False},
        "plugins": [{"search": {"lang": "ko"}}],
        "markdown_extensions": ours + extensions if engine else extensions,
    }
    hooks = [str(ROOT / each) for each in settings["hooks"] if is_ours(each, ENGINE)]
    return kept | {"hooks": hooks} if engine else kept


def is_ours(entry: str | dict[str, Any], *packages: str) -> bool:
    """Whether a hook or an extension is made in this repository, in one of these packages."""
    name = entry if isinstance(entry, str) else next(iter(entry))
    return name.replace("/", ".").split(".")[0] in (packages or (ENGINE, "reading"))


def built_page(folder: Path, page: Sample, number: int) -> Path:
    """Return where the HTML of a page stands once the site is built."""
    return folder / "site" / f"part{number // SECTION:02d}" / page.name / "index.html"


def must_show(text: str, path: Path) -> None:
    """Make sure that a page was run and its output is there.

    Raises:
        RuntimeError: it is not: what was timed was no build.
    """
    html = path.read_text(encoding="utf-8")
    if text not in html:
        raise RuntimeError(f"{path}: ‘{text}’ is not on the page; it was not run")
