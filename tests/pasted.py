"""Run a text where a reader pastes it: `python -`, a terminal with IPython, a notebook's cell.

Each way takes the text, an empty folder and the variables of the reader's environment, and returns
what went wrong, or "".
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_code_cell, new_notebook

LONGEST = 600  # seconds that a page may take
# What a program needs to be found, to write letters and to keep its settings, here and in Windows.
NEEDED = "PATH LANG LC_ALL HOME SYSTEMROOT TEMP APPDATA LOCALAPPDATA USERPROFILE".split()


def environment(keras: Path, datasets: Path) -> dict[str, str]:
    """Return a reader's environment: KERAS_HOME, where the data sets lie, and nothing else."""
    keras.mkdir()
    (keras / "datasets").symlink_to(datasets)
    kept = {name: os.environ[name] for name in NEEDED if name in os.environ}
    return kept | {"KERAS_HOME": str(keras)}


def interpreter(text: str, folder: Path, variables: dict[str, str]) -> str:
    """Give a text to `python -`."""
    done = subprocess.run(
        [sys.executable, "-"],
        input=text,
        cwd=folder,
        env=variables,
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    return done.stderr[-3000:] or f"{done.returncode}" if done.returncode else ""


def ipython(text: str, folder: Path, variables: dict[str, str]) -> str:
    """Paste a text into a terminal with IPython, as one paste, and press Enter twice."""
    pexpect = pytest.importorskip("pexpect", reason="단말기가 없는 운영 체제입니다.")
    terminal = pexpect.spawn(
        sys.executable,
        "-m IPython --no-banner --colors=nocolor --HistoryManager.enabled=False".split(),
        cwd=str(folder),
        # Without a terminal that answers, it waits for the position of its cursor.
        env=variables | {"TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"},
        dimensions=(50, 200),
        encoding="utf-8",
        timeout=LONGEST,
    )
    try:
        terminal.expect(r"In \[1\]:")
        # One more Enter ends a text whose last line is indented; elsewhere it does nothing.
        terminal.send(f"\x1b[200~{text}\x1b[201~\r\r")
        terminal.expect(r"In \[2\]:")
        said = terminal.before
        terminal.send("get_ipython().last_execution_succeeded\r")
        terminal.expect(r"Out\[2\]: (?:\x1b\[[\d;?]*\w)*(True|False)")
    except pexpect.TIMEOUT:
        return f"{LONGEST}초 안에 끝나지 않았습니다: {terminal.before[-3000:]}"
    finally:
        terminal.kill(signal.SIGKILL)  # close() gives a loaded machine no time and raises
        terminal.wait()
    return "" if terminal.match[1] == "True" else said[-3000:]


def cell(text: str, folder: Path, variables: dict[str, str]) -> str:
    """Put a text into the only cell of a notebook and run it."""
    client = NotebookClient(
        new_notebook(cells=[new_code_cell(text)]),
        timeout=LONGEST,
        resources={"metadata": {"path": folder}},
    )
    try:
        client.execute(env=variables)
    except CellExecutionError as error:
        return str(error)[-3000:]
    return ""


WAYS: dict[str, Callable[[str, Path, dict[str, str]], str]] = {
    "python": interpreter,
    "ipython": ipython,
    "notebook": cell,
}
