"""What a reader takes from a code block through the clipboard is a program that runs."""

from pathlib import Path

import pytest
from claims.pages import PROJECT, page_id, pages_with_code
from conftest import ROOT, Taken
from pasted import WAYS, environment

from browser.conftest import Open
from livedocs.pages import Page
from reading.export import code_of

CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
# Press every button of one kind, open what is folded, and read the clipboard each time.
PRESS = """async (kind) => {
  for (const folded of document.querySelectorAll("details")) folded.open = true;
  const copied = [];
  for (const block of document.querySelectorAll("[data-part]")) {
    const panel = block.closest(".tabbed-block");
    const tabs = panel?.closest(".tabbed-set").querySelectorAll(":scope > input");
    if (panel) tabs[[...panel.parentElement.children].indexOf(panel)].click();
    block.scrollIntoView();
    for (let waited = 0; !block.querySelector("[data-extended]") && waited < 100; waited++)
      await new Promise((done) => setTimeout(done, 20));
    const button = block.querySelector(kind);
    if (!button) { copied.push([block.dataset.part, null]); continue; }
    await navigator.clipboard.writeText("");
    button.click();
    copied.push([block.dataset.part, await navigator.clipboard.readText()]);
  }
  return copied;
}"""
COPY = "button[data-md-type=copy], button[data-clipboard-target]"
FROM_TOP = "button[title='처음부터 여기까지 복사']"
LINK = "button[title='이 칸의 주소를 복사']"
PAGES = [page for page in pages_with_code() if page.path.startswith("docs/")]


def address(page: Page) -> str:
    path = page.path.removeprefix("docs/").removesuffix(".md")
    return path.removesuffix("index").rstrip("/") + ("" if path == "index" else "/")


def copied(opened, kind: str) -> dict[int, str]:
    return {int(part): text for part, text in opened.page.evaluate(PRESS, kind)}


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_each_block_copies_its_code_and_all_up_to_it(
    page: Page, site: Path, open_page: Open
) -> None:
    opened = open_page(site, address(page), **CLIPBOARD)
    codes = [fence.code for fence in page.runnable]
    visible = {n for n, fence in enumerate(page.runnable) if "hide" not in fence.classes}
    alone, from_top = copied(opened, COPY), copied(opened, FROM_TOP)
    assert alone == {number: codes[number] for number in visible}
    whole = code_of(page, PROJECT)
    for number in visible - {0}:
        assert whole.startswith(from_top[number].rstrip("\n"))
        if not page.runnable[number].values.keys() & {"raises", "backend"}:
            assert from_top[number].endswith(codes[number].strip("\n") + "\n")
    assert not opened.errors


def test_a_link_to_a_block_leads_to_it(site: Path, open_page: Open) -> None:
    opened = open_page(site, "ai-ml-dl/coordinate-change/", **CLIPBOARD)
    for number, link in copied(opened, LINK).items():
        opened.page.goto(link)
        target = opened.page.locator(":target")
        assert target.count() == 1
        inside = target.evaluate(
            "(box) => (box.closest('[data-part]') ?? box.querySelector('[data-part]')).dataset.part"
        )
        assert int(inside) == number


@pytest.mark.taken
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_what_was_copied_runs_in_an_empty_folder(
    page: Page, way: str, site: Path, open_page: Open, tmp_path: Path, taken: Taken
) -> None:
    taken(page, way)
    opened = open_page(site, address(page), **CLIPBOARD)
    texts = copied(opened, FROM_TOP)  # each begins the last one: what runs this runs them all
    text = texts[max(texts)] or page.runnable[0].code
    (tmp_path / "empty").mkdir()
    variables = environment(tmp_path / "keras", ROOT / "data" / "datasets")
    assert WAYS[way](text, tmp_path / "empty", variables) == ""
