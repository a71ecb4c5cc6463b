"""The ledger: every next step of every group, what was last heard of it, and what staff state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

from papers.anchors import anchors_of
from papers.content import SectionKind
from papers.following import FollowedGroup
from papers.marks import (
    AGAIN_MARK,
    ENDED_MARK,
    FACT_MARKS,
    OUTCOME_MARKS,
    UNHEARD,
    Chip,
    Mark,
    Promise,
    promise_in_words,
    section_name,
)
from papers.models import NextStep
from papers.parts import holds_whole
from papers.quotes import beginning
from papers.reports import STATE_MARKS
from papers.statements import Node
from papers.threads import Fact, Outcome, Thread
from workgroups.dates import short_month_year
from workgroups.history import Standing, State
from workgroups.models import Meeting, WorkingGroup

# A table's row has no room for a step of 10,000 characters, nor a page for a hundred of them.
STEP_LENGTH = 500
EVIDENCE_LENGTH = 160
# Squares that draw an age; the number beside them counts on.
MOST_SQUARES = 12
CHART_BARS = 5
BAR_PITCH = 24
LONGEST_BAR = 112

OPEN, ENDED, SETTLED = "open", "ended", "settled"
NOT_SAID = "not-said"
OWNER_LABELS = {**dict(NextStep.Owner.choices), NOT_SAID: "Not recorded"}
SUBCOMMITTEE_UNKNOWN = "not-known"


def address_of(followed: FollowedGroup, node: Node) -> str:
    """The address of an item on its paper's page. KeyError where there is no such item."""
    index, place = node
    paper, content = followed.papers[index], followed.contents[index]
    if paper is None or content is None:
        raise KeyError(node)
    return f"{paper.get_absolute_url()}#{anchors_of(content)[place]}"


@dataclass(frozen=True)
class Statement:
    """What staff state of a step at one meeting, with what shows it."""

    meeting: Meeting
    chip: Chip


@dataclass(frozen=True)
class LastWord:
    """What was last heard of a step that nobody settled: a fact, and where it can be seen.

    ``remark``: a sentence where the fact alone could be read as silence of the group.
    """

    mark: Mark
    address: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Row:
    """One next step, as the record stood on ``day``; ``standing`` is its group's on that day."""

    followed: FollowedGroup
    thread: Thread
    standing: Standing
    day: date

    @property
    def group(self) -> WorkingGroup:
        """Whose step it is."""
        return self.followed.group

    @property
    def whole_text(self) -> str:
        """As printed last, whatever its length."""
        return self.thread.item.text

    @property
    def text(self) -> str:
        """As printed last; of a very long step the beginning."""
        return beginning(self.whole_text, STEP_LENGTH)

    @property
    def is_cut(self) -> bool:
        """Whether ``text`` leaves words out."""
        return len(" ".join(self.whole_text.split())) > STEP_LENGTH

    @property
    def owner(self) -> str:
        """The value of its owner, ``NOT_SAID`` where no paper tells."""
        return self.thread.promised().owner or NOT_SAID

    @property
    def promise(self) -> Promise | None:
        """Who is to do it, and when, where a paper says so."""
        return promise_in_words(
            self.thread.promised(), lambda index: self.followed.meetings[index].name
        )

    @property
    def section(self) -> str:
        """The section in which it stands, where that is not Next Steps."""
        place = self.thread.item.place
        return "" if place.section == SectionKind.NEXT_STEPS else section_name(place)

    @property
    def subcommittee(self) -> str:
        """The slug of the group's subcommittee on the day."""
        return self.standing.subcommittee or SUBCOMMITTEE_UNKNOWN

    @property
    def made(self) -> Meeting:
        """The meeting of its first paper."""
        return self.followed.meetings[self.thread.made_at]

    @property
    def made_in(self) -> str:
        """That meeting's month, as tables name it."""
        return short_month_year(self.made.held_on)

    @property
    def in_these_words_since(self) -> str:
        """The month of the paper that has its last words first; empty where they never changed."""
        whole = self.thread.whole.mentions if self.thread.whole else []
        life = [*(it for it in whole if it.index < self.thread.begun_at), *self.thread.mentions]
        reworded = [
            now.index
            for before, now in pairwise(life)
            # A part has its words from the whole that printed them among others.
            if now.is_reworded and not holds_whole(before.item.text, now.item.text)
        ]
        return self._month(reworded[-1]) if reworded else ""

    @property
    def kinship(self) -> str:
        """That it was part of another step, or stands in one item with others; empty if neither."""
        last = self.thread.mentions[-1]
        others = len(self.followed.ledger.at(last.index, last.item.place)) - 1
        if others:
            return f"Printed in one item with {_steps(others)}."
        threads = self.followed.ledger.threads
        parts = [it for it in threads if it.whole is self.thread]
        parted = [it.begun_at for it in (self.thread, *parts) if it.whole]
        if parted:
            return f"Part of a step that stood as one until {self._month(parted[-1])}."
        return ""

    @property
    def made_address(self) -> str:
        """Where it stands in its first paper."""
        return address_of(self.followed, (self.thread.made_at, self.thread.first.item.place))

    @property
    def address(self) -> str:
        """Where it was printed last."""
        last = self.thread.mentions[-1]
        return address_of(self.followed, (last.index, last.item.place))

    @property
    def state(self) -> str:
        """``OPEN``, ``ENDED`` or ``SETTLED``. What staff state outweighs the group's end."""
        if self.thread.settled_at is not None:
            return SETTLED
        return OPEN if self.thread.ended_at is None else ENDED

    @property
    def settled(self) -> Meeting | None:
        """The meeting at which staff settled it."""
        index = self.thread.settled_at
        return None if index is None else self.followed.meetings[index]

    @property
    def open_for(self) -> int:
        """Meetings from the one at which it was made to the last, or to where it was closed."""
        return self.thread.open_for

    @property
    def squares(self) -> range:
        """The left edges of the squares that draw its age."""
        return range(0, 9 * min(self.open_for, MOST_SQUARES), 9)

    @property
    def squares_width(self) -> int:
        """Of all of them."""
        return 9 * len(self.squares) - 2

    @property
    def has_more_squares(self) -> bool:
        """Whether its age is greater than they draw."""
        return self.open_for > MOST_SQUARES

    @property
    def outcomes(self) -> set[Outcome]:
        """Every outcome that staff state of it."""
        return {it.outcome for it in self.thread.outcomes}

    @cached_property
    def statements(self) -> list[Statement]:
        """What staff state of it, the latest first, each with its evidence or its note."""
        found = []
        for stated in sorted(self.thread.outcomes, key=lambda it: it.meeting, reverse=True):
            if stated.row is None:
                continue
            row = self.followed.statements[stated.row]
            meeting = self.followed.meetings[stated.meeting]
            mark = OUTCOME_MARKS[stated.outcome]
            node = self.followed.evidence_of(row)
            chip = Chip(
                mark,
                f"{mark.label} in {meeting.name}",
                address_of(self.followed, node) if node else "",
                beginning(self.followed.item_at(node).text, EVIDENCE_LENGTH) if node else "",
                is_stated=True,
                note=row.note,
            )
            found.append(Statement(meeting, chip))
        return found

    @property
    def has_evidence(self) -> bool:
        """Whether an item of a later paper shows an outcome; a note alone does not count."""
        return any(it.chip.href for it in self.statements)

    @cached_property
    def last_word(self) -> LastWord:
        """What was last heard of it."""
        last = self.thread.events[-1]
        remark = f"{UNHEARD.capitalize()}." if self.followed.is_unheard(self.thread) else ""
        if self.thread.ended_at is not None:
            words = f"{ENDED_MARK.label}, {self._end_of_group(self.thread.ended_at)}"
            mark = Mark(ENDED_MARK.css, ENDED_MARK.icon, words, ENDED_MARK.meaning)
            return LastWord(mark, remark=remark)
        if self.standing.state is State.HIATUS:
            mark = Mark("", STATE_MARKS[State.HIATUS], "Group on hiatus", "")
            return LastWord(mark, remark=remark)
        if last.fact is Fact.NO_PAPER:
            return self._since_no_paper(last.index)
        mark = FACT_MARKS[last.fact]
        words = f"{mark.label} {self._month(last.index)}"
        if last.fact is Fact.MADE:
            # Who can tell whether the step is older than the first paper that is held?
            is_first = self.followed.index_before(last.index) is None
            made = "First paper held" if is_first else "Made"
            made = made if self.thread.again is None else AGAIN_MARK.label
            words = f"{made} {self._month(last.index)}"
        paper = self.followed.papers[last.index]
        if last.mention:
            address = address_of(self.followed, (last.index, last.mention.item.place))
        else:
            address = paper.get_absolute_url() if paper else ""
        return LastWord(Mark(mark.css, mark.icon, words, mark.meaning), address)

    def _since_no_paper(self, index: int) -> LastWord:
        """The group's latest paper held, and whether the step is in it."""
        before = self.followed.index_before(index)
        mark = FACT_MARKS[Fact.NO_PAPER]
        if before is None:
            return LastWord(mark)
        words, paper = f"No paper held since {self._month(before)}", self.followed.papers[before]
        if before in self.thread.not_mentioned_at:
            words = f"Not mentioned {self._month(before)}, no paper held since"
        address = paper.get_absolute_url() if paper else ""
        return LastWord(Mark(mark.css, mark.icon, words, mark.meaning), address)

    def _month(self, index: int) -> str:
        return short_month_year(self.followed.meetings[index].held_on)

    def _end_of_group(self, index: int) -> str:
        """When the group ended after a meeting, as precisely as it is known."""
        when = self.followed.end_after(index)
        return when.short if when else self._month(index)


def _steps(count: int) -> str:
    return "another step" if count == 1 else f"{count} other steps"


def build_ledger(followed: Iterable[FollowedGroup], day: date) -> list[Row]:
    """Every step of the groups: open ones, those open when their group ended, settled ones.

    Of those not settled the oldest come first, of the settled ones the latest. No query.
    """
    rows = []
    for each in followed:
        if each.ledger.threads:
            standing = each.group.standing_on(day)
            rows += [Row(each, thread, standing, day) for thread in each.ledger.threads]
    return sorted(rows, key=_order)


def _order(row: Row) -> tuple[int, int, int, str, int]:
    is_settled = row.settled is not None
    return (
        (OPEN, ENDED, SETTLED).index(row.state),
        -row.settled.held_on.toordinal() if is_settled and row.settled else 0,
        -row.open_for,
        row.standing.name.casefold(),
        row.thread.number,
    )


@dataclass(frozen=True)
class Bar:
    """One bar of the chart: how many steps have been open for so long. Lengths are in pixels."""

    label: str
    count: int
    top: int
    length: int

    @property
    def middle(self) -> int:
        """The base line of its words."""
        return self.top + 11

    @property
    def end(self) -> int:
        """Where its number stands."""
        return 88 + self.length + 8


@dataclass(frozen=True)
class Chart:
    """How long some steps have been open; ``height`` in pixels."""

    bars: Sequence[Bar]

    @property
    def height(self) -> int:
        """Of all bars."""
        return BAR_PITCH * len(self.bars)


def age_chart(rows: Sequence[Row]) -> Chart | None:
    """A bar for each age up to the greatest, the last one for that age and above."""
    if not rows:
        return None
    ages = [min(row.open_for, CHART_BARS - 1) for row in rows]
    counts = [ages.count(age) for age in range(max(ages) + 1)]
    labels = ["Just made", "1 meeting", *(f"{age} meetings" for age in range(2, CHART_BARS))]
    if any(row.open_for >= CHART_BARS for row in rows):
        labels[CHART_BARS - 1] = f"{CHART_BARS - 1} or more"
    longest = max(counts)
    return Chart(
        [
            Bar(labels[age], count, 4 + BAR_PITCH * age, round(LONGEST_BAR * count / longest))
            for age, count in enumerate(counts)
        ]
    )
