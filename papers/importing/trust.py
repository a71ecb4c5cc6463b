"""Whether what came through the pipe is a paper: a child that a document has taken over may lie.

Pure: standard library only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from papers.content import MAX_LEVEL, Item
from papers.importing.findings import CODES
from papers.importing.parsed import ParsedPaper

# The years that a date in a document is read as.
YEARS = range(1900, 2100)


def check_paper(paper: ParsedPaper) -> None:
    """Raises TypeError or ValueError for what no reading of a document gives.

    That is a value not of its type, text that is no Unicode, a span outside the text, a code, a
    level, a month or a year that does not exist.
    """
    _check(paper, ParsedPaper)
    spans = [placement.span for placement in paper.placements]
    spans += [finding.span for finding in paper.findings if finding.span]
    spans += [item.span for item in _items(paper) if item.span]
    if any(not 0 <= start <= stop <= len(paper.text) for start, stop in spans):
        raise ValueError("A span is outside of the text.")
    if any(finding.code not in CODES for finding in paper.findings):
        raise ValueError("A finding has no known code.")
    if any(not 0 <= item.level <= MAX_LEVEL for item in _items(paper)):
        raise ValueError("An item has no known level.")
    if paper.meeting:
        date(*paper.meeting, 1)  # raises ValueError for a thirteenth month
    years = [each for each in (paper.meeting, paper.content.dated) if each]
    if any((each.year if isinstance(each, date) else each[0]) not in YEARS for each in years):
        raise ValueError("No paper is of that year.")


def _items(paper: ParsedPaper) -> Iterator[Item]:
    for section in paper.content.sections:
        yield from section.items


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _check(value: Any, kind: Any) -> None:
    origin = get_origin(kind)
    if origin is UnionType:
        choices = get_args(kind)
        if value is None and NoneType in choices:
            return
        _check(value, next(each for each in choices if each is not NoneType))
    elif origin is tuple:
        _check_tuple(value, get_args(kind))
    elif is_dataclass(kind) and isinstance(kind, type):
        if type(value) is not kind:
            raise TypeError(f"{value!r} is no {kind.__name__}")
        for field in fields(kind):
            _check(getattr(value, field.name), _hints(type(value))[field.name])
    elif type(value) is not kind:
        raise TypeError(f"{value!r} is no {kind.__name__}")
    elif kind is str:
        value.encode()  # raises ValueError for half of a surrogate pair


def _check_tuple(value: Any, kinds: tuple[Any, ...]) -> None:
    if not isinstance(value, tuple):
        raise TypeError(f"{value!r} is no tuple")
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        kinds = (kinds[0],) * len(value)
    if len(value) != len(kinds):
        raise TypeError(f"{value!r} has not {len(kinds)} parts")
    for each, kind in zip(value, kinds, strict=True):
        _check(each, kind)
