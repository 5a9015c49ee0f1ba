"""Find what this machine computes on, without loading a framework; say what one page may use."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

# Linux keeps its own /dev/accel/accel0 for the neural units of laptops; a TPU is /dev/accel0.
TPU_NODES = ("dev/accel[0-9]*", "dev/vfio/[0-9]*")
TPU_VARIABLES = ("TPU_NAME", "TPU_ACCELERATOR_TYPE", "COLAB_TPU_ADDR")
GOOGLE, NVIDIA = "0x1ae0", "0x10de"
QUERY = ("nvidia-smi", "--query-gpu=index,uuid,name", "--format=csv,noheader")
PATIENCE = 20  # seconds that a driver may take to answer; a broken one may hang for ever


class Slot(NamedTuple):
    """Where one of the pages that run at once computes."""

    gpu: str = ""
    """The GPU that it sees, as `CUDA_VISIBLE_DEVICES` names it; "" for all there is."""
    core: int | None = None
    """The core that it keeps to; None where the kernel may move it about."""


@dataclass(frozen=True)
class Machine:
    """What pages can compute on."""

    kind: str = "cpu"
    """What readers are told: `cpu`, `gpu` or `tpu`."""
    name: str = "cpu"
    """Part of every cache key: a GPU's name, `tpu` or `cpu`."""
    gpus: tuple[str, ...] = ()
    """Each GPU as `CUDA_VISIBLE_DEVICES` names it."""
    trouble: str = ""
    """What its owner should know: an accelerator that cannot be used."""

    def slots(self, waiting: int, workers: int | None = None) -> list[Slot]:
        """Return a slot for each of the waiting pages that may run at once, by default one a core.

        A framework hands each step from one thread to another, and to wake another core takes
        longer than many a step: pages that fill the machine have a core each. Fewer may be moved
        about. A GPU takes one page, whose speed another would spoil, and a TPU one process.
        """
        if self.kind != "cpu":
            return [Slot(gpu) for gpu in self.gpus or ("",)][:workers]
        pages = workers or cores()
        own = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
        filled = own if min(pages, waiting) >= len(own) > 0 else [None]
        return [Slot(core=filled[page % len(filled)]) for page in range(pages)]


@cache
def machine() -> Machine:
    """Return what this machine computes on; it is asked once."""
    return found(Path("/"), os.environ)


def found(root: Path, variables: Mapping[str, str]) -> Machine:
    """Return what a machine computes on.

    Args:
        root: `/`, or a folder that stands for it.
        variables: its environment variables.
    """
    if has_tpu(root, variables):
        return Machine("tpu", "tpu")
    gpus, trouble = nvidia(root, variables)
    visible = chosen(list(gpus), variables.get("CUDA_VISIBLE_DEVICES"))
    if not visible:
        return Machine(trouble=trouble)
    return Machine("gpu", gpus.get(visible[0], "NVIDIA MIG"), tuple(visible))


def has_tpu(root: Path, variables: Mapping[str, str]) -> bool:
    """Whether there is a TPU: its variables, or its nodes beside a PCI device of Google's."""
    if any(map(variables.get, TPU_VARIABLES)):
        return True
    accelerators, groups = (any(root.glob(nodes)) for nodes in TPU_NODES)
    # vfio hands any device to a program: only beside a chip of Google's is it a TPU.
    return accelerators or (groups and bool(pci(root, GOOGLE)))


def pci(root: Path, vendor: str) -> list[str]:
    """Return the classes of the PCI devices of a vendor: "0x030200" is a GPU that only computes."""
    found = (path.parent for path in root.glob("sys/bus/pci/devices/*/vendor"))
    return [text_of(path / "class") for path in found if text_of(path / "vendor") == vendor]


def nvidia(root: Path, variables: Mapping[str, str]) -> tuple[dict[str, str], str]:
    """Return each GPU's name by its number and by its UUID, and what is wrong with the driver."""
    try:
        asked = subprocess.run(
            QUERY, capture_output=True, text=True, timeout=PATIENCE, env=dict(variables)
        )
        rows = [line.split(", ", 2) for line in asked.stdout.splitlines() if ", " in line]
        if asked.returncode == 0 and rows:
            return {i: name for i, _, name in rows} | {u: name for _, u, name in rows}, ""
        why = (asked.stdout + asked.stderr).strip().partition("\n")[0]
    except OSError:  # a container may have the driver but not its tools
        files = sorted(root.glob("proc/driver/nvidia/gpus/*/information"))
        models = [model_of(path) for path in files]
        if models:
            return {str(number): model for number, model in enumerate(models)}, ""
        why = "nvidia-smi가 없습니다"
        if not any(each.startswith("0x03") for each in pci(root, NVIDIA)):
            return {}, ""
    except subprocess.TimeoutExpired:
        why = f"nvidia-smi가 {PATIENCE}초 동안 답하지 않았습니다"
    return {}, f"NVIDIA GPU의 드라이버가 답하지 않아 CPU로 실행합니다: {why}"


def model_of(path: Path) -> str:
    """Return the name of a GPU from what the driver says of it."""
    said = (line.partition(":") for line in text_of(path).splitlines())
    return next((value.strip() for name, _, value in said if name == "Model"), "NVIDIA GPU")


def chosen(gpus: list[str], wanted: str | None) -> list[str]:
    """Return the GPUs that `CUDA_VISIBLE_DEVICES` leaves, as CUDA reads it: up to a wrong name."""
    if wanted is None:
        return [gpu for gpu in gpus if gpu.isdecimal()]
    visible: list[str] = []
    for name in map(str.strip, wanted.split(",") if gpus else ()):
        matching = [gpu for gpu in gpus if gpu == name or (gpu.startswith(name) and "-" in name)]
        if len(matching) != 1 and not name.startswith("MIG-"):  # a part of a GPU, listed elsewhere
            break
        visible += matching or [name]
    return visible


def text_of(path: Path) -> str:
    """Return what a file of the kernel says, "" if it says nothing."""
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
