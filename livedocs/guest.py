"""Run fences of a page under another backend: cells go in, what each put out comes out.

All fences of a page with the same `backend=` share one process of their own, in the order of the
page; with the page's other fences they share only the folder in which files are written.
"""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from livedocs.cell import run_cell
from livedocs.worker import become_worker, open_shell

NOTHING: dict[str, Any] = {"outputs": [], "values": [], "seconds": 0.0, "failure": None}


class Guest:
    """A fresh process of another backend; it lives as long as its page."""

    def __init__(self, folder: Path, backend: str, variables: Mapping[str, str]) -> None:
        self.backend, self.folder = backend, folder / backend
        self.folder.mkdir()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "livedocs.guest", str(folder), backend],
            cwd=folder,  # the page may have gone elsewhere
            env={**variables, "KERAS_BACKEND": backend},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def run(self, cell: dict[str, Any]) -> dict[str, Any]:
        """Run a cell there, as `run_cell` does here."""
        assert self.process.stdin and self.process.stdout
        with contextlib.suppress(OSError):  # it has died: there is no answer, either
            print(json.dumps(cell), file=self.process.stdin, flush=True)
        answer = self.process.stdout.readline()
        return json.loads(answer) if answer else NOTHING | {"failure": self.death()}

    def death(self) -> dict[str, Any]:
        """Say how the process ended that gave no answer."""
        status = self.process.wait()
        how = f"신호 {-status}(으)로 죽었습니다" if status < 0 else f"상태 {status}로 끝났습니다"
        lines = (self.folder / "log").read_text(encoding="utf-8", errors="replace").splitlines()
        text = f"{self.backend} 프로세스가 {how}. {''.join(lines[-1:])}"
        return {"name": "died", "text": text.rstrip(), "line": 0}


def main(folder: Path, backend: str) -> None:
    """Run the cells that a page sends, under the backend for which this process was started."""
    cells, answers = os.fdopen(os.dup(0), encoding="utf-8"), os.fdopen(os.dup(1), "w")
    become_worker(folder / backend)
    shell, guest = open_shell(folder), os.getpid()
    for line in cells:
        done = run_cell(shell, json.loads(line))
        if os.getpid() != guest:
            os._exit(0)
        print(json.dumps(done), file=answers, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
