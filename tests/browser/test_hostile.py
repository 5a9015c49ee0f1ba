"""Nothing that a snippet puts out acts on a reader's screen."""

import base64
import hashlib
from html.parser import HTMLParser
from pathlib import Path

import pytest
from conftest import ROOT, command, real_book, write_settings

from browser import hostile
from browser.conftest import Open
from browser.watched import Watched
from reading.search import INDEX

PLAIN = "# 여느 쪽 { #plain }\n\n!!! note\n\n    글뿐입니다.\n"
ADDRESSES = {"page": "hostile/", "example": "examples/hostile/"}
OUTPUT = ".outputs, .output-table, .output-figure, pre:has(> samp), .jp-Cell-outputWrapper"
UNWANTED = (
    "script, style, iframe, object, embed, form, input, button, meta, base, link, a, video, "
    "foreignObject, animate, set, details, .mermaid, .md-overlay, #__config"
)
# Elements that no output needs, handlers, styles that reach out, and what is laid over the page.
FIND = """([outputs, unwanted]) => {
  const found = [];
  for (const output of document.querySelectorAll(outputs)) {
    for (const element of [output, ...output.querySelectorAll("*")]) {
      const names = element.getAttributeNames().filter((name) => name.startsWith("on"));
      const { position, backgroundImage } = getComputedStyle(element);
      if (element.matches(unwanted)) names.push(element.localName);
      if (position === "fixed" || backgroundImage.includes("http")) names.push(position);
      found.push(...names.map((name) => `<${name}>`));
    }
  }
  return found;
}"""

# Our own script puts a button beside each figure: one, or somebody else's is among them.
WITHOUT_OURS = """() => {
  const ours = [...document.querySelectorAll(".figure-frame > .figure-button")];
  const figures = document.querySelectorAll(".output-figure").length;
  ours.slice(0, figures).forEach((button) => button.remove());
}"""


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a book of hostile outputs with the real book's configuration."""
    root = tmp_path_factory.mktemp("hostile") / "book"
    pages = {"index": "# 처음 { #first }\n", "plain": PLAIN, "hostile": hostile.page()}
    write_settings(root / "mkdocs.yml", real_book(root, pages | {"examples/plain": PLAIN}))
    (root / "data").rmdir()
    (root / "data").symlink_to(ROOT / "data")
    (root / "examples").mkdir()
    (root / "examples" / "hostile.py").write_text(hostile.program(), encoding="utf-8")
    done = command("-m", "mkdocs", "build", cwd=root)
    assert done.returncode == 0, done.stdout[-3000:]
    return root / "site"


class InlineScripts(HTMLParser):
    """The scripts that stand in a page itself."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list) -> None:
        """Note where one begins; data (`type="application/json"`) are never run."""
        named = dict(attributes)
        self.inside = tag == "script" and "src" not in named and "json" not in named.get("type", "")

    def handle_data(self, data: str) -> None:
        """Keep its text."""
        if self.inside:
            self.found.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Note where it ends."""
        self.inside = False


def policy(site: Path) -> str:
    """Return the policy under which the site must work.

    Material's inline scripts need a hash: where the site's root is (`__md_scope`, another text at
    each depth), which palette the reader chose (set before the first paint, or a dark screen would
    flash white) and the like. They are taken from pages without outputs at the same depths, so
    that no output can vouch for itself.
    """
    trusted = ["plain/index.html", "examples/plain/index.html"]
    texts = [(site / name).read_text(encoding="utf-8") for name in trusted]
    scripts = {script for text in texts for script in InlineScripts(text).found}
    sums = sorted(hashlib.sha256(script.encode()).digest() for script in scripts)
    hashes = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in sums)
    return f"default-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'self' {hashes}"


# The icons in Material's style sheet and the pixels in our drawings are `data:` images: these
# neither run nor ask anybody. Without this part Chromium blocks them, and nothing else may happen.
DATA_IMAGES = "; img-src 'self' data:"


USE = """(outputs) => {
  for (const output of document.querySelectorAll(outputs)) {
    for (const element of [output, ...output.querySelectorAll("*")]) {
      for (const kind of ["mouseover", "focus", "click", "load", "error", "toggle"]) {
        element.dispatchEvent(new Event(kind, { bubbles: true }));
      }
    }
  }
}"""


def use(watched: Watched) -> None:
    """Do with every output what a curious reader would do."""
    watched.page.evaluate(USE, OUTPUT)
    watched.page.keyboard.press("Tab")
    watched.page.mouse.wheel(0, 100_000)
    watched.page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("kind", ADDRESSES)
def test_no_output_acts_or_asks_anybody(hostile_site: Path, open_page: Open, kind: str) -> None:
    watched = open_page(hostile_site, ADDRESSES[kind], policy(hostile_site) + DATA_IMAGES)
    use(watched)
    assert watched.page.url == watched.home + ADDRESSES[kind]
    assert watched.dialogs == watched.violations == watched.errors == []
    assert watched.elsewhere == watched.missing == []


@pytest.mark.parametrize("kind", ADDRESSES)
def test_under_the_strictest_policy_only_images_in_data_are_missed(
    hostile_site: Path, open_page: Open, kind: str
) -> None:
    watched = open_page(hostile_site, ADDRESSES[kind], policy(hostile_site))
    use(watched)
    assert {violation.split(" http")[0].strip() for violation in watched.violations} <= {
        "img-src data"
    }
    assert [error for error in watched.errors if "Loading the image 'data:" not in error] == []
    assert watched.dialogs == watched.elsewhere == watched.missing == []


@pytest.mark.parametrize("kind", ADDRESSES)
def test_no_output_holds_an_element_that_could_act(
    hostile_site: Path, open_page: Open, kind: str
) -> None:
    watched = open_page(hostile_site, ADDRESSES[kind])
    watched.page.evaluate(WITHOUT_OURS)
    found = watched.page.evaluate(FIND, [OUTPUT, UNWANTED])
    assert found == []
    assert watched.page.locator("td", has_text="해치는 표").count() == len(hostile.TABLES)
    assert watched.page.locator(f":is({OUTPUT}) svg").count() == len(hostile.DRAWINGS) - 1


def test_the_search_holds_no_output_and_what_it_finds_does_not_act(
    hostile_site: Path, open_page: Open
) -> None:
    index = (hostile_site / INDEX).read_text(encoding="utf-8")
    assert "onerror" not in index and "src=x" not in index
    watched = open_page(hostile_site, "plain/", policy(hostile_site) + DATA_IMAGES)
    watched.page.locator(".md-search__input").click()
    watched.page.locator(".md-search__input").press_sequentially("여느 쪽")
    found = watched.page.locator(".md-search-result__item")
    found.first.wait_for()
    assert found.count() > 0
    found.first.click()
    watched.page.wait_for_load_state("networkidle")
    assert watched.dialogs == watched.violations == watched.errors == []
    assert watched.elsewhere == watched.missing == []


@pytest.mark.parametrize("strict", [True, False])
def test_the_same_harm_written_by_hand_is_noticed(
    tmp_path: Path, open_page: Open, strict: bool
) -> None:
    """Otherwise the tests above could not fail."""
    harm = f"<script>{hostile.HARM}</script><img src=x onerror={hostile.HARM}>"
    away = f"<img src={hostile.AWAY}/a.png><form action={hostile.AWAY} class=outputs></form>"
    (tmp_path / "index.html").write_text(f"<title>1</title>{harm}{away}", encoding="utf-8")
    watched = open_page(tmp_path, "", "default-src 'self'; script-src 'self'" if strict else "")
    kinds = {violation.split()[0] for violation in watched.violations}
    expected = {"script-src-elem", "script-src-attr", "img-src"} if strict else set()
    assert kinds == expected
    assert watched.dialogs == ([] if strict else ["1", "1"])
    assert watched.errors
    assert watched.home + "x" in watched.missing
    assert watched.elsewhere == [f"{hostile.AWAY}/a.png"]
    assert watched.page.evaluate(FIND, [OUTPUT, UNWANTED]) == ["<form>"]
