"""The site's own gunicorn on a free port, with a database that nobody has migrated."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

from django.conf import settings

from coac import environment


class Server:
    def __init__(self, port):
        self.port = port

    def connect(self, sent=b""):
        client = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        client.sendall(sent)
        return client

    def status(self):
        """Of /healthz for one more client; None when there is no answer."""
        try:
            return urllib.request.urlopen(
                f"http://127.0.0.1:{self.port}/healthz", timeout=30
            ).status
        except urllib.error.HTTPError as answer:
            return answer.code
        except OSError:
            return None


@contextlib.contextmanager
def served(folder):
    """A Server that answers; leaving the block ends it, and asks that it ends in order."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    names = {variable.name for variable in environment.VARIABLES}
    inherited = {name: value for name, value in os.environ.items() if name not in names}
    database = f"sqlite:///{folder / 'a.sqlite3'}"
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "python:coac.server", "coac.wsgi"],
        cwd=settings.BASE_DIR,
        env={**inherited, "PORT": str(port), "DATABASE_URL": database, "LOG_LEVEL": "CRITICAL"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    server = Server(port)
    try:
        deadline = time.monotonic() + 30
        while server.status() != 200 and time.monotonic() < deadline:
            time.sleep(0.1)
        yield server
    finally:
        process.terminate()
        ended = process.wait(40)
    assert ended == 0
