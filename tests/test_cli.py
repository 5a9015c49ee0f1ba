"""`python -m livedocs run|status|new|prune|export`: the engine from a shell."""

import json
import re
import shutil
from pathlib import Path

import pytest
from conftest import NEEDS_JAX, command

from livedocs import cache, environment
from livedocs.__main__ import main
from livedocs.book import SEEN
from livedocs.pages import read_page
from livedocs.project import Project

PAGE = """\
---
title: 쪽
---

# 쪽 { #page }

```{.python data="facts/a.csv"}
with open("a.csv", encoding="utf-8") as file:
    print(file.read())
```

값은 `{python} 6 * 7` 개입니다.

!!! note

    ```python
    def double(x):
        return 2 * x
    ```

```{.python .check title="두 배이다"}
assert double(2) == 4
print(double(21))
```
"""


@pytest.fixture
def page(book: Project) -> Path:
    (book.data / "facts").mkdir()
    (book.data / "facts" / "a.csv").write_text("이름,'값\"\n", encoding="utf-8")
    path = book.docs / "page.md"
    path.write_text(PAGE, encoding="utf-8")
    return path


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = main(list(words))
    return status, *capsys.readouterr()


def test_run_fills_the_cache_and_tells_what_it_did(page: Path, book: Project, capsys) -> None:
    status, out, err = said(capsys, "run")
    assert (status, err) == (0, "")
    assert out.startswith("실행 1/1쪽 끝남 · docs/page.md · ")
    assert len(cache.stored(book)) == 1
    assert said(capsys, "run") == (0, "", "")


def test_run_reads_only_the_pages_that_are_asked_for(page: Path, capsys) -> None:
    (page.parent / "other.md").write_text("```python\n1 / 0\n```\n")
    assert said(capsys, "run", "--only", "docs/p*")[0] == 0


def test_run_says_that_no_page_has_such_a_name(page: Path, capsys) -> None:
    assert said(capsys, "run", "--only", "nothing/*") == (2, "", "그런 쪽이 없습니다: nothing/*\n")


def test_run_names_every_failing_page(page: Path, capsys) -> None:
    (page.parent / "a.md").write_text("```python\n1 / 0\n```\n")
    (page.parent / "b.md").write_text("```python\n[][1]\n```\n")
    status, _, err = said(capsys, "run")
    assert status == 1
    assert err.splitlines() == [
        "docs/a.md:1: 코드 칸 실패: ZeroDivisionError: division by zero (2행)",
        "docs/b.md:1: 코드 칸 실패: IndexError: list index out of range (2행)",
    ]


def test_run_takes_a_backend_for_its_word(page: Path, book: Project, monkeypatch, capsys) -> None:
    monkeypatch.setenv("KERAS_BACKEND", "tensorflow")  # so that it is put back afterwards
    page.write_text("```python\nimport os\nprint(os.environ['KERAS_BACKEND'])\n```\n")
    assert said(capsys, "run", "--backend", "jax")[0] == 0
    [path] = cache.stored(book)
    notebook = cache.load(book, path.stem)
    assert notebook.cells[0].outputs[0].text == "jax\n"
    assert notebook.metadata.livedocs.environment.backend == "jax"


def status_after(page: Path, capsys, old: str, new: str) -> str:
    """Run, change the page, and return what `status` says."""
    main(["run"])
    text = page.read_text(encoding="utf-8")
    assert old in text
    page.write_text(text.replace(old, new), encoding="utf-8")
    capsys.readouterr()
    return said(capsys, "status")[1]


def test_status_names_a_page_that_was_never_run(page: Path, capsys) -> None:
    assert said(capsys, "status") == (0, "다시 실행 · docs/page.md · 실행한 적이 없음\n", "")


@pytest.mark.parametrize(
    ("old", "new", "answer"),
    [
        ("# 쪽", "# 다른 쪽", "그대로 · docs/page.md\n"),
        ("double(21)", "double(22)", "다시 실행 · docs/page.md · 코드가 바뀜\n"),
        ("6 * 7", "6 * 8", "다시 실행 · docs/page.md · 본문의 값이 바뀜\n"),
        (' data="facts/a.csv"', "", "다시 실행 · docs/page.md · 자료나 속성이 바뀜\n"),
    ],
)
def test_status_says_why_a_page_will_run_again(
    page: Path, capsys, old: str, new: str, answer: str
) -> None:
    assert status_after(page, capsys, old, new) == answer


def test_status_names_what_changed_around_the_pages(page: Path, capsys, monkeypatch) -> None:
    main(["run"])
    real = environment.version_of
    monkeypatch.setattr(environment, "version_of", lambda n: "0" if n == "numpy" else real(n))
    monkeypatch.setattr(environment, "THREADS", 4)
    capsys.readouterr()
    assert said(capsys, "status")[1] == (
        "다시 실행 · docs/page.md · 환경이 바뀜: packages, threads\n"
    )


def test_status_says_that_an_entry_is_of_another_engine(page: Path, book: Project, capsys) -> None:
    main(["run"])
    [path] = cache.stored(book)
    notebook = cache.load(book, path.stem)
    del notebook.metadata.livedocs["cells"]
    cache.store(book, "0" * 64, notebook)
    path.unlink()
    capsys.readouterr()
    assert said(capsys, "status")[1] == "다시 실행 · docs/page.md · 엔진이 바뀜\n"


def test_status_compares_with_the_last_run(page: Path, book: Project, capsys, monkeypatch) -> None:
    """Two entries of one page are in the cache; the one that was made last tells the reason."""
    names = []
    for number in range(6):
        page.write_text(f"```python\nx = {number}\n```\n")
        main(["run"])
        names.append(max(cache.stored(book), key=lambda path: path.stat().st_mtime_ns).stem)
        if names[-1] < max(names):  # the last is not the last by name
            break
    assert names[-1] < max(names)
    monkeypatch.setattr(environment, "THREADS", 4)
    capsys.readouterr()
    assert said(capsys, "status")[1] == "다시 실행 · docs/page.md · 환경이 바뀜: threads\n"


def test_prune_deletes_what_no_page_asks_for(page: Path, book: Project, capsys) -> None:
    status_after(page, capsys, "double(21)", "double(22)")
    [old] = cache.stored(book)
    SEEN.clear()
    main(["run"])
    capsys.readouterr()
    assert said(capsys, "prune") == (0, f"지움 · {old.name}\n", "")
    assert len(cache.stored(book)) == 1
    assert said(capsys, "status")[1] == "그대로 · docs/page.md\n"


def test_prune_keeps_what_another_backend_made(
    page: Path, book: Project, capsys, monkeypatch
) -> None:
    monkeypatch.setenv("KERAS_BACKEND", "jax")
    main(["run"])
    monkeypatch.delenv("KERAS_BACKEND")
    capsys.readouterr()
    assert said(capsys, "prune") == (0, "", "")
    assert len(cache.stored(book)) == 1


@pytest.fixture
def exported(page: Path, tmp_path: Path) -> Path:
    assert main(["export", str(tmp_path / "out")]) == 0
    return tmp_path / "out" / "docs"


def printed(notebook: dict) -> str:
    """Return what the cells of a notebook printed."""
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", [])]
    return "".join("".join(output["text"]) for output in outputs if output.get("name") == "stdout")


def test_the_exported_program_prints_what_the_notebook_shows(
    exported: Path, tmp_path: Path
) -> None:
    notebook = json.loads((exported / "page.ipynb").read_text(encoding="utf-8"))
    (tmp_path / "empty").mkdir()
    done = command(exported / "page.py", cwd=tmp_path / "empty")
    assert done.stdout == printed(notebook) == "이름,'값\"\n\n42\n"


def test_the_exported_program_and_notebook_have_the_same_code(exported: Path) -> None:
    notebook = json.loads((exported / "page.ipynb").read_text(encoding="utf-8"))
    cells = [c["source"] for c in notebook["cells"] if c["cell_type"] == "code"]
    program = (exported / "page.py").read_text(encoding="utf-8")
    assert "\n\n".join("".join(source) for source in cells) == program.strip()
    assert "korean_fonts" not in program  # it draws nothing


def test_the_exported_notebook_has_the_prose_with_its_values(exported: Path) -> None:
    notebook = json.loads((exported / "page.ipynb").read_text(encoding="utf-8"))
    prose = "\n".join(
        "".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "markdown"
    )
    assert "값은 42 개입니다." in prose
    assert "{python}" not in prose


def test_two_exports_are_equal(exported: Path, tmp_path: Path) -> None:
    first = (exported / "page.ipynb").read_bytes()
    main(["export", str(tmp_path / "out")])
    assert (exported / "page.ipynb").read_bytes() == first


@pytest.mark.parametrize(
    "code", ["def f():\n    return 1", "for x in [1]:\n    print(x)", "if 1:\n    print(2)"]
)
def test_an_exported_program_can_be_pasted_into_python(
    code: str, page: Path, tmp_path: Path
) -> None:
    """A prompt ends a block at an empty line; what follows a block at column 0 needs one."""
    page.write_text(f"```python\n{code}\n```\n\n```python\nprint(3)\n```\n", encoding="utf-8")
    assert main(["export", str(tmp_path / "out")]) == 0
    program = (tmp_path / "out" / "docs" / "page.py").read_text(encoding="utf-8")
    assert f"{code}\n\nprint(3)\n" in program


def test_an_exported_program_goes_on_after_an_expected_exception(
    page: Path, tmp_path: Path
) -> None:
    page.write_text(
        '```{.python raises="ValueError"}\nint("가")\n```\n\n```python\nprint(3)\n```\n'
    )
    assert main(["export", str(tmp_path / "out")]) == 0
    done = command(tmp_path / "out" / "docs" / "page.py", cwd=tmp_path)
    assert done.stdout.endswith("3\n")


GUESTS = """\
```python
import os

print(os.environ.get("KERAS_BACKEND", "tensorflow"))
```

```{.python backend="jax"}
import os

text = '''가'''
print(os.environ["KERAS_BACKEND"], text)
```

```{.python backend="jax"}
print(2 * text)
```
"""


@NEEDS_JAX
def test_an_exported_program_opens_another_python_for_another_backend(
    page: Path, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.delenv("KERAS_BACKEND", raising=False)
    page.write_text(GUESTS, encoding="utf-8")
    assert main(["export", str(tmp_path / "out")]) == 0
    folder = tmp_path / "out" / "docs"
    done = command(folder / "page.py", cwd=tmp_path)
    cells = json.loads((folder / "page.ipynb").read_text(encoding="utf-8"))["cells"]
    shown = "".join("".join(o["text"]) for cell in cells for o in cell.get("outputs", ()))
    assert done.stdout == shown == "tensorflow\njax 가\n가가\n"


def test_shards_run_every_page_once_and_their_caches_merge_by_copying(
    page: Path, book: Project, capsys, monkeypatch, tmp_path: Path
) -> None:
    names = {f"docs/{number}.md" for number in range(5)} | {"docs/page.md"}
    for number in range(5):
        (book.docs / f"{number}.md").write_text(f"```python\nprint({number})\n```\n")
    (book.docs / "prose.md").write_text("글\n")
    ran = []
    for part in range(1, 5):
        monkeypatch.setenv("LIVEDOCS_CACHE", str(tmp_path / str(part)))
        SEEN.clear()
        status, out, _ = said(capsys, "run", "--shard", f"{part}/4")
        assert status == 0
        ran += re.findall(r"끝남 · (\S+) ·", out)
        shutil.copytree(
            tmp_path / str(part) / "notebooks", tmp_path / "all" / "notebooks", dirs_exist_ok=True
        )
    assert sorted(ran) == sorted(names)
    monkeypatch.setenv("LIVEDOCS_CACHE", str(tmp_path / "all"))
    SEEN.clear()
    assert said(capsys, "run") == (0, "", "")


@pytest.mark.parametrize("word", ["0/4", "5/4", "2", "2/", "a/b", "-1/2"])
def test_a_shard_that_is_none_is_an_error(page: Path, capsys, word: str) -> None:
    with pytest.raises(SystemExit):
        main(["run", f"--shard={word}"])
    assert "2/4처럼 적으세요" in capsys.readouterr().err


def test_new_writes_a_page_that_already_runs_and_keeps_the_rules(book: Project, capsys) -> None:
    status, out, err = said(capsys, "new", "history/kernels")
    assert (status, err) == (0, "")
    assert "docs/history/kernels.md를 만들었습니다." in out
    text = (book.docs / "history" / "kernels.md").read_text(encoding="utf-8")
    page = read_page(text, "docs/history/kernels.md", book.data)
    assert page.problems == []
    assert "{ #kernels }" in text and "NAME" not in text
    assert said(capsys, "run")[0] == 0


def test_new_overwrites_nothing_and_stays_among_the_pages(book: Project, capsys) -> None:
    said(capsys, "new", "docs/a.md")
    (book.docs / "a.md").write_text("# 내 글 { #mine }\n", encoding="utf-8")
    status, out, err = said(capsys, "new", "a")
    assert (status, out) == (2, "")
    assert err == "docs/a.md: 이미 있습니다. 다른 이름을 고르세요.\n"
    assert (book.docs / "a.md").read_text(encoding="utf-8") == "# 내 글 { #mine }\n"
    for name in ("../a", "/a", "커널", "a b", "A", ""):
        assert said(capsys, "new", name)[0] == 2
    assert [path.name for path in book.root.rglob("*.md")] == ["a.md"]
