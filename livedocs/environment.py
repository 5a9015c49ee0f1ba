"""Describe all that can change an output and stands outside the page."""

import hashlib
import os
import platform
import re
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from livedocs.devices import machine
from livedocs.project import Project

HERE = Path(__file__).parent
PACKAGES = (
    "keras numpy scipy scikit-learn matplotlib matplotlib-inline pandas ipython pillow h5py "
    "ml-dtypes"
).split()
OF_BACKEND = {
    "tensorflow": ("tensorflow",),
    "jax": ("jax", "jaxlib"),
    "torch": ("torch",),
}
# The files of the engine whose change can change an output.
ENGINE = (
    "environment.py",
    "variables.py",
    "child.py",
    "guest.py",
    "cell.py",
    "worker.py",
    "shell.py",
    "capture.py",
    "figures.py",
    "assets/matplotlibrc",
    "assets/Pretendard-Regular.otf",
)
# Keras writes its own file where it finds none, and obeys the one that it finds.
KERAS_SETTINGS = {
    "floatx": "float32",
    "epsilon": 1e-07,
    "image_data_format": "channels_last",
    "backend": "tensorflow",
}
THREADS = 1  # a page computes with one thread, so that digits do not depend on the machine's cores
# KERAS_MAX_EPOCHS, XLA_FLAGS, JAX_ENABLE_X64 …: no list of the variables that frameworks obey
# would stay complete.
FELT = re.compile(
    r"(?:KERAS|TF|XLA|JAX|TORCH|PYTORCH|OPENBLAS|MKL|OMP|NPY)_|CUDA_VISIBLE_DEVICES$|NVIDIA_TF32"
)
VERSION = re.compile(r"^Version: *(\S+)", re.MULTILINE)
# Those that every page is given anew, whatever the shell says.
GIVEN = set(
    "KERAS_BACKEND KERAS_HOME TF_CPP_MIN_LOG_LEVEL TF_NUM_INTRAOP_THREADS TF_NUM_INTEROP_THREADS "
    "TF_FORCE_GPU_ALLOW_GROWTH OMP_NUM_THREADS OPENBLAS_NUM_THREADS MKL_NUM_THREADS".split()
)


def choose_backend() -> str:
    """Return the Keras backend of this machine: `KERAS_BACKEND`, else JAX on a TPU, else TF."""
    chosen = os.environ.get("KERAS_BACKEND")
    return chosen or ("jax" if machine().kind == "tpu" else "tensorflow")


def describe(backend: str) -> dict[str, object]:
    """Return everything outside a page that can change its outputs; part of every cache key.

    Args:
        backend: `tensorflow`, `jax` or `torch`.
    """
    packages = (*PACKAGES, *OF_BACKEND.get(backend, (backend,)))
    return {
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
        "backend": backend,
        "accelerator": machine().name,
        "threads": THREADS,
        "keras": {
            name: KERAS_SETTINGS[name] for name in ("floatx", "epsilon", "image_data_format")
        },
        "packages": {name: found for name in packages if (found := version_of(name))},
        "variables": {
            name: text
            for name, text in sorted(os.environ.items())
            if FELT.match(name) and name not in GIVEN
        },
        "engine": engine(),
    }


def is_missing(backend: str) -> bool:
    """Whether a backend that a fence names is not installed; "" is that of the page."""
    return bool(backend) and version_of(OF_BACKEND[backend][0]) is None


@cache
def version_of(package: str) -> str | None:
    """Return the installed version of a package, or None."""
    try:  # `version` reads all that a package says of itself, this no more than a line
        found = distribution(package)
    except PackageNotFoundError:
        return None
    said = VERSION.search(found.read_text("METADATA") or found.read_text("PKG-INFO") or "")
    return said[1] if said else None


@cache
def engine() -> str:
    """Return the sum of the engine's files that take part in making an output."""
    whole = hashlib.sha256()
    for name in ENGINE:
        whole.update((HERE / name).read_bytes())
    return whole.hexdigest()[:16]


@cache
def datasets(project: Project) -> dict[str, str]:
    """Return the sums of the data sets that `keras.datasets` finds in this checkout."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((project.data / "datasets").glob("*.np[yz]"))
    }
