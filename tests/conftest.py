"""What several test files need: an empty book, and a way to run its pages quickly."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml
from mkdocs.utils.yaml import yaml_load

from livedocs import warmth
from livedocs.book import SEEN, run_book
from livedocs.pages import Page, cells, read_page
from livedocs.problems import Problem
from livedocs.process import KEPT
from livedocs.project import Project
from livedocs.results import Ran
from livedocs.verdict import problems_of

ROOT = Path(__file__).parent.parent
ENGINE = ROOT / "livedocs"
# Golden pages are rendered by test_extension.py; some of them fail on purpose.
collect_ignore_glob = ["golden/*"]
# What the pages of these tests import. The warm process starts anew when a page wants more, and
# without Keras it starts in two seconds.
QUICK = (
    "hashlib os pathlib subprocess sys time numpy pandas matplotlib.pyplot "
    "matplotlib_inline.backend_inline"
).split()

NEEDS_JAX = pytest.mark.skipif(
    find_spec("jax") is None,
    reason="JAX가 없습니다: python -m pip install -c constraints.txt -e '.[test,jax]'",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what the slow tests of claims and of the built book can be asked."""
    parser.addoption(
        "--mutants", default="all", help="with -m mutants: all; commit (a fifth, and what changed)"
    )
    parser.addoption("--rewrite-golden", action="store_true", help="write tests/golden/*.html anew")
    parser.addoption(
        "--seeds",
        default="0-4",
        help="with -m seeds: 0-4; 1,4; commit (their count mod 5); kept (run none)",
    )
    parser.addoption(
        "--site", type=Path, help="--site=FOLDER: a built book to look at; one is built otherwise"
    )
    parser.addoption(
        "--untrained",
        default="all",
        help="with -m untrained: all; commit (a fifth, and what changed)",
    )
    parser.addoption(
        "--taken", default="all", help="with -m taken: all; commit (a fifteenth, and what changed)"
    )


SAID: list[str] = []
"""What a test wants its reader to see even where it passes."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests said."""
    for line in SAID:
        terminalreporter.write_line(line)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Build the real site after the fences: a failing fence is then named by its own test."""
    items.sort(key=lambda item: "site" in getattr(item, "fixturenames", ()))


def status() -> str:
    asked = ["git", "status", "--porcelain"]
    return subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False).stdout


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Iterator[Path]:
    """Build the book with the cache that this session's fences have filled."""
    if built := pytestconfig.getoption("--site"):
        yield built.resolve()
        return
    folder = tmp_path_factory.mktemp("site")
    before = status()
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        cwd=ROOT,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    (folder / "clean").write_text(str(status() == before))
    yield folder


Taken = Callable[[Page, str], None]


@pytest.fixture
def taken(pytestconfig: pytest.Config) -> Taken:
    """Give what skips a test of `-m taken` that another commit runs."""
    from claims.share import is_taken, name_of  # it imports this file

    def ask(page: Page, way: str) -> None:
        if pytestconfig.getoption("--taken") == "commit" and not is_taken(name_of(page), way):
            pytest.skip("이 커밋의 몫이 아닙니다.")

    return ask


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give one cache folder to the whole session, so that one warm process serves all its tests."""
    folder = tmp_path_factory.mktemp("bench")
    yield folder
    end_warm_processes(folder)


def end_warm_processes(folder: Path) -> None:
    """End the warm processes whose cache is in a folder."""
    for name, process in list(KEPT.items()):
        if name[1].is_relative_to(folder.resolve()):
            process.close()
            process.process.wait(10)
            del KEPT[name]


def empty_book(root: Path) -> Project:
    """Lay out a project without pages."""
    (root / "docs").mkdir(parents=True)
    (root / "data").mkdir()
    (root / "mkdocs.yml").write_text("site_name: 책\n", encoding="utf-8")
    return Project(root)


def real_book(root: Path, pages: dict[str, str]) -> dict[str, Any]:
    """Lay out a project with pages and the real book's look; return its settings, to be written."""
    empty_book(root)
    (root / "docs" / "assets").symlink_to(ROOT / "docs" / "assets")
    for name, text in pages.items():
        path = root / "docs" / f"{name}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    with (ROOT / "mkdocs.yml").open(encoding="utf-8") as file:
        settings = yaml_load(file)
    del settings["nav"]
    settings["hooks"] = [str(ROOT / hook) for hook in settings["hooks"]]
    return settings


def write_settings(file: Path, settings: dict[str, Any]) -> None:
    """Write what MkDocs reads."""
    file.write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")


@pytest.fixture
def book(bench: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Give an empty book; pages of its run in the session's warm process."""
    shutil.rmtree(bench / "notebooks", ignore_errors=True)
    SEEN.clear()
    project = empty_book(tmp_path / "book")
    monkeypatch.setenv("LIVEDOCS_CACHE", str(bench))
    monkeypatch.delenv("KERAS_BACKEND", raising=False)
    monkeypatch.setattr(warmth, "ALWAYS", QUICK)
    monkeypatch.chdir(project.root)
    return project


@pytest.fixture
def apart(book: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    """Give an empty book with a warm process of its own, which sees this test's environment."""
    monkeypatch.setenv("LIVEDOCS_CACHE", str(tmp_path / "cache"))
    yield book
    end_warm_processes(tmp_path)


class Outcome:
    """A page that was run: its outputs by fence, its problems as its author reads them."""

    def __init__(self, page: Page, ran: Ran) -> None:
        self.page, self.ran = page, ran

    @property
    def outputs(self) -> list[list]:
        """The outputs of each fence."""
        return [cell.outputs for cell in self.ran.notebook.cells]

    @property
    def printed(self) -> str:
        """All that went to standard output."""
        return "".join(
            output["text"]
            for outputs in self.outputs
            for output in outputs
            if output.get("name") == "stdout"
        )

    @property
    def values(self) -> list[str]:
        """The answers to all questions, in order."""
        return [
            value for cell in self.ran.notebook.cells for value in cell.metadata.livedocs["values"]
        ]

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with the page after its run."""
        return problems_of(self.page, self.ran)


Run = Callable[..., list[Outcome]]


def run_texts(project: Project, *texts: str) -> list[Outcome]:
    """Run pages given as text, together, as a build does."""
    pages = [
        read_page(text, f"docs/page{number}.md", project.data) for number, text in enumerate(texts)
    ]
    assert [page.problems for page in pages] == [[]] * len(pages)
    jobs = {page.path: cells(page, project.data) for page in pages}
    ran = run_book(jobs, project, lambda line: None)
    return [Outcome(page, ran[page.path]) for page in pages]


@pytest.fixture
def run(book: Project) -> Callable[..., Outcome]:
    """Run one page of code: each argument is one fence."""

    def run(*codes: str, opening: str = "python") -> Outcome:
        text = "\n".join(f"```{opening}\n{code.strip()}\n```\n" for code in codes)
        return run_texts(book, text)[0]

    return run


def command(
    *words: str | Path, cwd: Path, env: dict[str, str] | None = None, timeout: float = 240
) -> subprocess.CompletedProcess[str]:
    """Run a Python program in a folder, away from this session's cache; return what it said."""
    variables = {
        n: v for n, v in os.environ.items() if n not in {"LIVEDOCS_CACHE", "PYTEST_ADDOPTS"}
    }
    return subprocess.run(
        [sys.executable, *map(str, words)],
        cwd=cwd,
        env=variables | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"} | (env or {}),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
    )
