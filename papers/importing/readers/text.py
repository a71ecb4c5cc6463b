"""Text and Markdown files: lines with their columns.

Pure: standard library only.
"""

from __future__ import annotations

import heapq
import re
from itertools import pairwise

from papers.importing.document import BlockKind, Document
from papers.importing.errors import ImportProblem
from papers.importing.limits import MAX_CHARACTERS
from papers.importing.readers import lines as tell
from papers.importing.readers.assemble import Assembler
from papers.importing.readers.decoding import cleaned, decoded
from papers.importing.readers.lines import Gap, Line, bounds
from papers.importing.readers.markdown import plain_lines
from papers.importing.readers.markers import marker_at

_HASHES = re.compile(r"#{1,6}[ \t]+(?=\S)")
_CELL_RULE = re.compile(r"[|:\s-]*-{3,}[|:\s-]*")
_UNDERLINE = re.compile(r"=+|-{2,}")
_FRONT_KEY = re.compile(r"[a-z_][\w-]{0,40}:(?:\s|$)")
_FRONT_OTHER = re.compile(r"\s+\S|- |#|$")
_MAX_FRONT = 100  # Lines.
_TAB = 4
_TOLERANCE = 0.5
_WIDEST_WRAP = 130
_NARROWEST_WRAP = 60


def read_text(data: bytes, form: str) -> Document:
    """``form``: "txt" or "md"; Markdown has headings by hash marks besides.

    Raises ImportProblem("too_long"), before so much text takes time and memory.
    """
    text = decoded(data)
    if len(text) > MAX_CHARACTERS:
        raise ImportProblem("too_long")
    return text_document(plain_lines(text) if form == "md" else text, form)


def text_document(text: str, form: str) -> Document:
    """Form feeds part the pages, and are no part of the text."""
    lines, pages = [], 0
    sheets = text.split("\f")
    while len(sheets) > 1 and not sheets[-1].strip():
        sheets.pop()
    for sheet in sheets:
        words = cleaned(sheet)
        pages += 1
        page = [
            _line(raw, pages, number, form == "md")
            for number, raw in enumerate(words.split("\n"), 1)
        ]
        if pages > 1 and page:
            page[0].gap = Gap.PAGE
        if pages < len(sheets) and len(page) > 1 and not page[-1].raw:
            page.pop()  # The line end before a form feed is not a line of its own.
        lines += page
    if form == "md":
        _find_front_matter(lines)
    _find_bold(lines)
    _find_tables(lines)
    _find_underlined(lines)
    assembler = Assembler(_TOLERANCE, _wrapped_at(lines), markup=True, wrapped=_surely(lines))
    return assembler.document(lines, form, pages)


def _line(raw: str, page: int, number: int, has_hashes: bool) -> Line:
    start, stop = bounds(raw)
    indent = len(raw[:start].expandtabs(_TAB))
    line = Line(raw, page, number, start, stop, indent, indent + stop - start)
    line.first = 1 + len(raw[start : start + 200].split(maxsplit=1)[0]) if stop > start else 0
    if has_hashes and raw[start : start + 1] == "#":
        match = _HASHES.match(raw, start)
        if match:
            line.kind = BlockKind.HEADING
            line.start = match.end()
            closing = len(raw[:stop].rstrip("#").rstrip())
            line.stop = closing if closing > line.start else stop
    return line


def _find_front_matter(lines: list[Line]) -> None:
    """What tools want to know of a file, in YAML between two rules at its very beginning."""
    if not lines or lines[0].raw.rstrip() != "---":
        return
    block: list[Line] = []
    for line in lines[1:_MAX_FRONT]:
        if line.raw.rstrip() in ("---", "..."):
            if any(_FRONT_KEY.match(each.raw) for each in block):
                for each in (lines[0], *block, line):
                    each.kind = None if each.is_blank else BlockKind.FURNITURE
            return
        if not (_FRONT_KEY.match(line.raw) or _FRONT_OTHER.match(line.raw)):
            return
        block.append(line)


def _find_bold(lines: list[Line]) -> None:
    """Asterisk pairs around whole lines; a pair may open on one line and close on a later one."""
    run: list[Line] = []
    for line in [*lines, Line("")]:
        if not line.is_blank:
            run.append(line)
            continue
        is_open = False
        is_paired = sum(each.words.count("**") for each in run) % 2 == 0
        for each in run if is_paired else ():
            is_open = _set_bold(each, is_open)
        run = []


def _set_bold(line: Line, is_open: bool) -> bool:
    """Whether bold is still on after the line. Marks around the whole line are not its words."""
    words = line.words
    count = words.count("**")
    goes_on = is_open ^ bool(count % 2)
    opens, closes = words.startswith("**"), words.endswith("**") and len(words) > 2
    line.is_bold = (
        (is_open and (count == 0 or (count == 1 and closes)))
        or (not is_open and opens and count == 1 and goes_on)
        or (not is_open and opens and closes and count == 2 and len(words) > 4)
    )
    if line.is_bold:
        inner = words
        if not is_open:
            line.start += 2
            inner = inner[2:]
        if closes:
            line.stop -= 2
        line.start += len(inner) - len(inner.lstrip())
        line.start, line.stop = _trimmed(line.raw, line.start, line.stop)
    return goes_on


def _trimmed(raw: str, start: int, stop: int) -> tuple[int, int]:
    """The range without blanks at its ends; it stays where it was when nothing else is in it."""
    words = raw[start:stop]
    if not words.strip():
        return start, max(start, stop)
    return start + len(words) - len(words.lstrip()), stop - (len(words) - len(words.rstrip()))


def _find_tables(lines: list[Line]) -> None:
    """Rows between pipes, and rows without outer pipes that stand beside a rule of dashes."""
    beside = {
        index + step
        for index, line in enumerate(lines)
        if "|" in line.raw and _CELL_RULE.fullmatch(line.raw[:300])
        for step in (-1, 0, 1)
    }
    is_table = False
    for index, line in enumerate(lines):
        words = line.words
        pipes = words.count("|")
        is_table = (
            bool(pipes)
            and line.kind is None
            and (
                (words.startswith("|") and words.endswith("|") and pipes > 1)
                or index in beside
                or (is_table and not line.is_blank)
            )
        )
        if is_table:
            _set_row(line)


def _set_row(line: Line) -> None:
    if _CELL_RULE.fullmatch(line.words[:300]):
        line.kind = BlockKind.FURNITURE
        return
    words = line.words
    if words.startswith("|") and len(words) > 1:
        line.start += 1
    if words.endswith("|") and len(words) > 2:
        line.stop -= 1
    line.cells = tuple(" ".join(cell.split()) for cell in line.words.split("|"))
    line.start, line.stop = _trimmed(line.raw, line.start, line.stop)
    line.kind = BlockKind.TABLE_ROW if any(line.cells) else BlockKind.FURNITURE


def _find_underlined(lines: list[Line]) -> None:
    """A short line above one of dashes is a heading; the dashes are furniture."""
    for above, below in pairwise(lines):
        if (
            above.kind is None
            and not above.is_blank
            and below.kind is None
            and 3 <= len(below.words) <= 100
            and len(above.words) <= 100
            and _UNDERLINE.fullmatch(below.words)
            and not marker_at(above.words)
            and not tell.is_finished(above.words.rstrip(":"))
        ):
            above.kind = BlockKind.HEADING
            below.kind = BlockKind.FURNITURE


def _wrapped_at(lines: list[Line]) -> float | None:
    """The column where full lines end, by the longest lines; None where nothing is wrapped."""
    lengths = heapq.nlargest(5, (line.right for line in lines))
    for length, shorter in zip(lengths, [*lengths[1:], 0], strict=True):
        if shorter >= 0.85 * length:  # A single long line, such as an address, tells nothing.
            return max(length, _NARROWEST_WRAP) if length <= _WIDEST_WRAP else None
    return None


def _surely(lines: list[Line]) -> float | None:
    """How long lines are that break off before a small letter; None where too few are long."""
    lengths = [
        above.right
        for above, below in pairwise(lines)
        if _NARROWEST_WRAP <= above.right <= _WIDEST_WRAP
        and tell.begins_lower(below.words)
        and not tell.is_finished(above.words)
        and not marker_at(below.words)
    ]
    return max(lengths) if len(lengths) > 1 else None
