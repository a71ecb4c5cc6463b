"""What every test gets: plain settings, strict templates, skips counted, a browser, the record."""

import os

import pytest

from tests.strict_templates import MISSING, strict_variables

pytest_plugins = ["tests.browser_fixtures", "tests.record_fixtures"]

skipped: list[str] = []


def pytest_configure(config):
    from django.conf import settings

    # The manifest storage wants collectstatic first, and turns a missing file into a 500.
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.WHITENOISE_USE_FINDERS = True
    settings.WHITENOISE_AUTOREFRESH = True
    # Cost is what the real hashers are for; tests log in often.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_addoption(parser):
    parser.addoption(
        "--only-database",
        action="store_true",
        help="leave out tests of looks and those that use no database: they would only run again",
    )


# These modules take longest, and one that starts last lets the other workers wait.
LONG = ("test_visibility", "test_size", "test_crawl", "test_judgements", "test_bench", "test_kill")


@pytest.hookimpl(trylast=True)  # after the modules have been put in random order
def pytest_collection_modifyitems(config, items):
    items.sort(key=lambda item: not (item.get_closest_marker("browser") or item.path.stem in LONG))
    if not config.getoption("--only-database"):
        return
    kept = [it for it in items if uses_the_database(it) and not it.get_closest_marker("looks")]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def uses_the_database(item):
    wanted = {"db", "transactional_db", "django_db_setup", "live_server", "admin_client"}
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(wanted & fixtures)


def pytest_runtest_logreport(report):
    if report.skipped and not hasattr(report, "wasxfail"):
        skipped.append(report.nodeid)


def pytest_sessionfinish(session, exitstatus):
    """In continuous integration nothing may be skipped: a skip there is a test nobody runs."""
    in_worker = hasattr(session.config, "workerinput")
    demanded = os.environ.get("CI", "").lower() in ("1", "true", "yes")
    if demanded and skipped and not in_worker and exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter):
    if os.environ.get("CI", "").lower() in ("1", "true", "yes") and skipped:
        terminalreporter.write_line(
            f"CI is set, and {len(skipped)} tests were skipped: {', '.join(skipped[:5])}", red=True
        )


@pytest.fixture(autouse=True, scope="session")
def strict_templates():
    with strict_variables():
        yield


@pytest.fixture(autouse=True)
def no_misspelt_template_variables():
    """Also catches a variable missed in the live server's thread, or behind an error page."""
    MISSING.clear()
    yield
    assert not MISSING, "; ".join(MISSING)
