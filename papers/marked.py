"""A followed group as its pages show it: each item with its mark, its past and its chips."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from papers.anchors import anchors_of
from papers.comparison import Change, ChangeKind
from papers.following import FollowedGroup
from papers.marks import (
    AGAIN_MARK,
    ENDED_MARK,
    FACT_MARKS,
    NO_NOTES,
    OPEN_MARK,
    OUTCOME_MARKS,
    TRACKED_MARK,
    UNHEARD,
    Chip,
    Mark,
    Notes,
    Promise,
    Sentence,
    change_mark,
    meetings,
    promise_in_words,
)
from papers.statements import Node as At
from papers.threads import Event, Fact, Promised, StatedOutcome, Thread
from papers.tree import Node, section_trees
from workgroups.models import WorkingGroup

NUMBER_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
PAIRED_BY_STAFF = "Paired by staff"


@dataclass(frozen=True)
class Gone:
    """An item of the paper before that this one does not have; its address is there."""

    address: str
    number: str
    text: str


class MarkedGroup:
    """What pages say of one group's items. No query: all is in ``followed``."""

    def __init__(self, followed: FollowedGroup) -> None:
        self.followed = followed
        self._months = Counter(meeting.name for meeting in followed.meetings)
        self._threads: dict[At, list[Thread]] = defaultdict(list)
        for thread in followed.ledger.threads:
            for mention in thread.mentions:
                self._threads[mention.index, mention.item.place].append(thread)

    def step_marks(self) -> list[Mark]:
        """The marks of steps that a page of this group explains: outcomes only where some are."""
        threads = self.followed.ledger.threads
        if not threads:
            return []
        facts = [mark for fact, mark in FACT_MARKS.items() if fact != Fact.NO_PAPER]
        again = [AGAIN_MARK] if any(it.again is not None for it in threads) else []
        tracked = [TRACKED_MARK] if any(it.is_tracked for it in threads) else []
        ends = [ENDED_MARK] if any(it.ended_at is not None for it in threads) else []
        stated = {it.outcome for thread in threads for it in thread.outcomes}
        outcomes = [mark for outcome, mark in OUTCOME_MARKS.items() if outcome in stated]
        return [*facts, *again, *tracked, OPEN_MARK, *ends, *outcomes]

    def month(self, index: int) -> str:
        """How people name a meeting: "September 2024"; by its day where a month had two."""
        meeting = self.followed.meetings[index]
        is_alone = self._months[meeting.name] == 1
        return meeting.name if is_alone else str(meeting)

    def when(self, index: int) -> str:
        """``"in September 2024"``, or ``"on September 18, 2024"``."""
        month = self.month(index)
        return f"{'in' if month == self.followed.meetings[index].name else 'on'} {month}"

    def number(self, at: At) -> str:
        """The number by which an item is cited: "S1.1"."""
        content = self.followed.contents[at[0]]
        return anchors_of(content)[at[1]].upper() if content else ""

    def address(self, at: At) -> str:
        """The address of an item on its paper's page."""
        paper = self.followed.papers[at[0]]
        return f"{paper.get_absolute_url()}#{self.number(at).lower()}" if paper else ""

    def changes_address(self, older: int, newer: int) -> str:
        """The address of the page that holds two of the group's papers side by side."""
        days = [self.followed.meetings[it].held_on for it in (older, newer)]
        return changes_address(self.followed.group, *days)

    def trees(self, index: int, *, with_history: bool = False) -> list[list[Node]]:
        """The items of each section of one paper, nested, with their notes.

        ``with_history`` adds where else the record has each statement.
        """
        content = self.followed.contents[index]
        if content is None:
            return []
        trees = section_trees(content)
        for nodes in trees:
            self._annotate(index, nodes, with_history)
        return trees

    def _annotate(self, index: int, nodes: Iterable[Node], with_history: bool) -> None:
        changes = self.followed.changes[index]
        for node in nodes:
            chips = self.chips((index, node.place))
            change = changes.of(node.place) if changes else None
            promise = self.promise((index, node.place))
            notes = Notes(chips=chips, promise=promise) if chips or promise else NO_NOTES
            if change:
                mark, remark = change_mark(change), self.remark(change, (index, node.place))
                notes = Notes(mark, change, chips, remark, promise=promise)
            if with_history:
                notes = replace(notes, history=self.history((index, node.place)))
            node.notes = notes
            self._annotate(index, node.below, with_history)

    def promise(self, at: At) -> Promise | None:
        """Who is to do the step printed at a place, and when, as the papers up to it say.

        None where they do not, and for an item that is no step.
        """
        said = [thread.promised(at[0]) for thread in self._threads.get(at, ())]
        owner = next((it.owner for it in said if it.owner), "")
        due = next((it for it in said if it.due_words), Promised())
        return promise_in_words(replace(due, owner=owner), self.month)

    def remark(self, change: Change, at: At) -> str:
        """That an item was split, merged, reordered or reported earlier, and if staff paired it."""
        earlier = self.followed.record.before.get(at)
        if change.kind is ChangeKind.NEW and earlier:
            words = f"Reported before, last {self.when(earlier[0][0])}"
            return _said(words, by_staff=self.followed.record.verdict(earlier[0], at) is True)
        return change_remark(change)

    def gone_by_section(self, index: int) -> dict[str, list[Gone]]:
        """What the paper before had and this one has nowhere, by the key of its section."""
        changes, before = self.followed.changes[index], self.followed.index_before(index)
        found: dict[str, list[Gone]] = defaultdict(list)
        for change in changes.gone if changes else ():
            if change.older and before is not None:
                place = change.older.place
                at = (before, place)
                found[place.section_key].append(
                    Gone(self.address(at), self.number(at), change.older.text)
                )
        return found

    def history(self, at: At) -> Sentence:
        """A statement's mentions in one sentence with links; empty where it has only this one."""
        found = self.followed.record.history(*at)
        if len(found.mentions) == 1:
            is_latest = self.followed.is_latest(at[0])
            return () if is_latest else (("In no later paper held.", ""),)
        places = {mention.index: (mention.index, mention.item.place) for mention in found.mentions}

        def month(index: int) -> tuple[str, str]:
            link = "" if index == at[0] else self.address(places[index])
            return ("this paper" if index == at[0] else self.month(index), link)

        words: list[tuple[str, str]] = [("First reported in ", ""), month(found.first_reported)]
        words.append((f", repeated at {meetings(len(found.repeated_at))}", ""))
        for place, index in enumerate(found.reworded_at, start=1):
            is_last = place == len(found.reworded_at)
            joint = ", reworded in " if place == 1 else " and " if is_last else ", "
            words += [(joint, ""), month(index)]
        end = ", the latest held." if self.followed.is_latest(found.last_seen) else "."
        return (*words, ("; last found in ", ""), month(found.last_seen), (end, ""))

    def chips(self, at: At) -> tuple[Chip, ...]:
        """What became of the step printed at a place, after the paper that prints it there.

        What staff state comes first, then what the next paper does with it and, if that leaves it
        out, which later paper takes it up again; at its last mention, how long it is open. At the
        first mention of a step that was closed before, that it is taken up again. Before all, that
        staff follow what no paper prints under Next Steps. Nothing for an item that is no step.
        """
        found: list[Chip] = []
        if any(it.is_tracked for it in self._threads.get(at, ())):
            found.append(Chip(TRACKED_MARK, TRACKED_MARK.label, is_stated=True))
        for thread in self._threads.get(at, ()):
            if thread.again is not None and thread.node == at:
                found.append(self.again_chip(self.followed.ledger.threads[thread.again]))
            # A paper may still print what its own meeting settled.
            stated = [it for it in thread.outcomes if it.meeting >= at[0]]
            for it in stated:
                chip = self.outcome_chip(it)
                # The note stands once: at the words of which it speaks.
                found.append(chip if it.step == at else replace(chip, note=""))
            after = [it for it in thread.events if it.index > at[0] and it.fact != Fact.NO_PAPER]
            if after and (after[0].mention or after[0].index not in {it.meeting for it in stated}):
                found.append(self.fact_chip(after[0]))
            if after and not after[0].mention:
                found += [self.fact_chip(it) for it in after if it.mention][:1]
            last = thread.mentions[-1]
            if (last.index, last.item.place) == at:
                found += self.standing_chip(thread, at)
        return tuple(dict.fromkeys(found))

    def outcome_chip(self, stated: StatedOutcome) -> Chip:
        """What staff state, with the item that shows it and their note."""
        mark = OUTCOME_MARKS[stated.outcome]
        words = f"{mark.label} {self.when(stated.meeting)}"
        row = self.followed.statements.get(stated.row) if stated.row is not None else None
        shown_by = self.followed.evidence_of(row) if row else None
        note = row.note if row else ""
        if shown_by is None:
            return Chip(mark, words, is_stated=True, note=note)
        return Chip(mark, words, self.address(shown_by), self.number(shown_by), True, note)

    def fact_chip(self, event: Event) -> Chip:
        """What one later paper does with a step."""
        mark = FACT_MARKS[event.fact]
        words = f"{mark.label} {self.when(event.index)}"
        if event.mention is None:
            return Chip(mark, words)
        at = (event.index, event.mention.item.place)
        return Chip(mark, words, self.address(at), self.number(at))

    def standing_chip(self, thread: Thread, seen_from: At) -> list[Chip]:
        """How long a step is open, or that it was so when the group ended; none if settled."""
        if thread.settled_at is not None:
            return []
        if thread.ended_at is not None:
            end = self.followed.end_after(thread.ended_at)
            mark, words = ENDED_MARK, ENDED_MARK.label + (f" ({end.short})" if end else "")
        elif thread.open_for:
            mark, words = OPEN_MARK, f"Open for {meetings(thread.open_for)}"
        elif len(thread.events) > 1 or thread.whole:
            # There are papers to a meeting after it that is still to come.
            mark, words = OPEN_MARK, "Open"
        else:
            return self._made_chips(thread)
        chip = Chip(mark, words, aside=UNHEARD if self.followed.is_unheard(thread) else "")
        if thread.made_at == seen_from[0]:
            return [chip]
        first = self.address((thread.made_at, thread.first.item.place))
        return [replace(chip, href=first, link_words=f"First made {self.when(thread.made_at)}")]

    def _made_chips(self, thread: Thread) -> list[Chip]:
        if thread.again is not None:
            return []
        # Who can tell whether a step is older than the first paper that is held?
        mark = FACT_MARKS[Fact.MADE]
        is_first = self.followed.index_before(thread.made_at) is None
        return [Chip(mark, "In the first paper held" if is_first else mark.label)]

    def again_chip(self, earlier: Thread) -> Chip:
        """That a step goes on which was closed before, with where it was printed then."""
        why = ENDED_MARK.label
        if earlier.settled_at is not None:
            why = f"Settled {self.when(earlier.settled_at)}, stated by staff"
        last = earlier.mentions[-1]
        address = self.address((last.index, last.item.place))
        return Chip(AGAIN_MARK, AGAIN_MARK.label, address, why)


def changes_address(group: WorkingGroup, older: date, newer: date) -> str:
    """The address of the page that holds the papers of two days side by side."""
    return reverse("compare", args=[group.slug, f"{older.isoformat()}...{newer.isoformat()}"])


def change_remark(change: Change) -> str:
    """``"One item became two"``, ``"In another order; paired by staff"``; empty for neither."""
    words = "In another order" if change.is_reordered else ""
    if change.split_into:
        words = f"One item became {_in_words(len(change.split_into))}"
    elif change.merged_from:
        words = f"{_in_words(len(change.merged_from)).capitalize()} items became one"
    return _said(words, by_staff=change.by_staff)


def _said(words: str, *, by_staff: bool) -> str:
    """A remark, with that the pair rests on what staff say, not on what is computed."""
    if not by_staff:
        return words
    return f"{words}; {PAIRED_BY_STAFF.lower()}" if words else PAIRED_BY_STAFF


def _in_words(number: int) -> str:
    return NUMBER_WORDS[number] if number < len(NUMBER_WORDS) else str(number)
