"""MkDocs hook: examples join the site, and every page gets what a reader takes along."""

import shutil
from pathlib import Path
from typing import Any

import nbformat
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from livedocs.project import find_project
from livedocs.report import BUILT
from reading import examples, sharing, takeaway, viewer


@event_priority(90)  # after the engine has run them, before mkdocs-jupyter looks for notebooks
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the executed examples to the site."""
    for path, notebook in examples.NOTEBOOKS.items():
        built = BUILT[path]
        executed = examples.write_executed(built.page, notebook, built.ran, find_project())
        source = str(executed.parent.parent.resolve())
        name = f"examples/{executed.name}"
        files.append(File(name, source, config.site_dir, config.use_directory_urls))
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Note where the examples stand in the site: mkdocs-jupyter has decided it by now."""
    for path in examples.NOTEBOOKS:
        if file := files.get_file_from_path(Path(path).with_suffix(".ipynb").as_posix()):
            BUILT[path].url = file.url
    return nav


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Mend what mkdocs-jupyter makes of an example; add what is taken along to a page."""
    if page.file.src_uri.startswith("examples/"):
        return viewer.mended(html, page)
    built = BUILT.get(f"docs/{page.file.src_uri}")
    if not built or not built.page.runnable:
        return html
    stem = Path(page.file.src_uri).stem
    html = html.replace("</h1>", "</h1>" + takeaway.links(stem), 1)
    html += takeaway.origin(built.ran) if built.ran else ""
    return html + takeaway.parts(built.page, find_project())


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Add what a messenger shows of a link to the page."""
    return output.replace("</head>", sharing.properties(page, config) + "</head>", 1)


def on_post_build(config: MkDocsConfig) -> Any:
    """Put the notebooks and the program of each page beside its HTML, and all into an archive."""
    project, site = find_project(), Path(config.site_dir)
    for path, built in BUILT.items():
        if path in examples.NOTEBOOKS:
            folder, source = site / built.url, project.root / path
            shutil.copy(source, folder / source.name)
            emptied = takeaway.blank(examples.NOTEBOOKS[path])
            text = nbformat.writes(emptied) + "\n"
            (folder / f"{source.stem}-blank.ipynb").write_text(text, encoding="utf-8")
        else:
            takeaway.write_files(built, project, site / built.url, Path(path).stem)
    takeaway.write_archive(site, BUILT)
