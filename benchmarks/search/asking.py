"""Ask a built site in a browser: questions go in; the addresses that are found come out."""

from dataclasses import dataclass

from playwright.sync_api import Page

# Both Material's worker and ours speak the theme's protocol: 0 is the index, 2 a question.
WORKER = """async (queries) => {
  const { base, search } = JSON.parse(document.getElementById("__config").textContent);
  const index = await (await fetch(new URL(`${base}/search/search_index.json`, location))).json();
  const worker = new Worker(new URL(search, location));
  const answer = (type, data) => new Promise((resolve) => {
    worker.onmessage = ({ data }) => resolve(data.data);
    worker.postMessage({ type, data });
  });
  await answer(0, { ...index, options: { suggest: false } });
  new BroadcastChannel("livedocs").postMessage("soon");  // a reader opens the box first
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const found = [], shown = ({ title, text }) => (title + text).includes("<mark");
  for (const query of queries) {
    const start = performance.now();
    const { items } = await answer(2, query);
    const time = performance.now() - start;
    const places = (items) => items.map((sections) => sections[0].location);
    found.push([places(items), time, places(items.filter((sections) => sections.some(shown)))]);
  }
  worker.terminate();
  return found;
}"""
PAGEFIND = """async (queries) => {
  const pagefind = await import(new URL("pagefind/pagefind.js", location));
  await pagefind.init();
  const found = [];
  for (const query of queries) {
    const start = performance.now();
    const { results } = await pagefind.search(query);
    const time = performance.now() - start;
    const data = await Promise.all(results.slice(0, 10).map((result) => result.data()));
    found.push([data.map(({ url }) => url.slice(1)), time, []]);
  }
  return found;
}"""


@dataclass(frozen=True)
class Answer:
    """What a search says to one question."""

    pages: list[str]
    """Addresses under the site's root, best first, each page once."""
    milliseconds: float
    marked: frozenset[str]
    """Those of whose results some title or text marks a word; not known of Pagefind."""


def ask(page: Page, queries: list[str], program: str = WORKER) -> list[Answer]:
    """Ask on an open page of a site, one question after the other."""
    return [
        Answer(list(dict.fromkeys(map(page_of, places))), time, frozenset(map(page_of, marked)))
        for places, time, marked in page.evaluate(program, queries)
    ]


def page_of(place: str) -> str:
    """Return the page of an address."""
    return place.split("#")[0]
