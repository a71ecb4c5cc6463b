"""Dates as papers print them: a day, or the month of a meeting.

Pure: standard library only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_YEAR = r"(?P<{0}>(?:19|20)\d\d)(?!\d)"
_SHORT_YEAR = r"(?P<{0}>(?:19|20)\d\d|['’]\d\d)(?!\d)"
_DAY = r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"

_ANY_DAY = re.compile(
    r"(?<![\w/.-])"
    + _WEEKDAY
    + "(?:"
    + "|".join(
        (
            rf"{_MONTH.format('m1')}\s*{_DAY.format('d1')}\s*,?\s+{_SHORT_YEAR.format('y1')}",
            rf"{_DAY.format('d2')}(?:\s+of)?[\s-]+{_MONTH.format('m2')},?[\s-]+{_SHORT_YEAR.format('y2')}",
            r"(?P<m3>\d{1,2})(?P<sep>[/.-])(?P<d3>\d{1,2})(?P=sep)(?P<y3>(?:19|20)?\d\d)(?!\d)",
            r"(?P<y4>(?:19|20)\d\d)[-/](?P<m4>\d{1,2})[-/](?P<d4>\d{1,2})(?!\d)",
        )
    )
    + ")",
    re.IGNORECASE,
)
_ANY_MONTH = re.compile(
    r"(?<![\w/.-])(?:"
    + "|".join(
        (
            rf"{_MONTH.format('m1')}\s*,?\s+(?:of\s+)?{_YEAR.format('y1')}",
            r"(?P<m2>0?[1-9]|1[0-2])/(?P<y2>(?:19|20)\d\d)(?![\d/])",
            r"(?P<y3>(?:19|20)\d\d)-(?P<m3>0[1-9]|1[0-2])(?![\d-])",
        )
    )
    + ")",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class PrintedDay:
    """A day, and the half-open range of the text that prints it."""

    day: date
    span: tuple[int, int]


@dataclass(frozen=True)
class PrintedMonth:
    """(year, month), and the half-open range of the text that prints it."""

    month: tuple[int, int]
    span: tuple[int, int]


def find_day(text: str, start: int = 0) -> PrintedDay | None:
    """The first day that ``text`` prints from ``start`` on; impossible days are passed over.

    "8/15/2024" is read as month, day, year, as the offices write it, and as day, month, year where
    only that is a date.
    """
    for match in _ANY_DAY.finditer(text, start):
        day = _day_of(match)
        if day:
            return PrintedDay(day, match.span())
    return None


def read_day(text: str) -> date | None:
    """The day where ``text`` is a date and nothing else but brackets and a full stop."""
    words = text.strip(" \t\n().,;")
    found = find_day(words)
    return found.day if found and found.span == (0, len(words)) else None


def find_month(text: str, start: int = 0) -> PrintedMonth | None:
    """The first month with its year from ``start`` on: of a month alone, or of a whole date."""
    day = find_day(text, start)
    match = _ANY_MONTH.search(text, start)
    if day and (not match or day.span[0] <= match.start()):
        return PrintedMonth((day.day.year, day.day.month), day.span)
    if not match:
        return None
    groups = match.groupdict()
    for number in "123":
        if groups[f"m{number}"]:
            month = _month_number(groups[f"m{number}"])
            return PrintedMonth((int(groups[f"y{number}"]), month), match.span())
    return None


def _day_of(match: re.Match[str]) -> date | None:
    groups = match.groupdict()
    number = next(number for number in "1234" if groups[f"y{number}"])
    year, day = int(groups[f"y{number}"].strip("'’")), int(groups[f"d{number}"])
    month = _month_number(groups[f"m{number}"])
    if year < 100:
        year += 2000
    if month > 12 >= day and number == "3":
        month, day = day, month
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_number(word: str) -> int:
    return int(word) if word.isdigit() else _NAMES.index(word[:3].lower()) + 1
