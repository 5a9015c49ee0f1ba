"""A key changes exactly when an output could; an entry is what was stored, or nothing."""

import json
import os
import shutil
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from conftest import ENGINE, run_texts
from nbformat.v4 import new_code_cell, new_notebook, new_output

from livedocs import cache, environment
from livedocs import notebook as notebooks
from livedocs.devices import Machine
from livedocs.pages import cells, read_page
from livedocs.project import Project

PAGE = """---
title: 제목
concepts: []
---

말

```python
x = 1
```

값 `{python} x` 개

```{.python title="이름" alt="정확도 곡선이 끝으로 갈수록 {x:.0f}에 다가간다." data="a.csv"}
print(x)
```

```{.python raises="ValueError"}
int("가")
```

```{.python .check title="참이다" of="1.1-01"}
assert x
```
"""

VARIABLES = (
    "OPENBLAS_CORETYPE TF_ENABLE_ONEDNN_OPTS TF_XLA_FLAGS XLA_FLAGS JAX_PLATFORMS KERAS_MAX_EPOCHS "
    "JAX_ENABLE_X64 NPY_DISABLE_CPU_FEATURES CUDA_VISIBLE_DEVICES NVIDIA_TF32_OVERRIDE"
).split()


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    for remembered in (environment.engine, environment.datasets):
        remembered.cache_clear()
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


def key(project: Project, text: str = PAGE, backend: str = "tensorflow") -> str:
    (project.data / "a.csv").touch()
    page = read_page(text, data=project.data)
    assert page.problems == []
    return cache.key(cells(page, project.data), backend, project)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("x = 1", "x = 2"),
        ("x = 1", "x = 1  # 주석"),
        ('"ValueError"', '"TypeError"'),
        ("{python} x", "{python} x + 1"),
        ("{x:.0f}", "{x:.1f}"),
        ("assert x", "assert x == 1"),
        (' data="a.csv"', ""),
    ],
)
def test_the_key_changes_with_what_is_run_and_asked(book: Project, old: str, new: str) -> None:
    assert old in PAGE
    assert key(book, PAGE.replace(old, new)) != key(book)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: 제목", "title: 다른 제목\ndescription: 말"),
        ("concepts: []", "concepts: [1.1-01]"),
        ("말\n", "다른 말\n\n말\n\n"),
        ('title="이름"', 'title="다른 이름"'),
        ("곡선이 끝으로 갈수록", "곡선이 뒤로 갈수록"),
        ("참이다", "거짓이 아니다"),
        ("1.1-01", "1.1-02 1.1-03"),
        ('{.python .check title="참이다" of="1.1-01"}', "python"),
        ("```python\nx", "```{.python .hide}\nx"),
        ("```python\nx", "```{.python .measured}\nx"),
        ("```python\nx = 1\n```", "!!! note\n\n    ```python\n    x = 1\n    ```"),
        ("```python\nx", '```{.python .norun reason="a"}\ny\n```\n\n```python\nx'),
        ("```python\nx", "```text\ny\n```\n\n```python\nx"),
        ("\n", "\r\n"),
    ],
)
def test_the_key_does_not_change_with_what_surrounds_the_code(
    book: Project, old: str, new: str
) -> None:
    assert old in PAGE
    assert key(book, PAGE.replace(old, new)) == key(book)


def test_the_key_changes_with_the_bytes_of_a_data_file(book: Project) -> None:
    before = key(book)
    (book.data / "a.csv").write_text("1")
    assert key(book) != before


def test_the_key_does_not_change_with_the_time_of_a_data_file(book: Project) -> None:
    before = key(book)
    os.utime(book.data / "a.csv", (1, 1))
    assert key(book) == before


def test_the_key_does_not_change_with_the_place_of_the_checkout(
    book: Project, tmp_path: Path
) -> None:
    before = key(book)
    shutil.copytree(book.root, tmp_path / "other")
    environment.datasets.cache_clear()
    assert key(Project(tmp_path / "other")) == before


def test_the_key_changes_with_the_backend(book: Project) -> None:
    assert len({key(book, backend=name) for name in ("tensorflow", "jax", "torch")}) == 3


@pytest.mark.parametrize("package", [*environment.PACKAGES, "tensorflow"])
def test_the_key_changes_with_the_version_of_a_package(
    book: Project, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = key(book)
    real = environment.version_of
    monkeypatch.setattr(
        environment, "version_of", lambda name: "0.1" if name == package else real(name)
    )
    assert key(book) != before


def test_the_key_does_not_change_with_the_version_of_another_backend(
    book: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = key(book)
    real = environment.version_of
    monkeypatch.setattr(
        environment, "version_of", lambda name: "0" if name == "jax" else real(name)
    )
    assert key(book) == before


@pytest.mark.parametrize("name", VARIABLES)
def test_the_key_changes_with_a_variable_that_changes_digits(
    book: Project, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = key(book)
    monkeypatch.setenv(name, "1")
    assert key(book) != before


def test_the_key_changes_with_python(book: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    before = key(book)
    monkeypatch.setattr(environment.platform, "python_version", lambda: "3.99.0")
    assert key(book) != before


def test_the_key_changes_with_the_number_of_threads(
    book: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = key(book)
    monkeypatch.setattr(environment, "THREADS", 2)
    assert key(book) != before


def test_the_key_changes_with_the_settings_of_keras(
    book: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = key(book)
    settings = environment.KERAS_SETTINGS | {"floatx": "float16"}
    monkeypatch.setattr(environment, "KERAS_SETTINGS", settings)
    assert key(book) != before


def test_the_key_changes_with_the_accelerator(
    book: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = key(book)
    monkeypatch.setattr(environment, "machine", lambda: Machine("gpu", "NVIDIA H100"))
    assert key(book) != before


@pytest.mark.parametrize(
    "name",
    [
        "child.py",
        "shell.py",
        "figures.py",
        "environment.py",
        "assets/matplotlibrc",
        "assets/Pretendard-Regular.otf",
    ],
)
def test_the_key_changes_with_the_part_of_the_engine_that_makes_outputs(
    book: Project, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = key(book)
    shutil.copytree(ENGINE, tmp_path / "livedocs")
    with (tmp_path / "livedocs" / name).open("ab") as file:
        file.write(b"\n# more\n")
    monkeypatch.setattr(environment, "HERE", tmp_path / "livedocs")
    environment.engine.cache_clear()
    assert key(book) != before


@pytest.mark.parametrize("name", ["rules.py", "outputs.py", "hook.py", "report.py"])
def test_the_key_does_not_change_with_the_rest_of_the_engine(
    book: Project, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = key(book)
    shutil.copytree(ENGINE, tmp_path / "livedocs")
    (tmp_path / "livedocs" / name).write_text("")
    monkeypatch.setattr(environment, "HERE", tmp_path / "livedocs")
    environment.engine.cache_clear()
    assert key(book) == before


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("import keras\nkeras.datasets.mnist.load_data()", True),
        ("from keras import datasets\ndatasets.mnist.load_data()", True),
        ("from keras.datasets import mnist", True),
        ("print(1)", False),
    ],
)
def test_the_key_changes_with_a_data_set_if_the_page_reads_one(
    book: Project, code: str, changes: bool
) -> None:
    text = f"```python\n{code}\n```\n"
    (book.data / "datasets").mkdir()
    (book.data / "datasets" / "mnist.npz").write_bytes(b"1")
    before = key(book, text)
    (book.data / "datasets" / "mnist.npz").write_bytes(b"2")
    environment.datasets.cache_clear()
    assert (key(book, text) != before) == changes


def test_the_order_of_pages_changes_no_key(book: Project) -> None:
    one, two = "```python\nprint(1)\n```\n", "```python\nprint(2)\n```\n"
    run_texts(book, one, two)
    assert [page.ran.cached for page in run_texts(book, two, one)] == [True, True]


@pytest.mark.parametrize("file", ["METADATA", "PKG-INFO"])
def test_a_version_is_read_where_a_package_keeps_it(
    file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    says = {file: "Metadata-Version: 2.1\nName: a\nVersion: 1.2.3\n\nVersion: 9"}
    monkeypatch.setattr(environment, "distribution", lambda _: SimpleNamespace(read_text=says.get))
    assert environment.version_of(f"package of {file}") == "1.2.3"


NAME, OTHER = "a" * 64, "b" * 64


@pytest.fixture
def entry(book: Project) -> Path:
    output = new_output("stream", name="stdout", text="가나다\n")
    notebook = new_notebook(cells=[new_code_cell("print(1)", id="cell-0", outputs=[output])])
    notebook.metadata["livedocs"] = {"source": "docs/a.md", "seconds": 1.5}
    cache.store(book, NAME, notebook)
    return cache.path_of(book, NAME)


def test_a_stored_notebook_is_one_by_the_rules_of_the_form(book: Project) -> None:
    notebook = notebooks.new_notebook(["print(1)", "2"], {"source": "docs/a.md"})
    notebook.cells[0].outputs = [{"output_type": "stream", "name": "stdout", "text": "1\n"}]
    cache.store(book, NAME, notebook)
    nbformat.validate(nbformat.read(cache.path_of(book, NAME), as_version=4))
    assert cache.load(book, NAME) == notebook


def test_a_stored_notebook_is_found_as_it_was(book: Project, entry: Path) -> None:
    found = cache.load(book, NAME)
    assert found.cells[0].outputs[0].text == "가나다\n"
    assert found.metadata.livedocs == {"source": "docs/a.md", "seconds": 1.5, "key": NAME}


def test_what_was_never_stored_is_not_found(book: Project) -> None:
    assert cache.load(book, NAME) is None


@pytest.mark.parametrize("part", [0, 0.2, 0.5, 0.9, 0.99])
def test_a_torn_entry_is_noticed(book: Project, entry: Path, part: float) -> None:
    whole = entry.read_bytes()
    entry.write_bytes(whole[: int(len(whole) * part)])
    assert cache.load(book, NAME) is None


@pytest.mark.parametrize(
    "garbage",
    [b"\xff\xfe", b"[]", b"null", b"1", b"{}", b'{"metadata": {"livedocs": 1}}', b"[" * 9**6],
)
def test_garbage_is_noticed(book: Project, entry: Path, garbage: bytes) -> None:
    entry.write_bytes(garbage)
    assert cache.load(book, NAME) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [("\\uac00", "\\uac01"), ("1.5", "2.5"), ("docs/a.md", "docs/b.md"), ("stdout", "stderr")],
)
def test_an_edited_entry_is_noticed(book: Project, entry: Path, old: str, new: str) -> None:
    text = entry.read_text(encoding="utf-8")
    assert old in text
    entry.write_text(text.replace(old, new), encoding="utf-8")
    assert cache.load(book, NAME) is None


def test_an_entry_without_its_sum_is_noticed(book: Project, entry: Path) -> None:
    notebook = json.loads(entry.read_text(encoding="utf-8"))
    del notebook["metadata"]["livedocs"]["sum"]
    entry.write_text(json.dumps(notebook), encoding="utf-8")
    assert cache.load(book, NAME) is None


def test_an_entry_under_the_name_of_another_is_noticed(book: Project, entry: Path) -> None:
    shutil.copy(entry, cache.path_of(book, OTHER))
    assert cache.load(book, OTHER) is None


def test_a_damaged_entry_is_run_again_and_replaced(book: Project) -> None:
    text = "```python\nprint(1)\n```\n"
    run_texts(book, text)
    [path] = cache.stored(book)
    whole = path.read_bytes()
    path.write_bytes(whole[:-20])
    assert not run_texts(book, text)[0].ran.cached
    assert run_texts(book, text)[0].ran.cached


@pytest.mark.parametrize("error", [OSError("disk full"), KeyboardInterrupt()])
def test_a_notebook_is_stored_whole_or_not_at_all(
    book: Project, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def replace(old: str, new: str) -> None:
        json.loads(Path(old).read_text(encoding="utf-8"))  # it is complete before it has its name
        raise error

    monkeypatch.setattr(cache.os, "replace", replace)
    with pytest.raises(type(error)):
        cache.store(book, NAME, new_notebook(metadata={"livedocs": {}}))
    assert list(cache.path_of(book, NAME).parent.iterdir()) == []


def test_prune_deletes_what_no_page_asks_for(book: Project, entry: Path) -> None:
    other = cache.path_of(book, OTHER)
    shutil.copy(entry, other)
    assert cache.prune(book, [NAME]) == [other]
    assert cache.stored(book) == [entry]
