"""A real Chromium, driven by Playwright, that talks to the live server alone."""

import os
import shutil

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connections
from django.test.testcases import LiveServerThread

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
]


def chromium_path():
    """CHROMIUM if it is set, else the system's Chromium or Chrome, else None."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    return next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="module")
def browser():
    """One Chromium for a module's tests.

    Not for the session: while Playwright runs, this thread has a running event loop, in which
    Django refuses the database unless told otherwise, and other modules must not be told.
    """
    path = chromium_path()
    if path is None:
        pytest.skip("no Chromium found: install it, or name it in CHROMIUM")
    from playwright.sync_api import sync_playwright

    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    arguments = [*ARGUMENTS, "--no-sandbox"] if as_root else ARGUMENTS
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=path, args=arguments)
            yield chromium
            chromium.close()
    finally:
        if before is None:
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
        else:
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


class LiveServer(ThreadedWSGIServer):
    """Django's, without a fuss about the tests' own connections to a database in memory.

    To close one does nothing, but a browser may hang up when they are no longer shared with the
    thread of its request, and that is an exception nobody handles.
    """

    def _close_connections(self):
        for connection in connections.all(initialized_only=True):
            if connection not in self.connections_override.values():
                connection.close()


LiveServerThread.server_class = LiveServer


class Pages:
    """Opens pages of the live server, each in a fresh context; notes what goes wrong in them.

    `problems` gets each console error or warning (so each breach of the Content-Security-Policy),
    each uncaught exception, and each request to another server, which is not let out. A test
    that expects some takes them out.
    """

    def __init__(self, browser, address):
        self.browser = browser
        self.address = address
        self.problems = []
        self.contexts = []

    def __call__(self, path=None, *, width=1280, height=900, dark=False, scripts=True, **options):
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            service_workers="block",
            **options,
        )
        self.contexts.append(context)
        context.set_default_timeout(30_000)
        context.route("**/*", self._keep_inside)
        page = context.new_page()
        page.on("console", self._note_message)
        page.on("pageerror", lambda error: self.problems.append(f"exception: {error}"))
        if path is not None:
            page.goto(self.address + path)
        return page

    def _keep_inside(self, route):
        url = route.request.url
        if url.startswith((self.address + "/", "data:", "blob:")):
            route.continue_()
        else:
            self.problems.append(f"request to another server: {url}")
            route.abort()

    def _note_message(self, message):
        if message.type in ("error", "warning"):
            self.problems.append(f"console {message.type}: {message.text}")

    def close(self):
        for context in self.contexts:
            context.close()


@pytest.fixture
def open_page(browser, live_server):
    """`open_page(path, width=…, dark=…)` gives a page; a problem noted fails the test."""
    pages = Pages(browser, live_server.url)
    yield pages
    pages.close()
    assert not pages.problems, "\n".join(pages.problems)
