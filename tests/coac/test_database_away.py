import sqlite3

import psycopg
import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError, close_old_connections, connection

from coac.errors import is_database_away

pytestmark = pytest.mark.urls("tests.coac.failing_urls")


# S29, S42
@pytest.mark.parametrize("path", ["/operational/", "/interface/"])
def test_a_lost_database_gives_a_page_that_asks_to_come_back(client, path):
    response = client.get(path)

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "10"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.templates[0].name == "503.html"


# S29
def test_a_database_lost_inside_a_middleware_gives_the_same_page(client, monkeypatch):
    def lost(self, *arguments, **options):
        raise OperationalError("the connection was lost")

    def changed(self):
        self.modified = True

    monkeypatch.setattr(SessionStore, "save", lost)
    client.raise_request_exception = False
    client.cookies["sessionid"] = "a" * 32
    monkeypatch.setattr(SessionStore, "_get_session_from_db", changed)

    response = client.get("/admin/login/")

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "10"


# S42
@pytest.mark.parametrize(("path", "status"), [("/broken/", 500), ("/operational/", 503)])
def test_error_pages_need_no_database_and_tell_no_internals(client, path, status):
    # Without the django_db mark a query would fail.
    client.raise_request_exception = False

    response = client.get(path)

    page = response.content.decode()
    assert response.status_code == status
    assert response.templates[0].name == f"{status}.html"
    for word in ("Traceback", "ValueError", "a fault of the site", "the connection was lost"):
        assert word not in page


def caused(cause, kind=OperationalError):
    error = kind("in Django's own words")
    error.__cause__ = cause
    return error


def postgresql(kind):
    return caused(kind("in the server's words"))


def sqlite(statement, path=":memory:"):
    database = sqlite3.connect(path, timeout=0)
    try:
        database.execute(statement)
    except sqlite3.Error as cause:
        return caused(cause)
    finally:
        database.close()
    raise AssertionError(f"SQLite took {statement[:50]}")


# S14, S29
@pytest.mark.parametrize(
    "kind",
    [
        psycopg.errors.ConnectionFailure,
        psycopg.errors.AdminShutdown,
        psycopg.errors.CannotConnectNow,
        psycopg.errors.TooManyConnections,
        psycopg.errors.DiskFull,
        psycopg.errors.DeadlockDetected,
        psycopg.OperationalError,  # what a connection that is refused raises: it has no state
    ],
)
def test_a_server_that_cannot_serve_is_away(kind):
    assert is_database_away(postgresql(kind))


# S14
@pytest.mark.parametrize(
    "kind", [psycopg.errors.StatementTooComplex, psycopg.errors.ProgramLimitExceeded]
)
def test_a_statement_too_large_for_the_server_is_no_absence_of_it(kind):
    assert not is_database_away(postgresql(kind))


# S14
def test_a_statement_too_large_for_sqlite_is_no_absence_of_it():
    assert not is_database_away(sqlite("SELECT " + "1+" * 2000 + "1"))
    assert not is_database_away(sqlite("SELECT * FROM nothing"))


# S29, S30, S31
def test_a_file_that_cannot_be_opened_or_is_locked_is_away(tmp_path):
    path = tmp_path / "a.sqlite3"
    holder = sqlite3.connect(path)
    holder.execute("BEGIN EXCLUSIVE")

    locked = sqlite("CREATE TABLE a (b)", path)
    holder.close()
    path.write_bytes(b"This is no database." * 100)
    torn = sqlite("SELECT * FROM a", path)

    assert is_database_away(locked)
    assert is_database_away(torn)


def test_other_exceptions_say_nothing_of_the_database():
    assert not is_database_away(None)
    assert not is_database_away(ValueError("a fault"))


# S14
def test_a_statement_too_large_is_a_fault_of_the_site(client):
    client.raise_request_exception = False

    response = client.get("/too-large/")

    assert response.status_code == 500
    assert "Retry-After" not in response.headers


# S29
@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_server_ended_is_replaced_at_the_next_request(client):
    assert client.get("/queries/").status_code == 200
    if connection.vendor == "postgresql":
        # What a restart of the server leaves behind: a connection that looks open and is not.
        killer = connection.copy()
        with connection.cursor() as mine, killer.cursor() as theirs:
            mine.execute("SELECT pg_backend_pid()")
            theirs.execute("SELECT pg_terminate_backend(%s)", mine.fetchone())
        killer.close()

    # Django does this at the start of each request, but not for the test client.
    close_old_connections()
    response = client.get("/queries/")

    assert response.status_code == 200
    assert connection.settings_dict["CONN_HEALTH_CHECKS"]
    assert connection.settings_dict["CONN_MAX_AGE"] > 0
