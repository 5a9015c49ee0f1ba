"""What the theme says around a page is Korean that a reader would say."""

import json
import re
from pathlib import Path

import pytest

from reading.interface import OURS, TEXTS


@pytest.mark.parametrize("name", OURS)
def test_the_theme_has_a_text_of_that_name(name: str) -> None:
    import material

    texts = Path(material.__file__).parent / "templates" / TEXTS
    assert f'"{name}": "' in texts.read_text(encoding="utf-8")


def test_a_tab_says_the_name_of_the_book_once(site: Path) -> None:
    titles = {
        path: re.findall("<title>(.*)</title>", (site / path).read_text(encoding="utf-8"))
        for path in ("index.html", "ai-ml-dl/weights/index.html")
    }
    assert titles == {
        "index.html": ["1장 딥러닝이란?"],
        "ai-ml-dl/weights/index.html": ["작동 원리: 가중치 - 1장 딥러닝이란?"],
    }


def test_a_built_page_says_ours(site: Path) -> None:
    html = (site / "ai-ml-dl" / "weights" / "index.html").read_text(encoding="utf-8")
    for name, text in OURS.items():  # what the script says stands in JSON
        assert text in html or json.dumps(text)[1:-1] in html, name
    assert not re.search("콘텐츠로 이동|네비게이션|맨위로|상단/헤더", html)
