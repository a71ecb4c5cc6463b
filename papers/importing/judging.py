"""What the record makes of a paper that was read: a draft, a revision, the same again, or a wait.

Looks and changes nothing, so a dry run says exactly what a run would do.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace

from papers.content import PaperContent, plain_words
from papers.importing.differences import Difference, difference
from papers.importing.findings import Finding, Weight
from papers.importing.fitting import Fitted, fitted
from papers.importing.parsed import ParsedPaper
from papers.importing.record_findings import Resolution, merge_findings, resolve
from papers.importing.sentences import sentences
from papers.models import ImportedFile, IssuePaper
from workgroups.models import Meeting, WorkingGroup

Status = ImportedFile.Status
# Findings of what a document has and its content lacks.
BESIDE_CONTENT = ("not_placed", "link_not_kept")


@dataclass(frozen=True)
class Judgement:
    """What would become of a paper that was read: one of draft, blocked, revision or same.

    ``held`` is the paper, or ``waiting`` the file, that the record has already.
    """

    status: str
    fitted: Fitted
    resolution: Resolution
    findings: tuple[Finding, ...]
    held: IssuePaper | None = None
    waiting: ImportedFile | None = None
    difference: Difference = field(default_factory=Difference)

    @property
    def is_blocked(self) -> bool:
        """Whether a finding stands in the way of publishing."""
        return any(finding.weight is Weight.BLOCKS for finding in self.findings)


def describe(paper: IssuePaper) -> str:
    """A paper with where it came from: "Bond Working Group, June 2024, from “bond.pdf”"."""
    source = paper.imported_from
    return f"{paper}, from “{source.short_name}”" if source else str(paper)


def text_digest(text: str) -> str:
    """The same for two files with the same words, whatever their format (S23)."""
    return hashlib.sha256(plain_words(text).casefold().encode()).hexdigest()


def judge(
    parsed: ParsedPaper,
    sha256: str,
    *,
    group: WorkingGroup | None = None,
    meeting: Meeting | None = None,
    besides: ImportedFile | None = None,
) -> Judgement:
    """What the record makes of a paper; changes nothing.

    ``group`` and ``meeting`` are a person's choice where the printed names lead nowhere;
    ``besides`` is the row of this very file, which does not count as held.
    """
    fit = fitted(parsed.content)
    resolution = resolve(replace(parsed, content=fit.content), group, meeting)
    judgement = Judgement(
        Status.DRAFT,
        fit,
        resolution,
        merge_findings(resolution.findings, parsed.findings, fit.findings),
    )
    held, waiting = find_held(fit.content, text_digest(parsed.text), sha256, besides)
    if held:
        return _already(judgement, Status.SAME, held)
    if waiting and not resolution.is_complete:
        detail = f"it waits for the record, from “{waiting.short_name}”."
        findings = merge_findings(judgement.findings, [Finding("duplicate_paper", detail)])
        return replace(judgement, status=Status.SAME, waiting=waiting, findings=findings)
    if not resolution.is_complete:
        return replace(judgement, status=Status.BLOCKED)
    stored = resolution.stored
    if stored:
        before = stored.content()
        differs = difference(before, fit.content)
        has_same_words = text_digest(stored.source_text) == text_digest(parsed.text)
        adds_nothing = not differs.in_words and not _adds_beside_content(stored, parsed, fit)
        if not differs_in_links(before, fit.content) and (has_same_words or adds_nothing):
            return _already(judgement, Status.SAME, stored)
        return replace(_already(judgement, Status.REVISION, stored), difference=differs)
    return replace(judgement, waiting=waiting)


def _already(judgement: Judgement, status: str, held: IssuePaper) -> Judgement:
    found = Finding("duplicate_paper", f"{describe(held)}.")
    findings = merge_findings(judgement.findings, [found])
    return replace(judgement, status=status, held=held, findings=findings)


def find_held(
    content: PaperContent, text_sha256: str, sha256: str, besides: ImportedFile | None = None
) -> tuple[IssuePaper | None, ImportedFile | None]:
    """The paper that a file with this digest or these words became, or the file that waits.

    Also an edition that was replaced or not taken over since: it is not proposed once more.
    """
    paper = IssuePaper.objects.with_subject().filter(source_sha256=sha256).first()
    if paper:
        return paper, None
    files = ImportedFile.objects.filter(status__in=ImportedFile.HELD).order_by("pk")
    files = files.select_related("paper__meeting", "paper__working_group")
    if besides:
        files = files.exclude(pk=besides.pk)
    found = list(files.filter(sha256=sha256))
    for file in files.filter(text_sha256=text_sha256):
        edition = file.parsed_paper()
        if edition and not differs_in_links(fitted(edition.content).content, content):
            found.append(file)
    # A draft that was deleted leaves its file without a paper: then the file counts as new.
    paper = next((file.paper for file in found if file.paper), None)
    if paper:
        return paper, None
    return None, next((file for file in found if file.status == Status.BLOCKED), None)


def _adds_beside_content(stored: IssuePaper, parsed: ParsedPaper, fit: Fitted) -> bool:
    """Whether a document has words or links without a place that the stored edition lacks (S22).

    They stand in findings alone; what other findings say follows from the content. Edition and
    document may have different formats, so words count and places do not.
    """
    held = set(map(_known, sentences(stored.source_text)))
    if stored.imported_from:
        rows = stored.imported_from.findings.filter(code__in=BESIDE_CONTENT)
        held |= set(map(_known, rows.values_list("detail", flat=True)))
    for finding in (*parsed.findings, *fit.findings):
        if finding.code not in BESIDE_CONTENT or _known(finding.detail) in held:
            continue
        words = parsed.text[slice(*finding.span)] if finding.span else finding.detail
        if not held.issuperset(map(_known, sentences(words))):
            return True
    return False


def _known(words: str) -> str:
    return plain_words(words).casefold()


def differs_in_links(held: PaperContent, new: PaperContent) -> bool:
    """Whether a new edition links to other places than the one held.

    One that links to nothing, as plain text does, takes no link away. One that links where the
    edition held does not adds something to the record.
    """
    targets = _targets(new)
    return bool(targets) and targets != _targets(held)


def _targets(content: PaperContent) -> list[str]:
    return [
        link.target
        for section in content.sections
        for item in section.items
        for link in item.links
        if link.target
    ]
