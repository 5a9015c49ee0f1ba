"""Lead from a page to its repository: the repository's address goes in, links come out."""

import posixpath
import re
from pathlib import Path

GITHUB = re.compile(r"https://github\.com/([\w.-]+/[\w.-]+?)(?:\.git)?/?")
BRANCH = "notebooks"
"""Where publish.yml puts the notebooks of the built site: Colab opens them from a branch only."""
COLAB = "https://colab.research.google.com/github/{}/blob/{}/{}"
LINK = re.compile(r'(<a class="colab" href=")([^"]+)')
EXAMPLE = re.compile(r"docs/(examples/\w+)\.ipynb$")
# Material's script asks GitHub for the stars of a repository wherever it finds this component.
ASKS_GITHUB = ' data-md-component="source"'
UNNAMED = r"REPOSITORY = \"\""  # as it stands in the JSON of a notebook


def colab(repository: str | None, path: str) -> str:
    """Return where Colab opens a notebook of the site, or nothing outside GitHub."""
    found = GITHUB.fullmatch(repository or "")
    return COLAB.format(found[1], BRANCH, path) if found else ""


def opened(html: str, repository: str | None, url: str) -> str:
    """Return a page whose links of the class `colab` open their notebooks there, if they can."""

    def leading(found: re.Match[str]) -> str:
        path = posixpath.normpath(posixpath.join(url, found[2]))
        return found[1] + (colab(repository, path) or found[2])

    return LINK.sub(leading, html)


def program(edit_url: str) -> str:
    """Return where an example is mended: its program, not the notebook that is made from it."""
    return EXAMPLE.sub(r"\1.py", edit_url)


def quiet(html: str) -> str:
    """Return a page that leads to its repository without asking GitHub about it."""
    return html.replace(ASKS_GITHUB, "")


def name_in(notebook: Path, repository: str | None) -> None:
    """Write into a notebook the address of the repository that it builds, if there are both."""
    if repository and notebook.is_file():
        text = notebook.read_text(encoding="utf-8")
        filled = text.replace(UNNAMED, rf"REPOSITORY = \"{repository}\"")
        notebook.write_text(filled, encoding="utf-8")
