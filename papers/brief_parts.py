"""What a meeting's brief is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from papers.comparison import Counts
from papers.following import FollowedGroup
from papers.ledger import Row
from papers.marks import Mark
from papers.reports import Report
from workgroups.models import Meeting


@dataclass(frozen=True)
class Quote:
    """The beginning of something printed or written, and where all of it stands."""

    text: str
    address: str


@dataclass(frozen=True)
class Line:
    """One line: a label, the quote of an item, remarks, and what shows it where staff state it."""

    label: str
    quote: Quote | None = None
    remarks: Sequence[str] = ()
    shown_by: Quote | None = None
    note: str = ""
    mark: Mark | None = None


@dataclass(frozen=True)
class Block:
    """The lines of one group. ``address`` is its paper's page, else its own.

    ``more`` says what is left out, and leads to it.
    """

    name: str
    address: str
    remarks: Sequence[str] = ()
    lines: Sequence[Line] = ()
    more: Quote | None = None


@dataclass(frozen=True)
class Part:
    """A heading with what stands under it; ``sentence`` says what it means."""

    anchor: str
    heading: str
    sentence: str = ""
    blocks: Sequence[Block] = ()

    def without_empty_blocks(self) -> Part:
        """The same without groups of which there is nothing to tell."""
        kept = [it for it in self.blocks if it.lines or it.remarks or it.more]
        return replace(self, blocks=kept)


@dataclass(frozen=True)
class Brief:
    """All of it, in printed order. ``summary`` are sentences."""

    meeting: Meeting
    summary: Sequence[str]
    changed: Sequence[Block] = ()
    steps: Sequence[Part] = ()
    without: Sequence[Part] = ()

    @property
    def quotes_beginnings(self) -> bool:
        """Whether anything is quoted."""
        return bool(self.changed or self.steps)


@dataclass(frozen=True)
class Reported:
    """One group's report to the meeting with its past; the run ends with the meeting."""

    report: Report
    followed: FollowedGroup
    index: int

    @property
    def is_compared(self) -> bool:
        return self.followed.changes[self.index] is not None

    @property
    def counts(self) -> Counts:
        changes = self.followed.status_changes(self.index)
        return changes.counts if changes else Counts()

    @property
    def address(self) -> str:
        if self.report.paper:
            return self.report.paper.get_absolute_url()
        return self.report.group.get_absolute_url()

    @property
    def rows(self) -> Iterator[Row]:
        for thread in self.followed.ledger.threads:
            yield Row(self.followed, thread, self.report.standing, self.report.meeting.held_on)


def counted(number: int, thing: str) -> str:
    """``(2, "group")`` -> "2 groups", ``(2, "summary")`` -> "2 summaries"."""
    if number == 1:
        return f"1 {thing}"
    return f"{number} {thing[:-1]}ies" if thing.endswith("y") else f"{number} {thing}s"
