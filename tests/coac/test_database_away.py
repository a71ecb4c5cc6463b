import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError, close_old_connections, connection

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

    monkeypatch.setattr(SessionStore, "save", lost)
    client.raise_request_exception = False
    client.cookies["sessionid"] = "a" * 32
    monkeypatch.setattr(SessionStore, "_get_session_from_db", lambda self: None)

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
