"""A paper as it was read -> one that the record can hold, with a finding for what it cannot.

Of what a document prints, nothing is dropped in silence: a value that no field takes, such as a
Pub# of another form, stays in the text that was read and becomes a finding, and so does the target
of a link. Only what the reading made of it itself is dropped without one: an owner that is none, a
bullet beyond eight characters, due words that do not stand in the step.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from html import escape
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.core.exceptions import ValidationError
from django.db import models

from papers.content import Item, Link, PaperContent, Section, SectionKind
from papers.importing.differences import section_key
from papers.importing.errors import ImportProblem
from papers.importing.findings import Finding
from papers.importing.parsed import ParsedPaper
from papers.models import IssuePaper, NextStep, PaperSection, StatusItem
from papers.models.paper import PUB_NUMBER
from workgroups.models.text import BIDI_CONTROLS, clean_text, validate_link_target

# Of a whole paper, so that its page and its review stay below a megabyte (S39): what its words take
# as HTML, and for the form that the review sets around an item as many bytes as ITEM_BYTES says.
MAX_PAGE_BYTES = 700_000
ITEM_BYTES = 1_100
MAX_DETAIL = 300


def _limit(model: type[models.Model], field: str) -> int:
    return getattr(model._meta.get_field(field), "max_length", None) or 0


# Field of the content -> field of the paper.
FIELDS = {
    "group": "group_as_printed",
    "subcommittee": "subcommittee_as_printed",
    "pub_number": "pub_number",
    "action_required": "action_required",
    "office": "office_line",
    "submitted_by": "submitted_by",
    "submitter_office": "submitter_office",
}
LIMITS = {name: _limit(IssuePaper, field) for name, field in FIELDS.items()}
MAX_HEADING = _limit(PaperSection, "heading")
MAX_MARKER = _limit(StatusItem, "marker")
MAX_DUE = _limit(NextStep, "due_words")


@dataclass(frozen=True)
class Fitted:
    """``content`` as the record will hold it, and what did not fit."""

    content: PaperContent
    findings: tuple[Finding, ...] = ()


def with_clean_text(parsed: ParsedPaper) -> ParsedPaper:
    """The paper with its text as the database keeps it, and every span moved along.

    Letters composed of two characters become one, which shortens the text before later spans.
    """
    if clean_text(parsed.text) == parsed.text:
        return parsed
    spans = [item.span for section in parsed.content.sections for item in section.items]
    spans += [placement.span for placement in parsed.placements]
    spans += [finding.span for finding in parsed.findings]
    ends = sorted({end for span in spans if span for end in span} | {0, len(parsed.text)})
    pieces: list[str] = []
    moved = {0: 0}
    for start, end in pairwise(ends):
        pieces.append(clean_text(parsed.text[start:end]))
        moved[end] = moved[start] + len(pieces[-1])

    def move(span: tuple[int, int]) -> tuple[int, int]:
        return (moved[span[0]], moved[span[1]])

    sections = tuple(
        replace(
            section,
            items=tuple(
                replace(item, span=move(item.span) if item.span else None) for item in section.items
            ),
        )
        for section in parsed.content.sections
    )
    return replace(
        parsed,
        text="".join(pieces),
        content=replace(parsed.content, sections=sections),
        placements=tuple(replace(each, span=move(each.span)) for each in parsed.placements),
        findings=tuple(
            replace(each, span=move(each.span) if each.span else None) for each in parsed.findings
        ),
    )


def fitted(content: PaperContent) -> Fitted:
    """What the record holds of a paper, whatever it says."""
    left_over: list[Finding] = []
    scalars: dict[str, Any] = {
        name: _scalar(getattr(content, name), name, left_over) for name in FIELDS
    }
    sections = _merged(_section(section, left_over) for section in content.sections)
    return Fitted(replace(content, sections=sections, **scalars), tuple(left_over))


def check_size(parsed: ParsedPaper) -> None:
    """Raises ImportProblem("too_long") for a paper too long for its page or its review (S39).

    In the review, words without a place have forms like items, and most findings stand beside one.
    Asked once, when a file is read: what was stored under other limits can still be decided.
    """
    loose = [each for each in parsed.placements if each.where == "not_placed"]
    words = [parsed.text[slice(*each.span)] for each in loose]
    words += [each.detail for each in parsed.findings if each.code != "not_placed"]
    around = sum(map(_bytes, words)) + ITEM_BYTES * len(words)
    if around + sum(map(_page_bytes, parsed.content.sections)) > MAX_PAGE_BYTES:
        raise ImportProblem("too_long")


def _page_bytes(section: Section) -> int:
    words = [section.heading, section.remark]
    for item in section.items:
        words += [item.text, item.marker, *(link.text + link.target for link in item.links)]
    return sum(map(_bytes, words)) + ITEM_BYTES * (1 + len(section.items))


def _bytes(words: str) -> int:
    return len(escape(words).encode("utf-8", "replace"))


def _scalar(value: str, name: str, left_over: list[Finding]) -> str:
    """The value, or nothing and a finding; a group's name, which must be there, is cut."""
    value = " ".join(BIDI_CONTROLS.sub("", clean_text(value)).split())
    limit = LIMITS[name]
    fits = len(value) <= limit and (
        name != "pub_number" or not value or bool(re.search(PUB_NUMBER, value))
    )
    if fits:
        return value
    left_over.append(Finding("not_placed", _cut(value)))
    return value[:limit].strip() if name == "group" else ""


def _section(section: Section, left_over: list[Finding]) -> Section:
    heading = clean_text(section.heading).strip()
    if len(heading) > MAX_HEADING:
        left_over.append(Finding("not_placed", _cut(heading)))
        heading = heading[:MAX_HEADING].strip()
    if section.kind is SectionKind.OTHER and not heading:
        heading = "(no heading)"
    items = (_item(item, left_over) for item in section.items)
    return replace(
        section,
        heading=heading,
        remark=clean_text(section.remark),
        items=tuple(item for item in items if item.text.strip()),
    )


def _item(item: Item, left_over: list[Finding]) -> Item:
    text = clean_text(item.text)
    links = []
    lost = []
    for link in item.links:
        words, target = clean_text(link.text), _target(link.target)
        if words in text:
            links.append(Link(words, target))
        if (words not in text and link.target) or target != link.target:
            lost.append(_without_password(link.target))
    if lost:
        left_over.append(Finding("link_not_kept", _cut(", ".join(lost)), span=item.span))
    due_words = clean_text(item.due_words)
    return replace(
        item,
        text=text,
        marker=clean_text(item.marker)[:MAX_MARKER],
        links=tuple(links),
        owner=item.owner if item.owner in NextStep.Owner.values else "",
        due_words=due_words if due_words in text and len(due_words) <= MAX_DUE else "",
    )


def _target(target: str) -> str:
    """The target where it is of the web or of mail, else nothing; its words stay either way (S13).

    The name and password that may stand before a host are for nobody to read, or mislead.
    """
    target = _without_password(target)
    try:
        validate_link_target(target)
    except ValidationError:
        return ""
    return target


def _without_password(target: str) -> str:
    try:
        parts = urlsplit(target)
    except ValueError:
        return target.rpartition("@")[2]
    if not parts.netloc or "@" not in parts.netloc:
        return target
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _merged(sections: Iterable[Section]) -> tuple[Section, ...]:
    """A section that is printed twice becomes one, at its first place, with all items in order."""
    merged: dict[tuple[SectionKind, str], Section] = {}
    for section in sections:
        key = section_key(section)
        before = merged.get(key)
        if before:
            remarks = [words for words in (before.remark, section.remark) if words]
            section = replace(before, items=before.items + section.items, remark="\n".join(remarks))
        merged[key] = section
    return tuple(merged.values())


def _cut(words: str) -> str:
    return words if len(words) <= MAX_DETAIL else f"{words[: MAX_DETAIL - 1]}…"
