"""`mkdocs build --strict` of a small book: right, repeatable, quiet, and red where it must be."""

import hashlib
import json
import os
import re
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import jsonschema
import pandas
import pytest
from conftest import ENGINE, ROOT, command, empty_book

from livedocs import drawings
from livedocs.outputs import to_html

SCHEMA = Path(__file__).parent / "livedocs.schema.json"
CONFIGURATION = f"""\
site_name: 작은 책
theme: {{name: material, font: false}}
hooks: [quick.py, {ENGINE / "hook.py"}, {ROOT / "reading" / "hook.py"}]
plugins: []
markdown_extensions:
  - livedocs.extension
  - admonition
  - attr_list
  - pymdownx.details
  - pymdownx.highlight
  - pymdownx.superfences
"""
# Start the warm process without Keras: pages here do not want it, and it takes seconds.
QUICK = "import livedocs.warmth\n\nlivedocs.warmth.ALWAYS = ()\n"
TOKEN = secrets.token_hex(16)
NESTED = f"""\
---
title: 겹친 칸
concepts: [1.1-01]
---

# 겹친 칸 {{ #nested }}

!!! note

    ??? tip

        ```python
        import hashlib

        digest = hashlib.sha256(b"{TOKEN}").hexdigest()
        print(digest)
        ```

값은 `{{python}} len(digest)` 자입니다.

```{{.python .check title="요약은 64자이다" of="1.1-01"}}
assert len(digest) == 64
```
"""
FIGURE = """\
# 그림 { #figure }

```{.python alt="오른쪽 위로 곧게 올라가는 선 하나를 그린 그림."}
import matplotlib.pyplot as plt

plt.plot([1, 2])
plt.show()
```

```{.python .measured}
import time

print(time.perf_counter())
```
"""
FALSE = """\
---
title: 거짓
---

# 거짓 { #false }

```python
x = 3
```

```{.python .check title="셋은 둘보다 작다"}
assert x < 2
```

```python
print("여기는 오지 않는다")
```
"""
INDEX = "# 처음 { #first }\n\n[겹친 칸](nested.md), [그림](figure.md)\n"
# Notes every attempt to import a framework, and prevents it.
GUARD = """\
import sys


class Guard:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"tensorflow", "keras", "jax", "torch"}:
            open(MARK, "a").write(name + "\\n")
            raise ImportError(name)


sys.meta_path.insert(0, Guard())
"""


def small_book(root: Path, **pages: str) -> Path:
    """Write a book of a few pages; return its folder."""
    empty_book(root)
    (root / "mkdocs.yml").write_text(CONFIGURATION, encoding="utf-8")
    (root / "quick.py").write_text(QUICK, encoding="utf-8")
    for name, text in pages.items():
        (root / "docs" / f"{name}.md").write_text(text, encoding="utf-8")
    return root


def build(root: Path, *words: str | Path, **more) -> subprocess.CompletedProcess[str]:
    return command("-m", "mkdocs", "build", "--strict", *words, cwd=root, **more)


def report(root: Path) -> dict:
    return json.loads((root / "site" / "livedocs.json").read_text(encoding="utf-8"))


def contents(folder: Path) -> dict[str, bytes]:
    """Return the built files, without those that tell the time."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in {"livedocs.json", "sitemap.xml", "sitemap.xml.gz"}
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a good book once."""
    folder = tmp_path_factory.mktemp("built") / "book"
    root = small_book(folder, index=INDEX, nested=NESTED, figure=FIGURE)
    done = build(root)
    assert done.returncode == 0, done.stdout
    return root


def test_a_nested_fence_shows_what_nobody_could_have_written_down(built: Path) -> None:
    html = (built / "site" / "nested" / "index.html").read_text(encoding="utf-8")
    digest = hashlib.sha256(TOKEN.encode()).hexdigest()
    assert f"<samp>{digest}</samp>" in html
    assert "값은 64 자입니다." in html


def test_the_report_has_the_form_that_its_readers_expect(built: Path) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(report(built), schema)


def test_the_report_lists_every_page_with_its_claims(built: Path) -> None:
    pages = {page["source"]: page for page in report(built)["pages"]}
    assert list(pages) == ["docs/figure.md", "docs/index.md", "docs/nested.md"]
    assert [page["url"] for page in pages.values()] == ["figure/", "./", "nested/"]
    assert [page["fences"] for page in pages.values()] == [2, 0, 2]
    assert [page["figures"] for page in pages.values()] == [1, 0, 0]
    assert [page["checks"] for page in pages.values()] == [0, 0, 1]
    assert pages["docs/nested.md"]["claims"] == [
        {"concept": "1.1-01", "check": "요약은 64자이다", "line": 21}
    ]


def test_a_build_leaves_only_its_cache_and_its_site(built: Path) -> None:
    found = {path.name for path in built.iterdir()} - {"__pycache__"}
    assert found == {"docs", "data", "mkdocs.yml", "quick.py", ".cache", "site"}
    assert {path.name for path in (built / ".cache").iterdir()} == {"livedocs"}
    assert sorted(path.name for path in (built / "docs").iterdir()) == [
        "figure.md",
        "index.md",
        "nested.md",
    ]


def test_a_first_build_executes_and_a_second_does_not_even_load_a_framework(
    built: Path, tmp_path: Path
) -> None:
    root = shutil.copytree(
        built, tmp_path / "book", ignore=shutil.ignore_patterns("site", ".cache")
    )
    (root / "quick.py").write_text("")
    mark = tmp_path / "mark"
    (tmp_path / "guard").mkdir()
    (tmp_path / "guard" / "sitecustomize.py").write_text(f"MARK = {str(mark)!r}\n{GUARD}")
    env = {
        "PYTHONPATH": os.pathsep.join([str(tmp_path / "guard"), os.environ.get("PYTHONPATH", "")])
    }
    assert build(root, env=env).returncode == 0
    assert report(root)["executed"] == 2
    assert "keras" in mark.read_text().splitlines()  # the guard guards: the warm process tried
    mark.unlink()
    assert build(root, env=env).returncode == 0
    assert report(root)["executed"] == 0
    assert [page["cached"] for page in report(root)["pages"]] == [True, False, True]
    assert not mark.exists()


def test_no_index_of_words_reads_a_drawing_and_no_page_loses_one() -> None:
    prose, shown = "<table><td>글</td></table>", pandas.DataFrame({"가": ["출력"]})
    data = {"text/html": shown._repr_html_()}
    output = to_html([{"output_type": "display_data", "data": data}])
    html = '<p>가</p><svg id="a"><path d="M0 0"/></svg><p>나</p><svg><text>그림</text></svg>'
    html += prose + output
    page = SimpleNamespace(content=html)
    drawings.put_aside({}, page, None, None)
    assert not re.search("path|그림|출력", page.content) and prose in page.content
    first, middle, rest = page.content.partition("<p>나</p>")  # a plugin may drop and change
    page.content = first.partition("<svg")[0] + middle.replace("나", "다") + rest
    drawings.put_back({}, page, None, None)
    assert page.content == html.replace('<svg id="a"><path d="M0 0"/></svg>', "").replace(
        "나", "다"
    )


def test_two_cold_builds_are_equal_but_for_what_is_measured(built: Path, tmp_path: Path) -> None:
    root = shutil.copytree(
        built, tmp_path / "book", ignore=shutil.ignore_patterns("site", ".cache")
    )
    assert build(root).returncode == 0
    one, two = contents(built / "site"), contents(root / "site")
    differing = {name for name in one if one[name] != two[name]}
    taken = {"figure/figure.ipynb", "livedocs-book.zip"}  # they hold the measured output too
    assert differing - taken == {"figure/index.html"}
    before, after = (
        each["figure/index.html"].decode().partition('<p class="measured">') for each in (one, two)
    )
    assert before[0] == after[0]
    assert before[2].partition("</pre>")[2] == after[2].partition("</pre>")[2]


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess]:
    """Build a book of which two pages fail and one is good."""
    dies = "# 죽음 { #dies }\n\n```python\nimport os\n\nos._exit(3)\n```\n"
    root = small_book(
        tmp_path_factory.mktemp("broken") / "book", index=INDEX, nested=NESTED, figure=FIGURE
    )
    (root / "docs" / "false.md").write_text(FALSE, encoding="utf-8")
    (root / "docs" / "dies.md").write_text(dies, encoding="utf-8")
    return root, build(root)


def test_a_false_check_ends_the_build(broken) -> None:
    assert broken[1].returncode == 1


def test_every_failing_page_is_named_with_line_and_reason(broken) -> None:
    said = broken[1].stdout
    assert "docs/false.md:11: 확인 ‘셋은 둘보다 작다’ 실패: AssertionError: x = 3 (12행)" in said
    assert "docs/dies.md:3: 코드 칸: 프로세스가 상태 3로 끝났습니다." in said
    assert said.count("docs/false.md:") == said.count("docs/dies.md:") == 1


def test_a_failing_build_shows_no_traceback(broken) -> None:
    assert "Traceback" not in broken[1].stdout


def test_good_pages_of_a_failing_build_stay_cached(broken) -> None:
    root, _ = broken
    for name in ("false.md", "dies.md"):
        (root / "docs" / name).unlink()
    assert build(root).returncode == 0
    assert report(root)["executed"] == 0


def test_the_death_of_the_warm_process_ends_the_build_in_one_clear_line(tmp_path: Path) -> None:
    code = "import os\nimport time\n\nos.kill(os.getppid(), 9)\ntime.sleep(9)"
    done = build(small_book(tmp_path / "book", index=f"# 가 {{ #a }}\n\n```python\n{code}\n```\n"))
    assert done.returncode == 1
    assert "쪽을 실행하는 프로세스가 죽었습니다." in done.stdout
    assert "Traceback" not in done.stdout


def test_a_cache_that_cannot_be_written_does_not_stop_the_build(tmp_path: Path) -> None:
    root = small_book(tmp_path / "book", index="# 가 { #a }\n\n```python\nprint(6 * 7)\n```\n")
    (root / ".cache" / "livedocs").mkdir(parents=True)
    (root / ".cache" / "livedocs" / "notebooks").write_text("")
    done = build(root)
    assert done.returncode == 0, done.stdout
    assert "결과를 저장하지 못했습니다 · docs/index.md · " in done.stdout
    assert "<samp>42</samp>" in (root / "site" / "index.html").read_text(encoding="utf-8")


def test_a_page_that_breaks_a_rule_ends_the_build_before_anything_runs(tmp_path: Path) -> None:
    root = small_book(tmp_path / "book", index="# 가 { #a }\n\n```python check\n1\n```\n", a=FALSE)
    done = build(root)
    assert done.returncode == 1
    assert "docs/index.md:3: 코드 칸으로 읽히지 않는 줄입니다: python check." in done.stdout
    assert "Traceback" not in done.stdout
    assert not (root / ".cache" / "livedocs" / "notebooks").exists()


def test_a_build_from_another_folder_is_the_same_build(tmp_path: Path) -> None:
    index = '# 가 { #a }\n\n```{.python data="a.csv"}\nprint(open("a.csv").read())\n```\n'
    root = small_book(tmp_path / "book", index=index)
    (root / "data" / "a.csv").write_text("1,2\n")
    (tmp_path / "elsewhere").mkdir()
    done = command(
        "-m", "mkdocs", "build", "--strict", "-f", root / "mkdocs.yml", cwd=tmp_path / "elsewhere"
    )
    assert done.returncode == 0, done.stdout
    assert "<samp>1,2</samp>" in (root / "site" / "index.html").read_text(encoding="utf-8")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_page_is_run_once_though_hook_and_extension_both_read_it(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    index = f"# 가 {{ #a }}\n\n```python\ncount = open({str(mark)!r}, 'a').write('1')\n   \n```\n"
    assert build(small_book(tmp_path / "book", index=index)).returncode == 0
    assert mark.read_text() == "1"


def test_a_build_needs_no_network(tmp_path: Path) -> None:
    if not shutil.which("unshare") or subprocess.run(["unshare", "-rn", "true"]).returncode:
        pytest.skip("unshare가 허락되지 않아 네트워크를 끊을 수 없습니다.")
    root = small_book(tmp_path / "book", index=INDEX, nested=NESTED, figure=FIGURE)
    done = subprocess.run(
        ["unshare", "-rn", sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=root,
        capture_output=True,
        text=True,
        env=without_session_cache(),
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert report(root)["executed"] == 2


def without_session_cache() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "LIVEDOCS_CACHE"}


# What `mkdocs serve` does, without a server: it builds at once, and anew when pages have run.
SERVE = """\
import time

from mkdocs.commands.build import build
from mkdocs.config import load_config

from livedocs.behind import BEHIND

for _ in "12":
    config = load_config("mkdocs.yml", site_dir="site")
    config.plugins.on_startup(command="serve", dirty=False)
    build(config)
    while any(waiting.latest for waiting in BEHIND):
        time.sleep(0.05)
"""


@pytest.fixture
def serve(tmp_path: Path) -> Callable[[str], str]:
    """Return the HTML of a page that an author is working on, and is not right yet."""

    def serve(text: str) -> str:
        root = small_book(tmp_path / "book", index=text)
        done = command("-c", SERVE, cwd=root)
        assert done.returncode == 0, done.stdout
        return (root / "site" / "index.html").read_text(encoding="utf-8")

    return serve


def test_under_serve_a_failing_fence_shows_its_exception(serve) -> None:
    html = serve(FALSE.replace('{.python .check title="셋은 둘보다 작다"}', "python"))
    assert '<pre class="output-error"><samp>AssertionError: x = 3</samp></pre>' in html


def test_under_serve_a_broken_rule_is_shown_on_the_page(serve) -> None:
    html = serve("# 가 { #a }\n\n말\n\n```{.python .chekc}\n1\n```\n")
    assert "모르는 갈래 .chekc입니다." in html


def test_under_serve_a_near_miss_is_shown_on_the_page(serve) -> None:
    html = serve("# 가 { #a }\n\n```python check\n1\n```\n")
    assert "코드 칸으로 읽히지 않는 줄입니다" in html


def test_front_matter_that_is_no_mapping_ends_the_build_without_a_traceback(tmp_path: Path) -> None:
    done = build(small_book(tmp_path / "book", index="---\n- 하나\n---\n\n# 가 { #a }\n"))
    assert "Traceback" not in done.stdout


def test_an_example_that_cannot_be_parsed_ends_the_build_with_its_line(tmp_path: Path) -> None:
    root = small_book(tmp_path / "book", index=INDEX.partition("[")[0])
    (root / "examples").mkdir()
    (root / "examples" / "long.py").write_text("# %%\nx = (\n", encoding="utf-8")
    done = build(root)
    assert done.returncode == 1
    assert "examples/long.py:2: " in done.stdout
    assert "Traceback" not in done.stdout
