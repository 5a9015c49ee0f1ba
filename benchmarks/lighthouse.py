"""Ask Lighthouse about a built site: `python -m benchmarks.lighthouse SITE` prints a table.

Lighthouse is a package of npm's, unpacked for this run only (`npx`), and drives the machine's
Chromium as a phone on a slow network. The site is served as GitHub Pages serves it: text packed
with gzip, kept for ten minutes. Scores are medians of five runs; what lost points is named.

With `--away 30` each answer takes 30 ms more, as one from another place does. Lighthouse reckons
the slow network from what it sees of the fast one: where an answer takes no time, all fonts are
there before the first paint, and it takes them for a part of what the first paint had to wait for.
"""

import argparse
import functools
import gzip
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks import looking

VERSION = "12.8.2"  # the last one for Node.js 20
PAGES = ("", "ai-ml-dl/relations/", "ai-ml-dl/neural-network/")
"""The front page, a page of text, a page of figures."""
PACKED = (".html", ".css", ".js", ".json", ".svg", ".xml")
SCORES = ("performance", "accessibility", "best-practices", "seo")


class LikeGitHubPages(looking.Quiet):
    """Files of one folder, packed and kept as GitHub Pages sends them."""

    protocol_version = "HTTP/1.1"
    away = 0.0
    """Seconds that each answer takes on its way."""

    def do_GET(self) -> None:
        """Send a file, packed if it is text and the browser can unpack it."""
        time.sleep(self.away)
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        accepted = "gzip" in self.headers.get("Accept-Encoding", "")
        if not path.is_file() or path.suffix not in PACKED or not accepted:
            super().do_GET()
            return
        body = packed(path)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self) -> None:
        """Let a browser keep what it got for ten minutes."""
        self.send_header("Cache-Control", "max-age=600")
        super().end_headers()


@functools.cache
def packed(path: Path) -> bytes:
    """Return what is sent for a file of text; it is packed once, not while a browser waits."""
    return gzip.compress(path.read_bytes(), 6)


def browser() -> str:
    """Return the path of the machine's browser.

    Raises:
        SystemExit: there is none, or no `npx`.
    """
    found = looking.browser()
    if not found or not shutil.which("npx"):
        sys.exit("Lighthouse needs a Chromium and npx (Node.js 18 or newer) on the PATH.")
    return found


def report(url: str) -> dict[str, Any]:
    """Return what Lighthouse says of a page, in one run with an empty cache.

    Raises:
        RuntimeError: Lighthouse ended without a report; its own words are in it.
    """
    flags = "--headless --no-sandbox --disable-gpu --disable-background-networking"
    asked = ["npx", "--yes", f"lighthouse@{VERSION}", url, "--output=json", "--quiet"]
    asked += [f"--chrome-flags={flags}", f"--only-categories={','.join(SCORES)}"]
    done = subprocess.run(
        asked, env=os.environ | {"CHROME_PATH": browser()}, capture_output=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{url}: {done.stderr.decode()[-2000:]}")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def lost(run: dict[str, Any]) -> list[str]:
    """Return the audits that cost points, with what was found and how much each weighs."""
    found = []
    for name in SCORES:
        for part in run["categories"][name]["auditRefs"]:
            audit = run["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 1:
                points = part["weight"] * (1 - audit["score"])
                found.append(
                    f"{name}: {audit['title']} {audit.get('displayValue', '')} ({points:.1f})"
                )
    return found


def main() -> None:
    """Print scores and what lost points."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lighthouse", description=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--pages", nargs="*", default=PAGES)
    parser.add_argument("--away", type=float, default=0, metavar="MS", help="the server's distance")
    options = parser.parse_args()
    LikeGitHubPages.away = options.away / 1000
    print("| page | " + " | ".join(SCORES) + " |\n|---|" + "--:|" * len(SCORES))
    notes = []
    with looking.serving(options.site, LikeGitHubPages) as home:
        for page in options.pages:
            runs = [report(home + page) for _ in range(options.repeat)]
            runs.sort(key=lambda run: run["categories"]["performance"]["score"])
            medians = [
                statistics.median(run["categories"][name]["score"] for run in runs)
                for name in SCORES
            ]
            print(f"| /{page} | " + " | ".join(f"{100 * score:.0f}" for score in medians) + " |")
            notes += [f"- /{page} {line}" for line in lost(runs[len(runs) // 2])]
    print("\nWhat lost points, in the run in the middle:\n" + "\n".join(notes or ["nothing"]))


if __name__ == "__main__":
    main()
