"""Every page is quiet in the console, asks nobody else, and says what it is."""

from pathlib import Path

from conftest import SAID

from browser.conftest import Open
from browser.every_page import addresses
from browser.weight import FIRST_VISIT, files
from reading import search

# What must stand in every page; each line names what is missing.
SAYS = """() => {
  const wrong = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  const shown = (element) => element.checkVisibility();
  if (document.documentElement.lang !== "ko") wrong.push("lang");
  if (all("h1").filter(shown).length !== 1) wrong.push("one h1");
  for (const picture of all("article :is(img, svg[role=img])")) {
    const said = picture.getAttribute("alt") ?? picture.getAttribute("aria-label") ?? "";
    if (!/[가-힣]/.test(said)) wrong.push(`alternative text: ${picture.outerHTML.slice(0, 80)}`);
  }
  if (all("main").length !== 1) wrong.push("one main");
  const names = all("nav").filter(shown).map((nav) => {
    const by = nav.getAttribute("aria-labelledby");
    return nav.getAttribute("aria-label") ?? document.getElementById(by)?.textContent.trim();
  });
  if (names.some((name) => !name)) wrong.push(`a nav without a name: ${names}`);
  return wrong;
}"""


def test_no_page_errs_is_heavy_or_asks_another_host_and_each_says_what_it_is(
    site: Path, open_page: Open
) -> None:
    watched = open_page(site, viewport={"width": 390, "height": 900})
    wrong: list[tuple[str, str]] = []
    heavy: dict[str, int] = {}
    _, program = search.scripts()  # it waits, with its index, until somebody searches
    for address in addresses(site):
        before = len(watched.requests)  # the server lets nothing be kept: each visit is the first
        watched.page.goto(watched.home + address, wait_until="networkidle")
        watched.move()
        wrong += [(address, said) for said in watched.page.evaluate(SAYS)]
        weights = files(site, watched.home, watched.requests[before:])
        assert any(name.endswith("livedocs-text.woff2") for name in weights), address
        assert not {search.INDEX, program} & weights.keys(), address
        heavy[address] = sum(weights.values())
    assert wrong == []
    SAID.append(f"heaviest first visits: {sorted(heavy.items(), key=lambda each: -each[1])[:3]}")
    assert max(heavy.values()) <= FIRST_VISIT
    assert len(watched.requests) > 5 * len(addresses(site))
    assert watched.errors == watched.elsewhere == watched.missing == watched.violations == []


def test_back_and_forward_keep_what_a_page_does(site: Path, open_page: Open) -> None:
    watched = open_page(
        site, "ai-ml-dl/weights/", permissions=["clipboard-read", "clipboard-write"]
    )
    page = watched.page
    page.goto(watched.home + "ai-ml-dl/loss-function/", wait_until="networkidle")
    for go in (page.go_back, page.go_forward, page.go_back):
        go(wait_until="networkidle")
        page.locator(".figure-button").first.press("Enter")
        assert page.locator("dialog.larger svg[role=img]").is_visible()
        page.keyboard.press("Escape")
        term = page.locator("abbr.term").first
        definition = term.get_attribute("title")  # the theme takes it away while it shows it
        term.hover()
        page.locator(".md-tooltip2--active", has_text=definition).wait_for()
        page.locator("button[data-md-type=copy]").first.click()
        code = page.locator("[data-part] code").first.inner_text()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.split() == code.split()
    page.locator("math").first.scroll_into_view_if_needed()  # what is far is not laid out
    assert page.locator("math").first.bounding_box()["width"] > 5
    assert watched.errors == watched.missing == []


# Two Hangul syllables and four letters, behind the first code and the first output of a page.
WIDTHS = """() => document.fonts.ready.then(() => ["pre > code", "pre > samp"].map((kind) => {
  const wide = (text) => {
    const end = document.createElement("span");
    end.textContent = text;
    document.querySelector(kind).append(end);
    return end.getBoundingClientRect().width;
  };
  return wide("가나") / wide("abcd");
}))"""


def test_a_syllable_of_code_is_as_wide_as_two_letters(site: Path, open_page: Open) -> None:
    page = open_page(site, "").page
    page.wait_for_load_state("networkidle")
    assert all(abs(ratio - 1) < 0.01 for ratio in page.evaluate(WIDTHS))
