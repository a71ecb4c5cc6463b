"""What staff make of a draft's items: changed, moved, removed and added, stored in one go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Max

from papers.content import Item
from papers.importing.differences import SectionKey, section_key
from papers.importing.parsed import ParsedPaper
from papers.importing.reviewing import key_of_section, row_key
from papers.importing.rows import ASIDE, carry, drop, items_of, key_of, new_row, set_words
from papers.models import IssuePaper, NextStep, SectionItem
from papers.models.items import PrintedItem, TrackedItem


@dataclass(frozen=True)
class ItemEdit:
    """What became of an item, which carries all but its place and its section already."""

    item: PrintedItem
    key: SectionKey
    position: int
    is_removed: bool = False
    also_next_step: bool = False
    is_changed: bool = False
    is_relevelled: bool = False


@dataclass(frozen=True)
class Addition:
    """An item that staff add. With ``item.span`` it is words of the document, else typed."""

    item: Item
    key: SectionKey


def rearrange(
    paper: IssuePaper, edits: Iterable[ItemEdit], additions: Iterable[Addition]
) -> list[PrintedItem]:
    """Store items changed, moved, removed and added; in the caller's transaction.

    An item takes the place that was typed. One that changes its section without a new place goes
    where the document has it, and so does an addition with words of the document. In a section
    whose order or levels changed, each item ends up at the level at which it is nested: the first
    at level 0, none more than one below the item that it belongs to. Given back are the items
    whose level was lowered so. ValidationError, in words, where what staff state of an item rests
    on one that goes, or that is no longer to be a step.
    """
    placed: dict[SectionKey, list[tuple[tuple[int, int, int], PrintedItem]]] = defaultdict(list)
    floating: list[tuple[SectionKey, PrintedItem]] = []
    changed: list[PrintedItem] = []
    touched: set[SectionKey] = set()
    for edit in edits:
        item, position, before = edit.item, edit.item.position, key_of(edit.item)
        is_moved = edit.key != before
        if edit.is_removed or is_moved or edit.is_relevelled or edit.position != position:
            touched |= {before, edit.key}
        if edit.is_removed:
            drop(item)
            continue
        if is_moved:
            item = _moved(item, edit.key)
        if isinstance(item, TrackedItem) and item.also_next_step != edit.also_next_step:
            item.also_next_step = edit.also_next_step
            item.clean()
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
        floating.append((addition.key, _add(paper, addition)))
        touched.add(addition.key)
    for item in changed:
        item.mark_edited(paper.source_text)
        # Not the position: the rows around it may have closed ranks since it was read.
        of_its_kind = ["also_next_step"] if isinstance(item, TrackedItem) else []
        if isinstance(item, NextStep):
            of_its_kind = ["owner", "due_words"]
        item.save(update_fields=["text", "level", "links", "is_edited", *of_its_kind])
    orders = {
        key: [item for _, item in sorted(rows, key=lambda pair: pair[0])]
        for key, rows in placed.items()
    }
    for key, item in floating:
        _float(orders.setdefault(key, []), item)
    _renumber(orders)
    lowered = [item for key in touched for item in _nested(orders.get(key, []))]
    for item in lowered:
        item.save(update_fields=["level"])
    paper.complete_sections()
    return lowered


def drop_unprinted_sections(paper: IssuePaper, parsed: ParsedPaper) -> None:
    """Sections that staff emptied again go, unless the document prints them."""
    printed = {section_key(section) for section in parsed.content.sections}
    used = {key_of(item) for item in items_of(paper)}
    for row in paper.sections.all():
        if not row.remark and key_of_section(row) not in printed | used:
            row.delete()


def _moved(item: PrintedItem, key: SectionKey) -> PrintedItem:
    """The row of an item in another section, at its end; what was read and said stays with it."""
    row = new_row(item.paper, key)  # type: ignore[attr-defined]
    for field in ("level", "marker", "text", "links", "span_start", "span_end", "is_edited"):
        setattr(row, field, getattr(item, field))
    _appended(row)
    carry(item, row)
    drop(item)
    return row


def _add(paper: IssuePaper, addition: Addition) -> PrintedItem:
    row = new_row(paper, addition.key)
    set_words(row, addition.item)
    row.mark_edited(paper.source_text)
    return _appended(row)


def _appended(row: PrintedItem) -> PrintedItem:
    rows: Any = type(row)._default_manager.filter(paper=row.paper)  # type: ignore[attr-defined, misc]
    if isinstance(row, SectionItem):
        rows = rows.filter(section=row.section, heading=row.heading)
    row.position = (rows.aggregate(last=Max("position"))["last"] or 0) + 1
    row.full_clean()
    row.save()
    return row


def _nested(order: Iterable[PrintedItem]) -> list[PrintedItem]:
    """Give items the level at which a page nests them; those of which it changed."""
    path: list[int] = []
    changed = []
    for item in order:
        while path and path[-1] >= item.level:
            path.pop()
        path.append(item.level)
        if item.level != len(path) - 1:
            item.level = len(path) - 1
            changed.append(item)
    return changed


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
