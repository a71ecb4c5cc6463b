"""The content of a paper -> its rows: written anew, or those there adjusted to a new edition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F

from papers.comparison import compare
from papers.content import Item, PaperContent, Section, SectionKind
from papers.following import field_of
from papers.importing.differences import SectionKey, paired, section_key
from papers.importing.fitting import FIELDS
from papers.models import (
    IssuePaper,
    NextStep,
    PairingCorrection,
    PaperSection,
    RejectedSuggestion,
    SectionItem,
    StatusItem,
)
from papers.models.items import PrintedItem, TrackedItem

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
    refers to it still does. One that stands in another section now gets a new row, to which it is
    carried. Others go, and new ones come. ValidationError, in words, where what staff state of an
    item neither stays nor can be carried.
    """
    write_sections(paper, content)
    old: dict[SectionKey, list[PrintedItem]] = {}
    for row in items_of(paper):
        old.setdefault(key_of(row), []).append(row)
    for related in (paper.section_items, paper.status_items, paper.next_steps):
        related.update(position=F("position") + ASIDE)
    gone: list[PrintedItem] = []
    fresh: list[PrintedItem] = []
    for section in content.sections:
        left, added = _rewrite_section(paper, section, old.pop(section_key(section), []))
        gone += left
        fresh += added
    gone += (row for rows in old.values() for row in rows)
    for before, after in _moved(gone, fresh):
        carry(before, after)
    for row in gone:
        drop(row)


def _rewrite_section(
    paper: IssuePaper, section: Section, rows: list[PrintedItem]
) -> tuple[list[PrintedItem], list[PrintedItem]]:
    """Its rows that have no item any more, not deleted yet, and those that are new."""
    items = [row.as_item() for row in rows]
    row_of = {id(item): row for item, row in zip(items, rows, strict=True)}
    kept: list[PrintedItem] = []
    added: list[PrintedItem] = []
    for position, (before, after) in enumerate(_continued(tuple(items), section.items), start=1):
        row = row_of[id(before)] if before else new_row(paper, section_key(section))
        (kept if before else added).append(row)
        _set_item(row, after, position)
        row.save()
    return [row for row in rows if row not in kept], added


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


def _moved(
    gone: Iterable[PrintedItem], fresh: Iterable[PrintedItem]
) -> Iterator[tuple[PrintedItem, PrintedItem]]:
    """Rows whose item stands in another section now, each with the new row.

    The judge is that of the public pages, asked of what no section has kept.
    """
    before, after = ({(key_of(row)[0], row.pk): row for row in rows} for rows in (gone, fresh))
    for change in compare(_as_printed(before.values()), _as_printed(after.values())).items:
        if change.older and change.newer:
            newer = after[change.newer.place.section, change.newer.item.key or 0]
            # Of an item that became several, the first has what was said of it.
            older = before.pop((change.older.place.section, change.older.item.key or 0), None)
            if older:
                yield older, newer


def _as_printed(rows: Iterable[PrintedItem]) -> PaperContent:
    """A paper of these items alone."""
    of_key: dict[SectionKey, list[Item]] = {}
    for row in rows:
        of_key.setdefault(key_of(row), []).append(row.as_item())
    return PaperContent(
        sections=tuple(
            Section(kind, heading, tuple(items)) for (kind, heading), items in of_key.items()
        )
    )


def carry(before: PrintedItem, after: PrintedItem) -> None:
    """Let what staff say of an item hold of its stored row in another section.

    Outcomes are not carried: ``drop`` refuses to lose them. ValidationError, in words, where the
    item was rejected as an answer: that is said of status items alone, and stays true of the words
    wherever they are printed again.
    """
    number = 0
    if isinstance(before, StatusItem):
        number = RejectedSuggestion.objects.filter(answer=before).count()
    if number:
        steps = "1 next step" if number == 1 else f"{number} next steps"
        raise ValidationError(
            f"“{before}” has to stay under Current Status: staff rejected it there as the answer "
            f"to {steps}. Take that back first, among the rejected suggestions."
        )
    old, new = (field_of(key_of(row)[0]) for row in (before, after))
    for model, side in (
        (PairingCorrection, "older_"),
        (PairingCorrection, "newer_"),
        (RejectedSuggestion, ""),
    ):
        rows = model._default_manager.filter(**{f"{side}{old}": before.pk})
        rows.update(**{f"{side}{old}": None, f"{side}{new}": after.pk})
    if isinstance(before, TrackedItem) and isinstance(after, TrackedItem):
        after.also_next_step = before.also_next_step
        after.save(update_fields=["also_next_step"])


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
