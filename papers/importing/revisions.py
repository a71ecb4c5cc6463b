"""A corrected re-issue beside the stored paper: shown, then taken over or not (S24).

Until somebody decides, the stored paper is what it was, on every page and in every byte.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.admin.models import CHANGE
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from papers.importing.differences import Difference, difference
from papers.importing.drafts import note, take_turn
from papers.importing.fitting import fitted
from papers.importing.parsed import ParsedPaper
from papers.importing.rows import rewrite, set_scalars
from papers.models import Correction, ImportedFile, IssuePaper

Status = ImportedFile.Status
OPEN = (Status.REVISION, Status.REJECTED)


def revision_difference(imported: ImportedFile) -> Difference:
    """How the proposed edition differs from the paper as it is stored now."""
    paper, parsed = _sides(imported)
    return difference(paper.content(), fitted(parsed.content).content)


def apply_revision(
    imported: ImportedFile,
    user: Any = None,
    *,
    correction: str = "",
    weight: str = Correction.Weight.MINOR,
    nods: Collection[str] = (),
    check: Callable[[IssuePaper], None] | None = None,
) -> IssuePaper:
    """Make the stored paper say what the re-issue says, in one transaction.

    A paper with a date of publication keeps it and gets ``correction`` as its public note.
    ``check`` is asked about the locked paper, and refuses by raising: what the person saw, and
    what they may, is decided on the paper as it is now (S24, S26). Findings whose primary keys are
    in ``nods`` are settled with it. A rejected revision can still be taken over. Raises
    ValidationError, in words, where there is nothing to apply, where the public note is missing,
    where the edition of a published paper has findings that block, or where the record cannot hold
    what the edition says; then nothing was changed.
    """
    with _refusals_in_words(imported), transaction.atomic(durable=True):
        take_turn()
        row, paper = locked(imported)
        _, parsed = _sides(row)
        if paper is None:
            raise ValidationError(f"“{row}” is not a proposed revision.")
        if check:
            check(paper)
        if paper.published_at and not correction.strip():
            raise ValidationError("Say in the public note what is corrected.")
        for finding in row.findings.filter(pk__in=nods, settled_at=None):
            finding.settle(user)
        content = fitted(parsed.content).content
        differs = difference(paper.content(), content)
        # That the paper is stored already is what this decision settles.
        row.findings.filter(code="duplicate_paper", settled_at=None).update(
            settled_at=timezone.now(), settled_by=user
        )
        if paper.published_at:
            _refuse_blocking(row)
        if paper.is_summary:
            _become_issue_paper(paper)
        set_scalars(paper, content, parsed.dated_as_printed)
        paper.group_as_printed = content.group or str(paper.working_group)
        paper.source_text, paper.source_sha256 = parsed.text, row.sha256
        paper.original, paper.imported_from = row.original, row
        paper.full_clean()
        paper.save()
        rewrite(paper, content)
        if paper.published_at:
            made = Correction(paper=paper, note=correction, weight=weight)
            made.full_clean()
            made.save()
        note(user, paper, f"Revised from “{row.short_name}”: {differs}.", CHANGE)
        _decide(row, Status.APPLIED, user)
    imported.refresh_from_db()
    return paper


@contextmanager
def _refusals_in_words(imported: ImportedFile) -> Iterator[None]:
    try:
        yield
    except (IntegrityError, DataError) as error:
        words = f"The record cannot hold what “{imported}” says. The paper is as it was."
        raise ValidationError(words) from error


def locked(imported: ImportedFile) -> tuple[ImportedFile, IssuePaper | None]:
    """The file and its paper as they are now, locked until the transaction ends.

    Always the paper first, as where a draft is saved: two orders would wait for each other.
    """
    paper_of = ImportedFile.objects.filter(pk=imported.pk).values("paper")
    papers = IssuePaper.objects.select_for_update(of=("self",))
    paper = papers.select_related("working_group", "meeting").filter(pk__in=paper_of).first()
    row = ImportedFile.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    return row, paper if paper is not None and row.paper_id == paper.pk else None


def reject_revision(imported: ImportedFile, user: Any = None) -> None:
    """Leave the stored paper as it is. The re-issue is kept, so that the same file is known."""
    with transaction.atomic():
        row, _ = locked(imported)
        if row.status != Status.REVISION:
            raise ValidationError(f"“{row}” is not a proposed revision.")
        _decide(row, Status.REJECTED, user)
        if row.paper:
            note(user, row.paper, f"Revision from “{row.short_name}” not taken over.", CHANGE)
    imported.refresh_from_db()


def _sides(imported: ImportedFile) -> tuple[IssuePaper, ParsedPaper]:
    parsed = imported.parsed_paper()
    if imported.status not in OPEN or imported.paper is None or parsed is None:
        raise ValidationError(f"“{imported}” is not a proposed revision.")
    return imported.paper, parsed


def _refuse_blocking(row: ImportedFile) -> None:
    blocking = list(row.findings.blocking())
    if blocking:
        words = " ".join(finding.words for finding in blocking[:3])
        raise ValidationError(f"Findings of its import have to be settled first: {words}")


def _become_issue_paper(paper: IssuePaper) -> None:
    """The Government's paper takes the place of somebody's report about it."""
    paper.source_kind = IssuePaper.SourceKind.ISSUE_PAPER
    paper.source_url = ""
    paper.sources.clear()


def _decide(row: ImportedFile, status: str, user: Any) -> None:
    row.status, row.decided_at, row.decided_by = status, timezone.now(), user
    row.save(update_fields=["status", "decided_at", "decided_by"])
