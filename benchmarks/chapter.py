"""Builds of the book itself: cold, warm, and the same site with the engine switched off."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.builds import BUILD, Numbers, executed
from benchmarks.clock import AS_PROGRAM, ROOT, surroundings, timed

OF_ENGINE = re.compile(r"^ *- livedocs[./].*\n", re.MULTILINE)


def chapter(scratch: Path) -> Numbers:
    """Build a copy of this checkout cold, then warm, then without the engine."""
    site, off = copy(scratch / "chapter"), copy(scratch / "chapter-off")
    cold = build(scratch, site)
    ran = executed(site)
    warm = build(scratch, site)
    settings = off / "mkdocs.yml"
    without = OF_ENGINE.sub("", settings.read_text("utf-8"))
    settings.write_text(re.sub(r"^hooks:\n(?! )", "", without, flags=re.M), encoding="utf-8")
    # The same pages: the examples, which the engine adds, stand among the documents here.
    for notebook in (site / "site" / "examples").glob("*/*.ipynb"):
        (off / "docs" / "examples").mkdir(exist_ok=True)
        shutil.copy(notebook, off / "docs" / "examples")
    build(scratch, off)
    return {
        "chapter.pages": ran,
        "chapter.cold": cold,
        "chapter.warm": warm,
        "chapter.off": build(scratch, off),
    }


def programs(scratch: Path) -> Numbers:
    """Run every page of the book as a program of its own, one after another."""
    site = copy(scratch / "chapter-programs")
    own = {"PYTHONPATH": str(site), "LIVEDOCS_CACHE": str(scratch / "chapter" / "cache")}
    export = (sys.executable, "-m", "livedocs", "export", "programs")
    timed(export, site, surroundings(scratch, **own))  # what the last build ran is in the cache
    (scratch / "keras").mkdir(exist_ok=True)
    data = scratch / "keras" / "datasets"
    if not data.exists():
        data.symlink_to(ROOT / "data" / "datasets")
    seconds, alone = 0.0, surroundings(scratch, **AS_PROGRAM)
    for path in sorted((site / "programs").rglob("*.py")):
        seconds += timed((sys.executable, path), path.parent, alone).seconds
    return {"chapter.in_turn": seconds}


def build(scratch: Path, folder: Path) -> float:
    """Build a copy with its own engine and its own cache."""
    own = {"PYTHONPATH": str(folder), "LIVEDOCS_CACHE": str(folder / "cache")}
    return timed(BUILD, folder, surroundings(scratch, **own)).seconds


def copy(folder: Path) -> Path:
    """Copy this checkout without what git ignores."""
    shutil.rmtree(folder, ignore_errors=True)
    asked = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return folder
