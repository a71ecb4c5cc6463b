"""What staff say about the course of things: outcomes of steps, pairings, refused suggestions.

Everything else about change is worked out when it is asked for.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from papers.models.items import NextStep, PrintedItem, SectionItem, StatusItem
from papers.models.paper import IssuePaper
from papers.querysets import StepOutcomeQuerySet
from papers.threads import OUTCOME_LABELS, Outcome
from workgroups.models import Meeting
from workgroups.models.text import CleanTextField

# The kinds of item that may be a step: those of Next Steps, and those that staff track as one.
STEP_FIELDS = ("next_step", "status_item", "section_item")
ITEM_FIELDS = STEP_FIELDS


def exactly_one(fields: tuple[str, ...]) -> Q:
    """The condition that one of the fields is filled and the others are empty."""
    return reduce(or_, (Q(**{f"{it}__isnull": it != chosen for it in fields}) for chosen in fields))


def _row_of(instance: models.Model, fields: tuple[str, ...]) -> Any:
    """The first of the rows that the fields point at; None where all are empty."""
    filled = (getattr(instance, it) for it in fields if getattr(instance, f"{it}_id") is not None)
    return next(filled, None)


class StepOutcome(models.Model):
    """What became of a next step at a later meeting, as a person states it, with what shows it.

    Deleting a step or its evidence is refused while an outcome rests on it.
    """

    next_step = models.ForeignKey(
        NextStep, models.PROTECT, null=True, blank=True, related_name="outcomes"
    )
    status_item = models.ForeignKey(
        StatusItem,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="outcomes",
        help_text="Where the step stands under Current Status and is tracked as one.",
    )
    section_item = models.ForeignKey(
        SectionItem,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="outcomes",
        help_text="Where the step stands in another section and is tracked as one.",
    )
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        related_name="+",
        help_text="The later meeting at which this became of it.",
    )
    outcome = models.CharField(
        max_length=12, choices=[(it.value, label) for it, label in OUTCOME_LABELS.items()]
    )
    evidence = models.ForeignKey(
        StatusItem,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The status item of that meeting's paper that shows it.",
    )
    evidence_step = models.ForeignKey(
        NextStep,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Or the next step of that meeting's paper that takes its place.",
    )
    note = CleanTextField(
        blank=True,
        max_length=1000,
        help_text="What else shows it, in one or two sentences. Everybody reads it.",
    )
    rests_on_paper = models.BooleanField(
        default=False,
        editable=False,
        help_text="Whether the group had a paper for the meeting, a draft too, when this was "
        "stated: then the public reads it only beside a published one.",
    )
    stated_at = models.DateTimeField(default=timezone.now, editable=False)
    stated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    objects = StepOutcomeQuerySet.as_manager()

    class Meta:
        ordering = ["meeting__held_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one(STEP_FIELDS),
                name="outcome_is_of_one_step",
                violation_error_message="An outcome is of exactly one step.",
            ),
            *(
                models.UniqueConstraint(
                    fields=[field, "meeting"],
                    name=f"outcome_once_per_{field}_and_meeting",
                    violation_error_message="This step has an outcome at this meeting already.",
                )
                for field in STEP_FIELDS
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=[it.value for it in Outcome]),
                name="outcome_is_known",
                violation_error_message="Choose what became of the step.",
            ),
            models.CheckConstraint(
                condition=Q(evidence__isnull=True) | Q(evidence_step__isnull=True),
                name="outcome_has_one_evidence",
                violation_error_message="Choose one item as evidence, not two.",
            ),
            models.CheckConstraint(
                condition=Q(evidence__isnull=False) | Q(evidence_step__isnull=False) | ~Q(note=""),
                name="outcome_shows_something",
                violation_error_message="Say what shows it: choose an item of the later paper, or "
                "write a note.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}, {self.meeting.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps whether there was a paper: one that comes or goes later must not tell of itself.

        What was stated without one never rests on one; stated again without one, it does no more.
        """
        step: Any = self.step
        if self._state.adding or self.rests_on_paper:
            self.rests_on_paper = (
                step is not None
                and IssuePaper.objects.filter(
                    working_group=step.paper.working_group_id, meeting=self.meeting_id
                ).exists()
            )
        super().save(*args, **kwargs)

    @property
    def step(self) -> PrintedItem | None:
        """The step's row; None while the form is empty."""
        return _row_of(self, STEP_FIELDS)

    @property
    def shown_by(self) -> PrintedItem | None:
        """The later item that is its evidence, if one was chosen."""
        return _row_of(self, ("evidence", "evidence_step"))

    def clean(self) -> None:
        super().clean()
        step = self.step
        if step is None or not self.meeting_id:
            return
        paper: IssuePaper = step.paper  # type: ignore[attr-defined]
        if paper.is_summary:
            raise ValidationError("A summary in the site's own words makes no promises.")
        if not getattr(step, "also_next_step", True):
            raise ValidationError("This item is not tracked as a next step.")
        if self.meeting.held_on <= paper.meeting.held_on:
            raise ValidationError(
                {"meeting": f"The step was made at the meeting of {paper.meeting}. Choose a later."}
            )
        for field in ("evidence", "evidence_step"):
            self._check_evidence(field, paper)

    def _check_evidence(self, field: str, paper: IssuePaper) -> None:
        row = getattr(self, field)
        if row is None:
            return
        if row.paper.working_group_id != paper.working_group_id:
            raise ValidationError({field: "The evidence is of another group's paper."})
        if row.paper.meeting_id != self.meeting_id:
            raise ValidationError({field: f"The evidence is not of the meeting of {self.meeting}."})


class PairingCorrection(models.Model):
    """Staff say that an item continues one of an earlier paper, or that it does not."""

    older_next_step = models.ForeignKey(
        NextStep, models.CASCADE, null=True, blank=True, related_name="+"
    )
    older_status_item = models.ForeignKey(
        StatusItem, models.CASCADE, null=True, blank=True, related_name="+"
    )
    older_section_item = models.ForeignKey(
        SectionItem, models.CASCADE, null=True, blank=True, related_name="+"
    )
    newer_next_step = models.ForeignKey(
        NextStep, models.CASCADE, null=True, blank=True, related_name="+"
    )
    newer_status_item = models.ForeignKey(
        StatusItem, models.CASCADE, null=True, blank=True, related_name="+"
    )
    newer_section_item = models.ForeignKey(
        SectionItem, models.CASCADE, null=True, blank=True, related_name="+"
    )
    together = models.BooleanField(
        "belong together",
        default=True,
        help_text="Whether the newer item continues the older one.",
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            *(
                models.CheckConstraint(
                    condition=exactly_one(tuple(f"{side}_{field}" for field in ITEM_FIELDS)),
                    name=f"pairing_has_one_{side}_item",
                    violation_error_message=f"A pairing has exactly one {side} item.",
                )
                for side in ("older", "newer")
            ),
            models.UniqueConstraint(
                *(
                    Coalesce(f"{side}_{field}", 0)
                    for side in ("older", "newer")
                    for field in ITEM_FIELDS
                ),
                name="pairing_is_corrected_once",
                violation_error_message="What staff say about these two items is stored already.",
            ),
        ]

    def __str__(self) -> str:
        words = "continues" if self.together else "does not continue"
        return f"“{self.newer}” {words} “{self.older}”"

    @property
    def older(self) -> PrintedItem | None:
        """The earlier paper's item."""
        return _row_of(self, tuple(f"older_{field}" for field in ITEM_FIELDS))

    @property
    def newer(self) -> PrintedItem | None:
        """The later paper's item."""
        return _row_of(self, tuple(f"newer_{field}" for field in ITEM_FIELDS))

    def clean(self) -> None:
        super().clean()
        older, newer = self.older, self.newer
        if older is None or newer is None:
            return
        before: IssuePaper = older.paper  # type: ignore[attr-defined]
        after: IssuePaper = newer.paper  # type: ignore[attr-defined]
        if before.working_group_id != after.working_group_id:
            raise ValidationError("The two items are of different groups.")
        if before.meeting.held_on >= after.meeting.held_on:
            raise ValidationError("The older item has to be of an earlier meeting.")


class RejectedSuggestion(models.Model):
    """Staff say that a status item does not answer a step: it is not suggested for it again."""

    next_step = models.ForeignKey(
        NextStep, models.CASCADE, null=True, blank=True, related_name="rejected"
    )
    status_item = models.ForeignKey(
        StatusItem, models.CASCADE, null=True, blank=True, related_name="rejected"
    )
    section_item = models.ForeignKey(
        SectionItem, models.CASCADE, null=True, blank=True, related_name="rejected"
    )
    answer = models.ForeignKey(StatusItem, models.CASCADE, related_name="+")
    rejected_at = models.DateTimeField(default=timezone.now, editable=False)
    rejected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        ordering = ["rejected_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one(STEP_FIELDS),
                name="rejection_is_of_one_step",
                violation_error_message="A suggestion is rejected for exactly one step.",
            ),
            *(
                models.UniqueConstraint(
                    fields=[field, "answer"],
                    name=f"rejection_once_per_{field}",
                    violation_error_message="This suggestion is rejected already.",
                )
                for field in STEP_FIELDS
            ),
        ]

    def __str__(self) -> str:
        return f"“{self.answer}” does not answer “{self.step}”"

    @property
    def step(self) -> PrintedItem | None:
        """The step's row."""
        return _row_of(self, STEP_FIELDS)

    def clean(self) -> None:
        super().clean()
        step = self.step
        if step is None or not self.answer_id:
            return
        before: IssuePaper = step.paper  # type: ignore[attr-defined]
        after = self.answer.paper
        if before.working_group_id != after.working_group_id:
            raise ValidationError("The item is of another group's paper.")
        if before.meeting.held_on >= after.meeting.held_on:
            raise ValidationError("The item is not of a later meeting.")
