"""What the pages show of a file that is no draft: it waits, proposes a revision, or is over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from papers.admin.outcome_forms import ResolveForm, RevisionForm
from papers.admin.review_page import document, findings_list, listed
from papers.content import Item
from papers.importing.differences import ItemChange
from papers.importing.judging import Judgement
from papers.importing.reviewing import content_reading
from papers.importing.revisions import revision_difference
from papers.models import ImportedFile, IssuePaper
from papers.words import Op, Segment, word_diff
from workgroups.dates import long_day
from workgroups.models import WorkingGroup

# How much of what would change is shown; CHANGE_BYTES is what stands around the words of one.
CHANGES_BYTES = 500_000
CHANGE_BYTES = 600


def blocked_page(
    imported: ImportedFile, judgement: Judgement | None, form: ResolveForm
) -> dict[str, Any]:
    """What the document prints, what the record knows, and what comes near."""
    parsed = imported.parsed_paper()
    if parsed is None or judgement is None:
        raise ValueError(f"Nothing that was read from {imported} is kept.")
    reading = content_reading(parsed)
    resolution = judgement.resolution
    groups = {group.slug: group for group in WorkingGroup.objects.order_by("name")}
    near = [groups[slug] for slug in resolution.group_match.suggestions if slug in groups]
    stored = list(imported.findings.select_related("settled_by"))
    return {
        **document(reading, stored),
        "imported": imported,
        "form": form,
        **listed(findings_list(stored, reading, None, anchors=False)),
        "printed_group": parsed.content.group,
        "printed_month": parsed.meeting_as_printed,
        "group": resolution.group,
        "meeting": resolution.meeting,
        "near_groups": near,
        "near_meetings": [long_day(day) for day in resolution.meeting_suggestions],
    }


def revision_page(
    imported: ImportedFile,
    paper: IssuePaper,
    form: RevisionForm,
    edition: str,
    nods: set[str] | None = None,
) -> dict[str, Any]:
    """The stored paper beside the proposed edition; ``nods`` are the boxes that were ticked."""
    parsed = imported.parsed_paper()
    if parsed is None:
        raise ValueError(f"Nothing that was read from {imported} is kept.")
    differs = revision_difference(imported)
    reading = content_reading(parsed)
    stored = list(imported.findings.select_related("settled_by"))
    shown_items = _shown(differs.items)
    # That the paper is there already is what this page is about.
    shown = [each for each in stored if each.code != "duplicate_paper"]
    return {
        **document(reading, shown),
        "imported": imported,
        "paper": paper,
        "edition": edition,
        "form": form,
        "differs": differs,
        "fields": [
            {
                "label": change.label,
                "old": change.old,
                "new": change.new,
                "diff": word_diff(change.old, change.new),
            }
            for change in differs.scalars
        ],
        "section_changes": differs.sections,
        "items": [_changed(change) for change in differs.items[:shown_items]],
        "items_left": len(differs.items) - shown_items,
        **listed(findings_list(shown, reading, nods, anchors=False)),
        "is_decided": imported.status == ImportedFile.Status.REJECTED,
    }


def _shown(changes: Sequence[ItemChange]) -> int:
    """How many changes there is room for beside the document (S39)."""
    room = CHANGES_BYTES
    for count, change in enumerate(changes):
        words = [item.text for item in (change.old, change.new) if item]
        room -= CHANGE_BYTES + sum(len(escape(each).encode()) for each in words)
        if room < 0:
            return count
    return len(changes)


def _changed(change: ItemChange) -> dict[str, Any]:
    old, new = change.old, change.new
    words: tuple[Segment, ...] = word_diff(old.text if old else "", new.text if new else "")
    return {
        "section": change.section,
        "kind": change.kind.value,
        "old": old,
        "new": new,
        "before": [part for part in words if part.op is not Op.ADDED],
        "after": [part for part in words if part.op is not Op.REMOVED],
        "notes": list(_beside_words(old, new)),
    }


def _beside_words(old: Item | None, new: Item | None) -> Iterable[str]:
    """What changed although the words did not."""
    if not old or not new:
        return
    if old.level != new.level:
        yield f"Level {old.level} became level {new.level}."
    if old.links != new.links:
        yield "Its links changed."


def over_page(imported: ImportedFile) -> dict[str, Any]:
    """What became of a file that asks for nothing any more."""
    return {"imported": imported, "paper": imported.paper}
