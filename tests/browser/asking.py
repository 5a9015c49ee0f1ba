"""Ask a site's own search worker, as the search box does: queries go in, addresses come out."""

from playwright.sync_api import Page

ASK = """async (queries) => {
  const { base, search } = JSON.parse(document.getElementById("__config").textContent);
  const root = new URL(`${base}/`, location.href);
  const index = await (await fetch(new URL("search/search_index.json", root))).json();
  const worker = new Worker(new URL(search, location.href));
  const answer = (type, data) => new Promise((resolve) => {
    worker.onmessage = ({ data }) => resolve(data.data);
    worker.postMessage({ type, data });
  });
  await answer(0, { ...index, options: { suggest: false } });
  const found = [];
  for (const query of queries) {
    const start = performance.now();
    const { items } = await answer(2, query);
    found.push([items.map((sections) => sections[0].location), performance.now() - start]);
  }
  worker.terminate();
  return found;
}"""


def ask(page: Page, queries: list[str]) -> list[tuple[list[str], float]]:
    """Return for each query the addresses that were found, best first, and milliseconds."""
    return page.evaluate(ASK, queries)
