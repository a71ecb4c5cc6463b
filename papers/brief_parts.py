"""What a meeting's brief is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from papers.comparison import Change, Counts
from papers.following import FollowedGroup
from papers.ledger import Row
from papers.marked import change_remark
from papers.marks import Mark
from papers.reports import Report
from papers.words import Op, Segment
from workgroups.models import Meeting

# Characters in a line of a printed column, and lines of a heading with its note.
CHARACTERS = 60
HEADING = 4


@dataclass(frozen=True)
class Quote:
    """Words printed or written, as they changed and cut to a limit, and where all of them stand."""

    parts: Sequence[Segment]
    address: str

    @property
    def text(self) -> str:
        """The words with those removed among them."""
        return " ".join(it.words for it in self.parts)


def plain(text: str, address: str) -> Quote:
    """A quote of words that did not change, or of which no change is told."""
    return Quote([Segment(Op.SAME, text)], address)


def remarks_on(change: Change) -> list[str]:
    """What other pages remark on a change, as it stands among the remarks of a line."""
    remark = change_remark(change)
    return [remark[0].lower() + remark[1:]] if remark else []


@dataclass(frozen=True)
class Line:
    """One line: a label, the quote of an item, remarks, and what shows it where staff state it."""

    label: str
    quote: Quote | None = None
    remarks: Sequence[str] = ()
    shown_by: Quote | None = None
    note: str = ""
    mark: Mark | None = None

    @property
    def characters(self) -> int:
        """About how much it prints."""
        quotes = [it.text for it in (self.quote, self.shown_by) if it]
        return sum(len(it) + 1 for it in (self.label, *quotes, *self.remarks, self.note))


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
    def quotes(self) -> list[Quote]:
        """Everything quoted of papers."""
        blocks = [*self.changed, *(block for part in self.steps for block in part.blocks)]
        found = (
            it for block in blocks for line in block.lines for it in (line.quote, line.shown_by)
        )
        return [it for it in found if it]

    @property
    def printed_lines(self) -> int:
        """About how many lines its lists fill in the columns of a sheet."""
        count = 0
        for block in self.changed:
            count += ceil(len(" ".join([block.name, *block.remarks])) / CHARACTERS)
            count += sum(ceil(it.characters / CHARACTERS) for it in block.lines) + bool(block.more)
        for part in (*self.steps, *self.without):
            count += HEADING
            for block in part.blocks:
                name = len(block.name) + 1
                count += sum(ceil((name + it.characters) / CHARACTERS) for it in block.lines)
                count += bool(block.more) + ceil(len(" ".join(block.remarks)) / CHARACTERS)
        return count

    @property
    def has_changed_words(self) -> bool:
        """Whether a quote marks words that were added or removed."""
        return any(part.op is not Op.SAME for quote in self.quotes for part in quote.parts)


@dataclass(frozen=True)
class Reported:
    """One group's report to the meeting with its past; the run ends with the meeting.

    ``length``: what an item is cut to. Items of earlier papers are cut to ``short_length``.
    """

    report: Report
    followed: FollowedGroup
    index: int
    length: int

    @property
    def is_compared(self) -> bool:
        return self.followed.changes[self.index] is not None

    @property
    def short_length(self) -> int:
        return self.length * 2 // 3

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
