"""A section while it is read, and the headings that divide it instead of ending it.

Pure: standard library only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from papers.content import SectionKind
from papers.importing.document import BlockKind
from papers.importing.headings import Heading, dress
from papers.importing.pieces import Piece
from papers.importing.remarks import is_remark

_ORDINAL = re.compile(r"[\s*_(]*(?P<sign>\d{1,2}|[IVX]{1,4}|[A-Ha-h])[.)]")
_ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
_NUMBER = re.compile(r"[\s*_]*(?P<number>\d{1,2}(?:\.\d{1,2}){0,5})[.)]?\s")


@dataclass
class OpenSection:
    """A section with what it holds so far.

    ``heading_pieces``: where its heading is printed, first once. ``divided_by``: what was taken
    for headings of its parts although nothing but their place says so.
    """

    heading: Heading
    heading_pieces: list[Piece]
    pieces: list[Piece] = field(default_factory=list)
    divided_by: list[Piece] = field(default_factory=list)

    def is_above(self, piece: Piece) -> bool:
        """Whether a heading is deeper than the section's own, by its level or its number."""
        own = self.heading_pieces[0]
        both = own.block.kind is piece.block.kind is BlockKind.HEADING
        if both and own.block.level != piece.block.level:
            return piece.block.level > own.block.level
        return _depth(piece) > _depth(own) > 0

    def is_counted_before(self, piece: Piece) -> bool:
        """Whether a numbered line goes on with the numbers of the paper's headings."""
        return 0 < _ordinal(self.heading_pieces[0]) < _ordinal(piece)

    def takes(self, piece: Piece) -> bool:
        """Whether an unknown heading that is no deeper divides the section, as an item of it.

        Behind the heading of a usual section follow its words: what stands there in their place
        divides it, and so does what looks the same further down.
        """
        if self.divided_by:
            is_part = dress(piece) == dress(self.divided_by[0])
        else:
            is_part = not self.pieces and self.heading.kind is not SectionKind.OTHER
        if is_part and not is_remark(piece.text):
            self.divided_by.append(piece)
        return is_part


def _depth(piece: Piece) -> int:
    """How many numbers stand before a heading: two in "2.1 Exam"."""
    match = _NUMBER.match(piece.raw)
    return len(match["number"].split(".")) if match else 0


def _ordinal(piece: Piece) -> int:
    """The number, letter or Roman number before a line; 0 without."""
    match = _ORDINAL.match(piece.block.marker or piece.raw)
    if not match:
        return 0
    sign = match["sign"]
    if sign.isdigit():
        return int(sign)
    if sign in _ROMAN:
        return _ROMAN.index(sign) + 1
    return ord(sign.lower()) - ord("a") + 1 if sign.lower() in "abcdefgh" else 0
