"""Fields that stand behind a label: "Action Required", "Submitted by", "Date".

Pure: standard library only. The value follows on the same line, or on the next ones.
"""

from __future__ import annotations

import re
from typing import Protocol

from papers.importing.dates import read_day
from papers.importing.document import BlockKind
from papers.importing.headings import heading_by_form, usual_other
from papers.importing.pieces import Piece
from papers.importing.signoff import (
    DATED,
    SUBMITTED,
    SUBMITTED_INSIDE,
    begins_with_person,
    date_words,
    split_date,
)
from papers.importing.titleblock import LONGEST, TitleBlock, title_tokens
from papers.importing.titletokens import Kind, Token

MAX_FIELD_LINE = 400
ACTION = re.compile(
    r"[\s*_]*actions?\s+(?:required|requested|needed)[\s*_]*(?:[:：][\s*_]*\|?|[|–—-]|$)[\s*_]*",
    re.IGNORECASE,
)
_DATED_PLAIN = re.compile(r"dated?\s+(?=\S)", re.IGNORECASE)
MAX_NAMES_LINE = 120
_OFFICE_LINE = re.compile(r"\b(?:office|division|branch|directorate|programs?)\b", re.IGNORECASE)
_AS_OF = re.compile(r"as\s+of\b", re.IGNORECASE)  # A section may begin so, a paper ends so.
_SENTENCE_END = re.compile(r"[a-z)]{2}[.!?]$")


class Reading(Protocol):
    """What the fields need to know of the reading that they are part of."""

    title: TitleBlock
    is_signed: bool

    @property
    def has_sections(self) -> bool:
        """Whether a section has begun."""

    def feed(self, tokens: list[Token]) -> None:
        """Words of the title block."""

    def flush_title(self) -> None:
        """The title block ends here."""

    def put(self, piece: Piece, where: str) -> None:
        """Place a stretch."""


class Labelled:
    """The labelled fields of one document.

    ``submitted``: the lines that name the submitters; ``submitted_lines``: the same with label.
    ``dated``: the lines of the date, mostly one. ``waits_for``: the field whose value may stand in
    the next block, "action", "dated" or "submitted".
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self.submitted: list[Piece] = []
        self.submitted_lines: list[Piece] = []
        self.dated: list[Piece] = []
        self.waits_for = ""

    def take(self, piece: Piece) -> bool:
        """Whether ``piece`` begins with a label; then it has been read."""
        raw = piece.raw
        head = raw[:MAX_FIELD_LINE].lstrip(" *_")
        if self._is_submitted(head):
            self._submitted(piece)
            return True
        if len(raw) > MAX_FIELD_LINE:
            return False
        plain = _DATED_PLAIN.match(head)
        is_dated = DATED.match(head) or (plain and read_day(head[plain.end() :].rstrip(" *_")))
        if is_dated and _AS_OF.match(head) and not self.submitted_lines:
            return False
        if is_dated and self._date(piece):
            return True
        label = ACTION.match(raw)
        return bool(label) and self._action(piece, label.end() if label else 0)

    def is_waiting(self, piece: Piece) -> bool:
        """Whether ``piece`` is the value of a label above it, or another line of submitters."""
        raw, waits = piece.raw, self.waits_for
        if not waits or len(raw) > MAX_FIELD_LINE or raw.rstrip(" *_").endswith((":", "：")):
            return False
        if waits == "action":
            return self._late_action(piece)
        if waits == "dated":
            return self._late_date(piece)
        if piece.block.kind is BlockKind.HEADING:
            return False
        return self._more_submitters(piece)

    def _is_submitted(self, head: str) -> bool:
        label = SUBMITTED.match(head)
        if not label:
            return False
        has_mark = bool(re.search(r"[:：|–—]|\s-\s", label[0]))
        value = head[label.end() :].strip(" *_")
        # Without a colon it may be a sentence: "Submitted by the trade, the comments ..."
        return has_mark or not value or begins_with_person(value)

    def _submitted(self, piece: Piece) -> None:
        label = SUBMITTED.search(piece.raw)
        self._reading.flush_title()
        self._reading.is_signed = self._reading.has_sections
        self.waits_for = "submitted"
        people, date = split_date(piece)
        value = people.sub(label.end()) if label else people
        self.submitted_lines.append(people)
        if value.raw:
            self.submitted.append(value)
        if date is not None:
            self._set_date(date)

    def _set_date(self, piece: Piece) -> None:
        if self.dated:
            self._reading.put(piece, "not_placed")
            return
        self.dated = [piece]
        # The end of a line may have cut the date in two: "Date: August" and "15, 2024".
        if date_words(piece)[1] is None:
            self.waits_for = "dated"

    def _date(self, piece: Piece) -> bool:
        """Before "Submitted by", only a date and nothing else: a section may speak of dates."""
        inside = SUBMITTED_INSIDE.search(piece.raw)
        line = piece.sub(0, inside.start()) if inside else piece
        is_alone = bool(read_day(date_words(line)[0]))
        is_item = piece.block.kind is BlockKind.LIST_ITEM
        if self.dated or not (self.submitted_lines or (is_alone and not is_item)):
            return False
        if inside and inside.start() > 0:
            self.dated = [piece.sub(0, inside.start())]
            self._submitted(piece.sub(inside.start()))
            return True
        self._reading.is_signed = self._reading.is_signed or self._reading.has_sections
        self.waits_for = "submitted"
        self._set_date(piece)
        return True

    def _action(self, piece: Piece, end: int) -> bool:
        """Its value may stand on the next line, and "Pub#" behind it."""
        title = self._reading.title
        if "action_required" in title.values:
            return False
        if piece.block.kind is BlockKind.TABLE_ROW:
            return self._late_action(piece, piece.raw[end:])
        tokens = title_tokens(piece)
        if tokens and any(token.kind is Kind.ACTION and token.value for token in tokens):
            self._reading.feed(tokens)
            return True
        if piece.raw[end:].strip(" *_"):
            return False
        self._reading.put(piece, "action_required")
        self.waits_for = "action"
        return True

    def _late_action(self, piece: Piece, words: str = "") -> bool:
        self.waits_for = ""
        title = self._reading.title
        value = " ".join(words.split()) or piece.without_bold().text
        if len(value) > LONGEST["action_required"] or "action_required" in title.values:
            return False
        title.values["action_required"] = value
        self._reading.put(piece, "action_required")
        return True

    def _late_date(self, piece: Piece) -> bool:
        self.waits_for = "submitted"
        words = f"{date_words(self.dated[0])[0]} {piece.without_bold().text}"
        if len(piece.raw) > 60 or not read_day(words):
            return self._more_submitters(piece)
        self.dated.append(piece)
        return True

    def _more_submitters(self, piece: Piece) -> bool:
        """A date, a person, or the office of the person above; anything else ends the list."""
        if not self.dated and read_day(piece.without_bold().text):
            self.dated = [piece]
            return True
        people, date = split_date(piece)
        text = people.text
        is_short = len(text) <= MAX_NAMES_LINE
        is_named = begins_with_person(text) or (is_short and not self.submitted)
        is_office = is_short and (
            bool(_OFFICE_LINE.search(text)) or (not self.dated and self._is_office_by_place(people))
        )
        if _SENTENCE_END.search(text) or not self.submitted_lines or not (is_named or is_office):
            self.waits_for = ""
            return False
        self.submitted_lines.append(people)
        self.submitted.append(people)
        if date is not None:
            self._set_date(date)
        return True

    def _is_office_by_place(self, piece: Piece) -> bool:
        """Between "Submitted by" and the date even an office that does not say that it is one."""
        is_item = piece.block.kind is BlockKind.LIST_ITEM
        if is_item or not self._reading.has_sections or re.search(r"[:：]", piece.raw):
            return False
        tokens = title_tokens(piece.without_bold())
        if not tokens or any(token.kind is not Kind.CHUNK for token in tokens):
            return False
        return not (usual_other(piece) or heading_by_form(piece))
