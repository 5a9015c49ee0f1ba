"""Run one cell in a shell: code and questions go in; outputs, answers and a failure come out."""

import json
import time
import traceback
from typing import Any

from livedocs.capture import cut
from livedocs.shell import PageShell

MOST_REASON = 2_000  # characters of an exception that an author reads


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
