"""Five commits in a row run every mutant; a commit runs all those of the pages it changed."""

import pytest
from claims import share

NAMES = [f"history/kernels :: 주장 {number} :: 까닭" for number in range(50)]


def parts(monkeypatch: pytest.MonkeyPatch, changed: set[str]) -> list[set[str]]:
    """Return what each of five commits runs."""
    monkeypatch.setattr(share, "changed", lambda: changed)
    found = []
    for number in range(1000, 1005):
        monkeypatch.setattr(share, "count", lambda number=number: number)
        found.append({name for name in NAMES if share.is_mine(name, "history/kernels")})
    return found


def test_five_commits_run_everything_once(monkeypatch: pytest.MonkeyPatch) -> None:
    found = parts(monkeypatch, set())
    assert set().union(*found) == set(NAMES)
    assert sum(map(len, found)) == len(NAMES)


def test_a_changed_page_is_run_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    assert parts(monkeypatch, {"history/kernels"}) == [set(NAMES)] * 5


def test_sixty_commits_run_what_is_taken_along_in_every_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(share, "changed", lambda: set())
    pages = [f"history/page-{number}" for number in range(33)]
    monkeypatch.setattr(share, "names", lambda: pages)
    wanted = sorted((page, way) for page in pages for way in share.WAYS)
    found = []
    for number in range(1000, 1060):
        monkeypatch.setattr(share, "count", lambda number=number: number)
        part = [pair for pair in wanted if share.is_taken(*pair)]
        assert len(part) in (2, 3)
        found += part
    assert sorted(found) == wanted


def test_a_copy_without_history_is_its_own_first_commit(
    monkeypatch: pytest.MonkeyPatch, tmp_path: pytest.TempPathFactory
) -> None:
    monkeypatch.setattr(share, "ROOT", tmp_path)
    assert share.git("rev-list", "--count", "HEAD") == "0"
