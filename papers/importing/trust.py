"""Whether what came through the pipe is a paper: a child that a document has taken over may lie.

Pure: standard library only.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from papers.importing.findings import CODES
from papers.importing.parsed import ParsedPaper


def check_paper(paper: ParsedPaper) -> None:
    """Raises TypeError or ValueError for a value not of its type or a span outside the text."""
    _check(paper, ParsedPaper)
    spans = [placement.span for placement in paper.placements]
    spans += [finding.span for finding in paper.findings if finding.span]
    spans += [
        item.span for section in paper.content.sections for item in section.items if item.span
    ]
    if any(not 0 <= start <= stop <= len(paper.text) for start, stop in spans):
        raise ValueError("A span is outside of the text.")
    if any(finding.code not in CODES for finding in paper.findings):
        raise ValueError("A finding has no known code.")


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


def _check_tuple(value: Any, kinds: tuple[Any, ...]) -> None:
    if not isinstance(value, tuple):
        raise TypeError(f"{value!r} is no tuple")
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        kinds = (kinds[0],) * len(value)
    if len(value) != len(kinds):
        raise TypeError(f"{value!r} has not {len(kinds)} parts")
    for each, kind in zip(value, kinds, strict=True):
        _check(each, kind)
