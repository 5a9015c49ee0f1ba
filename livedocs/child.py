"""Run one page in this process: its cells go in, what each of them put out comes out.

A process runs one page and ends: nothing that a page does can be felt by another.
"""

import json
import os
import sys
import time
import traceback
import warnings
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
from matplotlib import font_manager

from livedocs.capture import cut
from livedocs.ending import end_with_parent
from livedocs.shell import PageShell

MOST_REASON = 2_000  # characters of an exception that an author reads
FONT = Path(__file__).parent / "assets" / "Pretendard-Regular.otf"


def run_job(folder: Path) -> None:
    """Read `job.json` of a folder, run its cells, write `result.json` beside it.

    `at` holds the number of the cell that is running, so that a process which hangs or dies can
    still be named by its fence.
    """
    job = json.loads((folder / "job.json").read_text(encoding="utf-8"))
    font_manager.fontManager.addfont(FONT)
    warnings.filterwarnings("error", message="Glyph .* missing from font")
    shell = PageShell.instance()
    # A fork inherits NumPy's state: pages that set no seed would all draw the same numbers.
    np.random.seed()
    os.chdir(folder / "scratch")
    result: dict[str, Any] = {"cells": [], "failure": None}
    page = os.getpid()
    for number, cell in enumerate(job["cells"]):
        (folder / "at").write_text(str(number))
        done = run_cell(shell, cell)
        if os.getpid() != page:  # a copy made by os.fork must not speak for the page
            os._exit(0)
        failure = done.pop("failure")
        result["cells"].append(done)
        if failure:
            result["failure"] = failure | {"cell": number}
            break
    partial = folder / "result.partial"
    partial.write_text(json.dumps(result), encoding="utf-8")
    os.replace(partial, folder / "result.json")


def run_cell(shell: PageShell, cell: dict[str, Any]) -> dict[str, Any]:
    """Run one cell and evaluate what is asked after it.

    Args:
        cell: `source`, `raises` (a name, or empty), `asks` (expressions).

    Returns:
        `outputs` in nbformat's form, `values` (a string for each question), `seconds`, and
        `failure`: None or `name`, `text` and the `line` of the cell, counted from 1.
    """
    started = time.perf_counter()
    values: list[str] = []
    failure = None
    with shell.capturing() as outputs:
        error = shell.run_source(cell["source"])
        expected = cell["raises"]
        if error and type(error).__name__ != expected:
            failure = described(shell, cell["source"], error)
        elif expected and not error:
            text = f"{expected} 예외가 나야 하는데 아무 예외도 나지 않았습니다."
            failure = {"name": "raises", "text": text, "line": 1}
        for expression in () if failure else cell["asks"]:
            try:
                values.append(str(eval(expression, shell.user_ns)))
            except Exception as wrong:
                text = f"{type(wrong).__name__}: {wrong} ({expression})"
                failure = {"name": "value", "text": text, "line": 0, "ask": len(values)}
                break
    try:
        json.dumps(outputs)
    except (TypeError, ValueError) as wrong:
        failure = failure or {"name": type(wrong).__name__, "text": str(wrong), "line": 1}
        outputs.clear()
    seconds = time.perf_counter() - started
    return {"outputs": outputs, "values": values, "seconds": seconds, "failure": failure}


def described(shell: PageShell, source: str, error: BaseException) -> dict[str, Any]:
    """Return an exception as a page's author wants it: name, text, line of the cell."""
    line = line_in_cell(source, error)
    try:
        text = cut(str(error), MOST_REASON)
    except Exception as wrong:  # an exception of the page's own, whose words cannot be had
        text = f"({type(wrong).__name__})"
    if isinstance(error, AssertionError) and not text:
        text = shell.explain(source, line)
    return {"name": type(error).__name__, "text": text, "line": line}


def line_in_cell(source: str, error: BaseException) -> int:
    """Return the line of the cell's own statement in which an exception came up."""
    if isinstance(error, SyntaxError) and error.lineno:
        return error.lineno
    for frame, line in traceback.walk_tb(error.__traceback__):
        is_module = frame.f_code.co_name == "<module>"
        if is_module and frame.f_globals.get("__name__") == "__main__":
            return min(line, source.count("\n") + 1)
    return 1


def become_worker(folder: Path) -> None:
    """Cut this process off from the terminal and tie its life to its parent's."""
    log = os.open(folder / "log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(log, 1)  # what C++ writes to the descriptors must reach neither reader nor terminal
    os.dup2(log, 2)
    sys.stdin = open(0, encoding="utf-8", closefd=False)
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False)
    end_with_parent()


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
