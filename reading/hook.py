"""MkDocs hook: the executed examples join the site, and their pages are mended."""

import shutil
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from livedocs.project import find_project
from livedocs.report import BUILT
from reading import examples, viewer


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
    """Mend what mkdocs-jupyter makes of an example."""
    if page.file.src_uri.startswith("examples/"):
        return viewer.mended(html, page)
    return html


def on_post_build(config: MkDocsConfig) -> Any:
    """Put each example's program beside its notebook."""
    for path in examples.NOTEBOOKS:
        source = find_project().root / path
        shutil.copy(source, Path(config.site_dir) / BUILT[path].url / source.name)
