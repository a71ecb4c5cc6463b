"""What staff make of a draft's items: changed, moved, removed and added, stored in one go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from papers.content import Item, SectionKind
from papers.importing.differences import section_key
from papers.importing.editing import move_item
from papers.importing.parsed import ParsedPaper
from papers.importing.reviewing import SectionKey, key_of, key_of_section, row_key
from papers.importing.rows import ASIDE
from papers.models import IssuePaper, NextStep, SectionItem, StatusItem
from papers.models.items import PrintedItem, TrackedItem


@dataclass(frozen=True)
class ItemEdit:
    """What became of an item, which carries its new words already."""

    item: PrintedItem
    key: SectionKey
    position: int
    is_removed: bool = False
    also_next_step: bool = False
    is_changed: bool = False


@dataclass(frozen=True)
class Addition:
    """An item that staff add. With ``item.span`` it is words of the document, else typed."""

    item: Item
    key: SectionKey
    position: int | None = None


def rearrange(paper: IssuePaper, edits: Iterable[ItemEdit], additions: Iterable[Addition]) -> None:
    """Store items changed, moved, removed and added; in the caller's transaction.

    An item takes the place that was typed. One that changes its section without a new place goes
    where the document has it, and so does an addition with words of the document.
    """
    placed: dict[SectionKey, list[tuple[tuple[int, int, int], PrintedItem]]] = defaultdict(list)
    floating: list[tuple[SectionKey, PrintedItem]] = []
    changed: list[PrintedItem] = []
    for edit in edits:
        item, position = edit.item, edit.item.position
        if edit.is_removed:
            item.delete()
            continue
        is_moved = edit.key != key_of(item)
        if is_moved:
            item = move_item(item, *edit.key)
        if isinstance(item, TrackedItem) and item.also_next_step != edit.also_next_step:
            item.also_next_step = edit.also_next_step
            changed.append(item)
        elif edit.is_changed:
            changed.append(item)
        if is_moved and edit.position == position:
            floating.append((edit.key, item))
        else:
            # Up goes before the row that has the place, down behind it.
            side = -1 if is_moved else (edit.position > position) - (edit.position < position)
            placed[edit.key].append(((edit.position, side, position), item))
    for addition in additions:
        item = _add(paper, addition)
        if addition.position is None:
            floating.append((addition.key, item))
        else:
            placed[addition.key].append(((addition.position, -1, 0), item))
    for item in changed:
        item.mark_edited(paper.source_text)
        # Not the position: the rows around it may have closed ranks since it was read.
        tracked = ["also_next_step"] if isinstance(item, TrackedItem) else []
        item.save(update_fields=["text", "level", "links", "is_edited", *tracked])
    orders = {
        key: [item for _, item in sorted(rows, key=lambda pair: pair[0])]
        for key, rows in placed.items()
    }
    for key, item in floating:
        _float(orders.setdefault(key, []), item)
    _renumber(orders)
    paper.complete_sections()


def drop_unprinted_sections(paper: IssuePaper, parsed: ParsedPaper) -> None:
    """Sections that staff emptied again go, unless the document prints them."""
    printed = {section_key(section) for section in parsed.content.sections}
    used = {key_of(item) for item in _all_items(paper)}
    for row in paper.sections.all():
        if not row.remark and key_of_section(row) not in printed | used:
            row.delete()


def _add(paper: IssuePaper, addition: Addition) -> PrintedItem:
    kind, heading = addition.key
    row: PrintedItem
    if kind is SectionKind.CURRENT_STATUS:
        row = StatusItem(paper=paper)
    elif kind is SectionKind.NEXT_STEPS:
        row = NextStep(paper=paper)
    else:
        row = SectionItem(paper=paper, section=kind.value, heading=heading)
    item = addition.item
    row.text, row.level, row.marker = item.text, item.level, item.marker
    row.links = [{"text": link.text, "target": link.target} for link in item.links]
    row.span_start, row.span_end = item.span or (None, None)
    row.mark_edited(paper.source_text)
    siblings = _siblings(row)
    last = siblings.order_by("-position").values_list("position", flat=True).first()
    row.position = (last or 0) + 1
    row.full_clean()
    row.save()
    return row


def _float(order: list[PrintedItem], item: PrintedItem) -> None:
    """Before the first row that stands later in the document; typed words go to the end."""
    start = item.span_start
    later = (
        index
        for index, other in enumerate(order)
        if start is not None and other.span_start is not None and other.span_start > start
    )
    order.insert(next(later, len(order)), item)


def _renumber(orders: dict[SectionKey, list[PrintedItem]]) -> None:
    """Positions 1, 2, 3, ... in each section; rows that move step aside first."""
    wanted = {
        row_key(item): position
        for order in orders.values()
        for position, item in enumerate(order, start=1)
    }
    of_model: dict[type[PrintedItem], list[PrintedItem]] = defaultdict(list)
    for order in orders.values():
        for item in order:
            of_model[type(item)].append(item)
    for model, items in of_model.items():
        manager = model._default_manager
        rows = manager.filter(pk__in=[item.pk for item in items])
        now = dict(rows.values_list("pk", "position"))
        moving = [item for item in items if now[item.pk] != wanted[row_key(item)]]
        manager.filter(pk__in=[item.pk for item in moving]).update(position=F("position") + ASIDE)
        for item in moving:
            item.position = wanted[row_key(item)]
        manager.bulk_update(moving, ["position"])


def _siblings(item: PrintedItem) -> Any:
    rows: Any = type(item)._default_manager.filter(paper=item.paper)  # type: ignore[attr-defined, misc]
    if isinstance(item, SectionItem):
        return rows.filter(section=item.section, heading=item.heading)
    return rows


def _all_items(paper: IssuePaper) -> list[PrintedItem]:
    return [*paper.section_items.all(), *paper.status_items.all(), *paper.next_steps.all()]
