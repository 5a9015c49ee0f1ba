"""What was read to its end is marked in the menu, in the browser alone, and can be forgotten."""

from pathlib import Path

from playwright.sync_api import Page, expect

from browser.conftest import Open

PAGE = "history/kernel-methods/"
MARKED = ".md-nav--primary .is-read"


def read(page: Page) -> None:
    """Scroll to the end as a reader does, a part of a window at a time."""
    while page.evaluate("scrollY + innerHeight + 1 < document.documentElement.scrollHeight"):
        page.evaluate("scrollBy({ top: innerHeight / 2, behavior: 'instant' })")
        page.wait_for_timeout(50)


def test_a_page_that_was_read_is_marked_wherever_the_reader_goes(
    site: Path, open_page: Open
) -> None:
    opened = open_page(site, PAGE)
    page = opened.page
    assert page.locator(MARKED).count() == 0
    read(page)
    expect(page.locator(MARKED)).to_have_attribute("aria-description", "읽음")
    page.goto(f"{opened.home}about/start/")
    expect(page.locator(MARKED)).to_have_count(1)
    page.get_by_role("button", name="읽은 표시 지우기").click()
    expect(page.locator(MARKED)).to_have_count(0)
    page.reload()
    expect(page.locator("#read-marks")).to_have_text("")
    assert page.locator(MARKED).count() == 0
    assert opened.elsewhere == []


def test_a_note_at_the_foot_of_a_page_is_no_end(site: Path, open_page: Open) -> None:
    page = open_page(site, PAGE).page
    page.locator("sup a").first.click()
    expect(page.locator(".md-footer")).to_be_in_viewport()
    page.wait_for_timeout(300)
    assert page.locator(MARKED).count() == 0
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    read(page)
    expect(page.locator(MARKED)).to_have_count(1)
