"""Watch a command and all processes under it: peak memory and the CPU time of forked pages.

Watching takes time of its own, so what is watched here is never timed.
"""

import contextlib
import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

PAUSE = 0.05  # seconds between two looks


@dataclass
class Watched:
    """What was seen of a command's processes."""

    peak: float = 0.0
    """Most memory at one moment in MB: proportional set size, summed over the processes."""
    forked: dict[int, float] = field(default_factory=dict)
    """CPU seconds by process, of those that were forked and started no other program."""

    @property
    def forked_cpu(self) -> float:
        """CPU seconds of all forked processes together; the last look at each counts."""
        return sum(self.forked.values())


def watched(
    words: Sequence[str | Path], folder: Path, environment: Mapping[str, str], memory: bool = True
) -> Watched:
    """Run a command to its end and return what was seen of its processes.

    Args:
        words: the command.
        folder: where it runs.
        environment: its environment variables.
        memory: whether to look at memory, which takes the kernel some milliseconds a process.

    Raises:
        RuntimeError: the command failed.
    """
    seen = Watched()
    with open(os.devnull, "w") as nothing:
        process = subprocess.Popen(
            list(map(str, words)),
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=nothing,
            stderr=nothing,
        )
        root = psutil.Process(process.pid)
        while process.poll() is None:
            look(root, seen, memory)
            time.sleep(PAUSE)
    if process.returncode:
        raise RuntimeError(f"{folder.name}: {' '.join(map(str, words))}: {process.returncode}")
    return seen


def look(root: psutil.Process, seen: Watched, memory: bool) -> None:
    """Note how much memory the processes take now and how long the forked ones have computed."""
    total = 0
    with contextlib.suppress(psutil.Error):  # a process may end while it is looked at
        for process in [root, *root.children(recursive=True)]:
            with contextlib.suppress(psutil.Error):
                if memory:
                    total += process.memory_full_info().pss
                if process.pid != root.pid and is_fork(process):
                    times = process.cpu_times()
                    seen.forked[process.pid] = times.user + times.system
    seen.peak = max(seen.peak, total / 1e6)


def is_fork(process: psutil.Process) -> bool:
    """Whether a process runs the very program of its parent, words and all."""
    parent = process.parent()
    return parent is not None and parent.cmdline() == process.cmdline()
