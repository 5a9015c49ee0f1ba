"""MkDocs hook: examples join the site, pages get what readers take along, the site its search."""

import re
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
from reading import examples, lost, repository, search, sharing, takeaway, viewer
from reading.bibliography import read_bibliography
from reading.citations import citations_in
from reading.concepts import Concept, read_concepts
from reading.sections import read_sections
from reading.terms import read_terms
from reading.wording import read_synonyms

SEARCHED: dict[str, search.Found] = {}
"""The pages of the build that is going on, by their addresses."""
STOCK_WORKER = re.compile(r"assets/javascripts/workers/search\.\w+\.min\.js")


@event_priority(90)  # after the engine has run them, before mkdocs-jupyter looks for notebooks
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the executed examples to the site."""
    SEARCHED.clear()
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
    html = repository.opened(html, config.repo_url, page.url)
    example = page.file.src_uri.startswith("examples/")
    built = BUILT.get(f"docs/{page.file.src_uri}")
    if not example and (not built or not built.page.runnable):
        return html
    stem = Path(page.file.src_uri).stem
    colab = repository.colab(config.repo_url, f"{page.url}{stem}.ipynb")
    if example:
        html = viewer.mended(html, page)
        page.edit_url = repository.program(page.edit_url or "") or None
    html = html.replace("</h1>", "</h1>" + takeaway.links(stem, colab), 1)
    if not built:
        return html
    html += takeaway.origin(built.ran) if built.ran else ""
    return html + takeaway.parts(built.page, find_project())


def on_page_context(context: Any, page: Page, config: MkDocsConfig, nav: Navigation) -> Any:
    """Read what a search finds on a finished page."""
    concepts, meta = read_concepts(find_project().data / "concepts.csv"), page.meta
    said = [concepts[id] for id in meta.get("concepts", []) if id in concepts]
    SEARCHED[page.url] = search.Found(
        page.file.src_uri,
        page.url,
        str(meta.get("title", page.title)),
        meta.get("description", ""),
        words_of(said) if "concepts" in meta else None,
        read_sections(page.content or ""),
        cited_works(Path(page.file.abs_src_path or "")),
    )
    return context


def words_of(concepts: list[Concept]) -> list[str]:
    """Return what the lecture calls and says of concepts, each once."""
    headings = [concept.heading for concept in concepts]
    return list(dict.fromkeys([*headings, *(concept.says for concept in concepts)]))


def cited_works(path: Path) -> list[str]:
    """Return the authors and the title of each work that a page cites."""
    if path.suffix != ".md":
        return []
    sources = read_bibliography(find_project().docs / "sources.bib")
    keys = dict.fromkeys(key for _, key in citations_in(path.read_text(encoding="utf-8")))
    works = [sources[key] for key in keys if key in sources]
    return [" ".join([*work.authors, work.fields.get("title", "")]) for work in works]


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Let a page ask our worker, and a messenger know what a link to it shows."""
    output = output.replace("</head>", sharing.properties(page, config) + "</head>", 1)
    return STOCK_WORKER.sub(search.worker_name(), repository.quiet(output))


def on_post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    """Let a page without Markdown ask our worker; 404.html speaks Korean."""
    answered = STOCK_WORKER.sub(search.worker_name(), repository.quiet(output))
    return lost.explained(answered) if template_name == "404.html" else answered


@event_priority(-50)  # after the theme has written its own index
def on_post_build(config: MkDocsConfig) -> Any:
    """Put notebooks and programs beside their pages; write the index and the worker."""
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
    if (builds := site / "about" / "colab.ipynb").is_file():
        text = builds.read_text(encoding="utf-8")
        builds.write_text(repository.named(text, config.repo_url), encoding="utf-8")
    pages = [page for page in SEARCHED.values() if page.sections]
    synonyms = read_synonyms(project.data / "synonyms.csv")
    made = search.index(pages, read_terms(project.data / "terms.csv"), synonyms)
    written = site / "search" / "search_index.json"
    if written.is_file():  # without it the site has no search
        written.write_text(search.dumped(made), encoding="utf-8")
        (site / search.worker_name()).write_text(search.worker(), encoding="utf-8")
