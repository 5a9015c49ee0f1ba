"""A fence with `backend=` runs in a process of its own backend; a missing one is said to miss.

The fences here import no framework: what is tested is who runs them, and under which name.
"""

import hashlib
import json
import os
import time
from importlib.util import find_spec
from pathlib import Path

import pytest
from claims.rewritten import notes, rewritten
from conftest import ENGINE, NEEDS_JAX, ROOT, Outcome, command, empty_book, run_texts
from test_extension import rendered

from livedocs import cache, environment
from livedocs import run as run_module
from livedocs.book import run_book
from livedocs.environment import describe
from livedocs.pages import Cell, cells, read_page
from livedocs.project import Project

NAME = "import os\nprint(os.environ['KERAS_BACKEND'])\n"
JAX = '{.python backend="jax"}'


def page(*fences: tuple[str, str]) -> str:
    """Return a page: (what stands behind the ticks, code) for each fence."""
    return "\n".join(f"```{opening}\n{code.strip()}\n```\n" for opening, code in fences)


def one(book: Project, *fences: tuple[str, str]) -> Outcome:
    return run_texts(book, page(*fences))[0]


def said(outcome: Outcome) -> list[str]:
    return [str(problem) for problem in outcome.problems]


@pytest.fixture
def without_jax(monkeypatch: pytest.MonkeyPatch) -> None:
    real = environment.version_of
    monkeypatch.setattr(
        environment, "version_of", lambda name: None if name.startswith("jax") else real(name)
    )


@NEEDS_JAX
def test_each_fence_runs_under_its_own_backend(book: Project) -> None:
    openings = ("python", JAX, '{.python backend="tensorflow"}', "python")
    outcome = one(book, *((opening, NAME) for opening in openings))
    assert said(outcome) == []
    assert outcome.printed.split() == ["tensorflow", "jax", "tensorflow", "tensorflow"]


@NEEDS_JAX
def test_fences_of_one_backend_share_a_process_and_nothing_with_others(book: Project) -> None:
    tell = "import os\nprint(os.getpid(), 'x' in globals())"
    outcome = one(
        book,
        ("python", f"x = 1\n{tell}"),
        (JAX, f"{tell}\nx = 2"),
        ('{.python backend="tensorflow"}', tell),
        (JAX, f"{tell}\nprint(x)"),
        ("python", f"{tell}\nprint(x)"),
    )
    own, jax, tensorflow, jax_again, own_again = (
        "".join(output["text"] for output in outputs).split() for outputs in outcome.outputs
    )
    assert len({own[0], jax[0], tensorflow[0]}) == 3
    assert [own[1], jax[1], tensorflow[1]] == ["True", "False", "False"]
    assert jax_again == [jax[0], "True", "2"]
    assert own_again == [own[0], "True", "1"]


@NEEDS_JAX
def test_fences_hand_files_to_each_other_in_the_order_of_the_page(book: Project) -> None:
    outcome = one(
        book,
        ("python", "import numpy as np\nnp.save('a.npy', np.arange(3))"),
        (JAX, "import numpy as np\nnp.save('b.npy', 2 * np.load('a.npy'))"),
        ("python", "print(np.load('b.npy'))"),
    )
    assert (said(outcome), outcome.printed) == ([], "[0 2 4]\n")


@NEEDS_JAX
def test_what_a_page_does_to_its_variables_and_folder_is_not_felt_by_a_guest(
    book: Project,
) -> None:
    outcome = one(
        book,
        ("python", "import os\nos.environ['LEFT'] = '1'\nos.mkdir('sub')\nos.chdir('sub')"),
        (JAX, "import os\nprint(os.environ.get('LEFT'), os.listdir())"),
    )
    assert outcome.printed == "None ['sub']\n"


@NEEDS_JAX
def test_values_and_figures_of_a_guest_are_placed(book: Project) -> None:
    alt = "오른쪽 위로 {x:.0f}까지 곧게 올라가는 선 하나."
    draw = "import matplotlib.pyplot as plt\nx = 2\nplt.plot([1, x])\nplt.show()"
    text = page((f'{{.python backend="jax" alt="{alt}"}}', draw)) + "\n`{python} x + 1` 개\n"
    outcome = run_texts(book, text)[0]
    assert (said(outcome), outcome.values) == ([], ["3", "2"])
    html = rendered(text)
    assert "3 개" in html
    assert 'aria-label="오른쪽 위로 2까지 곧게 올라가는 선 하나."' in html


@NEEDS_JAX
def test_a_failing_fence_of_another_backend_is_named_by_its_line(book: Project) -> None:
    outcome = one(book, ("python", "x = 1"), (JAX, "y = 1\n1 / 0"), ("python", "print(x)"))
    assert said(outcome) == [
        "docs/page0.md:5: 코드 칸 실패: ZeroDivisionError: division by zero (7행)"
    ]
    assert outcome.outputs[2] == []


@NEEDS_JAX
@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("import os\nos._exit(3)", "jax 프로세스가 상태 3로 끝났습니다."),
        ("import os\nos.kill(os.getpid(), 9)", "jax 프로세스가 신호 9(으)로 죽었습니다."),
    ],
)
def test_a_process_of_another_backend_that_dies_is_named_by_its_fence(
    book: Project, code: str, text: str
) -> None:
    outcome = one(book, ("python", "x = 1"), (JAX, code))
    assert said(outcome) == [f"docs/page0.md:5: 코드 칸: {text}"]


@NEEDS_JAX
def test_a_process_of_another_backend_that_hangs_ends_with_its_page(
    book: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_module, "TIME_LIMIT", 8.0)
    mark = tmp_path / "pid"
    hang = f"import os, time\nopen({str(mark)!r}, 'w').write(str(os.getpid()))\ntime.sleep(600)"
    outcome = one(book, ("python", "x = 1"), (JAX, hang))
    assert said(outcome) == ["docs/page0.md:5: 코드 칸: 8초 안에 끝나지 않아 멈추었습니다."]
    for _ in range(100):
        if not Path(f"/proc/{mark.read_text()}").exists():
            return
        time.sleep(0.05)
    os.kill(int(mark.read_text()), 9)
    pytest.fail("the guest outlived its page")


def test_a_page_without_other_backends_has_the_key_that_it_always_had(book: Project) -> None:
    recipe = [[["x = 1", "", [], []]], describe("tensorflow")]
    text = json.dumps(recipe, sort_keys=True)
    key = cache.key([Cell("x = 1")], "tensorflow", book)
    assert key[: -cache.CODE] == hashlib.sha256(text.encode()).hexdigest()[: -cache.CODE]
    assert len(key) == 64


def key_of(book: Project, text: str) -> str:
    return cache.key(cells(read_page(text)), "tensorflow", book)


def test_the_key_holds_the_backends_that_fences_name(
    book: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, other = page(("python", NAME)), page((JAX, NAME))
    before = key_of(book, plain), key_of(book, other)
    assert before[0] != before[1]
    real = environment.version_of
    monkeypatch.setattr(environment, "version_of", lambda n: "0" if n == "jax" else real(n))
    assert key_of(book, plain) == before[0]
    assert key_of(book, other) != before[1]


def test_an_unknown_backend_is_an_error() -> None:
    [problem] = read_page(page(('{.python backend="theano"}', NAME))).problems
    assert problem[1] == "모르는 백엔드 theano입니다. 쓸 수 있는 것: jax, tensorflow, torch"


ALT = "오른쪽 위로 {x:.0f}까지 곧게 올라가는 선 하나."
MISSING = page(
    ("python", "x = 1\nprint(x)"),
    (f'{{.python backend="jax" alt="{ALT}"}}', "x = 1\nprint('JAX', x)"),
    ('{.python .check backend="jax" title="참이다"}', "assert x == 1"),
    ("python", "print(x + 1)"),
)


def test_a_missing_backend_is_said_to_be_missing_and_nothing_else_breaks(
    book: Project, without_jax: None
) -> None:
    outcome = run_texts(book, MISSING)[0]
    assert (said(outcome), outcome.printed) == ([], "1\n2\n")
    html = rendered(MISSING)
    note = '<p class="norun">JAX가 설치되어 있지 않아 실행하지 않았습니다.</p>'
    assert html.count(note) == 2
    assert '<details class="check unrun"' in html
    assert "<span>실행되지 않음</span> · 참이다" in html


def test_a_backend_that_comes_later_has_the_page_run_again(
    book: Project, without_jax: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = page((JAX, NAME))
    assert run_texts(book, text)[0].printed == ""
    monkeypatch.undo()
    monkeypatch.setenv("LIVEDOCS_CACHE", str(book.cache))
    assert key_of(book, text) not in {path.stem for path in cache.stored(book)}


PATCHED = """\
import sys
import livedocs.environment as environment
import livedocs.warmth

real = environment.version_of
environment.version_of = lambda name: None if name.startswith("jax") else real(name)
livedocs.warmth.ALWAYS = ()
"""


def test_pytest_skips_a_fence_whose_backend_is_missing(tmp_path: Path) -> None:
    root = empty_book(tmp_path / "book").root
    (root / "conftest.py").write_text(PATCHED)
    (root / "docs" / "page.md").write_text(MISSING.replace(ALT, ALT.replace("{x:.0f}", "끝")))
    words = "-m pytest -p no:cacheprovider -p livedocs.doctest --markdown-docs -rs docs".split()
    done = command(*words, cwd=root)
    assert "2 passed, 2 skipped" in done.stdout
    assert "docs/page.md:6: JAX가 설치되어 있지 않아 실행하지 않았습니다." in done.stdout


def test_a_strict_build_without_a_backend_is_green(tmp_path: Path) -> None:
    root = empty_book(tmp_path / "book").root
    (root / "mkdocs.yml").write_text(
        f"site_name: 책\nhooks: [quick.py, {ENGINE / 'hook.py'}]\nplugins: []\n"
        "markdown_extensions: [livedocs.extension, pymdownx.superfences]\n",
        encoding="utf-8",
    )
    (root / "quick.py").write_text(PATCHED)
    (root / "docs" / "index.md").write_text("# 쪽\n\n" + MISSING, encoding="utf-8")
    done = command("-m", "mkdocs", "build", "--strict", "-q", cwd=root)
    assert (done.returncode, done.stdout) == (0, "")
    html = (root / "site" / "index.html").read_text(encoding="utf-8")
    assert html.count("JAX가 설치되어 있지 않아 실행하지 않았습니다.") == 2


def test_the_page_that_compares_backends_gives_each_the_same_code() -> None:
    path = ROOT / "docs" / "drivers" / "three-backends.md"
    fences = [
        fence
        for fence in read_page(path.read_text(encoding="utf-8")).runnable
        if "backend" in fence.values
    ]
    assert [fence.values["backend"] for fence in fences] == ["tensorflow", "jax", "torch"]
    assert len({fence.code for fence in fences}) == 1


@pytest.mark.parametrize("trained", [True, False])
def test_checks_in_other_backends_note_what_they_compared(book: Project, trained: bool) -> None:
    """The tests of claims rewrite a page; each of its processes needs their opening."""
    if find_spec("jax") is None:
        pytest.skip("JAX가 없습니다.")
    fences = (
        ("python", "import keras\nx = 1"),
        ('{.python .check backend="jax" title="둘보다 작다"}', "y = 1\nassert y < 2"),
        ('{.python .check backend="jax" title="영보다 크다"}', "assert y > 0"),
    )
    made = rewritten(read_page(page(*fences)), book.data, 0, trained)
    ran = run_book({"docs/a.md": made.cells}, book, print)["docs/a.md"]
    assert ran.failure is None
    assert sorted(notes(ran, made.page)) == [1, 2]
