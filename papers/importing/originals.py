"""The files of ``ORIGINALS_DIR``: stored whole or not at all, under names of our own (S04, S27).

A file is in place before the row that names it is committed, and is deleted after its row. So a
row always has its file; a process that dies in between leaves a file too many. Each such step
lies under a mark, an empty file ``<name>.open-<database>``, and ``sweep()`` settles what marks
are left. Whoever works with marks shares a lock that the system takes back from the dead, and
nothing is swept while somebody holds it. The database in the mark's name keeps two databases that
share a folder from deleting each other's files.
"""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
import re
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from papers.importing.readers.sniff import FORMS
from papers.models import Original

logger = logging.getLogger("papers.importing")

CHUNK = 1024 * 1024
NAME = re.compile(r"[0-9a-f]{32}\.[a-z]{2,4}")


class Changed(Exception):
    """The file is not the one whose digest was taken."""


def extension_of(file_name: str) -> str:
    """The extension to store a file under: one of ours, whatever the name says (S20)."""
    return FORMS.get(Path(file_name).suffix.lstrip(".").lower(), "bin")


def digest(file: BinaryIO) -> tuple[str, int]:
    """SHA-256 and size of what is left of a file, read in pieces."""
    sha256, size = hashlib.sha256(), 0
    while chunk := file.read(CHUNK):
        sha256.update(chunk)
        size += len(chunk)
    return sha256.hexdigest(), size


def path_of(original: Original) -> Path:
    """Where the file lies. Never made from anything that a person typed or sent."""
    if not NAME.fullmatch(original.name):
        raise ValueError(f"Not the name of an original: {original.name!r}")
    return Path(settings.ORIGINALS_DIR) / original.name


@dataclass(frozen=True)
class Incoming:
    """A file to keep: open for reading at its start, with its digest and ``extension_of`` it."""

    file: BinaryIO
    sha256: str
    extension: str


@contextmanager
def keeping(*incoming: Incoming) -> Iterator[list[Original]]:
    """A transaction in which each file has its row, new or found by its digest.

    When the block ends, rows and files are there for good; when it fails, neither is left behind.
    So it must be the outermost transaction. Raises ``Changed`` where a file is not the one of its
    digest, OSError where it cannot be written. Once the transaction is committed, a disk that fails
    is no failure any more: the sweep puts right what is left.
    """
    names = [_new_name(each) for each in incoming]
    used: set[str] = set()
    is_committing = False
    with _at_work() as folder:
        for name in names:
            _open_mark(folder, name)
        try:
            sizes = [_write(each, folder, name) for each, name in zip(incoming, names, strict=True)]
            with transaction.atomic(durable=True):
                yield (rows := _rows(names, incoming, sizes))
                is_committing = True
            used.update(row.name for row in rows)
        except BaseException:
            # Where the answer to a commit was lost, nobody knows; the sweep will.
            if is_committing:
                raise
            _settle(folder, names, used)
            raise
        _settle(folder, names, used)


@contextmanager
def rehearsing(*incoming: Incoming) -> Iterator[list[Original]]:
    """The rows that ``keeping`` would make, without a file: the caller takes them back."""
    sizes = [os.fstat(each.file.fileno()).st_size for each in incoming]
    with transaction.atomic():
        yield _rows([_new_name(each) for each in incoming], incoming, sizes)


def release(original: Original | None) -> None:
    """Delete row and file of an original to which nothing refers any more; outside transactions.

    What was decided about it is stored already, so a disk that fails leaves it to the sweep.
    """
    if original is None:
        return
    try:
        with _at_work() as folder:
            _delete(folder, original)
    except OSError:
        logger.exception("An original could not be deleted", extra={"original": original.name})


def sweep() -> int:
    """Settle what dead processes left: the number of files deleted. Does nothing while others work.

    A marked file without a row is deleted, and so is an original to which nothing refers.
    """
    folder = Path(settings.ORIGINALS_DIR)
    if not folder.is_dir():
        return 0
    swept = 0
    with open(folder / ".lock", "a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return 0
        for mark in sorted(folder.glob(_mark(folder, "*").name)):
            name = mark.name.partition(".open-")[0]
            is_known = Original.objects.filter(name=name).exists()
            for stray in [folder / f"{name}.part", *([] if is_known else [folder / name])]:
                if stray.exists():
                    stray.unlink()
                    swept += 1
            mark.unlink()
        for original in Original.objects.filter(files=None, papers=None):
            swept += _delete(folder, original)
    return swept


def _new_name(incoming: Incoming) -> str:
    return f"{uuid.uuid4().hex}.{incoming.extension}"


def _rows(names: list[str], incoming: Sequence[Incoming], sizes: list[int]) -> list[Original]:
    """In the order of ``incoming``, made in that of their digests: so nobody waits crosswise."""
    rows: dict[str, Original] = {}
    for name, each, size in sorted(
        zip(names, incoming, sizes, strict=True), key=lambda one: one[1].sha256
    ):
        if each.sha256 not in rows:
            rows[each.sha256] = _row(name, each.sha256, size)
    return [rows[each.sha256] for each in incoming]


def _row(name: str, sha256: str, size: int) -> Original:
    """The one row of a digest, locked: while something comes to refer to it, nobody deletes it."""
    # Without "no key", a file that comes to refer to it would wait, and be waited for.
    known = Original.objects.select_for_update(no_key=True).filter(sha256=sha256)
    while (original := known.first()) is None:
        new = Original(name=name, sha256=sha256, size=size)
        new.full_clean(validate_unique=False)
        try:
            with transaction.atomic():
                new.save(force_insert=True)
        except IntegrityError:
            continue  # another process has stored the same file at this moment
        return new
    return original


def _settle(folder: Path, names: list[str], used: set[str]) -> None:
    """Where the disk fails, the mark stays and the sweep goes by it; no failure hides another."""
    for name in names:
        try:
            if name not in used:
                (folder / name).unlink(missing_ok=True)
            _mark(folder, name).unlink(missing_ok=True)
        except OSError:
            logger.exception("A stray file is left to the sweep", extra={"original": name})


def _delete(folder: Path, original: Original) -> bool:
    """Row first, then file; nothing where something refers to it."""
    _open_mark(folder, original.name)
    is_free = True
    try:
        with transaction.atomic(durable=True):
            Original.objects.filter(pk=original.pk).delete()
    except (ProtectedError, IntegrityError):
        # The second: a file that came to refer to it since it was looked at.
        is_free = False
    if is_free:
        (folder / original.name).unlink(missing_ok=True)
    _mark(folder, original.name).unlink(missing_ok=True)
    return is_free


@contextmanager
def _at_work() -> Iterator[Path]:
    """Hold the shared lock; the folder, made where it is not there yet."""
    folder = Path(settings.ORIGINALS_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        yield folder
    finally:
        os.close(descriptor)


def _mark(folder: Path, name: str) -> Path:
    """The file whose presence says that file and row of ``name`` may not fit together."""
    known = connection.settings_dict
    words = "\n".join(str(known[key]) for key in ("ENGINE", "HOST", "PORT", "NAME"))
    return folder / f"{name}.open-{hashlib.sha256(words.encode()).hexdigest()[:8]}"


def _open_mark(folder: Path, name: str) -> None:
    os.close(os.open(_mark(folder, name), os.O_WRONLY | os.O_CREAT, 0o600))
    _flush(folder)


def _write(incoming: Incoming, folder: Path, name: str) -> int:
    """Copy a file, whole and flushed to the disk, to its place; its size."""
    part = folder / f"{name}.part"
    found, size = hashlib.sha256(), 0
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "wb") as copy:
            while chunk := incoming.file.read(CHUNK):
                found.update(chunk)
                size += len(chunk)
                copy.write(chunk)
            copy.flush()
            os.fsync(copy.fileno())
        if found.hexdigest() != incoming.sha256:
            raise Changed
        part.rename(folder / name)
        _flush(folder)
    finally:
        part.unlink(missing_ok=True)
    return size


def _flush(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
