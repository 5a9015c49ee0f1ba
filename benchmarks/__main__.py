"""`python -m benchmarks`: measure everything in turn, print the table, keep the results."""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from statistics import median

from benchmarks import builds, chapter, memory, results, rivals, rows, scale, serving
from benchmarks.builds import Numbers
from benchmarks.clock import ROOT
from benchmarks.pages import Sample, sample

Works = dict[str, Callable[[], Numbers]]
ONCE = {"chapter_programs"}  # minutes for a number that nobody disputes
OWN_PYTHON = {"in_turn", "two_at_a_time"}


def main() -> int:
    """Do what the words of the command line say; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", nargs="+", metavar="NAME", help="measure only these")
    parser.add_argument("--repeat", type=int, default=3, help="rounds; the median counts")
    parser.add_argument("--pages", type=int, default=12, help="pages of the sample site")
    parser.add_argument("--into", type=Path, default=ROOT, help="where results are written")
    parser.add_argument("--onto", type=Path, help="results of which the other numbers are kept")
    kept = Path(tempfile.gettempdir()) / "livedocs-benchmarks"
    parser.add_argument("--scratch", type=Path, default=kept, help="sites and environments")
    given = parser.parse_args()
    scratch = given.scratch.resolve()
    tidy(scratch)
    pages = [sample(number) for number in range(given.pages)]
    works = list_works(scratch, pages)
    if unknown := set(given.only or ()) - works.keys():
        parser.error(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(works)}")
    chosen = {name: work for name, work in works.items() if not given.only or name in given.only}
    try:  # before anything is measured
        samples, commits = results.load(given.into, given.onto)
    except ValueError as error:
        parser.error(str(error))
    measured = measure(chosen, given.repeat, partial(warm_up, scratch, pages[:1]))
    samples |= measured
    commits |= dict.fromkeys(measured, results.machine()["commit"])
    table = rows.rows({name: median(values) for name, values in samples.items()})
    results.store(given.into, samples, commits, table)
    print(results.table(table))
    return 0 if all(row.met in (True, None) for row in table) else 1


def tidy(scratch: Path) -> None:
    """Delete the sites of an earlier run: its engine may have been another. Rivals stay."""
    scratch.mkdir(parents=True, exist_ok=True)
    for path in scratch.iterdir():
        if path.name != "rivals":
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def list_works(scratch: Path, pages: list[Sample]) -> Works:
    """Return everything that can be measured, by name, in the order of one round."""
    works: Works = {name: partial(rival, scratch, name, pages) for name in rivals.COLD}
    works["cold"] = partial(builds.cold, scratch, pages)
    works["bound"] = partial(builds.bound, scratch, pages)
    works["warm"] = partial(builds.warm, scratch, pages)
    works["fence"] = partial(builds.fence, scratch, pages)
    works["serve"] = partial(serving.edits, scratch, pages)
    works["memory"] = partial(memory.memory, scratch, pages[:6])
    works["anatomy"] = partial(scale.anatomy, scratch)
    for step in range(3):
        size = len(pages) * 10**step
        works[f"scale_{step}"] = partial(scale.scale, scratch, size, step)
    works["chapter"] = partial(chapter.chapter, scratch)
    works["chapter_programs"] = partial(chapter.programs, scratch)
    return works


@cache
def python_of(name: str, scratch: Path) -> Path:
    """Return the Python that runs a rival."""
    return Path(sys.executable) if name in OWN_PYTHON else rivals.environment(scratch)


def rival(scratch: Path, name: str, pages: list[Sample]) -> Numbers:
    """Measure one rival's cold build."""
    return {f"cold.{name}": rivals.COLD[name](scratch, python_of(name, scratch), pages)}


def warm_up(scratch: Path, pages: list[Sample], name: str) -> None:
    """Build one page unmeasured: lists of fonts and bytecode are then there for everybody."""
    if name in rivals.COLD:
        rival(scratch, name, pages)


def measure(works: Works, repeat: int, warm_up: Callable[[str], None]) -> results.Samples:
    """Go round all works as often as asked, so that a slow quarter of an hour hits all of them."""
    samples: results.Samples = {}
    for turn in range(repeat):
        for name, work in works.items():
            if turn and name in ONCE:
                continue
            began = time.monotonic()
            try:
                if not turn:
                    warm_up(name)
                found = work()
            except RuntimeError as error:
                print(f"{name}: failed: {error}", file=sys.stderr)
                continue
            for key, value in found.items():
                samples.setdefault(key, []).append(value)
            said = ", ".join(f"{key} {value:.2f}" for key, value in found.items())
            print(f"{turn + 1}/{repeat} {name} ({time.monotonic() - began:.0f} s): {said}")
            sys.stdout.flush()
    return samples


if __name__ == "__main__":
    sys.exit(main())
