"""Time an author's edits under `mkdocs serve`: from the save to the page that shows it."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks import formats
from benchmarks.builds import Numbers, kept
from benchmarks.clock import ours
from benchmarks.pages import Sample, sample, unused_mark
from benchmarks.sites import SECTION, lay_out, path_of

PATIENCE = 120.0  # seconds
PAUSE = 0.02


@contextlib.contextmanager
def server(site: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """Serve a site as an author does; give its address, end it with everything under it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    words = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "--quiet", "-a", place]
    process = subprocess.Popen(
        words,
        cwd=site,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        await_start(process, place)
        yield f"http://{place}/"
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def await_start(process: subprocess.Popen[bytes], place: str) -> None:
    """Wait until a server answers.

    Raises:
        RuntimeError: it has ended instead.
    """
    while process.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"http://{place}/", timeout=60):
            return
        time.sleep(PAUSE)
    raise RuntimeError(f"mkdocs serve ended with {process.returncode}")


def seconds_until(text: str, address: str) -> float:
    """Return the seconds until a page of the server shows a text.

    Raises:
        RuntimeError: it never did.
    """
    began = time.perf_counter()
    while time.perf_counter() - began < PATIENCE:
        # While it builds, the server keeps whoever asks waiting.
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=60) as answer:
            if text in answer.read().decode("utf-8"):
                return time.perf_counter() - began
        time.sleep(PAUSE)
    raise RuntimeError(f"{address}: ‘{text}’ did not appear in {PATIENCE:.0f} seconds")


def edits(scratch: Path, pages: Sequence[Sample]) -> Numbers:
    """Change a fence and a word under a server that has everything, and a word in a plain one."""
    site = kept(scratch, pages)
    number = int(pages[0].name[-4:])
    path = path_of(site, pages[0], 0)
    with server(site, ours(scratch, site / "cache")) as address:
        page = f"{address}part{0 // SECTION:02d}/{pages[0].name}/"
        seconds_until(pages[0].end, page)
        # The first change of a fence starts the warm process, which is then kept.
        for _ in range(2):
            changed = sample(number, unused_mark())
            path.write_text(formats.book(changed), encoding="utf-8")
            fence = seconds_until(changed.end, page)
        word = edited_word(path, page)
    off = lay_out(scratch / "off", pages, engine=False)
    with server(off, ours(scratch, off / "cache")) as address:
        page = f"{address}part{0 // SECTION:02d}/{pages[0].name}/"
        seconds_until("견본", page)
        plain = edited_word(path_of(off, pages[0], 0), page)
    return {"serve.fence": fence, "serve.word": word, "serve.plain": plain}


def edited_word(path: Path, page: str) -> float:
    """Change one word of prose and return the seconds until the server shows it."""
    word = f"단락{unused_mark()}"
    path.write_text(path.read_text("utf-8").replace("문단", word, 1), encoding="utf-8")
    return seconds_until(word, page)
