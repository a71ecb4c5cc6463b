import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import DatabaseError, OperationalError
from django.test import Client

pytestmark = pytest.mark.django_db

NOON = datetime(2024, 9, 18, 16, tzinfo=UTC)
PHRASE = "a long enough phrase"


@pytest.fixture
def ada():
    return get_user_model().objects.create_superuser("ada", password=PHRASE)


def sign_in(client):
    response = client.post("/admin/login/", {"username": "ada", "password": PHRASE})
    assert response.status_code == 302
    return client


def is_signed_in(client):
    return client.get("/admin/").status_code == 200


# S10
def test_a_session_ends_after_half_an_hour_of_rest(client, ada):
    with time_machine.travel(NOON, tick=False) as clock:
        sign_in(client)
        clock.shift(timedelta(minutes=29))
        assert is_signed_in(client)
        clock.shift(timedelta(minutes=29))
        assert is_signed_in(client)

        clock.shift(timedelta(minutes=31))

        assert not is_signed_in(client)


# S10
def test_a_session_ends_twelve_hours_after_signing_in_however_busy(client, ada):
    with time_machine.travel(NOON, tick=False) as clock:
        sign_in(client)
        for _ in range(28):
            clock.shift(timedelta(minutes=25))
            assert is_signed_in(client)

        clock.shift(timedelta(minutes=21))

        assert not is_signed_in(client)
        assert not Session.objects.exists()


# S10
def test_a_session_that_does_not_know_when_it_began_is_not_trusted(client, ada):
    client.force_login(ada)
    session = client.session
    del session["signed_in_at"]
    session.save()

    assert not is_signed_in(client)


# S10
def test_signing_in_gives_a_new_session_and_signing_out_ends_it(client, ada):
    client.cookies[settings.SESSION_COOKIE_NAME] = "planted" * 5
    sign_in(client)
    kept = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert not kept.startswith("planted")

    client.post("/admin/logout/")

    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = kept
    assert not is_signed_in(thief)


# S10
def test_a_changed_password_ends_the_other_sessions(client, ada):
    sign_in(client)

    ada.set_password("another long enough phrase")
    ada.save()

    assert not is_signed_in(client)


# S10
def test_disabling_an_account_ends_its_sessions(client, ada):
    sign_in(client)

    ada.is_active = False
    ada.save()

    assert not is_signed_in(client)


# S10
def test_the_session_cookie_is_out_of_reach_of_scripts_and_foreign_sites(client, ada):
    sign_in(client)

    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert cookie["max-age"] == 1800


def full(self, *given, **more):
    """What saving raises when the disk is full."""
    cause = sqlite3.OperationalError("database or disk is full")
    cause.sqlite_errorcode = sqlite3.SQLITE_FULL
    raise OperationalError("database or disk is full") from cause


# S31, S42
def test_with_a_full_disk_staff_read_on(client, ada, monkeypatch):
    sign_in(client)
    monkeypatch.setattr(Session, "save", full)

    response = client.get("/admin/")

    assert response.status_code == 200
    assert "Cookie" in response.headers["Vary"]
    assert settings.SESSION_COOKIE_NAME not in response.cookies


# S31, S42
def test_with_a_full_disk_what_the_session_should_keep_is_refused_in_words(
    client, ada, monkeypatch
):
    client.raise_request_exception = False
    sign_in(client)
    monkeypatch.setattr(Session, "save", full)

    response = client.post("/admin/login/", {"username": "ada", "password": PHRASE})

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "10"


def test_a_session_that_ended_elsewhere_meanwhile_is_still_told_so(client, ada, monkeypatch):
    sign_in(client)
    monkeypatch.setattr(
        Session, "save", lambda *given, **more: (_ for _ in ()).throw(DatabaseError("no rows"))
    )

    assert client.get("/admin/").status_code == 400
