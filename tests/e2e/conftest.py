"""What end-to-end tests share: a browser, a sandbox server, and the phone on it.

The browser lives as long as one module and is used from plain (not async) tests: while Playwright runs, its event loop
counts as running in this thread, and an async test could not start its own.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.e2e.phone import Phone
from tests.e2e.sandbox_process import SandboxProcess

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OPTIONS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium, without a window."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip(f"no browser on this machine: none of {', '.join(BROWSERS)} is on PATH")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        yield chromium
        chromium.close()


@pytest.fixture
def sandbox_server(tmp_path: Path) -> Iterator[SandboxProcess]:
    """A sandbox of the test's own, empty at first."""
    server = SandboxProcess(tmp_path / "sandbox")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def phone(browser: Browser, sandbox_server: SandboxProcess) -> Iterator[Phone]:
    """The phone's page on a desktop; the test fails where the page itself fails."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB")
    page = context.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    yield Phone(page, sandbox_server.url)
    context.close()
    assert failures == [], "the page's own scripts failed"
