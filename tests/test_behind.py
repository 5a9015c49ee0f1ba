"""Under `mkdocs serve` pages run behind the server: what is looked at first, what is old never."""

import threading

from livedocs.behind import Behind
from livedocs.pages import Cell

OLD, NEW = [Cell("x = 1")], [Cell("x = 2")]


def idle(behind: Behind) -> None:
    """Take no work, so that what waits can be looked at."""


def waiting(**pages: list[Cell]) -> Behind:
    behind = Behind(idle, lambda: None)
    behind.thread = threading.current_thread()  # as if somebody worked
    behind.want(pages)
    return behind


def test_pages_are_taken_in_their_order() -> None:
    behind = waiting(a=OLD, b=OLD)
    assert [behind.take(), behind.take(), behind.take()] == [("a", OLD), ("b", OLD), None]


def test_the_page_that_is_looked_at_is_taken_first() -> None:
    behind = waiting(a=OLD, b=OLD)
    behind.looked_at = "b"
    assert [behind.take(), behind.take()] == [("b", OLD), ("a", OLD)]


def test_a_page_that_runs_is_not_asked_for_again() -> None:
    behind = waiting(a=OLD)
    behind.take()
    behind.want({"a": OLD})
    assert behind.take() is None


def test_a_page_that_changes_while_it_runs_is_dropped_and_taken_again() -> None:
    behind = waiting(a=OLD)
    behind.take()
    assert not behind.dropped("a", OLD)
    behind.want({"a": NEW})
    assert behind.dropped("a", OLD)
    assert behind.take() == ("a", NEW)


def test_a_page_that_changes_while_it_waits_runs_once() -> None:
    behind = waiting(a=OLD)
    behind.want({"a": NEW})
    assert [behind.take(), behind.take()] == [("a", NEW), None]


def test_a_page_that_changes_twice_is_counted_as_one() -> None:
    behind = waiting(a=OLD)
    behind.want({"a": NEW})
    behind.take()
    assert behind.ended("a") == "실행 중 · 1/1쪽"


def test_progress_counts_what_has_ended() -> None:
    ended = []
    behind = waiting(a=OLD, b=OLD)
    behind.finished = lambda: ended.append(1)
    assert behind.progress() == "실행 중 · 0/2쪽"
    assert behind.ended("a") == "실행 중 · 1/2쪽"
    assert ended == [1]


def test_work_goes_on_until_nothing_waits() -> None:
    taken = []

    def work(behind: Behind) -> None:
        page = behind.take()
        assert page
        taken.append(page[0])

    behind = Behind(work, lambda: None)
    behind.want({"a": OLD, "b": OLD})
    if thread := behind.thread:
        thread.join(10)
    assert taken == ["a", "b"]
    assert behind.thread is None


def test_after_the_work_the_same_page_may_be_wanted_again() -> None:
    taken = []
    behind = Behind(lambda behind: taken.append(behind.take()), lambda: None)
    for _ in "12":
        behind.want({"a": OLD})
        if thread := behind.thread:
            thread.join(10)
    assert taken == [("a", OLD), ("a", OLD)]


def test_work_that_breaks_off_leaves_the_server_able_to_run_pages_again() -> None:
    """The warm process may die (out of memory): the next change must run again."""
    taken = []

    def work(behind: Behind) -> None:
        taken.append(behind.take())
        if len(taken) == 1:
            raise RuntimeError("쪽을 실행하는 프로세스가 죽었습니다.")

    behind = Behind(work, lambda: None)
    for page in (OLD, NEW):
        behind.want({"a": page})
        if thread := behind.thread:
            thread.join(10)
    assert taken == [("a", OLD), ("a", NEW)]
