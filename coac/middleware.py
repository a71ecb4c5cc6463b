"""What holds for every request: its limits, its headers, its log line, and no cookie in public."""

import logging
import re
import threading
import time
import uuid
from collections.abc import Callable

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import DisallowedHost, PermissionDenied
from django.db import DatabaseError
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from coac import errors, logs
from coac.charsets import OTHER_CHARSET

GetResponse = Callable[[HttpRequest], HttpResponseBase]

STAFF_PATH = "/admin/"
HEALTH_PATHS = ("/healthz", "/readyz")
LONGEST_HOST = 253  # of a name in DNS
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "payment",
        "usb",
    )
)
request_log = logging.getLogger("coac.request")


class RequestLogMiddleware:
    """Give each request an id, or keep the proxy's, and write one line when it is answered.

    The line has the path but no query string: what people search for is their own affair.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        sent = request.headers.get("X-Request-ID", "")
        identity = sent if REQUEST_ID.fullmatch(sent) else uuid.uuid4().hex
        token = logs.request_id.set(identity)
        started = time.monotonic()
        try:
            response = self.get_response(request)
            response.headers["X-Request-ID"] = identity
            # Django would say the same once more, outside the request and so without its id.
            response._has_been_logged = True  # type: ignore[attr-defined]
            request_log.log(
                self.level(request, response),
                "Answered",
                extra={
                    "method": request.method,
                    "path": request.path,
                    "status": response.status_code,
                    "milliseconds": round((time.monotonic() - started) * 1000),
                },
            )
            return response
        finally:
            logs.request_id.reset(token)

    def level(self, request: HttpRequest, response: HttpResponseBase) -> int:
        """A refusal or a fault stands out; a health check that went well stays quiet."""
        if response.status_code in (401, 403, 429) or response.status_code >= 500:
            return logging.WARNING
        if request.path in HEALTH_PATHS and response.status_code == 200:
            return logging.DEBUG
        return logging.INFO


class SecurityHeadersMiddleware:
    """Set the security headers on every response, unless a view has set a stricter one itself.

    SecurityMiddleware does part of this, but not for a response that is made before it runs or
    while it fails, such as the 400 for an unknown host.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in self.headers(request).items():
            response.headers.setdefault(name, value)
        if self.must_not_be_stored(request, response):
            response.headers["Cache-Control"] = "no-store"
        return response

    def headers(self, request: HttpRequest) -> dict[str, str]:
        headers = {
            "Content-Security-Policy": "; ".join(
                " ".join([directive, *sources])
                for directive, sources in settings.SECURE_CSP.items()
            ),
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": settings.X_FRAME_OPTIONS,
            "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
            "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
            "Permissions-Policy": PERMISSIONS_POLICY,
        }
        if settings.SECURE_HSTS_SECONDS and request.is_secure():
            headers["Strict-Transport-Security"] = (
                f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains; preload"
            )
        return headers

    def must_not_be_stored(self, request: HttpRequest, response: HttpResponseBase) -> bool:
        """Staff pages, whatever a logged-in person reads, and failures; never static files."""
        if request.path.startswith(settings.STATIC_URL) and response.status_code < 400:
            return False
        return (
            request.path.startswith(STAFF_PATH)
            or request.path in HEALTH_PATHS
            or settings.SESSION_COOKIE_NAME in request.COOKIES
            or response.status_code >= 500
        )


class HeadMiddleware:
    """Answer HEAD with the headers of GET alone.

    Views answer it as they answer GET; a server that has to drop the bytes logs a fault for each.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method == "HEAD":
            if isinstance(response, StreamingHttpResponse):
                # Of a file too; closing the response still closes it.
                response.streaming_content = ()
            elif isinstance(response, HttpResponse):
                if response.content:
                    response.headers.setdefault("Content-Length", str(len(response.content)))
                response.content = b""
        return response


class DatabaseAwayMiddleware:
    """Turn a view's failure to reach the database into the 503 page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if errors.is_database_away(exception):
            return errors.unavailable(exception)
        return None


class PlainRequestMiddleware:
    """Refuse what nothing behind could answer: an unknown host, a charset, NUL in the admin.

    Django asks for the host later and not for static files, and logs a stranger's wrong one as a
    fault with its traceback. PostgreSQL raises at NUL, and the admin passes on what it is sent;
    public pages read their addresses themselves.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            request.get_host()
        except DisallowedHost:
            host = request.META.get("HTTP_HOST", "")[:LONGEST_HOST]
            request_log.warning("Refused: the host %r is not in ALLOWED_HOSTS", host)
            return errors.page("400.html", 400)
        if request.META.get(OTHER_CHARSET):
            return errors.page("400.html", 415)
        if request.path.startswith(STAFF_PATH):
            query = request.META.get("QUERY_STRING", "")
            if "\0" in request.path or "\0" in query or "%00" in query:
                return errors.page("400.html", 400)
        return self.get_response(request)


class BodyLimitMiddleware:
    """Refuse a body that is too large for its address before anything reads it.

    Django keeps a form's files on the disk before the view is asked, whoever sent them.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "Transfer-Encoding" in request.headers:
            # Its size shows only when all of it has come.
            return errors.page("400.html", 411)
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not (length.isascii() and length.isdecimal()):
            return errors.page("400.html", 400)
        size = int(length[:19])
        if size <= settings.PUBLIC_BODY_MAX_SIZE:
            return self.get_response(request)
        most, page = self.limit(request.path)
        if size > most or request.path == reverse("admin:login"):
            return errors.page("413.html", 413)
        if not admin.site.has_permission(request):
            # The session may just have run out: what was sent is not too large.
            return redirect_to_login(request.get_full_path(), reverse("admin:login"))
        if page is not None and not page.has_add_permission(request):
            raise PermissionDenied
        return self.get_response(request)

    def limit(self, path: str) -> tuple[int, ModelAdmin | None]:
        """How large a body from staff may be, and who to ask whether it may be sent at all."""
        if not path.startswith(STAFF_PATH):
            return settings.PUBLIC_BODY_MAX_SIZE, None
        for label, most in settings.LARGE_UPLOADS.items():
            if path == reverse(f"admin:{label.replace('.', '_')}_add"):
                return most, admin.site.get_model_admin(apps.get_model(label))
        return settings.DATA_UPLOAD_MAX_MEMORY_SIZE, None


class FilesOnTheirWayMiddleware:
    """Send so many documents at a time and no more: each holds a thread until its reader has it.

    For the documents of papers, so it stands behind what sends the few static files.
    """

    most = 8  # of a process's 32 threads

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.free = threading.BoundedSemaphore(self.most)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not isinstance(response, FileResponse):
            return response
        if not self.free.acquire(blocking=False):
            response.close()
            return errors.busy()
        # Called once, when the server has sent the response or could not.
        response._resource_closers.append(self.free.release)  # type: ignore[attr-defined]
        return response


class StaffTokenMiddleware:
    """Hide the token of staff's forms from the middleware that guards them, outside the admin.

    It would renew a token it does not like, and so set a cookie on a public page. A public view
    that took a POST would be refused by it for want of a token: none of them does.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(STAFF_PATH):
            request.COOKIES.pop(settings.CSRF_COOKIE_NAME, None)
        return self.get_response(request)


class StaffSessionMiddleware(SessionMiddleware):
    """Sessions belong to the admin; elsewhere the cookie is neither renewed, deleted nor varied on.

    Otherwise a signed-in person who reads a public page would get a Set-Cookie there, which a
    shared cache might hand to everybody.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        session = getattr(request, "session", None)
        used = session is not None and (session.accessed or session.modified)
        if not used and not request.path.startswith(STAFF_PATH):
            return response
        try:
            return super().process_response(request, response)
        except DatabaseError as error:
            # With a full disk staff can still read: only the session's end was to be put off.
            if request.session.modified or not errors.is_database_away(error):
                raise
            request_log.warning("The session could not be renewed", exc_info=error)
            patch_vary_headers(response, ["Cookie"])
            return response
