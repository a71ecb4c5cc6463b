"""What stands on a page and is not of the paper: page numbers, and lines that every page repeats.

Pure: standard library only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from papers.importing.document import BlockKind
from papers.importing.readers.lines import Line, begins_lower, is_label, is_title
from papers.importing.readers.markers import marker_at

# On a line of its own, wherever that is.
_PAGE_NUMBER = re.compile(
    r"page\s*\|?\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|\d{1,4}\s*\|\s*page|[-–—]\s*\d{1,3}\s*[-–—]",
    re.IGNORECASE,
)
# Only at the head or foot of a page.
_BARE_NUMBER = re.compile(r"\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?|[ivx]{1,4}", re.IGNORECASE)
_RULE = re.compile(r"[-_=*~·•—–\s]{3,}")
_NUMBER_IN_HEAD = re.compile(
    r"page\s*\|?\s*\d+(?:\s*(?:of|/)\s*\d+)?|^\d{1,3}\s|\s\d{1,3}$", re.IGNORECASE
)
_EDGE = 3  # Running heads and feet are at most so many lines.
_REPEATED = 160  # A longer line is not a running head.
_SAME_HEIGHT = 4.0


def mark_furniture(lines: Iterable[Line], repeats: bool = True) -> None:
    """Give page numbers, rules and running lines their kind. ``lines`` are those with words.

    Pages are parted by ``Line.page``; where the whole text is one page, by its page numbers. The
    first of repeated lines that could be a title block stays, for the paper's facts stand there.
    ``repeats`` False: what is repeated is of the paper.
    """
    lines = list(lines)
    for line in lines:
        if line.kind is None and _is_always_furniture(line.words):
            line.kind = BlockKind.FURNITURE
    if not lines or not repeats:
        return
    pages = list(_by_page(lines))
    if len(pages) == 1:
        pages = list(_by_page_number(lines))
        if len(pages) == 1:
            return
    else:
        for page in pages:
            _mark_bare_number(page)
    heads, feet = _edges(pages, 1), _edges(pages, -1)
    counts = Counter(
        key
        for both in zip(heads, feet, strict=True)
        for key in {_key(line) for edge in both for line in edge}
    )
    enough = max(2, len(pages) // 2)
    for edges in (heads, feet):
        _mark_repeated(edges, {key for key, count in counts.items() if count >= enough})


def _is_always_furniture(words: str) -> bool:
    return len(words) < 200 and bool(_PAGE_NUMBER.fullmatch(words) or _RULE.fullmatch(words))


def _by_page(lines: list[Line]) -> Iterator[list[Line]]:
    page: list[Line] = []
    for line in lines:
        if page and line.page != page[-1].page:
            yield page
            page = []
        page.append(line)
    yield page


def _by_page_number(lines: list[Line]) -> Iterator[list[Line]]:
    page: list[Line] = []
    for line in lines:
        page.append(line)
        if line.is_furniture and _PAGE_NUMBER.fullmatch(line.words):
            yield page
            page = []
    if page:
        yield page


def _mark_bare_number(page: list[Line]) -> None:
    for line in (page[0], page[-1]):
        if line.kind is None and _BARE_NUMBER.fullmatch(line.words):
            line.kind = BlockKind.FURNITURE


def _key(line: Line) -> str:
    """What stays the same from page to page: the words without the page's number."""
    return _NUMBER_IN_HEAD.sub("#", " ".join(line.words.split()))


def _edges(pages: list[list[Line]], step: int) -> list[list[Line]]:
    """The lines at the head (``step`` 1) or foot (-1) of each page, from the edge inward."""
    edges = []
    for page in pages:
        inward = [line for line in page[::step] if line.kind is None][:_EDGE]
        edges.append([line for line in inward if len(line.words) <= _REPEATED])
    return edges


def _mark_repeated(edges: list[list[Line]], repeated: set[str]) -> None:
    heights: dict[str, float] = {}
    kept: set[str] = set()
    for edge in edges:
        for line in edge:
            key = _key(line)
            # Only from the edge inward: a line behind the first of the body is of the body.
            is_of_body = begins_lower(line.words) or is_label(line.words)
            if key not in repeated or (is_of_body and not is_title(line.words)):
                break
            if marker_at(line.words) or abs(heights.setdefault(key, line.y) - line.y) > (
                _SAME_HEIGHT
            ):
                break
            if is_title(line.words) and key not in kept:
                kept.add(key)
                continue
            line.kind = BlockKind.FURNITURE
