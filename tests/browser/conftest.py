"""What browser tests share: a Chromium, a server for built folders, pages that are watched.

`open_page` is all that most tests want: `open_page(folder, "history/")` serves a built folder and
opens an address of it. A test of the real book takes `site` (tests/conftest.py) for the folder.
"""

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from browser.server import serving
from browser.watched import Watched

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
MISSING = (
    "브라우저가 없습니다. Debian에서는 apt-get install chromium, 다른 곳에서는 "
    "python -m playwright install chromium으로 놓으세요."
)
Open = Callable[..., Watched]
expect.set_options(timeout=30_000)  # milliseconds; a busy machine takes more than the usual 5 s


def executable(playwright: Playwright) -> str | None:
    """Return the path of a Chromium: the system's, else the one that Playwright installs."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    own = playwright.chromium.executable_path
    return found or (own if Path(own).exists() else None)


def launched(playwright: Playwright) -> Browser:
    """Start a Chromium without a window; a newcomer without one skips, CI fails."""
    path = executable(playwright)
    if not path:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(MISSING)
    # Chromium's sandbox wants rights that containers and root do not have.
    return playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])


# A package's scope, not the session's: while Playwright lives, its event loop runs in this thread,
# and a test elsewhere that wants one of its own would fail.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Give a Chromium to all tests that do not start their own."""
    with sync_playwright() as playwright:
        browser = launched(playwright)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Give a way to open a page of a built folder: `open_page(folder, address, policy, **context)`.

    A reader has moved there, and the theme's script runs; with `still=True` nobody has.
    `context` is what Playwright's `new_context` takes: `viewport`, `color_scheme`,
    `java_script_enabled`, `permissions` and so on.
    """
    with contextlib.ExitStack() as stack:

        def open_page(
            folder: Path, address: str = "", policy: str = "", still: bool = False, **context
        ) -> Watched:
            home = stack.enter_context(serving(folder, policy))
            opened = browser.new_context(**context)
            stack.callback(opened.close)
            watched = Watched(opened.new_page(), home)
            watched.page.goto(home + address, wait_until="networkidle")
            if not still and context.get("java_script_enabled", True):
                watched.move()
            return watched

        yield open_page
