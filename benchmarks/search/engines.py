"""The searches: a built site goes in; a site that answers with another search comes out."""

import gzip
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from material.plugins.search.plugin import SearchIndex

from reading.search import INDEX, scripts
from reading.terms import read_terms

ROOT = Path(__file__).parent.parent.parent
ARTICLE = re.compile(r"(<article[^>]*>)(.*)(</article>)", re.DOTALL)
WORKER = re.compile(r"assets/javascripts/search\.\w+\.js")
TITLE = re.compile(r"<h1[^>]*>(.*?)<", re.DOTALL)
# What mkdocs.yml gives to Material's search plugin.
CONFIG: dict[str, Any] = {
    "lang": ["ko"],
    "separator": r"[\s\-]+",
    "pipeline": [],
    "fields": {"title": {"boost": 1e3}, "text": {"boost": 1.0}, "tags": {"boost": 1e6}},
}


def pages(site: Path) -> dict[str, Path]:
    """Return the pages of a site by address."""
    found = {file.parent.relative_to(site).as_posix(): file for file in site.rglob("index.html")}
    return {"" if url == "." else f"{url}/": file for url, file in sorted(found.items())}


def stock(site: Path, folder: Path) -> int:
    """Give a copy of the site Material's own index and worker; return the bytes of both."""
    shutil.copytree(site, folder)
    [worker] = (folder / "assets" / "javascripts" / "workers").glob("search.*.min.js")
    index = SearchIndex(**CONFIG)
    for url, file in pages(folder).items():
        html = file.read_text(encoding="utf-8")
        file.write_text(WORKER.sub(f"assets/javascripts/workers/{worker.name}", html), "utf-8")
        title, article = TITLE.search(html), ARTICLE.search(html)
        page = SimpleNamespace(
            meta={"title": title[1] if title else url},
            content=article[2] if article else "",
            toc=[],
            url=url,
            title=url,
        )
        index.add_entry_from_context(page)
    path = folder / "search" / "search_index.json"
    path.write_text(index.generate_search_index(None), encoding="utf-8")
    language = folder / "assets" / "javascripts" / "lunr" / "min" / "lunr.ko.min.js"
    return sum(map(weight, filter(Path.exists, (path, worker, language))))


def ours(site: Path) -> int:
    """Return the bytes of our index, worker and program."""
    return sum(weight(site / name) for name in (INDEX, *scripts()))


def pagefind(site: Path, folder: Path, command: list[str]) -> int:
    """Give a copy of the site Pagefind's index, with the other words for its terms as text."""
    shutil.copytree(site, folder)
    files = {str(file): file for file in pages(folder).values()}
    for term in read_terms(ROOT / "data" / "terms.csv"):
        url = term.page.removesuffix(".md").removesuffix("index")
        file = files.get(str(folder / url / "index.html"))
        if file:
            words = ", ".join([term.term, term.english, *term.aliases, *term.forbidden])
            html = file.read_text(encoding="utf-8")
            file.write_text(html.replace("</article>", f"<p>{words}</p></article>"), "utf-8")
    options = ["--site", str(folder), "--root-selector", "article"]
    subprocess.run([*command, *options], check=True, stdout=subprocess.DEVNULL)
    return sum(weight(file) for file in (folder / "pagefind").rglob("*") if needed(file))


def needed(file: Path) -> bool:
    """Say whether a search needs a file, not the search box that Pagefind brings."""
    return file.is_file() and "ui" not in file.name and "component" not in file.name


def weight(file: Path) -> int:
    """Return the bytes of a file as it is sent."""
    content = file.read_bytes()
    packed = file.suffix in {".pf_meta", ".pf_index", ".pf_fragment", ".pagefind"}
    return len(content) if packed else len(gzip.compress(content))


PAGEFIND = [sys.executable, "-m", "pagefind"]
