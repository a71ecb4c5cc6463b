import io
import os
import socket
import sys

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from coac import environment
from coac.management.commands import serve


def called(name, *arguments):
    out = io.StringIO()
    call_command(name, *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def taken_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_the_environment_command_lists_every_variable():
    listed = called("environment")

    for variable in environment.VARIABLES:
        assert variable.name in listed
        assert variable.meaning in listed


def test_the_help_of_the_environment_command_lists_every_variable(capsys):
    with pytest.raises(SystemExit):
        call_command("environment", "--help")

    printed = capsys.readouterr().out
    assert all(variable.name in printed for variable in environment.VARIABLES)


@pytest.mark.django_db
def test_the_first_staff_account_gets_a_password_that_is_shown_and_works():
    shown = called("create_staff_account")

    staff = get_user_model().objects.get(username="staff")
    password = shown.split("Password:")[1].split()[0]
    assert staff.is_superuser
    assert staff.check_password(password)
    assert len(password) >= 15


@pytest.mark.django_db
def test_with_a_superuser_there_the_command_says_and_does_nothing():
    called("create_staff_account")

    assert called("create_staff_account") == ""
    assert get_user_model().objects.count() == 1


@pytest.mark.django_db
def test_an_ordinary_account_named_staff_is_not_raised_to_superuser():
    get_user_model().objects.create_user("staff")

    with pytest.raises(CommandError, match='the name "staff" is taken'):
        called("create_staff_account")

    assert not get_user_model().objects.filter(is_superuser=True).exists()


def test_a_port_in_use_is_said_in_one_sentence(taken_port):
    with pytest.raises(CommandError) as refusal:
        serve.check_port(taken_port)

    assert str(refusal.value).startswith(f"Port {taken_port} is in use by another program: ")
    assert "make run PORT=" in str(refusal.value)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PermissionError(13, "Permission denied"), "is reserved for the system"),
        (OSError(99, "Cannot assign requested address"), "Cannot assign requested address"),
    ],
)
def test_another_reason_against_a_port_is_said_too(error, words, monkeypatch):
    def refuse(*arguments):
        raise error

    monkeypatch.setattr(socket.socket, "bind", refuse)

    with pytest.raises(CommandError, match=words):
        serve.check_port(80)


@pytest.mark.parametrize(("port", "suggested"), [(8000, 8001), (80, 8001), (65535, 8001)])
def test_the_port_suggested_is_one_that_everybody_may_use(port, suggested):
    assert serve.other_port(port) == suggested


def test_serving_becomes_gunicorn_with_the_projects_configuration(monkeypatch):
    became = []
    monkeypatch.setattr(os, "execv", lambda program, words: became.append((program, words)))
    monkeypatch.setattr(serve, "check_port", lambda port: became.append(port))

    called("serve")

    port, (program, words) = became
    assert port == settings.ENVIRONMENT.port
    assert program == sys.executable
    assert words[1:] == ["-m", "gunicorn", "-c", "python:coac.server", "coac.wsgi"]


def test_serving_waits_for_no_database(monkeypatch):
    monkeypatch.setattr(os, "execv", lambda *words: None)
    monkeypatch.setattr(serve, "check_port", lambda port: None)
    monkeypatch.setattr(serve, "check_database", lambda: pytest.fail("it asked the database"))

    assert called("serve") == ""


@pytest.mark.django_db
def test_checking_only_does_not_serve(monkeypatch):
    monkeypatch.setattr(os, "execv", lambda *words: pytest.fail("it served"))
    monkeypatch.setattr(serve, "check_port", lambda port: None)

    assert called("serve", "--check") == ""
