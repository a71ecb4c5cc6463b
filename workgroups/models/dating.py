"""Dates in the database with the precision that their source gives."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from workgroups.dates import (
    PERIOD_STARTS,
    PRECISION_LABELS,
    KnownDate,
    Precision,
    known_date_problem,
)

PRECISIONS = [(precision.value, label) for precision, label in PRECISION_LABELS.items()]
PERIODS = [Precision.DAY, Precision.MONTH, Precision.QUARTER, Precision.YEAR]


def period_starts_on_its_first_day(date_field: str, precision_field: str) -> Q:
    """The rule that a month, quarter or year is stored as its first day."""
    rule = Q(**{f"{precision_field}__in": ["", Precision.DAY, Precision.BY, Precision.BETWEEN]})
    for precision, months in PERIOD_STARTS.items():
        rule |= Q(
            **{
                precision_field: precision,
                f"{date_field}__day": 1,
                f"{date_field}__month__in": months,
            }
        )
    return rule


def period_ends_after(date_field: str, precision_field: str, start: str) -> Q:
    """The rule that a day or period ends after the day in ``start``, or on its last day.

    Where the last day of a period falls the database does not say; that much is left to
    ``clean()``.
    """
    rule = Q(**{f"{date_field}__gt": F(start)})
    for precision, parts in {
        Precision.MONTH: ("year", "month"),
        Precision.QUARTER: ("year", "quarter"),
        Precision.YEAR: ("year",),
    }.items():
        same = {f"{date_field}__{part}": F(f"{start}__{part}") for part in parts}
        rule |= Q(**{precision_field: precision}, **same)
    return rule


class Dated(models.Model):
    """Something that happened on a date known to some precision."""

    happened_on = models.DateField(
        "date",
        help_text="The day. For a month, quarter or year: its first day. For “by this day”: the "
        "day on which it was first seen. For “between”: the first possible day.",
    )
    precision = models.CharField(
        max_length=8,
        choices=PRECISIONS,
        default=Precision.DAY,
        help_text="How much of the date the source gives. The site never shows more than this.",
    )
    happened_before = models.DateField(
        "last possible day", null=True, blank=True, help_text="Only for “between two days”."
    )

    class Meta:
        abstract = True

    @property
    def when(self) -> KnownDate:
        """The date with its precision, for showing and for folding."""
        return KnownDate(self.happened_on, Precision(self.precision), self.happened_before)

    def clean(self) -> None:
        super().clean()
        if self.happened_on and self.precision in set(Precision):
            problem = known_date_problem(self.happened_on, self.precision, self.happened_before)
            if problem:
                raise ValidationError({"happened_on": problem})


def dated_constraints(prefix: str) -> list[models.BaseConstraint]:
    """The database's half of what ``Dated`` promises; names begin with ``prefix``."""
    return [
        models.CheckConstraint(
            condition=Q(precision__in=[value for value, _ in PRECISIONS]),
            name=f"{prefix}_precision_is_known",
            violation_error_message="Choose how precisely the date is known.",
        ),
        models.CheckConstraint(
            condition=period_starts_on_its_first_day("happened_on", "precision"),
            name=f"{prefix}_period_starts_on_first_day",
            violation_error_message="A month, quarter or year is entered as its first day.",
        ),
        models.CheckConstraint(
            condition=Q(
                precision=Precision.BETWEEN,
                # Said outright: a comparison with nothing is not false, so it would pass.
                happened_before__isnull=False,
                happened_before__gt=F("happened_on"),
            )
            | (~Q(precision=Precision.BETWEEN) & Q(happened_before__isnull=True)),
            name=f"{prefix}_between_has_two_days",
            violation_error_message="“Between two days” needs a last possible day after the first; "
            "no other precision has one.",
        ),
    ]
