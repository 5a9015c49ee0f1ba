"""A browser's page that remembers all that a reader must never meet."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, Request, Response

# Chromium reports a violation to the document it happened in; the page keeps its own list.
NOTE_VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  const { effectiveDirective, blockedURI, sourceFile, sample } = event;
  window.violations.push([effectiveDirective, blockedURI, sourceFile ?? "", sample].join(" "));
});
"""


STARTED = "document.documentElement.matches('.js') || !document.querySelector('link[data-script]')"


class Watched:
    """An open page, and what happened on it so far."""

    def __init__(self, page: Page, home: str) -> None:
        self.page = page
        self.home = home
        """The address of the server."""
        self.dialogs: list[str] = []
        self.errors: list[str] = []
        """What the console calls an error, and exceptions that nobody caught."""
        self.requests: list[str] = []
        self.pending: set[Request] = set()
        self.missing: list[str] = []
        """What was asked for and not had."""
        page.add_init_script(NOTE_VIOLATIONS)
        page.on("dialog", self.dismiss)
        page.on("console", lambda said: self.errors.append(said.text) if is_error(said) else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", self.note)
        page.on("requestfinished", lambda request: self.pending.discard(request))
        page.on("requestfailed", lambda request: self.pending.discard(request))
        page.on("requestfailed", lambda request: self.missing.append(request.url))
        page.on("response", self.answered)

    def move(self) -> None:
        """Move as a reader does, and wait for the theme's script, which has waited for that."""
        self.page.mouse.move(1, 300)
        self.until(lambda: self.page.evaluate(STARTED))
        self.until(lambda: not self.pending)  # what it asked for has come

    def until(self, done: Callable[[], bool]) -> None:
        """Wait until something is so; Playwright's own way evaluates text, which a policy forbids.

        Raises:
            TimeoutError: it is not so within half a minute.
        """
        for _ in range(1500):
            if done():
                return
            self.page.wait_for_timeout(20)
        raise TimeoutError(self.page.url)

    def dismiss(self, dialog: Any) -> None:
        """Note a dialog; left open it would stop the page."""
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def note(self, request: Request) -> None:
        """Note a request; data are no request."""
        if not request.url.startswith(("data:", "blob:")):
            self.requests.append(request.url)
            self.pending.add(request)

    def answered(self, response: Response) -> None:
        """Note an answer that says no."""
        if response.status >= 400:
            self.missing.append(response.url)

    @property
    def violations(self) -> list[str]:
        """What the content security policy has forbidden in the main frame."""
        return self.page.evaluate("window.violations")

    @property
    def elsewhere(self) -> list[str]:
        """What was asked of anybody but the server."""
        return [url for url in self.requests if not url.startswith(self.home)]


def is_error(said: Any) -> bool:
    """Whether the console calls a message an error."""
    return said.type == "error"
