"""The warm process seen from outside: requests go in, answers come out."""

import contextlib
import json
import queue
import subprocess
import sys
import threading
from typing import Any

from livedocs.project import Project
from livedocs.variables import variables


class WarmProcess:
    """The process that has imported what pages import (`livedocs.warm`), seen from outside."""

    def __init__(self, environment: dict[str, str], modules: list[str]) -> None:
        self.modules = set(modules)
        self.answers: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "livedocs.warm", *modules],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        self.last_words: list[str] = []
        threading.Thread(target=self.listen, daemon=True).start()
        threading.Thread(target=self.overhear, daemon=True).start()

    def listen(self) -> None:
        """Put every answer where `answer` finds it; None once the process is gone."""
        assert self.process.stdout
        for line in self.process.stdout:
            self.answers.put(json.loads(line))
        self.answers.put(None)

    def overhear(self) -> None:
        """Keep the last lines of what the process complains about."""
        assert self.process.stderr
        for line in self.process.stderr:
            self.last_words = [*self.last_words[-9:], line.rstrip()]

    def ask(self, request: dict[str, str]) -> None:
        """Send a request; one to a process that is gone is answered by `answer`."""
        assert self.process.stdin
        with contextlib.suppress(OSError):
            self.process.stdin.write(json.dumps(request) + "\n")
            self.process.stdin.flush()

    def answer(self, timeout: float) -> dict[str, Any] | None:
        """Return the next answer, or None after `timeout` seconds.

        Raises:
            RuntimeError: the process is gone.
        """
        try:
            answer = self.answers.get(timeout=timeout)
        except queue.Empty:
            return None
        if answer is None:
            self.answers.put(None)
            words = "\n".join(self.last_words)
            raise RuntimeError(f"쪽을 실행하는 프로세스가 죽었습니다.\n{words}")
        return answer

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return self.process.poll() is None


KEPT: dict[tuple[str, str], WarmProcess] = {}


def warm_process(project: Project, backend: str, modules: list[str]) -> WarmProcess:
    """Return the warm process of a backend: the one that is kept, if it has all that is wanted."""
    environment = variables(project, backend)
    name = (backend, environment["KERAS_HOME"])
    kept = KEPT.get(name)
    if not kept or not kept.alive or not set(modules) <= kept.modules:
        if kept and kept.process.stdin:
            with contextlib.suppress(OSError):
                kept.process.stdin.close()
        KEPT[name] = WarmProcess(environment, modules)
    return KEPT[name]
