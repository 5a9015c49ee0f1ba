"""The warm process: it has imported what pages import, and forks one child a page.

It reads the folders of pages from standard input, one a line. When a page has ended it leaves
`ended` in its folder: its exit status, how long it took, and whether that was too long. When its
own input ends, it ends every page with it.
"""

import contextlib
import gc
import importlib
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, Protocol

from livedocs.child import begin
from livedocs.ending import adopt, end, sweep
from livedocs.loaded import give_back

FORKS = hasattr(os, "fork")
TICK = 0.02  # seconds


class Process(Protocol):
    """The process of a page."""

    pid: int

    def poll(self) -> int | None:
        """Return its exit status (negative: the signal that killed it), or None if it runs."""


class Forked:
    """A page in a copy of this process, which has all modules at hand."""

    def __init__(self, folder: Path) -> None:
        self.pid = os.fork()
        if self.pid:
            return
        gc.enable()
        os.setsid()
        if sys.platform == "darwin" or initialised():  # a copy would hang
            os.execv(sys.executable, fresh(folder))
        begin(folder)

    def poll(self) -> int | None:
        """Return its exit status (negative: the signal that killed it), or None if it runs."""
        found, status = os.waitpid(self.pid, os.WNOHANG)
        return os.waitstatus_to_exitcode(status) if found else None


def initialised() -> str:
    """Name the framework whose devices are already in use in this process, or return "".

    A child that is forked then hangs for ever: TensorFlow's and JAX's threads stay behind.
    """
    context = getattr(sys.modules.get("tensorflow.python.eager.context"), "_context", None)
    if getattr(context, "_initialized", False):
        return "tensorflow"
    bridge = sys.modules.get("jax._src.xla_bridge")
    if bridge and bridge.backends_are_initialized():
        return "jax"
    torch = sys.modules.get("torch")
    return "torch" if torch and torch.cuda.is_initialized() else ""


def fresh(folder: Path) -> list[str]:
    """Return the command that runs a page without a warm process."""
    return [sys.executable, "-m", "livedocs.child", str(folder)]


def main(home: str, *modules: str) -> None:
    """Import `modules`, then run the pages that are asked for until standard input ends."""
    adopt()
    gc.disable()  # to look for garbage in what is only just imported takes a third of the time
    for name in modules if FORKS and sys.platform != "darwin" else ():
        try:
            importlib.import_module(name)
        except Exception as error:  # the page that imports it will say so in its own place
            print(f"livedocs: {name}: {error}", file=sys.stderr)
    gc.freeze()  # nor need pages look there: they would copy all that they share
    give_back()
    # No SimpleQueue: its `get` waits for ever when this process is held off for longer than TICK.
    asked: queue.Queue[str] = queue.Queue()
    threading.Thread(target=listen, args=[asked], daemon=True).start()
    live: dict[Path, tuple[Process, float, float]] = {}
    while True:
        with contextlib.suppress(queue.Empty):
            line = asked.get(timeout=TICK if live else None)
            if not line:
                break
            folder = Path(line.rstrip("\n"))
            limit = json.loads((folder / "job.json").read_text(encoding="utf-8"))["limit"]
            started = (
                Forked(folder)
                if FORKS
                else subprocess.Popen(fresh(folder), stdin=subprocess.DEVNULL)
            )
            live[folder] = started, time.monotonic(), limit
        for folder, (page, since, limit) in list(live.items()):
            seconds = time.monotonic() - since
            late = seconds > limit
            if late or (folder / "kill").exists():
                end(page.pid)
            status = page.poll()
            if status is not None:
                del live[folder]
                end(page.pid)  # what the page left behind ends with it
                sweep(folder, {each.pid for each, *_ in live.values()})
                tell(folder, {"status": status, "late": late, "seconds": seconds})
    for page, *_ in live.values():
        end(page.pid)
    sweep(Path(home), ())  # reaps the pages, whose own children then come to us
    sweep(Path(home), ())
    shutil.rmtree(home, ignore_errors=True)


def tell(folder: Path, how: dict[str, Any]) -> None:
    """Leave in a page's folder how it ended."""
    ending = folder / "ending"
    try:
        ending.write_text(json.dumps(how))
    except OSError:  # the disk is full: what the page has left of its outputs makes room
        (folder / "result.partial").unlink(missing_ok=True)
        shutil.rmtree(folder / "scratch", ignore_errors=True)
        ending.write_text(json.dumps(how))
    ending.rename(folder / "ended")


def listen(asked: queue.Queue[str]) -> None:
    """Pass on the lines of standard input; an empty one says that the parent is gone."""
    for line in sys.stdin:
        asked.put(line)
    asked.put("")


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    main(*sys.argv[1:])
