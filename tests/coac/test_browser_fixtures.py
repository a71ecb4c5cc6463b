from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.servers.basehttp import WSGIRequestHandler
from django.db import connection, connections

from tests.browser_fixtures import LiveServer, chromium_path

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("document.body.innerHTML = '<p style=\"color: red\">x</p>'", "Content Security Policy"),
        ("setTimeout(() => { throw new Error('a fault') })", "exception: a fault"),
        ("console.warn('take care')", "console warning: take care"),
        ("location = 'https://example.com/'", "another server: https://example.com/"),
    ],
)
def test_what_goes_wrong_in_a_page_is_noted(open_page, script, words):
    page = open_page("/admin/login/")

    page.evaluate(script)
    page.wait_for_timeout(300)

    noted = "\n".join(open_page.problems)
    open_page.problems.clear()
    assert words in noted


def test_a_page_opens_at_the_width_and_in_the_colours_asked_for(open_page):
    page = open_page("/admin/login/", width=320, dark=True)

    assert page.evaluate("window.innerWidth") == 320
    assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")


def test_chromium_is_named_or_found(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/no/such/browser")
    assert chromium_path() is None

    monkeypatch.delenv("CHROMIUM")
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert chromium_path() is None


def test_a_browser_that_hangs_up_when_the_tests_are_over_is_no_fault():
    override = {"default": connection}

    def hang_up(server):
        connections["default"] = connection  # as the server does for each request
        server._close_connections()

    with (
        LiveServer(("localhost", 0), WSGIRequestHandler, connections_override=override) as server,
        ThreadPoolExecutor(1) as pool,
    ):
        pool.submit(hang_up, server).result()
