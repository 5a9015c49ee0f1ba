"""Outputs are placed where their fences stand, whatever stands around, and can do no harm."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import QUICK, ROOT, empty_book, run_texts
from markdown import Markdown
from mkdocs.utils.yaml import yaml_load

from livedocs import book as book_module
from livedocs import warmth
from livedocs.book import run_book
from livedocs.outputs import to_html
from livedocs.pages import cells, read_page
from livedocs.problems import PageProblems
from livedocs.project import Project

GOLDEN = Path(__file__).parent / "golden"
PAGES = sorted(GOLDEN.glob("*.md"))
DRAWING = re.compile(r'<svg (role="img" aria-label="[^"]*").*?</svg>', re.DOTALL)
HARMLESS_TAGS = re.compile(r"<(?:script|style|iframe|object|a|img)\b", re.IGNORECASE)


def markdown() -> Markdown:
    """Return Python-Markdown as mkdocs.yml sets it up."""
    with (ROOT / "mkdocs.yml").open(encoding="utf-8") as file:
        listed = yaml_load(file)["markdown_extensions"]
    options = {
        name: value for each in listed if isinstance(each, dict) for name, value in each.items()
    }
    names = [next(iter(each)) if isinstance(each, dict) else each for each in listed]
    return Markdown(extensions=names, extension_configs=options)


def rendered(text: str) -> str:
    return markdown().convert(text)


def without_drawings(html: str) -> str:
    """Take the body of each drawing away; what it is called stays."""
    return DRAWING.sub(r"<svg \1/>", html)


@pytest.fixture(scope="module")
def golden_book(bench: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Run all golden pages at once."""
    project = empty_book(tmp_path_factory.mktemp("golden") / "book")
    (project.data / "facts").mkdir()
    (project.data / "facts" / "scores.csv").write_text("이름,점수\n가,1\n", encoding="utf-8")
    jobs = {}
    for path in PAGES:
        page = read_page(path.read_text(encoding="utf-8"), path.name, project.data)
        assert page.listed_problems == []
        jobs[path.name] = cells(page, project.data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LIVEDOCS_CACHE", str(bench))
        patch.delenv("KERAS_BACKEND", raising=False)
        patch.setattr(warmth, "ALWAYS", QUICK)
        run_book(jobs, project, print)
    return project


@pytest.mark.parametrize("path", PAGES, ids=[path.stem for path in PAGES])
def test_a_page_is_rendered_as_its_golden_file(
    path: Path,
    golden_book: Project,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(golden_book.root)
    monkeypatch.delenv("KERAS_BACKEND", raising=False)
    html = without_drawings(rendered(path.read_text(encoding="utf-8"))) + "\n"
    golden = path.with_suffix(".html")
    if request.config.getoption("--rewrite-golden"):
        golden.write_text(html, encoding="utf-8")
    assert html == golden.read_text(encoding="utf-8")


@pytest.fixture
def render(book: Project) -> Callable[[str], str]:
    """Render one page, run by the extension itself: there is no hook here."""
    return rendered


def fence(code: str, opening: str = "python") -> str:
    return f"```{opening}\n{code}\n```\n"


def test_without_a_hook_the_extension_runs_the_page_itself(render) -> None:
    html = render(fence("print(6 * 7)"))
    assert '<pre class="output-text"><samp>42</samp></pre>' in html


def test_the_outputs_are_found_again_without_running_the_page(
    render, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = render(fence("print(6 * 7)"))
    monkeypatch.setattr(book_module, "run_now", None)
    assert render(fence("print(6 * 7)")) == before


def test_a_page_that_fails_without_a_hook_is_an_error(render) -> None:
    with pytest.raises(
        PageProblems, match=r"^<page>:1: 코드 칸 실패: ZeroDivisionError: "
    ) as found:
        render(fence("1 / 0"))
    assert str(found.value).endswith("division by zero (2행)")


def test_a_page_that_breaks_a_rule_is_an_error(render) -> None:
    with pytest.raises(PageProblems, match=r"^<page>:1: 모르는 갈래 \.a입니다\."):
        render(fence("1", "{.python .a}"))


def test_front_matter_is_no_part_of_what_is_shown(render) -> None:
    assert "title" not in render("---\ntitle: 제목\n---\n\n말\n")


def test_a_page_that_begins_with_a_rule_is_shown_whole(render) -> None:
    assert "첫 문단" in render("---\n\n첫 문단\n\n---\n\n둘째 문단\n")


def test_two_checks_of_one_title_have_two_addresses(render) -> None:
    check = fence("assert 1", '{.python .check title="참이다"}')
    found = re.findall(
        r'<details class="check passed" id="([^"]+)"', render(check + "\n말\n\n" + check)
    )
    assert len(found) == len(set(found)) == 2


def test_two_drawings_share_no_identifier(render) -> None:
    code = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()"
    opening = '{.python alt="오른쪽 위로 곧게 올라가는 선 하나."}'
    found = re.findall(r' id="([^"]+)"', render(fence(code, opening) + "\n" + fence(code, opening)))
    assert found
    assert len(found) == len(set(found))


def test_what_is_written_to_stderr_is_not_shown(render) -> None:
    assert "비밀" not in re.sub(
        r"<code.*?</code>",
        "",
        render(fence("import sys\nprint('비밀', file=sys.stderr)")),
        flags=re.DOTALL,
    )


def test_a_dead_page_under_serve_says_why_where_its_output_would_be(book: Project, render) -> None:
    text = fence("import os\nos._exit(3)") + "\n" + fence("print(1)")
    run_texts(book, text)
    html = render(text)
    assert (
        '<pre class="output-error"><samp>died: 프로세스가 상태 3로 끝났습니다.</samp></pre>' in html
    )


def test_a_false_check_under_serve_is_open_and_later_ones_are_not_confirmed(
    book: Project, render
) -> None:
    text = "\n".join(
        fence(f"assert {value}", f'{{.python .check title="주장 {value}"}}') for value in "102"
    )
    run_texts(book, text)
    html = render(text)
    assert re.findall(r"<summary><span>(.*?)</span>", html) == ["확인됨", "실패", "실행되지 않음"]
    assert re.findall(r'<details class="check \w+" id="[^"]*"( open)?>', html) == ["", " open", ""]


def shown_text(printed: str) -> str:
    return to_html([{"output_type": "stream", "name": "stdout", "text": printed}])


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("\x1b[31m빨강\x1b[0m", "빨강"),
        ("\x1b]8;;http://example.org\x07말\x1b]8;;\x07", "말"),
        ("가\x00나", "가�나"),
        ("가\udc80", "가�"),
        ("\x02wzxhzdk:0\x03", "�wzxhzdk:0�"),
        ("</samp></pre>", "&lt;/samp&gt;&lt;/pre&gt;"),
        ("1 < 2 & 3", "1 &lt; 2 &amp; 3"),
        ("  앞의 빈칸\n\n뒤  \n", "  앞의 빈칸\n\n뒤"),
    ],
)
def test_printed_text_is_shown_as_text(printed: str, shown: str) -> None:
    assert shown_text(printed) == f'<pre class="output-text"><samp>{shown}</samp></pre>'


def test_nothing_printed_shows_nothing() -> None:
    assert shown_text(" \n") == ""


@pytest.mark.parametrize(
    "printed",
    ["# 제목", "**굵게**", "[a](b)", "```python", "    print(1)", "&amp;", "!!! note", "$x$"],
)
def test_markdown_in_an_output_is_not_read(render, printed: str) -> None:
    html = render(fence(f"print({printed!r})") + "\n뒤\n")
    escaped = printed.replace("&", "&amp;").rstrip()
    assert f'<pre class="output-text"><samp>{escaped}</samp></pre>' in html
    assert html.endswith("<p>뒤</p>")


FORGED = "chr(2) + 'wzxhzdk:0' + chr(3)"


@pytest.mark.parametrize(
    "code",
    [
        f"print({FORGED})",
        f"import pandas as pd\npd.DataFrame({{'a': [{FORGED}]}})",
        "class Drawn:\n    def _repr_svg_(self):\n"
        f"        return '<svg width=\"1\"><text>' + {FORGED} + '</text></svg>'\n\nDrawn()",
    ],
    ids=["printed", "table", "drawing"],
)
def test_no_output_can_forge_a_placeholder_of_python_markdown(render, code: str) -> None:
    opening = '{.python alt="무엇인가 그린 그림에 글자가 보인다."}' if "svg" in code else "python"
    html = render(fence("print('처음')") + "\n" + fence(code, opening))
    assert html.count("<samp>처음</samp>") == 1
    assert not {"\x02", "\x03"} & set(html)


def test_no_alternative_text_can_forge_a_placeholder(render) -> None:
    code = f"import matplotlib.pyplot as plt\nx = {FORGED}\nplt.plot([1, 2])\nplt.show()"
    opening = '{.python alt="오른쪽 위로 {x} 곧게 올라가는 선 하나."}'
    html = render(fence("print('처음')") + "\n" + fence(code, opening))
    assert html.count("<samp>처음</samp>") == 1


def of_kind(kind: str, data: str, alt: str = "") -> str:
    output = {"output_type": "display_data", "data": {kind: data}, "metadata": {}}
    return to_html([output], alt, name="o1")


@pytest.mark.parametrize(
    "data",
    [
        "<table><script>alert(1)</script><tr><td>1</td></tr></table>",
        "<table onclick='alert(1)'><tr><td style='color:red'>1</td></tr></table>",
        "<style>body{display:none}</style><table><tr><td>1</td></tr></table>",
        "<img src=x onerror=alert(1)><table><tr><td>1</td></tr></table>",
        "<a href='javascript:alert(1)'>a</a><iframe src='http://example.org'></iframe>",
        "</div></article><script>alert(1)</script>",
    ],
)
def test_a_hostile_table_is_made_harmless(data: str) -> None:
    html = of_kind("text/html", data)
    assert not HARMLESS_TAGS.search(html)
    assert not re.search(r"\son\w+=|style=|javascript:|alert|http:", html)
    assert html.count("<div") == html.count("</div>") == 1


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "</svg><script>alert(1)</script>",
        "<path onload='alert(1)' d='M0 0'/>",
        "<a href='http://example.org'><text>a</text></a>",
        "<image href='http://example.org/a.png'/>",
        "<use xlink:href='http://example.org/a.svg#a'/>",
        "<style>@import 'http://example.org'</style>",
        "<rect style='fill: url(http://example.org/#a)'/>",
        "<rect style='fill: URL( &quot;http://example.org&quot; )'/>",
        "<rect style='fill: u\\72l(http://example.org)'/>",
        "<rect style='background: image-set(\"http://example.org/a.png\" 1x)'/>",
        "<rect fill='url(http://example.org)'/>",
        "<foreignObject><iframe src='http://example.org'/></foreignObject>",
        "<image href='data:image/svg+xml,&lt;script&gt;alert(1)&lt;/script&gt;'/>",
        "<animate attributeName='href' values='javascript:alert(1)'/>",
        "<!-- --><![CDATA[<script>alert(1)</script>]]>",
    ],
)
def test_a_hostile_drawing_is_made_harmless(inside: str) -> None:
    html = of_kind("image/svg+xml", f'<svg width="1" viewBox="0 0 1 1">{inside}</svg>')
    assert not HARMLESS_TAGS.search(html.replace("<image", "<-"))
    assert not re.search(r"\son\w+=|javascript:|example\.org|data:image/svg", html)
    assert html.count("<figure") == html.count("</figure>") == html.count("</svg>") == 1


def test_a_drawing_keeps_what_it_is_made_of() -> None:
    svg = (
        '<svg width="1" viewBox="0 0 1 1">'
        '<defs><clipPath id="p"><rect width="1"/></clipPath></defs>'
        '<g clip-path="url(#p)"><path d="M0 0" style="fill: none; stroke: currentColor"/></g>'
        '<use xlink:href="#p" x="1"/><text>가 &lt; 나</text></svg>'
    )
    html = of_kind("image/svg+xml", svg)
    for kept in (
        'viewBox="0 0 1 1"',
        '<clipPath id="o1-p">',
        'clip-path="url(#o1-p)"',
        "stroke:currentColor",
        'xlink:href="#o1-p"',
        "<text>가 &lt; 나</text>",
    ):
        assert kept in html


def test_an_alternative_text_cannot_leave_its_attribute() -> None:
    html = of_kind("image/svg+xml", '<svg width="1"></svg>', '"><script>alert(1)</script>')
    assert 'aria-label="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"' in html


def test_a_picture_is_an_image_with_its_words() -> None:
    assert of_kind("image/png", "aGE=\n", "큰 & 그림") == (
        '<figure class="output-figure">'
        '<img src="data:image/png;base64,aGE=" alt="큰 &amp; 그림"></figure>'
    )


def test_of_several_forms_the_best_is_shown() -> None:
    output = {"output_type": "execute_result", "data": {"text/plain": "<a>", "text/latex": "x"}}
    assert to_html([output]) == '<pre class="output-text"><samp>&lt;a&gt;</samp></pre>'


def test_an_unknown_form_shows_nothing() -> None:
    assert of_kind("application/json", "{}") == ""


def test_a_bar_that_rewrites_its_line_is_shown_as_a_terminal_leaves_it() -> None:
    assert shown_text("1/3\r2/3\r3/3 끝\n") == '<pre class="output-text"><samp>3/3 끝</samp></pre>'
