"""Dates as precisely as a source gives them, and never sharper.

Pure: standard library only.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

ORDINALS = ("first", "second", "third", "fourth")


class Precision(StrEnum):
    """How much of a date a source tells."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    BY = "by"
    BETWEEN = "between"


PRECISION_LABELS = {
    Precision.DAY: "on this day",
    Precision.MONTH: "in this month",
    Precision.QUARTER: "in this calendar quarter",
    Precision.YEAR: "in this year",
    Precision.BY: "by this day (first seen)",
    Precision.BETWEEN: "between two days",
}

# Months in which a period of each precision may begin; a period is stored as its first day.
PERIOD_STARTS = {
    Precision.MONTH: tuple(range(1, 13)),
    Precision.QUARTER: (1, 4, 7, 10),
    Precision.YEAR: (1,),
}


def long_day(day: date) -> str:
    """``date(2024, 9, 18)`` -> ``"September 18, 2024"``."""
    return f"{calendar.month_name[day.month]} {day.day}, {day.year}"


def month_year(day: date) -> str:
    """``date(2024, 9, 18)`` -> ``"September 2024"``, the way people name a meeting."""
    return f"{calendar.month_name[day.month]} {day.year}"


def short_month_year(day: date) -> str:
    """``date(2024, 9, 18)`` -> ``"Sep 2024"``, for tables."""
    return f"{calendar.month_abbr[day.month]} {day.year}"


@dataclass(frozen=True)
class KnownDate:
    """A date with what is known of it.

    ``first`` is the day itself; the first day of a month, quarter or year; the day *by* which
    it had happened; or the first possible day of ``BETWEEN``, whose last one is ``last``.
    Raises ValueError where the three do not fit together.
    """

    first: date
    precision: Precision = Precision.DAY
    last: date | None = None

    def __post_init__(self) -> None:
        problem = known_date_problem(self.first, self.precision, self.last)
        if problem:
            raise ValueError(problem)

    @property
    def earliest(self) -> date | None:
        """The first day on which it can have happened; None for ``BY``, which has no such day."""
        return None if self.precision is Precision.BY else self.first

    @property
    def latest(self) -> date:
        """The last day on which it can have happened."""
        match self.precision:
            case Precision.MONTH:
                return _last_of_month(self.first.year, self.first.month)
            case Precision.QUARTER:
                return _last_of_month(self.first.year, self.first.month + 2)
            case Precision.YEAR:
                return date(self.first.year, 12, 31)
            case Precision.BETWEEN if self.last:
                return self.last
        return self.first

    @property
    def takes_effect(self) -> date:
        """The day from which the record counts it.

        A named period counts from its first day, since its source speaks of the whole period.
        ``BY`` and ``BETWEEN`` count from the day on which it had surely happened.
        """
        uncertain = self.precision in (Precision.BY, Precision.BETWEEN)
        return self.latest if uncertain else self.first

    @property
    def iso(self) -> str:
        """For ``<time datetime>``: a day, month or year; empty where HTML has no form for it."""
        match self.precision:
            case Precision.DAY:
                return self.first.isoformat()
            case Precision.MONTH:
                return f"{self.first:%Y-%m}"
            case Precision.YEAR:
                return f"{self.first:%Y}"
        return ""

    def __str__(self) -> str:
        match self.precision:
            case Precision.MONTH:
                return month_year(self.first)
            case Precision.QUARTER:
                return f"{self._quarter} quarter of {self.first.year}"
            case Precision.YEAR:
                return str(self.first.year)
            case Precision.BY:
                return f"by {long_day(self.first)}"
            case Precision.BETWEEN:
                return f"between {long_day(self.first)} and {long_day(self.latest)}"
        return long_day(self.first)

    @property
    def short(self) -> str:
        """For tables and the rail: ``"Nov 2023"``, ``"Q2 2021"``, ``"by Jun 2023"``."""
        match self.precision:
            case Precision.QUARTER:
                return f"Q{(self.first.month + 2) // 3} {self.first.year}"
            case Precision.YEAR:
                return str(self.first.year)
            case Precision.BY:
                return f"by {short_month_year(self.first)}"
            case Precision.BETWEEN:
                return f"{short_month_year(self.first)} to {short_month_year(self.latest)}"
        return short_month_year(self.first)

    @property
    def in_sentence(self) -> str:
        """With its preposition: "on May 6, 2024", "in the second quarter of 2021", "by ..."."""
        match self.precision:
            case Precision.DAY:
                return f"on {self}"
            case Precision.MONTH | Precision.YEAR:
                return f"in {self}"
            case Precision.QUARTER:
                return f"in the {self}"
        return str(self)

    @property
    def since(self) -> str:
        """After a state: "since December 13, 2023", "since June 14, 2023 or earlier"."""
        match self.precision:
            case Precision.QUARTER:
                return f"since the {self}"
            case Precision.BY | Precision.BETWEEN:
                return f"since {long_day(self.latest)} or earlier"
        return f"since {self}"

    @property
    def since_short(self) -> str:
        """The same for tables: "since Dec 2023", "since Oct 2018 or earlier"."""
        if self.precision in (Precision.BY, Precision.BETWEEN):
            return f"since {short_month_year(self.latest)} or earlier"
        return f"since {self.short}"

    @property
    def _quarter(self) -> str:
        return ORDINALS[(self.first.month - 1) // 3]


def known_date_problem(first: date, precision: str, last: date | None) -> str:
    """Why these three do not make a date, as a sentence; empty when they do."""
    if precision == Precision.BETWEEN:
        if last is None:
            return "“Between two days” needs the last possible day as well."
        if last <= first:
            return "The last possible day must be after the first."
        return ""
    if last is not None:
        return "Only “between two days” has a last possible day."
    starts = PERIOD_STARTS.get(Precision(precision))
    if starts and (first.day != 1 or first.month not in starts):
        return f"A {precision} is entered as its first day, such as {first.year}-{starts[0]:02}-01."
    return ""


def _last_of_month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
