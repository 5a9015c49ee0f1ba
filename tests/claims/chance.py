"""Shift every source of chance in a page's code: each whole-number seed, wherever it is given."""

import ast

# What takes a seed as its first argument, however it was imported.
SOWERS = (
    "set_random_seed seed default_rng RandomState SeedGenerator Random SeedSequence "
    "PCG64 PCG64DXSM MT19937 Philox SFC64"
).split()
KEYWORDS = {"seed", "random_state"}


class Shifting(ast.NodeTransformer):
    """Give each seed to `_truth.sown`, which adds the shift to it."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        name = node.func.id if isinstance(node.func, ast.Name) else name
        if name in SOWERS and node.args and not isinstance(node.args[0], ast.Starred):
            node.args[0] = sown(node.args[0])
        for keyword in node.keywords:
            if keyword.arg in KEYWORDS:
                keyword.value = sown(keyword.value)
        return node

    def visit_Dict(self, node: ast.Dict) -> ast.AST:
        """Find seeds that travel to a call as `**options`."""
        self.generic_visit(node)
        for number, key in enumerate(node.keys):
            if isinstance(key, ast.Constant) and key.value in KEYWORDS:
                node.values[number] = sown(node.values[number])
        return node


def sown(seed: ast.expr) -> ast.expr:
    """Return the expression of a seed, shifted."""
    return ast.parse(f"_truth.sown({ast.unparse(seed)})", mode="eval").body
