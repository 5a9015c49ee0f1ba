"""Let a reader tell of a mistake: an address goes in; a link that carries the place comes out."""

import re
from html import escape, unescape
from urllib.parse import quote, urlencode

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

CHECK = re.compile(
    r'(<details class="check [^>]*id="([^"]+)"[^>]*>'
    r"<summary><span>.*?</span> · (.*?)</summary>.*?)(</details>)",
    re.DOTALL,
)
ASKED = "무엇이 잘못되었나요?"


def address(config: MkDocsConfig) -> str:
    """Return where mistakes are told of: `extra.report`, else a known forge's issues, or ""."""
    repository = (config.repo_url or "").rstrip("/")
    forge = re.match(r"https://(?:www\.)?(github|gitlab)\.com/", repository)
    ends = {"github": "/issues/new", "gitlab": "/-/issues/new"}
    return config.extra.get("report") or (repository + ends[forge[1]] if forge else "")


def link(to: str, subject: str, place: dict[str, str]) -> str:
    """Return a link that opens a message with the place already filled in.

    Args:
        to: an address of the web, which takes `title` and `body` as GitHub does, or `mailto:…`.
        subject: what the message is about.
        place: what tells a maintainer where; empty values are left out.
    """
    body = "\n".join(f"{name}: {said}" for name, said in place.items() if said)
    names = ("subject", "body") if to.startswith("mailto:") else ("title", "body")
    texts = (f"잘못 알리기: {subject}", f"{body}\n\n{ASKED}\n")
    query = urlencode(dict(zip(names, texts, strict=True)), quote_via=quote)
    href = f"{to}{'&' if '?' in to else '?'}{query}"
    return f'<p class="report"><a href="{escape(href)}">잘못 알리기</a></p>'


def reported(html: str, page: Page, config: MkDocsConfig, key: str) -> str:
    """Return a page with a link behind each check and one at its end; none without an address."""
    to = address(config)
    if not to:
        return html
    title = str(page.meta.get("title") or page.title or page.file.src_uri)
    where = (page.canonical_url or "") if config.site_url else ""
    place = {"쪽": f"{title} ({page.file.src_uri})", "주소": where, "키": key}

    def checked(found: re.Match[str]) -> str:
        check = {"확인": f"{unescape(found[3])} (#{found[2]})"}
        return found[1] + link(to, title, place | check) + found[4]

    return CHECK.sub(checked, html) + link(to, title, place)
