"""A long program is a script, a page of the engine and an executed notebook at once."""

from pathlib import Path

import nbformat
import pytest

from livedocs.book import run_book
from livedocs.pages import cells
from livedocs.project import Project
from livedocs.verdict import problems_of
from reading import examples

ALT = "오른쪽 위로 곧게 올라가는 선 하나를 그린 그림."
PROGRAM = f"""\
# %% [markdown]
# # 제목

# %%
x = 1
print(x)

# %% alt="{ALT}"
import matplotlib.pyplot as plt

plt.plot([x, 2])
plt.show()

# %%
assert x == 1
assert x < 2
"""


def written(book: Project, text: str) -> Path:
    book.examples.mkdir(exist_ok=True)
    path = book.examples / "long.py"
    path.write_text(text, encoding="utf-8")
    return path


def problems(book: Project, text: str) -> list[str]:
    """Return what is wrong with a program before and, if nothing is, after its run."""
    page, _ = examples.read_example(written(book, text), book)
    if page.listed_problems:
        return [str(problem) for problem in page.listed_problems]
    ran = run_book({page.path: cells(page)}, book, print)
    return [str(problem) for problem in problems_of(page, ran[page.path])]


def test_a_program_is_run_cell_by_cell(book: Project) -> None:
    page, notebook = examples.read_example(written(book, PROGRAM), book)
    ran = run_book({page.path: cells(page)}, book, print)[page.path]
    path = examples.write_executed(page, notebook, ran, book)
    written_cells = nbformat.read(path, 4).cells
    assert [cell.cell_type for cell in written_cells] == ["markdown", "code", "code", "code"]
    assert written_cells[1].outputs[0].text == "1\n"
    assert f'role="img" aria-label="{ALT}"' in written_cells[2].outputs[0].data["image/svg+xml"]


def test_two_runs_write_the_same_notebook(book: Project) -> None:
    texts = []
    for _ in "12":
        page, notebook = examples.read_example(written(book, PROGRAM), book)
        ran = run_book({page.path: cells(page)}, book, print)[page.path]
        texts.append(examples.write_executed(page, notebook, ran, book).read_bytes())
    assert texts[0] == texts[1]


def test_a_notebook_that_did_not_change_is_not_written_again(book: Project) -> None:
    page, notebook = examples.read_example(written(book, PROGRAM), book)
    ran = run_book({page.path: cells(page)}, book, print)[page.path]
    path = examples.write_executed(page, notebook, ran, book)
    path.chmod(0o400)
    before = path.stat().st_mtime_ns
    examples.write_executed(page, notebook, ran, book)
    assert path.stat().st_mtime_ns == before


def test_a_program_has_two_asserts(book: Project) -> None:
    assert problems(book, PROGRAM.replace("assert x < 2\n", "")) == [
        "examples/long.py:1: 긴 예제에는 assert가 적어도 2개 있어야 합니다(지금 1개)."
    ]


def test_a_failing_program_is_named_by_the_line_of_its_file(book: Project) -> None:
    assert problems(book, PROGRAM.replace("assert x < 2", "assert x > 2")) == [
        "examples/long.py:14: 코드 칸 실패: AssertionError: x = 1 (16행)"
    ]


def test_cells_that_begin_alike_have_their_own_lines(book: Project) -> None:
    program = PROGRAM.replace("print(x)\n", "print(x)\n\n# %%\nx = 1\n1 / 0\n")
    assert problems(book, program) == [
        "examples/long.py:8: 코드 칸 실패: ZeroDivisionError: division by zero (10행)"
    ]


def test_a_figure_of_a_program_needs_words(book: Project) -> None:
    [text] = problems(book, PROGRAM.replace(f' alt="{ALT}"', ""))
    assert text.startswith("examples/long.py:8: 그림에 대체 텍스트가 없습니다.")


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        (ALT, "짧다", "examples/long.py:8: 대체 텍스트는 15자에서 200자까지입니다(지금 2자)."),
        ("x = 1\n", "import torch\nx = 1\n", "examples/long.py:4: 쓸 수 없는 패키지 torch입니다."),
    ],
)
def test_a_program_keeps_the_rules_of_fences(book: Project, old: str, new: str, text: str) -> None:
    [found] = problems(book, PROGRAM.replace(old, new, 1))
    assert found.startswith(text)


def test_a_program_that_cannot_be_parsed_is_named_with_its_line(book: Project) -> None:
    [text] = problems(book, PROGRAM.replace("print(x)", "print(x"))
    assert text.startswith("examples/long.py:6: ")


def test_the_words_of_a_figure_cannot_leave_their_attribute() -> None:
    output = {"output_type": "display_data", "data": {"image/svg+xml": '<svg width="1"></svg>'}}
    named = examples.with_alt(output, 'x"><script>')["data"]["image/svg+xml"]
    assert named.startswith('<svg role="img" aria-label="x&quot;&gt;&lt;script&gt;" ')


def test_a_field_in_the_words_of_a_figure_is_filled(book: Project) -> None:
    program = PROGRAM.replace(ALT, "오른쪽 위로 {x + 1:.0f}까지 곧게 올라가는 선 하나.")
    page, notebook = examples.read_example(written(book, program), book)
    ran = run_book({page.path: cells(page)}, book, print)[page.path]
    path = examples.write_executed(page, notebook, ran, book)
    assert 'aria-label="오른쪽 위로 2까지' in path.read_text(encoding="utf-8").replace("\\", "")


OWN_BACKEND = "# ---\n# backend: {}\n# ---\n" + PROGRAM


def test_a_program_may_import_the_backend_of_its_header(book: Project) -> None:
    text = OWN_BACKEND.format("torch").replace("x = 1\n", "import torch\nx = 1\n", 1)
    path = written(book, text).rename(book.examples / "long_torch.py")
    page, notebook = examples.read_example(path, book)
    assert page.listed_problems == []
    assert notebook.cells[0].source == "# 제목"  # readers do not see the header
    assert page.line(page.fences[0].start) == 7  # as an editor counts the file's lines


def test_a_program_of_another_backend_is_shown_and_not_run(
    book: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = OWN_BACKEND.format("torch")
    written(book, text).rename(book.examples / "long_torch.py")
    runs = {}
    for backend in ("tensorflow", "torch"):
        monkeypatch.setenv("KERAS_BACKEND", backend)
        [page] = examples.example_pages(book).values()
        runs[backend] = len(page.runnable)
    assert runs == {"tensorflow": 0, "torch": 3}


def test_a_program_of_one_backend_says_so_in_its_name(book: Project) -> None:
    assert problems(book, OWN_BACKEND.format("torch")) == [
        "examples/long.py:1: 백엔드 하나에서만 도는 긴 예제의 이름은 _torch.py로 끝나야 합니다."
    ]
    [text] = problems(book, OWN_BACKEND.format("theano"))
    assert text.startswith("examples/long.py:1: 모르는 백엔드 theano입니다.")
