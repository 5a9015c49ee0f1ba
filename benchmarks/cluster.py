"""Simulate 10,000 pages on a cluster: `python -m benchmarks.cluster`.

Page times are drawn from those of the last build, what a cluster adds is measured (`overheads`).
The simulated client does what `livedocs.cluster` does: it keeps one page a worker on the way, and
looks for results ten times a second.
"""

import argparse
import csv
import heapq
import json
import os
import random
import statistics
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.clock import ROOT, cores
from benchmarks.overheads import Overheads, measured
from livedocs import cache
from livedocs.__main__ import jobs_of, read_all
from livedocs.cluster import TICK
from livedocs.job import pack
from livedocs.notebook import Node
from livedocs.project import Project
from livedocs.warmth import modules_of

PAGES = 10_000
WORKERS = [2**step for step in range(13)]
RESULTS = Path(__file__).parent / "results"
SHOWN = ROOT / "data" / "cluster.csv"


@dataclass(frozen=True)
class Row:
    """One simulated run."""

    workers: int
    seconds: float
    efficiency: float
    """Time in which pages ran, of the time that all workers were there."""
    client: float
    """Part of the time in which the client was busy."""
    scheduler: float
    """Part of the time in which the scheduler was busy."""
    tail: float
    """Part of the time in which no page waited any more, and the last ones ran."""


def drawn(times: list[float], pages: int = PAGES) -> list[float]:
    """Return how long each page takes: drawn from what was measured, the same at each run."""
    return random.Random(0).choices(times, k=pages)


def simulated(pages: list[float], workers: int, adds: Overheads) -> Row:
    """Run pages on workers; return how long it took and who was busy."""
    now = scheduler = client_busy = sent = 0.0
    free = [(0.0, number) for number in range(workers)]  # when each worker has nothing to do
    fresh = set(range(workers))
    out: list[float] = []  # when each page that is on its way will have ended
    waiting = list(reversed(pages))
    while waiting or out:
        began = now
        while waiting and len(out) < workers:
            now = sent = now + adds.submit
            scheduler = max(scheduler, now) + adds.scheduler
            at, worker = heapq.heappop(free)
            end = max(at, scheduler) + adds.page + waiting.pop()
            if worker in fresh:
                fresh.remove(worker)
                end += adds.start + adds.sets
            heapq.heappush(free, (end, worker))
            heapq.heappush(out, end)
        while out and out[0] <= now:
            heapq.heappop(out)
            now += adds.collect
        client_busy += now - began
        now += TICK + adds.look
    busy = adds.scheduler * len(pages)
    efficiency = sum(pages) / (workers * now)
    return Row(workers, now, efficiency, client_busy / now, busy / now, 1 - sent / now)


def middle(project: Project, keys: Iterable[str]) -> tuple[int, Node]:
    """Return how many bytes a page sends, and what it gives back: the ones in the middle."""
    jobs = jobs_of(read_all(project), project).values()
    modules = modules_of(jobs)
    sent = [len(repr(pack(cells, "tensorflow", "", modules, project))) for cells in jobs]
    back = [notebook for key in keys if (notebook := cache.load(project, key))]
    if not back:
        sys.exit("캐시에 결과가 없습니다. mkdocs build를 먼저 실행하세요.")
    back.sort(key=lambda notebook: len(json.dumps(notebook)))
    return round(statistics.median(sent)), back[len(back) // 2]


def main(words: list[str] | None = None) -> None:
    """Measure, simulate, print and write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cluster", description=__doc__)
    parser.add_argument("--report", type=Path, default=ROOT / "site" / "livedocs.json")
    given = parser.parse_args(words)
    if not given.report.exists():
        sys.exit(f"{given.report}가 없습니다. mkdocs build를 먼저 실행하세요.")
    report = json.loads(given.report.read_text(encoding="utf-8"))
    ran = [page for page in report["pages"] if page["fences"]]
    times = sorted(page["seconds"] for page in ran)
    sent, back = middle(Project(ROOT), [page["key"] for page in ran])
    with tempfile.TemporaryDirectory() as scratch:
        adds = measured(Project(ROOT), Path(scratch), sent, back)
    rows = [simulated(drawn(times), workers, adds) for workers in WORKERS]
    line = "{:>5} {:>9.0f}s {:>6.1%} client {:>6.1%} scheduler {:>6.1%} tail {:>6.1%}"
    for row in rows:
        print(line.format(*vars(row).values()))
    write(rows, RESULTS / "cluster.csv")
    write(rows, SHOWN)
    told = {
        "date": datetime.now(UTC).date().isoformat(),
        "cores": cores(),
        "load": os.getloadavg()[0],
        "overheads": asdict(adds),
        "job_bytes": sent,
        "notebook_bytes": len(json.dumps(back)),
        "page_seconds": times,
    }
    (RESULTS / "cluster.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def write(rows: list[Row], path: Path) -> None:
    """Write rows as CSV."""
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(vars(rows[0])), lineterminator="\n")
        writer.writeheader()
        writer.writerows({n: round(v, 4) for n, v in vars(row).items()} for row in rows)


if __name__ == "__main__":
    main()
