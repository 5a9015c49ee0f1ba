"""A fork's site leads to the fork's own repository, and asks nobody about it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, command, empty_book

from browser.conftest import Open
from reading.repository import colab

REPOSITORY = "https://github.com/owner/book"
ADDRESSES = {"REPO_URL": REPOSITORY, "EDIT_URI": "edit/main/docs/"}
NAVIGATION = re.compile(r"^nav:\n(?: .*\n)+", re.MULTILINE)
HOOK = re.compile(r"(?<=  - )(\w+/hook\.py)$", re.MULTILINE)
RUNS = "# 쪽 { #page }\n\n```python\nprint(6 * 7)\n```\n"
PROGRAM = """\
# %% [markdown]
# # 긴 예제

# %%
numbers = [1, 2]
print(sum(numbers))

# %%
assert sum(numbers) == 3
assert len(numbers) == 2
"""
FILES = {
    "docs/index.md": RUNS,
    "docs/history/page.md": RUNS,
    "docs/about/hardware.md": "# 기계 { #machines }\n\n[노트북](colab.ipynb){ .colab }\n",
    "examples/program.py": PROGRAM,
    "quick.py": "import livedocs.warmth\n\nlivedocs.warmth.ALWAYS = ()\n",
}
PAGES = ["", "history/page/", "about/hardware/", "examples/program/"]
OPENS = re.compile(r'href="https://colab\.research\.google\.com/github/([^"]+)"')
MENDS = re.compile(rf'href="{REPOSITORY}/(edit/[^"]+)"')
Build = Callable[..., Path]


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Give a way to build a little book with the real book's own mkdocs.yml."""
    root = tmp_path_factory.mktemp("fork") / "book"
    empty_book(root)
    (root / "data").rmdir()
    (root / "data").symlink_to(ROOT / "data")
    (root / "docs" / "assets").symlink_to(ROOT / "docs" / "assets")
    for name, text in FILES.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    notebook = (ROOT / "docs" / "about" / "colab.ipynb").read_bytes()
    (root / "docs" / "about" / "colab.ipynb").write_bytes(notebook)
    text = NAVIGATION.sub("", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    text = HOOK.sub(rf"{ROOT}/\1", text).replace("hooks:\n", "hooks:\n  - quick.py\n")
    (root / "mkdocs.yml").write_text(text, encoding="utf-8")

    def build(name: str, **addresses: str) -> Path:
        variables = dict.fromkeys(["SITE_URL", *ADDRESSES], "") | addresses
        site = root.parent / name
        done = command("-m", "mkdocs", "build", "--strict", "-d", site, cwd=root, env=variables)
        assert done.returncode == 0, done.stdout[-3000:]
        return site

    return build


@pytest.fixture(scope="module")
def fork(build: Build) -> Path:
    """Build as publish.yml does in a repository on GitHub."""
    return build("fork", **ADDRESSES)


@pytest.fixture(scope="module")
def alone(build: Build) -> Path:
    """Build on somebody's own machine."""
    return build("alone")


def html(site: Path, page: str) -> str:
    return (site / page / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_colab_opens_the_notebook_of_a_page_from_the_branch_that_holds_it(
    fork: Path, page: str
) -> None:
    (opened,) = OPENS.findall(html(fork, page))
    path = opened.removeprefix("owner/book/blob/notebooks/")
    assert path != opened
    assert (fork / path).is_file()
    assert (fork / path).parent in {fork / page, fork / "about"}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_mended_where_its_source_lies(fork: Path, page: str) -> None:
    (mended,) = MENDS.findall(html(fork, page))
    assert mended.removeprefix("edit/main/") in FILES


def test_the_notebook_that_builds_the_book_clones_the_fork(fork: Path, alone: Path) -> None:
    built = [(site / "about" / "colab.ipynb").read_text(encoding="utf-8") for site in (fork, alone)]
    assert [rf"REPOSITORY = \"{REPOSITORY}\"" in text for text in built] == [True, False]


@pytest.mark.parametrize("page", PAGES)
def test_a_site_without_a_repository_leads_to_none(alone: Path, page: str) -> None:
    assert "github.com/" not in html(alone, page)
    assert "google" not in html(alone, page)
    if page == "about/hardware/":
        assert '<a class="colab" href="../colab.ipynb">' in html(alone, page)


def test_no_notebook_opens_in_colab_from_elsewhere_than_github() -> None:
    assert colab("https://git.example/owner/book", "a.ipynb") == ""
    assert colab("https://github.com/owner/book.git", "a.ipynb") == colab(REPOSITORY, "a.ipynb")


@pytest.mark.parametrize("page", [*PAGES, "404.html"])
def test_a_page_leads_to_its_repository_and_asks_no_other_host(
    fork: Path, open_page: Open, page: str
) -> None:
    watched = open_page(fork, page)
    link = watched.page.locator(f'.md-header__source a[href="{REPOSITORY}"]')
    assert link.count() == 1
    assert watched.elsewhere == watched.errors == []
