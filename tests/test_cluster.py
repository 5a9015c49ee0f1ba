"""Pages run on a real local cluster; what its workers make lands in the cache, and nothing else."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, command, empty_book

from livedocs import cache, crew
from livedocs.crew import ClusterProblem, crew_of
from livedocs.environment import describe
from livedocs.project import Project


def loopback() -> bool:
    """Whether a program may talk to another on this machine."""
    try:
        with socket.create_server(("127.0.0.1", 0)) as server:
            socket.create_connection(server.getsockname(), timeout=1).close()
    except OSError:
        return False
    return True


pytestmark = [
    pytest.mark.skipif(
        find_spec("distributed") is None,
        reason="Dask가 없습니다: python -m pip install -c constraints.txt -e '.[test]'",
    ),
    pytest.mark.skipif(not loopback(), reason="루프백이 없어 클러스터를 띄울 수 없습니다"),
]
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="/proc에서 일꾼을 찾는다")

LIGHT = "from livedocs import warmth\nwarmth.ALWAYS = ()\n"  # no page here needs Keras
BUILD = f"import sys\n{LIGHT}from livedocs import crew\nfrom livedocs.__main__ import main\n"
FAST = "--xla_cpu_enable_fast_math=true"
LONG = 120  # seconds: far more than anything here takes
WORKER_OF_PAGE = (  # the worker started the warm process, which started the page
    "int(open(f'/proc/{os.getppid()}/stat').read().rpartition(')')[2].split()[1])"
)


class Cluster:
    """A scheduler and its workers, each a process in a folder of its own."""

    def __init__(self, folder: Path, **variables: str) -> None:
        self.folder, self.processes = folder, list[subprocess.Popen]()
        self.file = folder / "scheduler.json"
        folder.mkdir()
        (folder / "light.py").write_text(LIGHT)
        self.start("scheduler", "--port", "0", "--host", "127.0.0.1", **variables)
        until(self.file.exists)
        until(lambda: self.file.read_text().strip().endswith("}"))
        self.address = json.loads(self.file.read_text())["address"]

    def start(self, kind: str, *words: str, **variables: str) -> subprocess.Popen:
        place = self.folder / str(len(self.processes))
        place.mkdir()
        with (place / "log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", kind, "--scheduler-file", self.file, *words],
                cwd=place,
                env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"} | variables,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def workers(self) -> list[str]:
        """Return the addresses of the workers that are there."""
        from distributed import Client

        with Client(self.address, timeout=LONG, set_as_default=False) as client:
            return list(client.nthreads())

    def worker(self, *words: str, **variables: str) -> subprocess.Popen:
        light = ["--preload", str(self.folder / "light.py"), "--no-dashboard", "--no-nanny"]
        return self.start("worker", *light, "--nthreads", "1", *words, **variables)

    def close(self) -> None:
        for process in self.processes:
            process.kill()  # what the workers started ends with them
            process.wait()


def until(true: Any) -> None:
    ends = time.monotonic() + LONG
    while not true():
        assert time.monotonic() < ends, "what was waited for did not come"
        time.sleep(0.05)


@pytest.fixture
def clusters(tmp_path: Path) -> Iterator[Any]:
    """Start clusters that end with the test."""
    started = []

    def start(workers: int = 2, **variables: str) -> Cluster:
        started.append(Cluster(tmp_path / f"cluster{len(started)}", **variables))
        for _ in range(workers):
            started[-1].worker()
        return started[-1]

    yield start
    for cluster in started:
        cluster.close()


@pytest.fixture
def book(tmp_path: Path) -> Project:
    return empty_book(tmp_path / "book")


def write(project: Project, **pages: str) -> None:
    """Write pages of one fence each."""
    for name, code in pages.items():
        (project.docs / f"{name}.md").write_text(f"```python\n{code}\n```\n", encoding="utf-8")


def counted(counter: Path, name: str) -> str:
    """Return code that adds a line to a file outside the page's folder."""
    return f"with open({str(counter)!r}, 'a') as file:\n    print({name!r}, file=file)\n"


def counts(counter: Path) -> dict[str, int]:
    lines = counter.read_text().split()
    return {name: lines.count(name) for name in lines}


def words(address: str, before: str = "") -> list[str]:
    return ["-c", f"{BUILD}{before}\nsys.exit(main(['run', '--scheduler', {address!r}]))"]


def build(project: Project, address: str, before: str = "") -> tuple[int, str]:
    """Run the command; return its status and what it said."""
    env = {"PYTHONPATH": str(ROOT)}
    done = command(*words(address, before), cwd=project.root, env=env, timeout=LONG)
    return done.returncode, done.stdout


def run_here(project: Project) -> str:
    """Run what is not in the cache without a cluster; return what was said."""
    local = f"{BUILD}sys.exit(main(['run']))"
    return command("-c", local, cwd=project.root, env={"PYTHONPATH": str(ROOT)}).stdout


def begin(project: Project, address: str) -> subprocess.Popen:
    """Start the command; return its process."""
    return subprocess.Popen(
        [sys.executable, *words(address)],
        cwd=project.root,
        env={n: v for n, v in os.environ.items() if n != "LIVEDOCS_CACHE"}
        | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )


def finished(process: subprocess.Popen) -> tuple[int, str]:
    said, _ = process.communicate(timeout=LONG)
    return process.returncode, said


def stored(project: Project) -> dict[str, dict[str, Any]]:
    """Return the notebooks in the cache, by their keys."""
    paths = folder(project).glob("*.ipynb")
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in paths}


def printed(project: Project) -> dict[str, str]:
    """Return what each page in the cache printed first, by its path."""
    return {
        each["metadata"]["livedocs"]["source"]: "".join(each["cells"][0]["outputs"][0]["text"])
        for each in stored(project).values()
    }


def folder(project: Project) -> Path:
    return project.root / ".cache" / "livedocs" / "notebooks"


def test_pages_run_on_workers_in_other_folders_and_their_results_land_in_the_cache(
    book: Project, clusters
) -> None:
    (book.data / "datasets").mkdir()
    (book.data / "datasets" / "mnist.npz").write_bytes(bytes(5000))
    (book.data / "a.csv").write_text("가,나\n", encoding="utf-8")
    opening = '```{.python data="a.csv"}'
    reads = f"{opening}\nprint(open('a.csv', encoding='utf-8').read())\n```\n"
    (book.docs / "data.md").write_text(reads, encoding="utf-8")
    write(
        book,
        sets="# keras.datasets\nimport os\n"
        "print(os.path.getsize(os.environ['KERAS_HOME'] + '/datasets/mnist.npz'))",
        sick="1 / 0",
        where="import os\nprint(os.getcwd())",
    )
    cluster = clusters()
    status, said = build(book, cluster.address)
    assert status == 1
    assert "docs/sick.md:1: 코드 칸 실패: ZeroDivisionError: division by zero (2행)" in said
    results = printed(book)
    assert "livedocs-" in results.pop("docs/where.md")
    assert results == {"docs/data.md": "가,나\n\n", "docs/sets.md": "5000\n"}
    (book.docs / "sick.md").unlink()
    assert build(book, cluster.address) == (0, "")
    assert run_here(book) == ""


@LINUX
def test_a_worker_that_dies_loses_nothing(book: Project, clusters, tmp_path: Path) -> None:
    counter, marks = tmp_path / "counter", {n: tmp_path / n for n in ("worker", "killed", "go")}
    for name in "abcd":  # two fences: they go first
        code = f"import time\n{counted(counter, name)}time.sleep(0.2)\nprint({name!r})"
        text = f"```python\n{code}\n```\n\n```python\nx = 1\n```\n"
        (book.docs / f"{name}.md").write_text(text, encoding="utf-8")
    wait = "import os, time\nwhile not os.path.exists({!r}):\n    time.sleep(0.05)\n"
    write(
        book,
        held=counted(counter, "held") + wait.format(str(marks["go"])) + "print('held')",
        victim=counted(counter, "victim")
        + f"import os, time\nif not os.path.exists({str(marks['killed'])!r}):\n"
        + f"    with open({str(marks['worker'])!r}, 'w') as file:\n"
        + f"        file.write(str({WORKER_OF_PAGE}))\n    time.sleep(600)\n\nprint('victim')",
    )
    cluster = clusters()
    process = begin(book, cluster.address)
    until(lambda: marks["worker"].exists() and marks["worker"].read_text())
    until(lambda: counts(counter).get("held"))
    marks["killed"].touch()
    worker = int(marks["worker"].read_text())
    assert worker in [each.pid for each in cluster.processes]
    os.kill(worker, signal.SIGKILL)
    time.sleep(3)  # while the other worker is busy, what we have is asked for no more
    marks["go"].touch()
    assert finished(process)[0] == 0
    names = [*"abcd", "held", "victim"]
    assert printed(book) == {f"docs/{name}.md": f"{name}\n" for name in names}
    assert counts(counter) == dict.fromkeys(names, 1) | {"victim": 2}


@LINUX
def test_a_page_that_kills_three_workers_is_that_pages_failure(
    book: Project, clusters, tmp_path: Path
) -> None:
    counter = tmp_path / "counter"
    write(
        book,
        bad=f"import os, time\n{counted(counter, 'bad')}os.kill({WORKER_OF_PAGE}, 9)\n"
        "time.sleep(600)",
        good="print('good')",
    )
    cluster = clusters(4, DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="2")
    status, said = build(book, cluster.address)
    assert status == 1
    [problem] = [line for line in said.splitlines() if line.startswith("docs/")]
    assert problem.startswith(
        "docs/bad.md:1: 코드 칸: 실행하던 일꾼이 3번 죽었습니다(마지막 tcp://"
    )
    assert counts(counter) == {"bad": 3}
    assert printed(book) == {"docs/good.md": "good\n"}


def test_two_builds_against_one_cluster_do_no_work_twice(
    book: Project, clusters, tmp_path: Path
) -> None:
    counter, go, other = tmp_path / "counter", tmp_path / "go", empty_book(tmp_path / "other")
    for name in "abcdef":  # the first two end before the second build begins
        wait = f"os.path.exists({str(go)!r})" if name in "cdef" else "True"
        code = (
            f"import os, time\n{counted(counter, name)}while not {wait}:\n    time.sleep(0.05)\n\n"
            f"time.sleep(2)\nprint({name!r})"
        )
        write(book, **{name: code})
        write(other, **{name: code})
    first = begin(book, (cluster := clusters()).address)
    until(lambda: len(list(folder(book).glob("*.ipynb"))) >= 2)
    second = begin(other, cluster.address)
    until(lambda: len(list(folder(other).glob("*.ipynb"))) >= 2)  # what the first build holds
    go.touch()
    assert [finished(first)[0], finished(second)[0]] == [0, 0]
    assert counts(counter) == dict.fromkeys("abcdef", 1)
    one, two = ({p.name: p.read_bytes() for p in folder(each).glob("*")} for each in (book, other))
    assert len(one) == 6
    assert one == two


def test_a_result_is_stored_under_the_environment_that_made_it(book: Project, clusters) -> None:
    write(book, a="print('a')")
    cluster = clusters(workers=0)
    cluster.worker(XLA_FLAGS=FAST)
    status, said = build(book, cluster.address)
    assert status == 0
    assert "일꾼의 환경이 이 기계와 다릅니다(variables)." in said
    [(name, notebook)] = stored(book).items()
    record = notebook["metadata"]["livedocs"]
    assert record["environment"]["variables"]["XLA_FLAGS"] == FAST
    assert cache.name_of(record) == name
    assert run_here(book).startswith("실행 1/1쪽 끝남 · docs/a.md")
    assert len(stored(book)) == 2


def test_only_workers_that_are_equal_run_the_pages_of_a_build(book: Project, clusters) -> None:
    write(book, **{name: f"import time\ntime.sleep(0.5)\nprint({name!r})" for name in "abcd"})
    cluster = clusters(workers=1)
    cluster.worker(XLA_FLAGS=FAST)
    until(lambda: len(cluster.workers()) == 2)
    status, said = build(book, cluster.address)
    assert status == 0
    assert "환경이 다른 일꾼 1개에는 보내지 않습니다." in said
    assert printed(book) == {f"docs/{name}.md": f"{name}\n" for name in "abcd"}
    assert run_here(book) == ""


def test_a_worker_with_another_engine_is_refused(book: Project, clusters, tmp_path: Path) -> None:
    write(book, a="print('a')")
    shutil.copytree(ROOT / "livedocs", tmp_path / "old" / "livedocs")
    with (tmp_path / "old" / "livedocs" / "child.py").open("a") as file:
        file.write("# older\n")
    cluster = clusters(workers=0)
    cluster.worker(PYTHONPATH=str(tmp_path / "old"))
    status, said = build(book, cluster.address)
    assert (status, len(said.splitlines())) == (1, 1)
    assert said.startswith("쪽을 맡을 수 있는 일꾼이 없습니다. 일꾼의 엔진과 Keras가")
    assert not folder(book).exists()


@pytest.mark.parametrize("alive", [False, True])
def test_a_cluster_that_cannot_be_had_is_said_in_one_line(
    alive: bool, book: Project, clusters
) -> None:
    write(book, a="print('a')")
    address = clusters(workers=0).address if alive else "tcp://127.0.0.1:9"
    status, said = build(book, address, before="crew.PATIENCE = 2")
    assert (status, len(said.splitlines())) == (1, 1)
    what = "에 일꾼이 2초 동안" if alive else "에서 Dask 스케줄러가 2초 안에 답하지 않았습니다."
    assert said.startswith(address + what)


def test_a_scheduler_that_goes_ends_the_build(book: Project, clusters, tmp_path: Path) -> None:
    write(book, a=f"import time\n{counted(tmp_path / 'counter', 'a')}time.sleep(600)")
    cluster = clusters(workers=1)
    process = begin(book, cluster.address)
    until((tmp_path / "counter").exists)
    cluster.processes[0].kill()
    status, said = finished(process)
    assert status == 1
    assert said.splitlines()[-1].endswith("끝난 쪽의 결과는 남아 있습니다.")


def test_without_dask_it_is_said_how_to_install_it(book: Project) -> None:
    write(book, a="print('a')")
    status, said = build(book, "tcp://127.0.0.1:9", "sys.modules['distributed'] = None")
    install = "python -m pip install -c constraints.txt -e '.[cluster]'"
    assert (status, said) == (1, f"Dask가 없습니다. 설치하세요: {install}\n")


def test_dask_is_imported_for_a_cluster_only(book: Project) -> None:
    write(book, a="print('a')")
    asks = "main(['run'])\nprint(sorted({'dask', 'distributed'} & set(sys.modules)))"
    done = command("-c", f"{BUILD}{asks}", cwd=book.root, env={"PYTHONPATH": str(ROOT)})
    assert done.stdout.splitlines()[-1] == "[]"


class Answering:
    """A client whose workers say what they are told to."""

    def __init__(self, **workers: tuple[Any, dict[str, float]]) -> None:
        self.workers = workers

    def run(self, function: Any, backends: list[str], on_error: str) -> dict[str, Any]:
        return {name: says for name, (says, _) in self.workers.items()}

    def scheduler_info(self, n_workers: int) -> dict[str, Any]:
        return {"workers": {n: {"resources": found} for n, (_, found) in self.workers.items()}}


OWN = {"tensorflow": describe("tensorflow")}
GPU = {"tensorflow": OWN["tensorflow"] | {"accelerator": "NVIDIA H100"}}
SLOW = {"tensorflow": OWN["tensorflow"] | {"python": "3.12.0"}}


def test_workers_equal_to_this_machine_are_chosen_then_those_with_an_accelerator() -> None:
    workers = {"slow": (SLOW, {}), "same": (SLOW, {}), "fast": (GPU, {"GPU": 1.0})}
    found = crew_of(Answering(**workers), ["tensorflow"])
    assert (found.addresses, found.others, found.resources) == (["fast"], 2, {"GPU": 1})
    found = crew_of(Answering(**workers, own=(OWN, {})), ["tensorflow"])
    assert (found.addresses, found.others, found.resources) == (["own"], 3, {})
    assert crew_of(Answering(a=(SLOW, {}), b=(SLOW, {})), ["tensorflow"]).others == 0


def test_a_page_asks_for_what_all_workers_announce() -> None:
    both = {"GPU": 2.0, "memory": 8e9}
    found = crew_of(Answering(a=(OWN, both), b=(OWN, both)), ["tensorflow"])
    assert found.resources == {"GPU": 1, "memory": crew.PAGE_MEMORY}
    found = crew_of(Answering(a=(OWN, both), b=(OWN, {"GPU": 1.0})), ["tensorflow"])
    assert found.resources == {"GPU": 1}


def test_a_worker_without_the_engine_is_named_with_its_answer() -> None:
    missing = ModuleNotFoundError("No module named 'livedocs'")
    with pytest.raises(ClusterProblem, match="일꾼의 답: No module named 'livedocs'"):
        crew_of(Answering(a=(missing, {})), ["tensorflow"])


def test_pages_share_a_gpu_one_at_a_time(book: Project, clusters, tmp_path: Path) -> None:
    log = tmp_path / "log"
    for name in "abc":
        code = f"import time\n{counted(log, 'in')}time.sleep(1)\n{counted(log, 'out')}\nprint(1)"
        write(book, **{name: f"{code}  # {name}"})
    cluster = clusters(workers=0)
    cluster.worker("--nthreads", "3", "--resources", "GPU=1")
    assert build(book, cluster.address)[0] == 0
    assert log.read_text().split() == ["in", "out"] * 3
