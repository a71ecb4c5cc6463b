"""When the committee sat: sources, terms and public meetings."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, ProtectedError, Q
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone

from workgroups.dates import long_day, month_year
from workgroups.models.text import (
    CleanCharField,
    CleanTextField,
    is_filled,
    validate_name,
    validate_web_address,
)
from workgroups.querysets import MeetingQuerySet, NaturalKeyManager


class Source(models.Model):
    """A public document that a fact was read from."""

    key = CleanCharField(
        max_length=80,
        unique=True,
        validators=[validate_name],
        help_text="Short name by which the record cites it, such as “FR Feb 2025”.",
    )
    title = CleanCharField(
        max_length=300,
        blank=True,
        help_text="What readers see: the publisher and the month, such as “Federal Register, "
        "February 2025”. Empty: the short name.",
    )
    url = models.URLField(
        "web address", max_length=500, blank=True, validators=[validate_web_address]
    )
    citation = CleanCharField(
        max_length=200, blank=True, help_text="Such as “90 FR 9629”, where there is one."
    )

    objects = NaturalKeyManager("key")

    class Meta:
        ordering = ["key"]
        constraints = [is_filled("key", "source_has_key", "A source needs a short name.")]

    def __str__(self) -> str:
        return self.key

    def natural_key(self) -> tuple[str]:
        return (self.key,)

    @property
    def label(self) -> str:
        """As readers see it: who published it and when, else the short name."""
        return self.title or self.key

    def cited_by(self) -> list[models.Model]:
        """Every row, of whatever model, that rests on this source."""
        relations = self._meta.get_fields(include_hidden=True)
        fields = [item.field for item in relations if isinstance(item, models.ManyToManyRel)]
        return [
            row
            for field in fields
            for row in field.model._base_manager.filter(**{field.name: self})
        ]


@receiver(pre_delete, sender=Source, dispatch_uid="workgroups.keep_cited_sources")
def keep_cited_sources(sender: type[Source], instance: Source, **kwargs) -> None:
    """Refuse to delete what facts rest on; a many-to-many field cannot say PROTECT."""
    citing = instance.cited_by()
    if citing:
        raise ProtectedError(
            f"“{instance}” is the source of {counted(len(citing), 'fact')} of the record.",
            set(citing),
        )


class Term(models.Model):
    """A numbered period of membership, about two years."""

    number = models.PositiveSmallIntegerField(unique=True)
    starts_on = models.DateField(null=True, blank=True, help_text="Empty where no source says.")
    ends_on = models.DateField(null=True, blank=True, help_text="Empty where no source says.")

    objects = NaturalKeyManager("number")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="term_number_is_positive",
                violation_error_message="Terms are counted from 1.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gt=F("starts_on")),
                name="term_ends_after_it_starts",
                violation_error_message="A term must end after it starts.",
            ),
        ]

    def __str__(self) -> str:
        return f"{ordinal(self.number)} term"

    def natural_key(self) -> tuple[int]:
        return (self.number,)


class Meeting(models.Model):
    """A public meeting of the full committee, keyed by its date and named by its month."""

    class Mode(models.TextChoices):
        IN_PERSON = "in-person", "In person"
        HYBRID = "hybrid", "In person and online"
        WEBINAR = "webinar", "Webinar"

    class Status(models.TextChoices):
        PLANNED = "planned", "Planned"
        HELD = "held", "Held"
        POSTPONED = "postponed", "Postponed"
        CANCELLED = "cancelled", "Cancelled"

    held_on = models.DateField(
        "date",
        unique=True,
        help_text="Local date of the meeting. Changing it keeps the old address working.",
    )
    status = models.CharField(max_length=9, choices=Status, default=Status.HELD)
    place = CleanCharField(
        max_length=120, blank=True, help_text="City and state. Empty where no source says."
    )
    mode = models.CharField(
        max_length=9, choices=Mode, blank=True, help_text="Empty where no source says."
    )
    quorum = models.BooleanField(
        null=True,
        blank=True,
        help_text="Without a quorum nothing can be adopted. Unknown where no source says.",
    )
    term = models.ForeignKey(Term, models.PROTECT, null=True, blank=True, related_name="meetings")
    notice_citation = CleanCharField(
        "notice", max_length=120, blank=True, help_text="Federal Register, such as “90 FR 9629”."
    )
    notice_url = models.URLField(
        "address of the notice", max_length=500, blank=True, validators=[validate_web_address]
    )
    documents_url = models.URLField(
        "address of the documents",
        max_length=500,
        blank=True,
        validators=[validate_web_address],
        help_text="CBP's own page for this meeting.",
    )
    note = CleanTextField(
        blank=True, help_text="One or two sentences of our own, shown on the meeting's page."
    )
    record_complete = models.BooleanField(
        default=False,
        help_text="Tick only when every paper of this meeting is held: from then on a missing "
        "paper is shown as silence, before that as “not known”.",
    )
    sources = models.ManyToManyField(Source, blank=True, related_name="+")

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["planned", "held", "postponed", "cancelled"]),
                name="meeting_status_is_known",
                violation_error_message="A meeting is planned, held, postponed or cancelled.",
            ),
            models.CheckConstraint(
                condition=Q(mode__in=["", "in-person", "hybrid", "webinar"]),
                name="meeting_mode_is_known",
                violation_error_message="A meeting is in person, online or both.",
            ),
            models.CheckConstraint(
                condition=Q(record_complete=False) | Q(status="held"),
                name="meeting_record_complete_only_when_held",
                violation_error_message="Only a meeting that was held has a complete record.",
            ),
        ]

    def __str__(self) -> str:
        return long_day(self.held_on)

    def natural_key(self) -> tuple[str]:
        return (self.held_on.isoformat(),)

    def get_absolute_url(self) -> str:
        return reverse("meeting_detail", args=[self.held_on.isoformat()])

    def clean(self) -> None:
        """Refuse to tell of a meeting before its day."""
        super().clean()
        if self.held_on and self.took_place and self.held_on > timezone.localdate():
            raise ValidationError({"status": "A meeting after today is planned, not held."})

    def save(self, *args, **kwargs) -> None:
        """Keep the address of a date that was public (S35)."""
        before = Meeting.objects.filter(pk=self.pk).values_list("held_on", flat=True).first()
        super().save(*args, **kwargs)
        if before and before != self.held_on:
            # Where it is another meeting's former date already, it stays that one's.
            FormerMeetingDate.objects.get_or_create(held_on=before, defaults={"meeting": self})
        # Another meeting's former date stays: papers once public under it are still found there.
        FormerMeetingDate.objects.filter(held_on=self.held_on, meeting=self).delete()

    @property
    def name(self) -> str:
        """How people name it: "September 2024"."""
        return month_year(self.held_on)

    @property
    def took_place(self) -> bool:
        """Whether a source says that it was held."""
        return self.status == self.Status.HELD

    def is_unconfirmed(self, today: date) -> bool:
        """Planned for a day that has passed: no source that we hold says that it took place."""
        return self.status == self.Status.PLANNED and self.held_on < today


class FormerMeetingDate(models.Model):
    """A date under which a meeting was public before.

    Its address leads to the meeting, unless another one is held on that day by now.
    """

    held_on = models.DateField("former date", unique=True)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="former_dates")

    objects = NaturalKeyManager("held_on")

    class Meta:
        ordering = ["held_on"]

    def __str__(self) -> str:
        return long_day(self.held_on)

    def natural_key(self) -> tuple[str]:
        return (self.held_on.isoformat(),)


def counted(number: int, thing: str) -> str:
    """``(1, "fact")`` -> "1 fact", ``(2, "fact")`` -> "2 facts"."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def ordinal(number: int) -> str:
    """1 -> "1st", 12 -> "12th", 22 -> "22nd"."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"
