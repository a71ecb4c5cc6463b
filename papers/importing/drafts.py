"""A file -> a draft ``IssuePaper``, a proposed revision, or a sentence that says why neither.

``judge`` only looks; ``store`` writes, all in one transaction. ``import_document`` reads before.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.contrib.admin.models import ADDITION, LogEntry
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, connection, transaction
from django.utils import timezone

from papers.importing import originals
from papers.importing.errors import ImportProblem
from papers.importing.judging import Judgement, describe, judge, text_digest
from papers.importing.parsed import ParsedPaper
from papers.importing.reading import Reading, read
from papers.importing.rows import set_scalars, write
from papers.models import ImportBatch, ImportedFile, ImportFinding, IssuePaper
from workgroups.models import Meeting, WorkingGroup

Status = ImportedFile.Status
# Any number, the same in every process: what stores imports on PostgreSQL takes turns by it.
TURN = 564_120_318
# What the record refuses, as models and databases say it.
REFUSALS = (ValidationError, IntegrityError, DataError)


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
            sentence = self.problem.sentence(self.reading.name)
            waits = self.imported is not None and self.imported.status == Status.BLOCKED
            return f"Still waiting: {sentence}" if waits else sentence
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


# Storing ---------------------------------------------------------------------------------------


def store(
    reading: Reading,
    *,
    user: Any = None,
    batch: ImportBatch | None = None,
    batch_file: ImportedFile | None = None,
    publish: bool = False,
    rehearses: bool = False,
) -> Outcome:
    """Store what was read, whole or not at all. Not inside another transaction.

    ``rehearses``: do it inside the caller's, who takes it back; no file is kept or deleted.
    """
    if batch_file:
        batch_file.refresh_from_db()
        if batch_file.is_over:  # a second runner has stored it meanwhile
            return Outcome(batch_file.status, reading, paper=batch_file.paper, imported=batch_file)
    try:
        outcome = _stored(reading, user, batch, batch_file, publish, rehearses)
    except ImportProblem as problem:
        if batch_file:
            give_up(batch_file, problem)
        return Outcome(Status.FAILED, reading, imported=batch_file, problem=problem)
    if batch_file and outcome.imported != batch_file:
        # All that there is to keep of it is with the paper or with the file that waited.
        said = replace(outcome, status=Status.SAME)
        _close(batch_file, Status.SAME, outcome.paper, words=said.sentence)
    return outcome


def _stored(
    reading: Reading,
    user: Any,
    batch: ImportBatch | None,
    batch_file: ImportedFile | None,
    publish: bool,
    rehearses: bool,
) -> Outcome:
    """What came of it; ``imported`` is another file where that one holds it."""
    judgement = judge(reading.paper(), reading.sha256, besides=batch_file)
    if judgement.waiting and judgement.status != Status.SAME:
        # The record knows by now where the file belongs that waited for it.
        try:
            outcome = _try_again(judgement.waiting, user, None, None, publish, rehearses)
            return replace(outcome, reading=reading)
        except _NoLongerWaits:
            # Another process was faster; it left a paper, or nothing at all.
            judgement = judge(reading.paper(), reading.sha256, besides=batch_file)
    if judgement.status != Status.SAME:
        try:
            return _keep(reading, user, batch, batch_file, publish, rehearses)
        except _Overtaken as overtaken:
            judgement = overtaken.judgement
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
    up again. What the record refuses is told as a problem, and the file goes on waiting. Raises
    ValidationError where the file does not wait.
    """
    try:
        outcome = _try_again(imported, user, group, meeting, publish, rehearses=False)
    except _NoLongerWaits as error:
        raise ValidationError(f"“{imported}” does not wait for the record.") from error
    except ImportProblem as problem:
        reading = Reading(Path(imported.original_name), imported.original_name)
        outcome = Outcome(Status.FAILED, reading, imported=imported, problem=problem)
    imported.refresh_from_db()
    return outcome


class _NoLongerWaits(Exception):
    """A file that was to be tried again has been decided on."""


def _try_again(
    imported: ImportedFile,
    user: Any,
    group: WorkingGroup | None,
    meeting: Meeting | None,
    publish: bool,
    rehearses: bool,
) -> Outcome:
    """Raises _NoLongerWaits, or an ImportProblem; then all is as it was."""
    try:
        with transaction.atomic(durable=not rehearses):
            take_turn()
            rows = ImportedFile.objects.select_for_update(of=("self",))
            row = rows.filter(pk=imported.pk).first()
            parsed = row.parsed_paper() if row else None
            if row is None or row.status != Status.BLOCKED or parsed is None:
                raise _NoLongerWaits
            reading = _reading_of(row, parsed)
            judgement = judge(parsed, row.sha256, group=group, meeting=meeting, besides=row)
            if judgement.status != Status.SAME:
                return _record(reading, judgement, row, user, publish)
    except REFUSALS as error:
        raise _refused(error) from error
    outcome = Outcome(Status.SAME, reading, judgement, judgement.held, row)
    _close(row, Status.SAME, judgement.held, words=outcome.sentence, rehearses=rehearses)
    return outcome


def _refused(error: Exception) -> ImportProblem:
    words = " ".join(error.messages) if isinstance(error, ValidationError) else ""
    return ImportProblem("refused", detail=words[:200])


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
    rehearses: bool,
) -> Outcome:
    """File, row, findings and paper together. Raises ImportProblem or _Overtaken."""
    keeping = originals.rehearsing if rehearses else originals.keeping
    try:
        with open(reading.path, "rb") as file:
            extension = originals.extension_of(reading.name)
            incoming = [originals.Incoming(file, reading.sha256, extension)]
            if batch_file and batch_file.original:
                incoming = []  # it was stored when it was uploaded
            with keeping(*incoming) as kept:
                take_turn()
                judgement = judge(reading.paper(), reading.sha256, besides=batch_file)
                if judgement.status == Status.SAME or judgement.waiting:
                    raise _Overtaken(judgement)
                row = _unread(batch_file, judgement) if batch_file else None
                row = row or _new_file(reading, batch, user)
                row.original = kept[0] if kept else row.original
                return _record(reading, judgement, row, user, publish)
    except (originals.Changed, FileNotFoundError) as changed:
        raise ImportProblem("changed") from changed
    except OSError as error:
        raise ImportProblem("not_kept", detail=error.strerror or "") from error
    except REFUSALS as error:
        raise _refused(error) from error


def _unread(batch_file: ImportedFile, judgement: Judgement) -> ImportedFile:
    """The file's row, locked. Raises _Overtaken where a second runner has stored it meanwhile."""
    row = ImportedFile.objects.select_for_update(of=("self",)).get(pk=batch_file.pk)
    if row.is_over:
        raise _Overtaken(judgement)
    return batch_file


class _Overtaken(Exception):
    """Another process stored the same between two looks; takes the transaction back."""

    def __init__(self, judgement: Judgement) -> None:
        super().__init__()
        self.judgement = judgement


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
    parsed = reading.paper()
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


def give_up(batch_file: ImportedFile, problem: ImportProblem) -> None:
    """Note why nothing came of a file, unless another process has stored it meanwhile."""
    words = problem.sentence(batch_file.original_name)
    _close(batch_file, Status.FAILED, None, words=words, code=problem.code)


def _close(
    row: ImportedFile,
    status: str,
    paper: IssuePaper | None,
    *,
    words: str,
    code: str = "",
    rehearses: bool = False,
) -> None:
    """Note what became of a file of which nothing is kept, then let go of its original.

    What another process has stored of it meanwhile is kept.
    """
    with transaction.atomic():
        now = ImportedFile.objects.select_for_update(of=("self",)).get(pk=row.pk)
        if now.is_over and not now.status == row.status == Status.BLOCKED:
            row.refresh_from_db()
            return
        original = now.original
        row.status, row.paper, row.parsed, row.original = status, paper, None, None
        row.problem_code, row.problem = code, words
        row.finished_at = timezone.now()
        row.save()
    if not rehearses:
        originals.release(original)
