import selectors
import socket
import threading
from concurrent.futures import Future
from types import SimpleNamespace

import pytest
from gunicorn import util
from gunicorn.workers.gthread import ThreadWorker

from coac import server, slow_clients


class Connection:
    def __init__(self, sock):
        self.sock = sock


@pytest.fixture
def worker(monkeypatch):
    """A worker without a server, whose requests come from a socket and whose clock is ours."""
    made = slow_clients.Worker.__new__(slow_clients.Worker)
    made.patience, made.lingering = {}, {}
    made.now = made.moved_at = 1000.0
    made.nr_conns, made.worker_connections = 1, 32
    made.alive, made.sockets = True, []
    made.poller = selectors.DefaultSelector()
    monkeypatch.setattr(slow_clients.time, "monotonic", lambda: made.now)
    monkeypatch.setattr(ThreadWorker, "notify", lambda self: None)
    yield made
    made.poller.close()


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


def is_waited_for(worker, conn, seconds):
    """Whether the worker has begun to wait for its client, for so long."""
    patience = worker.patience.get(conn.sock)
    return patience is not None and patience.seconds + patience.more == seconds


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
    wait_for(lambda: is_waited_for(worker, conn, patience))

    worker.now += patience
    worker.notify()
    assert thread.is_alive()
    worker.now += 1
    worker.notify()
    thread.join(5)

    assert read == [b""]
    assert worker.patience == {}


def test_an_answer_on_its_way_is_not_cut_and_a_closed_connection_no_fault(worker, ends):
    conn, theirs = ends
    worker.wait(conn.sock, 0, 0, socket.SHUT_RD)
    worker.now += 1

    worker.notify()
    conn.sock.sendall(b"the answer")
    conn.sock.close()
    worker.notify()

    assert theirs.recv(20) == b"the answer"


# S40
@pytest.mark.parametrize(
    ("headers", "crowded", "patience"),
    [
        ([("Content-Length", str(24 * 1024 * 1024))], False, 30 + 768),
        ([("Content-Length", str(24 * 1024 * 1024))], True, 3 + 768),
        ([("Content-Length", str(64 * 1024))], True, 3 + 2),
        ([], False, 30 + 800),
    ],
)
def test_an_answer_has_to_be_taken_in_time(worker, ends, monkeypatch, headers, crowded, patience):
    conn, _theirs = ends
    failed = []
    worker.nr_conns = 32 if crowded else 1

    def application(environ, start_response):
        start_response("200 OK", headers)
        return [b"x" * 1024 * 1024] * 24

    def send(self, conn):
        environ = {"gunicorn.socket": conn.sock}
        try:
            for part in self.answer(environ, lambda status, headers: None):
                conn.sock.sendall(part)
        except OSError as error:
            failed.append(type(error))

    worker.application = application
    conn.sock.settimeout(None)
    monkeypatch.setattr(ThreadWorker, "handle", send)
    thread = threading.Thread(target=worker.handle, args=[conn], daemon=True)
    thread.start()
    wait_for(lambda: getattr(worker.patience.get(conn.sock), "ends", None) == socket.SHUT_RDWR)

    worker.now += patience
    worker.notify()
    thread.join(0.1)
    assert thread.is_alive()
    worker.now += 1
    worker.notify()
    thread.join(5)

    assert failed == [BrokenPipeError]


def finished(result=False):
    future = Future()
    future.set_result(result)
    return future


# S40
def test_a_client_that_does_not_close_is_waited_for_elsewhere_and_not_for_long(worker, ends):
    conn, theirs = ends

    worker.finish_request(conn, finished())

    assert worker.nr_conns == 0
    assert theirs.recv(1) == b""  # it is told that this was all
    worker.now += 2
    worker.notify()
    assert conn.sock in worker.lingering
    worker.now += 1
    worker.notify()
    assert conn.sock.fileno() == -1
    assert not worker.lingering


# S40
@pytest.mark.parametrize(("sent", "closed"), [(b"x" * 100, False), (b"x" * 70_000, True)])
def test_what_an_answered_client_still_sends_is_taken_up_to_a_limit(worker, ends, sent, closed):
    conn, theirs = ends
    worker.finish_request(conn, finished())

    theirs.sendall(sent)
    for _ in range(3):
        worker.wait_for_and_dispatch_events(0)

    assert (conn.sock.fileno() == -1) == closed
    theirs.close()
    worker.wait_for_and_dispatch_events(0)
    worker.drain(conn.sock)
    assert conn.sock.fileno() == -1


def test_no_more_than_so_many_answered_clients_are_waited_for(worker, ends, monkeypatch):
    conn, _theirs = ends
    monkeypatch.setattr(slow_clients, "MOST_LINGERING", 1)
    another, end = socket.socketpair()
    worker.finish_request(conn, finished())

    worker.finish_request(Connection(another), finished())

    assert list(worker.lingering) == [another]
    worker.close_lingering(another)
    end.close()


def test_a_connection_that_is_gone_is_no_fault(worker, ends):
    conn, _theirs = ends
    conn.sock.close()

    worker.finish_request(conn, finished())

    assert (worker.nr_conns, worker.lingering) == (0, {})


def test_gunicorn_ends_what_is_no_common_end(worker, ends, monkeypatch):
    passed_on = []
    monkeypatch.setattr(ThreadWorker, "finish_request", lambda *given: passed_on.append(given))

    worker.finish_request(ends[0], finished("deferred"))

    assert len(passed_on) == 1


# S40
@pytest.mark.parametrize(("held", "seconds", "sent_away"), [(32, 3, 1), (32, 1, 0), (31, 3, 0)])
def test_who_waits_while_every_thread_is_stuck_is_sent_away_in_words(
    worker, monkeypatch, held, seconds, sent_away
):
    monkeypatch.setattr(util, "write_error", server.write_error)
    worker.now += 60
    worker.notify()  # a thread was free until now
    worker.nr_conns = held
    worker.now += seconds
    with socket.create_server(("127.0.0.1", 0)) as listener:
        worker.sockets = [listener]
        listener.setblocking(False)
        with socket.create_connection(listener.getsockname(), timeout=10) as client:
            worker.notify()

            assert len(worker.lingering) == sent_away
            if sent_away:
                answer = client.recv(4096)
                assert answer.startswith(b"HTTP/1.1 503 Service Unavailable\r\n")
                assert b"\r\nRetry-After: 10\r\n" in answer
            for sock in list(worker.lingering):
                worker.close_lingering(sock)
