"""The record on a live server, once for a module, and how a page is looked at."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from pytest_django.live_server_helper import LiveServer

from papers.record import load_record
from tests.browser_fixtures import Pages
from tests.changes_fixtures import add_later_papers
from tests.record_fixtures import FOLDER

PHRASE = "a long enough phrase"
COLOURS = ("color-contrast", "link-in-text-block")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def site(browser, django_db_setup, django_db_blocker):
    """The record and some later papers, served. Not ``live_server``: that empties the database.

    Begins after the browser and ends before it: while Playwright's event loop runs, Django has
    connections of their own for this thread, and the server has to share those of the tests.
    """
    with django_db_blocker.unblock(), override_settings(ROOT_URLCONF="tests.browser.urls"):
        load_record(FOLDER)
        add_later_papers()
        server = LiveServer("localhost")
        server._live_server_modified_settings.enable()
        try:
            yield server.url
        finally:
            server._live_server_modified_settings.disable()
            server.stop()
            call_command("flush", verbosity=0, interactive=False)
            connections.close_all()


@pytest.fixture
def db(site):
    """In place of pytest-django's: the same database, but no transaction around the test.

    For tests that store what a page shows: on PostgreSQL the server has connections of its own,
    and would not see what stands in a transaction. They take away what they stored.
    """


@pytest.fixture(scope="module")
def staff(site):
    """A superuser, stored where the server sees it; the module's end empties the database."""
    return get_user_model().objects.create_superuser("ada", password=PHRASE)


@pytest.fixture
def sign_in(open_page, staff):
    """A page of somebody signed in; the options are those of ``open_page``."""

    def opened(**options):
        page = open_page("/admin/login/", **options)
        page.get_by_label("Username").fill(staff.username)
        page.get_by_label("Password").fill(PHRASE)
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url("**/admin/")
        return page

    return opened


@pytest.fixture
def open_page(browser, site):
    """As everywhere, but of the served record; what an error page is expected to say is let be."""
    pages = Pages(browser, site)
    yield pages
    pages.close()
    unexpected = [it for it in pages.problems if "the server responded with a status of" not in it]
    assert not unexpected, "\n".join(unexpected)


def open_all_details(page):
    for _ in range(2):
        page.evaluate("document.querySelectorAll('details').forEach(it => { it.open = true })")


def faults(page, widths):
    """What axe finds at each width in light and dark, and where the page scrolls sideways."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate("document.scrollingElement.scrollWidth > innerWidth"):
            found.append(f"{width} px: scrolls sideways")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.evaluate("document.getAnimations().forEach(it => it.finish())")
            # In dark nothing but colours is other than in light.
            lines = violations(page, *(COLOURS if scheme == "dark" else ()))
            found += [f"{width} px, {scheme}: {it}" for it in lines]
    return found


def violations(page, *rules):
    """What axe finds on the page as it stands, with its styles: a line for each element.

    By the rules named, or by all.
    """
    page.wait_for_load_state()
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    run_only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
    options = {"runOnly": run_only, "resultTypes": ["violations"], "preload": False}
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return [
        f"{violation['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for violation in found
        for node in violation["nodes"]
    ]
