"""The theme's script waits for a reader who moves, and nobody notices that it has waited."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from browser.conftest import Open
from browser.watched import STARTED

PAGE = "ai-ml-dl/loss-function/"
TOUCHED = {"has_touch": True, "viewport": {"width": 390, "height": 800}}
BUTTON = "[data-md-component=palette] label"


@pytest.mark.parametrize("sign", ["mouse", "wheel", "finger", "keyboard"])
def test_it_runs_once_a_reader_moves(site: Path, open_page: Open, sign: str) -> None:
    page = open_page(site, PAGE, still=True, **TOUCHED).page
    page.wait_for_timeout(500)
    assert not page.evaluate(STARTED)
    match sign:
        case "mouse":
            page.mouse.move(100, 100)
        case "wheel":
            page.mouse.wheel(0, 50)
        case "finger":
            page.touchscreen.tap(10, 400)
        case "keyboard":
            page.keyboard.press("Tab")
    page.wait_for_function(STARTED)
    expect(page.locator(".md-code__nav").first).to_be_attached()  # all that it does, it does
    assert page.locator("script[src*=bundle]").count() == 1


@pytest.mark.parametrize("address", [f"{PAGE}#picture", f"{PAGE}?h=손실"])
def test_an_address_that_wants_something_does_not_wait(
    site: Path, open_page: Open, address: str
) -> None:
    page = open_page(site, address, still=True).page
    page.wait_for_function(STARTED)


def test_a_reader_who_wants_the_dark_has_it_at_once(site: Path, open_page: Open) -> None:
    opened = open_page(site, PAGE, still=True, color_scheme="dark")
    body, button = opened.page.locator("body"), opened.page.locator(f"{BUTTON}:visible")
    assert body.get_attribute("data-md-color-scheme") == "slate"
    assert button.get_attribute("title") == "밝은 화면으로"
    assert not opened.page.evaluate(STARTED)
    opened.move()
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    button.click()
    expect(body).to_have_attribute("data-md-color-scheme", "default")
    opened.page.reload(wait_until="networkidle")
    expect(body).to_have_attribute("data-md-color-scheme", "default")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_button_of_brightness_is_reached_by_keys_on_every_visit(
    site: Path, open_page: Open, scheme: str
) -> None:
    page = open_page(site, PAGE, color_scheme=scheme).page
    page.reload(wait_until="networkidle")
    button = page.locator("[data-md-component=palette] :focus + label")
    for _ in range(6):
        page.keyboard.press("Tab")
        if button.count():
            break
    expect(button).to_be_visible()
    title = {"light": "어두운 화면으로", "dark": "밝은 화면으로"}[scheme]
    expect(button).to_have_attribute("title", title)


@pytest.mark.parametrize("schemes", [("light", "default", "slate"), ("dark", "slate", "default")])
def test_the_first_touch_changes_the_brightness(
    site: Path, open_page: Open, schemes: tuple[str, str, str]
) -> None:
    wanted, first, other = schemes
    page = open_page(site, PAGE, still=True, color_scheme=wanted, **TOUCHED).page
    page.locator(f"{BUTTON}:visible").tap()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", other)
    page.wait_for_timeout(300)
    page.locator(f"{BUTTON}:visible").tap()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", first)


def test_the_first_touch_opens_the_search_ready_for_words(site: Path, open_page: Open) -> None:
    page = open_page(site, PAGE, still=True, **TOUCHED).page
    page.locator("label[for=__search]:visible").first.tap()
    page.wait_for_function(STARTED)
    expect(page.locator("[data-md-component=search-query]")).to_be_focused()
    page.keyboard.type("역전파")
    expect(page.locator(".md-search-result__item").first).to_contain_text("역전파")


def test_the_first_keys_are_not_lost(site: Path, open_page: Open) -> None:
    page = open_page(site, PAGE, still=True).page
    assert not page.evaluate(STARTED)
    page.keyboard.type("/pn")  # the letters alone would turn pages
    query = page.locator("[data-md-component=search-query]")
    expect(query).to_be_focused()
    expect(query).to_have_value("pn")
    assert page.url.endswith(PAGE)


def test_the_first_key_turns_the_page(site: Path, open_page: Open) -> None:
    page = open_page(site, PAGE, still=True).page
    page.keyboard.press("n")
    page.wait_for_url(lambda url: not url.endswith(PAGE))


@pytest.mark.parametrize("still", [True, False])
def test_a_page_is_printed_unfolded_and_folded_again(
    site: Path, open_page: Open, still: bool
) -> None:
    page = open_page(site, PAGE, still=still).page
    folded = page.locator("article details:not([open])")
    before = folded.count()
    assert before > 2
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert folded.count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(folded).to_have_count(before)


def test_the_menu_does_not_move_under_the_pointer(site: Path, open_page: Open) -> None:
    opened = open_page(
        site, "drivers/attention/", still=True, viewport={"width": 1440, "height": 900}
    )
    link = opened.page.locator(".md-sidebar--primary .md-nav__link--active[href]").last
    before = link.bounding_box()
    assert before and 100 < before["y"] < 800
    assert not opened.page.evaluate(STARTED)
    opened.move()
    opened.page.wait_for_timeout(300)
    after = link.bounding_box()
    assert after and abs(after["y"] - before["y"]) < 3
