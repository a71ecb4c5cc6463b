"""gunicorn's threaded worker, with an end to a client's patience game."""

import contextlib
import selectors
import socket
import time
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from gunicorn import util  # type: ignore[import-untyped]
from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]

HEAD_SECONDS = 10  # for the first line and the headers
BODY_SECONDS = 20  # for a body, and more for a large one:
ANSWER_SECONDS = 30  # for taking an answer, and more for a large one:
SLOWEST = 32 * 1024  # bytes a second
LARGEST_ANSWER = 25 * 1024 * 1024  # what one of unknown length may be
CROWDED_SECONDS = 3  # for each of them while all threads are held
STUCK_SECONDS = 2  # with all threads held and none let go, until those who wait are sent away

LINGER_SECONDS = 2  # for a client to close once it has its answer
LINGER_BYTES = 64 * 1024  # of what it still sends meanwhile
MOST_LINGERING = 256
TURNED_AWAY_AT_ONCE = 64


class Patience(NamedTuple):
    """How long a thread waits for its client: `seconds`, in a crowd fewer, and `more` for size."""

    since: float
    seconds: float
    more: float
    ends: int  # what the client may no longer do: SHUT_RD or SHUT_RDWR

    def is_over(self, now: float, crowded: bool) -> bool:
        seconds = min(self.seconds, CROWDED_SECONDS) if crowded else self.seconds
        return self.since + seconds + self.more < now


class Lingering:
    """A client that was answered and has not closed yet."""

    def __init__(self, deadline: float) -> None:
        self.deadline = deadline
        self.bytes_left = LINGER_BYTES


class Worker(ThreadWorker):
    """Turns from a client that is too slow to say what it wants or to take its answer (S40).

    A thread waits for each request to come in and for each answer to go out. gunicorn bounds the
    wait for a first byte alone, so whoever sends or takes a byte now and then could hold every
    thread for ever. And it waits for each client to close in the one thread that also accepts.
    """

    wsgi: Callable[..., Iterable[bytes]]

    def init_process(self) -> None:
        """Called in the worker's own process, which it leaves only to end."""
        self.patience: dict[socket.socket, Patience] = {}
        self.lingering: dict[socket.socket, Lingering] = {}
        self.moved_at = time.monotonic()
        super().init_process()

    def load_wsgi(self) -> None:
        super().load_wsgi()
        self.application = self.wsgi
        self.wsgi = self.answer

    def handle(self, conn: Any) -> Any:
        """Called in a thread for each request, before any of it is read."""
        sock = conn.sock
        self.wait(sock, HEAD_SECONDS, 0, socket.SHUT_RD)
        try:
            return super().handle(conn)
        finally:
            self.patience.pop(sock, None)

    def handle_request(self, req: Any, conn: Any) -> Any:
        """Called in the same thread when the headers are there and the body may not be."""
        length = next((value for name, value in req.headers if name == "CONTENT-LENGTH"), "0")
        # The thread will read an end of the request. An answer on its way is not cut.
        self.wait(conn.sock, BODY_SECONDS, int(length), socket.SHUT_RD)
        return super().handle_request(req, conn)

    def answer(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """The application as gunicorn calls it, in the same thread: a WSGI application."""

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            lengths = [int(value) for name, value in headers if name == "Content-Length"]
            size = lengths[0] if lengths else LARGEST_ANSWER
            self.wait(environ["gunicorn.socket"], ANSWER_SECONDS, size, socket.SHUT_RDWR)
            return start_response(status, headers, *more)

        return self.application(environ, start)

    def wait(self, sock: socket.socket, seconds: float, size: int, ends: int) -> None:
        self.patience[sock] = Patience(time.monotonic(), seconds, size / SLOWEST, ends)

    def finish_request(self, conn: Any, future: Any) -> None:
        """Called in the main thread, which accepts connections too and so never waits here."""
        self.moved_at = time.monotonic()
        if future.cancelled() or future.exception() or future.result():
            super().finish_request(conn, future)
            return
        self.nr_conns -= 1
        self.linger(conn.sock)

    def linger(self, sock: socket.socket) -> None:
        """Say that this was all, and close when the client has, or soon (RFC 9112, 9.6).

        To close while some of what it sent is unread would take the answer from it.
        """
        try:
            sock.setblocking(False)
            sock.shutdown(socket.SHUT_WR)
        except OSError:
            util.close(sock)
            return
        if len(self.lingering) >= MOST_LINGERING:
            self.close_lingering(next(iter(self.lingering)))
        self.lingering[sock] = Lingering(time.monotonic() + LINGER_SECONDS)
        self.poller.register(sock, selectors.EVENT_READ, self.drain)

    def drain(self, sock: socket.socket) -> None:
        """Called in the main thread when an answered client sends something, or closes."""
        client = self.lingering.get(sock)
        if client is None:
            return  # closed since the poller looked
        try:
            received = len(sock.recv(LINGER_BYTES))
        except BlockingIOError:
            return
        except OSError:
            received = 0
        client.bytes_left -= received
        if not received or client.bytes_left <= 0:
            self.close_lingering(sock)

    def close_lingering(self, sock: socket.socket) -> None:
        del self.lingering[sock]
        self.poller.unregister(sock)
        util.close(sock)

    def notify(self) -> None:
        """Called about once a second in the main thread, while the worker ends too."""
        super().notify()
        now = time.monotonic()
        crowded = self.nr_conns >= self.worker_connections
        for sock, patience in list(self.patience.items()):
            if patience.is_over(now, crowded):
                with contextlib.suppress(OSError):
                    sock.shutdown(patience.ends)
        for sock, client in list(self.lingering.items()):
            if client.deadline < now:
                self.close_lingering(sock)
        if not crowded:
            self.moved_at = now
        elif self.alive and self.moved_at + STUCK_SECONDS < now:
            self.turn_away()

    def turn_away(self) -> None:
        """Answer 503 to whoever still waits to be accepted, by this process or another."""
        for listener in self.sockets:
            with contextlib.suppress(OSError):
                listener.setblocking(False)
                for _ in range(TURNED_AWAY_AT_ONCE):
                    sock, _address = listener.accept()
                    with contextlib.suppress(OSError):
                        util.write_error(sock, 503, "Service Unavailable", "")
                    self.linger(sock)
