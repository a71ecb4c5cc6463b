import pytest
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder


def test_the_health_page_asks_nothing_of_the_database(client):
    # Without the django_db mark a query would fail.
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_the_site_is_ready_when_the_database_has_every_migration(client):
    response = client.get("/readyz")

    assert (response.status_code, response.content) == (200, b"ready\n")
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_the_site_is_not_ready_while_a_migration_waits(client):
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("sessions", "0001_initial")

    response = client.get("/readyz")

    assert (response.status_code, response.content) == (503, b"migrations not applied: 1\n")


@pytest.mark.django_db
def test_the_site_is_not_ready_while_the_database_is_away(client, monkeypatch):
    def away(*arguments):
        raise DatabaseError

    monkeypatch.setattr("coac.health.MigrationExecutor", away)

    response = client.get("/readyz")

    assert (response.status_code, response.content) == (503, b"the database does not answer\n")
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_pages_only_answer_questions(client, path):
    assert client.post(path).status_code == 405
