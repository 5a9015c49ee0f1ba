"""Say in Korean that a page is not there: the theme's 404.html goes in, ours comes out."""

import re

STOCK = re.compile(r"<h1>404 - Not found</h1>")
TITLE = re.compile(r"<title>(.*?)</title>")
BASE = re.compile(r'"base": "([^"]*?)/?"')
HEADING = "쪽을 찾지 못했습니다"
ADVICE = (
    '<h1 id="not-found">{heading}</h1>\n'
    "<p>주소가 바뀌었거나 잘못 적힌 것 같습니다. 위의 검색에서 찾는 말을 넣어 보세요. "
    '<a href="{base}/">책의 첫 쪽</a>에서 시작해도 됩니다.</p>'
)


def explained(html: str) -> str:
    """Return the page with a Korean title, heading and way on."""
    found = BASE.search(html)
    advice = ADVICE.format(heading=HEADING, base=found[1] if found else "")
    titled = TITLE.sub(rf"<title>{HEADING} - \1</title>", html, count=1)
    return STOCK.sub(lambda _: advice, titled)
