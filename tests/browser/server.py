"""Serve a built folder on this machine, with a content security policy where one is wanted."""

import contextlib
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class Handler(SimpleHTTPRequestHandler):
    """Files of one folder, quietly."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *words, policy: str = "", **more) -> None:
        self.policy = policy
        super().__init__(*words, **more)

    def end_headers(self) -> None:
        """Send the policy with every answer, workers' scripts included."""
        if self.policy:
            self.send_header("Content-Security-Policy", self.policy)
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *words: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def serving(folder: Path, policy: str = "") -> Iterator[str]:
    """Serve a folder; give its address, which ends with a slash."""
    handler = partial(Handler, directory=str(folder), policy=policy)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()
