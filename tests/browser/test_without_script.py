"""Without JavaScript a page loses its comforts and none of its contents."""

from pathlib import Path

import pytest

from browser.conftest import Open

OFF = {"java_script_enabled": False}
OPEN_UP = """(box) => {
  for (let each = box; each; each = each.parentElement.closest("details")) each.open = true;
}"""
# What a script must bring before it can be used.
DEAD = "button, [role=button], input[type=text], .md-search, .md-header__option, .md-top"


@pytest.mark.parametrize("width", [390, 1440])
def test_everything_but_comfort_is_there(site: Path, open_page: Open, width: int) -> None:
    page = open_page(
        site, "ai-ml-dl/loss-function/", viewport={"width": width, "height": 900}, **OFF
    ).page
    for kind in ("h1", "article p", ".highlight code", ".output-text", "figure svg"):
        assert page.locator(kind).first.is_visible(), kind
    solution = page.locator("details", has_text="풀이").last
    assert not solution.locator("pre").first.is_visible()
    solution.evaluate(OPEN_UP)
    assert solution.locator("pre").first.is_visible()
    assert page.locator("figure svg").first.get_attribute("aria-label")
    assert page.locator("abbr.term").first.get_attribute("title")


def test_a_table_that_a_program_shows_is_there(site: Path, open_page: Open) -> None:
    page = open_page(site, "about/benchmarks/", **OFF).page
    assert page.locator(".output-table td").first.is_visible()


def test_a_note_in_a_program_is_its_number(site: Path, open_page: Open) -> None:
    page = open_page(site, "ai-ml-dl/loss-function/", **OFF).page
    note = page.locator("[data-note]").first
    shown = "(note) => [getComputedStyle(note).fontSize, getComputedStyle(note, '::after').content]"
    assert note.evaluate(shown) == ["0px", '"(1)"']


def test_mathematics_is_set_without_script(site: Path, open_page: Open) -> None:
    page = open_page(site, "history/naive-bayes/", **OFF).page
    box = page.locator("math").first.bounding_box()
    assert box and box["width"] > 5 and box["height"] > 5
    assert "$$" not in page.locator("article").inner_text()


@pytest.mark.parametrize(
    "address", ["", "404.html", "examples/mnist_dense/", "history/naive-bayes/"]
)
def test_nothing_dead_is_shown(site: Path, open_page: Open, address: str) -> None:
    page = open_page(site, address, **OFF).page
    shown = [box for box in page.locator(DEAD).all() if box.is_visible()]
    assert [box.evaluate("(box) => box.outerHTML.slice(0, 100)") for box in shown] == []


MOVING = """() => [...document.querySelectorAll("*")].filter((element) => {
  const { transitionDuration, animationDuration, scrollBehavior } = getComputedStyle(element);
  const long = (durations) => durations.split(", ").some((each) => parseFloat(each) > 0.001);
  return long(transitionDuration) || long(animationDuration) || scrollBehavior === "smooth";
}).length"""


def test_nothing_moves_for_who_wants_no_motion(site: Path, open_page: Open) -> None:
    page = open_page(site, "ai-ml-dl/loss-function/").page
    assert page.evaluate(MOVING) > 0
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(MOVING) == 0
