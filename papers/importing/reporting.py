"""What became of a file, for a terminal and for scripts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from papers.content import Item, PaperContent, SectionKind
from papers.importing.drafts import Outcome
from papers.importing.findings import Weight
from papers.importing.judging import Judgement
from papers.models import ImportedFile

Status = ImportedFile.Status

# What becomes of files, in the order in which it is told: (its key, said of one, said of more).
PUBLISHED, DELETED = "published", "deleted"
_COUNTED = (
    (PUBLISHED, "published", "published"),
    (Status.DRAFT, "stored as a draft", "stored as drafts"),
    (Status.REVISION, "proposed as a revision", "proposed as revisions"),
    (Status.BLOCKED, "waiting for the record", "waiting for the record"),
    (Status.SAME, "stored already", "stored already"),
    (Status.APPLIED, "revision taken over", "revisions taken over"),
    (Status.REJECTED, "revision not taken over", "revisions not taken over"),
    (DELETED, "deleted as a draft", "deleted as drafts"),
    (Status.DISCARDED, "discarded", "discarded"),
    (Status.FAILED, "not imported", "not imported"),
)


def told(counts: Mapping[str, int]) -> str:
    """What became of files, each once: "3 stored as drafts, 1 not imported"."""
    return ", ".join(
        f"{counts[key]} {one if counts[key] == 1 else more}"
        for key, one, more in _COUNTED
        if counts.get(key)
    )


def line(outcome: Outcome) -> str:
    """One line: what became of it, the file, the paper, sentences placed, findings."""
    reading, judgement = outcome.reading, outcome.judgement
    word = "published" if outcome.is_published else outcome.status
    begin = f"{word:<9}  "
    if outcome.problem:
        return begin + outcome.sentence
    parts = [f"{reading.placed} of {reading.sentences} sentences placed"]
    if judgement:
        parts = [_paper(outcome, judgement), *parts]
        count = len(judgement.findings)
        parts.append(f"{count or 'no'} finding{'' if count == 1 else 's'}")
    said = begin + f"{reading.name}  " + ", ".join(parts)
    if outcome.status == Status.BLOCKED and judgement:
        blocking = [each.words for each in judgement.findings if each.weight is Weight.BLOCKS]
        said += f". {' '.join(blocking)}"
    elif outcome.status == Status.REVISION and judgement:
        said += f". Beside the stored paper: {judgement.difference}."
    elif outcome.sentence:
        said += f". {outcome.sentence}"
    return said


def _paper(outcome: Outcome, judgement: Judgement) -> str:
    resolution, parsed = judgement.resolution, outcome.reading.parsed
    group = resolution.group.name if resolution.group else judgement.fitted.content.group
    month = resolution.meeting.name if resolution.meeting else ""
    if not month and parsed:
        month = parsed.meeting_as_printed
    return ", ".join(words for words in (group, month) if words) or "no name"


def as_json(outcome: Outcome) -> dict[str, Any]:
    """The keys that scripts go by. None where the paper has no such thing; names as printed."""
    reading, judgement = outcome.reading, outcome.judgement
    if outcome.problem:
        return {
            "file": reading.name,
            "error": outcome.problem.code,
            "sentence": outcome.sentence,
        }
    if judgement is None or reading.parsed is None:
        raise ValueError("An outcome without a problem has what was read.")
    printed, content = reading.parsed.content, judgement.fitted.content
    meeting = reading.parsed.meeting
    return {
        "file": reading.name,
        "working_group": printed.group or None,
        "subcommittee": printed.subcommittee or None,
        "meeting": f"{meeting[0]:04}-{meeting[1]:02}" if meeting else None,
        "pub_number": printed.pub_number or None,
        "action_required": printed.action_required or None,
        "submitted_by": printed.submitted_by or None,
        "submitter_office": printed.submitter_office or None,
        "dated": printed.dated.isoformat() if printed.dated else None,
        "background": _items(content, SectionKind.BACKGROUND),
        "issue": _items(content, SectionKind.ISSUE),
        "status_items": _items(content, SectionKind.CURRENT_STATUS),
        "next_steps": _items(content, SectionKind.NEXT_STEPS),
        "other_sections": [
            {"heading": section.heading, "items": [_item(item) for item in section.items]}
            for section in content.sections
            if section.kind is SectionKind.OTHER
        ],
        "links": [
            {"text": link.text, "target": link.target}
            for section in content.sections
            for item in section.items
            for link in item.links
        ],
        "findings": [finding.full_code for finding in judgement.findings],
        "resolves_to": judgement.resolution.names,
        "placed": reading.placed,
        "sentences": reading.sentences,
    }


def _items(content: PaperContent, kind: SectionKind) -> list[dict[str, Any]] | None:
    section = content.section(kind)
    return None if section is None else [_item(item) for item in section.items]


def _item(item: Item) -> dict[str, Any]:
    return {"text": item.text, "level": item.level}
