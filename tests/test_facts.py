"""The data of charts says where each row comes from, and what nobody read is not drawn."""

import re

import pytest
from conftest import ROOT

from reading.bibliography import read_bibliography
from reading.facts import COLUMNS, STATUSES, read_facts
from reading.pages import Page, read_pages

FACTS = read_facts(ROOT / "data" / "facts")
PAGES = read_pages(ROOT / "docs")
BIBLIOGRAPHY = read_bibliography(ROOT / "docs" / "sources.bib")
LICENSED = {"rupp2016", "rupp2022", "epoch2026hardware", "epoch2026models"}


def drawn(page: Page) -> list[tuple[int, str, str]]:
    """Return (line, code, name) for each data file of a page's fences."""
    return [
        (fence.start + 1, fence.code, name.removeprefix("facts/"))
        for fence in page.fences
        for name in fence.values.get("data", "").split()
        if name.startswith("facts/")
    ]


def broken_by(page: Page, facts: dict[str, list[dict[str, str]]]) -> list[str]:
    """Return what is wrong with the way in which a page draws its data."""
    found = []
    for line, code, name in drawn(page):
        rows = facts[name]
        place = f"docs/{page.path}:{line}: {name}"
        below = page.text
        if any(row["status"] == "recall" for row in rows) and "status" not in code:
            found.append(f"{place}에는 확인하지 못한 줄이 있습니다. status로 걸러 내세요.")
        if any(row["status"] == "secondary" for row in rows) and "2차 자료" not in below:
            found.append(f"{place}에는 2차 자료가 있습니다. 그림 설명에 ‘2차 자료’라고 적으세요.")
        if any(row.get("licence") for row in rows) and "CC BY 4.0" not in below:
            found.append(f"{place}의 이용 조건(CC BY 4.0)과 출처를 그림 아래에 적으세요.")
    return found


@pytest.mark.parametrize("name", FACTS)
def test_every_row_says_its_source_and_what_was_read(name: str) -> None:
    for row in FACTS[name]:
        assert all(column in row for column in COLUMNS)
        assert row["status"] in STATUSES
        assert row["source"].split() and set(row["source"].split()) <= BIBLIOGRAPHY.keys()
        assert row["checked"] or row["status"] == "recall", row
        assert bool(row.get("licence")) == bool(LICENSED & set(row["source"].split())), row


@pytest.mark.parametrize("page", PAGES.values(), ids=list(PAGES))
def test_a_page_draws_only_what_was_read_and_says_so(page: Page) -> None:
    assert broken_by(page, FACTS) == []


@pytest.mark.parametrize(
    ("status", "licence", "below", "wrong"),
    [
        ("verified", "", "", ""),
        ("recall", "", "", "status로 걸러 내세요"),
        ("secondary", "", "", "‘2차 자료’"),
        ("secondary", "", "값은 2차 자료입니다.", ""),
        ("verified", "CC BY 4.0", "", "이용 조건"),
        ("verified", "CC BY 4.0", "자료: Epoch AI(CC BY 4.0).", ""),
    ],
)
def test_what_a_page_draws_is_judged(status: str, licence: str, below: str, wrong: str) -> None:
    rows = [{"status": status, "licence": licence}]
    text = f'```{{.python data="facts/a.csv"}}\nread("a.csv")\n```\n\n{below}\n'
    found = broken_by(Page("a.md", text), {"a.csv": rows})
    assert bool(found) == bool(wrong)
    assert re.search(wrong, "".join(found))


def test_rows_that_nobody_read_may_be_filtered_out() -> None:
    text = '```{.python data="facts/a.csv"}\nrows = rows[rows.status != "recall"]\n```\n'
    assert broken_by(Page("a.md", text), {"a.csv": [{"status": "recall"}]}) == []
