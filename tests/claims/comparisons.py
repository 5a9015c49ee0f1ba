"""Find the comparisons of a check's asserts, and rewrite the asserts so that they are noted."""

import ast
import builtins
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

SIGNS = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
}  # fmt: skip
# Methods and functions that pick or average: of a difference they make a difference.
PICKING = {"min", "max", "mean", "median", "sum", "float"}


@dataclass(frozen=True)
class Comparison:
    """One comparison of an assert, in whose favour or against it a seed may turn."""

    line: int
    """Line of its assert, from 1, in the fence."""
    source: str
    signs: tuple[str, ...]
    kinds: tuple[str, ...]
    """Of each side: `constant`, `difference` or `measured`."""


@dataclass
class Names:
    """What the names of a page stand for, as far as the syntax tells."""

    imported: set[str] = field(default_factory=set)
    bound: Counter[str] = field(default_factory=Counter)
    values: dict[str, ast.expr] = field(default_factory=dict)

    def read(self, trees: Iterable[ast.AST]) -> "Names":
        for node in (node for tree in trees for node in ast.walk(tree)):
            if isinstance(node, ast.Import | ast.ImportFrom):
                self.imported |= {(a.asname or a.name).partition(".")[0] for a in node.names}
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                self.bound[node.id] += 1
            elif isinstance(node, ast.Assign):
                for target in node.targets:
                    if isinstance(target, ast.Name):
                        self.values[target.id] = node.value
        return self

    def value_of(self, name: str) -> ast.expr | None:
        """Return what a name is bound to where that happens once, by a plain assignment."""
        return self.values.get(name) if self.bound[name] == 1 else None

    def kind(self, side: ast.expr) -> str:
        if self.is_constant(side):
            return "constant"
        return "difference" if self.is_difference(side) else "measured"

    def is_constant(self, side: ast.expr) -> bool:
        names = {node.id for node in ast.walk(side) if isinstance(node, ast.Name)}
        return all(
            name in self.imported
            or (name in dir(builtins) and name not in self.bound)
            or isinstance(self.value_of(name), ast.Constant)
            for name in names
        )

    def is_difference(self, side: ast.expr | None, depth: int = 0) -> bool:
        match side:
            case ast.BinOp(op=ast.Sub()):
                return True
            case ast.Name(id=name) if depth < 5:
                return self.is_difference(self.value_of(name), depth + 1)
            case ast.Subscript(value=value) | ast.Attribute(value=value):
                return self.is_difference(value, depth)
            case ast.Call(func=ast.Attribute(value=ast.expr() as value, attr=attr), args=args):
                at_module = isinstance(value, ast.Name) and value.id in self.imported
                inner = args[:1] if at_module else [value]
                return attr in PICKING and any(self.is_difference(a, depth) for a in inner)
            case ast.Call(func=ast.Name(id=name), args=args) if name in PICKING:
                return any(self.is_difference(a, depth) for a in args)
        return False


class Noting(ast.NodeTransformer):
    """Turn each assert of a check into a note of whether it held and by how much."""

    def __init__(self, names: Names, found: list[Comparison]) -> None:
        self.names, self.found, self.line = names, found, 0

    def visit_Assert(self, node: ast.Assert) -> ast.AST:
        self.line = node.lineno
        test = ast.unparse(self.measured(node.test))
        return ast.parse(
            f"try:\n    _truth.note({node.lineno}, {test})\n"
            f"except Exception as _error:\n    _truth.note({node.lineno}, False, _error)"
        ).body[0]

    def measured(self, test: ast.expr) -> ast.expr:
        """Rewrite the comparisons that must all hold for the assert to hold."""
        match test:
            case ast.BoolOp(op=ast.And()):
                test.values = [self.measured(value) for value in test.values]
            case ast.Compare(ops=ops) if all(type(op) in SIGNS for op in ops):
                return self.noted(test)
            case ast.Call(func=ast.Attribute(value=ast.Compare() as inner, attr="all"), args=[]):
                test.func.value = self.measured(inner)
            case ast.Call(
                func=ast.Name(id="all") | ast.Attribute(attr="all"),
                args=[ast.Compare() | ast.GeneratorExp() | ast.ListComp() as inner],
            ):
                if isinstance(inner, ast.Compare):
                    test.args = [self.measured(inner)]
                else:
                    inner.elt = self.measured(inner.elt)
        return test

    def noted(self, test: ast.Compare) -> ast.expr:
        sides = [test.left, *test.comparators]
        signs = tuple(SIGNS[type(op)] for op in test.ops)
        kinds = tuple(self.names.kind(side) for side in sides)
        self.found.append(Comparison(self.line, ast.unparse(test), signs, kinds))
        values = ", ".join(ast.unparse(side) for side in sides)
        call = f"_truth.compare({len(self.found) - 1}, {signs!r}, ({values},))"
        return ast.parse(call, mode="eval").body
