"""Error pages. Those for 400, 500 and 503 are rendered without the request and the database."""

import logging
import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader

from coac.context_processors import site

logger = logging.getLogger(__name__)

DATABASE_AWAY = (OperationalError, InterfaceError)
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
RETRY_AFTER_SECONDS = 10


def page(template: str, status: int) -> HttpResponse:
    """A template that needs nothing but SITE_URL and REPORT_URL."""
    return HttpResponse(loader.render_to_string(template, dict(site())), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400: an unknown Host, a malformed request, or one that is too large to take."""
    if isinstance(exception, TOO_LARGE):
        return page("413.html", 413)
    return page("400.html", 400)


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500, called while the exception is being handled.

    A database that fails inside a middleware ends here, and is no fault of the site's either.
    """
    error = sys.exc_info()[1]
    if isinstance(error, DATABASE_AWAY):
        return unavailable(error)
    return page("500.html", 500)


def unavailable(error: BaseException) -> HttpResponse:
    """The 503 page, asking to come back; `error` goes to the log."""
    logger.error("The database does not answer", exc_info=error, extra={"status": 503})
    response = page("503.html", 503)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response
