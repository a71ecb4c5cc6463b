"""Reading a file in a process of its own, so that no document can take the site down (S18, S19).

Pure: standard library only, and no reading library: those are imported in the child alone.
"""

from __future__ import annotations

import fcntl
import json
import os
import select
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from papers.importing.errors import SENTENCES, ImportProblem
from papers.importing.limits import AT_ONCE, MAX_BYTES
from papers.importing.parsed import ParsedPaper
from papers.importing.readers.sniff import extension
from papers.importing.trust import check_paper

CHILD = Path(__file__).with_name("child.py")
MAX_OUTPUT = 5 * 1024 * 1024
WALL_SECONDS = 15.0
QUEUE_SECONDS = 120.0
_POLL = 0.05
_CHUNK = 1 << 16


def read_in_child(path: Path | str, name: str, slots: Path | str | None = None) -> ParsedPaper:
    """What the file at ``path`` says; its printed ``name`` tells the format and is never a path.

    ``slots``: the folder of the locks by which at most two files are read at once on the machine;
    without it, a folder of this user's among the temporary ones. Raises ImportProblem, and nothing
    else: took_too_long or reader_died for a child that hangs, dies or answers nonsense.
    """
    try:
        with _opened(path) as file, _slot(slots):
            answer = _run(file, f".{_safe(extension(name))}")
        return _paper(answer)
    except ImportProblem as problem:
        raise ImportProblem(problem.code, name, problem.detail) from problem


@contextmanager
def _opened(path: Path | str) -> Iterator[int]:
    """An ordinary file of a bearable size: not a pipe that never ends, not a folder."""
    try:
        number = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        raise ImportProblem("unreadable") from error
    try:
        status = os.fstat(number)
        if not stat.S_ISREG(status.st_mode):
            raise ImportProblem("no_file")
        if not status.st_size:
            raise ImportProblem("empty")
        if status.st_size > MAX_BYTES:
            raise ImportProblem("too_large")
        yield number
    finally:
        os.close(number)


def _safe(word: str) -> str:
    """An extension fit for a command line; every one that is no letters is as good as none."""
    return word if word.isascii() and word.isalnum() else "none"


@contextmanager
def _slot(folder: Path | str | None) -> Iterator[None]:
    """One of the places for a reading; the system frees it when this process ends, however."""
    where = Path(folder) if folder else _own_folder()
    deadline = time.monotonic() + QUEUE_SECONDS
    while True:
        for number in range(AT_ONCE):
            file = _locked(where / f"reading-{number}.lock")
            if file is not None:
                try:
                    yield
                finally:
                    os.close(file)
                return
        if time.monotonic() > deadline:
            raise ImportProblem("took_too_long", detail="other files are being read")
        time.sleep(_POLL)


def _own_folder() -> Path:
    """In the shared folder for temporary files, one that nobody else can have put there."""
    folder = Path(tempfile.gettempdir()) / f"coac-reading-{os.getuid()}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.lstat()
    except OSError as error:
        raise ImportProblem("reader_died", detail="no folder for temporary files") from error
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid():
        raise ImportProblem("reader_died", detail=f"{folder} belongs to somebody else")
    return folder


def _locked(path: Path) -> int | None:
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise ImportProblem("reader_died", detail=f"{path} cannot be opened") from error
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(file)
        return None
    return file


def _run(file: int, suffix: str) -> bytes:
    """What the child printed, when it ended well and in time."""
    child = subprocess.Popen(  # noqa: S603 -- our own script; of the name only plain letters
        [sys.executable, "-I", "-B", str(CHILD), str(os.getpid()), suffix],
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={"LC_ALL": "C.UTF-8"},
        start_new_session=True,
    )
    try:
        printed = _printed(child)
    finally:
        _end(child)
    if child.returncode == -signal.SIGXCPU:
        raise ImportProblem("took_too_long")
    if child.returncode:
        raise ImportProblem("reader_died")
    return printed


def _printed(child: subprocess.Popen[bytes]) -> bytes:
    """Everything up to the end of its output, within the time and the size that it may take."""
    assert child.stdout is not None  # noqa: S101 -- opened as a pipe above
    deadline = time.monotonic() + WALL_SECONDS
    chunks, size = [], 0
    with child.stdout as pipe:
        while True:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([pipe], [], [], left)[0]:
                raise ImportProblem("took_too_long")
            chunk = os.read(pipe.fileno(), _CHUNK)
            if not chunk:
                break
            size += len(chunk)
            if size > MAX_OUTPUT:
                raise ImportProblem("too_long")
            chunks.append(chunk)
    try:
        child.wait(max(deadline - time.monotonic(), 0.1))
    except subprocess.TimeoutExpired as error:
        raise ImportProblem("took_too_long") from error
    return b"".join(chunks)


def _end(child: subprocess.Popen[bytes]) -> None:
    """The child and all that it may have started are gone afterwards."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        child.kill()
    child.wait()


def _paper(printed: bytes) -> ParsedPaper:
    """The answer, believed only as far as it is one."""
    try:
        answer: Any = json.loads(printed)
        if "problem" in answer:
            code, detail = answer["problem"], answer["detail"]
            if code not in SENTENCES or not isinstance(detail, str):
                raise ValueError(code)
            raise ImportProblem(code, detail=detail[:200])
        paper = ParsedPaper.from_json(answer["paper"])
        check_paper(paper)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ImportProblem("reader_died") from error
    return paper
