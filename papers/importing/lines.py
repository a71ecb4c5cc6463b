"""The text of a document as numbered lines, each with where it stands in the record now.

Pure: standard library only. What the parser placed is only the beginning: staff move, remove, add
and edit items afterwards, so the items of today say where a line is, and what no item, field or
remark holds any more (``papers.importing.kept``) is not placed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from itertools import accumulate

from papers.content import SECTION_LABELS, Section, SectionKind
from papers.importing.kept import A_SENTENCE, Kept, is_enough, keeps_value, words_at
from papers.importing.parsed import ParsedPaper, Placement
from papers.importing.sentences import sentence_spans

TITLE_BLOCK, SIGNATURE = "Title block", "Signature"
FIELD_LABELS = {
    "working_group": "Group",
    "subcommittee": "Subcommittee",
    "meeting": "Meeting",
    "pub_number": "Pub#",
    "action_required": "Action",
    "office": "Office",
    "submitted_by": "Submitted by",
    "dated": "Date",
}
_TITLE = frozenset(("working_group", "subcommittee", "meeting"))
_CLOSING = frozenset(("submitted_by", "dated"))
_PARAGRAPH = re.compile(r"\n[ \t]*\n")


class LineKind(StrEnum):
    """What a line is."""

    HEADING = "heading"
    RECORD = "record"  # in a field, an item or a remark
    FURNITURE = "furniture"  # of the page, not of the paper
    NOT_PLACED = "not-placed"


@dataclass(frozen=True)
class Home:
    """Something in the record that holds words of the document: its place there, and its link.

    ``text`` is what it says where that may differ from the document; None: as printed. Without a
    ``span`` it is typed.
    """

    span: tuple[int, int] | None
    label: str
    anchor: str
    text: str | None = None


@dataclass(frozen=True)
class Line:
    """One sentence, or a line of the title block.

    ``number`` counts from 1; a heading has none, which is 0. ``marker`` is the bullet before it.
    ``homes`` are (label, anchor). ``part`` names the section it stands in. ``stretch`` is the range
    of the item, remark or field that the parser read it with. ``counts`` is how many sentences it
    is worth: a title on four lines is one.
    """

    kind: LineKind
    text: str
    span: tuple[int, int]
    part: str
    stretch: tuple[int, int] = (0, 0)
    number: int = 0
    marker: str = ""
    homes: tuple[tuple[str, str], ...] = ()
    counts: int = 1

    @property
    def anchor(self) -> str:
        """Its place in the address."""
        return f"l{self.number}"


@dataclass(frozen=True)
class Reading:
    """A document's lines, and how many of its sentences are in the record."""

    lines: tuple[Line, ...]
    placed: int
    sentences: int

    @property
    def left_out(self) -> int:
        """Sentences without a place."""
        return self.sentences - self.placed

    @property
    def parts(self) -> list[tuple[str, int]]:
        """Placed sentences by part, in the order of the page."""
        counts: dict[str, int] = {}
        for line in self.lines:
            if line.kind is LineKind.RECORD:
                counts[line.part] = counts.get(line.part, 0) + line.counts
        return [(part, count) for part, count in counts.items() if count]

    @cached_property
    def numbered(self) -> list[Line]:
        """The lines without the headings."""
        return [line for line in self.lines if line.number]

    def overlapping(self, span: tuple[int, int] | None) -> list[Line]:
        """The numbered lines that share words with a range of the text."""
        if span is None:
            return []
        first = bisect_right(self.numbered, span[0], key=lambda line: line.span[1])
        last = bisect_left(self.numbered, span[1], key=lambda line: line.span[0])
        return self.numbered[first:last]

    @property
    def loose(self) -> list[list[Line]]:
        """What is not placed, in stretches without a gap that were read together."""
        found: list[list[Line]] = []
        before: Line | None = None
        for line in self.lines:
            if line.kind is LineKind.NOT_PLACED:
                goes_on = before and before.kind is line.kind and before.stretch == line.stretch
                if goes_on:
                    found[-1].append(line)
                else:
                    found.append([line])
            before = line
        return found


def read_lines(
    parsed: ParsedPaper,
    homes: Iterable[Home],
    filled: Collection[str],
    changed: Mapping[str, tuple[str, str]] | None = None,
) -> Reading:
    """The lines of a paper that was read.

    ``homes`` are the items and remarks of the record; ``filled`` the fields that have a value
    there, by the names of placements; ``changed`` has what such a field was read as, and what it
    says now.
    """
    lines = [*_Lines(parsed, homes, filled, changed or {})]
    number = 0
    for index, line in enumerate(lines):
        if line.kind is not LineKind.HEADING:
            number += 1
            lines[index] = replace(line, number=number)
    placed = sum(line.counts for line in lines if line.kind is LineKind.RECORD)
    lost = sum(line.counts for line in lines if line.kind is LineKind.NOT_PLACED)
    return Reading(tuple(lines), placed, placed + lost)


def section_label(section: Section) -> str:
    """The usual name of a printed section, or the heading of another one."""
    is_other = section.kind is SectionKind.OTHER
    return section.heading if is_other else SECTION_LABELS[section.kind]


def one_line(raw: str) -> str:
    """A stretch of the text as one line: wrapped lines joined, blanks single."""
    return " ".join(re.sub(r"-\n[ \t]*(?=\w)", "-", raw).split())


class _Lines:
    """Goes through the placements once, in the order of the text."""

    def __init__(
        self,
        parsed: ParsedPaper,
        homes: Iterable[Home],
        filled: Collection[str],
        changed: Mapping[str, tuple[str, str]],
    ) -> None:
        self.parsed = parsed
        self.filled = filled
        self.changed = changed
        placed = []
        self.kept: dict[Home, Kept] = {}  # of what may differ from the document
        for home in homes:
            if home.span:
                placed.append((home.span, home))
            if home.text is not None:
                self.kept[home] = Kept(parsed.text, home.span or (0, 0), home.text)
        placed.sort(key=lambda pair: pair[0])
        self.homes = [home for _, home in placed]
        self.starts = [span[0] for span, _ in placed]
        self.ends = [span[1] for span, _ in placed]
        self.reach = list(accumulate(self.ends, max))

    def __iter__(self) -> Iterator[Line]:
        part, end, before = TITLE_BLOCK, 0, ""
        waiting: Line | None = None  # a line of the title block that may go on
        for placement in sorted(self.parsed.placements, key=lambda each: each.span):
            where, (start, stop) = placement.where, placement.span
            between, end = self.parsed.text[end:start], stop
            if where in FIELD_LABELS or where == "furniture":
                if where in _CLOSING:
                    part = SIGNATURE
                elif where in FIELD_LABELS:
                    part = TITLE_BLOCK
                line = self._field(placement, part, before)
                before = where if where != "furniture" else before
                if waiting and _goes_on(waiting, line, where, between):
                    waiting = self._joined(waiting, line)
                    continue
                if waiting:
                    yield waiting
                waiting = line
                continue
            if waiting:
                yield waiting
                waiting = None
            before = where
            if where.startswith("heading"):
                part = section_label(self.parsed.content.sections[_number(where) - 1])
                text = one_line(self.parsed.text[start:stop])
                yield Line(LineKind.HEADING, text, placement.span, part, counts=0)
            else:
                yield from self._statement(placement, part, between)
        if waiting:
            yield waiting

    def _field(self, placement: Placement, part: str, before: str) -> Line:
        where = placement.where
        if where == "furniture":
            return replace(self._line(LineKind.FURNITURE, placement.span, part, ()), counts=0)
        counts = 0 if where == before or {where, before} <= _TITLE else 1
        if where not in self.filled or not self._still_says(placement):
            return self._line(LineKind.NOT_PLACED, placement.span, part, ())
        homes = ((FIELD_LABELS[where], f"r-{where}"),)
        return replace(self._line(LineKind.RECORD, placement.span, part, homes), counts=counts)

    def _still_says(self, placement: Placement) -> bool:
        change = self.changed.get(placement.where)
        line = self.parsed.text[slice(*placement.span)]
        return change is None or keeps_value(line, *change)

    def _joined(self, one: Line, other: Line) -> Line:
        span = (one.span[0], other.span[1])
        both = (one.kind, other.kind)
        return replace(
            one,
            kind=LineKind.RECORD if LineKind.RECORD in both else LineKind.FURNITURE,
            text=one_line(self.parsed.text[slice(*span)]),
            span=span,
            stretch=span,
            homes=tuple(dict.fromkeys([*one.homes, *other.homes])),
            counts=one.counts + other.counts,
        )

    def _statement(self, placement: Placement, part: str, between: str) -> Iterator[Line]:
        marker = between.strip()
        marker = marker if len(marker) <= 8 and placement.where.startswith("item") else ""
        for span in self._sentences(placement.span):
            homes = self._homes_of(span)
            kind = LineKind.RECORD if homes else LineKind.NOT_PLACED
            line = self._line(kind, span, part, homes)
            yield replace(line, marker=marker, stretch=placement.span)
            marker = ""

    def _line(
        self,
        kind: LineKind,
        span: tuple[int, int],
        part: str,
        homes: tuple[tuple[str, str], ...],
    ) -> Line:
        text = one_line(self.parsed.text[slice(*span)])
        return Line(kind, text, span, part, stretch=span, homes=homes)

    def _sentences(self, span: tuple[int, int]) -> list[tuple[int, int]]:
        start, end = span
        found = sentence_spans(self.parsed.text[start:end])
        return [(start + a, start + b) for a, b in found]

    def _homes_of(self, span: tuple[int, int]) -> tuple[tuple[str, str], ...]:
        """Where the words of a sentence are; nowhere, if too few of them are left."""
        words = words_at(self.parsed.text, span)
        places = {place for place, _ in words}
        found: list[Home] = []
        kept: set[int] = set()
        for home in self._overlapping(span):
            here = places if home.text is None else places & self.kept[home].places
            # What keeps no more than a sentence may lack has only words in common with it.
            if not is_enough(len(places) - len(here), len(places)) or not places:
                found.append(home)
                kept |= here
        if not is_enough(len(kept), len(places)):
            found = self._elsewhere([word for _, word in words])
        return tuple((home.label, home.anchor) for home in found)

    def _overlapping(self, span: tuple[int, int]) -> list[Home]:
        found = []
        index = bisect_left(self.starts, span[1]) - 1
        while index >= 0 and self.reach[index] > span[0]:
            if self.ends[index] > span[0]:
                found.append(self.homes[index])
            index -= 1
        return found[::-1]

    def _elsewhere(self, words: list[str]) -> list[Home]:
        """Where staff typed a sentence that they took out of its own item."""
        if len(words) < A_SENTENCE:
            return []
        return next(([home] for home, kept in self.kept.items() if kept.take(words)), [])


def _number(where: str) -> int:
    return int(where.split(":")[1])


def _goes_on(line: Line, other: Line, where: str, between: str) -> bool:
    """Whether a placement of the title block continues the line before it.

    A line is what stands together on the page; what has a label of its own begins anew.
    """
    if LineKind.NOT_PLACED in (line.kind, other.kind) or line.part == SIGNATURE:
        return False
    if where in _TITLE and not other.counts:
        return True  # the month of a title stands by itself
    return (where in _TITLE or where == "furniture") and not _PARAGRAPH.search(between)
