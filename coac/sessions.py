"""Database sessions with an end that no activity puts off."""

import time
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.db import DatabaseError

from coac import errors

SIGNED_IN_AT = "signed_in_at"  # seconds since the epoch, written by coac.signing_in


class SessionStore(DatabaseSessionStore):
    """A signed-in session reads as empty, and is deleted, SESSION_ABSOLUTE_AGE after signing in.

    The idle limit is Django's own: SESSION_COOKIE_AGE, renewed by each request.
    """

    def load(self) -> dict[str, Any]:
        data = super().load()
        if SESSION_KEY not in data:
            return data
        age = time.time() - data.get(SIGNED_IN_AT, 0)
        if age < settings.SESSION_ABSOLUTE_AGE:
            return data
        self.delete(self.session_key)
        self._session_key = None
        return {}

    def save(self, must_create: bool = False) -> None:
        """Raises UpdateError only where the session is gone, as after signing out elsewhere.

        Django raises it for a database that is full or away too, and answers 400.
        """
        try:
            super().save(must_create)
        except UpdateError as error:
            cause = error.__context__
            if isinstance(cause, DatabaseError) and errors.is_database_away(cause):
                raise cause from cause.__cause__
            raise
