"""Run a command and time it: words go in; seconds, CPU seconds and output come out."""

import os
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
THREADS = (
    "TF_NUM_INTRAOP_THREADS TF_NUM_INTEROP_THREADS OMP_NUM_THREADS OPENBLAS_NUM_THREADS "
    "MKL_NUM_THREADS"
)
# A program has no screen here; notebooks and galleries choose where figures go themselves.
AS_PROGRAM = {"MPLBACKEND": "agg"}
ONE_THREAD = dict.fromkeys(THREADS.split(), "1")


@dataclass(frozen=True)
class Took:
    """What a command took."""

    seconds: float
    cpu: float
    """CPU seconds of the command and of every process that it waited for."""
    output: str


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0))


def surroundings(scratch: Path, **more: str) -> dict[str, str]:
    """Return the environment variables under which every tool runs: the same for all of them."""
    dropped = {
        "PYTHONPATH",
        "LIVEDOCS_CACHE",
        "KERAS_BACKEND",
        "MPLBACKEND",
        # Else the engine is compiled at each build; what pip installs has its bytecode.
        "PYTHONDONTWRITEBYTECODE",
    }
    return {
        **{name: text for name, text in os.environ.items() if name not in dropped},
        "KERAS_BACKEND": "tensorflow",
        "KERAS_HOME": str(scratch / "keras"),  # nobody's ~/.keras is obeyed
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONUTF8": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        **more,
    }


def ours(scratch: Path, cache: Path, **more: str) -> dict[str, str]:
    """Return the environment variables under which this checkout's engine runs."""
    paths = {"PYTHONPATH": str(ROOT), "LIVEDOCS_CACHE": str(cache)}
    return surroundings(scratch, **{**paths, **more})


def timed(words: Sequence[str | Path], folder: Path, environment: Mapping[str, str]) -> Took:
    """Run a command to its end.

    Raises:
        RuntimeError: it failed; what it said last stands in the message.
    """
    with tempfile.TemporaryFile() as said:
        began = time.perf_counter()
        process = subprocess.Popen(
            list(map(str, words)),
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        # wait4 adds up what the command's own children used; Popen.wait does not tell.
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        output = said.read().decode("utf-8", "replace")
    if process.returncode:
        command = " ".join(map(str, words))
        raise RuntimeError(f"{folder.name}: {command}: {process.returncode}\n{output[-2000:]}")
    return Took(seconds, usage.ru_utime + usage.ru_stime, output)
