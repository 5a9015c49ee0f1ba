"""What goes wrong goes wrong in one place, is said in one line, and is not felt anywhere else."""

import contextlib
import errno
import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import QUICK, Outcome, run_texts
from test_extension import fence, rendered

from livedocs import cache, ending, environment, warm, warmth
from livedocs import run as run_module
from livedocs.__main__ import main
from livedocs.book import SEEN, run_book
from livedocs.capture import CUT
from livedocs.outputs import to_html
from livedocs.pages import cells, read_page
from livedocs.project import Project

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="/proc에서 프로세스를 찾는다")
HUGE = 10**8
BIG = 10**6  # what is not cut yet, and would take seconds


# `python -m livedocs run` whose warm process imports no Keras.
BUILD = (
    "import sys\nfrom livedocs import warmth\nfrom livedocs.__main__ import main\n"
    "warmth.ALWAYS = ()\nsys.exit(main(['run', '--workers', '2']))\n"
)


@pytest.fixture
def book(book: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Give an empty book whose warm process has all that these pages import: it starts once."""
    more = "builtins decimal getpass locale matplotlib random resource shutil signal socket"
    more += " threading urllib.request warnings"
    monkeypatch.setattr(warmth, "ALWAYS", (*QUICK, *more.split()))
    return book


def said(outcome: Outcome) -> list[str]:
    return [str(problem) for problem in outcome.problems]


def size(outcome: Outcome) -> int:
    """Return how many bytes a page keeps of what it put out."""
    return len(json.dumps(outcome.ran.notebook))


def alive(number: int) -> bool:
    """Whether a process runs; one that only waits to be reaped does not."""
    try:
        return ") Z " not in Path(f"/proc/{number}/stat").read_text()
    except OSError:
        return False


def gone(numbers: Callable[[], list[int]]) -> bool:
    """Wait until no process is left; end those that stay."""
    for _ in range(600):
        if not any(map(alive, numbers())):
            return True
        time.sleep(0.05)
    for number in numbers():
        os.kill(number, signal.SIGKILL)
    return False


# Too much


@pytest.mark.parametrize(
    "code",
    [
        pytest.param(f"print('x' * {HUGE})", id="one"),
        pytest.param(f"for _ in range(1000):\n    print('x' * {HUGE // 1000})", id="many"),
        pytest.param(f"import sys\nprint('x' * {HUGE}, file=sys.stderr)", id="stderr"),
        pytest.param(f"'x' * {BIG}", id="last line"),
        pytest.param(f"display('x' * {BIG})", id="displayed"),
        pytest.param(f"raise ValueError('x' * {BIG})", id="raised"),
        pytest.param(f"x = 'x' * {BIG}\nassert not x, x", id="assert"),
        pytest.param(
            "import sys\nfor _ in range(2000):\n    print('x')\n    print('x', file=sys.stderr)",
            id="two streams in turn",
        ),
    ],
)
def test_a_hundred_megabytes_are_cut(run, code: str) -> None:
    outcome = run(code)
    assert size(outcome) < 100_000
    assert CUT.strip() in json.dumps(outcome.ran.notebook, ensure_ascii=False)
    assert len("".join(said(outcome))) < 100_000


def test_what_is_printed_in_other_fences_is_not_cut_with_it(run) -> None:
    outcome = run(f"print('x' * {HUGE})", "print('뒤')")
    assert outcome.printed.endswith(f"{CUT}뒤\n")


def test_many_figures_in_one_fence_are_one_problem(run) -> None:
    code = (
        "import matplotlib.pyplot as plt\nfor _ in range(1000):\n"
        "    line = plt.figure(figsize=(1, 1)).text(0, 0, 'a')"
    )
    assert said(run(code, opening='{.python alt="글자 하나가 있는 작은 그림 천 장."}')) == [
        "docs/page0.md:1: 한 코드 칸이 그림을 1000장 그렸습니다. 한 장으로 묶거나 칸을 나누세요."
    ]


LIMIT = (
    "import resource\nused = int(open('/proc/self/statm').read().split()[0]) * 4096\n"
    "resource.setrlimit(resource.RLIMIT_AS, (used + 10**8, used + 10**8))\n"
)


@LINUX
@pytest.mark.parametrize(
    "code",
    ["x = bytearray(10**10)", "x = []\nwhile True:\n    x.append(bytearray(10**6))"],
    ids=["at once", "little by little"],
)
def test_a_page_without_memory_is_named_by_its_fence(run, code: str) -> None:
    [problem] = run(LIMIT, code).problems
    assert (problem.line, "MemoryError" in problem.text) == (7, True)


def test_a_recursion_without_end_is_named_by_its_fence(run) -> None:
    [problem] = run("x = 1", "def f():\n    return f()\n\nf()").problems
    assert problem.line == 5
    assert problem.text.startswith("코드 칸 실패: RecursionError: ")


# Strange ends


def test_a_page_killed_by_a_signal_without_a_name_is_named_by_its_fence(run) -> None:
    [problem] = run("x = 1", "import os\nos.kill(os.getpid(), 40)").problems
    assert (problem.line, "40" in problem.text) == (5, True)


def test_a_page_that_stops_itself_is_ended_and_named(run, monkeypatch) -> None:
    monkeypatch.setattr(run_module, "TIME_LIMIT", 1.0)
    outcome = run("import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)")
    assert said(outcome) == ["docs/page0.md:1: 코드 칸: 1초 안에 끝나지 않아 멈추었습니다."]


def test_an_exception_that_cannot_be_shown_is_named_by_its_fence(run) -> None:
    code = "class Bad(Exception):\n    def __str__(self):\n        return 1 / 0\n\nraise Bad"
    [problem] = run("x = 1", code).problems
    assert problem.line == 5
    assert problem.text.startswith("코드 칸 실패: ")


def test_a_failing_check_of_values_that_cannot_be_shown_is_named_by_its_line(run) -> None:
    code = "class Bad:\n    def __str__(self):\n        return 1 / 0\n\nbad = Bad()\nassert not bad"
    [problem] = run("x = 1", code).problems
    assert problem.line == 5
    assert "코드 칸 실패: AssertionError: " in problem.text


def test_an_output_that_no_notebook_can_hold_is_named_by_its_fence(run) -> None:
    outcome = run("display({'application/json': object()}, raw=True)", "x = 1")
    assert [problem.line for problem in outcome.problems] == [1]


def test_a_picture_given_as_bytes_is_kept_as_a_kernel_keeps_it(run) -> None:
    code = "class A:\n    def _repr_png_(self):\n        return b'\\x89PNG\\r\\n\\x1a\\n'\n\nA()"
    outcome = run(code, opening='{.python alt="네 점 곱하기 네 점의 검은 그림."}')
    assert outcome.ran.failure is None
    assert outcome.outputs[0][0].data["image/png"].strip() == "iVBORw0KGgo="


def test_a_copy_of_a_page_never_speaks_for_it(run) -> None:
    code = "if copy:\n    os.waitpid(copy, 0)\n    os._exit(3)"
    outcome = run("import os\ncopy = os.fork()", code)
    assert said(outcome) == ["docs/page0.md:6: 코드 칸: 프로세스가 상태 3로 끝났습니다."]


def test_a_page_that_removes_its_folder_goes_on(run) -> None:
    outcome = run("import os, shutil\nshutil.rmtree(os.getcwd())", "print(1)")
    assert (said(outcome), outcome.printed) == ([], "1\n")


def test_a_page_that_closes_its_streams_goes_on(run) -> None:
    code = "import sys, os\nsys.stdout.close()\nsys.stderr.close()\nos.closerange(0, 3)"
    outcome = run(code, "print(1)")
    assert (said(outcome), outcome.printed) == ([], "1\n")


# What stays behind


@LINUX
def test_threads_end_with_their_page(run) -> None:
    code = (
        "import os, threading, time\n"
        "thread = threading.Thread(target=time.sleep, args=[600])\nthread.start()\n"
        "print(os.getpid())"
    )
    number = int(run(code).printed)
    assert gone(lambda: [number])


CHILD = "import subprocess\nchild = subprocess.Popen(['sleep', '600'], OPTION)\nprint(child.pid)"


@LINUX
@pytest.mark.parametrize(
    "code",
    [
        CHILD.replace("OPTION", "start_new_session=True"),
        CHILD.replace("OPTION", "process_group=0"),
        "import os\nchild = os.fork()\nif not child:\n    os.setsid()\n    if os.fork():\n"
        "        os._exit(0)\n    open('pid', 'w').write(str(os.getpid()))\n"
        "    os.execvp('sleep', ['sleep', '600'])\n"
        "import time\nos.waitpid(child, 0)\n"
        "while not (os.path.exists('pid') and open('pid').read()):\n    time.sleep(0.05)\n"
        "print(open('pid').read())",
    ],
    ids=["session", "group", "daemon"],
)
def test_a_child_that_left_its_page_still_ends_with_it(run, code: str) -> None:
    number = int(run(code).printed)
    assert gone(lambda: [number])


LOOK = """
import builtins, decimal, locale, os, random, resource, signal, sys, warnings
import matplotlib, numpy as np, pandas as pd
print(sorted(os.environ.items()))
print(locale.setlocale(locale.LC_ALL))
print(np.random.get_state()[1][0] == 7)
print(random.getstate() == random.Random(7).getstate())
print(matplotlib.rcParams['font.size'])
print(warnings.filters)
print(np.get_printoptions()['precision'])
print(pd.get_option('display.width'))
print(sys.path)
print(sys.getrecursionlimit())
print(decimal.getcontext().prec)
print(signal.getsignal(signal.SIGTERM))
print(resource.getrlimit(resource.RLIMIT_NOFILE))
print(os.umask(0))
print(hasattr(builtins, 'spoilt'))
print(sorted(os.listdir()))
print(os.path.basename(os.getcwd()))
"""
SPOIL = """
import builtins, decimal, locale, os, random, resource, signal, sys, warnings
import matplotlib, numpy as np, pandas as pd
os.environ['TZ'] = 'Asia/Seoul'
x = locale.setlocale(locale.LC_ALL, 'C.UTF-8')
np.random.seed(7)
random.seed(7)
matplotlib.rcParams['font.size'] = 40
warnings.simplefilter('ignore')
x = np.set_printoptions(precision=1)
pd.set_option('display.width', 7)
sys.path.insert(0, '/nowhere')
sys.setrecursionlimit(5000)
decimal.getcontext().prec = 3
x = signal.signal(signal.SIGTERM, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_NOFILE, (50, 50))
x = os.umask(0o077)
builtins.spoilt = True
open('left.txt', 'w').close()
os.chdir('/')
"""


@LINUX
def test_nothing_that_a_page_changes_is_felt_by_the_next(run) -> None:
    before = run(LOOK).printed.splitlines()
    spoiler = run(SPOIL, LOOK)
    assert spoiler.ran.failure is None
    spoilt = spoiler.printed.splitlines()
    after = run(f"{LOOK}# 다시").printed.splitlines()
    assert after == before
    for line, changed in zip(before, spoilt, strict=True):
        assert line != changed  # a page that felt it would have seen it


# What a page waits for


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("input()", "EOFError"),
        ("import getpass\ngetpass.getpass()", "EOFError"),
        ("open('/dev/tty')", "OSError"),
    ],
)
def test_a_page_that_asks_its_reader_fails_at_its_fence(run, code: str, name: str) -> None:
    [problem] = run("x = 1", code).problems
    assert problem.line == 5
    assert problem.text.startswith(f"코드 칸 실패: {name}")


def test_a_page_that_stops_in_the_debugger_fails_at_its_fence(run) -> None:
    [problem] = run("x = 1", "breakpoint()").problems
    assert problem.line == 5


@pytest.fixture
def port() -> Iterator[int]:
    """Give a port on which nobody listens, and nobody else may."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("import socket\nsocket.create_connection(('127.0.0.1', PORT))", "ConnectionRefusedError"),
        ("from urllib.request import urlopen\nurlopen('http://127.0.0.1:PORT')", "URLError"),
    ],
)
def test_a_connection_that_is_refused_fails_as_its_own_exception(
    run, port: int, monkeypatch: pytest.MonkeyPatch, code: str, name: str
) -> None:
    outcome = run("import os\nos.environ['no_proxy'] = '*'", code.replace("PORT", str(port)))
    assert outcome.ran.failure.name == name
    assert outcome.problems[0].line == 6


def test_a_server_that_never_answers_holds_a_page_no_longer_than_the_limit(
    run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_module, "TIME_LIMIT", 1.0)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = silent.getsockname()
        outcome = run(f"import socket\nsocket.create_connection({address}).recv(1)")
    assert said(outcome) == ["docs/page0.md:1: 코드 칸: 1초 안에 끝나지 않아 멈추었습니다."]


# What a page says


FORMS = {
    "last line": "{0!r}",
    "table": "display({{'text/html': '<table><tr><td>' + {0!r} + '</td></tr></table>'}}, raw=True)",
    "drawing": "display({{'image/svg+xml': '<svg ><text>' + {0!r} + '</text></svg>'}}, raw=True)",
    "raised": "raise ValueError({0!r})",
}


@pytest.mark.parametrize(
    ("form", "hostile"),
    [
        pytest.param(
            form,
            hostile,
            id=f"{form}, {name}",
        )
        for form in FORMS
        for name, hostile in {
            "NUL": "가\x00나",
            "surrogate": "가\udc80나",
            "tags": "</svg></table></samp>**굵게** `x`\n# 제목",
        }.items()
    ],
)
def test_a_hostile_output_in_any_form_closes_nothing_but_itself(
    run, form: str, hostile: str
) -> None:
    outcome = run(FORMS[form].format(hostile))
    html = to_html(outcome.outputs[0])
    assert "가" in html or "굵게" in html
    assert not {"\x00", "\udc80"} & set(html)
    for tag in ("svg", "table", "samp", "div", "figure"):
        assert html.count(f"</{tag}>") == len(re.findall(rf"<{tag}\b", html)) <= 1


# What an author writes


def test_a_windows_path_in_code_is_printed_as_it_stands(run) -> None:
    assert run(r"print(r'C:\new\table', 'C:\\x')").printed == "C:\\new\\table C:\\x\n"


def test_a_windows_path_that_is_no_python_is_named_by_its_line(run) -> None:
    [problem] = run("x = 1", r"path = 'C:\Users\가'").problems
    assert problem.line == 5
    assert "SyntaxError" in problem.text
    assert problem.text.endswith("(6행)")


def test_hangul_in_pieces_is_the_same_hangul(book: Project, capsys) -> None:
    text = (
        '```{.python .check title="값"}\n값 = 3\nassert 값\nprint("값")\n```\n\n`{python} 값` 개\n'
    )
    path = book.docs / unicodedata.normalize("NFD", "한글이름.md")
    path.write_text(unicodedata.normalize("NFD", text), encoding="utf-8")
    status, (out, err) = main(["run"]), capsys.readouterr()
    assert (status, err) == (0, "")
    assert unicodedata.normalize("NFC", out).startswith("실행 1/1쪽 끝남 · docs/한글이름.md · ")
    [notebook] = [cache.load(book, entry.stem) for entry in cache.stored(book)]
    assert notebook.cells[0].metadata.livedocs["values"] == ["3"]
    assert notebook.cells[0].outputs[0].text == unicodedata.normalize("NFD", "값\n")


def test_a_name_in_pieces_in_the_prose_is_the_name_in_the_code(book: Project) -> None:
    piece = unicodedata.normalize("NFD", "값")
    assert run_texts(book, f"```python\n값 = 3\n```\n\n`{{python}} {piece}` 개\n")[0].values == [
        "3"
    ]


NESTS = {
    "notes": ["!!! note", "    ??? tip", '        === "하나"', "            !!! note"],
    "lists": ["- 하나", "    - 둘", "        - 셋", "            1. 넷"],
}


@pytest.mark.parametrize("kind", NESTS)
def test_the_output_of_a_fence_five_levels_deep_is_in_its_place(book: Project, kind: str) -> None:
    lines = [*NESTS[kind], " " * 16 + "!!! note"]
    inner = " " * 20
    lines += [f"{inner}```python", f"{inner}print('깊' * 3)", f"{inner}```", f"{inner}", "끝"]
    html = rendered("\n\n".join(lines[:5]) + "\n\n" + "\n".join(lines[5:]))
    assert "<samp>깊깊깊</samp>" in html
    assert html.index("<samp>") < html.rindex("</div>") < html.index("<p>끝</p>")


def test_an_unclosed_fence_stops_a_run_before_anything_runs(book: Project, capsys) -> None:
    (book.docs / "a.md").write_text("말\n\n```python\nprint(1)\n", encoding="utf-8")
    (book.docs / "b.md").write_text("```python\nprint(1)\n```\n", encoding="utf-8")
    assert main(["run"]) == 1
    assert capsys.readouterr() == (
        "",
        "docs/a.md:3: 코드 칸이 닫히지 않았습니다. 여는 줄과 같은 들여쓰기로 닫으세요.\n",
    )
    assert cache.stored(book) == []


def test_pages_without_fences_start_no_process(
    book: Project, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    monkeypatch.setattr(run_module, "warm_process", None)
    (book.docs / "a.md").write_text("# 말만\n", encoding="utf-8")
    (book.docs / "b.md").write_bytes(b"")
    assert (main(["run"]), capsys.readouterr()) == (0, ("", ""))
    assert "말만" in rendered("# 말만\n")


def test_a_page_that_is_not_utf_8_is_named(book: Project, capsys) -> None:
    (book.docs / "a.md").write_bytes("# 한글\n".encode("cp949"))
    assert main(["run"]) == 1
    assert capsys.readouterr().err.startswith("docs/a.md:1: ")


# The cache

PRINTS = fence("print(6 * 7)")


def rerun(book: Project) -> tuple[Outcome, list[str]]:
    """Run a page as a new process would; return it with what was told on the way."""
    SEEN.clear()
    told: list[str] = []
    page = read_page(PRINTS, "docs/a.md", book.data)
    ran = run_book({page.path: cells(page, book.data)}, book, told.append)
    return Outcome(page, ran[page.path]), told


def test_an_entry_that_may_not_be_read_is_run_again_and_replaced(book: Project) -> None:
    rerun(book)
    [path] = cache.stored(book)
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("이 사용자(root)는 권한과 상관없이 모든 파일을 읽는다.")
    assert not rerun(book)[0].ran.cached
    assert rerun(book)[0].ran.cached


def test_a_folder_in_the_place_of_an_entry_stops_nothing(book: Project, capsys) -> None:
    rerun(book)
    [path] = cache.stored(book)
    path.unlink()
    path.mkdir()
    outcome, told = rerun(book)
    assert (outcome.printed, outcome.ran.cached) == ("42\n", False)
    assert [line for line in told if line.startswith("결과를 저장하지 못했습니다 · docs/a.md · ")]
    assert main(["status"]) == 0


def test_a_folder_in_the_place_of_an_entry_does_not_stop_prune(book: Project) -> None:
    (book.cache / "notebooks" / f"{'0' * 64}.ipynb").mkdir(parents=True)
    assert main(["prune"]) == 0


def test_what_was_left_half_written_is_pruned(book: Project) -> None:
    rerun(book)
    half = book.cache / "notebooks" / ".tmp1234"
    half.write_text("{")
    cache.prune(book, [])
    assert list(half.parent.iterdir()) == []


def test_a_link_to_nowhere_in_the_cache_stops_nothing(book: Project, capsys) -> None:
    rerun(book)
    (book.cache / "notebooks" / f"{'0' * 64}.ipynb").symlink_to("nowhere")
    assert (main(["status"]), main(["prune"])) == (0, 0)
    assert not (book.cache / "notebooks" / f"{'0' * 64}.ipynb").is_symlink()


def test_an_entry_that_vanishes_while_others_are_pruned_stops_nothing(
    book: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    rerun(book)
    [path] = cache.stored(book)
    monkeypatch.setattr(cache, "stored", lambda project: [path.with_name("0.ipynb"), path])
    cache.prune(book, [])
    assert not path.exists()


@pytest.mark.parametrize(
    ("module", "name"), [(cache.os, "replace"), (cache.tempfile, "NamedTemporaryFile")]
)
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_result_that_cannot_be_stored_is_still_shown(
    book: Project, monkeypatch: pytest.MonkeyPatch, module, name: str, number: int
) -> None:
    def fails(*_, **__) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(module, name, fails)
        outcome, told = rerun(book)
    assert (outcome.printed, said(outcome)) == ("42\n", [])
    assert told[0] == f"결과를 저장하지 못했습니다 · docs/a.md · [Errno {number}] " + os.strerror(
        number
    )
    assert len(told) == 2
    assert list((book.cache / "notebooks").iterdir()) == []


def test_a_cache_folder_that_cannot_be_made_is_said_and_the_page_still_shown(
    apart: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("LIVEDOCS_CACHE", str(tmp_path / "file" / "cache"))
    outcome, told = rerun(apart)
    assert outcome.printed == "42\n"
    assert told[0].startswith("결과를 저장하지 못했습니다 · docs/a.md · ")


def test_a_read_only_cache_folder_is_said_and_the_page_still_shown(
    apart: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Path.write_text

    def refuses(path: Path, *words, **more) -> int:
        if path.is_relative_to(apart.cache.resolve()):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))
        return write(path, *words, **more)

    monkeypatch.setattr(Path, "write_text", refuses)
    assert rerun(apart)[0].printed == "42\n"


@pytest.mark.parametrize("moment", [0, 4_102_444_800], ids=["1970", "2100"])
def test_the_clock_changes_nothing(book: Project, moment: int) -> None:
    rerun(book)
    [path] = cache.stored(book)
    os.utime(path, (moment, moment))
    assert rerun(book)[0].ran.cached
    assert (cache.stored(book), path.stat().st_mtime) == ([path], moment)


def test_an_entry_of_another_engine_is_not_used(
    book: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(environment, "engine", lambda: "another")
        rerun(book)
    assert not rerun(book)[0].ran.cached
    assert len(cache.stored(book)) == 2
    assert rerun(book)[0].ran.cached


# Several builds, killed builds


def test_a_machine_that_holds_the_warm_process_off_does_not_stop_its_pages(tmp_path: Path) -> None:
    """A busy machine makes a tick pass before it was waited for; here a tick is nothing."""
    folder = tmp_path / "home" / "0"
    (folder / "scratch").mkdir(parents=True)
    job = {"limit": 100, "machine": "cpu", "variables": {}, "cells": []}
    (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
    code = "import sys; from livedocs import warm; warm.TICK = 1e-6; warm.main(*sys.argv[1:])"
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "home")], stdin=subprocess.PIPE, text=True
    )
    try:
        assert process.stdin
        print(folder, file=process.stdin, flush=True)
        for _ in range(1200):
            if (folder / "ended").exists():
                break
            time.sleep(0.05)
        assert (folder / "ended").exists()
    finally:
        process.kill()
        process.communicate()


def three_pages(book: Project) -> None:
    for number in range(3):
        code = f"import time\ntime.sleep(0.1)\nprint({number})"
        (book.docs / f"{number}.md").write_text(fence(code), encoding="utf-8")


def build(book: Project, folder: Path) -> subprocess.Popen[str]:
    """Start a build in a process of its own."""
    shutil.rmtree(folder / "tmp", ignore_errors=True)
    # What a killed build leaves may still be dying, and hold the folder.
    (folder / "tmp").mkdir(exist_ok=True)
    return subprocess.Popen(
        [sys.executable, "-c", BUILD],
        cwd=book.root,
        env=os.environ | {"TMPDIR": str(folder / "tmp")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )


def whole(book: Project) -> list[str]:
    """Return what the entries of a cache say, all of which are complete."""
    notebooks = [cache.load(book, path.stem) for path in cache.stored(book)]
    return sorted(notebook.cells[0].outputs[0].text for notebook in notebooks)


def of_cache(folder: Path) -> list[int]:
    """Return the processes, but this, that were started with a cache in their environment."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"LIVEDOCS_CACHE={folder}".encode() in path.read_bytes().split(b"\0"):
                found.append(int(path.parent.name))
        except OSError:
            continue
    return [number for number in found if number != os.getpid()]


@pytest.mark.parametrize("number", [2, 8])
def test_builds_at_once_leave_one_whole_cache(apart: Project, tmp_path: Path, number: int) -> None:
    three_pages(apart)
    folders = [tmp_path / str(each) for each in range(number)]
    for folder in folders:
        folder.mkdir()
    builds = [build(apart, folder) for folder in folders]
    ends = [(each.communicate(timeout=120)[0], each.returncode) for each in builds]
    assert [code for _, code in ends] == [0] * number, ends
    assert whole(apart) == ["0\n", "1\n", "2\n"]
    assert len(list((apart.cache / "notebooks").iterdir())) == 3


@LINUX
@pytest.mark.parametrize("times", [12, pytest.param(50, marks=pytest.mark.faults)])
def test_builds_killed_at_any_moment_leave_nothing_wrong_behind(
    apart: Project, tmp_path: Path, times: int
) -> None:
    three_pages(apart)
    started = time.monotonic()
    assert build(apart, tmp_path).wait(timeout=120) == 0
    lasts = time.monotonic() - started
    moments = random.Random(times)
    for _ in range(times):
        for path in cache.stored(apart)[1:]:
            path.unlink()  # so that there is something to do
        killed = build(apart, tmp_path)
        with contextlib.suppress(subprocess.TimeoutExpired):
            killed.wait(timeout=moments.uniform(0, lasts))
        killed.kill()
        killed.communicate()
        assert set(whole(apart)) <= {"0\n", "1\n", "2\n"}
    assert gone(lambda: of_cache(apart.cache))
    last = build(apart, tmp_path)
    assert (last.wait(timeout=120), whole(apart)) == (0, ["0\n", "1\n", "2\n"])


@LINUX
def test_a_killed_build_leaves_no_folder_behind(apart: Project, tmp_path: Path) -> None:
    (apart.docs / "a.md").write_text(fence("import time\nopen('on', 'w').close()\ntime.sleep(600)"))
    killed = build(apart, tmp_path)
    for _ in range(600):
        if list((tmp_path / "tmp").rglob("on")):
            break
        time.sleep(0.05)
    killed.kill()
    killed.communicate()
    assert gone(lambda: of_cache(apart.cache))
    assert list((tmp_path / "tmp").glob("livedocs-*")) == []


def test_a_page_that_has_no_group_yet_is_ended() -> None:
    page = subprocess.Popen(["sleep", "600"])  # as after fork, before setsid
    try:
        warm.end(page.pid)
        assert page.wait(timeout=60) == -signal.SIGKILL
    finally:
        page.kill()
        page.wait()


@LINUX
def test_the_end_of_one_page_ends_nothing_of_another_whose_number_begins_alike(
    tmp_path: Path,
) -> None:
    other = tmp_path / "10"
    other.mkdir()
    process = subprocess.Popen(["sleep", "600"], cwd=other)
    try:
        ending.sweep(str(tmp_path / "1"), {-1})  # another page is still running
        assert process.poll() is None
        ending.sweep(str(other), {-1})
        assert not Path(f"/proc/{process.pid}").exists()
    finally:
        process.kill()
        process.wait()


def test_a_data_file_lies_beside_the_page_whatever_folder_it_has_gone_to(book: Project) -> None:
    (book.data / "a.csv").write_text("1", encoding="utf-8")
    away = book.root / "away"
    away.mkdir()
    [outcome] = run_texts(
        book,
        f"```python\nimport os\nhome = os.getcwd()\nos.chdir({str(away)!r})\n```\n\n"
        '```{.python data="a.csv"}\nprint(os.path.exists(home + "/a.csv"))\n```\n',
    )
    assert (outcome.printed, list(away.iterdir())) == ("True\n", [])


def test_pages_that_set_no_seed_draw_other_numbers(book: Project) -> None:
    page = "```python\nimport numpy as np\nprint(np.random.uniform())\n```\n"
    one, other = run_texts(book, page, page + "\n```python\n1\n```\n")
    assert one.printed != other.printed


@LINUX
def test_a_killed_build_leaves_no_process_that_a_page_started_apart(
    apart: Project, tmp_path: Path
) -> None:
    code = (
        "import subprocess, time\n"
        "apart = subprocess.Popen(['sleep', '600'], start_new_session=True)\n"
        "open('half', 'w').write(str(apart.pid))\n"
        "import os; os.replace('half', 'on')\ntime.sleep(600)"
    )
    (apart.docs / "a.md").write_text(fence(code))
    killed = build(apart, tmp_path)
    for _ in range(600):
        if found := list((tmp_path / "tmp").rglob("on")):
            break
        time.sleep(0.05)
    started = int(found[0].read_text())
    killed.kill()
    killed.communicate()
    assert gone(lambda: of_cache(apart.cache))
    assert not Path(f"/proc/{started}").exists()
