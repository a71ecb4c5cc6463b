"""One page of a PDF: its words gathered into lines, with bullets, bold, links and table rows."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Any

from papers.importing.document import BlockKind
from papers.importing.readers.flow import Piece, line_of
from papers.importing.readers.lines import Line, is_label, is_title
from papers.importing.readers.markers import SIGN_FONTS, marker_at

_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
# What stands at the edge of a page and is the page's: its number, and what a browser prints there,
# the address and the moment of printing.
_PRINTED_AT = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4},\s\d{1,2}:\d\d(?:\s?[AP]M)?")
_OF_THE_PAGE = re.compile(
    rf"\d{{1,3}}(?:\s?/\s?\d{{1,3}})?|(?:https?://|file://|www\.)\S+|{_PRINTED_AT.pattern}"
)
_APART = 24.0  # Points: so far below the text stands a foot that only one page has.
_COLUMN = 60.0  # Points: a wider gap parts two texts that stand side by side.
_SHAPE = (1.2, 9.0)  # Points: what is drawn in this size before a line is a bullet.
_REACH = 45.0  # How far before the words a drawn bullet stands.
_EDGE = 0.08  # Of the page's height: how deep the strip at its head and foot is.
_MAX_EDGES = 500
_MAX_SHAPES = 5_000

Word = dict[str, Any]


def page_lines(page: Any) -> list[Line]:
    """The lines of a page from top to bottom."""
    upright = page.filter(_is_upright)
    words = upright.extract_words(
        x_tolerance_ratio=0.15, extra_attrs=["fontname"], return_chars=True
    )
    for word in words:
        _show_signs(word)
    links = _links(page)
    rows, words = _take_tables(page, words, links)
    bullets = _bullets(page)
    lines = rows
    for group in _rows_of(words):
        for part in _columns(group):
            lines.append(_line(part, links, bullets))
    lines = sorted((line for line in lines if line.raw), key=lambda line: line.y)
    _mark_of_the_page(lines, page.height)
    return [*lines, *_askew(page)]


def _show_signs(word: Word) -> None:
    """Letters of a font of signs become the bullets that they print; a word has one font."""
    font = str(word.get("fontname") or "")
    for name, signs in SIGN_FONTS:
        if name.search(font):
            for thing in (word, *word["chars"]):
                thing["text"] = thing["text"].translate(signs)
            return


def _mark_of_the_page(lines: list[Line], height: float) -> None:
    """What stands in the strips at the edges and is no words of the paper."""
    # In one row with the moment of printing a browser prints the page's title.
    rows = [line.y for line in lines if _PRINTED_AT.fullmatch(line.words)]
    for above, line in zip([None, *lines], lines, strict=False):
        at_head, at_foot = line.y < height * _EDGE, line.y > height * (1 - _EDGE)
        if line.kind is not None or not (at_head or at_foot):
            continue
        is_far = above is not None and line.y - above.y > _APART
        if (
            _OF_THE_PAGE.fullmatch(line.words)
            or any(abs(line.y - y) < 1 for y in rows[:2])
            or (at_foot and is_far and is_title(line.words) and not is_label(line.words))
        ):
            line.kind = BlockKind.FURNITURE


def _is_upright(thing: Word) -> bool:
    """Whether a letter stands straight; one that leans, as italics do, does."""
    if thing.get("object_type") != "char":
        return True
    across, rise = (abs(float(each)) for each in thing["matrix"][:2])
    return rise <= 0.05 * across


def _askew(page: Any) -> list[Line]:
    """What is printed at an angle, as a watermark is: on the page, and not of the paper."""
    text = "".join(char["text"] for char in page.chars if not _is_upright(char))
    raw = line_of([Piece(text.replace("\n", " "))])[0]
    if not raw:
        return []
    return [Line(raw, stop=len(raw), kind=BlockKind.FURNITURE, y=float(page.height))]


def _rows_of(words: list[Word]) -> list[list[Word]]:
    """Words that overlap in height by more than half are of one row; each from left to right."""
    rows: list[list[Word]] = []
    top = bottom = 0.0
    for word in sorted(words, key=lambda word: (word["top"] + word["bottom"]) / 2):
        overlap = min(bottom, word["bottom"]) - max(top, word["top"])
        if rows and overlap > 0.5 * min(bottom - top, word["bottom"] - word["top"]):
            rows[-1].append(word)
            if word["bottom"] - word["top"] > bottom - top:
                top, bottom = word["top"], word["bottom"]
        else:
            rows.append([word])
            top, bottom = word["top"], word["bottom"]
    for row in rows:
        row.sort(key=lambda word: word["x0"])
    return rows


def _columns(row: list[Word]) -> list[list[Word]]:
    parts = [[row[0]]]
    for word in row[1:]:
        if word["x0"] - parts[-1][-1]["x1"] > _COLUMN:
            parts.append([])
        parts[-1].append(word)
    return parts


def _line(words: list[Word], links: list[Word], bullets: _Bullets) -> Line:
    text, found, _ = line_of(_pieces(words, links))
    tall = max(words, key=lambda word: word["bottom"] - word["top"])
    line = Line(
        text,
        stop=len(text),
        indent=words[0]["x0"],
        right=words[-1]["x1"],
        first=words[0]["x1"] - words[0]["x0"] + 0.2 * (tall["bottom"] - tall["top"]),
        links=tuple(found),
        y=tall["bottom"],
    )
    if not text:
        return line
    marker = marker_at(text)
    count = len(marker.printed.split()) if marker else 0
    line.is_bold = all(_is_bold(word) for word in words[count:] or words)
    if marker and len(words) > count:
        line.words_at = words[count]["x0"]
    elif not marker:
        shape = bullets.before(words[0]["x0"], tall["top"], tall["bottom"])
        if shape:
            line.raw = f"{shape[1]} {text}"
            line.stop = len(line.raw)
            line.links = tuple((start + 2, stop + 2, to) for start, stop, to in found)
            line.indent, line.words_at = shape[0], words[0]["x0"]
    return line


def _is_bold(word: Word) -> bool:
    return bool(_BOLD.search(str(word.get("fontname") or "")))


def _pieces(words: list[Word], links: list[Word]) -> list[Piece]:
    """The words with single blanks between; none where only the font changes within a word."""
    pieces: list[Piece] = []
    last: Word | None = None
    for word in words:
        if last is not None and word["x0"] - last["x1"] > 0.1 * (last["bottom"] - last["top"]):
            pieces.append(Piece(" "))
        near = [link for link in links if _touches(link, word)]
        if near:
            pieces += [Piece(char["text"], False, _target(near, char)) for char in word["chars"]]
        else:
            pieces.append(Piece(word["text"]))
        last = word
    return _with_blanks_linked(pieces)


def _with_blanks_linked(pieces: list[Piece]) -> list[Piece]:
    """A blank between two pieces of one link is of the link."""
    for index in range(1, len(pieces) - 1):
        before, after = pieces[index - 1].target, pieces[index + 1].target
        if pieces[index].text == " " and before is not None and before == after:
            pieces[index] = Piece(" ", False, before)
    return pieces


def _touches(link: Word, word: Word) -> bool:
    middle = (word["top"] + word["bottom"]) / 2
    return bool(
        link["top"] - 1 <= middle <= link["bottom"] + 1
        and link["x0"] < word["x1"]
        and word["x0"] < link["x1"]
    )


def _target(links: list[Word], char: Word) -> str | None:
    middle = (char["x0"] + char["x1"]) / 2
    return next((link["uri"] for link in links if link["x0"] <= middle <= link["x1"]), None)


def _links(page: Any) -> list[Word]:
    """Rectangles that lead somewhere; a damaged one must not cost the page."""
    try:
        found = page.hyperlinks
    except Exception:
        return []
    return [
        {
            "uri": str(each["uri"]),
            **{key: float(each[key]) for key in ("x0", "x1", "top", "bottom")},
        }
        for each in found[:2000]
        if each.get("uri")
    ]


class _Bullets:
    """Small shapes on a page, found by their height."""

    def __init__(self, shapes: list[tuple[float, float, str]]) -> None:
        self.shapes = sorted(shapes)
        self.heights = [shape[0] for shape in self.shapes]

    def before(self, left: float, top: float, bottom: float) -> tuple[float, str] | None:
        """Where the shape begins that stands before words at ``left``, and its glyph."""
        at = bisect_left(self.heights, top)
        best = None
        while at < len(self.shapes) and self.heights[at] <= bottom:
            _, x0, glyph = self.shapes[at]
            if left - _REACH <= x0 < left - 1 and (best is None or x0 > best[0]):
                best = (x0, glyph)
            at += 1
        return best


def _bullets(page: Any) -> _Bullets:
    shapes = []
    drawn = [*page.curves, *page.rects, *page.images]
    for each in drawn if len(drawn) <= _MAX_SHAPES else ():
        width, height = each["x1"] - each["x0"], each["bottom"] - each["top"]
        if _SHAPE[0] <= width <= _SHAPE[1] and _SHAPE[0] <= height <= _SHAPE[1]:
            if each.get("object_type") == "rect":
                glyph = "▪"
            else:
                glyph = "o" if each.get("fill") is False else "•"
            shapes.append(((each["top"] + each["bottom"]) / 2, float(each["x0"]), glyph))
    return _Bullets(shapes)


def _take_tables(page: Any, words: list[Word], links: list[Word]) -> tuple[list[Line], list[Word]]:
    """Rows of ruled tables, and the words that stand in none."""
    ruled = len(page.lines) + len(page.rects)
    if ruled < 2 or len(page.edges) > _MAX_EDGES or not words:
        return [], words
    lines: list[Line] = []
    for table in page.find_tables():
        inside = [word for word in words if _is_within(word, table.bbox)]
        rows = [
            [[word for word in inside if cell and _is_within(word, cell)] for cell in row.cells]
            for row in table.rows
        ]
        placed = sum(len(cell) for row in rows for cell in row)
        if placed != len(inside) or not _holds_facts(rows):
            continue
        lines += [_row(row, links) for row in rows if any(row)]
        taken = {id(word) for word in inside}
        words = [word for word in words if id(word) not in taken]
    return lines, words


def _is_within(word: Word, box: tuple[float, float, float, float]) -> bool:
    x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return box[0] <= x < box[2] and box[1] <= y < box[3]


def _holds_facts(rows: list[list[list[Word]]]) -> bool:
    """Two cells beside one another, and no bullets in any."""
    cells = [cell for row in rows for cell in row if cell]
    return any(sum(1 for cell in row if cell) > 1 for row in rows) and not any(
        marker_at(f"{word['text']} ") for cell in cells for word in cell[:1] if len(cell) > 6
    )


def _row(cells: list[list[Word]], links: list[Word]) -> Line:
    texts: list[str] = []
    found: list[tuple[int, int, str]] = []
    place = 0
    for cell in cells:
        pieces: list[Piece] = []
        for row in _rows_of(cell):
            pieces += [*_pieces(row, links), Piece(" ")]
        text, inside, _ = line_of(pieces)
        found += [(place + start, place + stop, target) for start, stop, target in inside]
        place += len(text) + 3
        texts.append(text)
    raw = " | ".join(texts)
    words = [word for cell in cells for word in cell]
    return Line(
        raw if any(texts) else "",
        start=len(raw) - len(raw.lstrip()),
        stop=len(raw.rstrip()),
        kind=BlockKind.TABLE_ROW,
        is_bold=all(_is_bold(word) for word in words),
        links=tuple(found),
        cells=tuple(texts),
        y=max(word["bottom"] for word in words),
    )
