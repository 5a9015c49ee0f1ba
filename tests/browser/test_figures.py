"""A figure opens larger by mouse, keyboard and finger, and gives the focus back."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Open

PAGE = "ai-ml-dl/loss-function/"
DIALOG = "dialog.larger[open]"
OPENER = ".figure-button"
LARGE = f"{DIALOG} svg[role=img]"


def open_first(page: Page) -> None:
    page.locator(OPENER).first.press("Enter")
    expect(page.locator(DIALOG)).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_opens_larger_in_the_pages_colours(site: Path, open_page: Open, scheme: str) -> None:
    page = open_page(site, PAGE, color_scheme=scheme, viewport={"width": 1440, "height": 900}).page
    figure = page.locator("figure svg").first
    small, label = figure.bounding_box(), figure.get_attribute("aria-label")
    ink = figure.evaluate("(box) => getComputedStyle(box).color")
    page.locator("figure.output-figure").first.click()
    large = page.locator(LARGE)
    expect(large).to_have_attribute("aria-label", label)
    assert large.evaluate("(box) => getComputedStyle(box).color") == ink
    assert large.bounding_box()["height"] > 1.5 * small["height"]
    ground = page.locator(DIALOG).evaluate("(box) => getComputedStyle(box).backgroundColor")
    assert ground == page.evaluate("getComputedStyle(document.body).backgroundColor")


@pytest.mark.parametrize("how", ["Escape", "button", "outside"])
def test_it_closes_and_the_focus_returns(site: Path, open_page: Open, how: str) -> None:
    watched = open_page(site, PAGE, viewport={"width": 1440, "height": 900})
    page = watched.page
    open_first(page)
    assert page.get_by_role("dialog", name="크게 본 그림").is_visible()
    page.keyboard.press("n")  # the theme would turn the page
    match how:
        case "Escape":
            page.keyboard.press("Escape")
        case "button":
            page.get_by_role("button", name="닫기").press("Enter")
        case "outside":
            page.mouse.click(5, 5)
    expect(page.locator(DIALOG)).to_have_count(0)
    expect(page.locator(OPENER).first).to_be_focused()
    assert page.url.endswith(PAGE) and watched.errors == []


def test_on_a_phone_it_is_whole_and_a_tap_makes_it_legible(site: Path, open_page: Open) -> None:
    page = open_page(site, PAGE, viewport={"width": 390, "height": 800}, has_touch=True).page
    page.locator("figure.output-figure").first.tap()
    sheet = page.locator(f"{DIALOG} .larger__sheet")
    wide = "(box) => box.scrollWidth > box.clientWidth"
    assert not sheet.evaluate(wide)
    page.locator(LARGE).tap(position={"x": 300, "y": 300})
    assert sheet.evaluate(wide) and sheet.evaluate("(box) => box.scrollLeft") > 0
    page.locator(f"{DIALOG} button").press("Tab")
    expect(sheet).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.wait_for_function("document.querySelector('.larger__sheet').scrollLeft < 200")
    page.keyboard.press("Enter")
    assert not sheet.evaluate(wide)
    zoom = page.locator("meta[name=viewport]").get_attribute("content") or ""
    assert "user-scalable" not in zoom and "maximum-scale" not in zoom


def test_an_example_has_it_too(site: Path, open_page: Open) -> None:
    page = open_page(site, "examples/mnist_dense/").page
    open_first(page)
    assert page.locator(LARGE).get_attribute("aria-label")
