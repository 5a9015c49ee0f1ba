"""Keep what was measured: samples go in; a JSON file, the page's CSV file and a table come out."""

import csv
import json
import platform
import re
import subprocess
from collections import Counter
from collections.abc import Iterable
from dataclasses import fields
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import psutil

from benchmarks.clock import ROOT, cores
from benchmarks.rows import Row
from reading.machine import processor

Samples = dict[str, list[float]]
Commits = dict[str, str]
PACKAGES = (
    "tensorflow keras numpy pandas matplotlib ipython mkdocs mkdocs-material mkdocs-jupyter"
).split()
NAMES = {
    "cpu": "프로세서",
    "cores": "코어",
    "memory": "메모리",
    "system": "운영 체제",
    "python": "Python",
    "commit": "커밋",
    "date": "날짜",
}
RIVALS = "sphinx sphinx-gallery myst-nb jupyter-cache".split()


def machine() -> dict[str, str]:
    """Describe where and with what was measured."""
    pins = (ROOT / "benchmarks" / "constraints-rivals.txt").read_text(encoding="utf-8")
    pinned = dict(re.findall(r"^([\w-]+)==(.+)$", pins.lower(), re.MULTILINE))
    asked = ["git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    return {
        "cpu": processor(),
        "cores": str(cores()),
        "memory": f"{psutil.virtual_memory().total / 1e9:.0f} GB",
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        **{name: version(name) for name in PACKAGES},
        **{name: pinned[name] for name in RIVALS},
        "commit": commit.strip(),
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
    }


def load(folder: Path, earlier: Path | None = None) -> tuple[Samples, Commits]:
    """Return what was measured today on this machine with this commit, to go on from there.

    Args:
        folder: where results are written.
        earlier: a file of results to go on from instead, of any day and commit.

    Returns:
        The samples, and the commit that each was measured with.

    Raises:
        ValueError: the earlier file cannot be read, or is of another machine or other packages:
            without its numbers the page would lose them.
    """
    try:
        kept = json.loads((earlier or file_of_today(folder)).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        if earlier:
            raise ValueError(f"{earlier}: no results: {error}") from error
        return {}, {}
    here = machine()
    differ = [name for name, value in here.items() if kept["machine"].get(name) != value]
    if earlier and (other := [name for name in differ if name not in {"commit", "date"}]):
        what = ", ".join(f"{name} {kept['machine'].get(name)}, here {here[name]}" for name in other)
        raise ValueError(f"{earlier}: measured elsewhere ({what}); measure everything anew")
    if differ and not earlier:
        return {}, {}
    samples = kept["samples"]
    return samples, kept.get("commits") or dict.fromkeys(samples, kept["machine"]["commit"])


def store(folder: Path, samples: Samples, commits: Commits, rows: Iterable[Row]) -> None:
    """Write the samples of today and the table that the page shows."""
    listed = list(rows)
    path = file_of_today(folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    table = [
        {each.name: getattr(row, each.name) for each in fields(row)}
        | {"ratio": row.ratio, "met": row.met}
        for row in listed
    ]
    rounded = {name: [round(value, 4) for value in values] for name, values in samples.items()}
    whole = {"machine": machine(), "commits": commits, "samples": rounded, "rows": table}
    path.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    write_table(folder / "data" / "benchmarks.csv", listed)
    shown = machine() | {"commit": said(commits)}
    lines = ["잰 곳,값", *(f'{NAMES.get(k, k)},"{value}"' for k, value in shown.items())]
    with_what = folder / "data" / "benchmarked_with.csv"
    with_what.write_text("\n".join(lines) + "\n", encoding="utf-8")


def said(commits: Commits) -> str:
    """Return the commit of most samples, and which were measured with another."""
    most, *others = [commit for commit, _ in Counter(commits.values()).most_common()] or [""]
    parts = [most]
    for other in others:
        kinds = {name.split(".")[0] for name, commit in commits.items() if commit == other}
        parts.append(f"{other} ({', '.join(sorted(kinds))})")
    return ", ".join(parts)


def write_table(path: Path, rows: Iterable[Row]) -> None:
    """Write the table as the page reads it: what is computed from it is left to the page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    names = [each.name for each in fields(Row)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        for row in rows:
            cells = [getattr(row, name) for name in names]
            writer.writerow([f"{cell:.4g}" if isinstance(cell, float) else cell for cell in cells])


def file_of_today(folder: Path) -> Path:
    """Return where today's samples of this commit stand: those of another are not overwritten."""
    here = machine()
    return folder / "benchmarks" / "results" / f"{here['date']}-{here['commit']}.json"


def table(rows: Iterable[Row]) -> str:
    """Return the table as it is printed."""
    lines = []
    for row in rows:
        line = f"{row.name:18} {row.ours:9.3f}"
        if row.other is not None and row.ratio is not None:
            line += f" / {row.other:9.3f} = {row.ratio:6.3f}"
        if row.goal is not None:
            line += f"  goal {row.goal:5.2f}  {'met' if row.met else 'NOT MET'}"
        lines.append(f"{line}  {row.work} · {row.rival}".rstrip(" ·"))
    return "\n".join(lines)
