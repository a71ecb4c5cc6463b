"""HTML pages: the words that a browser shows, by lxml; no markup, script or style is kept."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from typing import Any

from lxml import etree

from papers.importing.document import BlockKind, Document
from papers.importing.errors import ImportProblem
from papers.importing.readers.decoding import decoded
from papers.importing.readers.flow import Flow, Piece
from papers.importing.readers.landmarks import HEADINGS, Landmarks
from papers.importing.readers.markers import counted
from papers.importing.readers.tables import is_layout

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_ENTITIES = re.compile(r"<!ENTITY|<!DOCTYPE[^>\[]{0,400}\[", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_SKIPPED = _names(
    """script style template noscript head title svg math iframe object embed canvas audio video
    select textarea datalist map"""
)
_BLOCKS = _names(
    """address article aside blockquote body caption center dd details dialog div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre
    section summary table tbody td tfoot th thead tr ul"""
)
_BOLD = HEADINGS | _names("b strong th")
_BULLETS = ("•", "o", "▪")
_STYLES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


def read_html(data: bytes) -> Document:
    """Hidden elements and comments are not words of the paper; links keep web targets alone.

    Raises ImportProblem: forbidden_content, unreadable, too_long.
    """
    text = _text(data)
    if _ENTITIES.search(text):
        raise ImportProblem("forbidden_content")
    # Without "huge", what is nested 256 deep is lost; with it, the rest of what is nested 2,048.
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError) as error:
        raise ImportProblem("unreadable") from error
    if any(each.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for each in parser.error_log):
        raise ImportProblem("unreadable", detail="elements are nested too deep")
    if root is None:
        raise ImportProblem("empty")
    return _Walk(root).through()


def _text(data: bytes) -> str:
    """Decoded by its mark, by what it declares, or by what it looks like."""
    declared = _CHARSET.search(data[:2048])
    text = ""
    if declared and not data.startswith(
        (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    ):
        name = declared[1].decode("ascii", "replace").lower()
        if name in ("windows-1252", "iso-8859-1", "latin1", "cp1252", "us-ascii"):
            text = data.decode("cp1252", "replace")
    return _DECLARATION.sub("", (text or decoded(data)).replace("\x00", ""), count=1)


class _List:
    """A list that is open: how its items are marked."""

    def __init__(self, element: Any, depth: int) -> None:
        self.is_ordered = element.tag == "ol"
        self.style = element.get("type") or "1"
        self.bullet = _BULLETS[min(depth, len(_BULLETS) - 1)]
        start = (element.get("start") or "").strip()
        self.count = int(start) - 1 if re.fullmatch(r"\d{1,4}", start) else 0

    def marker(self) -> str:
        """Of the next item."""
        self.count += 1
        if not self.is_ordered:
            return self.bullet
        return f"{counted(self.count, _STYLES.get(self.style, 'decimal'))}."


class _Walk:
    """Through the elements in order, without recursion: a page may nest as deep as it likes."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self.landmarks = Landmarks(root)
        self.flow = Flow("html", 0.5)
        self.pieces: list[Piece] = []
        self.lists: list[_List] = []
        self.marker = ""
        self.heading = 0
        self.bold = 0
        self.pre = 0
        self.links: list[str] = []
        self.skipped = 0
        self.data_tables = 0
        self.row: list[list[Piece]] | None = None

    def through(self) -> Document:
        """Call it once."""
        events = ("start", "end", "comment")
        for event, element in etree.iterwalk(self.root, events=events):
            if event == "comment":
                self._say(element.tail)
            elif event == "start":
                self._open(element)
            else:
                self._close(element)
        self._flush()
        return self.flow.document()

    def _say(self, text: str | None) -> None:
        if not text or self.skipped:
            return
        if not self.pre:
            text = " ".join(_blanks_to_one(text))
        self.pieces.append(Piece(text, self.bold > 0, self.links[-1] if self.links else None))

    def _flush(self) -> None:
        """What was said since the last block is a block."""
        pieces, self.pieces = self.pieces, []
        if not any(piece.text.strip() for piece in pieces):
            return
        if self.landmarks.is_furniture:
            self.flow.add(pieces, BlockKind.FURNITURE)
        elif self.heading:
            self.flow.add(pieces, BlockKind.HEADING)
        elif self.marker:
            marker, self.marker = self.marker, ""
            self.flow.add(pieces, BlockKind.LIST_ITEM, min(len(self.lists) - 1, 3), marker)
        else:
            self.flow.add(pieces)

    def _end_row(self, cells: list[list[Piece]]) -> None:
        if self.landmarks.is_furniture:
            pieces = [piece for cell in cells for piece in (*cell, Piece(" "))]
            self.flow.add(pieces, BlockKind.FURNITURE)
        else:
            self.flow.row(cells)

    def _open(self, element: Any) -> None:
        tag = element.tag
        if self.skipped or tag in _SKIPPED or _is_hidden(element):
            self.skipped += 1
            return
        if tag == "br":
            self.pieces.append(Piece("\n"))
        elif tag in _BLOCKS:
            self._open_block(tag, element)
        if tag in _BOLD:
            self.bold += 1
        if tag == "a":
            self.links.append(element.get("href") or "")
        self._say(element.text)

    def _open_block(self, tag: str, element: Any) -> None:
        if self.row is not None:
            self.pieces.append(Piece(" "))  # Inside a cell, blocks are parted by a blank.
        else:
            self._flush()
        self.landmarks.enter(element)
        if tag in ("ul", "ol"):
            self.lists.append(_List(element, len(self.lists)))
            self.marker = ""
        elif tag == "li":
            self.marker = self.lists[-1].marker() if self.lists else ""
        elif tag in HEADINGS:
            self.heading += 1
        elif tag == "pre":
            self.pre += 1
        elif tag == "table":
            if self.data_tables or not _is_layout(element):
                self.data_tables += 1
        elif tag == "tr" and self.data_tables == 1:
            self.row = []

    def _close(self, element: Any) -> None:
        tag = element.tag
        if self.skipped:
            self.skipped -= 1
            self._say(element.tail)
            return
        if tag in _BLOCKS:
            self._close_block(tag)
            self.landmarks.leave(element)
        if tag in _BOLD:
            self.bold -= 1
        if tag == "a":
            self.links.pop()
        self._say(element.tail)

    def _close_block(self, tag: str) -> None:
        if self.row is None:
            self._flush()
        elif tag in ("td", "th") and self.data_tables == 1:
            self.row.append(self.pieces)
            self.pieces = []
        elif tag == "tr" and self.data_tables == 1:
            self._end_row([*self.row, self.pieces] if self.pieces else self.row)
            self.row, self.pieces = None, []
        else:
            self.pieces.append(Piece(" "))
        if tag in ("ul", "ol"):
            self.lists.pop()
            self.marker = ""
        elif tag == "li":
            self.marker = ""
        elif tag in HEADINGS:
            self.heading -= 1
        elif tag == "pre":
            self.pre -= 1
        elif tag == "table" and self.data_tables:
            self.data_tables -= 1


def _blanks_to_one(text: str) -> list[str]:
    """Its words, with empty ones where blanks stand at the ends."""
    words = text.split()
    if not words:
        return ["", ""]
    return [""] * text[0].isspace() + words + [""] * text[-1].isspace()


def _is_hidden(element: Any) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def _is_layout(table: Any) -> bool:
    """Whether a table only places things on the page, so that its cells are read one by one."""
    cells: list[list[Any]] = []
    lines: Counter[Any] = Counter()
    last = None
    for element in table.iter("table", "ul", "ol", "tr", "td", "th", "p", "br", *HEADINGS):
        if element.tag == "tr":
            cells.append([])
        elif element.tag in ("td", "th"):
            last = element
            if cells:
                cells[-1].append(element)
        elif element.tag in ("p", "br"):
            lines[last] += 1
        elif element is not table:
            return True
    # Only now, without tables inside: so no text is looked at more than once.
    return is_layout(
        [
            [max(lines[cell], 1) if "".join(cell.itertext()).strip() else 0 for cell in row]
            for row in cells
        ]
    )
