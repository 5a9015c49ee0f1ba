"""A cache travels in one file: whole and as it was, or not at all."""

import json
import zipfile
from pathlib import Path

import pytest
from conftest import run_texts
from test_extension import rendered

from livedocs import archive, cache
from livedocs import elsewhere as elsewhere_module
from livedocs.__main__ import main
from livedocs.book import SEEN
from livedocs.devices import Machine
from livedocs.elsewhere import elsewhere
from livedocs.project import Project

TEXTS = ["```python\nprint('가')\n```\n", "```python\nprint(2)\n```\n"]


@pytest.fixture
def packed(book: Project, tmp_path: Path, capsys) -> Path:
    """Pack the cache of a machine that has run two pages, then empty it."""
    run_texts(book, *TEXTS)
    file = tmp_path / "cache.zip"
    assert main(["export-cache", str(file)]) == 0
    assert capsys.readouterr().out == f"결과 2개를 묶었습니다: {file}\n"
    empty(book)
    return file


def empty(book: Project) -> None:
    for path in cache.stored(book):
        path.unlink()
    SEEN.clear()


def taken(file: Path, capsys) -> tuple[int, str, str]:
    status = main(["import-cache", str(file)])
    return status, *capsys.readouterr()


def test_what_was_packed_need_not_run_again(packed: Path, book: Project, capsys) -> None:
    assert taken(packed, capsys) == (0, f"새 결과 2개를 들였습니다: {packed}\n", "")
    outcomes = run_texts(book, *TEXTS)
    assert [each.ran.cached for each in outcomes] == [True, True]
    assert [each.printed for each in outcomes] == ["가\n", "2\n"]
    assert taken(packed, capsys)[1] == f"새 결과 0개를 들였습니다: {packed}\n"


def test_the_same_cache_makes_the_same_bytes(packed: Path, book: Project, tmp_path: Path) -> None:
    archive.unpack(book, packed)
    archive.pack(book, tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == packed.read_bytes()
    with zipfile.ZipFile(packed) as opened:  # two archives of one second would agree anyway
        assert {info.date_time for info in opened.infolist()} == {archive.LONG_AGO}


def test_a_damaged_entry_is_not_packed(packed: Path, book: Project, tmp_path: Path) -> None:
    archive.unpack(book, packed)
    path = cache.stored(book)[0]
    path.write_text(path.read_text(encoding="utf-8")[:-9], encoding="utf-8")
    assert archive.pack(book, tmp_path / "again.zip") == 1


def members(file: Path) -> dict[str, str]:
    with zipfile.ZipFile(file) as opened:
        return {name: opened.read(name).decode() for name in opened.namelist()}


def write(file: Path, texts: dict[str, str]) -> None:
    with zipfile.ZipFile(file, "w") as opened:
        for name, text in texts.items():
            opened.writestr(name, text)


def signed(text: str, old: str, new: str) -> str:
    """Change a notebook and give it the sum that it then has."""
    assert old in text
    notebook = json.loads(text.replace(old, new))
    del notebook["metadata"]["livedocs"]["sum"]
    notebook["metadata"]["livedocs"]["sum"] = cache.checksum(notebook)
    return json.dumps(notebook)


def refused(file: Path, book: Project, capsys) -> str:
    """Return why an archive was refused; nothing of it must be here."""
    status, out, err = taken(file, capsys)
    assert (status, out, cache.stored(book)) == (1, "", [])
    return err.removeprefix(f"{file}: 아무것도 옮기지 않았습니다. ").rstrip("\n")


@pytest.mark.parametrize("part", [0, 0.3, 0.9])
def test_a_torn_archive_is_refused(packed: Path, book: Project, capsys, part: float) -> None:
    whole = packed.read_bytes()
    packed.write_bytes(whole[: int(part * len(whole))])
    assert refused(packed, book, capsys).startswith("캐시 묶음으로 읽을 수 없습니다: ")


def test_a_file_that_is_not_there_is_refused(book: Project, tmp_path: Path, capsys) -> None:
    assert "캐시 묶음으로 읽을 수 없습니다" in refused(tmp_path / "none.zip", book, capsys)


def test_an_edited_result_has_the_whole_archive_refused(
    packed: Path, book: Project, capsys
) -> None:
    texts = members(packed)
    last = sorted(texts)[-1]
    texts[last] = texts[last].replace('"text": "', '"text": "1')
    write(packed, texts)
    assert refused(packed, book, capsys) == f"결과가 만들어진 때와 달라졌습니다: {last}"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"source": "print', '"source": "1;print'),  # other code than that of the recipe
        ('"numpy": "', '"numpy": "1'),  # another recipe than that of its name
    ],
)
def test_a_result_that_is_not_what_its_name_says_is_refused(
    packed: Path, book: Project, capsys, old: str, new: str
) -> None:
    texts = members(packed)
    last = sorted(texts)[-1]
    texts[last] = signed(texts[last], old, new)
    write(packed, texts)
    assert refused(packed, book, capsys) == f"결과가 만들어진 때와 달라졌습니다: {last}"


@pytest.mark.parametrize("name", ["../a.ipynb", "a.txt", f"{'a' * 64}.ipynb/x", "A" * 64])
def test_a_member_that_is_no_result_is_refused(
    packed: Path, book: Project, capsys, name: str
) -> None:
    write(packed, members(packed) | {name: "{}"})
    assert refused(packed, book, capsys).startswith("묶음에 캐시의 결과가 아닌 것이 있습니다: ")


def test_a_full_disk_leaves_nothing_behind(
    packed: Path, book: Project, capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = cache.store, []

    def store(*words: object) -> None:
        calls.append(words)
        if len(calls) == 2:
            raise OSError("No space left on device")
        real(*words)

    monkeypatch.setattr(cache, "store", store)
    assert refused(packed, book, capsys) == "No space left on device"


PAGE = """\
```python
import os

print(os.environ["KERAS_BACKEND"] == "jax")
```

```python
print("어디서나 같다")
```

```{.python .measured}
import time

print(time.perf_counter())
```
"""


@pytest.fixture
def run_as(book: Project, monkeypatch: pytest.MonkeyPatch):
    """Run the page as another machine or under another backend would."""

    def run(backend: str, kind: str = "cpu") -> None:
        with monkeypatch.context() as patch:
            patch.setenv("KERAS_BACKEND", backend)
            patch.setattr("livedocs.environment.machine", lambda: Machine(kind, kind))
            [outcome] = run_texts(book, PAGE)
        assert outcome.problems == []
        outcome.ran.notebook.metadata.livedocs["device"] = kind  # the fences load no framework
        cache.store(book, outcome.ran.notebook.metadata.livedocs["key"], outcome.ran.notebook)

    return run


def test_without_other_runs_there_are_no_tabs(book: Project, run_as) -> None:
    run_as("tensorflow")
    assert "tabbed-set" not in rendered(PAGE)


def test_outputs_of_another_backend_stand_in_tabs_where_they_differ(book: Project, run_as) -> None:
    run_as("tensorflow")
    run_as("jax")
    html = rendered(PAGE)
    assert html.count('<div class="tabbed-set tabbed-alternate">') == 2
    first = html.split("어디서나")[0]
    assert first.index("CPU · TensorFlow") < first.index("CPU · JAX")
    assert first.index("<samp>False") < first.index("<samp>True")
    assert html.count("<samp>어디서나 같다") == 1
    assert html.count("이 기계에서 잰 값") == 1


def test_a_run_of_other_code_is_in_no_tab(book: Project, run_as, monkeypatch) -> None:
    run_as("jax")
    changed = PAGE.replace("같다", "다르지 않다")
    run_texts(book, changed)
    assert "tabbed-set" not in rendered(changed)


def test_only_what_ran_the_same_code_elsewhere_is_read(book: Project, run_as, monkeypatch) -> None:
    """Reading all of a cache for each of its pages would cost the square of the pages."""
    read: list[Path] = []
    parsed = elsewhere_module.read.__wrapped__
    monkeypatch.setattr(elsewhere_module, "read", lambda *at: read.append(at[0]) or parsed(*at))
    run_texts(book, *(f"```python\nprint({number})\n```\n" for number in range(9)))
    run_as("jax")
    read.clear()
    run_as("tensorflow")
    html = rendered(PAGE)
    assert "tabbed-set" in html
    assert {
        cache.parsed(path.read_text(), path.stem).metadata.livedocs.environment.backend
        for path in read
    } == {"jax"}
    assert len(set(read)) == 1


def test_what_another_version_of_keras_put_out_is_in_no_tab(book: Project, run_as) -> None:
    run_as("tensorflow")
    run_as("jax")
    one = cache.load(book, cache.stored(book)[0].stem)
    assert one
    assert list(elsewhere(one.metadata.livedocs, book)) == ["CPU · JAX"]
    one.metadata.livedocs.environment.packages["keras"] = "0"
    assert elsewhere(one.metadata.livedocs, book) == {}


def test_prune_keeps_what_ran_elsewhere(book: Project, run_as, capsys) -> None:
    (book.docs / "page.md").write_text(PAGE, encoding="utf-8")
    run_as("tensorflow", "gpu")
    run_as("tensorflow")
    capsys.readouterr()
    assert main(["prune"]) == 0
    assert len(cache.stored(book)) == 1 + 1
