"""One group's report to one meeting."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from papers.content import SECTION_LABELS, PaperContent, Section, SectionKind
from papers.querysets import IssuePaperQuerySet
from workgroups.models import Meeting, Source, WorkingGroup
from workgroups.models.text import (
    CleanCharField,
    CleanTextField,
    is_filled,
    validate_name,
    validate_web_address,
)
from workgroups.querysets import NaturalKeyManager

PUB_NUMBER = r"\A[0-9]{4}-(0[1-9]|1[0-2])[0-9]{2}\Z"


class IssuePaper(models.Model):
    """One working group's report to one public meeting. A draft until ``published_at``."""

    class SourceKind(models.TextChoices):
        ISSUE_PAPER = "government-issue-paper", "Government Issue Paper"
        SUMMARY = "third-party-summary", "Third-party summary"

    # related_name="+": a group has no .papers, so no template can stray into a draft.
    working_group = models.ForeignKey(WorkingGroup, models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    source_kind = models.CharField(
        "kind of source",
        max_length=22,
        choices=SourceKind,
        default=SourceKind.ISSUE_PAPER,
        help_text="A third-party summary is told in our own words and is always marked as such.",
    )
    group_as_printed = CleanCharField(
        "group, as printed", max_length=200, validators=[validate_name]
    )
    subcommittee_as_printed = CleanCharField("subcommittee, as printed", max_length=200, blank=True)
    pub_number = CleanCharField(
        "Pub#",
        max_length=9,
        blank=True,
        help_text="As printed, such as 0318-0924: four digits, hyphen, MMYY. Text, because "
        "leading zeros count. Empty where none is printed.",
    )
    action_required = CleanCharField(
        max_length=200, blank=True, help_text="Almost always “Informational”."
    )
    office_line = CleanCharField(
        max_length=300,
        blank=True,
        help_text="The CBP office above the subcommittee's line, as printed.",
    )
    submitted_by = CleanCharField(
        max_length=300, blank=True, help_text="Several people: separate them with a semicolon."
    )
    submitter_office = CleanCharField(
        max_length=300, blank=True, help_text="Division and office after the name, as printed."
    )
    dated_on = models.DateField(
        "dated",
        null=True,
        blank=True,
        help_text="The date on the paper, weeks before the meeting: its facts are as of that day.",
    )
    dated_as_printed = CleanCharField(
        max_length=60, blank=True, help_text="The same date in the paper's own form."
    )
    source_url = models.URLField(
        "address of the document",
        max_length=500,
        blank=True,
        validators=[validate_web_address],
        help_text="Where the public finds the original.",
    )
    source_text = CleanTextField(
        blank=True,
        help_text="The text read from the document. Items point into it, so it is never edited.",
    )
    source_sha256 = models.CharField(
        "SHA-256 of the file", max_length=64, blank=True, help_text="Of the original file."
    )
    published_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Empty while a draft. From this moment on everybody can read the paper.",
    )
    original = models.ForeignKey(
        "papers.Original",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="papers",
    )
    imported_from = models.ForeignKey(
        "papers.ImportedFile",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    sources = models.ManyToManyField(Source, blank=True, related_name="+")

    objects = IssuePaperQuerySet.as_manager()

    # Set by ``with_counts()`` and ``load_holdings``, the words by the latter alone.
    status_count: int
    step_count: int
    first_status: str

    class Meta:
        ordering = ["-meeting__held_on", "working_group__name"]
        indexes = [models.Index(fields=["published_at"], name="paper_published_at")]
        permissions = [("publish_issuepaper", "Can publish and withdraw issue papers")]
        constraints = [
            models.UniqueConstraint(
                fields=["working_group", "meeting"],
                name="paper_once_per_group_and_meeting",
                violation_error_message="This group already has a paper for this meeting.",
            ),
            models.CheckConstraint(
                condition=Q(source_kind__in=["government-issue-paper", "third-party-summary"]),
                name="paper_source_kind_is_known",
                violation_error_message="Choose the kind of source.",
            ),
            is_filled(
                "group_as_printed",
                "paper_has_group_as_printed",
                "Give the group's name as the paper prints it.",
            ),
            models.CheckConstraint(
                condition=Q(pub_number="") | Q(pub_number__regex=PUB_NUMBER),
                name="paper_pub_number_has_its_form",
                violation_error_message="A Pub# is four digits, a hyphen, then month and year as "
                "MMYY, such as 0318-0924.",
            ),
            models.CheckConstraint(
                condition=Q(source_kind="government-issue-paper") | ~Q(source_url=""),
                name="paper_summary_names_its_source",
                violation_error_message="A third-party summary needs the address of its source.",
            ),
            models.CheckConstraint(
                condition=Q(source_sha256="") | Q(source_sha256__regex=r"\A[0-9a-f]{64}\Z"),
                name="paper_sha256_has_its_form",
                violation_error_message="A SHA-256 is 64 hexadecimal digits in lower case.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_as_printed}, {self.meeting.name}"

    def natural_key(self) -> tuple[str, str]:
        return (self.working_group.slug, self.meeting.held_on.isoformat())

    natural_key.dependencies = [  # type: ignore[attr-defined]
        "workgroups.workinggroup",
        "workgroups.meeting",
    ]

    def get_absolute_url(self) -> str:
        return reverse(
            "paper_detail", args=[self.meeting.held_on.isoformat(), self.working_group.slug]
        )

    @property
    def is_public(self) -> bool:
        """Whether ``published()`` has it."""
        return self.published_at is not None and self.published_at <= timezone.now()

    @property
    def is_summary(self) -> bool:
        """Somebody's report about the group in our words, not the Government's paper."""
        return self.source_kind == self.SourceKind.SUMMARY

    def content(self) -> PaperContent:
        """What the paper says, as comparison and pages read it (4 queries).

        Of many papers at once: ``papers.contents.load_contents``.
        """
        items = self._items_by_section()
        return self.content_of(
            Section(
                kind=SectionKind(section.kind),
                heading=section.heading,
                items=tuple(items.get(section.key, ())),
                remark=section.remark,
            )
            for section in self.sections.all()
        )

    def content_of(self, sections: Iterable[Section]) -> PaperContent:
        """The paper's own fields around these sections."""
        return PaperContent(
            group=self.group_as_printed,
            subcommittee=self.subcommittee_as_printed,
            pub_number=self.pub_number,
            action_required=self.action_required,
            office=self.office_line,
            submitted_by=self.submitted_by,
            submitter_office=self.submitter_office,
            dated=self.dated_on,
            sections=tuple(sections),
        )

    def complete_sections(self) -> None:
        """Add the section of each item that has none, in the usual order after those there."""
        known = {section.key: section for section in self.sections.all()}
        position = max((section.position for section in known.values()), default=0)
        order = list(SectionKind)
        missing = {key for key in self._items_by_section() if key not in known}
        for kind, heading in sorted(
            missing, key=lambda key: (order.index(SectionKind(key[0])), key)
        ):
            position += 1
            self.sections.create(kind=kind, heading=heading, position=position)

    def _items_by_section(self) -> dict[tuple[str, str], list[Any]]:
        """Items by section key: ``(kind, heading)``, the heading only of other sections."""
        items: dict[tuple[str, str], list[Any]] = {}
        for item in self.section_items.all():
            items.setdefault(item.section_key, []).append(item.as_item())
        for kind, related in (
            (SectionKind.CURRENT_STATUS, self.status_items),
            (SectionKind.NEXT_STEPS, self.next_steps),
        ):
            for printed in related.all():
                items.setdefault((kind.value, ""), []).append(printed.as_item())
        return items

    def publish(self, at: Any = None) -> None:
        """Make it public. Raises ValidationError, in words, when it may not be.

        Until a moment ``at`` that is to come, its meeting is none of which everything is held.
        """
        self.check_publishable()
        self.published_at = at or timezone.now()
        self.save(update_fields=["published_at"])
        if not self.is_public:
            self._reopen_record()

    def check_publishable(self) -> None:
        """Raise ValidationError, in words, where it may not be made public."""
        if not self._items_by_section() and not any(it.remark for it in self.sections.all()):
            raise ValidationError(
                f"{self} cannot be published: it has no item, nor words in place of items, yet."
            )
        self._check_findings()

    def _check_findings(self) -> None:
        """What its import found and nobody has settled stands in the way, where it blocks."""
        if self.imported_from is None:
            return
        blocking = list(self.imported_from.findings.blocking()[:3])
        if blocking:
            words = " ".join(finding.words for finding in blocking)
            raise ValidationError(f"Findings of its import have to be settled first: {words}")

    def withdraw(self) -> None:
        """Make it a draft again. Its meeting is then no longer one of which everything is held."""
        self.published_at = None
        self.save(update_fields=["published_at"])
        self._reopen_record()

    def _reopen_record(self) -> None:
        Meeting.objects.filter(pk=self.meeting_id).update(record_complete=False)

    def clean(self) -> None:
        super().clean()
        if not self.meeting_id:
            return
        self._check_address()
        held_on: date = self.meeting.held_on
        is_typed = not self.imported_from_id
        # What a document prints is kept as printed; there the slip is a finding for staff.
        if is_typed and self.dated_on and self.dated_on > held_on and not self.is_summary:
            raise ValidationError(
                {"dated_on": f"The paper is dated after its meeting of {self.meeting}."}
            )

    def _check_address(self) -> None:
        """A public paper's address is made of its group and its meeting, and stays (S35)."""
        before = IssuePaper.objects.filter(pk=self.pk).first() if self.pk else None
        if before is None or not before.is_public:
            return
        for field in ("working_group", "meeting"):
            if getattr(before, f"{field}_id") != getattr(self, f"{field}_id"):
                raise ValidationError(
                    {field: "The paper is public under this address. Withdraw it first."}
                )


class PaperSection(models.Model):
    """A section that the paper prints, empty or not. A section without a row is absent."""

    paper = models.ForeignKey(IssuePaper, models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField(help_text="Order on the page, from 1.")
    kind = models.CharField("section", max_length=14, choices=list(SECTION_LABELS.items()))
    heading = CleanCharField(max_length=200, blank=True, help_text="As printed.")
    remark = CleanTextField(
        blank=True, help_text="Words printed in place of items, such as “None at this time.”"
    )

    objects = NaturalKeyManager("paper__working_group__slug", "paper__meeting__held_on", "position")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "position"],
                name="section_position_is_unique",
                violation_error_message="Another section has this position.",
            ),
            models.UniqueConstraint(
                fields=["paper", "kind"],
                condition=~Q(kind="other"),
                name="section_kind_is_unique",
                violation_error_message="The paper has this section already.",
            ),
            models.UniqueConstraint(
                fields=["paper", "heading"],
                condition=Q(kind="other"),
                name="other_section_heading_is_unique",
                violation_error_message="The paper has a section with this heading already.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in SectionKind]),
                name="section_kind_is_known",
                violation_error_message="Choose the section.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="other") | ~Q(heading=""),
                name="other_section_has_heading",
                violation_error_message="Another section needs its printed heading.",
            ),
            models.CheckConstraint(
                condition=Q(position__gte=1),
                name="section_position_from_one",
                violation_error_message="Positions are counted from 1.",
            ),
        ]

    def __str__(self) -> str:
        return self.heading or self.get_kind_display()

    def natural_key(self) -> tuple[str, str, int]:
        return (*self.paper.natural_key(), self.position)

    natural_key.dependencies = ["papers.issuepaper"]  # type: ignore[attr-defined]

    @property
    def key(self) -> tuple[str, str]:
        """What its items name it by; usual sections go by their kind alone."""
        return (self.kind, self.heading if self.kind == SectionKind.OTHER else "")


class Correction(models.Model):
    """A public note that a published paper's record was corrected."""

    class Weight(models.TextChoices):
        MINOR = "minor", "Minor"
        SIGNIFICANT = "significant", "Significant"

    paper = models.ForeignKey(IssuePaper, models.CASCADE, related_name="corrections")
    made_on = models.DateField(default=timezone.localdate)
    weight = models.CharField(max_length=11, choices=Weight, default=Weight.MINOR)
    note = CleanTextField(help_text="What was corrected, from what to what. Everybody reads it.")

    class Meta:
        ordering = ["-made_on", "-pk"]
        constraints = [
            is_filled("note", "correction_has_note", "Say what was corrected."),
            models.CheckConstraint(
                condition=Q(weight__in=["minor", "significant"]),
                name="correction_weight_is_known",
                violation_error_message="A correction is minor or significant.",
            ),
        ]

    def __str__(self) -> str:
        return f"Correction of {self.made_on}"
