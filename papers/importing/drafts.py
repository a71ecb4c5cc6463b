"""A file -> a draft ``IssuePaper``, a proposed revision, or a sentence that says why neither.

``read`` needs no database and may run in a thread; ``judge`` only looks; ``store`` writes, all in
one transaction. ``import_document`` does the three in a row.
"""

from __future__ import annotations

import stat
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.contrib.admin.models import ADDITION, LogEntry
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, connection, transaction
from django.utils import timezone

from papers.importing import coverage, originals
from papers.importing.errors import ImportProblem
from papers.importing.fitting import with_clean_text
from papers.importing.judging import Judgement, describe, judge, text_digest
from papers.importing.parsed import ParsedPaper
from papers.importing.rows import set_scalars, write
from papers.importing.sandbox import read_in_child
from papers.models import ImportBatch, ImportedFile, ImportFinding, IssuePaper
from papers.models.imports import MAX_NAME
from workgroups.models import Meeting, WorkingGroup
from workgroups.models.text import NAME_CONTROLS

MAX_BYTES = 25 * 1024 * 1024
Status = ImportedFile.Status
# Any number, the same in every process: what stores imports on PostgreSQL takes turns by it.
TURN = 564_120_318


@dataclass(frozen=True)
class Reading:
    """A file that was read: ``parsed``, or the ``problem`` that stood against it."""

    path: Path
    name: str
    sha256: str = ""
    size: int = 0
    parsed: ParsedPaper | None = None
    problem: ImportProblem | None = None
    placed: int = 0
    sentences: int = 0


@dataclass(frozen=True)
class Outcome:
    """What became of a file. ``paper`` is the draft, or the stored paper that it meets."""

    status: str
    reading: Reading
    judgement: Judgement | None = None
    paper: IssuePaper | None = None
    imported: ImportedFile | None = None
    problem: ImportProblem | None = None
    is_published: bool = False

    @property
    def sentence(self) -> str:
        """For the person, beside the file's name; empty where the status says all."""
        if self.problem:
            return self.problem.sentence(self.reading.name)
        if self.status == Status.SAME and self.paper:
            return f"Stored already: {describe(self.paper)}."
        if self.status == Status.SAME and self.imported:
            return f"Waits already: {self.imported.short_name}."
        return ""


def import_document(
    path: Path,
    name: str = "",
    *,
    user: Any = None,
    batch: ImportBatch | None = None,
    batch_file: ImportedFile | None = None,
    publish: bool = False,
) -> Outcome:
    """Read a file and store what it says. Never raises for what is wrong with the file.

    ``name`` is the file's name as it came; it is shown and never used as a path. ``batch_file`` is
    the row of an uploaded file, which takes the outcome; without it a row is made for what is
    stored, in ``batch`` or in a batch of its own, and none for what fails or is there already.
    """
    reading = read(Path(path), name)
    return store(reading, user=user, batch=batch, batch_file=batch_file, publish=publish)


# Reading ---------------------------------------------------------------------------------------


def read(path: Path, name: str = "") -> Reading:
    """Digest and content of a file; the reading itself is done by a child process."""
    reading = Reading(path, clean_name(name or path.name))
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ImportProblem("unreadable", detail="it is no ordinary file")
        if status.st_size > MAX_BYTES:
            raise ImportProblem("too_large")
        with open(path, "rb") as file:
            sha256, size = originals.digest(file)
        reading = replace(reading, sha256=sha256, size=size)
        parsed = with_clean_text(read_in_child(path, reading.name))
        covered = coverage.check(parsed)
        if not covered.holds:
            raise ImportProblem("not_covered", detail=covered.problems[0])
    except OSError as error:
        return replace(reading, problem=ImportProblem("unreadable", detail=error.strerror or ""))
    except ImportProblem as problem:
        return replace(reading, problem=problem)
    return replace(reading, parsed=parsed, placed=covered.placed, sentences=covered.sentences)


def clean_name(name: str) -> str:
    """A file's name on one line, at most 255 characters, its ending kept (S20)."""
    # A name on disk need not be Unicode; the database and pages want it to be.
    name = name.encode("utf-8", "replace").decode()
    name = NAME_CONTROLS.sub("", name).strip() or "unnamed"
    return name if len(name) <= MAX_NAME else f"{name[: MAX_NAME - 21]}…{name[-20:]}"


# Storing ---------------------------------------------------------------------------------------


def would_be(reading: Reading, *, publish: bool = False) -> Outcome:
    """What ``store`` would do now, without doing it."""
    try:
        judgement = judge(_parsed(reading), reading.sha256)
    except ImportProblem as problem:
        return _failed(reading, problem, None)
    is_published = publish and judgement.status == Status.DRAFT and not judgement.is_blocked
    return Outcome(
        judgement.status,
        reading,
        judgement,
        judgement.held,
        judgement.waiting,
        is_published=is_published,
    )


def store(
    reading: Reading,
    *,
    user: Any = None,
    batch: ImportBatch | None = None,
    batch_file: ImportedFile | None = None,
    publish: bool = False,
) -> Outcome:
    """Store what was read, whole or not at all. Not inside another transaction."""
    if batch_file:
        batch_file.refresh_from_db()
        if batch_file.is_over:  # a second runner has stored it meanwhile
            return Outcome(batch_file.status, reading, paper=batch_file.paper, imported=batch_file)
    try:
        judgement = judge(_parsed(reading), reading.sha256, besides=batch_file)
        if judgement.waiting and judgement.status != Status.SAME:
            # The record knows by now where the file belongs that waited for it.
            outcome = retry(judgement.waiting, user=user, publish=publish)
            if batch_file and outcome.paper:
                _close(batch_file, Status.SAME, outcome.paper)
            return replace(outcome, reading=reading)
        if judgement.status != Status.SAME:
            outcome = _keep(reading, user, batch, batch_file, publish)
            if outcome.status != Status.SAME:
                return outcome
            judgement = outcome.judgement or judgement  # another process was faster
    except ImportProblem as problem:
        return _failed(reading, problem, batch_file)
    if batch_file:
        _close(batch_file, Status.SAME, judgement.held)
    return Outcome(Status.SAME, reading, judgement, judgement.held, judgement.waiting)


def retry(
    imported: ImportedFile,
    *,
    user: Any = None,
    group: WorkingGroup | None = None,
    meeting: Meeting | None = None,
    publish: bool = False,
) -> Outcome:
    """Try again to store a file that waits for the record; nothing is read anew.

    ``group`` and ``meeting`` are the person's choice; without them the printed names are looked
    up again. Raises ValidationError where the file does not wait.
    """
    with transaction.atomic(durable=True):
        take_turn()
        row = ImportedFile.objects.select_for_update(of=("self",)).get(pk=imported.pk)
        parsed = row.parsed_paper()
        if row.status != Status.BLOCKED or parsed is None:
            raise ValidationError(f"{row} does not wait for the record.")
        reading = _reading_of(row, parsed)
        judgement = judge(parsed, row.sha256, group=group, meeting=meeting, besides=row)
        if judgement.status != Status.SAME:
            outcome = _record(reading, judgement, row, user, publish)
    if judgement.status == Status.SAME:
        _close(row, Status.SAME, judgement.held)
        outcome = Outcome(Status.SAME, reading, judgement, judgement.held, row)
    imported.refresh_from_db()
    return outcome


def take_turn() -> None:
    """Wait until no other process stores an import, until the transaction ends.

    SQLite has one writer at a time anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])


def _keep(
    reading: Reading,
    user: Any,
    batch: ImportBatch | None,
    batch_file: ImportedFile | None,
    publish: bool,
) -> Outcome:
    """File, row, findings and paper together. Raises ImportProblem."""
    try:
        with open(reading.path, "rb") as file:
            extension = originals.extension_of(reading.name)
            incoming = [originals.Incoming(file, reading.sha256, extension)]
            if batch_file and batch_file.original:
                incoming = []  # it was stored when it was uploaded
            with originals.keeping(*incoming) as kept:
                take_turn()
                judgement = judge(_parsed(reading), reading.sha256, besides=batch_file)
                if judgement.status == Status.SAME or judgement.waiting:
                    raise _Overtaken(judgement)
                row = _unread(batch_file) if batch_file else _new_file(reading, batch, user)
                row.original = kept[0] if kept else row.original
                return _record(reading, judgement, row, user, publish)
    except _Overtaken as overtaken:
        return Outcome(Status.SAME, reading, overtaken.judgement)
    except originals.Changed as changed:
        raise ImportProblem("changed") from changed
    except OSError as error:
        raise ImportProblem("not_kept", detail=error.strerror or "") from error
    except (ValidationError, IntegrityError, DataError) as error:
        words = " ".join(error.messages) if isinstance(error, ValidationError) else ""
        raise ImportProblem("refused", detail=words[:200]) from error


def _unread(batch_file: ImportedFile) -> ImportedFile:
    """The file's row, locked. Raises _Overtaken where a second runner has stored it meanwhile."""
    row = ImportedFile.objects.select_for_update(of=("self",)).get(pk=batch_file.pk)
    if row.is_over:
        raise _Overtaken(None)
    return batch_file


class _Overtaken(Exception):
    """Another process stored the same between two looks; takes the transaction back."""

    def __init__(self, judgement: Judgement | None) -> None:
        super().__init__()
        self.judgement = judgement


def _parsed(reading: Reading) -> ParsedPaper:
    """Raises the problem that stood against reading it."""
    if reading.parsed is None:
        raise reading.problem or ImportProblem("unreadable")
    return reading.parsed


def _reading_of(row: ImportedFile, parsed: ParsedPaper) -> Reading:
    """As if the file had just been read."""
    path = originals.path_of(row.original) if row.original else Path(row.original_name)
    return Reading(
        path=path,
        name=row.original_name,
        sha256=row.sha256,
        size=row.size,
        parsed=parsed,
        placed=row.placed or 0,
        sentences=row.sentences or 0,
    )


def _new_file(reading: Reading, batch: ImportBatch | None, user: Any) -> ImportedFile:
    """A row for a file that came without one, as the last of its batch."""
    batch = batch or ImportBatch(created_by=user)
    # The batch of a command is complete after each of its files, whatever happens next.
    batch.finished_at = timezone.now()
    batch.save()
    return ImportedFile(
        batch=batch,
        position=batch.files.count() + 1,
        original_name=reading.name,
        sha256=reading.sha256,
        size=reading.size,
        started_at=timezone.now(),
    )


def _record(
    reading: Reading, judgement: Judgement, row: ImportedFile, user: Any, publish: bool
) -> Outcome:
    """The rows of a paper that was read, inside the caller's transaction."""
    parsed = _parsed(reading)
    row.status = judgement.status
    row.parsed = parsed.to_json()
    row.text_sha256 = text_digest(parsed.text)
    row.placed, row.sentences = reading.placed, reading.sentences
    row.problem_code = row.problem = ""
    row.finished_at = timezone.now()
    row.paper = judgement.held
    row.full_clean(exclude=["batch", "original", "paper"])
    row.save()
    write_findings(row, judgement)
    paper, is_published = judgement.held, False
    if judgement.status == Status.DRAFT:
        paper = _draft(parsed, judgement, row)
        row.paper = paper
        row.save(update_fields=["paper"])
        note(user, paper, f"Read from “{row.short_name}”.")
        is_published = publish and not judgement.is_blocked and _publish(paper)
    return Outcome(judgement.status, reading, judgement, paper, row, is_published=is_published)


def _draft(parsed: ParsedPaper, judgement: Judgement, row: ImportedFile) -> IssuePaper:
    content, resolution = judgement.fitted.content, judgement.resolution
    paper = IssuePaper(
        working_group=resolution.group,
        meeting=resolution.meeting,
        source_text=parsed.text,
        source_sha256=row.sha256,
        original=row.original,
        imported_from=row,
    )
    set_scalars(paper, content, parsed.dated_as_printed)
    paper.group_as_printed = content.group or str(resolution.group)
    paper.full_clean()
    paper.save()
    write(paper, content)
    return paper


def write_findings(row: ImportedFile, judgement: Judgement) -> None:
    """The findings of a file, in place of earlier ones; what was settled stays settled."""
    settled = {
        _identity(each): (each.settled_at, each.settled_by)
        for each in row.findings.filter(settled_at__isnull=False).select_related("settled_by")
    }
    row.findings.all().delete()
    rows = []
    for position, finding in enumerate(judgement.findings, start=1):
        new = ImportFinding.of(finding, imported_file=row, position=position)
        new.settled_at, new.settled_by = settled.get(_identity(new), (None, None))
        new.full_clean(exclude=["imported_file"], validate_unique=False, validate_constraints=False)
        rows.append(new)
    ImportFinding.objects.bulk_create(rows)


def _identity(finding: ImportFinding) -> tuple[str, int | None, int | None, str]:
    """By what a finding is known again: a nod holds for these words at this place alone."""
    return (finding.full_code, finding.span_start, finding.span_end, finding.detail)


def _publish(paper: IssuePaper) -> bool:
    try:
        paper.publish()
    except ValidationError:
        return False
    return True


def note(user: Any, paper: IssuePaper, words: str, flag: int = ADDITION) -> None:
    """A line in the paper's history, where a person is behind it."""
    if user:
        LogEntry.objects.log_actions(user.pk, [paper], flag, words, single_object=True)


def _failed(reading: Reading, problem: ImportProblem, batch_file: ImportedFile | None) -> Outcome:
    if batch_file:
        batch_file.problem_code = problem.code
        batch_file.problem = problem.sentence(reading.name)
        _close(batch_file, Status.FAILED, None)
    return Outcome(Status.FAILED, reading, imported=batch_file, problem=problem)


def _close(row: ImportedFile, status: str, paper: IssuePaper | None) -> None:
    """Note what became of a file of which nothing is kept, then let go of its original.

    What another process has stored of it meanwhile is kept.
    """
    with transaction.atomic():
        now = ImportedFile.objects.select_for_update(of=("self",)).get(pk=row.pk)
        if now.status in ImportedFile.HELD and row.status != Status.BLOCKED:
            return
        original, row.original = now.original, None
        row.status, row.paper, row.parsed = status, paper, None
        if status == Status.SAME and paper:
            row.problem = f"Stored already: {describe(paper)}."
        row.finished_at = timezone.now()
        row.save()
    originals.release(original)
