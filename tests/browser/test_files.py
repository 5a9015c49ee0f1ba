"""The built folder opened as files, without a server, still shows text, outputs and figures."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

ADDRESSES = [
    "index.html",
    "ai-ml-dl/coordinate-change/index.html",
    "drivers/attention/index.html",
    "examples/mnist_dense/index.html",
    "about/exercises-solved/index.html",
]
# How much of what stands in the page takes room on the screen; what is folded is opened first.
SEEN = """(kind) => {
  for (const folded of document.querySelectorAll("details")) folded.open = true;
  const boxes = [...document.querySelectorAll(kind)].map((found) => found.getBoundingClientRect());
  return [boxes.length, boxes.filter((box) => box.width > 20 && box.height > 8).length];
}"""
KINDS = {
    "text": "article p:not(.report)",
    "code": "article pre > code",
    "outputs": "article pre > samp",
    "figures": "article figure svg, article figure img",
}


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_opened_as_a_file_shows_what_it_holds(
    address: str, scripts: bool, site: Path, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=scripts)
    asked: list[str] = []
    try:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto((site / address).as_uri())
        assert page.locator("article h1").is_visible()
        for name, kind in KINDS.items():
            there, seen = page.evaluate(SEEN, kind)
            assert there == seen > 0, f"{name}: {seen} of {there}"
        assert "Pretendard" in page.evaluate("getComputedStyle(document.body).fontFamily")
        assert all(url.startswith(("file:", "data:", "blob:")) for url in asked)
    finally:
        context.close()
