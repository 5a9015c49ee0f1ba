"""No page breaks a rule of axe-core, on a phone and on a desk, light and dark."""

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, sync_playwright

from browser.conftest import Open, launched
from browser.every_page import addresses
from browser.server import serving
from browser.watched import Watched

WIDTHS = (390, 1440)
# Everything but contrast: colours apart, a dark page is the same page.
STRUCTURE = {"resultTypes": ["violations"], "rules": {"color-contrast": {"enabled": False}}}
CONTRAST = {"resultTypes": ["violations"], "runOnly": ["color-contrast"]}
RUN = """async ([context, options]) => {
  // What was marked may have been drawn anew since, by the theme.
  if (!document.querySelector(context.include[0])) return [];
  const { violations } = await axe.run(context, options);
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
}"""
# The sheet sees nothing of an element but its name, classes, style and those around it: what has
# been seen once in those has the same colours everywhere. This is what makes all pages affordable.
# A path is kept as its hash, and its hash follows from its parent's.
UNSEEN = """(seen) => {
  const known = new Set(seen), found = [];
  const mixed = (hash, text) => {
    for (let at = 0; at < text.length; at++) hash = (hash * 31 + text.charCodeAt(at)) % 9007199254;
    return hash;
  };
  const walk = (element, above) => {
    const paint = ["class", "style", "fill"].map((name) => element.getAttribute(name) ?? "");
    const here = mixed(above, `>${element.localName} ${paint}`);
    const written = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (written && !known.has(here) && element.checkVisibility({ visibilityProperty: true })) {
      known.add(here);
      found.push(here);
      element.dataset.unseen = "";
    }
    for (const child of element.children) walk(child, here);
  };
  for (const element of document.querySelectorAll("[data-unseen]")) delete element.dataset.unseen;
  walk(document.body, 7);
  return found;
}"""
OPEN_ALL = "() => { for (const folded of document.querySelectorAll('details')) folded.open = true }"


def violations(page: Page, options: dict[str, Any], marked: bool = False) -> list[str]:
    """Return what axe says of a page, or of the elements that are marked."""
    include = [["[data-unseen]"]] if marked else [["html"]]
    return page.evaluate(RUN, [{"include": include}, options])


def broken_rules(site: Path, pages: list[str]) -> list[tuple[str, ...]]:
    """Return what axe says of some pages, in a browser of their own."""
    seen: dict[tuple[int, str], set[int]] = defaultdict(set)
    wide: set[str] = set()
    found: list[tuple[str, ...]] = []
    with sync_playwright() as playwright, serving(site) as home:
        browser = launched(playwright)
        watched = Watched(browser.new_context(reduced_motion="reduce").new_page(), home)
        page = watched.page
        for address in pages:
            page.set_viewport_size({"width": WIDTHS[0], "height": 900})
            page.goto(home + address)
            watched.move()
            page.evaluate(OPEN_ALL)
            page.evaluate(AXE_SCRIPT)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                # A wide page has the same contents; its frame is the same within a folder.
                if width == WIDTHS[0] or address.split("/")[0] not in wide:
                    found += [(address, str(width), said) for said in violations(page, STRUCTURE)]
                for scheme in ("light", "dark"):
                    page.emulate_media(color_scheme=scheme)
                    known = seen[width, scheme]
                    if new := page.evaluate(UNSEEN, sorted(known)):
                        known |= set(new)
                        said = violations(page, CONTRAST, marked=True)
                        found += [(address, str(width), scheme, each) for each in said]
            wide.add(address.split("/")[0])
        browser.close()
    return found


def test_no_page_breaks_a_rule(site: Path) -> None:
    """Two browsers share the pages: this is the longest of the tests."""
    pages = addresses(site)
    with ThreadPoolExecutor(2) as pool:
        halves = pool.map(broken_rules, [site, site], [pages[::2], pages[1::2]])
        found = [each for half in halves for each in half]
    assert not found, "\n".join(map(" ".join, found[:40]))


@pytest.mark.parametrize(
    ("harm", "rule"),
    [
        ("<img src=data:,>", "image-alt"),
        ("<p style='color: #bbb; background: #fff'>흐린 글</p>", "color-contrast"),
        ("<button></button>", "button-name"),
    ],
)
def test_a_broken_rule_is_noticed(site: Path, open_page: Open, harm: str, rule: str) -> None:
    """Otherwise the test above could not fail."""
    page = open_page(site, "404.html").page
    page.evaluate(
        "(harm) => document.querySelector('article').insertAdjacentHTML('beforeend', harm)", harm
    )
    page.evaluate(AXE_SCRIPT)
    page.evaluate(UNSEEN, [])
    said = violations(page, STRUCTURE) + violations(page, CONTRAST, marked=True)
    assert [each.split(":")[0] for each in said] == [rule]
