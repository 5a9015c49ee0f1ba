"""Send pages to a Dask cluster; take what its workers made of them into the cache."""

import contextlib
import functools
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from livedocs import cache, progress
from livedocs.arrival import arrived
from livedocs.book import SEEN, keep, tell_end, unknown
from livedocs.crew import PATIENCE, ClusterProblem, Crew, connected, crew_of, no_worker
from livedocs.environment import choose_backend
from livedocs.job import given, pack, reads_sets, sets_of, work
from livedocs.pages import Cell
from livedocs.project import Project
from livedocs.results import Ran
from livedocs.run import Tell
from livedocs.waiting import Waiting
from livedocs.warmth import modules_of

TICK = 0.1  # seconds
KEPT = "끝난 쪽의 결과는 남아 있습니다."

Pages = Mapping[str, list[Cell]]
Send = Callable[[str, list[Cell]], Any]


def run_on_cluster(pages: Pages, project: Project, tell: Tell, address: str) -> dict[str, Ran]:
    """Return what each page put out on the workers of a cluster.

    Args:
        pages: the cells of each page, by the page's path; pages without cells are left out.
        project: where cache and data are.
        tell: called with each line of progress.
        address: where the scheduler listens: `tcp://host:8786`.

    Raises:
        ClusterProblem: there is no such cluster, or it can run no pages.
    """
    backend = choose_backend()
    pages = {name: cells for name, cells in pages.items() if cells}
    used = {backend, *(cell.backend for cells in pages.values() for cell in cells)} - {""}
    with connected(address) as client:
        crew = crew_of(client, used)
        recipes = {
            name: cache.recipe(cells, backend, project, crew.says.__getitem__)
            for name, cells in pages.items()
        }
        keys = {name: cache.name_of(recipe) for name, recipe in recipes.items()}
        for key in keys.values():
            SEEN.pop(key, None)  # a page that failed before is given another chance
        waiting = Waiting()
        waiting.want(todo := unknown(pages, keys, project))
        for line in crew.told() if todo else ():
            tell(line)
        send = sender(client, crew, todo, keys, project, backend)
        ran = {name: SEEN[keys[name]] for name in pages if name not in todo}
        with progress.kept(lambda: f"클러스터에서 {waiting.progress()} · {waiting.times()}"):
            for name, end in ended(client, crew, send, waiting):
                ran[name] = arrived(name, end, recipes[name])
                keep(name, ran[name], project, tell)
                waiting.ended(name, pages[name])
                tell_end(name, ran[name], waiting, tell)
    return ran


def sender(
    client: Any, crew: Crew, pages: Pages, keys: Mapping[str, str], project: Project, backend: str
) -> Send:
    """Return what sends a page and gives its future.

    The key of a task is that of its result: two builds that want the same share one run.
    """
    name_of_sets, sets = sets_of(project)
    modules = modules_of(pages.values())
    asked: dict[str, Any] = {"workers": crew.addresses} if crew.others else {}

    @functools.cache
    def carried() -> Any:
        return client.submit(given, sets, key=f"livedocs-sets-{name_of_sets}", **asked)

    def send(name: str, cells: list[Cell]) -> Any:
        job = pack(cells, backend, name_of_sets, modules, project)
        own = carried() if reads_sets(cells) else {}
        key = f"livedocs-{keys[name]}"
        return client.submit(work, job, own, key=key, resources=crew.resources, **asked)

    return send


def ended(client: Any, crew: Crew, send: Send, waiting: Waiting) -> Iterator[tuple[str, Any]]:
    """Yield what became of each page as it ends: what `work` returned, or an exception.

    Only as many pages are out as there are threads: a page that waited on a worker would be blamed
    for its death. Futures are held to the end, so that a build which begins meanwhile shares them.

    Raises:
        ClusterProblem: the scheduler or all workers are gone.
    """
    from distributed import as_completed

    address = client.scheduler.address
    out, held = dict[str, Any](), list[Any]()
    ready = as_completed(loop=client.loop, with_results=True, raise_errors=False)
    last, room = time.monotonic(), threads(client, crew)
    while True:
        while len(out) < room and (page := waiting.take()):
            out[page[0]] = send(*page)
            ready.add(out[page[0]])
        if not out and not waiting.queue:
            return
        if any(future.status == "cancelled" for future in out.values()):
            raise ClusterProblem(f"{address}의 스케줄러가 사라졌습니다. {KEPT}")
        for future, end in ready.next_batch(block=False):  # fetched side by side, while we wait
            name = next(name for name, each in out.items() if each is future)
            yield name, end[1] if future.status == "error" else end
            held.append(out.pop(name))
        for lost in [each for each in held if not each.done()]:  # with its worker; we have it
            lost.release()
            held.remove(lost)
        time.sleep(TICK)
        if room := threads(client, crew):
            last = time.monotonic()
        if time.monotonic() - last > PATIENCE:
            raise ClusterProblem(f"{no_worker(address)} {KEPT}")


def threads(client: Any, crew: Crew) -> int:
    """Return how many pages can be run at once now."""
    with contextlib.suppress(OSError):  # the scheduler does not answer just now
        if client.status == "running":
            there = client.nthreads()
            return sum(n for name, n in there.items() if not crew.others or name in crew.addresses)
    return 0
