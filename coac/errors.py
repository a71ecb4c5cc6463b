"""Error pages. Those for 400, 500 and 503 are rendered without the request and the database."""

import logging
import sqlite3
import sys
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.template import loader

from coac.context_processors import site

logger = logging.getLogger(__name__)

# SQLite's codes for a statement that it cannot run; its others are about the file or a lock.
FAULTS_OF_STATEMENTS = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISUSE)
# Classes of PostgreSQL's codes: connection, rollback, resources (disk, memory, connections),
# a lock, the operator's doing, the system. The rest are faults of statements.
AWAY_CLASSES = ("08", "40", "53", "55", "57", "58")
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
RETRY_AFTER_SECONDS = 10


def is_database_away(error: BaseException | None) -> bool:
    """Whether the database could not be reached or could not serve, so that waiting may help.

    OperationalError is also said of a search too long for it, which is no better tomorrow.
    """
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    cause = error.__cause__
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF not in FAULTS_OF_STATEMENTS  # the rest of the bits say more exactly
    # psycopg has no state for a connection that was lost or never made.
    state = getattr(cause, "sqlstate", None)
    return state is None or state[:2] in AWAY_CLASSES


def page(template: str, status: int) -> HttpResponse:
    """A template that needs nothing but SITE_URL and REPORT_URL."""
    return HttpResponse(loader.render_to_string(template, dict(site())), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400: an unknown Host, a malformed request, or one that is too large to take."""
    if isinstance(exception, TOO_LARGE):
        return page("413.html", 413)
    return page("400.html", 400)


def no_such_page(request: HttpRequest, **arguments: Any) -> HttpResponse:
    """A view for addresses of Django's that are not to answer."""
    raise Http404


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500, called while the exception is being handled.

    A database that fails inside a middleware ends here, and is no fault of the site's either.
    """
    error = sys.exc_info()[1]
    if error is not None and is_database_away(error):
        return unavailable(error)
    return page("500.html", 500)


def unavailable(error: BaseException) -> HttpResponse:
    """The 503 page, asking to come back; `error` goes to the log."""
    logger.error("The database does not answer", exc_info=error, extra={"status": 503})
    return busy()


def busy() -> HttpResponse:
    """The 503 page, asking to come back."""
    response = page("503.html", 503)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response
