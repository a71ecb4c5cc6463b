"""Two papers of one group side by side: rows of items, and what became of the older one's steps."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from papers.comparison import Change, ChangeKind, Changes, Counts, Place, PlacedItem
from papers.content import SECTION_LABELS, PaperContent, Section, SectionKind
from papers.marked import PAIRED_BY_STAFF, MarkedGroup, change_remark
from papers.marks import (
    AGAIN_MARK,
    CHANGE_MARKS,
    FACT_MARKS,
    Chip,
    Mark,
    Promise,
    change_mark,
    section_name,
)
from papers.statements import Node as At
from papers.threads import Fact, Thread
from papers.words import Op, Segment


@dataclass(frozen=True)
class Side:
    """One paper's part of a row: the items' (number, address), and the words."""

    items: Sequence[tuple[str, str]]
    segments: Sequence[Segment]


@dataclass(frozen=True)
class Row:
    """One statement in both papers, or in one.

    ``elsewhere``, (number, address), is where the newer paper has it, in another section.
    ``anchor``: that of the newer item, once on a page.
    """

    mark: Mark
    older: Side | None = None
    newer: Side | None = None
    remark: str = ""
    elsewhere: tuple[str, str] | None = None
    anchor: str = ""
    promise: Promise | None = None


@dataclass(frozen=True)
class SectionRows:
    """One section of both papers. The remarks say why a paper has no items there."""

    heading: str
    counts: Counts
    rows: Sequence[Row]
    is_same: bool
    older_remark: str = ""
    newer_remark: str = ""


@dataclass(frozen=True)
class Shown:
    """An item that continues or answers a step; ``where`` is its month and section."""

    where: str
    side: Side
    anchor: str = ""
    promise: Promise | None = None


@dataclass(frozen=True)
class StepRow:
    """One next step of the older paper, with what became of it and the items that show it.

    The evidence of an outcome comes first, then the items that print the step again: several
    where it was split. ``origin`` says where the older paper prints it.
    """

    origin: str
    step: Side
    chips: Sequence[Chip]
    shown_by: Sequence[Shown] = ()
    remark: str = ""
    promise: Promise | None = None


class SideBySide:
    """The papers of the meetings ``older`` and ``newer`` of a group that has both."""

    def __init__(self, marked: MarkedGroup, older: int, newer: int) -> None:
        self.marked, self.followed = marked, marked.followed
        self.older, self.newer = older, newer
        before, after = self.followed.contents[older], self.followed.contents[newer]
        changes = self.followed.between(older, newer)
        if before is None or after is None or changes is None:
            raise ValueError("Both meetings have to have a paper of the group.")
        self.before: PaperContent = before
        self.after: PaperContent = after
        self.changes: Changes = changes

    @property
    def status(self) -> SectionRows:
        """Current Status, all of it."""
        return self._section(SectionKind.CURRENT_STATUS)

    @property
    def others(self) -> list[SectionRows]:
        """Background, issue and the other sections that at least one of the papers has."""
        printed = {_key(it): it for content in (self.before, self.after) for it in content.sections}
        usual = [Place(it, 0).section_key for it in (SectionKind.BACKGROUND, SectionKind.ISSUE)]
        further = [_key(it) for content in (self.after, self.before) for it in content.sections]
        keys = dict.fromkeys([*usual, *(it for it in further if it.startswith("other"))])
        return [
            self._section(section.kind, section.heading if key not in usual else "")
            for key in keys
            if (section := printed.get(key))
        ]

    def _section(self, kind: SectionKind, heading: str = "") -> SectionRows:
        key = Place(kind, 0, heading).section_key
        changes = self.changes.in_section(kind, heading)
        left = [
            change
            for change in self.changes.items
            if change.moved_from and change.moved_from.section_key == key
        ]
        rows = [self._row(change, key) for change in _in_order(changes, left, key)]
        return SectionRows(
            heading=heading or SECTION_LABELS[kind],
            counts=changes.counts,
            rows=rows,
            is_same=bool(rows) and changes.is_empty and not left,
            older_remark=_remark(self.before, kind, heading),
            newer_remark=_remark(self.after, kind, heading),
        )

    def _row(self, change: Change, key: str) -> Row:
        older = self._older_side(change)
        if change.newer and change.newer.place.section_key != key:
            at = (self.newer, change.newer.place)
            mark = CHANGE_MARKS[ChangeKind.MOVED]
            words = f"Moved to {section_name(change.newer.place)}"
            moved = Mark(mark.css, mark.icon, words, mark.meaning)
            there = (self.marked.number(at), f"#{self._anchor(change.newer)}")
            plain = self._plain(self.older, change.older)
            remark = PAIRED_BY_STAFF if change.by_staff else ""
            return Row(moved, plain, None, remark, elsewhere=there)
        newer = self._newer_side(change)
        if change.newer is None:
            return Row(change_mark(change), older)
        remark = self.marked.remark(change, (self.newer, change.newer.place))
        return Row(change_mark(change), older, newer, remark, anchor=self._anchor(change.newer))

    def _anchor(self, item: PlacedItem) -> str:
        return self.marked.number((self.newer, item.place)).lower()

    def _plain(self, index: int, item: PlacedItem | None) -> Side | None:
        if item is None:
            return None
        at = (index, item.place)
        words = [Segment(Op.SAME, item.text)]
        return Side([(self.marked.number(at), self.marked.address(at))], words)

    def _items(self, index: int, items: Sequence[PlacedItem]) -> list[tuple[str, str]]:
        found = [(index, it.place) for it in items]
        return [(self.marked.number(at), self.marked.address(at)) for at in found]

    def _older_side(self, change: Change) -> Side | None:
        """The older words, with those marked that are not in the newer paper."""
        if change.older is None:
            return None
        merged = change.merged_from or (change.older,)
        return Side(self._items(self.older, merged), change.older_words)

    def _newer_side(self, change: Change) -> Side | None:
        if change.newer is None:
            return None
        words = [Segment(Op.SAME, change.newer.text)]
        if change.older and change.is_reworded:
            words = [it for it in change.diff if it.op != Op.REMOVED]
        return Side(self._items(self.newer, [change.newer]), words)

    @cached_property
    def steps(self) -> list[StepRow]:
        """Each next step of the older paper, in printed order."""
        counterparts: dict[Place, list[Change]] = defaultdict(list)
        for old, _, change in self.changes.links():
            counterparts[old.place].append(change)
        record = self.followed.record
        steps = [at[1] for at in record.nodes(self.older) if record.is_step(at)]
        taken: set[str] = set()
        return [self._step_row(place, counterparts[place], taken) for place in steps]

    def _step_row(self, place: Place, changes: Sequence[Change], taken: set[str]) -> StepRow:
        """``taken``: the anchors of the page so far. Two steps that became one share an item."""
        threads = self._followed_from(place)
        stated = [
            it
            for thread in threads
            for it in thread.outcomes
            if it.meeting > self.older or it.meeting == thread.settled_at
        ]
        is_over = bool(threads) and all(
            it.settled_at is not None and it.settled_at <= self.newer for it in threads
        )
        is_again = any(it.again is not None and it.begun_at == self.newer for it in threads)
        chips = list(dict.fromkeys(self.marked.outcome_chip(it) for it in stated))
        step = self.followed.item_at((self.older, place))
        plain = self._plain(self.older, step) or Side([], [])
        promise = self.marked.promise((self.older, place))
        origin = f"{self.marked.month(self.older)} next step"
        if place.section != SectionKind.NEXT_STEPS:
            origin += f", printed under {section_name(place)}"
        if changes:
            is_reworded = any(it.kind == ChangeKind.REWORDED or it.is_reworded for it in changes)
            fact = FACT_MARKS[Fact.REWORDED if is_reworded else Fact.REPEATED]
            chips.append(self._chip(AGAIN_MARK if is_again else fact))
            again = {(self.newer, it.newer.place) for it in changes if it.newer}
            # What staff state outweighs that the step is printed again.
            shown = [it for at, it in self._evidence(threads) if at not in again]
            for change in changes:
                if change.newer and (side := self._newer_side(change)):
                    at = (self.newer, change.newer.place)
                    anchor = self._step_anchor(at, taken)
                    said = self.marked.promise(at)
                    shown.append(Shown(self._where(at), side, anchor, said))
            is_plain = bool(changes[0].merged_from) or len(changes) != max(
                1, len(changes[0].split_into)
            )
            older = None if is_plain else self._older_side(changes[0])
            # Of several parts staff may have paired any.
            remark = change_remark(next((it for it in changes if it.by_staff), changes[0]))
            return StepRow(origin, older or plain, chips, shown, remark, promise)
        if not is_over and not any(it.meeting == self.newer for it in stated):
            chips.append(self._chip(FACT_MARKS[Fact.NOT_MENTIONED]))
        shown = [it for _, it in self._evidence(threads)]
        return StepRow(origin, plain, chips, shown, promise=promise)

    def _followed_from(self, place: Place) -> list[Thread]:
        """The threads of an older step, and those that take it up again by the newer paper."""
        found = list(self.followed.threads_at(self.older, place))
        for thread in self.followed.ledger.threads:
            if thread.begun_at <= self.newer and thread.again in {it.number for it in found}:
                found.append(thread)
        return found

    def _chip(self, mark: Mark) -> Chip:
        return Chip(mark, f"{mark.label} {self.marked.when(self.newer)}")

    def _where(self, at: At) -> str:
        return f"{self.marked.month(at[0])}, {section_name(at[1])}"

    def _step_anchor(self, at: At, taken: set[str]) -> str:
        """The anchor of a newer step, which no other row of the page has."""
        anchor = self.marked.number(at).lower()
        if at[1].section != SectionKind.NEXT_STEPS or anchor in taken:
            return ""
        taken.add(anchor)
        return anchor

    def _evidence(self, threads: Sequence[Thread]) -> list[tuple[At, Shown]]:
        """Where the item stands that shows the last outcome stated, and it; none if none was."""
        for thread in threads:
            for stated in reversed(thread.outcomes):
                row = self.followed.statements.get(stated.row) if stated.row is not None else None
                at = self.followed.evidence_of(row) if row else None
                side = self._plain(at[0], self.followed.item_at(at)) if at else None
                if at and side and at[0] > self.older:
                    return [(at, Shown(self._where(at), side))]
        return []

    @property
    def fact_counts(self) -> list[tuple[int, str]]:
        """How many of the older paper's steps the newer one repeats and so on: (2, "repeated")."""
        return self._counts(is_stated=False)

    @property
    def stated_counts(self) -> list[tuple[int, str]]:
        """How many outcomes of each kind staff state of them."""
        return self._counts(is_stated=True)

    def _counts(self, *, is_stated: bool) -> list[tuple[int, str]]:
        chips = (chip for row in self.steps for chip in row.chips if chip.is_stated == is_stated)
        counts = Counter(chip.mark.label.lower() for chip in chips)
        return [(number, label) for label, number in counts.items()]

    @property
    def other_steps(self) -> list[Row]:
        """The next steps of the newer paper that the older one does not have as next steps.

        Not all are new: an earlier paper may have had them, or the older one elsewhere.
        """
        record = self.followed.record
        of_older = {at[1] for at in record.nodes(self.older) if record.is_step(at)}
        found = []
        for at in record.nodes(self.newer):
            change = self.changes.of(at[1])
            # One that several items became stands beside whichever of them is a step.
            before = change.merged_from or ((change.older,) if change.older else ())
            if record.is_step(at) and not any(it.place in of_older for it in before):
                anchor = self._step_anchor(at, set())
                newer = self._newer_side(change)
                remark, promise = self.marked.remark(change, at), self.marked.promise(at)
                mark = change_mark(change)
                found.append(Row(mark, None, newer, remark, anchor=anchor, promise=promise))
        return found


def _remark(content: PaperContent, kind: SectionKind, heading: str) -> str:
    """Why a paper has no items in a section; empty where it has some."""
    key = Place(kind, 0, heading).section_key
    same = [it for it in content.sections if _key(it) == key]
    if any(section.items for section in same):
        return ""
    if not same:
        return f"This paper has no section “{heading or SECTION_LABELS[kind]}”."
    return next((it.remark for it in same if it.remark), "The section is empty.")


def _key(section: Section) -> str:
    heading = section.heading if section.kind == SectionKind.OTHER else ""
    return Place(section.kind, 0, heading).section_key


def _in_order(changes: Changes, left: Sequence[Change], key: str) -> Iterator[Change]:
    """The newer paper's order; what is gone or moved away follows what stood before it."""
    rows: dict[Place, Change] = {}
    for change in changes.items:
        for older in change.merged_from or ((change.older,) if change.older else ()):
            rows.setdefault(older.place, change)
    away = [*changes.gone, *left]
    places = {it.older.place: it for it in away if it.older}
    # By identity: two statements of the same words are two.
    after: dict[int, list[Change]] = defaultdict(list)
    last = 0
    for place in sorted({*rows, *places}):
        if place.section_key != key:
            continue
        if place in places:
            after[last].append(places[place])
        else:
            last = id(rows[place])
    yield from after[0]
    for change in changes.items:
        yield change
        yield from after[id(change)]
