"""MkDocs hook: examples join the site, pages get what readers take along, the site its search."""

import re
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from livedocs.project import find_project
from livedocs.report import BUILT, Built
from reading import (
    citation,
    examples,
    exercises,
    interface,
    lost,
    notes,
    reporting,
    repository,
    search,
    sharing,
    sheets,
    takeaway,
    viewer,
    worker,
)
from reading.sections import read_sections
from reading.terms import read_terms
from reading.wording import cited_works, read_asked, read_synonyms

SEARCHED: dict[str, search.Found] = {}
"""The pages of the build that is going on, by their addresses."""
STOCK_WORKER = re.compile(r"assets/javascripts/workers/search\.\w+\.min\.js")
on_env = interface.spoken


def on_startup(command: str, dirty: bool) -> None:
    """Note whether an author is watching."""
    sheets.APART[:] = [command] if command == "serve" else []


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Note where the site will stand."""
    citation.PUBLISHED[:] = [config.site_url] if config.site_url else []
    return config


@event_priority(90)  # after the engine has run them, before mkdocs-jupyter looks for notebooks
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the executed examples to the site."""
    SEARCHED.clear()
    exercises.FOUND.clear()
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


def built_from(page: Page) -> Built | None:
    """Return what was run for a page or an example of the site."""
    source = page.file.src_uri
    if source.startswith("examples/"):
        return BUILT.get(str(Path(source).with_suffix(".py").as_posix()))
    return BUILT.get(f"docs/{source}")


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Mend what mkdocs-jupyter makes of an example; add what is taken along to a page."""
    html = notes.followed(repository.opened(html, config.repo_url, page.url), page, files)
    built = built_from(page)
    stem = Path(page.file.src_uri).stem
    links = takeaway.links(stem, repository.colab(config.repo_url, f"{page.url}{stem}.ipynb"))
    key = built.ran.notebook.metadata["livedocs"].get("key", "") if built and built.ran else ""
    if page.file.src_uri.startswith("examples/"):
        html = viewer.mended(html, page).replace("</h1>", "</h1>" + links, 1)
        page.edit_url = repository.program(page.edit_url or "") or None
    elif built and built.page.runnable:
        exercises.FOUND[page.file.src_uri] = exercises.exercises_in(html, page)
        html = html.replace("</h1>", "</h1>" + links, 1)
        html += takeaway.origin(built.ran) if built.ran else ""
        html += takeaway.parts(built.page, find_project())
    return reporting.reported(html, page, config, key[:16])


def on_page_context(context: Any, page: Page, config: MkDocsConfig, nav: Navigation) -> Any:
    """Read what a search finds on a finished page; fill the sheets of exercises."""
    meta, asked = page.meta, read_asked(find_project().data / "asked.csv")
    learned = asked.get(page.file.src_uri, "|") if meta.get("concepts") else ""
    SEARCHED[page.url] = search.Found(
        page.file.src_uri,
        page.url,
        str(meta.get("title", page.title)),
        meta.get("description", ""),
        learned if "concepts" in meta else None,
        read_sections(page.content or ""),
        cited_works(Path(page.file.abs_src_path or "")),
    )
    # Only now are all pages finished, and what a sheet repeats need not be found twice.
    order = [each.file.src_uri for each in nav.pages]
    page.content = exercises.placed(page.content or "", page, order)
    return context


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Let a page ask our worker, and a messenger know what a link to it shows."""
    output = output.replace(
        "</head>", sharing.properties(page, config, built_from(page)) + "</head>", 1
    )
    output = sheets.dressed(interface.titled(output), Path(config.docs_dir))
    return STOCK_WORKER.sub(worker.worker_name(), repository.quiet(output))


def on_post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    """Let a page without Markdown ask our worker; 404.html speaks Korean."""
    answered = STOCK_WORKER.sub(worker.worker_name(), repository.quiet(sheets.light(output)))
    return lost.explained(answered) if template_name == "404.html" else answered


@event_priority(-50)  # after the theme has written its own index
def on_post_build(config: MkDocsConfig) -> Any:
    """Put notebooks and programs beside their pages; write the index and the search."""
    project, site = find_project(), Path(config.site_dir)
    for path, built in BUILT.items():
        if path in examples.NOTEBOOKS:
            takeaway.write_example(project.root / path, examples.NOTEBOOKS[path], site / built.url)
        else:
            takeaway.write_files(built, project, site / built.url, Path(path).stem)
    takeaway.write_archive(site, BUILT)
    sheets.lighten(site / "assets")
    sheets.join(site, config.extra_javascript)
    repository.name_in(site / "about" / "colab.ipynb", config.repo_url)
    pages = [page for page in SEARCHED.values() if page.sections]
    synonyms = read_synonyms(project.data / "synonyms.csv")
    made = search.index(pages, read_terms(project.data / "terms.csv"), synonyms)
    search.write(made, site)
