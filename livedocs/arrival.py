"""What comes back from a worker: a result that is what was asked for, or why there is none."""

from typing import Any

from livedocs import archive, cache
from livedocs.notebook import loads, new_notebook
from livedocs.results import Failure, Ran


def arrived(name: str, end: Any, recipe: dict[str, Any]) -> Ran:
    """Return what a worker made of a page, or that it could not be run there."""
    if deaths := getattr(end, "allowed_failures", 0):
        last = end.last_worker.address
        why = f"실행하던 일꾼이 {deaths + 1}번 죽었습니다(마지막 {last}). 메모리를 살펴보세요."
        return unrun(name, recipe, why)
    if isinstance(end, BaseException):
        return unrun(name, recipe, f"일꾼에서 실행하지 못했습니다. {' '.join(str(end).split())}")
    notebook = loads(end["notebook"])
    record = notebook.metadata.livedocs
    if record["cells"] != recipe["cells"] or not archive.as_named(notebook, cache.name_of(record)):
        return unrun(name, recipe, "일꾼이 다른 코드의 결과를 보냈습니다.")
    record["source"] = name
    return Ran(notebook, Failure(**end["failure"]) if end["failure"] else None)


def unrun(name: str, recipe: dict[str, Any], why: str) -> Ran:
    """Return a page that no worker could run."""
    record = {"source": name, "seconds": 0.0, "device": "cpu", **recipe}
    notebook = new_notebook((row[0] for row in recipe["cells"]), record)
    return Ran(notebook, Failure(0, "died", why))
