"""A database that cannot be used is said in one sentence, without its password."""

import sqlite3
from types import SimpleNamespace

import psycopg
import pytest
from django.core.management import CommandError
from django.db import (
    DatabaseError,
    IntegrityError,
    OperationalError,
    ProgrammingError,
    connection,
)

from coac import databases
from coac.management.commands import serve
from tests.coac.test_database_away import caused
from tests.coac.test_environment import run_python

COMMANDS = (
    ("serve", "--check"),
    ("migrate", "--verbosity", "0"),
    ("load_record",),
    ("create_staff_account",),
)
REFUSED = (
    'connection failed: connection to server at "127.0.0.1", port 1 failed: Connection refused\n'
    "\tIs the server running on that host and accepting TCP/IP connections?"
)


@pytest.fixture
def postgresql(monkeypatch):
    known = {"NAME": "coac", "HOST": "db.example.gov", "PORT": "", "PASSWORD": "Secret-123"}
    monkeypatch.setattr(
        databases, "connection", SimpleNamespace(vendor="postgresql", settings_dict=known)
    )
    return known


@pytest.fixture
def sqlite(monkeypatch):
    known = {"NAME": "/srv/coac.sqlite3", "PASSWORD": ""}
    monkeypatch.setattr(
        databases, "connection", SimpleNamespace(vendor="sqlite", settings_dict=known)
    )


def of_sqlite(words, code):
    cause = sqlite3.DatabaseError(words)
    cause.sqlite_errorcode = code
    error = DatabaseError(words)
    error.__cause__ = cause
    return error


# As make run calls them, one after the other: whichever meets the database says the same.
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_file_that_is_no_database_is_named_by_every_command(command, tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("This is no database. " * 100)

    ended = run_python("manage.py", *command, DATABASE_URL=f"sqlite:///{path}", PORT="58377")

    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr.removeprefix("CommandError: ") == (
        f"The database that DATABASE_URL names, the file {path}, cannot be used (file is not a "
        "database): name another file in DATABASE_URL, or put a backup in the place of this one.\n"
    )


def test_a_server_that_does_not_answer_is_named_without_the_password():
    ended = run_python(
        *("manage.py", "serve", "--check"),
        DATABASE_URL="postgres://u:Pass-9@127.0.0.1:1/x",
        PORT="58377",
    )

    assert ended.returncode == 1
    assert ended.stderr == (
        "CommandError: The database that DATABASE_URL names, x at 127.0.0.1, port 1, cannot be "
        "used (Connection refused): start its server, or mend host, port, name, user and password "
        "in DATABASE_URL.\n"
    )


def test_who_asks_for_the_traceback_gets_it(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("This is no database. " * 100)

    ended = run_python("manage.py", "load_record", "--traceback", DATABASE_URL=f"sqlite:///{path}")

    assert "Traceback (most recent call last)" in ended.stderr


@pytest.mark.django_db
def test_a_database_that_answers_passes_the_check():
    serve.check_database()


@pytest.mark.django_db
def test_whatever_the_database_says_at_the_check_is_a_sentence(monkeypatch):
    def refuse():
        raise ProgrammingError('invalid connection option "nonsense"')

    monkeypatch.setattr(connection, "cursor", refuse)

    with pytest.raises(CommandError, match=r"cannot be used \(invalid connection option"):
        serve.check_database()


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (REFUSED, " (Connection refused)"),
        (
            'connection failed: connection to server at "::1", port 5432 failed: FATAL:  password '
            'authentication failed for user "coac"',
            ' (password authentication failed for user "coac")',
        ),
        ("connection timeout expired", " (connection timeout expired)"),
        ("bad connection string: password=Secret-123", ""),
        ("", ""),
    ],
)
def test_of_what_the_server_says_the_reason_is_repeated_and_no_secret(postgresql, words, reason):
    said = databases.sentence(OperationalError(words))

    assert said == (
        f"The database that DATABASE_URL names, coac at db.example.gov, port 5432, cannot be "
        f"used{reason}: start its server, or mend host, port, name, user and password in "
        "DATABASE_URL."
    )


def test_a_server_on_this_machine_is_named_so(postgresql):
    postgresql["HOST"] = ""

    assert "coac at this machine, port 5432," in databases.sentence(OperationalError(REFUSED))


@pytest.mark.parametrize(
    ("cause", "advice"),
    [
        (psycopg.errors.UndefinedTable, "run manage.py migrate first."),
        (psycopg.errors.InsufficientPrivilege, "let its user make tables in it and write to them."),
    ],
)
def test_what_helps_depends_on_what_postgresql_says(postgresql, cause, advice):
    error = caused(cause("in the server's words"), ProgrammingError)

    assert databases.is_unusable(error)
    assert databases.sentence(error).endswith(advice)


@pytest.mark.parametrize(
    ("words", "code", "advice"),
    [
        ("database is locked", sqlite3.SQLITE_BUSY, "end that one or try again later."),
        ("database disk image is malformed", sqlite3.SQLITE_CORRUPT, "in the place of this one."),
        ("no such table: papers_issuepaper", sqlite3.SQLITE_ERROR, "run manage.py migrate first."),
    ],
)
def test_what_helps_depends_on_what_sqlite_says(sqlite, words, code, advice):
    error = of_sqlite(words, code)

    assert databases.is_unusable(error)
    assert databases.sentence(error).endswith(advice)


def test_a_file_that_may_not_be_written_asks_for_permission_and_room(sqlite):
    error = OperationalError("attempt to write a readonly database")
    error.__cause__ = of_sqlite("", sqlite3.SQLITE_READONLY).__cause__

    assert databases.is_unusable(error)
    assert "may read and write it and its folder" in databases.sentence(error)


def test_a_fault_of_the_site_is_no_unusable_database():
    assert not databases.is_unusable(of_sqlite("no such column: x", sqlite3.SQLITE_ERROR))
    assert not databases.is_unusable(caused(psycopg.errors.UniqueViolation(""), IntegrityError))
