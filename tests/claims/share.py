"""Which part of the slow tests one commit runs: a fifth, and what it changed."""

import subprocess
from functools import cache
from zlib import crc32

from conftest import ROOT

from livedocs.pages import Page

PARTS = 5
TAKEN = 15
"""Parts of what is taken along: a page in an empty folder imports a framework of its own."""
WAYS = ("python", "ipython", "notebook", "file")
"""Where a reader runs what was copied from a page, and the notebook that lies beside it."""


@cache
def count() -> int:
    """Return how many commits there are up to this one."""
    return int(git("rev-list", "--count", "HEAD"))


@cache
def changed() -> frozenset[str]:
    """Return the pages whose text or mutants this commit changed, as mutants name them."""
    paths = git("diff", "--name-only", "HEAD~1", "HEAD").split() if count() > 1 else []
    names = (path.removeprefix("tests/mutants/").removeprefix("docs/") for path in paths)
    return frozenset(name.rpartition(".")[0] for name in names)


def name_of(page: Page) -> str:
    """Return a page as mutants name it."""
    return page.path.removeprefix("docs/").removesuffix(".md")


def is_mine(name: str, page: str, parts: int = PARTS) -> bool:
    """Whether this commit runs a test of a page, one of so many parts."""
    return page in changed() or crc32(name.encode()) % parts == count() % parts


@cache
def names() -> list[str]:
    """Return all pages, as mutants name them."""
    docs = ROOT / "docs"
    paths = (path.relative_to(docs).with_suffix("") for path in docs.rglob("*.md"))
    return sorted(path.as_posix() for path in paths)


def is_taken(page: str, way: str) -> bool:
    """Whether this commit runs a page in one of the ways: a fifteenth of them, each in one way.

    Pages take turns by their place, not by chance: a commit's part must not take long.
    """
    turn, place = divmod(names().index(page), TAKEN)
    mine = page in changed() or place == count() % TAKEN
    return mine and WAYS[(turn + count() // TAKEN) % len(WAYS)] == way


def git(*words: str) -> str:
    """Return what git says; a copy without history is its own first commit."""
    try:
        return subprocess.check_output(["git", *words], cwd=ROOT, text=True, stderr=-3)
    except (OSError, subprocess.CalledProcessError):
        return "0"
