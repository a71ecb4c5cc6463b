from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model

from coac.signing_in import client_address, counted_address

pytestmark = pytest.mark.django_db

NOON = datetime(2024, 9, 18, 16, tzinfo=UTC)
PHRASE = "a long enough phrase"


@pytest.fixture
def ada():
    return get_user_model().objects.create_superuser("ada", password=PHRASE)


def attempt(client, username="ada", password="wrong", address="192.0.2.1"):
    return client.post(
        "/admin/login/", {"username": username, "password": password}, REMOTE_ADDR=address
    )


# S08
def test_ten_wrong_tries_for_an_account_lock_it_at_their_address(client, ada):
    statuses = [attempt(client).status_code for _ in range(10)]

    locked = attempt(client, password=PHRASE)

    assert statuses == [200] * 9 + [429]
    assert locked.status_code == 429
    assert locked.headers["Retry-After"] == "900"
    assert locked.headers["Cache-Control"] == "no-store"
    assert "429.html" in [template.name for template in locked.templates]


# S08
def test_strangers_cannot_keep_the_owner_of_an_account_out(client, ada):
    for stranger in range(1, 4):
        for _ in range(11):
            attempt(client, address=f"192.0.2.{stranger}")

    assert attempt(client, password=PHRASE, address="198.51.100.1").status_code == 302


# S08
def test_ten_wrong_tries_from_an_address_lock_it_for_every_account(client, ada):
    for i in range(10):
        attempt(client, username=f"guess{i}")

    assert attempt(client, password=PHRASE).status_code == 429
    assert attempt(client, password=PHRASE, address="198.51.100.1").status_code == 302


# S08
def test_the_addresses_of_one_ipv6_line_are_counted_together(client, ada):
    statuses = [attempt(client, address=f"2001:db8:0:1::{i:x}").status_code for i in range(10)]

    assert statuses == [200] * 9 + [429]
    assert attempt(client, password=PHRASE, address="2001:db8:0:2::1").status_code == 302


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:0:1:2:3:4:5", "2001:db8:0:1::"),
        ("fe80::1%eth0", "fe80::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", ""),
    ],
)
def test_an_address_is_counted_as_its_line(rf, address, counted):
    assert counted_address(rf.get("/", REMOTE_ADDR=address)) == counted


# S08
def test_a_lock_ends_after_a_quarter_of_an_hour_even_if_strangers_go_on_trying(client, ada):
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(10):
            attempt(client)
        for _ in range(14):
            clock.shift(timedelta(minutes=1))
            assert attempt(client).status_code == 429

        clock.shift(timedelta(minutes=1, seconds=1))

        assert attempt(client, password=PHRASE).status_code == 302


# S08
def test_wrong_tries_are_forgotten_after_a_quarter_of_an_hour(client, ada):
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(9):
            attempt(client)
        clock.shift(timedelta(minutes=15, seconds=1))

        statuses = [attempt(client).status_code for _ in range(9)]

        assert statuses == [200] * 9


# S08
def test_unknown_and_known_accounts_get_the_same_words(client, ada):
    def pages(username, address):
        answers = [attempt(client, username, address=address) for _ in range(11)]
        return [(a.status_code, len(a.content) - len(username)) for a in answers]

    assert pages("ada", "192.0.2.1") == pages("who", "192.0.2.2")


# S08
def test_an_unknown_account_costs_a_password_check_too(client, ada, monkeypatch):
    from django.contrib.auth.hashers import MD5PasswordHasher

    encoded = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher,
        "encode",
        lambda self, password, salt: encoded.append(1) or encode(self, password, salt),
    )

    attempt(client, username="who")

    assert encoded


@pytest.mark.parametrize(
    ("behind_proxy", "forwarded", "address"),
    [
        (False, "203.0.113.9", "10.0.0.1"),
        (True, "203.0.113.9", "203.0.113.9"),
        (True, "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        (True, "203.0.113.9, nonsense", "10.0.0.1"),
        (True, "", "10.0.0.1"),
        (True, "2001:db8::1", "2001:db8::1"),
    ],
)
def test_only_our_own_proxy_is_believed_about_addresses(
    rf, settings, behind_proxy, forwarded, address
):
    settings.BEHIND_PROXY = behind_proxy
    request = rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded)

    assert client_address(request) == address
