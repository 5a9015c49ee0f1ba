"""Say better what the theme says in Korean: its own texts go in, ours replace some of them."""

import re
from typing import Any

from jinja2 import ChoiceLoader, DictLoader

TEXTS = "partials/languages/ko.html"
TWICE = re.compile(r"<title>(.+) - \1</title>")
OURS = {
    "action.skip": "본문으로 이동",
    "footer": "바닥글",
    "header": "머리글",
    "nav": "책의 차례",
    "search.result.initializer": "검색 준비 중",
    "search.result.one": "쪽 1개에서 찾았습니다",
    "search.result.other": "쪽 #개에서 찾았습니다",
    "search.result.more.one": "이 쪽에서 1개 더 보기",
    "search.result.more.other": "이 쪽에서 #개 더 보기",
    "toc": "이 쪽의 차례",
    "top": "맨 위로",
}


def spoken(env: Any, config: Any, files: Any) -> Any:
    """Have a theme's Jinja environment say our texts; MkDocs' event `env` asks for it."""
    text = env.loader.get_source(env, TEXTS)[0]
    for name, ours in OURS.items():
        text = re.sub(rf'("{re.escape(name)}": )".*?"', rf'\1"{ours}"', text)
    env.loader = ChoiceLoader([DictLoader({TEXTS: text}), env.loader])
    return env


def titled(html: str) -> str:
    """Return a page whose tab does not say the name of the book twice."""
    return TWICE.sub(r"<title>\1</title>", html, count=1)
