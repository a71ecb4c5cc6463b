"""Passwords tried at the same moment."""

import contextlib
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.db import connections
from django.test import Client

from coac import tries
from tests.coac.test_signing_in import PHRASE, attempt

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return get_user_model().objects.create_superuser("ada", password=PHRASE)


@pytest.fixture
def looked_at(monkeypatch, settings):
    """The passwords that are looked at; while each is, the next try is made, up to five.

    Three are allowed: ten within each other would be too deep for Python.
    """
    settings.AXES_FAILURE_LIMIT = 3
    found = []
    answers = []
    authenticate = ModelBackend.authenticate

    def slowly(self, request, username=None, password=None, **more):
        found.append(password)
        if len(found) + len(answers) < 5:
            answers.append(attempt(Client(), password=f"wrong {len(found)}").status_code)
        return authenticate(self, request, username, password, **more)

    monkeypatch.setattr(ModelBackend, "authenticate", slowly)
    monkeypatch.setattr(tries, "looked_at_together", contextlib.nullcontext())
    return found


# S08
def test_of_tries_made_while_others_are_looked_at_no_more_than_may_fail_are_looked_at(
    client, ada, looked_at
):
    attempt(client)

    assert len(looked_at) == 3
    assert attempt(client, password=PHRASE).status_code == 429
    assert len(looked_at) == 3
    assert sum(AccessAttempt.objects.values_list("failures_since_start", flat=True)) == 3


# S08
def test_a_try_that_succeeds_does_not_count(client, ada):
    for _ in range(12):
        assert attempt(client, password=PHRASE).status_code == 302

    assert not AccessAttempt.objects.exists()


# S08
def test_a_right_password_of_an_account_that_may_not_sign_in_counts(client):
    get_user_model().objects.create_user("reader", password=PHRASE)

    statuses = [attempt(client, "reader", PHRASE).status_code for _ in range(11)]

    assert statuses == [200] * 10 + [429]


# S08, S40
def test_a_process_looks_at_two_passwords_at_once(monkeypatch):
    together = []
    inside = 0
    lock = threading.Lock()

    def slowly(self, request, **more):
        nonlocal inside
        with lock:
            inside += 1
            together.append(inside)
        time.sleep(0.02)
        with lock:
            inside -= 1

    monkeypatch.setattr(ModelBackend, "authenticate", slowly)
    with ThreadPoolExecutor(8) as pool:
        for _ in range(8):
            pool.submit(tries.Backend().authenticate, None, username="ada")

    assert len(together) == 8
    assert max(together) == 2


# SQLite in memory has one connection for all: there are no two moments that could be the same.
if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):

    @pytest.mark.django_db(transaction=True)
    def test_of_tries_made_at_the_same_moment_ten_are_looked_at(monkeypatch):  # S08
        get_user_model().objects.create_superuser("ada", password=PHRASE)
        found = []
        authenticate = ModelBackend.authenticate
        monkeypatch.setattr(
            ModelBackend,
            "authenticate",
            lambda self, *given, **more: found.append(1) or authenticate(self, *given, **more),
        )
        together = threading.Barrier(30)

        def one(number):
            together.wait()
            try:
                return attempt(Client(), username=f"guess{number % 3}").status_code
            finally:
                connections.close_all()

        with ThreadPoolExecutor(30) as pool:
            statuses = list(pool.map(one, range(30)))

        assert len(found) == 10
        assert statuses.count(429) >= 20
        assert sum(AccessAttempt.objects.values_list("failures_since_start", flat=True)) == 10
