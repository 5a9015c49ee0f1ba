"""A clock that is set back, and modules that lie about, change nothing that a reader sees."""

import itertools
import time
from pathlib import Path

import pytest
from conftest import run_texts
from test_extension import fence
from test_faults import rerun

from livedocs import cache
from livedocs.pages import read_page
from livedocs.project import Project


def test_a_clock_that_is_set_back_at_each_look_changes_nothing(
    book: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = itertools.count(4e9, -1e6)
    monkeypatch.setattr(time, "time", lambda: next(moments))
    monkeypatch.setattr(time, "time_ns", lambda: int(next(moments) * 1e9))
    first = rerun(book)[0]
    assert first.ran.notebook.metadata.livedocs["seconds"] >= 0
    assert rerun(book)[0].ran.cached
    assert len(cache.stored(book)) == 1


def test_a_clock_that_is_set_back_in_a_page_is_felt_by_no_other(book: Project) -> None:
    back = "```{.python .measured}\nimport time\ntime.time = lambda: 0\nprint(time.time())\n```\n"
    look = "```{.python .measured}\nimport time\nprint(time.time() > 1e9)\n```\n"
    assert [page.printed for page in run_texts(book, back, look)] == ["0\n", "True\n"]


@pytest.mark.parametrize("name", ["helper", "random"])
def test_a_module_of_the_checkout_is_no_module_of_a_page(apart: Project, name: str) -> None:
    """It would be no part of the key: its change would leave the outputs as they were."""
    (apart.root / f"{name}.py").write_text("spoilt = True\n", encoding="utf-8")
    code = f"import importlib\ntry:\n    found = importlib.import_module({name!r})\n"
    code += "except ModuleNotFoundError:\n    found = None\n\nprint(hasattr(found, 'spoilt'))"
    assert run_texts(apart, fence(code))[0].printed == "False\n"


def test_a_module_beside_a_page_is_part_of_the_key(book: Project) -> None:
    code = "import importlib\nimport sys\n\nsys.path.insert(0, '')\n"
    code += "print(importlib.import_module('helper').answer)"
    for answer in (1, 2):
        (book.data / "helper.py").write_text(f"answer = {answer}\n", encoding="utf-8")
        [outcome] = run_texts(book, fence(code, '{.python data="helper.py"}'))
        assert (outcome.printed, outcome.ran.cached) == (f"{answer}\n", False)


def test_an_import_of_a_module_of_ones_own_breaks_a_rule(book: Project) -> None:
    page = read_page(fence("import helper"), "docs/a.md", Path("data"))
    assert [text.partition("입니다")[0] for _, text in page.problems] == [
        "쓸 수 없는 패키지 helper"
    ]
