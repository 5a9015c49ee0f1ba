"""The rivals: their environment, their sites of the same pages, and one cold build of each."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks import formats
from benchmarks.clock import AS_PROGRAM, ONE_THREAD, ROOT, surroundings, timed
from benchmarks.pages import Sample
from benchmarks.sites import must_show

WANTED = (
    "sphinx sphinx-gallery joblib myst-nb jupyter-cache mkdocs mkdocs-material mkdocs-jupyter "
    "ipykernel keras tensorflow matplotlib numpy pandas"
).split()
GALLERY = """\
extensions = ["sphinx_gallery.gen_gallery"]
sphinx_gallery_conf = {
    "examples_dirs": "programs",
    "gallery_dirs": "gallery",
    "filename_pattern": "page_",
    "parallel": 2,
    "abort_on_example_error": True,
}
"""
MYST = """\
extensions = ["myst_nb"]
nb_execution_mode = "cache"
nb_execution_timeout = 600
nb_execution_raise_on_error = True
"""
EMPTY_CACHE = "import jupyter_cache; jupyter_cache.get_cache('.jupyter_cache').list_cache_records()"
JUPYTER = """\
site_name: 견본
theme: {name: material, language: ko, font: false}
plugins:
  - search: {lang: ko}
  - mkdocs-jupyter: {execute: true, allow_errors: false}
"""
Cold = Callable[[Path, Path, Sequence[Sample]], float]


def environment(scratch: Path) -> Path:
    """Return the Python of the rivals' environment; make it if it is not there."""
    folder = scratch / "rivals"
    python = folder / "bin" / "python"
    done = folder / "installed"
    if not done.exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        pins = [ROOT / "constraints.txt", ROOT / "benchmarks" / "constraints-rivals.txt"]
        words = [str(word) for pin in pins for word in ("-c", pin)]
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, *words, *WANTED], check=True)
        done.touch()
    return python


def programs(folder: Path, pages: Sequence[Sample]) -> list[Path]:
    """Write each page as a plain program; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{page.name}.py" for page in pages]
    for path, page in zip(paths, pages, strict=True):
        path.write_text(formats.program(page), encoding="utf-8")
    return paths


def in_turn(scratch: Path, python: Path, pages: Sequence[Sample]) -> float:
    """Run `python page.py` for one page after another; return the seconds."""
    folder = scratch / "programs"
    paths = programs(folder, pages)
    alone = surroundings(scratch, **AS_PROGRAM)
    return sum(timed([python, path], folder, alone).seconds for path in paths)


def two_at_a_time(scratch: Path, python: Path, pages: Sequence[Sample]) -> float:
    """Run `python page.py` for two pages at a time, one thread each; return the seconds."""
    folder = scratch / "programs"
    paths = programs(folder, pages)
    threads = surroundings(scratch, **AS_PROGRAM, **ONE_THREAD)
    began = time.perf_counter()
    with ThreadPoolExecutor(2) as both:
        list(both.map(lambda path: timed([python, path], folder, threads), paths))
    return time.perf_counter() - began


def gallery(scratch: Path, python: Path, pages: Sequence[Sample]) -> float:
    """Build with sphinx-gallery, two reused workers with one thread each; return the seconds."""
    folder = fresh(scratch / "gallery")
    (folder / "programs").mkdir()
    (folder / "conf.py").write_text(GALLERY)
    (folder / "index.rst").write_text("견본\n====\n\n.. toctree::\n\n   gallery/index\n")
    (folder / "programs" / "README.txt").write_text("견본들\n======\n")
    for page in pages:
        (folder / "programs" / f"{page.name}.py").write_text(formats.gallery(page))
    # The rival's best setting: with two workers of two threads each it is slower.
    seconds = sphinx(scratch, python, folder, **ONE_THREAD)
    for page in pages:
        built = folder / "site" / "gallery" / f"{page.name}.html"
        must_show(page.end, built)
        must_show(f"sphx_glr_{page.name}_001.png", built)
    return seconds


def myst(scratch: Path, python: Path, pages: Sequence[Sample]) -> float:
    """Build with MyST-NB and an empty jupyter-cache; return the seconds."""
    return myst_nb(scratch, python, pages)


def myst_two(scratch: Path, python: Path, pages: Sequence[Sample]) -> float:
    """Build with MyST-NB, pages read by two processes with one thread each."""
    return myst_nb(scratch, python, pages, "-j", "2")


def myst_nb(scratch: Path, python: Path, pages: Sequence[Sample], *options: str) -> float:
    """Build with MyST-NB under some options of Sphinx."""
    folder = fresh(scratch / "myst")
    (folder / "conf.py").write_text(MYST)
    names = "".join(f"{page.name}\n" for page in pages)
    (folder / "index.md").write_text(f"# 견본\n\n```{{toctree}}\n{names}```\n", encoding="utf-8")
    for page in pages:
        (folder / f"{page.name}.md").write_text(formats.myst(page), encoding="utf-8")
    if options:  # two processes that make the cache at once get in each other's way
        subprocess.run([python, "-c", EMPTY_CACHE], cwd=folder, check=True)
    seconds = sphinx(scratch, python, folder, *options, **(ONE_THREAD if options else {}))
    for page in pages:
        must_show(page.end, folder / "site" / f"{page.name}.html")
        must_show("_images/", folder / "site" / f"{page.name}.html")
    return seconds


def sphinx(scratch: Path, python: Path, folder: Path, *options: str, **variables: str) -> float:
    """Build a folder with Sphinx."""
    words: list[str | Path] = [python, "-m", "sphinx", "-q", "-b", "html", *options, ".", "site"]
    return timed(words, folder, surroundings(scratch, **variables)).seconds


def mkdocs_jupyter(scratch: Path, python: Path, pages: Sequence[Sample]) -> float:
    """Build with plain mkdocs-jupyter and `execute: true`; return the seconds."""
    folder = fresh(scratch / "jupyter")
    (folder / "docs").mkdir()
    (folder / "mkdocs.yml").write_text(JUPYTER, encoding="utf-8")
    (folder / "docs" / "index.md").write_text("# 견본\n", encoding="utf-8")
    for page in pages:
        path = folder / "docs" / f"{page.name}.ipynb"
        path.write_text(formats.notebook(page), encoding="utf-8")
    words: list[str | Path] = [python, "-m", "mkdocs", "build", "--quiet"]
    seconds = timed(words, folder, surroundings(scratch)).seconds
    for page in pages:
        must_show(page.end, folder / "site" / page.name / "index.html")
        must_show("data:image/png", folder / "site" / page.name / "index.html")
    return seconds


def fresh(folder: Path) -> Path:
    """Return an empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


COLD: dict[str, Cold] = {
    "in_turn": in_turn,
    "two_at_a_time": two_at_a_time,
    "gallery": gallery,
    "mkdocs_jupyter": mkdocs_jupyter,
    "myst": myst,
    "myst_two": myst_two,
}
"""Every rival's cold build; each returns wall seconds."""
