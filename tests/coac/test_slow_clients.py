import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from types import SimpleNamespace

import pytest
from django.conf import settings
from gunicorn.workers.gthread import ThreadWorker

from coac import environment, slow_clients


class Connection:
    def __init__(self, sock):
        self.sock = sock


@pytest.fixture
def worker(monkeypatch):
    """A worker without a server, whose requests come from a socket and whose clock is ours."""
    made = slow_clients.Worker.__new__(slow_clients.Worker)
    made.deadlines = {}
    made.now = 1000.0
    monkeypatch.setattr(slow_clients.time, "monotonic", lambda: made.now)
    monkeypatch.setattr(ThreadWorker, "notify", lambda self: None)
    return made


@pytest.fixture
def ends():
    ours, theirs = socket.socketpair()
    ours.settimeout(10)
    yield Connection(ours), theirs
    ours.close()
    theirs.close()


def wait_for(condition):
    for _ in range(500):
        if condition():
            return
        threading.Event().wait(0.01)
    raise AssertionError("It did not happen within five seconds.")


# S40
@pytest.mark.parametrize(
    ("length", "patience"),
    [(None, 10), (0, 20), (32 * 1024, 21), (750 * 1024 * 1024, 20 + 24_000)],
)
def test_a_client_is_listened_to_for_so_long_and_no_longer(
    worker, ends, monkeypatch, length, patience
):
    conn, _theirs = ends
    read = []
    headers = [("HOST", "localhost"), ("CONTENT-LENGTH", str(length))]

    def head(self, conn):
        if length is not None:
            self.handle_request(SimpleNamespace(headers=headers), conn)
        else:
            read.append(conn.sock.recv(10))

    monkeypatch.setattr(ThreadWorker, "handle", head)
    monkeypatch.setattr(
        ThreadWorker, "handle_request", lambda self, req, conn: read.append(conn.sock.recv(10))
    )
    thread = threading.Thread(target=worker.handle, args=[conn])
    thread.start()
    wait_for(lambda: worker.deadlines.get(conn) == 1000 + patience)

    worker.now += patience
    worker.notify()
    assert thread.is_alive()
    worker.now += 1
    worker.notify()
    thread.join(5)

    assert read == [b""]
    assert worker.deadlines == {}


def test_an_answer_on_its_way_is_not_cut_and_a_closed_connection_no_fault(worker, ends):
    conn, theirs = ends
    worker.deadlines[conn] = 999

    worker.notify()
    conn.sock.sendall(b"the answer")
    conn.sock.close()
    worker.notify()

    assert theirs.recv(20) == b"the answer"


# S40
def test_fifty_slow_clients_hinder_nobody(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    names = {variable.name for variable in environment.VARIABLES}
    inherited = {name: value for name, value in os.environ.items() if name not in names}
    database = f"sqlite:///{tmp_path / 'a.sqlite3'}"
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "python:coac.server", "coac.wsgi"],
        cwd=settings.BASE_DIR,
        env={**inherited, "PORT": str(port), "DATABASE_URL": database, "LOG_LEVEL": "CRITICAL"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}/healthz"

    def answered():
        try:
            return urllib.request.urlopen(address, timeout=30).status == 200
        except OSError:
            return False

    slow = []
    try:
        deadline = time.monotonic() + 30
        while not answered() and time.monotonic() < deadline:
            time.sleep(0.1)
        for number in range(50):
            slow.append(socket.create_connection(("127.0.0.1", port)))
            if number % 2:
                slow[-1].sendall(b"GET / HTTP/1.1\r\nHost: local")
        started = time.monotonic()

        answers = [answered() for _ in range(10)]

        assert answers == [True] * 10
        assert time.monotonic() - started < 5
    finally:
        for client in slow:
            client.close()
        server.terminate()
        ended = server.wait(40)
    assert ended == 0
