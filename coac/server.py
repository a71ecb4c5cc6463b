"""gunicorn's configuration (`gunicorn -c python:coac.server coac.wsgi`)."""

import sys
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from coac import environment, logs

try:
    _environment = environment.read()
except ImproperlyConfigured as problem:
    sys.exit(str(problem))

bind = f"127.0.0.1:{_environment.port}"
worker_class = "gthread"
workers = _environment.web_concurrency
threads = 4
# Beyond this many waiting connections the system refuses new ones, rather than queueing for ever.
backlog = 256
timeout = 30
graceful_timeout = 30
keepalive = 5
# Django decides whether a forwarded scheme is believed (BEHIND_PROXY); gunicorn never does.
secure_scheme_headers: dict[str, str] = {}
control_socket_disable = True
logconfig_dict = logs.configuration(_environment.log_level)
loglevel = _environment.log_level.lower()


def when_ready(server: Any) -> None:
    """Called by gunicorn once it listens."""
    print(f"\n  COAC Working Groups is at http://{bind}/  (Ctrl-C ends it)\n", flush=True)
