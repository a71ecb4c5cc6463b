import pytest
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError


# S09
@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "nine purple zebras",
        "832954107736528",
        "customs and quiet mountains",
        "ünïcödé wörds áre fine",
        "zq" * 3 + "kvwxyjh" + "p" * 115,
    ],
)
def test_a_long_password_is_taken_whatever_it_is_made_of(password):
    validate_password(password, User(username="ada"))


# S09
@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("fourteen chars", "too short"),
        ("abcdefghijklmno pqrs" * 7, "at most 128 characters"),
        ("passwordpassword", "anyone would try here first"),
        ("CustomsBorder2024", "anyone would try here first"),
        ("coac-committee-2024!", "anyone would try here first"),
        ("C0AC w0rk1ng gr0up", "anyone would try here first"),
        ("cbp.trade.cbp.trade", "anyone would try here first"),
        ("CBP-COAC-Staff-12", "anyone would try here first"),
        ("aaaaaaaaaaaaaaaaaa", "repeats a few characters"),
        ("121212121212121212", "repeats a few characters"),
        ("ada.lovelace.1815", "too similar to the username"),
    ],
)
def test_a_password_that_is_easy_to_guess_is_refused_with_the_reason(password, words):
    with pytest.raises(ValidationError) as refusal:
        validate_password(password, User(username="ada.lovelace.18"))

    assert words in " ".join(refusal.value.messages)


def test_the_rules_are_told_beforehand():
    told = " ".join(password_validators_help_texts())

    assert "at least 15 characters" in told
    assert "at most 128 characters" in told
    assert "own words" in told
