"""`mkdocs serve`: what changed is rendered at once; all else follows when the author rests."""

import logging
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from livedocs.behind import BEHIND
from livedocs.project import Project
from livedocs.report import BUILT
from livedocs.site import Site
from livedocs.whole import WholeBuild

if TYPE_CHECKING:  # no other command waits for what it imports
    from mkdocs.livereload import LiveReloadServer

log = logging.getLogger("mkdocs.plugins.livedocs")
LOOK = 0.1  # seconds between two looks at the files, of which MkDocs lets 0.5 pass


class Preview:
    """The site that an author is looking at."""

    site: Site

    def __init__(self, prepare: Callable[[File], None]) -> None:
        self.prepare = prepare
        """Has a page run that was saved."""
        self.server: LiveReloadServer | None = None
        self.watched: list[Path] = []
        self.stamps: dict[Path, tuple[int, int]] = {}
        self.visited: set[str] = set()
        """The pages that a browser has shown: there they are kept right."""
        self.stale: set[str] = set()
        """The pages that have run since they were rendered."""
        self.whole = WholeBuild()
        self.awake = threading.Event()

    def serve(
        self, server: "LiveReloadServer", config: MkDocsConfig, builder: Any, project: Project
    ) -> None:
        """Take the place of MkDocs' builder, which renders every page after every change."""
        from watchdog.observers.polling import PollingObserver

        self.server, self.whole.build = server, builder
        self.pulse = project.cache / "pulse"
        self.pulse.parent.mkdir(parents=True, exist_ok=True)
        self.pulse.touch()
        usual = [config.docs_dir, config.config_file_path]
        for path in usual:
            server.unwatch(path)  # an observer keeps the pace that it had when it was told of it
        server.observer = PollingObserver(timeout=LOOK)
        server.build_delay = LOOK / 2
        wanted = {*usual, *config.watch, str(project.data), str(project.examples)}
        self.watched = [Path(path) for path in sorted(wanted) if Path(path).exists()]
        for each in (*self.watched, self.pulse):
            server.watch(str(each))
        self.changes()
        server.builder = self.render_changes
        server.set_app(self.answer)
        threading.Thread(target=self.follow, daemon=True).start()

    def answer(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Serve a file, noting which page is looked at: it is run first."""
        assert self.server
        address = environ["PATH_INFO"].removeprefix(self.server.mount_path)
        for path, built in list(BUILT.items()):
            if built.url.removesuffix("./") == address:
                self.visited.add(path)
                for waiting in BEHIND:
                    waiting.looked_at = path
        return self.server.serve_request(environ, start_response)

    def changes(self) -> list[Path]:
        """Return the files that have changed since this was last asked."""
        paths = (path for top in self.watched for path in (top, *top.rglob("*")))
        stats = {path: path.stat() for path in paths if path.is_file()}
        new = {path: (stat.st_mtime_ns, stat.st_size) for path, stat in stats.items()}
        old, self.stamps = self.stamps, new
        return [path for path in {**old, **new} if old.get(path) != new.get(path)]

    def render_changes(self) -> None:
        """Render what was saved; MkDocs calls this, then has the browser reload."""
        changed = self.changes()
        with self.whole.before():
            sources = {Path(file.abs_src_path or ""): file for file in self.site.files}
            for path in changed:
                if path in sources and path.is_file():
                    self.prepare(sources[path])
                    self.site.render(sources[path])
        if changed:
            self.whole.later()
            self.awake.set()

    def ended(self, path: str) -> None:
        """Have the outputs of a page that has run shown; called from any thread."""
        self.stale.add(path)
        self.awake.set()

    def follow(self) -> None:
        """Show outputs as they come and, when the author rests, build the whole site."""
        while True:
            self.awake.wait(timeout=self.whole.wait())
            self.awake.clear()
            visited = [BUILT[path].url for path in self.visited if path in BUILT]
            shown = self.site.shown(visited)
            try:
                self.render_stale()
                self.whole.run()
            except (Exception, SystemExit) as error:  # the next change must find this loop alive
                log.error("사이트를 새로 만들지 못했습니다: %s", error)
            if self.site.shown(visited) != shown:
                self.pulse.touch()  # MkDocs watches it, finds nothing to build, and reloads

    def render_stale(self) -> None:
        """Render the pages that have run, and those still waiting that somebody looks at."""
        running = {path for waiting in BEHIND for path in waiting.latest}
        stale, self.stale = self.stale, set()
        if stale and not running:
            self.whole.later()  # for all that is made of several pages
        for path in stale | (running & self.visited if stale else set()):
            file = self.site.files.get_file_from_path(path.removeprefix("docs/"))
            if file:  # none for an example: its notebook is written by the next whole build
                with self.whole.before():
                    self.site.render(file)

    def built(self, site: Site) -> None:
        """Serve the site that has just been built as a whole."""
        self.site = site
        if self.server:
            self.server.root = site.config.site_dir
