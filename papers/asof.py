"""``?asof=``: the record as it stood on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils import timezone

from papers.querysets import IssuePaperQuerySet
from workgroups.dates import long_day
from workgroups.models import Meeting


@dataclass(frozen=True)
class AsOf:
    """The day a page speaks of.

    ``is_asked`` when the address names it; ``note`` tells the reader that its value was ignored.
    """

    day: date
    is_asked: bool = False
    note: str = ""

    @property
    def query(self) -> str:
        """What links carry on: ``"?asof=2021-03-17"``, or nothing."""
        return f"?asof={self.day.isoformat()}" if self.is_asked else ""

    def __str__(self) -> str:
        return long_day(self.day)

    def known(self, papers: IssuePaperQuerySet) -> IssuePaperQuerySet:
        """Those to meetings up to the day; today also to meetings that are still to come."""
        return papers if self.day >= timezone.localdate() else papers.up_to(self.day)

    def ahead(self, meetings: Iterable[Meeting]) -> list[Meeting]:
        """Meetings still to come on the day, earliest first; also those that were held since.

        One planned for the day itself is still to come; postponed and cancelled ones are not.
        """
        coming = [
            it
            for it in meetings
            if (it.took_place and it.held_on > self.day)
            or (it.status == it.Status.PLANNED and it.held_on >= self.day)
        ]
        return sorted(coming, key=lambda meeting: meeting.held_on)


def read_asof(request: HttpRequest) -> AsOf:
    """The day in the address, else today. A value that is no date is ignored with a note (S14)."""
    asked = request.GET.get("asof", "").strip()
    today = timezone.localdate()
    if not asked:
        return AsOf(today)
    day = parse_day(asked)
    if day is None:
        return AsOf(today, note=ignored("asof", "a date such as 2024-09-18"))
    if day > today:
        return AsOf(today, note=ignored("asof", "a day that has come"))
    return AsOf(day, is_asked=True)


def parse_day(text: str) -> date | None:
    """``"2024-09-18"`` -> that day; None for anything else, other ISO forms included."""
    if len(text) != 10 or text[4] != "-" or text[7] != "-":
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def ignored(name: str, wanted: str) -> str:
    """The sentence for a value in the address that the page could not use."""
    return f"The address says “{name}=”, but not with {wanted}. That part was ignored."
