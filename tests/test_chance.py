"""A shift reaches every seed of a page, and what it changes or breaks is seen."""

import ast
from pathlib import Path

import numpy as np
import pytest
from claims.chance import Shifting
from claims.judged import comparable, faults, moved, table
from claims.rewritten import RECORDER, rewritten
from claims.seeds import STEP, Built, Noted, built, read, run_seeds

from livedocs import cache
from livedocs.book import run_book
from livedocs.pages import cells, read_page
from livedocs.project import Project


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("keras.utils.set_random_seed(7)", "keras.utils.set_random_seed(_truth.sown(7))"),
        ("np.random.seed(7)", "np.random.seed(_truth.sown(7))"),
        ("default_rng(7)", "default_rng(_truth.sown(7))"),
        ("RandomState(seed=7)", "RandomState(seed=_truth.sown(7))"),
        ("random.Random(7)", "random.Random(_truth.sown(7))"),
        ("SeedGenerator(7)", "SeedGenerator(_truth.sown(7))"),
        ("make_moons(9, random_state=s)", "make_moons(9, random_state=_truth.sown(s))"),
        ("GlorotUniform(seed=7)", "GlorotUniform(seed=_truth.sown(7))"),
        ("split(**{'random_state': 7})", "split(**{'random_state': _truth.sown(7)})"),
        ("[rng(s) for s in default_rng(7)]", "[rng(s) for s in default_rng(_truth.sown(7))]"),
        ("print(7)", "print(7)"),
        ("default_rng()", "default_rng()"),
    ],
)
def test_a_seed_is_shifted_wherever_it_is_given(before: str, after: str) -> None:
    assert ast.unparse(Shifting().visit(ast.parse(before))) == after


@pytest.mark.parametrize(
    ("seed", "shifted"), [(7, 12), ([7, 1], [12, 1]), (None, None), (True, True), ("a", "a")]
)
def test_only_whole_numbers_are_shifted(seed: object, shifted: object) -> None:
    space: dict = {}
    exec(RECORDER, space)
    assert space["_Recorder"](5).sown(seed) == shifted


def judged(book: Project, folder: Path, code: str, check: str) -> tuple[list[str], set[int], str]:
    """Run a page of one fence and one check under five seeds."""
    text = f'```python\n{code}\n```\n\n```{{.python .check title="주장"}}\n{check}\n```\n'
    page = read_page(text, "docs/page.md")
    run_seeds([page], [0, 1, 2, 3, 4], book, folder)
    made, runs = rewritten(page, book.data), read(folder, page)
    assert [run.seed for run in runs] == [0, 1, 2, 3, 4]
    return faults(made, runs), moved(runs), "\n".join(table(made, runs))


DRAW = "import numpy as np\nx = np.random.default_rng(1).uniform(0.5, 0.9)\nprint(x)"


def test_a_check_with_room_under_all_seeds_passes(book: Project, tmp_path: Path) -> None:
    found, outputs, said = judged(book, tmp_path, DRAW, "assert x > 0.3")
    assert (found, outputs) == ([], {0})
    assert "움직인 출력 1/1칸: 1행" in said
    assert "8행" in said and "x > 0.3" in said


def test_a_check_that_another_seed_breaks_is_named_with_its_line(
    book: Project, tmp_path: Path
) -> None:
    found, _, _ = judged(book, tmp_path, DRAW, "assert x > 0.7")
    assert found
    assert all(text.startswith("docs/page.md:8: ") for text in found)
    assert "확인 ‘주장’ 실패(tensorflow 시드 " in found[0]


def test_a_check_without_room_is_refused(book: Project, tmp_path: Path) -> None:
    most = max(np.random.default_rng(1 + STEP * seed).uniform(0.5, 0.9) for seed in range(5))
    [text] = judged(book, tmp_path, DRAW, f"assert x < {most + 0.01}")[0]
    assert text.startswith("docs/page.md:8: 여유가 띠의 20%보다 작습니다.")


def test_a_check_on_what_no_seed_moves_needs_no_room(book: Project, tmp_path: Path) -> None:
    found, outputs, _ = judged(book, tmp_path, "x = sum([0.9])", "assert x > 0.899")
    assert (found, outputs) == ([], set())


def test_training_that_no_seed_moves_is_refused(book: Project, tmp_path: Path) -> None:
    """A page that prints the same whatever its seed either sows nothing or typed its outputs."""
    code = "# keras\nclass Model:\n    def fit(self): return 0.9\nx = Model().fit()\nprint(x)"
    [text] = judged(book, tmp_path, code, "assert x > 0.5")[0]
    assert "시드를 옮겨도 출력이 하나도 달라지지 않습니다" in text


def test_a_build_and_its_own_seeds_are_no_two_seeds() -> None:
    """Otherwise every fifth commit, whose share is the seed shifted by none, would fail."""
    build, own, shifted = (Noted("tensorflow", seed, "", {}, {}) for seed in (-1, 0, 1))
    assert not comparable([build, own])
    assert comparable([build, shifted])
    assert comparable([own, shifted])


def test_an_assert_that_never_runs_is_refused(book: Project, tmp_path: Path) -> None:
    [text] = judged(book, tmp_path, DRAW, "assert x > 0.3\nfor y in []:\n    assert y > x")[0]
    assert text.startswith("docs/page.md:10: 한 번도 실행되지 않은 assert입니다.")


def test_a_page_that_another_seed_stops_is_named(book: Project, tmp_path: Path) -> None:
    code = f"{DRAW}\n1 / int(x > 0.7)"
    found, _, _ = judged(book, tmp_path, code, "assert x > 0.3")
    assert any("docs/page.md:1: ZeroDivisionError" in text for text in found)


def test_notes_of_other_code_are_not_read(book: Project, tmp_path: Path) -> None:
    page = read_page(f"```python\n{DRAW}\n```\n", "docs/page.md")
    run_seeds([page], [0], book, tmp_path)
    changed = read_page(f"```python\n{DRAW}  # 0\n```\n", "docs/page.md")
    assert (len(read(tmp_path, page)), len(read(tmp_path, changed))) == (1, 0)
    run_seeds([changed], [0], book, tmp_path)
    assert (len(read(tmp_path, page)), len(read(tmp_path, changed))) == (0, 1)


def test_one_seed_is_compared_with_what_the_site_shows(book: Project, tmp_path: Path) -> None:
    page = read_page(f"```python\n{DRAW}\n```\n", "docs/page.md")
    assert built(page, book) == []
    wanted = cells(page, book.data)
    shown = run_book({page.path: wanted}, book, print)[page.path].notebook
    cache.store(Built(book.root), cache.key(wanted, "tensorflow", book), shown)
    for seed, expected in ((0, set()), (3, {0})):
        run_seeds([page], [seed], book, tmp_path / str(seed))
        assert moved(read(tmp_path / str(seed), page) + built(page, book)) == expected
