"""A term says what it means to a mouse, a keyboard and a finger, whatever 조사 follows it."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from browser.conftest import Open

PAGE = "ai-ml-dl/loss-function/"
TERM = "abbr.term"
SHOWN = ".md-tooltip2--active"
# Terms with the text right behind them.
FOLLOWED = """() => [...document.querySelectorAll("abbr.term")].map((term) =>
  [term.textContent, term.nextSibling?.textContent.match(/^[가-힣]*/)?.[0] ?? ""])"""


@pytest.mark.parametrize("how", ["mouse", "mouse and Escape", "keyboard", "touch", "touch twice"])
def test_its_definition_appears(site: Path, open_page: Open, how: str) -> None:
    page = open_page(
        site, PAGE, has_touch="touch" in how, viewport={"width": 390, "height": 800}
    ).page
    term = page.locator(TERM).first
    definition = term.get_attribute("title")
    assert definition and definition.endswith("다.")
    term.scroll_into_view_if_needed()
    match how:
        case "mouse" | "mouse and Escape":
            term.hover()
        case "keyboard":
            term.focus()
        case _:
            term.tap()
    expect(page.locator(SHOWN)).to_have_text(definition)
    box = page.locator(f"{SHOWN} .md-tooltip2__inner").bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 390
    match how:
        case "mouse":
            page.mouse.move(5, 790)
        case "keyboard" | "mouse and Escape":
            page.keyboard.press("Escape")
        case "touch":
            page.touchscreen.tap(200, 10)
        case _:
            term.tap()
    expect(page.locator(SHOWN).filter(has_text=definition)).to_have_count(0)


def test_its_definition_is_not_cut_off_at_the_windows_foot(site: Path, open_page: Open) -> None:
    page = open_page(site, PAGE, reduced_motion="reduce").page
    term = page.locator(TERM).nth(3)
    for _ in range(3):  # what comes near takes its height only then
        term.evaluate("(box) => scrollBy(0, box.getBoundingClientRect().bottom - innerHeight + 9)")
        page.wait_for_timeout(200)
    place = term.bounding_box()
    page.mouse.move(place["x"] + 5, place["y"] + 5)
    expect(page.locator(SHOWN)).to_be_visible()
    box = page.locator(f"{SHOWN} .md-tooltip2__inner").bounding_box()
    assert box["y"] + box["height"] <= place["y"]


def test_no_particle_hides_a_term(site: Path, open_page: Open) -> None:
    page = open_page(site, PAGE).page
    particles = {after for _, after in page.evaluate(FOLLOWED) if after}
    assert len(particles) >= 3
    for term, after in page.evaluate(FOLLOWED):
        assert term.strip() == term and not term.endswith(tuple(particles - {"도", "로", "가"})), (
            after
        )


def test_a_term_reached_by_tab_has_room_below(site: Path, open_page: Open) -> None:
    page = open_page(
        site, PAGE, viewport={"width": 390, "height": 800}, reduced_motion="reduce"
    ).page
    below = []
    for _ in range(60):
        page.keyboard.press("Tab")
        room = page.evaluate("""() => {
          const { className } = document.activeElement;
          const { bottom } = document.activeElement.getBoundingClientRect();
          return className.startsWith("term") ? innerHeight - bottom : null;
        }""")
        below += [room] if room is not None else []
    assert len(below) > 5 and min(below) > 60, below
