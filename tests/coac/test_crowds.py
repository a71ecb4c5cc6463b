"""Many clients at once, each slow in its way, of the real server."""

import time

import pytest

from tests.coac.real_server import served

WHOLE = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
# Refused before its body is read, and in words that need no collected static files.
REFUSED = b"OPTIONS /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\nx"
PART = b"GET / HTTP/1.1\r\nHost: local"


@pytest.fixture
def server(tmp_path):
    with served(tmp_path) as server:
        yield server


@pytest.fixture
def crowd(server):
    """`crowd(number, sent)` connects clients that stay until the test is over."""
    clients = []

    def connect(number, sent=b""):
        added = [server.connect(sent) for _ in range(number)]
        clients.extend(added)
        return added

    yield connect
    for client in clients:
        client.close()


# S40
def test_fifty_slow_clients_hinder_nobody(server, crowd):
    crowd(25)
    crowd(25, PART)
    started = time.monotonic()

    answers = [server.status() for _ in range(10)]

    assert answers == [200] * 10
    assert time.monotonic() - started < 5


# S40
@pytest.mark.parametrize(
    ("sent", "status"), [(WHOLE, b"HTTP/1.1 200 OK"), (REFUSED, b"HTTP/1.1 405 Method Not Allowed")]
)
def test_clients_that_were_answered_and_do_not_close_hinder_nobody(server, crowd, sent, status):
    clients = crowd(50, sent)
    assert all(client.recv(4096).startswith(status) for client in clients)
    started = time.monotonic()

    assert server.status() == 200

    assert time.monotonic() - started < 1


# S40
def test_while_slow_clients_hold_every_thread_the_next_is_told_so_early(server, crowd):
    crowd(200, PART)
    started = time.monotonic()

    told = server.status()
    waited = time.monotonic() - started
    while server.status() != 200 and time.monotonic() - started < 20:
        time.sleep(0.1)

    assert told in (200, 503)
    assert waited < 8
    assert time.monotonic() - started < 12
