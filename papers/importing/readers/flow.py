"""From paragraphs of running text, as DOCX and HTML have them, to lines for the assembler.

Pure: standard library only.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from papers.importing.document import BlockKind, Document
from papers.importing.errors import ImportProblem
from papers.importing.limits import MAX_CHARACTERS
from papers.importing.readers.assemble import Assembler
from papers.importing.readers.decoding import cleaned
from papers.importing.readers.lines import Line


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one look. A line feed in it is a break within the paragraph.

    ``target``: of a link, as written; None where there is none.
    """

    text: str
    is_bold: bool = False
    target: str | None = None


class Flow:
    """Takes paragraphs in reading order and gives the document."""

    def __init__(self, form: str, tolerance: float) -> None:
        self.form = form
        self.tolerance = tolerance
        self.lines: list[Line] = []
        self.page = 1
        self.pages = 1
        self.number = 0
        self.room = MAX_CHARACTERS

    def turn_page(self) -> None:
        """What follows stands on the next page; told twice between words, it turns once."""
        self.page += self.number > 0
        self.number = 0

    def add(
        self,
        pieces: Iterable[Piece],
        kind: BlockKind | None = None,
        level: int = 0,
        marker: str = "",
        indent: float = 0,
    ) -> None:
        """One paragraph; without words it leaves nothing.

        ``kind`` None: a paragraph, or an item if its words begin with a bullet.
        """
        is_first = True
        of_the_page = kind == BlockKind.FURNITURE
        for parts in _split(pieces):
            text, links, is_bold = line_of(parts)
            if not text:
                continue
            before = f"{'  ' * level}{marker} " if marker and is_first else ""
            shift = len(before)
            self._put(
                Line(
                    before + text,
                    start=shift,
                    stop=shift + len(text),
                    indent=indent,
                    kind=kind if is_first or of_the_page else None,
                    level=level,
                    marker=marker if is_first else "",
                    is_first=is_first,
                    is_soft=not is_first,
                    is_bold=is_bold,
                    links=tuple((start + shift, stop + shift, to) for start, stop, to in links),
                )
            )
            is_first = False

    def row(self, cells: Sequence[Iterable[Piece]]) -> None:
        """A table row, its cells parted by bars in the text."""
        texts, links, place, is_bold = [], [], 0, True
        for cell in cells:
            text, found, bold = line_of([_flat(piece) for piece in cell])
            links += [(place + start, place + stop, target) for start, stop, target in found]
            place += len(text) + 3
            is_bold = is_bold and (bold or not text)
            texts.append(text)
        if not any(texts):
            return
        raw = " | ".join(texts)
        start = len(raw) - len(raw.lstrip())
        stop = len(raw.rstrip())
        kind = BlockKind.TABLE_ROW
        self._put(
            Line(raw, start=start, stop=stop, kind=kind, is_bold=is_bold, links=tuple(links),
                 cells=tuple(texts))
        )  # fmt: skip

    def _put(self, line: Line) -> None:
        self.number += 1
        line.page, line.number = self.page, self.number
        self.pages = max(self.pages, self.page)
        self.room -= len(line.raw) + 1
        if self.room < 0:
            raise ImportProblem("too_long")
        self.lines.append(line)

    def document(self) -> Document:
        """All that was added."""
        return Assembler(self.tolerance, None).document(self.lines, self.form, self.pages)


def _flat(piece: Piece) -> Piece:
    return Piece(piece.text.replace("\n", " "), piece.is_bold, piece.target)


def _split(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """The lines of a paragraph."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        head, *rest = piece.text.split("\n")
        lines[-1].append(Piece(head, piece.is_bold, piece.target))
        lines += [[Piece(text, piece.is_bold, piece.target)] for text in rest]
    return lines


def line_of(pieces: list[Piece]) -> tuple[str, list[tuple[int, int, str]], bool]:
    """One line: its text with single blanks, its links, and whether all of it is bold."""
    out: list[str] = []
    links: list[tuple[int, int, str]] = []
    place, ends_blank, is_bold = 0, True, True
    for piece in pieces:
        text = " ".join(_parts(cleaned(piece.text)))
        if ends_blank:
            text = text.lstrip(" ")
        if not text:
            continue
        if text != " ":
            is_bold = is_bold and piece.is_bold
        if piece.target is not None:
            _add_link(links, place, text, piece.target)
        out.append(text)
        place += len(text)
        ends_blank = text.endswith(" ")
    text = "".join(out).rstrip(" ")
    if not unicodedata.is_normalized("NFC", text):
        # An accent in a run of its own: it joins its letter, and places no longer hold.
        text = unicodedata.normalize("NFC", text)
        links = []
    links = [(start, min(stop, len(text)), target) for start, stop, target in links]
    return text, [link for link in links if link[0] < link[1]], bool(text) and is_bold


def _parts(text: str) -> list[str]:
    """Words, with an empty one for blanks at either end, so that joining keeps one blank there."""
    words = text.split()
    if not words:
        return ["", ""] if text else []
    return [""] * text[0].isspace() + words + [""] * text[-1].isspace()


def _add_link(links: list[tuple[int, int, str]], place: int, text: str, target: str) -> None:
    """A link of several runs is one link."""
    start = place + len(text) - len(text.lstrip(" "))
    stop = place + len(text.rstrip(" "))
    if links and links[-1][2] == target and start - links[-1][1] <= 1:
        links[-1] = (links[-1][0], stop, target)
    elif start < stop:
        links.append((start, stop, target))
