"""Run one page in this process: its cells go in, what each of them put out comes out.

A process runs one page and ends: nothing that a page does can be felt by another.
"""

import json
import os
import sys
import traceback
from pathlib import Path
from typing import Any, NoReturn

from livedocs.cell import run_cell
from livedocs.guest import NOTHING, Guest
from livedocs.worker import become_worker, keep_to, open_shell


def run_job(folder: Path) -> None:
    """Read `job.json` of a folder, run its cells, write `result.json` beside it.

    `at` holds the number of the cell that is running, so that a process which hangs or dies can
    still be named by its fence.
    """
    job = json.loads((folder / "job.json").read_text(encoding="utf-8"))
    keep_to(job["core"])
    os.environ.update(job["variables"])  # no framework has looked at its devices yet
    variables = dict(os.environ)  # of a guest, whatever the page does to its own
    shell = open_shell(folder)
    guests: dict[str, Guest] = {}
    result: dict[str, Any] = {"cells": [], "failure": None}
    page = os.getpid()
    for number, cell in enumerate(job["cells"]):
        (folder / "at").write_text(str(number))
        if cell["missing"]:
            done = NOTHING | {"missing": cell["backend"]}
        elif backend := cell["backend"]:
            guest = guests.get(backend) or Guest(folder, backend, variables)
            guests[backend] = guest
            done = guest.run(cell)
        else:
            done = run_cell(shell, cell)
        if os.getpid() != page:  # a copy made by os.fork must not speak for the page
            os._exit(0)
        failure = done.pop("failure")
        result["cells"].append(done)
        if failure:
            result["failure"] = failure | {"cell": number}
            break
    result["device"] = device(job)
    partial = folder / "result.partial"
    partial.write_text(json.dumps(result), encoding="utf-8")
    os.replace(partial, folder / "result.json")


def device(job: dict[str, Any]) -> str:
    """Return what a page has computed on, `cpu`, `gpu` or `tpu`, by what its framework says.

    A machine's GPU is not yet a page's: a framework without its libraries stays on the CPU and
    says nothing.
    """
    keras = sys.modules.get("keras")
    used = any("keras" in cell["source"] for cell in job["cells"])
    if job["machine"] == "cpu" or not keras or not used:
        return "cpu"
    try:
        if keras.backend.backend() == "torch":
            return "gpu" if sys.modules["torch"].cuda.is_available() else "cpu"
        return keras.distribution.list_devices()[0].lower().partition(":")[0]
    except Exception:  # what cannot even be listed has computed nothing
        return "cpu"


def begin(folder: Path) -> NoReturn:
    """Run the page of a folder in this process, and end it."""
    status = 1
    try:
        become_worker(folder)
        run_job(folder)
        status = 0
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(status)


if __name__ == "__main__":  # a fresh process, where a warm one cannot be forked
    begin(Path(sys.argv[1]))
