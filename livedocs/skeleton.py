"""Begin a page: its name goes in; a file that already runs, and says the rules, comes out."""

import re
import sys
from pathlib import Path

from livedocs.project import Project

TEMPLATE = Path(__file__).parent / "assets" / "page.md"
NAME = re.compile(r"[a-z0-9][a-z0-9-]*(?:/[a-z0-9][a-z0-9-]*)*")
NEXT = """\
{path}를 만들었습니다.
1. mkdocs.yml의 nav에 올립니다: {name}.md
2. mkdocs serve를 켜 두고 씁니다. 규칙은 docs/about/writing.md에 있습니다.
3. 확인마다 tests/mutants/{name}.toml에 틀린 변형을 적습니다."""


def new_page(given: str, project: Project) -> int:
    """Write a new page and say what its author does next; return the exit status.

    A name that is none, and a page that exists, are refused.
    """
    name = given.removeprefix("docs/").removesuffix(".md")
    if not NAME.fullmatch(name):
        return refused(given, "history/kernels처럼 영문 소문자, 숫자, 붙임표로 적으세요.")
    path = project.docs / f"{name}.md"
    text = TEMPLATE.read_text(encoding="utf-8").replace("NAME", path.stem)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        return refused(f"docs/{name}.md", "이미 있습니다. 다른 이름을 고르세요.")
    print(NEXT.format(path=f"docs/{name}.md", name=name))
    return 0


def refused(name: str, why: str) -> int:
    """Say why no page was written."""
    print(f"{name}: {why}", file=sys.stderr)
    return 2
