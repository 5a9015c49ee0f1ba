"""Deliberate mistakes in a page of the book: a false number, a weak check, a model of nothing."""

from pathlib import Path

import pytest
from claims.idleness import idle_asserts
from claims.judged import faults
from claims.numbers import unfounded
from claims.pages import PROJECT
from claims.reading import unread
from claims.rewritten import notes, rewritten
from claims.seeds import read, run_seeds

from livedocs.book import run_book
from livedocs.pages import Page, read_page

FIRST = PROJECT.docs / "index.md"


def changed(old: str, new: str) -> Page:
    text = FIRST.read_text(encoding="utf-8")
    assert text.count(old) == 1
    return read_page(text.replace(old, new), "docs/index.md", PROJECT.data)


def test_a_false_number_in_prose_is_found() -> None:
    page = changed("훈련한 모델은 처음 보는 숫자의 `{python}", "사람은 99.8%를, 모델은 `{python}")
    [text] = unfounded(page)
    assert "‘99.8%’" in text


def test_a_title_stronger_than_its_assert_is_found() -> None:
    [text] = unfounded(changed("숫자의 85% 넘게 맞힌다", "숫자의 95% 넘게 맞힌다"))
    assert "‘95%’가 assert에 없습니다" in text


def test_an_assert_on_what_the_author_typed_is_found() -> None:
    [text] = unread(changed("assert accuracy > 0.85", "measured = 0.91\nassert measured > 0.85"))
    assert text.startswith("docs/index.md:52: 쪽이 계산한 값을 읽지 않는 assert입니다.")


@pytest.mark.untrained
def test_a_check_that_holds_without_training_is_found() -> None:
    weak = changed("assert accuracy > 0.85", "assert accuracy > 0.85 or len(guesses) > 500")
    cells = rewritten(weak, PROJECT.data, trained=False).cells
    ran = run_book({"weak": cells}, PROJECT, print)["weak"]
    [text] = idle_asserts(weak, notes(ran, weak))
    assert text.startswith("docs/index.md:51: 훈련을 건너뛰어도 통과하는 assert입니다.")


@pytest.mark.seeds
def test_a_model_trained_on_one_answer_is_found(tmp_path: Path) -> None:
    """Always right, whatever the seed: its outputs never move."""
    page = changed("digits.images / 16, digits.target", "digits.images / 16, digits.target * 0")
    run_seeds([page], [0, 1], PROJECT, tmp_path)
    found = faults(rewritten(page, PROJECT.data), read(tmp_path, page))
    assert ["출력이 하나도 달라지지 않습니다" in text for text in found] == [True]
