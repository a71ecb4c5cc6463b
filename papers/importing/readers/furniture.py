"""What stands on a page and is not of the paper: page numbers, and lines that every page repeats.

Pure: standard library only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import takewhile

from papers.importing.document import BlockKind
from papers.importing.readers.lines import Line, begins_lower, is_label, is_title, plain
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
    r"page\s*\|?\s*\d+(?:\s*(?:of|/)\s*\d+)?|^\d{1,3}\s|\s\d{1,3}$|"
    r"(?<=[|•·–—-])\s*\d{1,3}\s*(?=[|•·–—-])",
    re.IGNORECASE,
)
# Of the titles, what no sentence has on a line of its own.
_OWN_NAME = re.compile(
    r"working\s+group|work\s*group|subcommittee|issue\s+paper|advisory\s+committee|task\s+force",
    re.IGNORECASE,
)
_EDGE = 3  # Running heads and feet are at most so many lines.
_REPEATED = 160  # A longer line is not a running head.
_SAME_HEIGHT = 4.0


def mark_furniture(lines: Iterable[Line], repeats: bool = True) -> None:
    """Give page numbers, rules and running lines their kind. ``lines`` are those with words.

    Pages are parted by ``Line.page``; where the whole text is one page, by its page numbers. Up to
    the first page of text, the first of repeated heads that could be of a title block stays, for
    the paper's facts stand there; behind it, and at the foot of any page, it would fall into the
    words that go on over the page's end. ``repeats`` False: what is repeated is of the paper.
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
    enough = max(2, len(pages) // 2)
    repeated = _repeated(enough, heads, feet)
    first, names = _title_of(pages)
    _mark_heads(heads[first + 1 :], heads[: first + 1], repeated, names)
    _mark_feet(feet, repeated, _repeated(enough, feet))


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
        edges.append(list(takewhile(lambda line: len(line.words) <= _REPEATED, inward)))
    return edges


def _repeated(enough: int, *edges: list[list[Line]]) -> set[str]:
    """The keys that stand at the edges of so many pages."""
    counts = Counter(
        key
        for all_of_page in zip(*edges, strict=True)
        for key in {_key(line) for edge in all_of_page for line in edge}
    )
    return {key for key, count in counts.items() if count >= enough}


def _title_of(pages: list[list[Line]]) -> tuple[int, set[str]]:
    """On which page the text begins, the first where none does; and the names printed above it."""
    names: set[str] = set()
    of_first: set[str] = set()
    for number, page in enumerate(pages):
        for line in page:
            words = plain(line.words)
            if is_label(words) and not is_title(words):
                return number, names
            if len(words) <= _REPEATED and _OWN_NAME.search(words):
                names.add(_key(line))
        if number == 0:
            of_first = set(names)
    return 0, of_first


class _Running:
    """Tells running lines, from the edge of a page inward, by what repeats and at which height."""

    def __init__(self) -> None:
        self.heights: dict[str, float] = {}

    def of(self, edge: list[Line], repeated: set[str]) -> Iterator[tuple[Line, str]]:
        """Those of one page. A line behind the first of the body is of the body."""
        for line in edge:
            key = _key(line)
            is_of_body = begins_lower(line.words) or is_label(line.words)
            if key not in repeated or (is_of_body and not is_title(line.words)):
                return
            if marker_at(line.words) or abs(self.heights.setdefault(key, line.y) - line.y) > (
                _SAME_HEIGHT
            ):
                return
            yield line, key


def _mark_heads(
    later: list[list[Line]], early: list[list[Line]], repeated: set[str], names: set[str]
) -> None:
    """``early``: up to the first page of text. Where a head stands, the later pages say first."""
    running = _Running()
    spellings: dict[str, set[str]] = {}
    for edge in later:
        for line, key in running.of(edge, repeated | names):
            spellings.setdefault(key, set()).add(line.words)
            line.kind = BlockKind.FURNITURE
    kept: set[str] = set()
    for edge in early:
        for line, key in running.of(edge, repeated):
            # The number of its page shows that it is no title.
            is_numbered = len(spellings.get(key, set()) | {line.words}) > 1
            if is_title(line.words) and key not in kept and not is_numbered:
                kept.add(key)
            else:
                line.kind = BlockKind.FURNITURE


def _mark_feet(feet: list[list[Line]], repeated: set[str], at_the_foot: set[str]) -> None:
    """What could be a title has to repeat at the foot: a cover page ends with its title."""
    running = _Running()
    for edge in feet:
        for line, key in running.of(edge, repeated):
            if is_title(line.words) and key not in at_the_foot:
                break
            line.kind = BlockKind.FURNITURE
