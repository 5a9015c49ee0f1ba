"""Mend the pages that mkdocs-jupyter makes: its HTML goes in, ours comes out."""

import base64
import itertools
import re
from html import unescape
from typing import Any

from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from livedocs.outputs import figure

# 600 kB of JupyterLab's style and scripts of three third parties; the site's own sheet suffices.
WEIGHT = re.compile(r"<(style|script)\b.*?</\1>", re.DOTALL)
HEADING = re.compile(
    r'<h([1-6]) id="[^"]*">(.*?)(?:<a class="anchor-link".*?</a>)?</h\1>', re.DOTALL
)
TOOLBAR = re.compile(
    r'<div class="zeroclipboard-container">.*?</clipboard-copy>\s*</div>', re.DOTALL
)
PROMPT = re.compile(
    r'<div class="jp-InputPrompt[^>]*>.*?</div>|<div class="jp-OutputPrompt[^>]*>.*?</div>'
)
COPIES = re.compile(r'<div class="clipboard-copy-txt".*?</div>', re.DOTALL)
COMMENTS = re.compile(r"<!--.*?-->\s*", re.DOTALL)
CODE = re.compile(r'<div class="highlight-ipynb[^>]*><pre>(.*?)\n?</pre></div>', re.DOTALL)
PRINTED = re.compile(r"(?<=\"text/plain\">)\s*<pre>(.*?)\n?</pre>", re.DOTALL)
FOCUSABLE = re.compile(r'(?<=") tabindex="0"')
DRAWN = re.compile(r'<img[^>]* src="data:image/svg\+xml;base64,([^"]+)"[^>]*>')
LABEL = re.compile(r'aria-label="([^"]*)"')


def mended(html: str, page: Page) -> str:
    """Return the HTML of a notebook without weight, with identifiers that its contents reach.

    mkdocs-jupyter names headings of Hangul `""` in one place and `_1` in another.
    """
    for unwanted in (WEIGHT, TOOLBAR, COPIES, PROMPT, COMMENTS, FOCUSABLE):
        html = unwanted.sub("", html)
    html = CODE.sub(r'<div class="highlight"><pre><code>\1</code></pre></div>', html)
    html = PRINTED.sub(r'<pre class="output-text"><samp>\1</samp></pre>', html)
    numbers = itertools.count()
    html = DRAWN.sub(lambda found: drawing(found[1], f"o{next(numbers)}"), html)
    tokens: list[Any] = []

    def named(heading: re.Match[str]) -> str:
        level, inner = int(heading[1]), heading[2]
        name = f"section-{len(tokens) + 1}"
        title = re.sub(r"<[^>]+>", "", inner).strip()
        tokens.append({"level": level, "id": name, "name": title, "children": []})
        link = f'<a class="headerlink" href="#{name}" title="이 자리의 주소">¶</a>'
        return f'<h{level} id="{name}">{inner}{link}</h{level}>'

    html = HEADING.sub(named, html)
    page.toc = get_toc(nested(tokens))
    return html


def drawing(encoded: str, name: str) -> str:
    """Return a figure as our own pages have it; as an image it could not follow the page's ink."""
    svg = base64.b64decode(encoded).decode()
    label = LABEL.search(svg)
    return figure("image/svg+xml", svg, unescape(label[1]) if label else "", name)


def nested(tokens: list[Any]) -> list[Any]:
    """Put headings under the heading above them, as Python-Markdown's toc does."""
    top: list[Any] = []
    path: list[Any] = []
    for token in tokens:
        while path and path[-1]["level"] >= token["level"]:
            path.pop()
        (path[-1]["children"] if path else top).append(token)
        path.append(token)
    return top
