"""Notebooks in nbformat's form (4.5): what a JSON object holds is there as an attribute, too.

nbformat itself checks them in the tests and writes what readers take along. To import it, with the
validator it brings, takes longer than all of the engine: every build would wait for it.
"""

import json
from collections.abc import Iterable
from typing import Any


class Node(dict[str, Any]):
    """A JSON object of a notebook: `node.cells` is `node["cells"]`."""

    def __getattr__(self, name: str) -> Any:
        """Return what stands under a name."""
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None

    def __setattr__(self, name: str, what: Any) -> None:
        """Keep something under a name."""
        self[name] = what


def loads(text: str) -> Any:
    """Return what a JSON text says, every object of it as a node.

    Raises:
        ValueError: it is no JSON.
    """
    return json.loads(text, object_hook=Node)


def new_notebook(sources: Iterable[str], record: dict[str, Any]) -> Node:
    """Return a notebook of code that has put out nothing.

    Args:
        sources: the code of each cell.
        record: what the engine knows of the notebook as a whole.
    """
    cells = [
        Node(
            cell_type="code",
            id=f"cell-{number}",  # nbformat's are random; two builds must be equal
            metadata=Node(),
            execution_count=None,
            source=source,
            outputs=[],
        )
        for number, source in enumerate(sources)
    ]
    return Node(cells=cells, metadata=Node(livedocs=record), nbformat=4, nbformat_minor=5)
