"""Work in a forked process, with the database in a state that outlives it.

The tests' SQLite database lives in memory, so a fork works on a copy in a file; on PostgreSQL it
works on the tests' own. The inherited connection is kept and never used or closed: it is the
parent's.
"""

import os
import pickle
import shutil
import signal
import sqlite3
import traceback
from pathlib import Path

from django.db import connection, connections

INHERITED = []


class Database:
    """What a forked process finds; ``reset`` brings back the state at the start."""

    def __init__(self, folder):
        self.file = self.start = None
        if connection.vendor == "sqlite":
            self.start, self.file = Path(folder) / "start.sqlite3", Path(folder) / "now.sqlite3"
            copy = sqlite3.connect(self.start)
            connection.ensure_connection()
            connection.connection.backup(copy)
            copy.close()

    def reset(self, clean):
        """``clean`` deletes what a test stored, where there is no copy to go back to."""
        if self.start is None:
            self.run(clean)
            return
        for leftover in self.file.parent.glob(f"{self.file.name}*"):
            leftover.unlink()
        shutil.copy(self.start, self.file)

    def begin(self, work):
        """Start ``work()`` in a fork: its process id."""
        pid = os.fork()
        if pid:
            return pid
        try:
            INHERITED.append(connections["default"])
            del connections["default"]
            if self.file:
                connections.databases["default"]["NAME"] = str(self.file)
            work()
            os._exit(0)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)

    def run(self, work):
        """The result of ``work()`` in a fork. Raises where it failed."""
        reading, writing = os.pipe()

        def tell():
            os.close(reading)
            with open(writing, "wb") as pipe:
                pickle.dump(work(), pipe)

        pid = self.begin(tell)
        os.close(writing)
        with open(reading, "rb") as pipe:
            told = pipe.read()
        _, status = os.waitpid(pid, 0)
        assert status == 0, f"the fork ended with status {status}"
        return pickle.loads(told)

    def ended(self, pid):
        """Wait for a fork: True when it was killed, False when it came to its end."""
        _, status = os.waitpid(pid, 0)
        if os.WIFSIGNALED(status):
            assert os.WTERMSIG(status) == signal.SIGKILL
            return True
        assert os.WEXITSTATUS(status) == 0, "the command failed"
        return False
