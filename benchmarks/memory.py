"""Peak memory of pages that run two and three at a time, and of one plain program."""

import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.builds import Numbers
from benchmarks.clock import AS_PROGRAM, ours, surroundings
from benchmarks.pages import Sample
from benchmarks.rivals import programs
from benchmarks.sites import lay_out
from benchmarks.tree import watched


def memory(scratch: Path, pages: Sequence[Sample]) -> Numbers:
    """Return peaks in MB: proportional set size, all processes of a command together."""
    (path,) = programs(scratch / "programs", pages[:1])
    alone = watched([sys.executable, path], path.parent, surroundings(scratch, **AS_PROGRAM))
    return {
        "memory.program": alone.peak,
        "memory.two": at_a_time(scratch, pages, 2),
        "memory.three": at_a_time(scratch, pages, 3),
    }


def at_a_time(scratch: Path, pages: Sequence[Sample], workers: int) -> float:
    """Return the peak of a run of all pages, so many at a time."""
    site = lay_out(scratch / "memory", pages)
    words = (sys.executable, "-m", "livedocs", "run", "--workers", str(workers))
    return watched(words, site, ours(scratch, site / "cache")).peak
