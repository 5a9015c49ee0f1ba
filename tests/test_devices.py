"""What a machine computes on is found without a framework; a page gets its share of it.

No accelerator is needed: folders stand for `/`, and a script for `nvidia-smi`.
"""

import os
import platform
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from conftest import ROOT, Outcome, command, run_texts

from livedocs import book as book_module
from livedocs import cache, child, devices, environment
from livedocs import run as run_module
from livedocs.devices import Machine, Slot, found
from livedocs.project import Project
from reading.machine import processor

BROKEN = "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver."
ONCE = "NVIDIA GPU의 드라이버가 답하지 않아 CPU로 실행합니다: "


def tool(folder: Path, script: str) -> dict[str, str]:
    """Put an `nvidia-smi` into a folder; return the variables under which only it is found."""
    folder.mkdir(exist_ok=True)
    path = folder / "nvidia-smi"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return {"PATH": str(folder)}


def gpus(folder: Path, count: int) -> dict[str, str]:
    rows = "\n".join(f"echo '{n}, GPU-{n}abc-{n}, NVIDIA H100 80GB HBM3'" for n in range(count))
    return tool(folder, rows)


def has(root: Path, **files: str) -> None:
    """Lay out files of the kernel: `a__b` stands for `a/b`."""
    for name, text in files.items():
        path = root / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def pci(root: Path, vendor: str, kind: str) -> None:
    path = root / "sys/bus/pci/devices/0000:00:04.0"
    path.mkdir(parents=True)
    (path / "vendor").write_text(f"{vendor}\n")
    (path / "class").write_text(f"{kind}\n")


def test_a_machine_with_nothing_is_a_cpu(tmp_path: Path) -> None:
    assert found(tmp_path, {"PATH": str(tmp_path)}) == Machine()


@pytest.mark.parametrize("count", [1, 2, 8])
def test_each_gpu_is_a_slot(tmp_path: Path, count: int) -> None:
    machine = found(tmp_path, gpus(tmp_path / "bin", count))
    assert (machine.kind, machine.name) == ("gpu", "NVIDIA H100 80GB HBM3")
    assert machine.slots(9) == [Slot(str(number)) for number in range(count)]
    assert machine.slots(9, workers=1) == [Slot("0")]


@pytest.mark.parametrize(
    ("visible", "slots"),
    [
        ("1", ["1"]),
        ("3,1", ["3", "1"]),
        ("GPU-2abc-2, GPU-0", ["GPU-2abc-2", "GPU-0abc-0"]),
        ("0,9,1", ["0"]),  # CUDA stops at the first name that is none
        ("MIG-7", ["MIG-7"]),
    ],
)
def test_only_visible_gpus_are_slots(tmp_path: Path, visible: str, slots: list[str]) -> None:
    variables = gpus(tmp_path / "bin", 4) | {"CUDA_VISIBLE_DEVICES": visible}
    assert found(tmp_path, variables).slots(9) == [Slot(gpu) for gpu in slots]


@pytest.mark.parametrize("visible", ["", "-1", "9"])
def test_a_machine_whose_gpus_are_hidden_is_a_cpu(tmp_path: Path, visible: str) -> None:
    variables = gpus(tmp_path / "bin", 4) | {"CUDA_VISIBLE_DEVICES": visible}
    assert found(tmp_path, variables) == Machine()


@pytest.mark.parametrize(
    "script", [f'echo "{BROKEN}"; exit 9', f'echo "{BROKEN}" >&2; exit 9', f'echo "{BROKEN}"']
)
def test_a_driver_that_fails_is_told_of_in_one_line(tmp_path: Path, script: str) -> None:
    machine = found(tmp_path, tool(tmp_path / "bin", script))
    assert machine == Machine(trouble=ONCE + BROKEN)


def test_a_driver_that_hangs_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "PATIENCE", 0.2)
    machine = found(tmp_path, tool(tmp_path / "bin", "exec /bin/sleep 9"))
    assert machine == Machine(trouble=f"{ONCE}nvidia-smi가 0.2초 동안 답하지 않았습니다")


def test_a_gpu_without_any_driver_is_told_of(tmp_path: Path) -> None:
    pci(tmp_path, devices.NVIDIA, "0x030200")
    machine = found(tmp_path, {"PATH": str(tmp_path)})
    assert machine == Machine(trouble=f"{ONCE}nvidia-smi가 없습니다")


def test_another_chip_of_the_maker_of_gpus_is_none(tmp_path: Path) -> None:
    pci(tmp_path, devices.NVIDIA, "0x040300")  # the sound of its own card
    assert found(tmp_path, {"PATH": str(tmp_path)}) == Machine()


def test_a_driver_without_its_tools_names_its_gpus(tmp_path: Path) -> None:
    has(
        tmp_path,
        **{
            f"proc__driver__nvidia__gpus__0000:0{n}__information": f"Model: \t\t Tesla {n}\nIRQ: 1"
            for n in range(2)
        },
    )
    machine = found(tmp_path, {"PATH": str(tmp_path)})
    assert machine == Machine("gpu", "Tesla 0", ("0", "1"))


@pytest.mark.parametrize("name", devices.TPU_VARIABLES)
def test_a_tpu_is_named_by_its_variables(tmp_path: Path, name: str) -> None:
    assert found(tmp_path, {name: "v5e"}).kind == "tpu"


def test_a_tpu_is_found_by_its_nodes(tmp_path: Path) -> None:
    has(tmp_path, dev__accel0="", dev__accel1="")
    machine = found(tmp_path, {})
    assert machine == Machine("tpu", "tpu")
    assert machine.slots(9) == machine.slots(9, workers=4) == [Slot()]


@pytest.mark.parametrize(("vendor", "kind"), [(devices.GOOGLE, "tpu"), ("0x8086", "cpu")])
def test_a_vfio_group_is_a_tpu_only_beside_a_chip_of_googles(
    tmp_path: Path, vendor: str, kind: str
) -> None:
    has(tmp_path, dev__vfio__0="")
    pci(tmp_path, vendor, "0x120000")
    assert found(tmp_path, {"PATH": str(tmp_path)}).kind == kind


def test_the_neural_unit_of_a_laptop_is_no_tpu(tmp_path: Path) -> None:
    has(tmp_path, dev__accel__accel0="")
    assert found(tmp_path, {"PATH": str(tmp_path)}) == Machine()


def test_pages_that_fill_the_cores_have_one_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {7, 2, 5}, raising=False)
    assert [slot.core for slot in Machine().slots(3)] == [2, 5, 7]
    assert [slot.core for slot in Machine().slots(9, workers=4)] == [2, 5, 7, 2]


def test_pages_that_leave_cores_free_may_be_moved_about(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {7, 2, 5}, raising=False)
    assert Machine().slots(9, workers=2) == [Slot()] * 2
    assert Machine().slots(2) == [Slot()] * 3


def test_where_no_core_can_be_named_there_are_as_many_pages(monkeypatch) -> None:
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    assert Machine().slots(9) == [Slot()] * (os.cpu_count() or 1)


KEPT = """\
```python
import os

print(os.sched_getscheduler(0) == os.SCHED_BATCH, *os.sched_getaffinity(0), {})
```
"""


@pytest.mark.skipif(not hasattr(os, "SCHED_BATCH"), reason="only Linux has SCHED_BATCH")
def test_a_page_stays_on_its_core_and_its_threads_at_their_work(book: Project) -> None:
    cores = sorted(os.sched_getaffinity(0))
    texts = [KEPT.format(number) for number in range(3 * len(cores))]
    said = [page.printed.split() for page in run_texts(book, *texts)]
    assert {batch for batch, *_ in said} == {"True"}
    assert {core for _, *kept, _ in said for core in kept} == set(map(str, cores))
    assert {len(words) for words in said} == {3}


@pytest.mark.skipif(devices.cores() < 2, reason="there is no other core to be moved to")
@pytest.mark.skipif(not hasattr(os, "SCHED_BATCH"), reason="only Linux has SCHED_BATCH")
def test_a_page_alone_may_go_to_any_core(book: Project) -> None:
    (page,) = run_texts(book, KEPT.format(0))
    assert len(page.printed.split()) == 2 + devices.cores()


@pytest.fixture
def computer(monkeypatch: pytest.MonkeyPatch):
    """Let the engine believe in a machine."""

    def use(machine: Machine) -> None:
        for module in (book_module, environment):
            monkeypatch.setattr(module, "machine", lambda: machine)

    monkeypatch.delenv("KERAS_BACKEND", raising=False)
    return use


@pytest.mark.parametrize(("kind", "backend"), [("cpu", "tensorflow"), ("gpu", "tensorflow")])
def test_cpu_and_gpu_run_tensorflow(computer, kind: str, backend: str) -> None:
    computer(Machine(kind, kind))
    assert environment.choose_backend() == backend


def test_a_tpu_runs_jax_unless_somebody_wants_another(computer, monkeypatch) -> None:
    computer(Machine("tpu", "tpu"))
    assert environment.choose_backend() == "jax"
    monkeypatch.setenv("KERAS_BACKEND", "torch")
    assert environment.choose_backend() == "torch"


def test_the_key_holds_the_name_of_the_accelerator(computer) -> None:
    computer(Machine("gpu", "NVIDIA H100", ("0",)))
    assert environment.describe("jax")["accelerator"] == "NVIDIA H100"


SHARE = """\
import os, time
seen = os.environ.get("CUDA_VISIBLE_DEVICES"), os.environ["TF_FORCE_GPU_ALLOW_GROWTH"]
with open({folder!r} + "/" + str(seen[0]), "x"):  # another page there would raise
    time.sleep(0.3)

os.remove({folder!r} + "/" + str(seen[0]))
print(*seen, {number})
"""


def pages(folder: Path, count: int) -> list[str]:
    code = [SHARE.format(folder=str(folder), number=number) for number in range(count)]
    return [f"```python\n{each}```\n" for each in code]


def seen(outcomes: list[Outcome]) -> set[str]:
    assert [problem for each in outcomes for problem in each.problems] == []
    return {outcome.printed.split()[0] for outcome in outcomes}


def test_each_page_sees_one_gpu_which_no_other_page_sees(
    book: Project, computer, tmp_path: Path
) -> None:
    computer(Machine("gpu", "NVIDIA H100", ("4", "GPU-6abc")))
    outcomes = run_texts(book, *pages(tmp_path, 5))
    assert seen(outcomes) == {"4", "GPU-6abc"}
    assert outcomes[0].printed == f"{outcomes[0].printed.split()[0]} true 0\n"


def test_on_a_tpu_one_page_runs_at_a_time(book: Project, computer, tmp_path: Path) -> None:
    computer(Machine("tpu", "tpu"))
    assert seen(run_texts(book, *pages(tmp_path, 3))) == {"None"}


def test_trouble_is_said_once(book: Project, computer) -> None:
    computer(Machine(trouble="드라이버가 답하지 않습니다"))
    told: list[str] = []
    for number in range(2):
        cells = [run_module.Cell(f"x = {number}")]
        book_module.run_book({"docs/a.md": cells}, book, told.append)
    assert told.count("드라이버가 답하지 않습니다") == 1


FULL = """\
import os, time
count = {mark!r}
with open(count, "a") as file:
    size = file.write("x")

if os.path.getsize(count) <= {failures}:
    raise MemoryError("RESOURCE_EXHAUSTED: Out of memory while trying to allocate")

alone = not os.path.exists({other!r})
print(alone)
"""
LONG = """\
import os, time
open({other!r}, "w").close()
time.sleep(1)
os.remove({other!r})
"""


def run_full(book: Project, tmp_path: Path, failures: int) -> tuple[Outcome, str]:
    """Run a page that finds a GPU full so many times, beside one that takes its time."""
    mark, other = str(tmp_path / "mark"), str(tmp_path / "other")
    codes = [FULL.format(mark=mark, failures=failures, other=other), LONG.format(other=other)]
    outcomes = run_texts(book, *(f"```python\n{code}```\n" for code in codes))
    return outcomes[0], Path(mark).read_text()


def test_a_page_that_finds_a_gpu_full_runs_once_more_alone(
    book: Project, computer, tmp_path: Path
) -> None:
    computer(Machine("gpu", "NVIDIA H100", ("0", "1")))
    outcome, runs = run_full(book, tmp_path, failures=1)
    assert (outcome.problems, outcome.printed, runs) == ([], "True\n", "xx")


def test_a_page_that_finds_a_gpu_full_twice_is_reported(
    book: Project, computer, tmp_path: Path
) -> None:
    computer(Machine("gpu", "NVIDIA H100", ("0", "1")))
    outcome, runs = run_full(book, tmp_path, failures=9)
    assert "MemoryError: RESOURCE_EXHAUSTED" in str(outcome.problems[0])
    assert runs == "xx"
    assert len(cache.stored(book)) == 1  # the other page's


def test_on_a_cpu_a_failure_is_a_failure(book: Project, tmp_path: Path) -> None:
    assert run_full(book, tmp_path, failures=1)[1] == "x"


USES = {"machine": "gpu", "cells": [{"source": "import keras"}]}


def framework(monkeypatch: pytest.MonkeyPatch, backend: str, listed: list[str]) -> None:
    keras = SimpleNamespace(
        backend=SimpleNamespace(backend=lambda: backend),
        distribution=SimpleNamespace(list_devices=lambda: listed),
    )
    monkeypatch.setitem(sys.modules, "keras", keras)
    cuda = SimpleNamespace(is_available=lambda: bool(listed))
    monkeypatch.setitem(sys.modules, "torch", SimpleNamespace(cuda=cuda))


@pytest.mark.parametrize(
    ("backend", "listed", "kind"),
    [
        ("tensorflow", ["GPU:0"], "gpu"),
        ("tensorflow", ["CPU:0"], "cpu"),  # TensorFlow without its CUDA libraries
        ("jax", ["tpu:0", "tpu:1"], "tpu"),
        ("jax", [], "cpu"),
        ("torch", ["cuda"], "gpu"),
        ("torch", [], "cpu"),
    ],
)
def test_what_a_page_computed_on_is_what_its_framework_says(
    monkeypatch: pytest.MonkeyPatch, backend: str, listed: list[str], kind: str
) -> None:
    framework(monkeypatch, backend, listed)
    assert child.device(USES) == kind


def test_a_page_without_keras_computes_on_the_cpu(monkeypatch: pytest.MonkeyPatch) -> None:
    framework(monkeypatch, "jax", ["gpu:0"])
    assert child.device({**USES, "cells": [{"source": "import numpy"}]}) == "cpu"
    assert child.device({**USES, "machine": "cpu"}) == "cpu"


def test_the_parent_loads_no_framework() -> None:
    code = (
        "import sys, livedocs.book; print({'tensorflow', 'jax', 'torch', 'keras'} & {*sys.modules})"
    )

    assert command("-c", code, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}).stdout == "set()\n"


def test_a_build_does_not_wait_for_what_only_readers_or_a_server_need() -> None:
    late = {"nbformat", "jsonschema", "watchdog"}
    code = f"import sys, livedocs.hook, livedocs.extension; print({late} & {{*sys.modules}})"
    assert command("-c", code, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}).stdout == "set()\n"


def test_the_machine_is_asked_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[Path] = []
    monkeypatch.setattr(devices, "found", lambda root, _: asked.append(root) or Machine())
    devices.machine.cache_clear()
    assert devices.machine() is devices.machine()
    devices.machine.cache_clear()
    assert asked == [Path(os.sep)]


def test_the_page_of_the_machine_names_its_processor(tmp_path: Path) -> None:
    (tmp_path / "proc").mkdir()
    told = "processor\t: 0\nmodel name\t: Some_CPU 9000\nflags\t\t: fpu\n"
    (tmp_path / "proc" / "cpuinfo").write_text(told, encoding="utf-8")
    assert processor(tmp_path) == "Some_CPU 9000"
    assert processor(tmp_path / "elsewhere") == (platform.processor() or platform.machine())
