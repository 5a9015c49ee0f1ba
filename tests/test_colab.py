"""The notebook that builds the book on Colab does what hardware.md says; nobody ran it there."""

import re

import nbformat
import pytest
from conftest import ROOT

PATH = ROOT / "docs" / "about" / "colab.ipynb"
HARDWARE = (ROOT / "docs" / "about" / "hardware.md").read_text(encoding="utf-8")
EXTRAS = re.findall(r'"(\w+)"나 "(\w+)"', PATH.read_text(encoding="utf-8").replace('\\"', '"'))


def cells(kind: str) -> list[str]:
    notebook = nbformat.read(PATH, as_version=4)
    return [cell.source for cell in notebook.cells if cell.cell_type == kind]


def lines(extra: str) -> list[str]:
    """Return what the notebook asks of a shell."""
    asked = [line for code in cells("code") for line in code.splitlines() if line.startswith("!")]
    return [line.removeprefix("!").replace("{EXTRA}", extra) for line in asked]


def test_the_notebook_is_a_valid_one_without_outputs() -> None:
    notebook = nbformat.read(PATH, as_version=4)
    nbformat.validate(notebook)
    assert not any(cell.get("outputs") for cell in notebook.cells)


def test_there_is_an_extra_for_each_accelerator() -> None:
    assert EXTRAS == [("gpu", "tpu")]


@pytest.mark.parametrize("extra", ["gpu", "tpu"])
def test_each_line_for_a_shell_stands_on_the_page_that_was_checked(extra: str) -> None:
    asked = lines(extra)
    assert len(asked) == 6
    assert asked.pop(0) == "git clone --depth 1 {REPOSITORY} book"
    assert [line for line in asked if line not in HARDWARE] == []


def test_the_notebook_runs_every_page_and_carries_the_outputs_home() -> None:
    asked = lines("gpu")
    wanted = ["pip install", "livedocs run", "mkdocs build", "export-cache"]
    places = [next(at for at, line in enumerate(asked) if word in line) for word in wanted]
    assert places == sorted(places)
    assert "python -m livedocs import-cache outputs.zip" in "".join(cells("markdown"))


def test_the_page_of_machines_leads_to_the_notebook_and_says_that_nobody_ran_it() -> None:
    assert "(colab.ipynb){ .colab }" in HARDWARE
    for text in (HARDWARE, "".join(cells("markdown"))):
        assert "Colab에서 아직 돌려 보지 못했습니다" in text
