"""Uploads and what becomes of them, outside the request that brought them.

A batch is made with its files stored; a process of its own then reads one file after the other and
notes each outcome. When that process dies, a person starts another, which goes on where the first
one was.
"""

from __future__ import annotations

import logging
import subprocess
import sys
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, BinaryIO

from django.conf import settings
from django.contrib.admin.models import DELETION
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from papers.importing import originals
from papers.importing.drafts import give_up, note, store
from papers.importing.errors import ImportProblem
from papers.importing.limits import AT_ONCE, MAX_BYTES, MAX_FILES
from papers.importing.reading import Reading, clean_name, read
from papers.importing.reporting import DELETED, PUBLISHED, told
from papers.importing.revisions import locked
from papers.importing.rows import drop
from papers.models import ImportBatch, ImportedFile, IssuePaper

logger = logging.getLogger("papers.importing")
Status = ImportedFile.Status

# A runner renews its sign of life every few seconds and reads no file longer than fifteen.
STALE_AFTER = timedelta(seconds=45)
SIGN_EVERY = 5
MAX_ATTEMPTS = 2
UNREAD = [status.value for status in ImportedFile.UNREAD]


@dataclass(frozen=True)
class Progress:
    """How far a batch is, in files. ``told``: what became of those that are over, in words."""

    total: int
    over: int
    told: str
    is_running: bool

    @property
    def is_over(self) -> bool:
        """Whether nothing of it waits any more."""
        return self.over == self.total

    @property
    def percent(self) -> int:
        """Of files that are over, rounded down."""
        return 100 * self.over // self.total if self.total else 100


def create_batch(files: Sequence[tuple[str, BinaryIO]], user: Any = None) -> ImportBatch:
    """Store uploaded files, each with its name as it came, and the batch that waits to be run.

    All are stored or none. A file that is too large is not kept and counts as failed at once.
    Raises ValidationError where there is no file or there are too many, OSError where the disk is
    full. Not inside another transaction.
    """
    if not 1 <= len(files) <= MAX_FILES:
        raise ValidationError(f"Choose at least one file, and at most {MAX_FILES} at a time.")
    rows: list[tuple[ImportedFile, originals.Incoming | None]] = []
    for position, (name, file) in enumerate(files, start=1):
        file.seek(0)
        sha256, size = originals.digest(file)
        file.seek(0)
        row = ImportedFile(
            position=position, original_name=clean_name(name), sha256=sha256, size=size
        )
        extension = originals.extension_of(row.original_name)
        if size > MAX_BYTES:
            row.status, row.finished_at = Status.FAILED, timezone.now()
            problem = ImportProblem("too_large")
            row.problem_code, row.problem = problem.code, problem.sentence(row.original_name)
            rows.append((row, None))
        else:
            rows.append((row, originals.Incoming(file, sha256, extension)))
    incoming = [each for _, each in rows if each]
    with originals.keeping(*incoming) as kept:
        batch = ImportBatch.objects.create(created_by=user)
        stored = iter(kept)
        for row, each in rows:
            row.batch = batch
            row.original = next(stored) if each else None
            row.full_clean(exclude=["batch", "original"])
            row.save()
    return batch


def launch(batch: ImportBatch) -> None:
    """Start the process that runs a batch, and do not wait for it."""
    # In a session of its own it outlives the server's worker; its log goes where the server's goes.
    subprocess.Popen(  # noqa: S603 - every word of it is written here
        [sys.executable, "manage.py", "run_import_batch", str(batch.pk)],
        cwd=settings.BASE_DIR,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def ensure_running(batch: ImportBatch) -> bool:
    """Start a runner where files wait and none is at work; whether one was started."""
    if progress(batch).is_running or not batch.files.filter(status__in=UNREAD).exists():
        return False
    launch(batch)
    return True


def progress(batch: ImportBatch) -> Progress:
    """How far it is, in one query and the batch's own row as it is now."""
    batch.refresh_from_db(fields=["runner_seen_at", "finished_at"])
    now = timezone.now()
    rows = batch.files.values_list("status", "paper", "paper__published_at")
    counts = Counter(_became(status, paper, moment, now) for status, paper, moment in rows)
    waiting = sum(counts[status] for status in UNREAD)
    total = counts.total()
    seen = batch.runner_seen_at
    return Progress(
        total=total,
        over=total - waiting,
        told=told(counts),
        is_running=bool(waiting and seen and seen > now - STALE_AFTER),
    )


def _became(status: str, paper: int | None, moment: datetime | None, now: datetime) -> str:
    """A file's status, or what became of its draft since."""
    if status == Status.DRAFT:
        return DELETED if paper is None else PUBLISHED if moment and moment <= now else status
    return status


def run_batch(batch: ImportBatch) -> bool:
    """Read and store what waits of a batch; False where another process is at it.

    Files that a dead process left half-way are begun anew, at most ``MAX_ATTEMPTS`` times.
    """
    try:
        runner = _Runner(batch)
        originals.sweep()
        _take_back(batch)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for row, reading in _readings(batch, pool, runner):
                try:
                    store(reading, user=batch.created_by, batch_file=row)
                except Exception:
                    # One file must not end the batch; the others go on.
                    logger.exception("An import failed", extra={"imported_file": row.pk})
                    give_up(row, ImportProblem("refused"))
        runner.sign(None, finished_at=timezone.now())
    except _Displaced:
        return False
    finally:
        batch.refresh_from_db()
    return True


def discard(imported: ImportedFile, user: Any = None) -> None:
    """Drop what was read from a file, with its draft. Raises ValidationError for what is public.

    Not inside another transaction.
    """
    with transaction.atomic(durable=True):
        row, stored = locked(imported)
        # A draft that by now says what another file says is not this file's to delete.
        is_its_own = row.status == Status.DRAFT and stored and stored.imported_from_id == row.pk
        paper = stored if is_its_own else None
        if paper and paper.published_at:
            raise ValidationError(f"{paper} is published. Withdraw it first.")
        if row.status in (Status.APPLIED, Status.READING):
            raise ValidationError(f"“{row}” cannot be discarded: {row.get_status_display()}.")
        original, row.original = row.original, None
        row.status, row.parsed, row.paper = Status.DISCARDED, None, None
        row.decided_at, row.decided_by = timezone.now(), user
        row.save()
        if paper:
            note(user, paper, "Discarded with its import.", DELETION)
            drop(paper)
    originals.release(original)
    imported.refresh_from_db()


def asks_for_a_person(via: str = "") -> Q:
    """Files that wait for a decision: for the record, as a revision, or as a draft of their own.

    A draft is its own file's also where that one was a revision of it and was taken over. Of a
    paper that was deleted no revision can be decided on; imported again, it becomes a draft.
    """
    is_revision = Q(**{f"{via}status": Status.REVISION, f"{via}paper__isnull": False})
    waiting = Q(**{f"{via}status": Status.BLOCKED}) | is_revision
    of_its_own = Q(**{f"{via}paper__imported_from": F(f"{via}pk")})
    stored = Q(**{f"{via}status__in": [Status.DRAFT, Status.APPLIED]})
    return waiting | (stored & of_its_own & Q(**{f"{via}paper__published_at": None}))


def next_to_review(imported: ImportedFile) -> ImportedFile | None:
    """The next file of the batch that asks for a person, after the last one the first again."""
    asking = imported.batch.files.filter(asks_for_a_person()).exclude(pk=imported.pk)
    return asking.filter(position__gt=imported.position).first() or asking.first()


def of_paper(paper: IssuePaper) -> Iterable[ImportedFile]:
    """The files that became, would revise, or are the same as a paper, oldest first."""
    return ImportedFile.objects.filter(paper=paper).order_by("pk")


class _Displaced(Exception):
    """Another process is the batch's runner."""


class _Runner:
    """This process as the one that reads a batch, for as long as it gives signs of life.

    Its last sign is what it is known by: who finds another one there has been given up for dead
    and replaced, and must not write over the signs of the one that came after.
    """

    def __init__(self, batch: ImportBatch) -> None:
        """Raises _Displaced where another one lives."""
        self.batch = batch
        now = timezone.now()
        free = Q(runner_seen_at=None) | Q(runner_seen_at__lte=now - STALE_AFTER)
        if not ImportBatch.objects.filter(free, pk=batch.pk).update(runner_seen_at=now):
            raise _Displaced
        self.seen: datetime | None = now

    def sign(self, moment: datetime | None, **fields: Any) -> None:
        """Renew the sign of life; None for the last one. Raises _Displaced."""
        its_own = ImportBatch.objects.filter(pk=self.batch.pk, runner_seen_at=self.seen)
        if not its_own.update(runner_seen_at=moment, **fields):
            raise _Displaced
        self.seen = moment


def _take_back(batch: ImportBatch) -> None:
    for row in batch.files.filter(status=Status.READING):
        if row.attempts >= MAX_ATTEMPTS:
            give_up(row, ImportProblem("reader_died"))
        else:
            row.status = Status.WAITING
            row.save(update_fields=["status"])


def _readings(
    batch: ImportBatch, pool: ThreadPoolExecutor, runner: _Runner
) -> Iterator[tuple[ImportedFile, Reading]]:
    """The waiting files of a batch with what was read of them, in order, two at a time.

    A file over which a process has died is read alone: when one dies again, it was this file.
    """
    waiting = deque(batch.files.filter(status=Status.WAITING).select_related("original"))
    at_work: deque[tuple[ImportedFile, Future[Reading]]] = deque()
    with ExitStack() as cancelling:
        cancelling.callback(lambda: [future.cancel() for _, future in at_work])
        while waiting or at_work:
            while waiting and _may_join(waiting[0], [row for row, _ in at_work]):
                row = waiting.popleft()
                row.status, row.attempts = Status.READING, row.attempts + 1
                row.started_at = timezone.now()
                row.save(update_fields=["status", "attempts", "started_at"])
                at_work.append((row, pool.submit(_read, row)))
            row, future = at_work.popleft()
            yield row, _wait_for(future, runner)


def _may_join(row: ImportedFile, at_work: list[ImportedFile]) -> bool:
    is_suspicious = row.attempts > 0 or any(each.attempts > 1 for each in at_work)
    return len(at_work) < (1 if is_suspicious else AT_ONCE)


def _read(row: ImportedFile) -> Reading:
    """In a thread: asks nothing of the database."""
    assert row.original is not None  # noqa: S101 - a waiting file has its original
    return read(originals.path_of(row.original), row.original_name)


def _wait_for(future: Future[Reading], runner: _Runner) -> Reading:
    """Give a sign of life while waiting."""
    while True:
        runner.sign(timezone.now())
        try:
            return future.result(timeout=SIGN_EVERY)
        except NotYet:
            if future.done():
                raise
