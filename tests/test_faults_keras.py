"""What a page does to Keras, or an author's shell says to it, is felt by no page."""

import pytest
from conftest import end_warm_processes, run_texts
from test_extension import fence

from livedocs import cache, environment, loaded, warmth
from livedocs.project import Project
from livedocs.variables import variables

LOOK = """
import keras
import numpy as np
print(keras.config.floatx(), keras.config.epsilon(), keras.config.image_data_format())
print(keras.config.dtype_policy().name)
print(keras.config.max_epochs())
print(keras.config.is_traceback_filtering_enabled())
print(keras.config.is_interactive_logging_enabled())
print(sorted(keras.saving.get_custom_objects()))
print(keras.layers.Dense(1).name)
keras.utils.set_random_seed(1)
print(keras.ops.convert_to_numpy(keras.random.uniform([2])).tolist())
model = keras.Sequential([keras.Input([2]), keras.layers.Dense(3)])
model.summary()
"""
SPOIL = """
import keras
keras.config.set_floatx("float64")
keras.config.set_epsilon(0.5)
keras.config.set_image_data_format("channels_first")
keras.config.set_dtype_policy("mixed_bfloat16")
keras.config.set_max_epochs(1)
keras.config.disable_traceback_filtering()
keras.config.disable_interactive_logging()
keras.saving.get_custom_objects()["spoilt"] = print
x = [keras.layers.Dense(1) for number in range(7)]
keras.random.uniform = lambda shape: keras.ops.zeros(shape)
"""
# kB of files that the process which imported Keras still has in its memory.
FILES = """
import os
import re
status = open(f"/proc/{os.getppid()}/status", encoding="utf-8").read()
print(re.search(r"RssFile:\\s+([0-9]+) kB", status)[1])
"""
# What an author's shell may hold and no page should feel; each would show in `LOOK`.
SHELL = {
    "COLUMNS": "40",
    "LINES": "5",
    "TERM": "dumb",
    "NO_COLOR": "1",
    "FORCE_COLOR": "1",
    "PYTHONOPTIMIZE": "2",
    "LC_ALL": "C",
    "TZ": "Asia/Seoul",
}


@pytest.fixture
def keras_book(apart: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setattr(warmth, "ALWAYS", ("keras",))
    for name in SHELL:
        monkeypatch.delenv(name, raising=False)
    return apart


def test_nothing_that_a_page_does_to_keras_is_felt_by_the_next(
    keras_book: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, spoiler, after = (
        run_texts(keras_book, fence(code))[0] for code in (LOOK, SPOIL + LOOK, LOOK + "# 다시")
    )
    assert spoiler.ran.failure is None
    assert after.printed == before.printed
    seen, spoilt = before.printed.splitlines()[:8], spoiler.printed.splitlines()[:8]
    assert [one for one, other in zip(seen, spoilt, strict=True) if one == other] == []


@pytest.mark.skipif(not loaded.MAPS.exists(), reason="only Linux says which file is in memory")
def test_the_warm_process_keeps_no_code_that_only_the_import_has_read(keras_book: Project) -> None:
    [outcome] = run_texts(keras_book, fence(FILES))
    assert int(outcome.printed) < 100_000


def test_a_shell_changes_neither_what_a_page_prints_nor_its_key(
    keras_book: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = run_texts(keras_book, fence(LOOK))[0]
    [stored] = cache.stored(keras_book)
    for name, value in SHELL.items():
        monkeypatch.setenv(name, value)
    assert run_texts(keras_book, fence(LOOK))[0].ran.cached
    stored.unlink()
    end_warm_processes(keras_book.cache)  # the next one sees the environment as it is now
    again = run_texts(keras_book, fence(LOOK))[0]
    assert not again.ran.cached
    assert again.printed == before.printed


def test_a_variable_that_every_page_gets_anew_is_no_part_of_the_key(
    book: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = environment.describe("tensorflow")
    given = variables(book, "tensorflow", book.cache / "home")
    for name in environment.GIVEN:
        assert name in given
        monkeypatch.setenv(name, "7")
    assert environment.describe("tensorflow") == before
