"""Say which asserts of a page's checks compare nothing that the page computed.

By the syntax tree alone: an assert must read a name that earlier code of the page computed, and
its sides must differ.
"""

import ast

from claims.comparisons import Names
from claims.rewritten import parsed
from claims.sides import is_fixed_by_code, names_in, same, sides, stored
from livedocs.fences import Fence
from livedocs.pages import Page


def unread(page: Page) -> list[str]:
    """Return what is wrong with the asserts of a page, each with its line."""
    found = []
    trees = [(fence, tree) for fence in page.runnable if (tree := parsed(fence))]
    names = Names().read(tree for _, tree in trees)
    computed: set[str] = set()
    for fence, tree in trees:
        is_check = "check" in fence.classes
        alone: list[bool] = []
        for statement in tree.body:
            computed |= bound_by_computing(statement, names, computed, in_check=is_check)
            for node in ast.walk(statement):
                if is_check and isinstance(node, ast.Assert):
                    wrong = broken_by(node, names, computed)
                    alone.append(not wrong and is_fixed_by_code(node.test))
                    at = f"{page.path}:{page.line(fence.start) + node.lineno}"
                    found += [f"{at}: {wrong}"] if wrong else []
        if alone and all(alone):
            found.append(
                f"{place(page, fence)}: 코드가 정한 모양(shape)만 보는 확인입니다. "
                "데이터나 훈련에서 나온 값을 견주세요."
            )
    return found


def place(page: Page, fence: Fence) -> str:
    return f"{page.path}:{page.line(fence.start)}"


def broken_by(node: ast.Assert, names: Names, computed: set[str]) -> str:
    """Return the rule that one assert breaks, or ""."""
    read = {n.id for n in ast.walk(node.test) if isinstance(n, ast.Name)}
    if not read & computed:
        return (
            "쪽이 계산한 값을 읽지 않는 assert입니다. 위의 코드 칸이 데이터나 훈련에서 "
            "구한 값을 견주세요."
        )
    known = computed | stored(node)  # `all(x > 0.5 for x in scores if …)`
    for left, right in sides(node.test):
        if not names_in(left) & known and not names_in(right) & known:
            return "상수끼리 견주는 assert입니다. 쪽이 계산한 값과 견주세요."
        if same(left, right, names):
            return "값을 그 값 자신과 견주는 assert입니다. 따로 계산한 값과 견주세요."
    return ""


def bound_by_computing(
    statement: ast.stmt, names: Names, computed: set[str], in_check: bool
) -> set[str]:
    """Return the names that a statement gives a computed value, or changes.

    A name bound to literals only is none: `expected = 0.9` computes nothing. In a check, only
    what is computed from the page's own values counts.
    """
    if isinstance(statement, ast.Assert | ast.Import | ast.ImportFrom):
        return set()
    read = {n.id for n in ast.walk(statement) if isinstance(n, ast.Name)}
    if in_check and not read & computed:
        return set()
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return {statement.name}
    if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None:
        made_of = ast.walk(statement.value)
        if not any(isinstance(node, ast.Call | ast.Name) for node in made_of):
            return set()
    found = stored(statement)
    for node in ast.walk(statement):
        match node:
            case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store()):
                found.add(name)
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name))) if (
                name not in names.imported
            ):
                found.add(name)  # `losses.append(…)`
    return found
