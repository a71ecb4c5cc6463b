"""Two papers of one group side by side: rows of items, and what became of the older one's steps."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from papers.comparison import Change, ChangeKind, Changes, Counts, Place, PlacedItem
from papers.content import SECTION_LABELS, PaperContent, Section, SectionKind
from papers.marked import MarkedGroup, split_words
from papers.marks import CHANGE_MARKS, FACT_MARKS, Chip, Mark, change_mark, section_name
from papers.threads import Fact, Thread
from papers.words import Op, Segment, word_diff


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
class StepRow:
    """One next step of the older paper, with what became of it and the item that shows it."""

    step: Side
    chips: Sequence[Chip]
    css: str
    where: str = ""
    shown_by: Side | None = None
    anchor: str = ""


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
        """Background, issue, and the other sections of either paper that have items there."""
        found = [self._section(kind) for kind in (SectionKind.BACKGROUND, SectionKind.ISSUE)]
        seen = set()
        for content in (self.after, self.before):
            for section in content.sections:
                place = Place(SectionKind.OTHER, 0, section.heading)
                if section.kind == SectionKind.OTHER and place.section_key not in seen:
                    seen.add(place.section_key)
                    found.append(self._section(SectionKind.OTHER, section.heading))
        return [it for it in found if it.rows or it.older_remark or it.newer_remark]

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
            return Row(moved, plain, None, elsewhere=there)
        newer = self._newer_side(change)
        anchor = self._anchor(change.newer) if change.newer else ""
        return Row(change_mark(change), older, newer, split_words(change), anchor=anchor)

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
        words: list[Segment] = [Segment(Op.SAME, " ".join(it.text for it in merged))]
        if change.newer and change.is_reworded:
            # Turned round, the words that stay are as the older paper prints them.
            turned = list(word_diff(change.newer.text, words[0].words))
            while change.split_into and turned and turned[0].op == Op.ADDED:
                turned.pop(0)
            while change.split_into and turned and turned[-1].op == Op.ADDED:
                turned.pop()
            words = [
                Segment(Op.REMOVED if it.op == Op.ADDED else it.op, it.words)
                for it in turned
                if it.op != Op.REMOVED
            ]
        return Side(self._items(self.older, merged), words)

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
        counterpart: dict[Place, Change] = {}
        for old, _, change in self.changes.links():
            counterpart.setdefault(old.place, change)
        record = self.followed.record
        rows = [
            self._step_row(record.items[at], counterpart.get(at[1]))
            for at in record.nodes(self.older)
            if record.is_step(at)
        ]
        # Two steps that became one lead to one item.
        taken = {""}
        for place, row in enumerate(rows):
            if row.anchor in taken:
                rows[place] = replace(row, anchor="")
            taken.add(row.anchor)
        return rows

    def _step_row(self, step: PlacedItem, change: Change | None) -> StepRow:
        threads = self.followed.threads_at(self.older, step.place)
        stated = [it for thread in threads for it in thread.outcomes if it.meeting > self.older]
        chips = list(dict.fromkeys(self.marked.outcome_chip(it) for it in stated))
        month = self.marked.month(self.newer)
        if change and change.newer:
            fact = Fact.REWORDED if change.is_reworded else Fact.REPEATED
            mark = FACT_MARKS[fact]
            chips.append(Chip(mark, f"{mark.label} in {month}"))
            place = change.newer.place
            return StepRow(
                self._older_side(change) or Side([], []),
                chips,
                mark.css,
                f"{month}, {section_name(place)}",
                self._newer_side(change),
                self._anchor(change.newer) if place.section == SectionKind.NEXT_STEPS else "",
            )
        if not any(it.meeting == self.newer for it in stated):
            mark = FACT_MARKS[Fact.NOT_MENTIONED]
            chips.append(Chip(mark, f"{mark.label} in {month}"))
        evidence = self._evidence(threads)
        where, shown_by = evidence or ("", None)
        plain = self._plain(self.older, step) or Side([], [])
        return StepRow(plain, chips, "" if evidence else "silent", where, shown_by)

    def _evidence(self, threads: Sequence[Thread]) -> tuple[str, Side | None] | None:
        """The item that shows the last outcome stated: (its month and section, the item)."""
        for thread in threads:
            for stated in reversed(thread.outcomes):
                row = self.followed.statements.get(stated.row) if stated.row is not None else None
                at = self.followed.evidence_of(row) if row else None
                if at and at[0] > self.older:
                    where = f"{self.marked.month(at[0])}, {section_name(at[1])}"
                    return where, self._plain(at[0], self.followed.item_at(at))
        return None

    @property
    def step_counts(self) -> list[tuple[int, str]]:
        """How many of the older paper's steps are of each kind: (2, "repeated")."""
        counts = Counter(chip.mark.label for row in self.steps for chip in row.chips)
        return [(number, label.lower()) for label, number in counts.items()]

    @property
    def new_steps(self) -> list[Row]:
        """The next steps of the newer paper that the older one does not have as next steps."""
        record = self.followed.record
        of_older = {at[1] for at in record.nodes(self.older) if record.is_step(at)}
        found = []
        for at in record.nodes(self.newer):
            change = self.changes.of(at[1])
            if record.is_step(at) and (change.older is None or change.older.place not in of_older):
                is_under_steps = at[1].section == SectionKind.NEXT_STEPS
                anchor = self.marked.number(at).lower() if is_under_steps else ""
                newer = self._newer_side(change)
                found.append(Row(change_mark(change), newer=newer, anchor=anchor))
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
