"""What waits to be run: what is looked at goes first, what is old is never shown."""

import threading

import pytest

from livedocs import behind
from livedocs.behind import run_for_ever
from livedocs.pages import Cell
from livedocs.project import Project
from livedocs.waiting import Waiting

OLD, NEW = [Cell("x = 1")], [Cell("x = 2")]


def waiting(**pages: list[Cell]) -> Waiting:
    found = Waiting()
    found.want(pages)
    return found


def test_pages_are_taken_in_their_order() -> None:
    pages = waiting(a=OLD, b=OLD)
    assert [pages.take(), pages.take(), pages.take()] == [("a", OLD), ("b", OLD), None]


def test_the_longest_page_is_taken_first() -> None:
    pages = waiting(a=OLD, b=OLD + NEW)
    assert [pages.take(), pages.take()] == [("b", OLD + NEW), ("a", OLD)]


def test_the_page_that_is_looked_at_is_taken_first() -> None:
    pages = waiting(a=OLD, b=OLD)
    pages.looked_at = "b"
    assert [pages.take(), pages.take()] == [("b", OLD), ("a", OLD)]


def test_a_page_that_runs_is_not_asked_for_again() -> None:
    pages = waiting(a=OLD)
    pages.take()
    pages.want({"a": OLD})
    assert pages.take() is None


def test_a_page_that_changes_while_it_runs_is_dropped_and_taken_again() -> None:
    pages = waiting(a=OLD)
    pages.take()
    assert not pages.dropped("a", OLD)
    pages.want({"a": NEW})
    assert pages.dropped("a", OLD)
    assert pages.take() == ("a", NEW)


def test_a_page_that_ends_as_it_was_while_it_is_wanted_anew_still_runs() -> None:
    pages = waiting(a=OLD)
    pages.take()
    pages.want({"a": NEW})
    pages.ended("a", OLD)
    assert pages.take() == ("a", NEW)


def test_a_page_that_changes_while_it_waits_runs_once() -> None:
    pages = waiting(a=OLD)
    pages.want({"a": NEW})
    assert [pages.take(), pages.take()] == [("a", NEW), None]


def test_a_page_that_changes_twice_is_counted_as_one() -> None:
    pages = waiting(a=OLD)
    pages.want({"a": NEW})
    pages.take()
    pages.ended("a", NEW)
    assert pages.progress() == "1/1쪽"


def test_progress_counts_what_has_ended() -> None:
    pages = waiting(a=OLD, b=OLD)
    assert pages.progress() == "0/2쪽"
    pages.ended("a", OLD)
    assert pages.progress() == "1/2쪽"


def test_after_the_work_counting_begins_anew_and_the_same_page_may_be_wanted_again() -> None:
    pages = waiting(a=OLD)
    for _ in "12":
        assert pages.take() == ("a", OLD)
        pages.ended("a", OLD)
        pages.want({"a": OLD})
        assert pages.progress() == "0/1쪽"


def test_work_that_breaks_off_leaves_the_server_able_to_run_pages_again(
    book: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The warm process may die (out of memory): the next change must run again."""
    taken, worked = [], threading.Event()

    def work(pages: Waiting, *_, **__) -> None:
        taken.append(pages.take())
        worked.set()
        if len(taken) == 1:
            raise RuntimeError("쪽을 실행하는 프로세스가 죽었습니다.")

    monkeypatch.setattr(behind, "run_waiting", work)
    monkeypatch.setattr(behind, "warm_process", lambda *_: None)
    pages = Waiting()
    given = [pages, book, "tensorflow", print, print]
    threading.Thread(target=run_for_ever, args=given, daemon=True).start()
    for cells in (OLD, NEW):
        worked.clear()
        pages.want({"a": cells})
        assert worked.wait(10)
    assert taken == [("a", OLD), ("a", NEW)]
