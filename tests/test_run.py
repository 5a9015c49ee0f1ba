"""A page runs in a process of its own; what it puts out is what a Jupyter kernel would give."""

import base64
import contextlib
import io
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import Outcome, command, run_texts
from PIL import Image

from livedocs import cache, warm, warmth
from livedocs import run as run_module
from livedocs.book import run_book
from livedocs.pages import Cell
from livedocs.project import Project

DRAW = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()"
ALT = '{.python alt="오른쪽 위로 곧게 올라가는 선 하나를 그린 그림."}'


def kinds(outcome: Outcome, fence: int = 0) -> list[str]:
    """Return what kind each output of a fence is, in order."""
    return [
        output.get("name")
        or next(k for k in ("image/svg+xml", "text/html", "text/plain") if k in output.data)
        for output in outcome.outputs[fence]
    ]


def said(outcome: Outcome) -> list[str]:
    return [str(problem) for problem in outcome.problems]


def test_printed_text_is_kept(run) -> None:
    outcome = run("print('가', 1)\nprint('나', end='')")
    assert outcome.printed == "가 1\n나"


def test_the_last_expression_is_shown(run) -> None:
    [output] = run("1\n2 + 3").outputs[0]
    assert (output.output_type, output.data) == ("execute_result", {"text/plain": "5"})


@pytest.mark.parametrize("code", ["x = 5", "None", "5;", "if True:\n    5", "# 5"])
def test_nothing_is_shown_where_a_kernel_shows_nothing(run, code: str) -> None:
    assert run(code).outputs == [[]]


def test_what_is_displayed_is_kept(run) -> None:
    [output] = run("display('가')\nx = 1").outputs[0]
    assert (output.output_type, output.data) == ("display_data", {"text/plain": "'가'"})


def test_outputs_keep_their_order(run) -> None:
    code = f"print('앞')\n{DRAW}\nprint('뒤')\nimport sys\nprint('말', file=sys.stderr)\n7"
    outcome = run(code, opening=ALT)
    assert kinds(outcome) == ["stdout", "image/svg+xml", "stdout", "stderr", "text/plain"]


def test_a_figure_that_is_not_shown_is_drawn_at_the_end_as_notebooks_do(run) -> None:
    code = "import matplotlib.pyplot as plt\nline = plt.plot([1, 2])\nprint('뒤')"
    assert kinds(run(code, opening=ALT)) == ["stdout", "image/svg+xml"]


def test_a_table_is_shown_as_a_table(run) -> None:
    [output] = run("import pandas as pd\npd.DataFrame({'가': [1]})").outputs[0]
    assert "<table" in output.data["text/html"]


def test_what_c_code_prints_stays_out_of_the_page(run) -> None:
    outcome = run(
        "import os\ncount = os.write(1, b'log\\n') + os.write(2, b'log\\n')\nprint(count)"
    )
    assert outcome.outputs[0] == [{"output_type": "stream", "name": "stdout", "text": "8\n"}]


def test_a_very_long_text_is_cut(run) -> None:
    printed = run("for _ in range(1000):\n    print('가' * 1000)").printed
    assert len(printed) < 21_000
    assert printed.endswith("\n… 출력이 길어 여기서 줄입니다.\n")


def test_half_a_surrogate_pair_in_the_output_is_stored(run) -> None:
    run("print('가\\udc80')")
    assert run("print('가\\udc80')").ran.cached


def test_a_name_is_known_to_later_fences_of_its_page(run) -> None:
    assert run("x = 3", "print(x)").printed == "3\n"


def test_a_name_is_unknown_to_other_pages(book: Project) -> None:
    one = "```python\nsecret = 3\n```\n"
    two = "```python\nprint('secret' in globals())\n```\n"
    assert run_texts(book, one, two)[1].printed == "False\n"


def test_the_page_is_the_main_program(run) -> None:
    assert run("print(__name__)").printed == "__main__\n"


def test_a_class_of_a_page_can_be_pickled(run) -> None:
    code = "import pickle\nclass A:\n    x = 1\n\nprint(pickle.loads(pickle.dumps(A())).x)"
    assert run(code).printed == "1\n"


def test_an_exception_is_the_last_output_and_a_failure(run) -> None:
    outcome = run("print(1)\nx = 0\n1 / x", "print(2)")
    assert kinds_of_types(outcome) == ["stream", "error"]
    assert outcome.outputs[1] == []
    assert said(outcome) == [
        "docs/page0.md:1: 코드 칸 실패: ZeroDivisionError: division by zero (4행)"
    ]


def kinds_of_types(outcome: Outcome) -> list[str]:
    return [output.output_type for output in outcome.outputs[0]]


def test_an_exception_in_a_function_is_named_by_the_line_of_the_page(run) -> None:
    outcome = run("def f():\n    return {}['가']", "x = 1\nf()")
    assert said(outcome) == ["docs/page0.md:6: 코드 칸 실패: KeyError: '가' (8행)"]


def test_a_false_check_is_named_by_its_title_and_shows_its_values(book: Project) -> None:
    text = '---\ntitle: 가\n---\n```{.python .check title="작다"}\nx = 3\nassert x < 2\n```\n'
    [outcome] = run_texts(book, text)
    assert said(outcome) == ["docs/page0.md:4: 확인 ‘작다’ 실패: AssertionError: x = 3 (6행)"]


def test_the_message_of_an_assert_is_shown(run) -> None:
    outcome = run("assert False, '틀렸다'")
    assert said(outcome) == ["docs/page0.md:1: 코드 칸 실패: AssertionError: 틀렸다 (2행)"]


def test_a_syntax_error_is_named_with_its_line(run) -> None:
    outcome = run("print(1)", "x = 1\ny = (")
    assert outcome.problems[0].line == 5
    assert said(outcome)[0].startswith("docs/page0.md:5: 코드 칸 실패: ")
    assert said(outcome)[0].endswith(" (7행)")


@pytest.mark.parametrize("code", ["!ls", "%time 1", "files = !ls", "print?", "%%time\n1"])
def test_a_magic_is_a_syntax_error_as_in_a_program(run, code: str) -> None:
    assert "SyntaxError" in "".join(said(run(code)))


def test_waiting_outside_a_function_is_a_syntax_error_as_in_a_program(run) -> None:
    assert "SyntaxError" in "".join(said(run("import asyncio\nawait asyncio.sleep(0)")))


def test_a_figure_without_words_is_an_error(run) -> None:
    assert said(run(DRAW)) == [
        'docs/page0.md:1: 그림에 대체 텍스트가 없습니다. 코드 칸의 첫 줄에 alt="…" 속성을 적으세요.'
    ]


def test_words_without_a_figure_are_an_error(run) -> None:
    assert said(run("x = 1", opening=ALT)) == [
        "docs/page0.md:1: 그림을 그리지 않는 코드 칸에 대체 텍스트가 있습니다. alt를 지우세요."
    ]


def test_two_figures_in_one_fence_are_an_error(run) -> None:
    assert said(run(f"{DRAW}\n{DRAW}", opening=ALT)) == [
        "docs/page0.md:1: 한 코드 칸이 그림을 2장 그렸습니다. 한 장으로 묶거나 칸을 나누세요."
    ]


PICTURE = """
import matplotlib.pyplot as plt, numpy as np
plt.figure(figsize=(3, 3))
plt.imshow(np.random.default_rng(0).uniform(size=({side}, {side}, 3)))
plt.xticks([0, 1.23456], ["0", "1.23456"])
plt.show()
"""
EMBEDDED = re.compile(r'<image ([^>]*)xlink:href="data:image/webp;base64,([^"]+)"([^>]*)>')


@pytest.mark.parametrize(("side", "kept", "crisp"), [(8, 8, True), (100, 100, False)])
def test_a_picture_lies_in_the_drawing_with_its_own_pixels(run, side, kept, crisp) -> None:
    [output] = run(PICTURE.format(side=side), opening=ALT).outputs[0]
    [(before, data, after)] = EMBEDDED.findall(output.data["image/svg+xml"])
    assert Image.open(io.BytesIO(base64.b64decode(data))).size == (kept, kept)
    assert ("image-rendering:pixelated" in before + after) == crisp


@pytest.mark.skipif(
    not warm.FORKS, reason="pages are copies of a process only where it can be copied"
)
def test_a_page_looks_for_garbage_but_not_in_what_was_imported(run) -> None:
    outcome = run("import gc\nprint(gc.isenabled(), gc.get_freeze_count() > 10_000)")
    assert outcome.outputs[0][0].text == "True True\n"


def test_a_picture_has_no_more_pixels_than_are_seen(run) -> None:
    [output] = run(PICTURE.format(side=900), opening=ALT).outputs[0]
    [(_, data, after)] = EMBEDDED.findall(output.data["image/svg+xml"])
    assert 200 < Image.open(io.BytesIO(base64.b64decode(data))).width < 300
    assert 'width="900"' in after  # the box that they fill


DOTS = DRAW.replace("plot([1, 2])", "scatter([1], [2])")


@pytest.mark.parametrize(("code", "edges"), [(PICTURE.format(side=8), 4), (DOTS, 2)])
def test_a_picture_has_four_edges_and_a_plot_two(run, code, edges) -> None:
    [output] = run(code, opening=ALT).outputs[0]
    assert output.data["image/svg+xml"].count("stroke-linecap: square") == edges


def test_a_drawing_is_placed_to_a_hundredth_of_a_point_and_its_text_is_whole(run) -> None:
    [output] = run(PICTURE.format(side=8), opening=ALT).outputs[0]
    svg = output.data["image/svg+xml"]
    assert ">1.23456</text>" in svg
    assert re.search(r'd="[^"]*\d\.\d\d[ "]', svg)
    assert not re.search(r'(?: d| x| y)="[^"]*\.\d{3}', svg)


def test_a_glyph_that_no_font_has_is_an_error(run) -> None:
    outcome = run(f"{DRAW.replace('plt.show', 'plt.title(chr(0x12345)); plt.show')}", opening=ALT)
    assert outcome.ran.failure.name == "UserWarning"
    assert "missing from font" in outcome.ran.failure.text


def test_a_memory_address_in_an_output_is_an_error(run) -> None:
    [text] = said(run("print(object())"))
    assert text.startswith(
        "docs/page0.md:1: 출력에 실행할 때마다 바뀌는 메모리 주소가 있습니다: <object object at 0x"
    )


def test_an_expected_exception_is_an_output_and_the_page_goes_on(book: Project) -> None:
    text = '```{.python raises="ValueError"}\nint("가")\n```\n\n```python\nprint(2)\n```\n'
    [outcome] = run_texts(book, text)
    assert said(outcome) == []
    assert outcome.outputs[0][0].ename == "ValueError"
    assert outcome.printed == "2\n"


def test_an_expected_exception_that_stays_away_is_an_error(run) -> None:
    assert said(run("int('1')", opening='{.python raises="ValueError"}')) == [
        "docs/page0.md:1: 코드 칸: ValueError 예외가 나야 하는데 아무 예외도 나지 않았습니다."
    ]


def test_another_exception_than_the_expected_is_an_error(run) -> None:
    assert said(run("[][1]", opening='{.python raises="ValueError"}')) == [
        "docs/page0.md:1: 코드 칸 실패: IndexError: list index out of range (2행)"
    ]


def test_values_are_taken_where_they_stand(book: Project) -> None:
    text = (
        "```python\nx = 1\n```\n\n`{python} x` 개\n\n"
        "```python\nx = 2\n```\n\n`{python} f'{x:.1f}'` 개\n"
    )
    assert run_texts(book, text)[0].values == ["1", "2.0"]


def test_a_value_that_cannot_be_had_is_named_by_its_own_line(book: Project) -> None:
    [outcome] = run_texts(book, "```python\nx = 1\n```\n\n말\n`{python} y` 개\n")
    assert said(outcome) == [
        "docs/page0.md:6: 본문의 값을 구하지 못했습니다: NameError: name 'y' is not defined (y)"
    ]


def test_a_value_in_an_alternative_text_that_cannot_be_had_is_named_by_its_fence(run) -> None:
    outcome = run(DRAW, opening='{.python alt="오른쪽 위로 {높이:.0f}까지 올라가는 선 하나."}')
    assert said(outcome) == [
        "docs/page0.md:1: 대체 텍스트의 값: "
        """NameError: name '높이' is not defined (f"{높이:.0f}")"""
    ]


def test_a_value_that_is_no_plain_number_is_an_error(book: Project) -> None:
    [outcome] = run_texts(book, "```python\nx = [1, 2]\n```\n\n`{python} x` 개\n")
    assert said(outcome) == [
        "docs/page0.md:5: 문장에는 수나 낱말 하나만 넣습니다. 값이 '[1, 2]'입니다: x. "
        "f-문자열로 꼴을 정하세요."
    ]


def test_a_page_that_hangs_is_ended_and_named(run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_module, "TIME_LIMIT", 1.0)
    outcome = run("x = 1", "while True:\n    pass")
    assert said(outcome) == ["docs/page0.md:5: 코드 칸: 1초 안에 끝나지 않아 멈추었습니다."]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("import os\nos._exit(0)", "코드 칸: 프로세스가 상태 0로 끝났습니다."),
        ("import os\nos._exit(3)", "코드 칸: 프로세스가 상태 3로 끝났습니다."),
        (
            "import os\nos.kill(os.getpid(), 9)",
            "코드 칸: 실행하던 프로세스가 죽었습니다(신호 SIGKILL). 메모리를 살펴보세요.",
        ),
        ("import sys\nsys.exit(4)", "코드 칸 실패: SystemExit: 4 (7행)"),
        ("\nraise KeyboardInterrupt", "코드 칸 실패: KeyboardInterrupt:  (6행)"),
    ],
)
def test_a_page_that_ends_itself_is_named_by_its_fence(run, code: str, text: str) -> None:
    assert said(run("x = 1", code)) == [f"docs/page0.md:5: {text}"]


def test_a_page_that_dies_takes_no_other_with_it(book: Project) -> None:
    dies = "```python\nimport os\nos.kill(os.getpid(), 9)\n```\n"
    lives = "```python\nimport time\ntime.sleep(0.5)\nprint(1)\n```\n"
    outcomes = run_texts(book, dies, lives)
    assert [bool(outcome.ran.failure) for outcome in outcomes] == [True, False]
    assert len(cache.stored(book)) == 1


def test_after_the_death_of_the_warm_process_pages_run_again(apart: Project) -> None:
    with contextlib.suppress(RuntimeError):
        run_texts(
            apart, "```python\nimport os, time\nos.kill(os.getppid(), 9)\ntime.sleep(9)\n```\n"
        )
    assert run_texts(apart, "```python\nprint(1)\n```\n")[0].printed == "1\n"


def test_what_a_page_started_ends_with_it(run) -> None:
    code = "import subprocess\nchild = subprocess.Popen(['sleep', '600'])\nprint(child.pid)"
    number = int(run(code).printed)
    for _ in range(100):
        if not alive(number):
            return
        time.sleep(0.05)
    os.kill(number, 9)
    pytest.fail("the child outlived its page")


def alive(number: int) -> bool:
    """Whether a process runs; one that only waits to be reaped does not."""
    try:
        return ") Z " not in Path(f"/proc/{number}/stat").read_text()
    except OSError:
        return False


def test_a_data_file_lies_beside_the_code(book: Project) -> None:
    (book.data / "facts").mkdir()
    (book.data / "facts" / "a.csv").write_bytes("가,\xff\r\n".encode("latin-1", "replace"))
    text = '```{.python data="facts/a.csv"}\nprint(open("a.csv", "rb").read())\n```\n'
    assert run_texts(book, text)[0].printed == f"{(book.data / 'facts' / 'a.csv').read_bytes()!r}\n"


def test_what_a_page_writes_stays_out_of_the_checkout(book: Project) -> None:
    before = sorted(book.root.rglob("*"))
    code = "from pathlib import Path\nsize = Path('a.txt').write_text('1')\nprint(Path.cwd())"
    folder = Path(run_texts(book, f"```python\n{code}\n```\n")[0].printed.strip())
    assert sorted(book.root.rglob("*")) == before
    assert not folder.exists()


def test_two_pages_at_once_do_not_see_each_others_files(book: Project) -> None:
    code = "import os\nprint(os.listdir())\nopen('a.txt', 'w').close()"
    pages = [f"```python\n{code}\nx = {number}\n```\n" for number in range(4)]
    assert [outcome.printed for outcome in run_texts(book, *pages)] == ["[]\n"] * 4


def test_a_second_run_executes_nothing(book: Project, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    text = f"```python\nprint('가', file=open({str(mark)!r}, 'a'))\nprint(5)\n```\n"
    first, second = run_texts(book, text)[0], run_texts(book, text)[0]
    assert [first.ran.cached, second.ran.cached] == [False, True]
    assert mark.read_text(encoding="utf-8") == "가\n"
    assert second.outputs == first.outputs


def test_a_page_that_failed_is_run_again(book: Project) -> None:
    text = "```python\n1 / 0\n```\n"
    assert [run_texts(book, text)[0].ran.cached for _ in "12"] == [False, False]


def test_progress_is_told_page_by_page(book: Project) -> None:
    told: list[str] = []
    pages = {"docs/a.md": [Cell("x = 1")], "docs/b.md": [Cell("1 / 0")]}
    run_book(pages, book, told.append, workers=1)
    form = r"실행 ./2쪽 (끝남|멈춤) · docs/.\.md · \d+\.\d초 · \d+초 지남(, \d+초쯤 남음)?"
    assert [line for line in told if not re.fullmatch(form, line)] == []
    assert [line.rsplit(" · ", 2)[0] for line in told] == [
        "실행 1/2쪽 끝남 · docs/a.md",
        "실행 2/2쪽 멈춤 · docs/b.md",
    ]
    assert ["남음" in line for line in told] == [True, False]


def test_the_same_page_gives_the_same_drawing_twice(book: Project) -> None:
    texts = [f"```{ALT}\nx = {n}\n{DRAW}\n```\n" for n in range(2)]
    one, two = run_texts(book, *texts)
    assert one.outputs == two.outputs


def test_optimised_python_takes_no_assert_away(
    apart: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONOPTIMIZE", "1")
    text = '```{.python .check title="참"}\nassert 1 > 2\n```\n'
    assert run_texts(apart, text)[0].ran.failure.name == "AssertionError"


def test_a_hostile_home_changes_nothing(
    apart: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = {"backend": "nonsense", "floatx": "float16", "image_data_format": "channels_first"}
    hostile = tmp_path / "home" / ".keras" / "keras.json"
    hostile.parent.mkdir(parents=True)
    hostile.write_text(json.dumps(settings))
    (tmp_path / "home" / ".config" / "matplotlib").mkdir(parents=True)
    (tmp_path / "home" / ".config" / "matplotlib" / "matplotlibrc").write_text("font.size: 40\n")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("KERAS_HOME", raising=False)
    text = (
        "```python\nimport keras\nimport matplotlib.pyplot as plt\n"
        "print(keras.backend.backend(), keras.config.floatx(), keras.config.image_data_format())\n"
        "print(plt.rcParams['font.size'])\n```\n"
    )
    before = sorted((tmp_path / "home").rglob("*"))
    assert run_texts(apart, text)[0].printed == "tensorflow float32 channels_last\n11.0\n"
    assert sorted((tmp_path / "home").rglob("*")) == before


WHERE = "import sys\nprint(sys.orig_argv[2], file=sys.stderr)\n"
RICH = f"```{ALT}\n{WHERE}print('앞')\n{DRAW}\nprint(__name__)\n1 + 1\n```\n"


def how_started(outcome: Outcome) -> str:
    return next(o["text"].strip() for o in outcome.outputs[0] if o.get("name") == "stderr")


def test_a_page_is_forked_or_fresh_with_the_same_outputs(
    apart: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [forked] = run_texts(apart, RICH)
    (tmp_path / "spoiled.py").write_text(
        "import sys, types\n"
        "context = types.ModuleType('tensorflow.python.eager.context')\n"
        "context._context = types.SimpleNamespace(_initialized=True)\n"
        "sys.modules[context.__name__] = context\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr(warmth, "ALWAYS", ("spoiled",))
    [fresh] = run_texts(apart, RICH.replace("1 + 1", "1 + 1  # 다시"))
    assert [how_started(forked), how_started(fresh)] == ["livedocs.warm", "livedocs.child"]
    for outcome in (forked, fresh):
        outcome.outputs[0][:] = [o for o in outcome.outputs[0] if o.get("name") != "stderr"]
    assert forked.outputs == fresh.outputs


@pytest.mark.parametrize(
    ("framework", "touch"),
    [
        ("tensorflow", "import tensorflow as tf; tf.constant(1)"),
        ("jax", "import jax; jax.numpy.zeros(1)"),
    ],
)
def test_a_framework_in_use_is_noticed_and_one_only_imported_is_not(
    framework: str, touch: str, tmp_path: Path
) -> None:
    pytest.importorskip(framework)
    first, rest = touch.split("; ")
    code = (
        f"from livedocs.warm import initialised\nimport keras\n{first}\n"
        f"print('[%s]' % initialised())\n{rest}\nprint('[%s]' % initialised())"
    )
    env = {"KERAS_BACKEND": framework, "KERAS_HOME": str(tmp_path), "TF_CPP_MIN_LOG_LEVEL": "3"}
    done = command("-c", code, cwd=tmp_path, env=env)
    assert [line for line in done.stdout.splitlines() if line.startswith("[")] == [
        "[]",
        f"[{framework}]",
    ]


def test_torch_on_an_accelerator_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    class Torch:
        class cuda:
            is_initialized = staticmethod(lambda: True)

    monkeypatch.setitem(sys.modules, "torch", Torch)
    monkeypatch.delitem(sys.modules, "tensorflow.python.eager.context", raising=False)
    monkeypatch.delitem(sys.modules, "jax._src.xla_bridge", raising=False)
    assert warm.initialised() == "torch"


def test_a_killed_build_leaves_no_process_behind(apart: Project, tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    code = f"import os, time\nopen({str(mark)!r}, 'w').write(str(os.getpid()))\ntime.sleep(600)"
    (tmp_path / "build.py").write_text(
        "from pathlib import Path\nfrom livedocs import warmth\nwarmth.ALWAYS = ()\n"
        "from livedocs.book import run_book\nfrom livedocs.pages import Cell\n"
        "from livedocs.project import Project\n"
        f"run_book({{'a': [Cell({code!r})]}}, Project(Path({str(apart.root)!r})), print)\n"
    )
    build = subprocess.Popen(
        [sys.executable, tmp_path / "build.py"],
        stderr=subprocess.DEVNULL,
        env=os.environ | {"TMPDIR": str(tmp_path)},
    )
    number = wait_for(mark)
    build.kill()
    build.wait()
    for _ in range(200):
        if not alive(number):
            break
        time.sleep(0.05)
    gone = not alive(number)
    if not gone:
        os.kill(number, 9)
    assert gone
    assert cache.stored(apart) == []


def wait_for(mark: Path) -> int:
    for _ in range(600):
        if mark.exists() and mark.read_text():
            return int(mark.read_text())
        time.sleep(0.05)
    pytest.fail("the page did not start")
