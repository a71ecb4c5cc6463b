"""Parts of blocks: one line of the title block, a label's value, a date behind a name.

Pure: standard library only.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from itertools import pairwise

from papers.content import Link, plain_words, word_positions
from papers.importing.document import Block, Document

_EDGES = " \t\n\r\f\v\u00a0\u200b\ufeff"
_SIGNS_OF_BOLD = "*_"
_LINK_END = re.compile(r"\]\([^()]*\)")


class Piece:
    """A stretch of a block's text that knows which stretch of the document prints it.

    The two differ in blanks, line-end hyphens and link marks, so that they are held together
    character by character. Without blanks at its ends; may be empty.
    """

    def __init__(
        self,
        document: Document,
        block: Block,
        range_: tuple[int, int] | None = None,
        whole: Piece | None = None,
    ) -> None:
        self.document = document
        self.block = block
        self.start, self.end = range_ or (0, len(block.text))
        self._whole = whole or self
        text = block.text
        while self.start < self.end and text[self.start] in _EDGES:
            self.start += 1
        while self.start < self.end and text[self.end - 1] in _EDGES:
            self.end -= 1

    @cached_property
    def text(self) -> str:
        """Its words, white space single."""
        return re.sub(r"\s+", " ", self.block.text[self.start : self.end])

    @property
    def is_whole(self) -> bool:
        """Whether it is all that the block says."""
        return (self.start, self.end) == (self._whole.start, self._whole.end)

    @property
    def span(self) -> tuple[int, int]:
        """The range of ``Document.text``; the block's own where it is the whole block."""
        if self.is_whole:
            return self.block.span
        inside = [place for place in self._printed[self.start : self.end] if place >= 0]
        if not inside:
            return self.block.span
        start, end = inside[0], inside[-1] + 1
        # An edge hyphen is a character of the text and not of its plain words.
        limit = self._next_printed(end)
        rest = self.document.text[end:limit]
        tail = self.block.text[self._last_word() + 1 : self.end]
        if tail and rest.startswith(tail):
            end += len(tail)
        return self._with_link_marks(start, end, limit)

    def _with_link_marks(self, start: int, end: int, limit: int) -> tuple[int, int]:
        """The marks of a link belong to the words that they stand around: "[page](address)"."""
        text = self.document.text
        if text[start - 1 : start] == "[" and start > self.block.span[0]:
            start -= 1
        opened = text.rfind("[", start, end)
        if opened > text.rfind("](", start, end):
            closing = _LINK_END.match(text, end, limit)
            end = closing.end() if closing else end
        return (start, end)

    @property
    def page(self) -> int:
        """The page of its block."""
        return self.block.page

    @property
    def line(self) -> int:
        """The line on which it begins, as far as the line breaks of the text tell."""
        return self.block.line + bisect_left(self._whole._line_ends, self.span[0])

    @property
    def links(self) -> tuple[Link, ...]:
        """The links of the block that stand in it."""
        if self.is_whole:
            return self.block.links
        return tuple(link for link in self.block.links if link.text and link.text in self.text)

    def part(self, start: int, end: int | None = None) -> Piece:
        """A stretch of its block, in positions of ``block.text``."""
        stop = self.end if end is None else end
        return Piece(self.document, self.block, (start, stop), self._whole)

    def sub(self, start: int, end: int | None = None) -> Piece:
        """A stretch of it, in positions of ``raw``."""
        stop = self.end if end is None else self.start + end
        return Piece(self.document, self.block, (self.start + start, stop), self._whole)

    @property
    def raw(self) -> str:
        """Its words with the block's own white space, for searches whose places are needed."""
        return self.block.text[self.start : self.end]

    def without_bold(self) -> Piece:
        """Less the asterisks that text files put around bold words."""
        raw = self.raw
        left = len(raw) - len(raw.lstrip(_SIGNS_OF_BOLD + " "))
        right = len(raw.rstrip(_SIGNS_OF_BOLD + " "))
        return self.sub(left, max(left, right))

    @cached_property
    def breaks(self) -> tuple[int, ...]:
        """Positions of ``raw`` at which the document begins a new line."""
        if not self._whole._line_ends:
            return ()
        places = [place for place in self._printed if place >= 0]
        indexes = [index for index, place in enumerate(self._printed) if place >= 0]
        out = set()
        for end in self._whole._line_ends:
            nth = bisect_left(places, end)
            if 0 < nth < len(indexes):
                out.add(indexes[nth] - self.start)
        return tuple(sorted(at for at in out if 0 < at < self.end - self.start))

    def lines(self) -> list[Piece]:
        """It, cut where the document breaks the line."""
        cuts = [0, *self.breaks, self.end - self.start]
        pieces = [self.sub(a, b) for a, b in pairwise(cuts)]
        return [piece for piece in pieces if piece.text]

    @cached_property
    def _line_ends(self) -> list[int]:
        """Where in the document the block's lines end, the last one aside."""
        begin, end = self.block.span
        return [begin + at.start() for at in re.finditer(r"\n", self.document.text[begin:end])]

    @property
    def _printed(self) -> list[int]:
        """For each character of the block's text its place in the document, -1 for blanks."""
        return self._whole._places

    @cached_property
    def _places(self) -> list[int]:
        block, text = self.block, self.block.text
        printed = self.document.text[block.span[0] : block.span[1]]
        out = [-1] * len(text)
        if plain_words(printed) != plain_words(text):
            return out
        for index, place in zip(word_positions(text), word_positions(printed), strict=True):
            out[index] = block.span[0] + place
        return out

    def _last_word(self) -> int:
        places = self._printed
        return next(i for i in range(self.end - 1, self.start - 1, -1) if places[i] >= 0)

    def _next_printed(self, end: int) -> int:
        places = self._printed
        for index in range(self.end, len(places)):
            if places[index] >= 0:
                return places[index]
        return max(end, self.block.span[1])
