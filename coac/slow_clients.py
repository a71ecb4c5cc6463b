"""gunicorn's threaded worker, with an end to a client's patience game."""

import contextlib
import socket
import time
from typing import Any

from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]

HEAD_SECONDS = 10  # for the first line and the headers
BODY_SECONDS = 20  # for a body, and more for a large one:
SLOWEST_BODY = 32 * 1024  # bytes a second


class Worker(ThreadWorker):
    """Stops listening to a client that takes too long to say what it wants (S40).

    A thread waits for each request to come in. gunicorn bounds the wait for its first byte alone,
    so whoever sends a byte now and then could hold every thread for ever.
    """

    def init_process(self) -> None:
        """Called in the worker's own process, which it leaves only to end."""
        self.deadlines: dict[Any, float] = {}
        super().init_process()

    def handle(self, conn: Any) -> Any:
        """Called in a thread for each request, before any of it is read."""
        self.deadlines[conn] = time.monotonic() + HEAD_SECONDS
        try:
            return super().handle(conn)
        finally:
            self.deadlines.pop(conn, None)

    def handle_request(self, req: Any, conn: Any) -> Any:
        """Called in the same thread when the headers are there and the body may not be."""
        length = next((value for name, value in req.headers if name == "CONTENT-LENGTH"), "0")
        self.deadlines[conn] = time.monotonic() + BODY_SECONDS + int(length) / SLOWEST_BODY
        return super().handle_request(req, conn)

    def notify(self) -> None:
        """Called about once a second in the main thread, while the worker ends too."""
        super().notify()
        now = time.monotonic()
        for conn, deadline in list(self.deadlines.items()):
            if deadline < now:
                # The thread reads an end of the request. An answer on its way is not cut.
                with contextlib.suppress(OSError):
                    conn.sock.shutdown(socket.SHUT_RD)
