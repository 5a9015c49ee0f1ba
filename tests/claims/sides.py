"""The two sides that a test compares, and what is known of them without running anything."""

import ast
from itertools import pairwise

from claims.comparisons import Names

EQUALITIES = {"allclose", "isclose", "array_equal", "array_equiv", "assert_allclose"}
FIXED_BY_CODE = {"shape", "ndim", "dtype"}


def sides(test: ast.expr) -> list[tuple[ast.expr, ast.expr]]:
    """Return the pairs of sides that a test compares, by sign or by a function for equality."""
    pairs = []
    for node in ast.walk(test):
        if isinstance(node, ast.Compare):
            row = [node.left, *node.comparators]
            pairs += pairwise(row)
        elif isinstance(node, ast.Call) and len(node.args) >= 2:
            func = node.func
            name = func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")
            if name in EQUALITIES:
                pairs.append((node.args[0], node.args[1]))
    return pairs


def same(left: ast.expr, right: ast.expr, names: Names) -> bool:
    """Whether two sides are one value: word for word, or once plain names are looked up.

    A name is looked up only as far as no call is made: two calls of `train()` are two values.
    """
    if ast.dump(left) == ast.dump(right):
        return True
    return ast.dump(looked_up(left, names)) == ast.dump(looked_up(right, names))


def looked_up(side: ast.expr, names: Names, depth: int = 0) -> ast.expr:
    if depth < 5 and isinstance(side, ast.Name):
        value = names.value_of(side.id)
        if value and not any(isinstance(node, ast.Call) for node in ast.walk(value)):
            return looked_up(value, names, depth + 1)
    return side


def names_in(node: ast.AST) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}


def stored(node: ast.AST) -> set[str]:
    return {
        n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
    }


def is_fixed_by_code(test: ast.expr) -> bool:
    """Whether a test looks at shapes only."""
    pairs = sides(test)
    return bool(pairs) and all(
        isinstance(side, ast.Constant | ast.Tuple)
        or (isinstance(side, ast.Attribute) and side.attr in FIXED_BY_CODE)
        for pair in pairs
        for side in pair
    )
