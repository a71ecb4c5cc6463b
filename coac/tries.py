"""How often a password may be tried, and how many are looked at together (S08)."""

import threading
import uuid
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt
from django.contrib.auth.backends import ModelBackend
from django.db import connection, transaction
from django.http import HttpRequest

# A password takes a processor for a third of a second on purpose: others have to get their turn.
looked_at_together = threading.BoundedSemaphore(2)


class Backend(ModelBackend):
    """Django's accounts, of which a process compares the passwords of no more than two at once."""

    def authenticate(self, request: HttpRequest | None, *given: Any, **credentials: Any) -> Any:
        with looked_at_together:
            return super().authenticate(request, *given, **credentials)


class Handler(AxesDatabaseHandler):
    """Counts a try before its password is looked at, as if it were wrong.

    Otherwise any number of tries made at the same moment would all be let through before the first
    of them had failed. A try that neither signs in nor fails, such as that of an account without
    staff status, stays counted.
    """

    def is_allowed(self, request: HttpRequest, credentials: Any = None) -> bool:
        """Called before a password is looked at."""
        address = request.axes_ip_address  # type: ignore[attr-defined]
        with transaction.atomic():
            one_at_a_time(address)
            if not super().is_allowed(request, credentials):
                return False
            request.coac_try = AccessAttempt.objects.create(  # type: ignore[attr-defined]
                username=get_client_username(request, credentials),
                ip_address=address,
                # Of each kind of client axes keeps one row, and there may be many tries.
                user_agent=f"being looked at: {uuid.uuid4().hex}",
                failures_since_start=1,
            )
        return True

    def user_login_failed(
        self, sender: Any, credentials: Any, request: Any = None, **kwargs: Any
    ) -> None:
        with transaction.atomic():
            settle(request)
            super().user_login_failed(sender, credentials, request, **kwargs)

    def user_logged_in(self, sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
        settle(request)
        super().user_logged_in(sender, request, user, **kwargs)


def one_at_a_time(address: str) -> None:
    """Wait for others who count the tries of the address, until the transaction is over.

    In SQLite nobody else is in a transaction that may write.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(address)])


def settle(request: Any) -> None:
    """The try is over: from now on it counts for what it turned out to be."""
    counted = getattr(request, "coac_try", None)
    if counted is not None and counted.pk:
        counted.delete()
