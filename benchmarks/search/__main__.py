"""Put searches side by side: `python -m benchmarks.search SITE` prints a table of a built site.

Pagefind must be there (`python -m pip install 'pagefind[bin]'`); without it its rows are missing.
"""

import importlib.util
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks import looking
from benchmarks.search import asking, engines
from benchmarks.search.asking import Answer
from benchmarks.search.queries import ABSENT, FOLDER, Query, read_queries

HEAD = (
    "| search | questions | right page first | among three | nothing for what is absent | "
    "median ms | worst ms | kB |\n|---|--:|--:|--:|--:|--:|--:|--:|"
)


def row(name: str, weight: int, queries: list[Query], answers: list[Answer]) -> str:
    """Return a row of the table."""
    asked = [(q, a) for q, a in zip(queries, answers, strict=True) if q.kind != ABSENT]
    absent = [a for q, a in zip(queries, answers, strict=True) if q.kind == ABSENT]
    first = sum(bool(q.right & set(a.pages[:1])) for q, a in asked) / len(asked)
    three = sum(bool(q.right & set(a.pages[:3])) for q, a in asked) / len(asked)
    nothing = sum(not a.pages for a in absent)
    times = [answer.milliseconds for answer in answers]
    return (
        f"| {name} | {len(asked)} | {first:.1%} | {three:.1%} | {nothing} of {len(absent)} | "
        f"{statistics.median(times):.0f} | {max(times):.0f} | {weight / 1000:.0f} |"
    )


def rows(browser: Browser, name: str, folder: Path, weight: int, program: str) -> Iterator[str]:
    """Ask a site all questions; give a row for each file of them."""
    with looking.serving(folder) as home:
        page = browser.new_page()
        page.goto(home)
        for kind in sorted(path.stem for path in FOLDER.glob("*.csv")):
            queries = read_queries(kind, folder)
            answers = asking.ask(page, [query.text for query in queries], program)
            yield row(f"{name}, {kind}", weight, queries, answers)
        page.close()


def main() -> int:
    """Print the table."""
    site = Path(sys.argv[1])
    scratch = Path(tempfile.mkdtemp())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=looking.browser(), args=["--no-sandbox"]
        )
        sites = [("ours", site, engines.ours(site), asking.WORKER)]
        weight = engines.stock(site, scratch / "stock")
        sites.append(("Material, lang: ko", scratch / "stock", weight, asking.WORKER))
        if importlib.util.find_spec("pagefind"):
            weight = engines.pagefind(site, scratch / "pagefind", engines.PAGEFIND)
            sites.append(("Pagefind with aliases", scratch / "pagefind", weight, asking.PAGEFIND))
        print(HEAD)
        for name, folder, weight, program in sites:
            for line in rows(browser, name, folder, weight, program):
                print(line, flush=True)
        browser.close()
    shutil.rmtree(scratch)
    return 0


if __name__ == "__main__":
    sys.exit(main())
