"""Time what an author waits for under `mkdocs serve`: from a saved file to the reader's screen.

`python -m benchmarks.serve` copies the book into a scratch folder, adds a page like its own (more
with `--pages`), starts `mkdocs serve` there and edits that page while a browser shows it.
"""

import argparse
import contextlib
import itertools
import os
import random
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parent.parent
PARTS = ("docs", "data", "examples", "livedocs", "reading", "mkdocs.yml")
EDITED = "docs/part1/page1.md"
START = (
    "---\ntitle: 고치는 쪽\n---\n\n# 고치는 쪽 { #edited }\n\n처음말\n\n"
    "```python\nimport keras\n\nprint(keras.backend.backend(), 100)\n```\n\n"
)
PATIENCE = 120_000  # milliseconds


def grown(folder: Path, pages: int) -> Path:
    """Copy the book into a folder; repeat its pages, one at least, until it has so many."""
    root = folder / "book"
    root.mkdir()
    for part in PARTS:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, root / part)
    own = sorted((root / "docs").rglob("*.md"))
    long = sorted(own, key=lambda path: path.stat().st_size)[-5:]
    for number in range(1, max(pages - len(own), 1) + 1):
        target = root / "docs" / f"part{number % 8}" / f"page{number}.md"
        target.parent.mkdir(exist_ok=True)
        text = long[number % 5].read_text(encoding="utf-8")
        target.write_text(re.sub(r"\]\((?!http)[^)]*\.md[^)]*\)", "](#)", text), encoding="utf-8")
    edited = root / EDITED
    whole = edited.read_text(encoding="utf-8").split("---\n", 2)[2]
    edited.write_text(START + whole.replace("{ #", "{ #own-"), encoding="utf-8")
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    without_nav = re.sub(r"^nav:\n(?:[ #].*\n|\n)*", "", settings, flags=re.MULTILINE)
    (root / "mkdocs.yml").write_text(without_nav, encoding="utf-8")
    return root


@contextlib.contextmanager
def served(root: Path) -> Iterator[tuple[str, subprocess.Popen, Path]]:
    """Run `mkdocs serve` in a folder; give its address, its process and its log."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = root.parent / "log"
    server = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "-a", f"127.0.0.1:{port}"],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root), "NO_MKDOCS_2_WARNING": "1"},
        stdout=log.open("w"),
        stderr=subprocess.STDOUT,
    )
    try:
        yield f"http://127.0.0.1:{port}/", server, log
    finally:
        server.terminate()
        server.wait()


def answers(address: str, server: subprocess.Popen) -> None:
    """Wait until a server answers."""
    host, port = re.findall(r"//(.*):(\d+)/", address)[0]
    while True:
        assert server.poll() is None, "the server has ended"
        with contextlib.suppress(OSError), socket.create_connection((host, int(port)), 1):
            return
        time.sleep(0.05)


def saved_to_seen(page: Page, file: Path, old: str, new: str, shown: str) -> float:
    """Replace words in a file; return the seconds until the browser shows what comes of it."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    started = time.perf_counter()
    file.write_text(text.replace(old, new), encoding="utf-8")
    page.get_by_text(shown, exact=True).first.wait_for(timeout=PATIENCE)
    return time.perf_counter() - started


def told(name: str, seconds: list[float]) -> None:
    """Print the median and the worst of some times."""
    middle = statistics.median(seconds)
    print(f"{name}: median {middle:.2f} s, worst {max(seconds):.2f} s of {len(seconds)}")


def main() -> None:
    """Measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=0)
    parser.add_argument("--repeat", type=int, default=10)
    parser.add_argument("--browser", default=shutil.which("chromium"))
    given = parser.parse_args()
    pauses = random.Random(0)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        root = grown(Path(folder), given.pages)
        for only in ("docs/part?/page[1-5].md", "docs/*", "examples/*"):  # the others are alike
            run = [sys.executable, "-m", "livedocs", "run", "--only", only]
            subprocess.run(run, cwd=root, env=os.environ | {"PYTHONPATH": str(root)}, check=True)
        started = time.perf_counter()
        with served(root) as (address, server, log):
            answers(address, server)
            print(f"server answers after {time.perf_counter() - started:.1f} s")
            browser = playwright.chromium.launch(
                executable_path=given.browser, args=["--no-sandbox"]
            )
            page = browser.new_page()
            page.goto(f"{address}part1/page1/")
            page.get_by_text("tensorflow 100").wait_for(timeout=PATIENCE)
            file = root / EDITED
            rested, busy, code = [], [], []
            words = ["처음말", *(f"낱말{number}" for number in range(3 * given.repeat))]
            for number, (old, new) in enumerate(itertools.pairwise(words)):
                if number < given.repeat:
                    time.sleep(8 + pauses.random())  # the whole site has been built meanwhile
                    rested.append(saved_to_seen(page, file, old, new, new))
                else:
                    time.sleep(pauses.uniform(0.5, 5))  # some of these meet it
                    busy.append(saved_to_seen(page, file, old, new, new))
            for number in range(100, 100 + given.repeat):
                time.sleep(pauses.uniform(3, 8))
                shown = f"tensorflow {number + 1}"
                code.append(saved_to_seen(page, file, f"), {number})", f"), {number + 1})", shown))
            told("prose, author has rested", rested)
            told("prose, at any time", busy)
            told("code, the page runs", code)
            print(log.read_text(encoding="utf-8").count("실행 1/1쪽"), "pages were run")


if __name__ == "__main__":
    main()
