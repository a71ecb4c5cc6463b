"""What was imported: batches, their files, what was read, its findings, and the originals."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from papers.importing.findings import CODES, Finding, Weight
from papers.importing.parsed import ParsedPaper
from papers.models.paper import IssuePaper
from workgroups.models.text import CleanCharField, CleanTextField, is_filled

MAX_NAME = 255
SHA256 = r"\A[0-9a-f]{64}\Z"


def validate_code(value: str) -> None:
    """Refuse a code that has no words."""
    if value not in CODES:
        raise ValidationError(f"“{value}” is not the code of a finding.")


class Original(models.Model):
    """A stored file, byte for byte as it came. Kept once, however often it is referred to.

    The file lies in ``ORIGINALS_DIR`` under ``name``, which nobody outside chose (S04, S20).
    ``papers.importing.originals`` alone makes and deletes these rows, each with its file.
    """

    name = models.CharField(max_length=48, unique=True, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, unique=True, editable=False)
    size = models.PositiveBigIntegerField(editable=False, help_text="In bytes.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(name__regex=r"\A[0-9a-f]{32}\.[a-z]{2,4}\Z"),
                name="original_name_is_generated",
                violation_error_message="Originals are stored under generated names.",
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=SHA256),
                name="original_sha256_has_its_form",
                violation_error_message="A SHA-256 is 64 hexadecimal digits in lower case.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def format(self) -> str:
        """The file's kind as its name says: "pdf", "docx", "txt", "md", "html"; else "bin"."""
        return self.name.rpartition(".")[2]


class ImportBatch(models.Model):
    """Files that came together: one upload, or one run of the command.

    ``runner_seen_at`` is renewed by the process that reads the files; when it grows old while
    files wait, that process has died and another may take over.
    """

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    runner_seen_at = models.DateTimeField(null=True, blank=True, editable=False)
    finished_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "import"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(finished_at__gte=F("created_at")),
                name="batch_finishes_after_it_began",
                violation_error_message="A batch cannot finish before it began.",
            ),
        ]

    def __str__(self) -> str:
        return f"Import of {timezone.localtime(self.created_at):%B %-d, %Y, %H:%M}"


class ImportedFile(models.Model):
    """One file of a batch, from its arrival to the paper it became, or the reason why not."""

    class Status(models.TextChoices):
        WAITING = "waiting", "Waiting to be read"
        READING = "reading", "Being read"
        DRAFT = "draft", "Stored as a draft"
        BLOCKED = "blocked", "Waiting for the record"
        REVISION = "revision", "Proposed as a revision"
        SAME = "same", "Stored already"
        FAILED = "failed", "Not imported"
        APPLIED = "applied", "Revision taken over"
        REJECTED = "rejected", "Revision not taken over"
        DISCARDED = "discarded", "Discarded"

    # What was read is kept with these, and a later copy of the same file leads to them.
    HELD = (Status.DRAFT, Status.BLOCKED, Status.REVISION, Status.APPLIED, Status.REJECTED)
    UNREAD = (Status.WAITING, Status.READING)

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="files")
    position = models.PositiveSmallIntegerField()
    original_name = CleanCharField(
        "file name", max_length=MAX_NAME, help_text="As it came. Only shown, never a path."
    )
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField(help_text="In bytes.")
    text_sha256 = models.CharField("SHA-256 of the words", max_length=64, blank=True)
    status = models.CharField(max_length=9, choices=Status, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem_code = models.CharField(max_length=24, blank=True)
    problem = CleanTextField(blank=True, help_text="One sentence for the person.")
    parsed = models.JSONField(null=True, blank=True)
    placed = models.PositiveIntegerField(null=True, blank=True)
    sentences = models.PositiveIntegerField(null=True, blank=True)
    original = models.ForeignKey(
        Original, models.PROTECT, null=True, blank=True, related_name="files"
    )
    # The draft it became, the paper it would revise, or the one that has it already.
    paper = models.ForeignKey(IssuePaper, models.SET_NULL, null=True, blank=True, related_name="+")
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["batch", "position"]
        indexes = [
            models.Index(fields=["sha256"], name="imported_sha256"),
            models.Index(fields=["text_sha256"], name="imported_text_sha256"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "position"],
                name="imported_position_is_unique",
                violation_error_message="Another file of the batch has this position.",
            ),
            is_filled("original_name", "imported_has_name", "An imported file needs its name."),
            models.CheckConstraint(
                condition=Q(
                    status__in=[
                        *("waiting", "reading", "draft", "blocked", "revision", "same"),
                        *("failed", "applied", "rejected", "discarded"),
                    ]
                ),
                name="imported_status_is_known",
                violation_error_message="Choose what became of the file.",
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=SHA256),
                name="imported_sha256_has_its_form",
                violation_error_message="A SHA-256 is 64 hexadecimal digits in lower case.",
            ),
            models.CheckConstraint(
                condition=~Q(status="failed") | ~Q(problem=""),
                name="imported_failure_has_reason",
                violation_error_message="A file that was not imported needs the reason.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["draft", "blocked", "revision", "applied", "rejected"])
                | Q(parsed__isnull=False, original__isnull=False),
                name="imported_keeps_what_was_read",
                violation_error_message="What was read is kept with its original.",
            ),
            models.CheckConstraint(
                condition=Q(placed__isnull=True, sentences__isnull=True)
                | Q(placed__isnull=False, sentences__isnull=False, placed__lte=F("sentences")),
                name="imported_placed_of_sentences",
                violation_error_message="No more sentences can be placed than there are.",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    @property
    def short_name(self) -> str:
        """The name for pages, cut in the middle so that its ending stays (S20)."""
        name = self.original_name
        return name if len(name) <= 80 else f"{name[:60]}…{name[-19:]}"

    @property
    def is_over(self) -> bool:
        """Whether reading it has ended, well or badly."""
        return self.status not in self.UNREAD

    def parsed_paper(self) -> ParsedPaper | None:
        """What was read, with its placements; None where nothing was."""
        return ParsedPaper.from_json(self.parsed) if self.parsed else None


class ImportFindingQuerySet(models.QuerySet):
    """Findings ..."""

    def unsettled(self) -> ImportFindingQuerySet:
        """... that nobody has settled, those for information alone left out."""
        info = [code for code, (weight, _) in CODES.items() if weight is Weight.INFO]
        return self.filter(settled_at__isnull=True).exclude(code__in=info)

    def blocking(self) -> ImportFindingQuerySet:
        """... that stand in the way of publishing."""
        return self._unsettled_of(Weight.BLOCKS)

    def to_nod(self) -> ImportFindingQuerySet:
        """... of which somebody has yet to say that they are right as they stand."""
        return self._unsettled_of(Weight.NOD)

    def _unsettled_of(self, wanted: Weight) -> ImportFindingQuerySet:
        codes = [code for code, (weight, _) in CODES.items() if weight is wanted]
        return self.filter(settled_at__isnull=True, code__in=codes)


class ImportFinding(models.Model):
    """Something that staff should look at in what was read, and who has settled it."""

    imported_file = models.ForeignKey(ImportedFile, models.CASCADE, related_name="findings")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=32, validators=[validate_code])
    subject = CleanTextField(blank=True)
    detail = CleanTextField(blank=True)
    span_start = models.PositiveIntegerField(null=True, blank=True)
    span_end = models.PositiveIntegerField(null=True, blank=True)
    page = models.PositiveIntegerField(default=0)
    line = models.PositiveIntegerField(default=0)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = ImportFindingQuerySet.as_manager()

    class Meta:
        ordering = ["imported_file", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["imported_file", "position"],
                name="finding_position_is_unique",
                violation_error_message="Another finding of the file has this position.",
            ),
            models.CheckConstraint(
                condition=Q(span_start__isnull=True, span_end__isnull=True)
                | Q(
                    span_start__isnull=False,
                    span_end__isnull=False,
                    span_end__gt=F("span_start"),
                ),
                name="finding_span_is_a_range",
                violation_error_message="The place in the text must end after it starts.",
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @classmethod
    def of(cls, finding: Finding, **fields: Any) -> ImportFinding:
        """A row, not saved, of what the parser or the record found."""
        start, end = finding.span or (None, None)
        return cls(
            code=finding.code,
            subject=finding.subject,
            detail=finding.detail,
            span_start=start,
            span_end=end,
            page=finding.page,
            line=finding.line,
            **fields,
        )

    def as_finding(self) -> Finding:
        """As scripts and pages read it."""
        span = None
        if self.span_start is not None and self.span_end is not None:
            span = (self.span_start, self.span_end)
        return Finding(self.code, self.detail, self.subject, span, self.page, self.line)

    @property
    def full_code(self) -> str:
        """Such as ``missing:issue``."""
        return self.as_finding().full_code

    @property
    def weight(self) -> Weight:
        """Whether it blocks publishing, wants a nod or only informs."""
        return self.as_finding().weight

    @property
    def words(self) -> str:
        """For the person."""
        return self.as_finding().words

    @property
    def is_settled(self) -> bool:
        """Somebody has said that it is right as it stands, or it asks for nothing."""
        return self.settled_at is not None or self.weight is Weight.INFO

    def settle(self, user: Any) -> None:
        """Note who looked at it and found it right as it stands."""
        self.settled_at = timezone.now()
        self.settled_by = user
        self.save(update_fields=["settled_at", "settled_by"])

    def reopen(self) -> None:
        """Take the settling back."""
        self.settled_at = self.settled_by = None
        self.save(update_fields=["settled_at", "settled_by"])
