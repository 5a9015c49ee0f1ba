"""The keyboard alone reaches everything, and always shows where it is."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Open

PHONE = {"width": 390, "height": 900}
PAGE = "ai-ml-dl/loss-function/"
# Where the focus is and whether a reader sees it: the element itself, or its label, is outlined.
HERE = """() => {
  const element = document.activeElement;
  const seen = element.matches(".md-option") ? element.nextElementSibling : element;
  const { outlineStyle, outlineWidth } = getComputedStyle(seen);
  const { width, height, left, right } = seen.getBoundingClientRect();
  return {
    name: (element.getAttribute("aria-label") ?? element.innerText ?? "").trim(),
    kind: `${element.localName}.${element.className}`,
    outlined: outlineStyle !== "none" && parseFloat(outlineWidth) >= 1,
    visible: seen.checkVisibility({ visibilityProperty: true, opacityProperty: true })
      && width > 0 && height > 0 && right > 0 && left < innerWidth,
  };
}"""
FOCUSED = "document.activeElement.outerHTML.slice(0, 200)"


def walk(page: Page, steps: int) -> list[dict]:
    """Press Tab; return where the focus was each time, until it leaves the page."""
    seen = []
    for _ in range(steps):
        page.keyboard.press("Tab")
        page.wait_for_timeout(20)  # what the focus opens is drawn in the next frame
        here = page.evaluate(HERE)
        for _ in range(20):
            if here["visible"] and here["outlined"]:
                break
            page.wait_for_timeout(50)
            here = page.evaluate(HERE)
        if here["kind"].startswith("body"):
            break
        seen.append(here)
    return seen


@pytest.mark.parametrize("width", [390, 1440])
def test_the_focus_is_always_seen(site: Path, open_page: Open, width: int) -> None:
    viewport = {"width": width, "height": 900}
    page = open_page(site, PAGE, viewport=viewport, reduced_motion="reduce").page
    seen = walk(page, 400)
    assert len(seen) > 40
    assert [here for here in seen if not (here["visible"] and here["outlined"])] == []
    nameless = [here for here in seen if "md-code__button" in here["kind"] and not here["name"]]
    assert nameless == []  # the theme takes the title away while it shows it
    kinds = " ".join(here["kind"] for here in seen)
    for kind in (
        "abbr.term",
        "summary",
        "md-code__button",
        "figure-button",
        "footnote-ref",
        "md-footer",
    ):
        assert kind in kinds, kind


def test_the_menu_of_a_narrow_screen_opens_and_closes(site: Path, open_page: Open) -> None:
    page = open_page(site, PAGE, viewport=PHONE, reduced_motion="reduce").page
    opener = page.get_by_role("button", name="차례", exact=True)
    for key in ("Enter", "Space"):
        opener.focus()
        expect(opener).to_have_attribute("aria-expanded", "false")
        page.keyboard.press(key)
        expect(opener).to_have_attribute("aria-expanded", "true")
        assert page.evaluate(HERE)["name"].endswith(": 위로")
        page.keyboard.press("Escape")
        expect(opener).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")  # up, from the part of this page to the parts
    page.get_by_role("button", name="1.2 딥러닝 이전", exact=True).press("Enter")
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/history/logistic-regression/")


def test_a_screen_is_made_dark_and_a_fold_is_opened(site: Path, open_page: Open) -> None:
    page = open_page(site, PAGE, reduced_motion="reduce").page
    for key, scheme in (("Enter", "slate"), ("Space", "default"), ("Space", "slate")):
        page.locator(".md-option:has(+ label:not([hidden]))").press(key)
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", scheme)
    fold = page.locator("details.check > summary").first
    fold.press("Enter")
    expect(page.locator("details.check").first).to_have_attribute("open", "")
    fold.press("Space")
    expect(page.locator("details.check").first).not_to_have_attribute("open", "")


def test_code_is_copied(site: Path, open_page: Open) -> None:
    permissions = ["clipboard-read", "clipboard-write"]
    page = open_page(site, PAGE, permissions=permissions).page
    page.locator("button[data-md-type=copy]").first.press("Enter")
    assert page.evaluate("navigator.clipboard.readText()").startswith("import keras\n")
    said = page.locator(".md-dialog[role=status]")
    expect(said).to_have_text("이 칸만 복사했습니다")
    page.locator("[data-part]").nth(1).scroll_into_view_if_needed()
    page.get_by_role("button", name="처음부터 여기까지 복사").first.press("Enter")
    expect(said).to_have_text("처음부터 여기까지 복사했습니다")


def test_tabs_are_changed_by_arrows(site: Path, open_page: Open) -> None:
    tabbed = sorted(site.rglob("index.html"))
    found = [path for path in tabbed if 'class="tabbed-set' in path.read_text(encoding="utf-8")]
    if not found:
        pytest.skip("탭이 있는 쪽이 없습니다.")
    page = open_page(site, found[0].parent.relative_to(site).as_posix() + "/").page
    page.locator(".tabbed-set > input").first.focus()
    page.keyboard.press("ArrowRight")
    assert page.locator(".tabbed-set > input").nth(1).is_checked()
    assert page.locator(".tabbed-block").nth(1).is_visible()
