"""The warm process: it has imported what pages import, and forks one child a page.

It reads requests from standard input, one JSON object a line, `{"start": folder}` or
`{"kill": folder}`, and answers `{"started": folder}` and `{"ended": folder, "status": n}`. When its
input ends, it ends every page with it.
"""

import contextlib
import importlib
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, TextIO

from livedocs.child import become_worker, run_job
from livedocs.ending import adopt, end, sweep


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


def start(folder: str, fork: bool) -> tuple[int, subprocess.Popen[bytes] | None]:
    """Start a page in a process of its own; return its number and, if it is fresh, its handle."""
    if not fork:
        command = [sys.executable, "-m", "livedocs.child", folder]
        fresh = subprocess.Popen(command, start_new_session=True, stdin=subprocess.DEVNULL)
        return fresh.pid, fresh
    child = os.fork()
    if child:
        return child, None
    status = 1
    try:
        os.setsid()
        become_worker(Path(folder))
        run_job(Path(folder))
        status = 0
    except BaseException:
        import traceback

        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(status)


def main(modules: list[str]) -> None:
    """Import `modules`, then serve requests until standard input ends."""
    adopt()
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # a library that prints while it is imported must not break the protocol
    fork = hasattr(os, "fork") and sys.platform != "darwin"
    for name in modules if fork else []:
        try:
            importlib.import_module(name)
        except Exception as error:  # the page that imports it will say so in its own place
            print(f"livedocs: {name}: {error}", file=sys.stderr)
    requests: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=read_requests, args=[requests], daemon=True).start()
    live: dict[int, tuple[str, Any]] = {}
    while True:
        with contextlib.suppress(queue.Empty):
            line = requests.get(timeout=0.02 if live else None)
            if not line:
                break
            request = json.loads(line)
            if folder := request.get("start"):
                child, handle = start(folder, fork and not initialised())
                live[child] = (folder, handle)
                say(answers, started=folder)
            for child, (folder, _) in live.items():
                if folder == request.get("kill"):
                    end(child)
        for child, (folder, handle) in list(live.items()):
            status = ended(child, handle)
            if status is not None:
                del live[child]
                end(child)  # what the page left behind ends with it
                sweep(folder, live)
                say(answers, ended=folder, status=status)
    for child in live:
        end(child)
    for folder, _ in live.values():
        sweep(folder, ())  # reaps the pages, whose own children then come to us
        sweep(folder, ())
        # The parent is gone and cannot tidy up: the build's folder holds those of its pages.
        shutil.rmtree(Path(folder).parent, ignore_errors=True)


def say(answers: TextIO, **answer: object) -> None:
    """Send one answer."""
    answers.write(json.dumps(answer) + "\n")
    answers.flush()


def read_requests(requests: queue.SimpleQueue[str]) -> None:
    """Pass on the lines of standard input; an empty one says that the parent is gone."""
    for line in sys.stdin:
        requests.put(line)
    requests.put("")


def ended(child: int, handle: subprocess.Popen[bytes] | None) -> int | None:
    """Return a page's exit status (negative: the signal that killed it), or None if it runs."""
    if handle:
        return handle.poll()
    found, status = os.waitpid(child, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if found else None


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    main(sys.argv[1:])
