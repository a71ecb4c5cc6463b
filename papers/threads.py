"""A run of papers of one group -> each next step followed from meeting to meeting.

Pure: standard library only. Facts are computed: repeated, reworded, not mentioned, open for so many
meetings, open when the group ended. What became of a step only a person says: outcomes come in and
are kept apart from the facts. At every meeting open before + made + parted = settled + ended +
still open.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from papers.comparison import Place, PlacedItem, statements_of
from papers.content import SectionKind
from papers.pairing import Weighed, pair
from papers.statements import Mention, Node, Record


class Fact(StrEnum):
    """What a meeting's paper does with a step, as a machine can tell."""

    MADE = "made"
    REPEATED = "repeated"
    REWORDED = "reworded"
    NOT_MENTIONED = "not-mentioned"
    NO_PAPER = "no-paper"


class Outcome(StrEnum):
    """What became of a step, as staff state it."""

    DONE = "done"
    PARTLY_DONE = "partly-done"
    DECLINED = "declined"
    CARRIED_OVER = "carried-over"
    CHANGED = "changed"
    DROPPED = "dropped"
    OVERTAKEN = "overtaken"


SETTLES = {Outcome.DONE, Outcome.DECLINED, Outcome.DROPPED, Outcome.OVERTAKEN}


# As pages say it: never without a person behind it.
OUTCOME_LABELS = {
    Outcome.DONE: "Answered",
    Outcome.PARTLY_DONE: "Partly answered",
    Outcome.DECLINED: "Declined",
    Outcome.CARRIED_OVER: "Carried over",
    Outcome.CHANGED: "Changed",
    Outcome.DROPPED: "Dropped",
    Outcome.OVERTAKEN: "Overtaken",
}


@dataclass(frozen=True)
class StatedOutcome:
    """Staff say what became, at a later meeting, of the step printed at ``step``.

    ``row`` is the caller's number for it.
    """

    step: Node
    meeting: int
    outcome: Outcome
    row: int | None = None


@dataclass(frozen=True)
class Event:
    """The fact of one meeting; ``mention`` where its paper has the step, in any section.

    ``is_ahead``: nobody knows yet that the meeting took place, so that it adds nothing to an age.
    """

    index: int
    fact: Fact
    mention: Mention | None = None
    is_ahead: bool = False


@dataclass(frozen=True)
class Promised:
    """Who is to do a step, and when.

    ``printed_at``: the meeting whose paper has ``due_words``; None where the step still has them.
    """

    owner: str = ""
    due_words: str = ""
    printed_at: int | None = None


@dataclass
class Thread:
    """One next step from the meeting at which it was made.

    ``events``: one for each meeting up to where it is settled or ended, ``MADE`` first.
    ``again``: the number of the earlier thread that this one takes up after it was settled.
    ``whole``: the thread of which this step is a further part. Its own events begin where they
    parted; it was made, and is as old, as the whole.
    ``settled_at``: the meeting at which staff settled it. ``ended_at``: the last meeting before the
    group ended, and the step was open; staff may still say afterwards what became of it.
    """

    number: int
    node: Node
    events: list[Event]
    again: int | None = None
    whole: Thread | None = None
    outcomes: list[StatedOutcome] = field(default_factory=list)
    settled_at: int | None = None
    ended_at: int | None = None

    @property
    def begun_at(self) -> int:
        """The meeting from which on it is counted: of a part, where it parted from the whole."""
        return self.events[0].index

    @property
    def made_at(self) -> int:
        """The meeting of its first paper; of a part, that of the whole's."""
        return self.whole.made_at if self.whole else self.begun_at

    @property
    def first(self) -> Mention:
        """How its first paper prints it; of a part, the whole."""
        return self.whole.first if self.whole else self.mentions[0]

    @property
    def _life(self) -> list[Event]:
        """Its events, and those of the whole before they parted."""
        earlier = self.whole._life if self.whole else []
        return [*(it for it in earlier if it.index < self.begun_at), *self.events]

    @property
    def mentions(self) -> list[Mention]:
        """The papers that print it, the oldest first."""
        return [event.mention for event in self.events if event.mention]

    @property
    def is_tracked(self) -> bool:
        """Whether no paper has it under Next Steps, so that it is a step as staff say."""
        printed = [self.first, *self.mentions]
        return all(it.item.place.section != SectionKind.NEXT_STEPS for it in printed)

    @property
    def item(self) -> PlacedItem:
        """As printed last: its words, the section it stands in now."""
        return self.mentions[-1].item

    def promised(self, until: int | None = None) -> Promised:
        """What its papers say beside its words, those up to one meeting or all of them.

        Each from the latest paper that tells: a later one that leaves it out takes nothing back.
        """
        told = [it for it in self.mentions if until is None or it.index <= until]
        owner = next((it.item.item.owner for it in reversed(told) if it.item.item.owner), "")
        due = next((it for it in reversed(told) if it.item.item.due_words), None)
        if due is None:
            return Promised(owner)
        words = due.item.item.due_words
        stands = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", told[-1].item.text)
        return Promised(owner, words, None if stands or due is told[-1] else due.index)

    @property
    def repeated_at(self) -> tuple[int, ...]:
        """Meetings after the first whose papers have it, reworded or not."""
        return tuple(it.index for it in self.mentions[1:])

    @property
    def reworded_at(self) -> tuple[int, ...]:
        """Meetings whose papers have it in other words than the paper before."""
        return tuple(event.index for event in self.events if event.fact == Fact.REWORDED)

    @property
    def not_mentioned_at(self) -> tuple[int, ...]:
        """Meetings for which the group has a paper that leaves it out."""
        return tuple(event.index for event in self.events if event.fact == Fact.NOT_MENTIONED)

    @property
    def closed_at(self) -> int | None:
        """Where it was settled or the group ended, whichever came first; None while it is open."""
        found = [it for it in (self.settled_at, self.ended_at) if it is not None]
        return min(found, default=None)

    @property
    def is_open(self) -> bool:
        """Whether nobody settled it and the group goes on."""
        return self.closed_at is None

    @property
    def open_for(self) -> int:
        """Meetings held since the one at which it was made, to where it was settled or ended."""
        return sum(not event.is_ahead for event in self._life[1:])

    def was_open_after(self, index: int) -> bool:
        """Whether it was counted and still open when that meeting was over."""
        return self.begun_at <= index and (self.closed_at is None or self.closed_at > index)


@dataclass(frozen=True)
class Balance:
    """The count of one meeting: open before + made + parted = settled + ended + still open.

    ``parted``: further parts of steps that stood as one before.
    """

    index: int
    open_before: int
    made: int
    settled: int
    ended: int
    still_open: int
    parted: int = 0


@dataclass(frozen=True)
class Ledger:
    """Every next step of a group.

    ``unplaced`` are outcomes that fit no open step: of a place without a step, of a meeting not
    after the step's paper, or of a step settled before. They change nothing.
    """

    threads: tuple[Thread, ...]
    balances: tuple[Balance, ...]
    unplaced: tuple[StatedOutcome, ...] = ()

    @property
    def open(self) -> tuple[Thread, ...]:
        """The open steps, those open longest first."""
        return tuple(sorted((it for it in self.threads if it.is_open), key=lambda it: it.made_at))

    def at(self, index: int, place: Place) -> tuple[Thread, ...]:
        """The threads that a printed item belongs to: one, or several where steps were merged."""
        return tuple(
            it
            for it in self.threads
            if any((m.index, m.item.place) == (index, place) for m in it.mentions)
        )


def follow(
    record: Record,
    outcomes: Iterable[StatedOutcome] = (),
    ended_at: Collection[int] = (),
    ahead: Collection[int] = (),
) -> Ledger:
    """Follow each next step of a record. ``ended_at``: the last meetings before the group ended.

    ``ahead`` are meetings that are not known to have taken place.
    """
    said: dict[int, list[StatedOutcome]] = {}
    for it in outcomes:
        said.setdefault(it.meeting, []).append(it)
    threads: list[Thread] = []
    balances: list[Balance] = []
    unplaced = [
        it for meeting in said if not 0 <= meeting < len(record.run) for it in said[meeting]
    ]
    for index in range(len(record.run)):
        before = [it for it in threads if it.is_open]
        parting = _parting(record, before, index)
        for thread in before:
            goes_to = parting.get(thread.number)
            thread.events.append(_event(record, thread, index, index in ahead, goes_to))
        made = _made(record, threads, before, index)
        threads += made
        unplaced += _settle(threads, said.get(index, ()))
        if index in ended_at:
            for thread in threads:
                if thread.is_open:
                    thread.ended_at = index
        at_stake = [*before, *made]
        balances.append(
            Balance(
                index,
                open_before=len(before),
                made=sum(it.whole is None for it in made),
                settled=sum(it.settled_at == index for it in at_stake),
                ended=sum(it.ended_at == index for it in at_stake),
                still_open=sum(it.is_open for it in threads),
                parted=sum(it.whole is not None for it in made),
            )
        )
    return Ledger(tuple(threads), tuple(balances), tuple(unplaced))


def _last_node(thread: Thread) -> Node:
    last = thread.mentions[-1]
    return (last.index, last.item.place)


def _parting(record: Record, threads: Sequence[Thread], index: int) -> dict[int, Node]:
    """Where steps that became one, and now are several again, go on: each by its own last words.

    By the number of the thread; the others go on as their one statement does.
    """
    together: dict[Node, list[Thread]] = {}
    for thread in threads:
        together.setdefault(_last_node(thread), []).append(thread)
    found: dict[int, Node] = {}
    for node, merged in together.items():
        parts = [it for it in record.after.get(node, ()) if it[0] == index]
        if len(merged) > 1 and len(parts) > 1:
            lists = Weighed(
                statements_of([_last_of_its_own(it, merged) for it in merged]),
                statements_of([record.items[it] for it in parts]),
            )
            found |= {merged[it.older].number: parts[it.newer] for it in pair(lists)}
    return found


def _last_of_its_own(thread: Thread, merged: Sequence[Thread]) -> PlacedItem:
    """The last words that stood for this thread alone; its first ones where none did."""
    of_others = {
        (mention.index, mention.item.place)
        for other in merged
        if other is not thread
        for mention in other.mentions
    }
    own = [it for it in thread.mentions if (it.index, it.item.place) not in of_others]
    return (own[-1] if own else thread.first).item


def _event(
    record: Record, thread: Thread, index: int, is_ahead: bool, goes_to: Node | None
) -> Event:
    if record.run[index] is None:
        return Event(index, Fact.NO_PAPER, is_ahead=is_ahead)
    last = _last_node(thread)
    mention = record.mention(last, goes_to) if goes_to else record.next_mention(last, index)
    if mention is None:
        return Event(index, Fact.NOT_MENTIONED, is_ahead=is_ahead)
    fact = Fact.REWORDED if mention.is_reworded else Fact.REPEATED
    return Event(index, fact, mention, is_ahead)


def _made(
    record: Record, threads: Sequence[Thread], followed: Sequence[Thread], index: int
) -> list[Thread]:
    """New threads: the steps of this paper that none of the open threads arrived at.

    They are new steps, or further parts of an open one, which the paper says in other words.
    """
    arrived = {_last_node(thread) for thread in followed}
    owners: dict[Node, Thread] = {}
    for thread in threads:
        for mention in thread.mentions:
            owners[mention.index, mention.item.place] = thread
    made: list[Thread] = []
    for node in record.nodes(index):
        if not record.is_step(node) or node in arrived:
            continue
        earlier = [owners[old] for old in record.before.get(node, ()) if old in owners]
        closed = [it.number for it in earlier if not it.is_open]
        whole = next((it for it in earlier if it.is_open), None)
        fact = Fact.REWORDED if whole else Fact.MADE
        first = Event(index, fact, Mention(index, record.items[node], is_reworded=bool(whole)))
        made.append(
            Thread(
                number=len(threads) + len(made),
                node=node,
                events=[first],
                again=closed[0] if closed else None,
                whole=whole,
            )
        )
    return made


def _settle(threads: Sequence[Thread], said: Iterable[StatedOutcome]) -> list[StatedOutcome]:
    """Note the outcomes of one meeting; returns those that fit no open step."""
    unplaced = []
    for it in said:
        fitting = [
            thread
            for thread in threads
            if thread.begun_at < it.meeting
            and (thread.settled_at is None or thread.settled_at == it.meeting)
            and any((m.index, m.item.place) == it.step for m in thread.mentions)
        ]
        if not fitting:
            unplaced.append(it)
        for thread in fitting:
            thread.outcomes.append(it)
            # A changed step goes on under its new words where the paper prints them.
            replaced = it.outcome == Outcome.CHANGED and thread.mentions[-1].index != it.meeting
            if it.outcome in SETTLES or replaced:
                thread.settled_at = it.meeting
    return unplaced
