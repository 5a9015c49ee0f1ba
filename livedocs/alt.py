"""Fields in an alternative text: expressions to ask come out; their values go in."""

import string


def alt_fields(alt: str) -> tuple[str, ...]:
    """Return the expressions in an alternative text: `"{x:.0f}도"` asks for `f"{x:.0f}"`."""
    return tuple(
        f'f"{{{name}{"!" + conversion if conversion else ""}{":" + spec if spec else ""}}}"'
        for _, name, spec, conversion in string.Formatter().parse(alt)
        if name is not None
    )


def filled(alt: str, values: list[str]) -> str:
    """Return an alternative text with its fields replaced by `values`, in order."""
    rest = iter(values)
    return "".join(
        literal + ("" if name is None else next(rest))
        for literal, name, _, _ in string.Formatter().parse(alt)
    )
