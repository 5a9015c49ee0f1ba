"""The benchmark's sample pages are what they are said to be: same code in every tool's format."""

import ast
import json
import re
from dataclasses import replace

import pytest

from benchmarks import formats, results
from benchmarks.cluster import simulated
from benchmarks.overheads import Overheads
from benchmarks.pages import Code, Sample, sample, trivial
from benchmarks.rows import rows
from livedocs.cluster import TICK
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


NOTHING = Overheads(0, 0, 0, 0, 0, 0, 0)
TIMES = [float(number % 7 + 1) for number in range(200)]


def test_one_worker_takes_the_pages_time_and_what_is_added_to_each() -> None:
    alone = simulated(TIMES, 1, NOTHING)
    assert sum(TIMES) <= alone.seconds <= sum(TIMES) + 2 * TICK * len(TIMES)
    slow = simulated(TIMES, 1, replace(NOTHING, page=1.0))
    assert slow.seconds == pytest.approx(alone.seconds + len(TIMES), abs=2 * TICK * len(TIMES))


def test_no_number_of_workers_is_faster_than_the_longest_page() -> None:
    assert 7 <= simulated(TIMES, 4096, NOTHING).seconds <= 7 + 3 * TICK


def test_more_workers_take_less_time_and_are_less_busy() -> None:
    found = [simulated(TIMES, workers, replace(NOTHING, start=5.0)) for workers in (1, 4, 16, 64)]
    assert [row.seconds for row in found] == sorted((row.seconds for row in found), reverse=True)
    assert [row.efficiency for row in found] == sorted((r.efficiency for r in found), reverse=True)


def test_a_slow_scheduler_or_client_is_the_limit() -> None:
    one, other, last = (
        simulated(TIMES, 200, replace(NOTHING, **{who: 1.0}))
        for who in ("scheduler", "submit", "collect")
    )
    assert min(one.seconds, other.seconds, last.seconds) >= len(TIMES)
    assert one.scheduler > 0.9
    assert min(other.client, last.client) > 0.9


def test_a_worker_begins_once() -> None:
    alone, begun = simulated(TIMES, 1, NOTHING), simulated(TIMES, 1, replace(NOTHING, start=5.0))
    assert begun.seconds == pytest.approx(alone.seconds + 5, abs=2 * TICK)


def test_samples_of_one_commit_stay_when_another_is_measured(tmp_path, monkeypatch) -> None:
    here = results.machine()
    for commit, seconds in ("aaa", 1.0), ("bbb", 2.0):
        monkeypatch.setattr(results, "machine", lambda: here | {"commit": commit})  # noqa: B023
        assert results.load(tmp_path) == ({}, {})
        results.store(tmp_path, {"cold.ours": [seconds]}, {"cold.ours": commit}, [])
    assert results.load(tmp_path) == ({"cold.ours": [2.0]}, {"cold.ours": "bbb"})
    monkeypatch.setattr(results, "machine", lambda: here | {"commit": "aaa"})
    assert results.load(tmp_path) == ({"cold.ours": [1.0]}, {"cold.ours": "aaa"})


def test_numbers_of_an_earlier_file_stay_under_their_own_commit(tmp_path, monkeypatch) -> None:
    here = results.machine()
    of = {"commit": "aaa", "date": "2026-01-01"}
    monkeypatch.setattr(results, "machine", lambda: here | of)
    old = {"cold.ours": [1.0], "cold.gallery": [2.0], "warm.on": [3.0]}
    results.store(tmp_path, old, dict.fromkeys(old, "aaa"), [])
    file = results.file_of_today(tmp_path)
    monkeypatch.setattr(results, "machine", lambda: here | {"commit": "bbb", "date": "2026-01-02"})
    samples, commits = results.load(tmp_path, file)
    assert samples == old
    commits |= {"warm.on": "bbb"}
    results.store(tmp_path, samples, commits, [])
    assert '커밋,"aaa, bbb (warm)"' in (tmp_path / "data/benchmarked_with.csv").read_text("utf-8")
    assert results.load(tmp_path) == (old, commits)
    monkeypatch.setattr(results, "machine", lambda: here | of | {"cpu": "another"})
    with pytest.raises(ValueError, match=r"elsewhere \(cpu .*, here another\)"):
        results.load(tmp_path, file)
    with pytest.raises(ValueError, match=r"none\.json: no results"):
        results.load(tmp_path, tmp_path / "none.json")
