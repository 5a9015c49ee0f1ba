"""The scanner sees the fences that SuperFences renders, and nothing else passes for one."""

import re
from pathlib import Path

import pytest
from conftest import ROOT
from markdown import Markdown
from mkdocs.utils.meta import get_data
from pygments.lexers import get_lexer_by_name

from livedocs.fences import find_fences, normalise
from livedocs.pages import cells, read_page

PAGES = sorted((ROOT / "docs").rglob("*.md"))
RENDERED = re.compile(r'<div class="language-(\S+)[^"]* highlight"')
AROUND = [
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "tables",
    "pymdownx.details",
    "pymdownx.highlight",
    "pymdownx.superfences",
    "pymdownx.tabbed",
]
NESTED = {
    "admonition": '!!! note "제목"\n\n    ```python\n    1\n    ```\n',
    "collapsible in an admonition": "!!! note\n\n    ??? tip\n\n        ```py\n        1\n"
    "        ```\n",
    "tabs": '=== "하나"\n\n    ```python\n    1\n    ```\n\n'
    '=== "둘"\n\n    ```js\n    2\n    ```\n',
    "list": "1. 하나\n\n    ```python\n    1\n    ```\n\n2. 둘\n",
    "list in a list": "- 하나\n\n    - 둘\n\n        ```python\n        1\n        ```\n",
    "quote": "> 말\n>\n> ```python\n> 1\n> ```\n",
    "quote in an admonition": "!!! note\n\n    > ```python\n    > 1\n    > ```\n",
    "four ticks hold three": "````markdown\n```python\n1\n```\n````\n",
    "tildes": "~~~python\n1\n~~~\n",
    "tildes hold ticks": "~~~ text\n```python\n1\n```\n~~~\n",
    "longer closing ticks": "```python\n1\n````\n\n```python\n2\n```\n",
    "carriage returns": "```python\r\n1\r\n```\r\n\r\n```python\r\n2\r\n```\r\n",
    "byte order mark": "\ufeff```python\n1\n```\n",
    "tabs for indents": "!!! note\n\n\t```python\n\tif 1:\n\t\t2\n\t```\n",
    "braces": '```{.python title="제목" hl_lines="1"}\n1\n```\n',
    "space before the language": "``` python\n1\n```\n",
    "less indented than its block": "!!! note\n\n    ```python\n  1\n    ```\n",
    "unclosed": "```python\n1\n",
    "no language": "```\n1\n```\n",
    "text after it": "```text\n1\n```\n말\n```python\n2\n```",
    "a fence that SuperFences drops": '```python alt="그림"\n1\n```\n\n```python\n2\n```\n\n말\n',
}


def rendered(text: str) -> list[str]:
    """Return the language of each fence that reaches the HTML, whoever finds it."""
    options = {"pymdownx.highlight": {"pygments_lang_class": True, "default_lang": "text"}}
    options["pymdownx.tabbed"] = {"alternate_style": True}
    body, _ = get_data(text.lstrip("\ufeff"))
    html = Markdown(extensions=AROUND, extension_configs=options).convert(body)
    return RENDERED.findall(html)


def scanned(text: str) -> list[str]:
    body, _ = get_data(text.lstrip("\ufeff"))
    languages = [fence.language or "text" for fence in find_fences(normalise(body))]
    return [get_lexer_by_name(name).aliases[0] for name in languages]


@pytest.mark.parametrize("path", PAGES, ids=[str(path.relative_to(ROOT)) for path in PAGES])
def test_the_scanner_sees_the_fences_that_superfences_renders(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert scanned(text) == [get_lexer_by_name(name).aliases[0] for name in rendered(text)]


@pytest.mark.parametrize("name", NESTED)
def test_the_scanner_agrees_with_superfences_in_every_surrounding(name: str) -> None:
    expected = [get_lexer_by_name(name).aliases[0] for name in rendered(NESTED[name])]
    assert scanned(NESTED[name]) == expected


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("tabs for indents", "if 1:\n    2"),
        ("quote in an admonition", "1"),
        ("collapsible in an admonition", "1"),
        ("carriage returns", "1"),
    ],
)
def test_the_indent_of_the_surrounding_is_no_part_of_the_code(name: str, code: str) -> None:
    assert read_page(NESTED[name]).runnable[0].code == code


def test_a_fence_inside_a_longer_fence_is_not_run() -> None:
    assert read_page(NESTED["four ticks hold three"]).fences == []


def test_classes_and_values_are_read_from_braces() -> None:
    text = """```{.python .check title='작다 "매우" .hide' of="a b" .measured}\nassert 1\n```"""
    fence = read_page(text).fences[0]
    assert fence.classes == {"check", "measured"}
    assert fence.values == {"title": '작다 "매우" .hide', "of": "a b"}


def test_a_key_may_begin_with_a_point() -> None:
    page = read_page('```{.python .raises="ValueError"}\nint("가")\n```\n')
    assert page.problems == []
    assert page.runnable[0].values == {"raises": "ValueError"}


@pytest.mark.parametrize(
    "front",
    [
        "",
        "---\ntitle: 제목\n---\n",
        "---\r\ntitle: 제목\r\nconcepts: []\r\n---\r\n",
        "\ufeff---\na: 1\n---\n",
    ],
)
def test_lines_are_counted_from_the_top_of_the_file(front: str) -> None:
    page = read_page(front + "\n말\n\n```python\n1\n```\n")
    assert page.line(page.fences[0].start) == len(front.splitlines()) + 4


@pytest.mark.parametrize("sign", ["\u2028", "\x0b", "\x0c", "\x85"])
def test_only_line_feeds_count_as_lines_as_in_markdown(sign: str) -> None:
    page = read_page(f"말{sign}말\n\n```python\n1\n```\n")
    assert page.line(page.fences[0].start) == 3


@pytest.mark.parametrize(
    "odd", ["a = 1\n   \nb = 2", "a = '\x02'", "a = '\u2028'", "a = 1\x0c", "a\tb", "a \n\n\n b "]
)
def test_a_page_has_the_same_cells_read_from_its_file_and_inside_markdown(odd: str) -> None:
    """The hook reads files, the extension what Python-Markdown made of them: one key for both."""
    nested = odd.replace("\n", "\n    ")
    text = f"말\n\n!!! note\n\n    ```python\n    {nested}\n    ```\n\n```python\n{odd}\n```\n"
    normal = Markdown().preprocessors["normalize_whitespace"].run(text.split("\n"))
    assert len(cells(read_page(text))) == 2
    assert cells(read_page("\n".join(normal))) == cells(read_page(text))


def test_front_matter_that_cannot_be_read_is_an_error_of_the_first_line() -> None:
    page = read_page("---\ntitle: [\n---\n\n말\n", "docs/a.md")
    found = str(page.listed_problems[0])
    assert found.startswith("docs/a.md:1: 머리말(front matter)을 읽을 수 없습니다: ")


def test_front_matter_that_is_no_mapping_is_an_error_of_the_first_line() -> None:
    page = read_page("---\n- 하나\n---\n\n말\n", "docs/a.md")
    assert [problem.line for problem in page.listed_problems] == [1]
    assert page.meta == {}


ATTRIBUTES = (
    "코드 칸으로 읽히지 않는 줄입니다: {}. 속성은 중괄호 안에, 언어를 맨 앞에 적으세요. "
    '예: ```{{.python alt="…"}}'
)
UNCLOSED = "코드 칸이 닫히지 않았습니다. 여는 줄과 같은 들여쓰기로 닫으세요."
MISSES = {
    'python alt="그림"': ATTRIBUTES.format('python alt="그림"'),
    "python check": ATTRIBUTES.format("python check"),
    "python .check": ATTRIBUTES.format("python .check"),
    "{.check .python}": ATTRIBUTES.format("{.check .python}"),
    '{ title="a" .python }': ATTRIBUTES.format('{ title="a" .python }'),
    "{python}": ATTRIBUTES.format("{python}"),
    "{.python .check": ATTRIBUTES.format("{.python .check"),
    "{.python title=a}": ATTRIBUTES.format("{.python title=a}"),
    "{.python #name}": ATTRIBUTES.format("{.python #name}"),
    "python {.check}": ATTRIBUTES.format("python {.check}"),
}


@pytest.mark.parametrize("indent", ["", "    ", "> "])
@pytest.mark.parametrize("info", MISSES)
def test_what_an_author_may_have_meant_as_a_fence_is_an_error(info: str, indent: str) -> None:
    page = read_page(f"말\n\n{indent}```{info}\n{indent}1\n{indent}```\n", "docs/a.md")
    assert str(page.listed_problems[0]) == f"docs/a.md:3: {MISSES[info]}"


@pytest.mark.parametrize("text", ["```python\n1\n", "말\n\n    ```python\n    1\n```\n"])
def test_a_fence_that_is_not_closed_is_an_error(text: str) -> None:
    page = read_page(text, "docs/a.md")
    line = text.splitlines().index(next(row for row in text.splitlines() if "```py" in row)) + 1
    assert str(page.listed_problems[0]) == f"docs/a.md:{line}: {UNCLOSED}"


@pytest.mark.parametrize("bullet", ["- ", "1. ", "* "])
def test_a_fence_on_the_line_of_a_bullet_is_an_error(bullet: str) -> None:
    page = read_page(f"{bullet}```python\n    1\n    ```\n", "docs/a.md")
    assert [problem.line for problem in page.listed_problems][:1] == [1]


@pytest.mark.parametrize("language", ["Python", "python3", "py3", "PY"])
def test_python_under_another_name_is_an_error_and_not_shown_unrun(language: str) -> None:
    page = read_page(f"```{language}\n1\n```\n", "docs/a.md")
    assert [problem.line for problem in page.listed_problems] == [1]


@pytest.mark.parametrize("info", ["text python", "pycon", "toml", "ipython-like", "bash"])
def test_another_language_is_only_shown(info: str) -> None:
    page = read_page(f"```{info.split()[0]}\n1\n```\n")
    assert (page.problems, page.fences) == ([], [])


def test_ticks_in_a_sentence_are_no_fence() -> None:
    assert read_page("말 ```python 1``` 말\n\n`` ```python alt=1 `` 말\n").problems == []
