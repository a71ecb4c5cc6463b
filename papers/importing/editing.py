"""What staff do to a draft beside its document: items change places."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet

from papers.content import SectionKind
from papers.importing.rows import ASIDE
from papers.models import IssuePaper, NextStep, SectionItem, StatusItem
from papers.models.items import PrintedItem


@transaction.atomic
def move_item(
    item: PrintedItem, kind: SectionKind, heading: str = "", position: int | None = None
) -> PrintedItem:
    """Put an item into another section, or elsewhere in its own; its new row.

    ``heading`` names an other section. ``position`` counts from 1; None means the end. Text, level
    and span stay. Raises ValidationError where the place does not exist.
    """
    paper = item.paper  # type: ignore[attr-defined]
    moved = _row_for(paper, kind, heading)
    for field in ("level", "marker", "text", "links", "span_start", "span_end", "is_edited"):
        setattr(moved, field, getattr(item, field))
    siblings = _siblings(item)
    item.delete()
    _close_ranks(siblings)
    _insert(moved, position)
    paper.complete_sections()
    return moved


def _row_for(paper: IssuePaper, kind: SectionKind, heading: str) -> PrintedItem:
    if kind is SectionKind.CURRENT_STATUS:
        return StatusItem(paper=paper)
    if kind is SectionKind.NEXT_STEPS:
        return NextStep(paper=paper)
    if kind is not SectionKind.OTHER:
        return SectionItem(paper=paper, section=kind.value)
    if not heading:
        raise ValidationError("Another section is named by its heading.")
    return SectionItem(paper=paper, section=kind.value, heading=heading)


def _siblings(item: PrintedItem) -> QuerySet[Any]:
    rows: QuerySet[Any] = type(item)._default_manager.filter(
        paper=item.paper  # type: ignore[attr-defined, misc]
    )
    if isinstance(item, SectionItem):
        return rows.filter(section=item.section, heading=item.heading)
    return rows


def _insert(item: PrintedItem, position: int | None) -> None:
    siblings = _siblings(item)
    count = siblings.count()
    item.position = count + 1 if position is None else position
    if not 1 <= item.position <= count + 1:
        raise ValidationError(f"The section has {count} items: choose a place up to {count + 1}.")
    behind = siblings.filter(position__gte=item.position)
    behind.update(position=F("position") + ASIDE)
    item.full_clean()
    item.save()
    siblings.filter(position__gt=ASIDE).update(position=F("position") - ASIDE + 1)


def _close_ranks(siblings: QuerySet[Any]) -> None:
    """Positions 1, 2, 3, ... again after one left."""
    for position, (key, now) in enumerate(siblings.values_list("pk", "position"), start=1):
        if now != position:
            siblings.filter(pk=key).update(position=position)
