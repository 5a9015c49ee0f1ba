"""Say under which environment variables the processes of pages run."""

import json
import os
import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path

from livedocs.environment import HERE, KERAS_SETTINGS, THREADS
from livedocs.project import Project

# What an author may have set for other programs and what would change a page: -O drops asserts.
# A terminal's width and colours show in tables that Keras prints.
UNWANTED = set(
    "PYTHONOPTIMIZE PYTHONSTARTUP PYTHONINSPECT PYTHONWARNINGS "
    "COLUMNS LINES TERM NO_COLOR FORCE_COLOR CLICOLOR_FORCE TZ LANG LANGUAGE".split()
)


def variables(project: Project, backend: str) -> dict[str, str]:
    """Return the environment variables of a process that runs pages."""
    cache_folder = writable(project)
    threads = str(THREADS)
    return {
        **{name: text for name, text in os.environ.items() if not unwanted(name)},
        "KERAS_BACKEND": backend,
        "KERAS_HOME": str(keras_home(project)),
        "IPYTHONDIR": str(cache_folder / "ipython"),
        "MPLCONFIGDIR": str(cache_folder / "matplotlib"),
        "MATPLOTLIBRC": str(HERE / "assets" / "matplotlibrc"),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "TF_NUM_INTRAOP_THREADS": threads,
        "TF_NUM_INTEROP_THREADS": threads,
        "OMP_NUM_THREADS": threads,
        "OPENBLAS_NUM_THREADS": threads,
        "MKL_NUM_THREADS": threads,
        "NPROC": threads,  # XLA's pool on the CPU, which JAX uses
        "PYTHONHASHSEED": "0",
        "PYTHONSAFEPATH": "1",  # a random.py beside mkdocs.yml is no module of a page
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
    }


def unwanted(name: str) -> bool:
    """Whether a variable of the author's shell is kept from pages."""
    return name in UNWANTED or name.startswith("LC_")


def keras_home(project: Project) -> Path:
    """Return a private KERAS_HOME whose data sets are the checkout's own.

    `~/.keras` of the person who builds is neither read nor written.
    """
    try:
        return lay_out(writable(project) / "keras", project)
    except OSError:
        return lay_out(Path(tempfile.mkdtemp(prefix="livedocs-keras-")), project)


def lay_out(home: Path, project: Project) -> Path:
    """Put Keras' settings and a link to the data sets into a folder."""
    home.mkdir(parents=True, exist_ok=True)
    settings, text = home / "keras.json", json.dumps(KERAS_SETTINGS, indent=4)
    if not settings.exists() or settings.read_text() != text:
        settings.write_text(text)
    link, there = home / "datasets", (project.data / "datasets").resolve()
    if there.is_dir() and not (link.is_symlink() and link.resolve() == there):
        replace_by_link(link, there)
    return home


def replace_by_link(link: Path, there: Path) -> None:
    """Make `link` point to a folder, or hold copies of its files where links are forbidden."""
    if link.is_symlink():
        link.unlink(missing_ok=True)
    try:
        link.symlink_to(there, target_is_directory=True)
    except OSError:
        if link.exists() and link.resolve() == there:
            return  # another build was faster
        if sys.platform != "win32" and not link.exists():
            raise
        shutil.copytree(there, link, dirs_exist_ok=True)


@cache
def writable(project: Project) -> Path:
    """Return the cache's folder, or a temporary one where the cache cannot be written."""
    folder = project.cache.resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        return Path(tempfile.mkdtemp(prefix="livedocs-home-"))
