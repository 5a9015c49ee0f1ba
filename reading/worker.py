"""The search's scripts: what each page starts, and what that fetches when somebody searches."""

import hashlib
import re
from functools import cache
from pathlib import Path

from reading.sheets import bare

ASSETS = Path(__file__).parent / "assets"
# What answers a question, in the order of use; one script, for it is fetched as one.
PARTS = tuple("hangul words names asked index meaning ranking answer marks results".split())
WORKER = "assets/javascripts/search.{sum}.js"
"""What each page starts: it waits for a question, then fetches the program and the index."""
PROGRAM = "search/answers.{sum}.js"


@cache  # every page names the worker
def scripts() -> dict[str, str]:
    """Return the worker and the program that it fetches, by address under the site's root.

    They have no comments, and each name changes with what it holds.
    """
    program = script(*PARTS)
    program_name = PROGRAM.format(sum=short_sum(program))
    worker = script("worker").replace("PROGRAM", program_name)
    return {WORKER.format(sum=short_sum(worker)): worker, program_name: program}


def worker_name() -> str:
    """Return the address of the worker under the site's root."""
    return next(iter(scripts()))


def script(*parts: str) -> str:
    """Return scripts as one, without their comments and indents."""
    texts = ((ASSETS / f"{part}.js").read_text(encoding="utf-8") for part in parts)
    return re.sub(r"\n\s+", "\n", bare("\n".join(texts)))


def short_sum(text: str) -> str:
    """Return what names a version of a file."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]
