"""Builds of the sample site by this engine: cold, warm, after a word, after a fence."""

import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks import formats
from benchmarks.clock import AS_PROGRAM, ONE_THREAD, Took, cores, ours, surroundings, timed
from benchmarks.pages import Sample, sample, unused_mark
from benchmarks.rivals import programs
from benchmarks.sites import built_page, lay_out, must_show, path_of
from benchmarks.tree import watched

BUILD = (sys.executable, "-m", "mkdocs", "build", "--quiet")
IMPORTS = "import keras, matplotlib.pyplot, numpy, pandas"
COMPUTE = """\
import pathlib, sys, time
import keras, matplotlib.pyplot, numpy, pandas
program = compile(pathlib.Path(sys.argv[1]).read_text("utf-8"), sys.argv[1], "exec")
began = time.perf_counter()
exec(program, {"__name__": "__main__"})
print("seconds", time.perf_counter() - began)
"""
TURNS = 9
Numbers = dict[str, float]


def build(scratch: Path, site: Path) -> Took:
    """Build a site; its cache is beside it."""
    return timed(BUILD, site, ours(scratch, site / "cache"))


def executed(site: Path) -> int:
    """Return how many pages the last build ran."""
    report = json.loads((site / "site" / "livedocs.json").read_text(encoding="utf-8"))
    return int(report["executed"])


def cold(scratch: Path, pages: Sequence[Sample]) -> Numbers:
    """Build a site that was never built: nothing is in the cache, not even a list of fonts."""
    site = lay_out(scratch / "on", pages)
    took = build(scratch, site)
    for number, page in enumerate(pages):
        must_show(page.end, built_page(site, page, number))
    return {"cold.ours": took.seconds}


def bound(scratch: Path, pages: Sequence[Sample]) -> Numbers:
    """Measure what no builder of this kind can be faster than.

    It is the CPU time of the pages after the fork and of one import, spread over the cores.
    """
    site = lay_out(scratch / "bound", pages)
    seen = watched(BUILD, site, ours(scratch, site / "cache"), memory=False)
    words = (sys.executable, "-c", IMPORTS)
    once = timed(words, scratch, surroundings(scratch, **ONE_THREAD))
    return {
        "bound.pages_cpu": seen.forked_cpu,
        "bound.import_cpu": once.cpu,
        "bound.import": once.seconds,
        "bound.cores": cores(),
        "bound.seconds": (seen.forked_cpu + once.cpu) / cores(),
    }


def warm(scratch: Path, pages: Sequence[Sample]) -> Numbers:
    """Rebuild with nothing changed, with the engine and without it, then with one word changed."""
    site = kept(scratch, pages)
    off = lay_out(scratch / "off", pages, engine=False)
    build(scratch, off)
    # The three differ by little: they take turns, and the median of their turns counts.
    turns = []
    for _ in range(TURNS):
        turns.append([build(scratch, site).seconds, build(scratch, off).seconds])
        runs = executed(site)
        path = path_of(site, pages[0], 0)
        path.write_text(path.read_text("utf-8").replace("문단", "단락", 1), encoding="utf-8")
        turns[-1].append(build(scratch, site).seconds)
    with_engine, plain, word = (median(turn) for turn in zip(*turns, strict=True))
    words = [sys.executable, "-X", "importtime", *BUILD[1:]]
    imports = timed(words, site, ours(scratch, site / "cache")).output
    loaded = {line.rpartition("|")[2].strip() for line in imports.splitlines()}
    return {
        "warm.on": with_engine,
        "warm.off": plain,
        "warm.executed": runs,
        "warm.frameworks": len(loaded & {"tensorflow", "jax"}),
        "word.on": word,
        "word.executed": executed(site),
    }


def fence(scratch: Path, pages: Sequence[Sample]) -> Numbers:
    """Rebuild after a change of one fence; run the same page as a program; time its computing."""
    site = kept(scratch, pages)
    number = int(pages[0].name[-4:])
    changed = sample(number, unused_mark())
    path_of(site, pages[0], 0).write_text(formats.book(changed), encoding="utf-8")
    took = build(scratch, site).seconds
    must_show(changed.end, built_page(site, changed, 0))
    (path,) = programs(scratch / "programs", [changed])
    program = timed([sys.executable, path], scratch, surroundings(scratch, **AS_PROGRAM)).seconds
    one = surroundings(scratch, **AS_PROGRAM, **ONE_THREAD)
    alone = timed([sys.executable, "-c", COMPUTE, path], scratch, one).output
    return {
        "fence.build": took,
        "fence.executed": executed(site),
        "fence.program": program,
        "fence.compute": float(alone.split("seconds")[-1]),
    }


def kept(scratch: Path, pages: Sequence[Sample]) -> Path:
    """Return the sample site with everything in its cache and nothing changed since."""
    site, cache = scratch / "on", scratch / "cache-kept"
    if (site / "cache").is_dir():
        shutil.rmtree(cache, ignore_errors=True)
        (site / "cache").rename(cache)
    lay_out(site, pages)
    if cache.is_dir():
        cache.rename(site / "cache")
    build(scratch, site)
    return site
