"""pytest reports each fence of a page, nested ones too, as its page's one process ran it."""

import re
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT, command, empty_book

from livedocs.pages import read_page

QUICK = "import livedocs.warmth\n\nlivedocs.warmth.ALWAYS = ()\n"
OPTIONS = "[pytest]\naddopts = -p livedocs.doctest --markdown-docs\ntestpaths = docs\n"


def nested(mark: Path) -> str:
    """Return a page that marks each run of each of its five fences."""
    fence = f"```python\nwith open({str(mark)!r}, 'a') as file:\n    file.write('NUMBER')\n```\n"
    inside = fence.replace("\n", "\n    ").rstrip() + "\n"
    return "\n".join(
        [
            "---\ntitle: 가\n---\n",
            fence.replace("NUMBER", "0"),
            "!!! note\n\n    " + inside.replace("NUMBER", "1"),
            '=== "하나"\n\n    ' + inside.replace("NUMBER", "2"),
            "- 둘\n\n    " + inside.replace("NUMBER", "3"),
            "````markdown\n" + fence + "````\n",
            '```{.python .norun reason="보이기만 한다"}\n1 / 0\n```\n',
            '```{.python raises="TypeError"}\nlen(1)\n```\n',
        ]
    )


FALSE = """\
# 거짓

```python
x = 3
```

```{.python .check title="셋은 둘보다 작다"}
assert x < 2
```

```python
print("오지 않는다")
```
"""
TYPE_ERROR = """\
```python
with open(MARK, "a") as file:
    file.write("x")

len(1)
```
"""
FIGURE = "```python\nimport matplotlib.pyplot as plt\n\nplt.plot([1])\nplt.show()\n```\n"


def book_of(folder: Path, **pages: str) -> Path:
    root = empty_book(folder / "book").root
    (root / "conftest.py").write_text(QUICK)
    (root / "pytest.ini").write_text(OPTIONS)
    for name, text in pages.items():
        (root / "docs" / f"{name}.md").write_text(text, encoding="utf-8")
    return root


def answer(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return command("-m", "pytest", "-p", "no:cacheprovider", *words, cwd=root)


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Test a book of one good and three bad pages; return its folder and what pytest said."""
    folder = tmp_path_factory.mktemp("tested")
    root = book_of(
        folder,
        nested=nested(folder / "nested"),
        false=FALSE,
        typed=TYPE_ERROR.replace("MARK", repr(str(folder / "typed"))),
        figure=FIGURE,
    )
    return folder, answer(root, "-rA").stdout


def outcomes(session: tuple[Path, str], page: str) -> list[str]:
    """Return what became of each fence of a page, in the order of its lines."""
    found = re.findall(rf"^(\w+) docs/{page}\.md::\S*\[line:(\d+)\]", session[1], re.MULTILINE)
    return [outcome for outcome, line in sorted(found, key=lambda each: int(each[1]))]


def test_each_runnable_fence_is_one_test_nested_ones_too(session) -> None:
    assert outcomes(session, "nested") == ["PASSED"] * 5


def test_each_fence_runs_once_in_order(session) -> None:
    assert (session[0] / "nested").read_text() == "0123"


def test_a_false_check_fails_where_it_stands(session) -> None:
    assert outcomes(session, "false")[:2] == ["PASSED", "FAILED"]
    assert (
        "docs/false.md:7: 확인 ‘셋은 둘보다 작다’ 실패: AssertionError: x = 3 (8행)" in session[1]
    )


def test_fences_after_a_failure_are_skipped_with_the_reason(session) -> None:
    assert session[1].count("docs/false.md:7의 코드 칸이 먼저 실패했습니다.") == 1
    assert "1 skipped" in session[1]


def test_a_type_error_runs_its_fence_once_and_is_reported_once(session) -> None:
    assert (session[0] / "typed").read_text() == "x"
    text = "docs/typed.md:1: 코드 칸 실패: TypeError: object of type 'int' has no len() (5행)"
    assert session[1].partition("short test summary")[0].count(text) == 1
    assert outcomes(session, "typed") == ["FAILED"]


def test_what_only_the_outputs_show_fails_too(session) -> None:
    assert "docs/figure.md:1: 그림에 대체 텍스트가 없습니다." in session[1]
    assert outcomes(session, "figure") == ["FAILED"]


def test_a_failing_fence_shows_no_traceback_of_ours(session) -> None:
    assert "Traceback" not in session[1]
    assert "raise FenceFailed" not in session[1]


def test_a_session_writes_nothing_into_the_project(session) -> None:
    found = {path.name for path in (session[0] / "book").iterdir()} - {"__pycache__"}
    assert found == {"conftest.py", "data", "docs", "mkdocs.yml", "pytest.ini"}


def test_a_kept_cache_starts_empty_and_has_what_the_fences_made(tmp_path: Path) -> None:
    root = book_of(tmp_path, page="```python\nprint(1)\n```\n")
    cache = tmp_path / "kept"
    (cache / "notebooks").mkdir(parents=True)
    (cache / "notebooks" / "old").touch()
    assert answer(root, f"--keep-cache={cache}").returncode == 0
    assert not (cache / "notebooks" / "old").exists()
    assert list((cache / "notebooks").iterdir())


def test_a_near_miss_is_an_error_of_collection_with_its_line(tmp_path: Path) -> None:
    root = book_of(tmp_path, near='말\n\n```python alt="그림"\n1\n```\n')
    done = answer(root)
    assert done.returncode == 2
    assert 'docs/near.md:3: 코드 칸으로 읽히지 않는 줄입니다: python alt="그림".' in done.stdout


def test_two_pages_of_the_same_text_are_both_tested(tmp_path: Path) -> None:
    text = "# 쪽\n\n```python\nprint(1)\n```\n"
    done = answer(book_of(tmp_path, a=text, b=text), "-q")
    assert "2 passed" in done.stdout


def test_an_older_cache_does_not_answer_for_a_session(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    root = book_of(tmp_path, a=f"```python\nx = open({str(mark)!r}, 'a').write('1')\n```\n")
    for _ in "12":
        assert answer(root, "-q").returncode == 0
    assert mark.read_text() == "11"


def test_every_runnable_fence_of_the_book_is_collected() -> None:
    pages = sorted((ROOT / "docs").rglob("*.md"))
    wanted = {
        f"docs/{path.relative_to(ROOT / 'docs').as_posix()}": len(
            read_page(path.read_text(encoding="utf-8"), data=ROOT / "data").runnable
        )
        for path in pages
    }
    done = answer(ROOT, "--collect-only", "-q", "docs")
    found = re.findall(r"^(docs/\S+\.md)::", done.stdout, re.MULTILINE)
    assert {name: found.count(name) for name in wanted} == wanted
    assert sum(wanted.values()) > 0
