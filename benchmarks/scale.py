"""How the engine's own time grows: 12, 120 and 1,200 pages of trivial code, all of them cached."""

import sys
from pathlib import Path

from benchmarks.builds import Numbers, build
from benchmarks.clock import ours, surroundings, timed
from benchmarks.pages import trivial
from benchmarks.sites import built_page, lay_out, must_show


def scale(scratch: Path, size: int, step: int) -> Numbers:
    """Build a site of trivial pages with the engine and without it, warm.

    Args:
        scratch: where the sites are.
        size: how many pages.
        step: how many times the size was multiplied by ten.
    """
    pages = [trivial(number) for number in range(size)]
    site, off = scratch / f"scale-{size}", scratch / f"scale-{size}-off"
    if not site.exists():
        lay_out(site, pages)
        lay_out(off, pages, engine=False)
        build(scratch, site)
        must_show(f">{pages[-1].end}", built_page(site, pages[-1], size - 1))
        build(scratch, off)
    return {
        f"scale.{step}.pages": size,
        f"scale.{step}.on": build(scratch, site).seconds,
        f"scale.{step}.off": build(scratch, off).seconds,
    }


def anatomy(scratch: Path) -> Numbers:
    """Take a cold run apart: the import, the start of a page, one more cell.

    The differences of three runs, one page at a time, tell what a page and a cell cost.
    """
    few, many, fences = 6, 24, 51  # the differences must stand out from the noise of an import
    short = run(scratch, few, fences=1)
    longer = run(scratch, many, fences=1)
    fuller = run(scratch, few, fences)
    words = (sys.executable, "-c", "import keras, matplotlib.pyplot, numpy")
    return {
        "anatomy.import": timed(words, scratch, surroundings(scratch)).seconds,
        "anatomy.page": (longer - short) / (many - few),
        "anatomy.cell": (fuller - short) / (few * (fences - 1)),
    }


def run(scratch: Path, size: int, fences: int) -> float:
    """Run trivial pages that were never run, one at a time, without building a site."""
    pages = [trivial(number, fences) for number in range(size)]
    site = lay_out(scratch / "anatomy", pages)
    words = (sys.executable, "-m", "livedocs", "run", "--workers", "1")
    return timed(words, site, ours(scratch, site / "cache")).seconds
