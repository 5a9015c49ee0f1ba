"""Look at a built site as a visitor will: a folder goes in, what is missing or heavy comes out."""

import gzip
import json
import re
import shutil
import subprocess
import sysconfig
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from reading.lost import HEADING
from reading.repository import BRANCH

CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)"')
COLAB = rf"^https://colab\.research\.google\.com/github/[^/]+/[^/]+/blob/{BRANCH}/(.*)"
EDIT = r"^https://github\.com/[^/]+/[^/]+/edit/[^/]+/(.*)"
NO_LYCHEE = "링크를 보는 lychee가 없습니다: python -m pip install -c constraints.txt -e '.[links]'"
FLAGS = "--offline --include-fragments --index-files index.html --no-progress --format json".split()


def problems(site: Path, checkout: Path) -> list[str]:
    """Return what is wrong with a site, one line each, for its author."""
    return [*missing(site), *broken(site, checkout)]


def address(site: Path) -> str:
    """Return where a site says that it is published, or nothing."""
    found = CANONICAL.search((site / "index.html").read_text(encoding="utf-8"))
    return found[1] if found else ""


def missing(site: Path) -> list[str]:
    """Return which of the files that a visitor never sees a link to are not as they should be."""
    lost, sitemap = site / "404.html", site / "sitemap.xml"
    listed = sitemap.read_text(encoding="utf-8").count("<loc>") if sitemap.is_file() else 0
    said = []
    if not lost.is_file() or HEADING not in lost.read_text(encoding="utf-8"):
        said.append("404.html: 없는 주소를 우리말로 알리지 않습니다.")
    if address(site) and listed != len(weights(site)):
        said.append(f"sitemap.xml: 쪽 {len(weights(site))}개 가운데 {listed}개만 적혀 있습니다.")
    return said


def broken(site: Path, checkout: Path) -> list[str]:
    """Return every link of a site to a file, page or heading that is not there.

    No network is used. Addresses of the published site and of its notebooks' branch are looked up
    in the site, those for mending a page in the checkout; other hosts are not asked. lychee does
    not look for scripts: a missing one is seen by the tests with a browser.

    Raises:
        RuntimeError: lychee is not installed, or does not understand us.
    """
    scripts = sysconfig.get_path("scripts")
    lychee = shutil.which("lychee", path=scripts) or shutil.which("lychee")
    if not lychee:
        raise RuntimeError(NO_LYCHEE)
    home = address(site)
    moves = {COLAB: site, EDIT: checkout}
    if home:
        moves[f"^{re.escape(home.rstrip('/'))}/(.*)"] = site
    remaps = [f"--remap={old} {new.resolve().as_uri()}/$1" for old, new in moves.items()]
    with TemporaryDirectory() as folder:
        # 404.html names its files from the root of the host, of which the site may be a folder.
        root = Path(folder).resolve() / "root"
        link = root / urlsplit(home).path.strip("/")
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(site.resolve(), target_is_directory=True)
        words = [lychee, *FLAGS, *remaps, f"--root-dir={root}", str(site.resolve())]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 2):
        raise RuntimeError(f"lychee: {done.stderr.strip()}")
    found = json.loads(done.stdout)["error_map"]
    return sorted(
        f"{Path(page).relative_to(site.resolve())}: {said(link)} ({link['status']['text']})"
        for page, links in found.items()
        for link in links
    )


def said(link: dict) -> str:
    """Return an address as the page has it, as far as it is known."""
    return link.get("remap", {}).get("original", {}).get("url") or link["url"]


def weights(site: Path) -> dict[str, int]:
    """Return how many bytes a visitor loads for each page's HTML, its figures included."""
    pages = (page for page in site.rglob("index.html"))
    return {
        page.parent.relative_to(site).as_posix(): len(gzip.compress(page.read_bytes(), 6))
        for page in sorted(pages)
    }
