"""The benchmark's sample pages are what they are said to be: same code in every tool's format."""

import ast
import json
import re

import pytest

from benchmarks import formats
from benchmarks.pages import Code, Sample, sample, trivial
from benchmarks.rows import rows
from livedocs.pages import read_page

SAMPLES = [sample(number) for number in range(12)]


def code_of(page: Sample) -> list[str]:
    return [part.text for part in page.parts if isinstance(part, Code)]


@pytest.mark.parametrize("page", [*SAMPLES, trivial(7, fences=3)], ids=lambda page: page.title)
def test_a_sample_is_a_sound_page_with_all_its_code(page: Sample) -> None:
    read = read_page(formats.book(page))
    assert read.problems == []
    assert [fence.code for fence in read.runnable] == [each.strip() for each in code_of(page)]


def test_a_sample_has_five_fences_one_figure_one_table_and_one_long_text() -> None:
    for page in SAMPLES:
        code = code_of(page)
        assert len(code) == 5
        assert sum("plt.show()" in each for each in code) == 1
        assert sum(".describe()" in each for each in code) == 1
        assert sum("range(300)" in each for each in code) == 1


def test_every_format_holds_the_same_code() -> None:
    page = SAMPLES[0]
    cells = json.loads(formats.notebook(page))["cells"]
    myst = re.findall(r"```\{code-cell\} python\n(.*?)```", formats.myst(page), re.DOTALL)
    assert [cell["source"] for cell in cells if cell["cell_type"] == "code"] == code_of(page)
    assert myst == code_of(page)
    in_gallery = ast.parse(formats.gallery(page)).body[1:]
    assert [ast.unparse(each) for each in in_gallery] == [
        ast.unparse(each) for each in ast.parse("".join(code_of(page))).body
    ]


def test_a_program_prints_the_table_that_a_notebook_would_show() -> None:
    program = formats.program(SAMPLES[0])
    assert "\nprint(history.describe())\n" in program
    assert program.count("describe") == 1
    assert "print(plt" not in program


def test_a_row_is_left_out_while_a_number_that_it_needs_is_missing() -> None:
    assert [row.name for row in rows({"cold.ours": 3.0, "cold.gallery": 6.0})] == ["cold/gallery"]


def test_a_goal_is_met_up_to_its_very_ratio() -> None:
    exact, above = ({"warm.on": on, "warm.off": 2.0} for on in (2.3, 2.31))
    assert [row.met for row in rows(exact)] == [True]
    assert [row.met for row in rows(above)] == [False]
