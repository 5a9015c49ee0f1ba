"""Say under which environment variables the processes of pages run."""

import json
import os
import shutil
from pathlib import Path

from livedocs.environment import HERE, KERAS_SETTINGS, THREADS
from livedocs.project import Project

# What an author may have set for other programs and what would change a page: -O drops asserts.
# A terminal's width and colours show in tables that Keras prints.
UNWANTED = set(
    "PYTHONOPTIMIZE PYTHONSTARTUP PYTHONINSPECT PYTHONWARNINGS "
    "COLUMNS LINES TERM NO_COLOR FORCE_COLOR CLICOLOR_FORCE TZ LANG LANGUAGE".split()
)


def variables(project: Project, backend: str, home: Path) -> dict[str, str]:
    """Return the environment variables of a process that runs pages.

    Args:
        project: where the cache is.
        backend: Keras backend.
        home: a folder that `lay_out` has made: `~/.keras` and `~/.ipython` of the person who builds
            are neither read nor written.
    """
    threads = str(THREADS)
    return {
        **{name: text for name, text in os.environ.items() if not unwanted(name)},
        "KERAS_BACKEND": backend,
        "KERAS_HOME": str(home),
        "IPYTHONDIR": str(home / "ipython"),
        "MPLCONFIGDIR": str(project.cache.resolve() / "matplotlib"),  # its list of fonts is kept
        "MATPLOTLIBRC": str(HERE / "assets" / "matplotlibrc"),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "TF_NUM_INTRAOP_THREADS": threads,
        "TF_NUM_INTEROP_THREADS": threads,
        "TF_FORCE_GPU_ALLOW_GROWTH": "true",  # or a page takes the whole memory of a GPU
        "XLA_PYTHON_CLIENT_PREALLOCATE": "false",
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


def lay_out(home: Path, project: Project) -> Path:
    """Make a private KERAS_HOME with our settings, whose data sets are the checkout's own."""
    (home / "ipython").mkdir(parents=True)
    (home / "keras.json").write_text(json.dumps(KERAS_SETTINGS))
    there = (project.data / "datasets").resolve()
    if there.is_dir():
        try:
            (home / "datasets").symlink_to(there, target_is_directory=True)
        except OSError:  # Windows lets nobody but developers make links
            shutil.copytree(there, home / "datasets")
    return home
