"""The content of a paper -> its rows: written anew, or those there adjusted to a new edition."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F

from papers.comparison import compare
from papers.content import Item, PaperContent, Section, SectionKind
from papers.importing.differences import SectionKey, paired, section_key
from papers.importing.fitting import FIELDS
from papers.models import IssuePaper, NextStep, PaperSection, SectionItem, StatusItem
from papers.models.items import PrintedItem

# Where rows wait while others take their places; no paper has that many.
ASIDE = 10_000


def set_scalars(paper: IssuePaper, content: PaperContent, dated_as_printed: str) -> None:
    """The paper's own fields, not saved."""
    for name, field in FIELDS.items():
        setattr(paper, field, getattr(content, name))
    limit = getattr(IssuePaper._meta.get_field("dated_as_printed"), "max_length", None)
    paper.dated_on = content.dated
    paper.dated_as_printed = " ".join(dated_as_printed.split())[:limit]


def write(paper: IssuePaper, content: PaperContent) -> None:
    """Sections and items of a paper that has none yet."""
    write_sections(paper, content)
    rows: dict[type[PrintedItem], list[PrintedItem]] = {}
    for section in content.sections:
        for position, item in enumerate(section.items, start=1):
            row = new_row(paper, section_key(section))
            _set_item(row, item, position)
            rows.setdefault(type(row), []).append(row)
    for model, of_model in rows.items():
        model._default_manager.bulk_create(of_model)


def write_sections(paper: IssuePaper, content: PaperContent) -> None:
    """The sections in the order of the page, in place of those there."""
    paper.sections.all().delete()
    sections = [
        PaperSection(
            paper=paper,
            position=position,
            kind=section.kind.value,
            heading=section.heading,
            remark=section.remark,
        )
        for position, section in enumerate(content.sections, start=1)
    ]
    PaperSection.objects.bulk_create(map(_checked, sections))


def rewrite(paper: IssuePaper, content: PaperContent) -> None:
    """Make a paper's rows say what a new edition says.

    The row of an item that is the same, or the same reworded, stays the same row, so that what
    refers to it still does; others go, and new ones come.
    """
    write_sections(paper, content)
    old: dict[SectionKey, list[PrintedItem]] = {}
    for row in items_of(paper):
        old.setdefault(key_of(row), []).append(row)
    new = {section_key(section): section for section in content.sections}
    for related in (paper.section_items, paper.status_items, paper.next_steps):
        related.update(position=F("position") + ASIDE)
    for key, rows in old.items():
        if key not in new:
            _delete(rows)
    for key, section in new.items():
        _rewrite_section(paper, section, old.get(key, []))


def _rewrite_section(paper: IssuePaper, section: Section, rows: list[PrintedItem]) -> None:
    items = [row.as_item() for row in rows]
    row_of = {id(item): row for item, row in zip(items, rows, strict=True)}
    kept = []
    for position, (before, after) in enumerate(_continued(tuple(items), section.items), start=1):
        row = row_of[id(before)] if before else new_row(paper, section_key(section))
        kept.append(row)
        _set_item(row, after, position)
    _delete(row for row in rows if row not in kept)
    for row in kept:
        row.save()


def _continued(old: tuple[Item, ...], new: tuple[Item, ...]) -> list[tuple[Item | None, Item]]:
    """Each new item with the old one that it continues, if any.

    ``paired`` keeps to the order of the items; among what it leaves over, the judge of the public
    pages finds those that stand elsewhere now, so that what staff say of them is not lost.
    """
    pairs = list(paired(old, new))
    gone = [before for before, after in pairs if before and after is None]
    found = [(before, after) for before, after in pairs if after]
    fresh = [index for index, (before, _) in enumerate(found) if before is None]
    sides = (gone, [found[index][1] for index in fresh])
    older, newer = (
        PaperContent(sections=(Section(SectionKind.OTHER, items=tuple(side)),)) for side in sides
    )
    used = set()
    for change in compare(older, newer).items:
        if change.older and change.newer and change.older.place not in used:
            used.add(change.older.place)
            index = fresh[change.newer.place.position - 1]
            found[index] = (gone[change.older.place.position - 1], found[index][1])
    return found


def _delete(rows: Iterable[PrintedItem]) -> None:
    for row in rows:
        drop(row)


def drop(row: models.Model) -> None:
    """Delete an item or a paper. ValidationError, in words, while what staff state rests on it."""
    try:
        row.delete()
    except models.ProtectedError as refused:
        number = len(refused.protected_objects)
        outcomes = "1 outcome of a next step rests" if number == 1 else f"{number} outcomes rest"
        raise ValidationError(
            f"“{row}” has to stay where it is: {outcomes} on it, as the step or as what shows it. "
            "Remove that first, among the steps to settle."
        ) from refused


def items_of(paper: IssuePaper) -> list[PrintedItem]:
    """All items of a paper, in three queries: each section in its order."""
    return [*paper.section_items.all(), *paper.status_items.all(), *paper.next_steps.all()]


def key_of(row: PrintedItem) -> SectionKey:
    """The section of an item."""
    if isinstance(row, SectionItem):
        return (SectionKind(row.section), row.heading)
    is_status = isinstance(row, StatusItem)
    return (SectionKind.CURRENT_STATUS if is_status else SectionKind.NEXT_STEPS, "")


def new_row(paper: IssuePaper, key: SectionKey) -> PrintedItem:
    """A row without words for a section, not saved."""
    kind, heading = key
    if kind is SectionKind.CURRENT_STATUS:
        return StatusItem(paper=paper)
    if kind is SectionKind.NEXT_STEPS:
        return NextStep(paper=paper)
    return SectionItem(paper=paper, section=kind.value, heading=heading)


def set_words(row: PrintedItem, item: Item) -> None:
    """Text, level, looks and the place in the document."""
    row.text, row.level, row.marker = item.text, item.level, item.marker
    row.links = [{"text": link.text, "target": link.target} for link in item.links]
    row.span_start, row.span_end = item.span or (None, None)


def _set_item(row: PrintedItem, item: Item, position: int) -> None:
    """An owner and due words that staff gave stay where they still fit."""
    row.position = position
    set_words(row, item)
    row.is_edited = False
    if isinstance(row, NextStep):
        row.owner = item.owner or row.owner
        if item.due_words or row.due_words not in item.text:
            row.due_words = item.due_words
    _checked(row)


def _checked(row: Any) -> Any:
    """The row, checked in Python; uniqueness and constraints are the database's to enforce."""
    row.full_clean(exclude=["paper"], validate_unique=False, validate_constraints=False)
    return row
