"""gunicorn's configuration (`gunicorn -c python:coac.server coac.wsgi`)."""

import os
import sys
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from gunicorn import util  # type: ignore[import-untyped]

from coac import environment, logs
from coac.errors import RETRY_AFTER_SECONDS

try:
    _environment = environment.read()
except ImproperlyConfigured as problem:
    sys.exit(str(problem))

bind = f"127.0.0.1:{_environment.port}"
worker_class = "coac.slow_clients.Worker"  # gthread, with deadlines
workers = _environment.web_concurrency
# A thread is held by its client until the request has come in. Each connection gets one at once:
# a process whose threads are all held takes no more, and leaves those to the other processes.
# A thread keeps a database connection of its own.
threads = 32
worker_connections = threads
# Beyond this many waiting connections the system refuses new ones, rather than queueing for ever.
backlog = 256
timeout = 30
graceful_timeout = 30
# A connection that waits for a further request would count as one of those.
keepalive = 0
# Django decides whether a forwarded scheme is believed (BEHIND_PROXY); gunicorn never does.
secure_scheme_headers: dict[str, str] = {}
# Nor may a header name the path or the user, as gunicorn would let SCRIPT_NAME and PATH_INFO.
forwarder_headers = ""
control_socket_disable = True
logconfig_dict = logs.configuration(_environment.log_level)
loglevel = _environment.log_level.lower()


def on_starting(server: Any) -> None:
    """Called before the first process is made: what the site writes is for its account alone."""
    os.umask(0o077)
    # gunicorn has no setting for the answers it gives by itself.
    util.write_error = write_error


def write_error(client: Any, status: int, reason: str, message: str) -> None:
    """gunicorn's own answer, when a request is too malformed or too long to reach Django.

    `message` may repeat what was sent, and is left out.
    """
    headers = {
        "Connection": "close",
        "Content-Type": "text/plain; charset=utf-8",
        "Cache-Control": "no-store",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    if _environment.is_https:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains; preload"
    if status == 503:
        headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    body = f"{status} {reason}\n"
    headers["Content-Length"] = str(len(body))
    lines = [
        f"HTTP/1.1 {status} {reason}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    util.write_nonblock(client, "\r\n".join([*lines, "", body]).encode("latin1"))


def when_ready(server: Any) -> None:
    """Called by gunicorn once it listens."""
    print(f"\n  COAC Working Groups is at http://{bind}/  (Ctrl-C ends it)\n", flush=True)
