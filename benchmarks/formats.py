"""Write a sample page as each tool wants it: prose and code go in, the text of a file comes out."""

import ast
import json

from benchmarks.pages import ALT, Sample


def book(page: Sample) -> str:
    """Return the page as this book's Markdown."""
    head = f"---\ntitle: {page.title}\ndescription: 견본\n---\n\n# {page.title} {{ #top }}\n"
    opening = {True: f'{{.python alt="{ALT}"}}', False: "python"}
    return head + "".join(
        f"\n{part}\n" if isinstance(part, str) else f"\n```{opening[part.draws]}\n{part.text}```\n"
        for part in page.parts
    )


def program(page: Sample) -> str:
    """Return the page as a program: a table that a notebook would show is printed."""
    return "\n".join(printed(part.text) for part in page.parts if not isinstance(part, str))


def printed(code: str) -> str:
    """Return code that prints its last line if that is an expression with a value to show."""
    last = ast.parse(code).body[-1]
    value = last.value if isinstance(last, ast.Expr) else None
    shows_itself = isinstance(value, ast.Call) and isinstance(value.func, ast.Name)
    is_plot = isinstance(value, ast.Call) and ast.unparse(value).startswith("plt.")
    if value is None or shows_itself or is_plot:
        return code
    lines = code.splitlines()
    return "\n".join([*lines[: last.lineno - 1], f"print({ast.unparse(value)})", ""])


def gallery(page: Sample) -> str:
    """Return the page as a program of sphinx-gallery."""
    head, *rest = page.parts
    line = "=" * 2 * len(page.title)
    text = f'"""\n{page.title}\n{line}\n\n{head}\n"""\n'
    for part in rest:
        if isinstance(part, str):
            text += "\n# %%\n" + "".join(f"# {row}".rstrip() + "\n" for row in part.splitlines())
        else:
            text += f"\n{part.text}"
    return text


def notebook(page: Sample) -> str:
    """Return the page as a notebook without outputs."""
    cells = [cell("markdown", "title", f"# {page.title}")]
    for number, part in enumerate(page.parts):
        if isinstance(part, str):
            cells.append(cell("markdown", f"text-{number}", part))
        else:
            cells.append(cell("code", f"code-{number}", part.text))
            cells[-1] |= {"execution_count": None, "outputs": []}
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    meta = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return json.dumps({"cells": cells, "metadata": meta, "nbformat": 4, "nbformat_minor": 5})


def cell(kind: str, name: str, text: str) -> dict[str, object]:
    """Return a cell as a notebook's file has it."""
    return {"cell_type": kind, "id": name, "metadata": {}, "source": text}


def myst(page: Sample) -> str:
    """Return the page as a text notebook of MyST-NB."""
    head = (
        "---\nfile_format: mystnb\nkernelspec:\n  name: python3\n  display_name: Python 3\n---\n"
        f"\n# {page.title}\n"
    )
    return head + "".join(
        f"\n{part}\n" if isinstance(part, str) else f"\n```{{code-cell}} python\n{part.text}```\n"
        for part in page.parts
    )
