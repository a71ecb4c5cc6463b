"""From printed lines to blocks: wrapped lines joined, bullets told, furniture moved aside.

Pure: standard library only. Every step looks at each line a bounded number of times, so the time
grows with the length of the text and not faster.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from papers.content import Link, plain_words
from papers.importing.document import Block, BlockKind, Document
from papers.importing.errors import ImportProblem
from papers.importing.readers import lines as tell
from papers.importing.readers.furniture import mark_furniture
from papers.importing.readers.joining import Joiner, collapse
from papers.importing.readers.lines import Gap, Line
from papers.importing.readers.markers import Levels, Marker, MarkerKind, marker_at

# Of other targets nothing is read: they may run something or lead nowhere (S13).
_KEPT = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x20]+", re.IGNORECASE)
_MARKUP_LINK = re.compile(r"\[([^\[\]]*)\]\(([^()\s]*)\)")
_TARGET = re.compile(r"(?:#.*|/.*|https?://.+|mailto:.+|www\..+|\w[\w+.-]*:.+|)", re.IGNORECASE)
# An issue paper has a hundred.
MAX_LINES = 60_000
# A longer line before a soft break is running text, a shorter one may be a line of a title.
_BODY_LENGTH = 80
# Of the length of wrapped lines: a line may be as much shorter and still be a full one.
_UNEVEN = 0.85


def web_target(target: str) -> str:
    """A link's target where it is an address of the web or of mail; else empty."""
    target = target.strip()
    return target if _KEPT.fullmatch(target) else ""


@dataclass
class _Group:
    """The lines of one block."""

    kind: BlockKind
    lines: list[Line]
    level: int = 0
    marker: str = ""
    words_at: float = 0


class Assembler:
    """Turns lines into a document. ``markup``: links and bold are written as Markdown does.

    ``tolerance``: how far indents of one level may lie apart. ``width``: where full lines end;
    None where nothing is wrapped. ``wrapped``: how long lines are that surely go on on the next.
    """

    def __init__(
        self,
        tolerance: float,
        width: float | None,
        markup: bool = False,
        wrapped: float | None = None,
    ) -> None:
        self.tolerance = tolerance
        self.width = width
        self.wrapped = wrapped
        self.markup = markup
        self.levels = Levels(tolerance)
        self.order: list[Line] = []
        self.waiting: list[Line] = []  # Blank lines and furniture after the open block.
        self.groups: list[_Group] = []
        self.open: _Group | None = None
        self.is_interrupted = False  # Whether furniture is among those waiting.
        self.gap = Gap.NONE

    def document(self, lines: Iterable[Line], form: str, pages: int = 1) -> Document:
        """``lines`` in reading order, blank ones included; each at most once.

        Raises ImportProblem("too_long").
        """
        lines = list(lines)
        filled = [line for line in lines if not line.is_blank]
        if len(filled) > MAX_LINES:
            raise ImportProblem("too_long")
        # Word says by itself what repeats on its pages, and web pages have no pages.
        mark_furniture(filled, form not in ("docx", "html"))
        for line in lines:
            self._take(line)
        self.order += self.waiting
        return self._written(form, pages)

    def _take(self, line: Line) -> None:
        if line.is_blank:
            self.gap = max(self.gap, Gap.BLANK, line.gap)
            self.waiting.append(line)
            return
        if line.is_furniture:
            self.gap = Gap.PAGE
            self.is_interrupted = True
            self.waiting.append(line)
            self.groups.append(_Group(BlockKind.FURNITURE, [line]))
            return
        gap = max(self.gap, line.gap)
        self.gap = Gap.NONE
        may_go_on = line.kind is None and not line.is_first
        if self.open and may_go_on and self._goes_on(self.open, line, gap):
            self._append(self.open, line)
        else:
            self._flush()
            self._begin(line, gap)

    def _append(self, group: _Group, line: Line) -> None:
        """The line belongs to the open block: furniture that came between stands behind it."""
        if not self.is_interrupted:
            self._flush()
        self.order.append(line)
        group.lines.append(line)

    def _flush(self) -> None:
        self.order += self.waiting
        self.waiting = []
        self.is_interrupted = False

    def _begin(self, line: Line, gap: Gap) -> None:
        marker = None if line.kind else self._marker(line, gap)
        after_colon = self.open is not None and self.open.lines[-1].words.endswith(":")
        self.order.append(line)
        if line.kind is not None:
            group = _Group(line.kind, [line], line.level, line.marker, line.indent)
            if line.kind in (BlockKind.HEADING, BlockKind.TABLE_ROW):
                self.levels.close()
        elif marker:
            level = self.levels.place(marker, line.indent, after_colon)
            line.start += marker.length
            words_at = line.words_at if line.words_at is not None else line.indent + marker.length
            group = _Group(BlockKind.LIST_ITEM, [line], level, marker.printed, words_at)
        else:
            if self.levels.is_outside(line.indent):
                self.levels.close()
            level = self._level_within(line, gap)
            kind = BlockKind.LIST_ITEM if level else BlockKind.PARAGRAPH
            group = _Group(kind, [line], level, "", line.indent)
        self.groups.append(group)
        self.open = group

    def _level_within(self, line: Line, gap: Gap) -> int:
        """The level of a further paragraph of an item, as columns show it; else 0."""
        words = tell.plain(line.words)
        if not self.markup or gap != Gap.BLANK or tell.is_label(words) or words.endswith(":"):
            return 0
        return self.levels.level_of(line.indent)

    def _marker(self, line: Line, gap: Gap) -> Marker | None:
        """The marker that makes the line an item; None where it only looks like one."""
        marker = marker_at(line.words)
        rest = line.words[marker.length :] if marker else ""
        # Extraction prints some bullets, never numbers, on a line of their own before the words.
        if not marker or (not rest and marker.is_counted):
            return None
        if not marker.is_counted:
            return marker
        if tell.is_whole_heading(tell.plain(line.words)) or (
            marker.kind in (MarkerKind.NUMBER, MarkerKind.CAPITAL_ROMAN)
            and tell.is_label(tell.plain(rest))
        ):
            return None  # A numbered heading; its number is no item's.
        expected = self.levels.expects(marker)
        if expected:
            return expected
        if marker.kind == MarkerKind.DECIMAL:
            return None  # "12.5 million" begins a line too.
        last = self.open.lines[-1] if self.open else None
        breaks_off = (
            last is not None
            and gap == Gap.NONE
            and not tell.is_finished(last.words)
            and (self._is_full(last, line) or tell.must_go_on(last.words))
        )
        if marker.value == 1 and marker.printed.strip("().") != "A" and not breaks_off:
            return marker
        is_first_capital = marker.printed.strip("().") == "A" and gap != Gap.NONE
        is_number = marker.printed.strip("().").isdigit() and not breaks_off
        return marker if is_first_capital or is_number else None

    def _goes_on(self, group: _Group, line: Line, gap: Gap) -> bool:
        """Whether the line is of the open block."""
        if group.kind in (BlockKind.HEADING, BlockKind.TABLE_ROW):
            return False
        last, words = group.lines[-1], line.words
        if group.kind == BlockKind.LIST_ITEM and last.is_blank:
            # A bullet alone on its line, and now its words, unless they are an item themselves.
            return marker_at(words) is None and gap != Gap.PAGE
        if tell.is_label(tell.plain(words)):
            return False
        if self._marker(line, gap) and not self._is_dash_within(group, line, gap):
            return False
        before = tell.plain(last.words)
        is_lower = tell.begins_lower(tell.plain(words))
        if line.is_soft:
            return (
                group.kind == BlockKind.LIST_ITEM
                or is_lower
                or tell.must_go_on(before)
                or len(before) > _BODY_LENGTH
            )
        if tell.ends_in_hyphen(before) and is_lower:
            return True
        if len(group.lines) == 1 and not group.marker and tell.ends_a_block(before):
            return False
        finished = tell.is_finished(before)
        if tell.is_stopped_heading(tell.plain(words)) and (finished or gap != Gap.NONE):
            return False
        if gap == Gap.BLANK:
            return is_lower and not finished and not self._changes_weight(last, line)
        if gap == Gap.PAGE:
            hangs = bool(group.marker) and self._hangs(group, line)
            if finished:
                return hangs and self._is_full(last, line) and not before.endswith(":")
            return is_lower or hangs or self._is_full(last, line)
        if self._is_full(last, line) and not self._are_titles(group, line):
            return True
        if self._changes_weight(last, line) or (is_lower and before.endswith(":")):
            return False
        return (
            is_lower
            or tell.must_go_on(before)
            or self._hangs_below(group, line)
            or self._runs_on(last, line)
        )

    def _is_dash_within(self, group: _Group, line: Line, gap: Gap) -> bool:
        """A dash between words that fell to the start of a line, and is no bullet."""
        return (
            bool(line.words)
            and line.words[0] in "–—"
            and gap != Gap.BLANK
            and tell.begins_lower(line.words[1:].lstrip())
            and not tell.is_finished(group.lines[-1].words)
            and self._is_full(group.lines[-1], line)
            and line.words[0] not in group.marker
        )

    @staticmethod
    def _are_titles(group: _Group, line: Line) -> bool:
        """Two lines of a title block: a long one ends at the margin by chance.

        Behind a label, "Submitted by", a full line goes on: its value is of capitals all the same.
        """
        return (
            len(group.lines) == 1
            and not group.marker
            and not tell.is_label(tell.plain(group.lines[0].words))
            and tell.is_in_title_case(tell.plain(group.lines[0].words))
            and tell.is_in_title_case(tell.plain(line.words))
        )

    def _runs_on(self, last: Line, line: Line) -> bool:
        """Whether a sentence goes on before a capital, where lines of a text end unevenly."""
        before, words = tell.plain(last.words), tell.plain(line.words)
        return (
            self.wrapped is not None
            and last.right >= _UNEVEN * self.wrapped
            and abs(last.indent - line.indent) <= self.tolerance
            and before[-1:].isalpha()
            and tell.begins_lower(before.rsplit(maxsplit=1)[-1])
            and not tell.is_in_title_case(before)
            and (tell.is_finished(words) or not tell.is_in_title_case(words))
        )

    def _is_full(self, last: Line, line: Line) -> bool:
        """Whether the first word of ``line`` had no room on the line before."""
        return self.width is not None and last.right + line.first > self.width

    def _hangs(self, group: _Group, line: Line) -> bool:
        """Whether a line begins below the words of a bullet."""
        return abs(line.indent - group.words_at) <= self.tolerance

    def _hangs_below(self, group: _Group, line: Line) -> bool:
        if not group.marker:
            return False
        return line.indent > group.lines[0].indent + self.tolerance

    @staticmethod
    def _changes_weight(last: Line, line: Line) -> bool:
        return last.is_bold != line.is_bold

    def _written(self, form: str, pages: int) -> Document:
        offset = 0
        for line in self.order:
            line.offset = offset
            offset += len(line.raw) + 1
        text = "\n".join(line.raw for line in self.order)
        joiner = Joiner(text)
        groups = sorted(self.groups, key=lambda group: group.lines[0].offset)
        blocks = (self._block(group, text, joiner) for group in groups)
        return Document(text, tuple(block for block in blocks if block), form, max(pages, 1))

    def _block(self, group: _Group, text: str, joiner: Joiner) -> Block | None:
        filled = [line for line in group.lines if not line.is_blank]
        first = group.lines[0]
        if filled:
            span = (filled[0].offset + filled[0].start, filled[-1].offset + filled[-1].stop)
            kind, marker, level = group.kind, group.marker, group.level
        else:
            # A bullet without words: it stays where it is, as a mark on the page.
            start, stop = tell.bounds(first.raw)
            if start == stop:
                return None
            span = (first.offset + start, first.offset + stop)
            kind, marker, level = BlockKind.FURNITURE, "", 0
        words, links = self._words(filled, joiner) if filled else ("", ())
        printed = text[span[0] : span[1]]
        if plain_words(words) != plain_words(printed) or not unicodedata.is_normalized(
            "NFC", words
        ):
            words, links = collapse(printed), ()
        return Block(
            kind=kind,
            text=words,
            span=span,
            level=level,
            marker=marker,
            page=first.page,
            line=first.number,
            is_bold=all(line.is_bold for line in group.lines),
            links=links,
            cells=first.cells,
        )

    def _words(self, lines: list[Line], joiner: Joiner) -> tuple[str, tuple[Link, ...]]:
        words = joiner.joined([line.words for line in lines])
        if not self.markup:
            return words, _links_of(lines, joiner)
        links: list[Link] = []

        def bare(match: re.Match[str]) -> str:
            if not match[1].strip() or not _TARGET.fullmatch(match[2]):
                return match[0]
            links.append(Link(collapse(match[1].replace("**", "")), web_target(match[2])))
            return match[1]

        pieces = _MARKUP_LINK.sub(bare, words).split("**")
        if len(pieces) % 2 == 0:  # An odd mark is no mark but a character.
            return "**".join(pieces), tuple(links)
        return collapse("".join(pieces)), tuple(links)


def _links_of(lines: list[Line], joiner: Joiner) -> tuple[Link, ...]:
    """The links of a block; one that runs over a line end is one link."""
    found: list[tuple[list[str], str]] = []
    reaches_end = False
    for line in lines:
        for start, stop, target in line.links:
            start, stop = max(start, line.start), min(stop, line.stop)
            words = line.raw[start:stop].strip()
            if not words:
                continue
            if found and reaches_end and start == line.start and found[-1][1] == target:
                found[-1][0].append(words)
            else:
                found.append(([words], target))
            reaches_end = stop == line.stop
    return tuple(Link(joiner.joined(words), web_target(target)) for words, target in found)
