"""What lies beside a page is the page: as a notebook, full and blank, and as a program."""

import re
import zipfile
from html import unescape
from pathlib import Path

import nbformat
import pytest
from claims.pages import PROJECT, page_id, pages_with_code
from conftest import ROOT, Taken
from nbclient import NotebookClient

from livedocs.environment import choose_backend
from livedocs.pages import Page
from reading import guests
from reading.examples import read_example
from reading.export import program_of
from reading.takeaway import ARCHIVE

PAGES = pages_with_code()
EXAMPLES = sorted(path.stem for path in (ROOT / "examples").glob("*.py"))
# What runs on one backend only is shown without outputs where the book is built on another.
RUN = [
    name
    for name in EXAMPLES
    if read_example(ROOT / "examples" / f"{name}.py", PROJECT)[0].meta.get("backend")
    in (None, choose_backend())
]
ONE_THREAD = (
    "TF_NUM_INTRAOP_THREADS TF_NUM_INTEROP_THREADS OMP_NUM_THREADS OPENBLAS_NUM_THREADS "
    "MKL_NUM_THREADS NPROC"
).split()
FIGURES = {"image/png", "image/svg+xml"}
TENSORFLOW = re.compile(r"^WARNING:tensorflow:.*\n", re.MULTILINE)
ADDRESS = re.compile(r"0x[0-9a-f]+")


def folder_of(page: Page, site: Path) -> Path:
    """Return the folder of a page in the built site."""
    path = Path(page.path).relative_to("docs").with_suffix("")
    return site / (path.parent if path.name == "index" else path)


def codes(notebook) -> list[str]:
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_a_page_lies_beside_itself_in_three_forms(page: Page, site: Path) -> None:
    stem, folder = Path(page.path).stem, folder_of(page, site)
    full = nbformat.read(folder / f"{stem}.ipynb", as_version=4)
    emptied = nbformat.read(folder / f"{stem}-blank.ipynb", as_version=4)
    for notebook in (full, emptied):
        nbformat.validate(notebook)
    assert codes(full)[-len(page.runnable) :] == guests.codes(page)
    assert codes(emptied) == codes(full)
    assert any(cell.get("outputs") for cell in full.cells)
    assert not any(cell.get("outputs") for cell in emptied.cells)
    assert (folder / f"{stem}.py").read_text(encoding="utf-8") == program_of(page, PROJECT)


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_a_notebook_begins_with_its_title(page: Page, site: Path) -> None:
    [first, *_] = nbformat.read(
        folder_of(page, site) / f"{Path(page.path).stem}.ipynb", as_version=4
    ).cells
    assert first.cell_type == "markdown" and first.source.startswith("# ")


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_the_links_of_a_page_lead_to_its_files(page: Page, site: Path) -> None:
    folder = folder_of(page, site)
    html = (folder / "index.html").read_text(encoding="utf-8")
    line = re.search(r'<p class="downloads">.*?</p>', html)
    found = re.findall(r'href="([^"]+)"', line[0] if line else "")
    assert len(found) == 3
    assert all((folder / name).is_file() for name in found)


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_lies_beside_itself_in_three_forms(name: str, site: Path) -> None:
    folder = site / "examples" / name
    full = nbformat.read(folder / f"{name}.ipynb", as_version=4)
    emptied = nbformat.read(folder / f"{name}-blank.ipynb", as_version=4)
    assert codes(emptied) == codes(full)
    assert any(cell.get("outputs") for cell in full.cells) == (name in RUN)
    assert not any(cell.get("outputs") for cell in emptied.cells)


@pytest.mark.parametrize("name", [*(Path(page.path).stem for page in PAGES), *EXAMPLES])
def test_what_draws_finds_a_korean_font_first(name: str, site: Path) -> None:
    found = [*site.rglob(f"{name}.py"), *site.rglob(f"{name}.ipynb")]
    for text in (file.read_text(encoding="utf-8") for file in found):
        first, looked = text.find("import matplotlib.pyplot"), text.find("korean_fonts =")
        assert (looked < 0) if first < 0 else 0 <= looked < text.find("plt.", first + 30)


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_a_page_tells_where_its_outputs_come_from(page: Page, site: Path) -> None:
    html = (folder_of(page, site) / "index.html").read_text(encoding="utf-8")
    told = html.partition('<details class="origin">')[2].partition("</details>")[0]
    assert all(f"<dt>{name}</dt>" in told for name in ("장치", "백엔드", "파이썬", "패키지", "키"))
    assert re.search(r"keras \d+\.\d+", told)
    assert re.search(r"<dd>[0-9a-f]{16}</dd>", told)


def test_the_archive_holds_every_page_and_every_example(site: Path) -> None:
    with zipfile.ZipFile(site / ARCHIVE) as archive:
        names = set(archive.namelist())
        moments = {info.date_time for info in archive.infolist()}
    sources = [Path(page_id(page)).relative_to("docs") for page in PAGES]
    sources += [Path("examples", name) for name in EXAMPLES]
    wanted = {f"{path}{end}" for path in sources for end in (".ipynb", "-blank.ipynb", ".py")}
    assert names == wanted | {"README.txt"}
    assert len(moments) == 1


def test_a_link_to_a_page_says_what_the_page_is(site: Path) -> None:
    for page in PAGES:
        html = (folder_of(page, site) / "index.html").read_text(encoding="utf-8")
        said = dict(re.findall(r'<meta property="og:(\w+)" content="([^"]*)">', html))
        assert unescape(said["title"]) == page.meta["title"]
        assert unescape(said["description"]) == page.meta["description"]


def test_the_page_of_the_machine_lists_every_page_that_ran(site: Path) -> None:
    html = (site / "about" / "machine" / "index.html").read_text(encoding="utf-8")
    rows = re.findall(r"<tr>.*?</tr>", html, re.DOTALL)
    ran = [row for row in rows if re.search(r"<code>[0-9a-f]{12}</code>", row)]
    assert len(ran) == len(PAGES) + len(RUN)
    seconds = [float(re.findall(r">([\d.]+)</td>", row)[1]) for row in ran]
    assert min(seconds) > 0


def printed(cell) -> str:
    """Return what a cell printed or answered, without addresses in memory.

    The words beside a figure tell its size, for which a page has settings of its own. Warnings go
    to standard error, which no page shows; TensorFlow's go to standard output in a notebook. A
    table is compared as it is shown: beside it pandas writes a text, narrower without a notebook.
    """
    texts = [
        out.get("text", "") or out.data.get("text/html", out.data.get("text/plain", ""))
        for out in cell.outputs
        if out.output_type != "error"
        and out.get("name") != "stderr"
        and not FIGURES & out.get("data", {}).keys()
    ]
    return ADDRESS.sub("", TENSORFLOW.sub("", "".join(texts)))


@pytest.mark.taken
@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_a_notebook_says_in_an_empty_folder_what_the_page_says(
    page: Page, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, taken: Taken
) -> None:
    taken(page, "file")
    stem, folder = Path(page.path).stem, folder_of(page, site)
    full = nbformat.read(folder / f"{stem}.ipynb", as_version=4)
    ours = nbformat.read(folder / f"{stem}-blank.ipynb", as_version=4)
    home = tmp_path / "keras"
    home.mkdir()
    (home / "datasets").symlink_to(ROOT / "data" / "datasets")
    (tmp_path / "empty").mkdir()
    for name in ONE_THREAD:  # or the last digits depend on the cores
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("KERAS_HOME", str(home))
    client = NotebookClient(ours, timeout=600, resources={"metadata": {"path": tmp_path / "empty"}})
    client.execute()
    quiet = [cell for cell in full.cells if cell.cell_type == "code"][-len(page.runnable) :]
    loud = [cell for cell in ours.cells if cell.cell_type == "code"][-len(page.runnable) :]
    for fence, wanted, made in zip(page.runnable, quiet, loud, strict=True):
        if "measured" not in fence.classes:
            assert printed(made) == printed(wanted), page.line(fence.start)
