"""A document as every reader gives it: blocks in reading order, each with its place.

Pure: standard library only. Three things hold of every ``Document`` (``problems`` checks them):
the spans of its blocks ascend and do not overlap; what a block says is what its span of ``text``
prints, marker aside; and every word of ``text`` lies in the span of some block. So nothing that
a reader saw can be lost on the way to the record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from papers.content import Link, plain_words


class BlockKind(StrEnum):
    """What a block is.

    Furniture is on the page and not of the paper: running heads, page numbers, letterhead. A
    reader marks what repeats or stands in a header, the parser the rest.
    """

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    TABLE_ROW = "table-row"
    FURNITURE = "furniture"


@dataclass(frozen=True)
class Block:
    """One heading, paragraph, list item, table row or piece of furniture.

    ``text``: its words, wrapped lines and line-end hyphens joined, white space single, without the
    bullet. ``span``: the half-open range of ``Document.text`` that holds these words, and neither
    bullet nor surrounding blanks. ``level``: of a list item, 0 for a bullet of the first level; of
    a heading, how far it stands below others, where the document tells; else 0. ``marker``: the
    bullet or number as printed ("•", "- o", "2.", "a)"); empty without. ``page`` and ``line`` count
    from 1. ``is_bold``: the whole block is set in bold, which in a document without heading styles
    is how headings look. ``cells``: of a table row, its cells.
    """

    kind: BlockKind
    text: str
    span: tuple[int, int]
    level: int = 0
    marker: str = ""
    page: int = 1
    line: int = 1
    is_bold: bool = False
    links: tuple[Link, ...] = ()
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """What was read: ``text`` is kept with the draft, and every block points into it.

    ``text`` of a text file is the file's own (decoded, line ends ``\\n``, control characters gone).
    Of other formats it is written by the reader, a line or more a block. Where page furniture
    interrupts a sentence, it is moved behind the block, so that the words of each block adjoin.
    ``format``: "pdf", "docx", "txt", "md" or "html".
    """

    text: str
    blocks: tuple[Block, ...]
    format: str
    pages: int = 1

    def problems(self) -> Iterator[str]:
        """A sentence for each promise above that is broken; none for a sound document."""
        end = 0
        for block in self.blocks:
            place = f"Page {block.page}, line {block.line}:"
            start, stop = block.span
            if start < end or stop <= start or stop > len(self.text):
                yield f"{place} the span {block.span} is out of order."
                continue
            if plain_words(self.text[start:stop]) != plain_words(block.text):
                yield f"{place} “{block.text[:60]}” is not in its span."
            between = self.text[end:start].strip(_MARKS)
            if _WORD.search(between) and plain_words(between) != plain_words(
                block.marker.strip(_MARKS)
            ):
                yield f"{place} “{between[:60]}” is in no block."
            end = stop
        if _WORD.search(self.text[end:]):
            yield f"“{self.text[end:].strip()[:60]}” at the end is in no block."


_WORD = re.compile(r"\w")
_MARKS = " \t\n|#*"  # Blanks, and the marks of rows, headings and bold in a text file.
