"""Say which pages would run again, and why."""

from collections.abc import Iterator, Mapping
from typing import Any

from livedocs import cache
from livedocs.environment import choose_backend
from livedocs.notebook import Node
from livedocs.pages import Cell
from livedocs.project import Project


def status(jobs: Mapping[str, list[Cell]], project: Project) -> Iterator[str]:
    """Yield a line for each page: fresh, or stale and why."""
    backend = choose_backend()
    stored = (cache.load(project, path.stem) for path in cache.stored(project))
    older = {notebook.metadata.livedocs["source"]: notebook for notebook in stored if notebook}
    for name, job in jobs.items():
        recipe = cache.recipe(job, backend, project)
        if cache.load(project, cache.name_of(recipe)) is not None:
            yield f"그대로 · {name}"
        else:
            yield f"다시 실행 · {name} · {why(recipe, older.get(name))}"


def why(now: dict[str, Any], notebook: Node | None) -> str:
    """Say in what a page differs from the last notebook that it produced."""
    if notebook is None:
        return "실행한 적이 없음"
    then = notebook.metadata.livedocs
    if "cells" not in then or "environment" not in then:
        return "엔진이 바뀜"
    code, asks = ([[row[part] for row in made["cells"]] for made in (now, then)] for part in (0, 2))
    if code[0] != code[1]:
        return "코드가 바뀜"
    if asks[0] != asks[1]:
        return "본문의 값이 바뀜"
    old, new = then["environment"], now["environment"]
    changed = sorted(name for name in new if new[name] != old.get(name))
    return f"환경이 바뀜: {', '.join(changed)}" if changed else "자료나 속성이 바뀜"
