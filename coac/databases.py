"""What to tell whoever started a command when the database cannot be used."""

from __future__ import annotations

import sqlite3

from django.db import Error, connection

from coac.errors import is_database_away

BROKEN_FILE = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)
HELD_FILE = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
# PostgreSQL's codes.
NO_SUCH_TABLE = "42P01"
NOT_ALLOWED = "42501"


def is_unusable(error: Error) -> bool:
    """Whether the person who runs the site can mend it, as against a fault of the site."""
    return is_database_away(error) or bool(_advice_by_code(error))


def sentence(error: Error) -> str:
    """Which database cannot be used, why, and what would help; never its password."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        database = f"the file {known['NAME']}"
        advice = (
            "see that this account may read and write it and its folder, and that there is room"
        )
    else:
        at = f"{known['HOST'] or 'this machine'}, port {known['PORT'] or 5432}"
        database = f"{known['NAME']} at {at}"
        advice = "start its server, or mend host, port, name, user and password in DATABASE_URL"
    reason = _reason(error, str(known["PASSWORD"] or ""))
    return (
        f"The database that DATABASE_URL names, {database}, cannot be used{reason}: "
        f"{_advice_by_code(error) or advice}."
    )


def _state(error: Error) -> str:
    return getattr(error.__cause__, "sqlstate", None) or ""


def _advice_by_code(error: Error) -> str:
    code = getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF
    if code in BROKEN_FILE:
        return "name another file in DATABASE_URL, or put a backup in the place of this one"
    if code in HELD_FILE:
        return "another program holds it, so end that one or try again later"
    if _state(error) == NO_SUCH_TABLE or (code and "no such table" in str(error)):
        return "run manage.py migrate first"
    if _state(error) == NOT_ALLOWED:
        return "let its user make tables in it and write to them"
    return ""


def _reason(error: Error, password: str) -> str:
    """The first line of the database's own words, without what it tried before it failed."""
    words = (str(error).splitlines() or [""])[0].rpartition("failed: ")[2]
    words = words.removeprefix("FATAL:").strip(" .")
    return f" ({words})" if words and not (password and password in words) else ""
