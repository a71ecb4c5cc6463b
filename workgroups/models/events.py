"""What happened to groups and to the committee, and what sources say of a group at a meeting."""

from __future__ import annotations

from functools import partial

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from workgroups.dates import KnownDate, Precision, known_date_problem
from workgroups.history import EVENT_LABELS, Event, EventKind
from workgroups.models.calendar import Meeting, Source
from workgroups.models.dating import (
    PERIODS,
    PRECISIONS,
    Dated,
    dated_constraints,
    period_ends_after,
    period_starts_on_its_first_day,
)
from workgroups.models.groups import Subcommittee, WorkingGroup
from workgroups.models.text import CleanCharField, CleanTextField, is_filled, validate_name
from workgroups.querysets import GroupEventQuerySet, NaturalKeyManager
from workgroups.reporting import MENTION_LABELS, MentionKind

EVENT_KINDS = [(kind.value, label) for kind, label in EVENT_LABELS.items()]
MENTION_KINDS = [(kind.value, label) for kind, label in MENTION_LABELS.items()]
_ends_after = partial(period_ends_after, "until_on", "until_precision")
RELATES_TO_ANOTHER = [EventKind.MERGED_INTO, EventKind.SPLIT_FROM]


class GroupEvent(Dated):
    """One thing that happened to a group. Name, kind and subcommittee hold from then on."""

    group = models.ForeignKey(WorkingGroup, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=16, choices=EVENT_KINDS)
    order = models.PositiveSmallIntegerField(
        default=0, help_text="Which of two events of the same day came first: smaller is earlier."
    )
    name = CleanCharField(
        "new name",
        max_length=160,
        blank=True,
        validators=[validate_name],
        help_text="The name from then on, without “Working Group”. The first event gives the "
        "name that the group began with.",
    )
    subcommittee = models.ForeignKey(
        Subcommittee,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="new subcommittee",
        help_text="The subcommittee from then on. The first event gives the one it began in.",
    )
    group_kind = models.CharField(
        "new kind", max_length=13, choices=WorkingGroup.Kind, blank=True, help_text="From then on."
    )
    other_group = models.ForeignKey(
        WorkingGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="For a merger or a split: the other group.",
    )
    until_on = models.DateField(
        "until",
        null=True,
        blank=True,
        help_text="Last day of a hiatus for a stated period; for a period, its first day.",
    )
    until_precision = models.CharField(max_length=8, choices=PRECISIONS, blank=True)
    detail = CleanTextField(blank=True, help_text="One sentence of our own, shown on the timeline.")
    is_inferred = models.BooleanField(
        "inferred",
        default=False,
        help_text="The source does not say it outright; readers are told so.",
    )
    sources = models.ManyToManyField(Source, blank=True, related_name="+")

    objects = GroupEventQuerySet.as_manager()

    class Meta:
        ordering = ["happened_on", "order", "pk"]
        constraints = [
            *dated_constraints("event"),
            models.UniqueConstraint(
                fields=["group", "kind", "happened_on"],
                name="event_once_per_group_kind_and_date",
                violation_error_message="The group has an event of this kind on this date already.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind for kind, _ in EVENT_KINDS]),
                name="event_kind_is_known",
                violation_error_message="Choose what happened.",
            ),
            models.CheckConstraint(
                condition=~Q(kind=EventKind.RENAMED) | ~Q(name=""),
                name="event_renamed_has_name",
                violation_error_message="An event that renames the group needs the new name.",
            ),
            models.CheckConstraint(
                condition=~Q(kind=EventKind.MOVED) | Q(subcommittee__isnull=False),
                name="event_moved_has_subcommittee",
                violation_error_message="An event that moves the group needs the new subcommittee.",
            ),
            models.CheckConstraint(
                condition=~Q(kind=EventKind.CHANGED_KIND) | ~Q(group_kind=""),
                name="event_changed_kind_has_kind",
                violation_error_message="An event that changes the kind needs the new kind.",
            ),
            models.CheckConstraint(
                condition=Q(group_kind__in=["", *WorkingGroup.Kind.values]),
                name="event_group_kind_is_known",
                violation_error_message="A group is a working group or a task force.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=RELATES_TO_ANOTHER, other_group__isnull=False)
                | (~Q(kind__in=RELATES_TO_ANOTHER) & Q(other_group__isnull=True)),
                name="event_other_group_for_merger_and_split",
                violation_error_message="A merger or a split names the other group; no other "
                "event does.",
            ),
            models.CheckConstraint(
                condition=Q(other_group__isnull=True) | ~Q(other_group=F("group")),
                name="event_other_group_is_another",
                violation_error_message="A group cannot merge into or split from itself.",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True, until_precision="")
                | (
                    Q(kind=EventKind.HIATUS, until_on__isnull=False)
                    & Q(until_precision__in=PERIODS)
                ),
                name="event_until_only_for_hiatus",
                violation_error_message="Only a hiatus has an end, with the date and how "
                "precisely it is known.",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True)
                | period_starts_on_its_first_day("until_on", "until_precision"),
                name="event_until_on_first_day",
                violation_error_message="A month, quarter or year is entered as its first day.",
            ),
            models.CheckConstraint(
                # Said of both: a comparison with nothing is not false, so it would pass.
                condition=Q(until_on__isnull=True)
                | (Q(happened_before__isnull=True) & _ends_after("happened_on"))
                | (Q(happened_before__isnull=False) & _ends_after("happened_before")),
                name="event_hiatus_ends_after_start",
                violation_error_message="A hiatus must end after it starts.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.when.in_sentence}"

    def natural_key(self) -> tuple[str, str, str]:
        return (self.group.slug, self.kind, self.happened_on.isoformat())

    natural_key.dependencies = ["workgroups.workinggroup"]  # type: ignore[attr-defined]

    @property
    def until(self) -> KnownDate | None:
        """The end of a hiatus for a stated period."""
        if not self.until_on:
            return None
        return KnownDate(self.until_on, Precision(self.until_precision))

    def as_event(self) -> Event:
        """For the fold. Subcommittees go by their slug."""
        return Event(
            kind=EventKind(self.kind),
            when=self.when,
            name=self.name,
            subcommittee=self.subcommittee.slug if self.subcommittee else "",
            group_kind=self.group_kind,
            until=self.until,
            order=self.order,
        )

    def clean(self) -> None:
        super().clean()
        if self.until_on and self.until_precision in PERIODS:
            problem = known_date_problem(self.until_on, self.until_precision, None)
            if problem:
                raise ValidationError({"until_on": problem})
            self._check_the_end()

    def _check_the_end(self) -> None:
        """What a constraint cannot see: where the last day of a period falls."""
        if not self.happened_on or known_date_problem(
            self.happened_on, self.precision, self.happened_before
        ):
            return
        if self.until and self.until.latest <= self.when.takes_effect:
            raise ValidationError({"until_on": "A hiatus must end after it starts."})

    def save(self, *args, **kwargs) -> None:
        """A name, once given, is an address for ever (S35), and the group shows today's values."""
        super().save(*args, **kwargs)
        self.keep_addresses()
        self.group.refresh_present()

    def delete(self, *args, **kwargs):
        result = super().delete(*args, **kwargs)
        self.group.refresh_present()
        return result

    def keep_addresses(self) -> None:
        """Let the address made of this name lead to the group, unless another group has it."""
        self.group.keep_address(self.name)


class CommitteeEvent(Dated):
    """Something that happened to the committee itself or to its subcommittees."""

    title = CleanCharField(max_length=160, validators=[validate_name])
    subcommittee = models.ForeignKey(
        Subcommittee, models.PROTECT, null=True, blank=True, related_name="events"
    )
    detail = CleanTextField(blank=True, help_text="One sentence of our own.")
    is_inferred = models.BooleanField("inferred", default=False)
    sources = models.ManyToManyField(Source, blank=True, related_name="+")

    objects = NaturalKeyManager("happened_on", "title")

    class Meta:
        ordering = ["happened_on", "pk"]
        constraints = [
            *dated_constraints("committee_event"),
            is_filled("title", "committee_event_has_title", "Say what happened."),
            models.UniqueConstraint(
                fields=["happened_on", "title"],
                name="committee_event_once",
                violation_error_message="This event is recorded already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.when.in_sentence}"

    def natural_key(self) -> tuple[str, str]:
        return (self.happened_on.isoformat(), self.title)


class Mention(models.Model):
    """What a public source says of a group, or of a whole subcommittee, at a meeting.

    With neither group nor subcommittee it speaks of the whole committee.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="mentions")
    group = models.ForeignKey(
        WorkingGroup, models.CASCADE, null=True, blank=True, related_name="mentions"
    )
    subcommittee = models.ForeignKey(
        Subcommittee,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="mentions",
        help_text="Where the source names the subcommittee and not the group.",
    )
    kind = models.CharField(max_length=11, choices=MENTION_KINDS, default=MentionKind.REPORTED)
    is_of_every_group = models.BooleanField(
        "of every group",
        default=False,
        help_text="Of a subcommittee or the committee: the source says it of every group in it. It "
        "then stands on the timeline of each that was active.",
    )
    sentence = CleanTextField(help_text="One sentence of our own on what the source says.")
    is_inferred = models.BooleanField(
        "inferred",
        default=False,
        help_text="The source does not say it outright; readers are told so.",
    )
    sources = models.ManyToManyField(Source, related_name="+")

    objects = NaturalKeyManager("meeting__held_on", "group__slug", "subcommittee__slug", "kind")

    class Meta:
        ordering = ["-meeting__held_on", "group__name", "kind"]
        constraints = [
            is_filled(
                "sentence", "mention_has_sentence", "Say in a sentence what the source says."
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind for kind, _ in MENTION_KINDS]),
                name="mention_kind_is_known",
                violation_error_message="Choose what the source says.",
            ),
            models.CheckConstraint(
                condition=Q(group__isnull=True) | Q(is_of_every_group=False),
                name="mention_of_one_group_is_not_of_every_group",
                violation_error_message="A mention of one group is not of every group.",
            ),
            models.CheckConstraint(
                condition=Q(group__isnull=True) | Q(subcommittee__isnull=True),
                name="mention_of_group_or_subcommittee",
                violation_error_message="A mention is of a group or a subcommittee, not of both.",
            ),
            *(
                models.UniqueConstraint(
                    fields=["meeting", *subject, "kind"],
                    condition=Q(group__isnull="group" not in subject)
                    & Q(subcommittee__isnull="subcommittee" not in subject),
                    name=f"mention_once_per_{'_'.join(subject) or 'committee'}_and_kind",
                    violation_error_message="This is recorded for this meeting already.",
                )
                for subject in (["group"], ["subcommittee"], [])
            ),
        ]

    def __str__(self) -> str:
        subject = self.group or self.subcommittee or "The committee"
        return f"{subject}, {self.meeting.name}: {self.get_kind_display().lower()}"

    def natural_key(self) -> tuple[str, str | None, str | None, str]:
        return (
            self.meeting.held_on.isoformat(),
            self.group.slug if self.group else None,
            self.subcommittee.slug if self.subcommittee else None,
            self.kind,
        )

    natural_key.dependencies = [  # type: ignore[attr-defined]
        "workgroups.meeting",
        "workgroups.workinggroup",
        "workgroups.subcommittee",
    ]
