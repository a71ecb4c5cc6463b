"""What one meeting changed: each group's paper against its paper before, and its next steps.

Home and the meeting's page read this. Facts are computed; outcomes are those that staff state.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from papers.comparison import Change, ChangeKind, Changes, Counts
from papers.elsewhere import Elsewhere, changes_elsewhere
from papers.following import FollowedGroup
from papers.ledger import Row, address_of
from papers.marked import changes_address
from papers.marks import Chip, Mark, change_mark
from papers.models import IssuePaper
from papers.quotes import quoted_parts
from papers.reports import Report
from papers.threads import OUTCOME_LABELS, Fact, Thread
from papers.words import Segment
from workgroups.history import State
from workgroups.models import Meeting

# Two lines of a digest, and what a list of changes shows of one.
QUOTE = 320
LONGEST = 1_200
# What a digest quotes, the first kind that there is.
QUOTED = (ChangeKind.NEW, ChangeKind.REWORDED, ChangeKind.MOVED)
# The lists of a meeting's page: (anchor, kind, heading).
LISTS = (
    ("new", ChangeKind.NEW, "New status items"),
    ("reworded", ChangeKind.REWORDED, "Reworded status items"),
    ("moved", ChangeKind.MOVED, "Moved from another section"),
    ("gone", ChangeKind.GONE, "No longer reported"),
)
STEP_WORDS = (
    (Fact.MADE, "made"),
    (Fact.REPEATED, "repeated"),
    (Fact.REWORDED, "reworded"),
    (Fact.NOT_MENTIONED, "not mentioned"),
)


@dataclass(frozen=True)
class Quote:
    """One status item that changed, cut to its limit; ``parts`` are its words as they changed."""

    mark: Mark
    address: str
    parts: Sequence[Segment]

    @property
    def number(self) -> str:
        """The number by which the item is cited: "S1.1"."""
        return self.address.rpartition("#")[2].upper()


@dataclass(frozen=True)
class GroupAtMeeting:
    """One group's report to a meeting beside its history. ``index`` counts the meeting."""

    report: Report
    followed: FollowedGroup
    index: int

    @cached_property
    def changes(self) -> Changes | None:
        """Of the status items; None where there is no paper, or none before to compare it with."""
        return self.followed.status_changes(self.index)

    @cached_property
    def elsewhere(self) -> list[Elsewhere]:
        """What changed in sections other than Current Status and Next Steps."""
        return changes_elsewhere(self.followed.changes[self.index])

    @property
    def counts(self) -> Counts:
        """Of the status items, new to gone; all 0 where nothing is compared."""
        return self.changes.counts if self.changes else Counts()

    @property
    def is_first(self) -> bool:
        """Whether its paper is the first of the group that is held."""
        return self.followed.papers[self.index] is not None and self.changes is None

    @cached_property
    def paper_before(self) -> IssuePaper | None:
        """The group's paper before this meeting."""
        before = self.followed.index_before(self.index)
        return None if before is None else self.followed.papers[before]

    @property
    def changes_address(self) -> str:
        """The page that holds the two papers side by side; empty where nothing is compared."""
        if self.changes is None or self.paper_before is None:
            return ""
        older = self.paper_before.meeting.held_on
        return changes_address(self.report.group, older, self.report.meeting.held_on)

    @property
    def is_same(self) -> bool:
        """Whether every status item is there word for word, and was before."""
        return bool(self.changes and self.changes.is_empty and self.counts.same)

    @property
    def quote(self) -> Quote | None:
        """The first new, else the first reworded, else the first moved status item.

        Where none is, that of another section.
        """
        of_status = self.changes.items if self.changes else ()
        of_others = [change for section in self.elsewhere for change in section.changes]
        for changes in (of_status, of_others):
            for kind in QUOTED:
                for change in changes:
                    if change.kind is kind:
                        return self.quoted(change, QUOTE)
        return None

    def quoted(self, change: Change, limit: int = LONGEST) -> Quote:
        """One change with the address of its item, which is the older one where it is gone."""
        before = self.followed.index_before(self.index)
        if change.newer is not None:
            node = (self.index, change.newer.place)
        elif change.older is not None and before is not None:
            node = (before, change.older.place)
        else:
            raise ValueError(change)
        parts = quoted_parts(change, limit)
        return Quote(change_mark(change), address_of(self.followed, node), parts)

    def of_kind(self, kind: ChangeKind) -> list[Quote]:
        """Its changes of one kind, in the order of the paper."""
        if self.changes is None:
            return []
        changes = self.changes.gone if kind is ChangeKind.GONE else self.changes.items
        return [self.quoted(it) for it in changes if it.kind is kind]

    @property
    def made(self) -> int:
        """Next steps that its paper has for the first time."""
        return self._facts[Fact.MADE]

    @property
    def open_steps(self) -> int:
        """Next steps that were open when the meeting was over."""
        return len(open_after(self.followed, self.index))

    @cached_property
    def _closed(self) -> list[Thread]:
        """Open after the meeting before or made at this one, and not open any more after it."""
        left = {it.number for it in open_after(self.followed, self.index)}
        before = open_after(self.followed, self.index - 1)
        made = [it for it in self.followed.ledger.threads if it.begun_at == self.index]
        return [it for it in (*before, *made) if it.number not in left]

    @property
    def settled(self) -> list[Thread]:
        """Next steps that staff say were settled at this meeting, of those that were open."""
        return [it for it in self._closed if it.settled_at == self.index]

    @property
    def ended(self) -> list[Thread]:
        """Next steps that were open when the group ended, since the meeting before."""
        return [it for it in self._closed if it.settled_at != self.index]

    @cached_property
    def _facts(self) -> Counter[Fact]:
        return Counter(
            event.fact
            for thread in self.followed.ledger.threads
            for event in thread.events
            if event.index == self.index
            # A step that became two is one step of the paper before, as on that page.
            and not (thread.whole and event.index == thread.begun_at)
            # What staff state of a step says more than that its paper is silent.
            and not (
                event.fact is Fact.NOT_MENTIONED
                and any(it.meeting == self.index for it in thread.outcomes)
            )
        )

    @property
    def step_facts(self) -> str:
        """What its paper does with next steps, "1 made, 2 repeated"; of a first paper, how many.

        Steps that it leaves out are counted unless staff state something of them, as on the page
        of the two papers.
        """
        if self.is_first and self.made:
            return f"{self.made} in the first paper held"
        found = [(self._facts[fact], words) for fact, words in STEP_WORDS]
        return ", ".join(f"{count} {words}" for count, words in found if count)

    @property
    def step_outcomes(self) -> str:
        """What staff state of this meeting, "1 answered, 1 declined"; empty if nothing."""
        stated = Counter(
            outcome.outcome
            for thread in self.followed.ledger.threads
            for outcome in thread.outcomes
            if outcome.meeting == self.index
        )
        return ", ".join(
            f"{stated[outcome]} {label.lower()}"
            for outcome, label in OUTCOME_LABELS.items()
            if stated[outcome]
        )

    @property
    def last_words(self) -> str:
        """What is held and open without a paper, "last paper June 2024, 2 open next steps"."""
        words = []
        if self.paper_before:
            words.append(f"last paper {self.paper_before.meeting.name}")
        if self.open_steps:
            words.append(f"{self.open_steps} open next step{'' if self.open_steps == 1 else 's'}")
        return ", ".join(words)


def open_after(followed: FollowedGroup, index: int) -> list[Thread]:
    """The steps that were open when a meeting was over, though their group ended before the next.

    A group that ended on the day of the meeting itself left none open.
    """
    if index < 0:
        return []
    day = followed.meetings[index].held_on
    goes_on = followed.group.standing_on(day).state is not State.ENDED
    return [
        thread
        for thread in followed.ledger.threads
        if thread.was_open_after(index)
        or (thread.ended_at == index and thread.settled_at != index and goes_on)
    ]


@dataclass(frozen=True)
class Stated:
    """What staff state of a step at the meeting, with what shows it."""

    at_meeting: GroupAtMeeting
    row: Row
    chip: Chip
    settles: bool


class MeetingChanges:
    """Every group at one meeting, in the order of the reports. No query.

    ``followed`` reach at least to the meeting.
    """

    def __init__(
        self, meeting: Meeting, reports: Iterable[Report], followed: Mapping[int, FollowedGroup]
    ) -> None:
        self.meeting = meeting
        self.groups: list[GroupAtMeeting] = []
        # To a meeting that is still to come only groups with a paper to it are followed.
        self._open_elsewhere = 0
        for report in reports:
            group = followed[report.group.pk]
            index = group.index_of(meeting.held_on)
            if index is not None:
                self.groups.append(GroupAtMeeting(report, group, index))
            else:
                last = bisect_right(group.meetings, meeting.held_on, key=lambda it: it.held_on) - 1
                self._open_elsewhere += len(open_after(group, last))

    @cached_property
    def with_paper(self) -> list[GroupAtMeeting]:
        """The groups of which a paper or a summary is held."""
        return [it for it in self.groups if it.report.paper]

    @cached_property
    def compared(self) -> list[GroupAtMeeting]:
        """The groups whose papers have a paper before them."""
        return [it for it in self.groups if it.changes is not None]

    @property
    def firsts(self) -> list[GroupAtMeeting]:
        """The groups whose first paper held this is."""
        return [it for it in self.groups if it.is_first]

    @cached_property
    def by_change(self) -> list[GroupAtMeeting]:
        """Those with a paper: most changed first, then first papers, then summaries."""
        return sorted(
            self.with_paper,
            key=lambda it: (
                it.report.is_summary,
                it.changes is None,
                -it.counts.changed,
                -it.counts.gone - it.counts.moved,
                -sum(len(section.changes) for section in it.elsewhere),
                it.report.name.casefold(),
            ),
        )

    @cached_property
    def counts(self) -> Counts:
        """The status items of all compared papers together."""
        counts = [it.counts for it in self.compared]
        return Counts(
            **{kind.value: sum(getattr(it, kind) for it in counts) for kind in ChangeKind}
        )

    @cached_property
    def made(self) -> int:
        """Next steps made at the meeting, those of first papers with them."""
        return sum(it.made for it in self.groups)

    @property
    def made_in_firsts(self) -> int:
        """How many of those only stand in papers that have none before them."""
        return sum(it.made for it in self.firsts)

    @property
    def firsts_with_steps(self) -> int:
        """How many papers these stand in."""
        return sum(it.made > 0 for it in self.firsts)

    @property
    def settled(self) -> int:
        """Next steps that staff say were settled at the meeting, of those that were open."""
        return sum(len(it.settled) for it in self.groups)

    @property
    def ended(self) -> int:
        """Next steps that were open when their group ended, since the meeting before."""
        return sum(len(it.ended) for it in self.groups)

    @cached_property
    def open_steps(self) -> int:
        """Next steps that were open when the meeting was over, of every group."""
        return sum(it.open_steps for it in self.groups) + self._open_elsewhere

    @property
    def is_ahead(self) -> bool:
        """Whether its day is still to come."""
        return self.meeting.held_on > timezone.localdate()

    @cached_property
    def lists(self) -> list[tuple[str, str, list[tuple[GroupAtMeeting, list[Quote]]]]]:
        """(anchor, heading, each group with its changes of that kind), without empty ones."""
        found = []
        for anchor, kind, heading in LISTS:
            of_kind = [(it, it.of_kind(kind)) for it in self.compared]
            of_kind = [entry for entry in of_kind if entry[1]]
            if of_kind:
                found.append((anchor, heading, of_kind))
        return found

    @cached_property
    def stated(self) -> list[Stated]:
        """What staff state of steps at this meeting: those settled first, by group."""
        return sorted(self._stated(), key=lambda it: not it.settles)

    def _stated(self) -> Iterator[Stated]:
        for it in self.groups:
            for thread in it.followed.ledger.threads:
                if any(outcome.meeting == it.index for outcome in thread.outcomes):
                    row = Row(it.followed, thread, it.report.standing, self.meeting.held_on)
                    for said in row.statements:
                        if said.meeting == self.meeting:
                            yield Stated(it, row, said.chip, thread.settled_at == it.index)
