"""Mutants of pages and long programs: read, judged by their syntax, and made ready to run."""

import ast
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

from conftest import ROOT

from claims.pages import PROJECT
from claims.rewritten import parsed
from livedocs.fences import Fence
from livedocs.pages import Cell, Page, cells, read_page
from livedocs.project import Project
from reading.examples import read_example

FOLDER = ROOT / "tests" / "mutants"
OWN = "이 확인의 assert: "


@dataclass(frozen=True)
class Mutant:
    """A plausible mistake in the code of a page."""

    page: str
    """As in the list of tests: `history/kernels` or `examples/mnist_dense`."""
    why: str
    replace: str
    by: str
    caught_by: str
    """The title of the check that must notice; of a long program, the assert itself."""

    @property
    def name(self) -> str:
        return f"{self.page} :: {self.caught_by} :: {self.why}"


def mutants_of(path: Path) -> list[Mutant]:
    """Read the mutants of one page."""
    page = path.relative_to(FOLDER).with_suffix("").as_posix()
    return [Mutant(page, **each) for each in tomllib.loads(path.read_text("utf-8"))["mutant"]]


def path_of(page: str) -> Path:
    """Return where a page or a long program stands."""
    is_program = page.startswith("examples/")
    return PROJECT.root / f"{page}.py" if is_program else PROJECT.docs / f"{page}.md"


def page_of(name: str, text: str) -> Page:
    """Read a page or a long program from a text that may be a mutant's."""
    if not name.startswith("examples/"):
        return read_page(text, f"docs/{name}.md", PROJECT.data)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.py"
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
        return read_example(path, Project(Path(folder)))[0]


def claims(fence: Fence, name: str) -> list[str]:
    """Return what mutants may be caught by in one fence: its title, or each of its asserts."""
    tree = parsed(fence)
    if not tree or not (name.startswith("examples/") or "check" in fence.classes):
        return []
    if "check" in fence.classes:
        return [fence.values["title"]]
    return [ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Assert)]


class Signing(ast.NodeTransformer):
    """Let each assert of a check say that it is one: a function of the page may assert, too."""

    def visit_Assert(self, node: ast.Assert) -> ast.AST:
        node.msg = ast.Constant(OWN + ast.unparse(ast.Assert(node.test)))
        return node


def signed(page: Page, name: str) -> list[Cell]:
    """Return the cells of a page whose claims say that they are the page's own."""
    made = cells(page, PROJECT.data)
    for number, fence in enumerate(page.runnable):
        if claims(fence, name):
            tree = Signing().visit(parsed(fence))
            made[number] = made[number]._replace(source=ast.unparse(tree))
    return made


def constants_for_checks(before: str, after: str, page: Page, name: str) -> set[str]:
    """Return the names that checks read and to which a mutant newly assigns a constant."""
    read = {
        node.id
        for fence in page.runnable
        if claims(fence, name)
        for node in ast.walk(parsed(fence) or ast.Module([], []))
        if isinstance(node, ast.Name)
    }
    new = constants(after) - constants(before)
    return {target for target, _ in new} & read


def constants(code: str) -> set[tuple[str, str]]:
    """Return (name, value) of every plain assignment of literals."""
    found = set()
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr) or not node.value:
            continue
        if any(isinstance(part, ast.Name | ast.Call) for part in ast.walk(node.value)):
            continue
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        found |= {
            (part.id, ast.unparse(node.value))
            for target in targets
            for part in ast.walk(target)
            if isinstance(part, ast.Name)
        }
    return found
