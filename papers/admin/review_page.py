"""What the review of a draft shows: lines, findings, fields and items, ready to be printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from django.http import QueryDict

from papers.admin.review_forms import ItemForm, ReviewForms
from papers.admin.review_merging import Merged, remembered
from papers.content import SectionKind
from papers.importing.findings import Finding, Weight
from papers.importing.lines import (
    SIGNATURE,
    TITLE_BLOCK,
    Line,
    LineKind,
    Reading,
    one_line,
)
from papers.importing.reviewing import ReviewSection
from papers.models import ImportedFile, ImportFinding
from papers.words import word_diff

MAX_SQUARES = 200
SQUARES_A_ROW = 40
PITCH = 14
WEIGHT_WORDS = {
    Weight.BLOCKS: "Stands in the way of publishing",
    Weight.NOD: "To check",
    Weight.INFO: "For information",
}
# How much of a document is shown beside its record; of a longer one the rest is told (S39).
DOCUMENT_BYTES = 150_000
LINE_BYTES = 200  # What stands around the words of a line.
# Of findings that say of a sentence that it has no place; all of them stand in the record's forms.
MAX_UNPLACED = 50
# Parts of a paper that no heading of its own announces.
UNPRINTED = (TITLE_BLOCK, SIGNATURE)
# Fields of the paper's form -> the field of the document in which their words were found.
PLACES = {
    "working_group": "working_group",
    "meeting": "meeting",
    "group_as_printed": "working_group",
    "subcommittee_as_printed": "subcommittee",
    "pub_number": "pub_number",
    "office_line": "office",
    "action_required": "action_required",
    "submitted_by": "submitted_by",
    "submitter_office": "submitted_by",
    "dated_on": "dated",
    "dated_as_printed": "dated",
}
# The field to which the lines lead.
ANCHORS = {
    "working_group": "working_group",
    "meeting": "meeting",
    "subcommittee_as_printed": "subcommittee",
    "pub_number": "pub_number",
    "office_line": "office",
    "action_required": "action_required",
    "submitted_by": "submitted_by",
    "dated_on": "dated",
}
SECTION_ANCHORS = {
    "background": "s-background",
    "issue": "s-issue",
    "current_status": "s-current-status",
    "next_steps": "s-next-steps",
}


@dataclass(frozen=True)
class LinePair:
    """The first and last of some lines, as a link says it: "line 4", "lines 4 to 6"."""

    first: Line
    last: Line

    @property
    def words(self) -> str:
        if self.first.number == self.last.number:
            return f"line {self.first.number}"
        return f"lines {self.first.number} to {self.last.number}"

    @property
    def anchor(self) -> str:
        return self.first.anchor


def pair_of(lines: Sequence[Line]) -> LinePair | None:
    """None where there are none."""
    return LinePair(lines[0], lines[-1]) if lines else None


# The document ----------------------------------------------------------------------------------


def document(reading: Reading, findings: Iterable[ImportFinding]) -> dict[str, Any]:
    """The lines with the words on each that somebody should look at, and the meter."""
    asking: dict[int, list[str]] = {}
    for finding in findings:
        if finding.is_settled:
            continue
        for line in reading.overlapping(finding.as_finding().span):
            asking.setdefault(line.number, []).append(finding.words)
    rows: list[dict[str, Any]] = []
    part = ""
    shown = _shown(reading.lines)
    for line in reading.lines[:shown]:
        if line.kind is not LineKind.HEADING and line.part != part and line.part in UNPRINTED:
            rows.append({"line": None, "heading": line.part})
        part = line.part
        is_heading = line.kind is LineKind.HEADING
        rows.append(
            {
                "line": None if is_heading else line,
                "heading": line.text if is_heading else "",
                "is_lost": line.kind is LineKind.NOT_PLACED,
                "is_furniture": line.kind is LineKind.FURNITURE,
                "asks": line.number in asking,
            }
        )
    rest = [line for line in reading.lines[shown:] if line.number]
    return {
        "lines": rows,
        "rest": pair_of(rest),
        # Where links into the rest lead: the beginning of each item, field or remark.
        "rest_anchors": [
            line.anchor
            for before, line in zip([None, *rest], rest, strict=False)
            if before is None or before.stretch != line.stretch
        ],
        "reading": reading,
        "meter": meter(reading),
    }


def _shown(lines: Sequence[Line]) -> int:
    """How many lines of a document there is room for."""
    room = DOCUMENT_BYTES
    for count, line in enumerate(lines):
        room -= LINE_BYTES + len(escape(line.text).encode())
        if room < 0:
            return count
    return len(lines)


def meter(reading: Reading) -> dict[str, Any] | None:
    """A square a sentence, in the order of the page; None where there are too many."""
    kept = [
        line.kind is LineKind.RECORD
        for line in reading.lines
        for _ in range(line.counts if line.kind is not LineKind.FURNITURE else 0)
    ]
    if not 0 < len(kept) <= MAX_SQUARES:
        return None
    squares = [
        {"x": index % SQUARES_A_ROW * PITCH, "y": index // SQUARES_A_ROW * PITCH, "kept": is_kept}
        for index, is_kept in enumerate(kept)
    ]
    width = min(len(kept), SQUARES_A_ROW) * PITCH - 2
    height = ((len(kept) - 1) // SQUARES_A_ROW + 1) * PITCH - 2
    return {"squares": squares, "width": width, "height": height}


# Findings --------------------------------------------------------------------------------------


def findings_list(
    findings: Iterable[ImportFinding], reading: Reading, nods: set[str] | None, anchors: bool = True
) -> list[dict[str, Any]]:
    """What asks for something first, in the order in which it was found."""
    rows = []
    for finding in findings:
        place = pair_of(reading.overlapping(finding.as_finding().span))
        rows.append(
            {
                "finding": finding,
                "weight": finding.weight.value,
                "weight_words": WEIGHT_WORDS[finding.weight],
                "place": place,
                "anchor": "" if place or not anchors else _anchor(finding.as_finding()),
                "wants_nod": finding.weight is not Weight.INFO,
                "is_nodded": (
                    finding.settled_at is not None if nods is None else str(finding.pk) in nods
                ),
            }
        )
    order = {Weight.BLOCKS.value: 0, Weight.NOD.value: 1, Weight.INFO.value: 2}
    return sorted(rows, key=lambda row: (row["finding"].is_settled, order[row["weight"]]))


def listed(findings: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The findings to print, and how many sentences without a place are left to say."""
    unplaced = [row for row in findings if row["finding"].code == "not_placed"]
    left = {id(row) for row in unplaced[MAX_UNPLACED:]}
    return {"findings": [row for row in findings if id(row) not in left], "left": len(left)}


def _anchor(finding: Finding) -> str:
    """Where in the record one would act on it."""
    subject = finding.subject
    if subject in SECTION_ANCHORS:
        return SECTION_ANCHORS[subject]
    if subject in ANCHORS.values():
        return f"r-{subject}"
    return {
        "pub_meeting_mismatch": "r-pub_number",
        "dated_after_meeting": "r-dated",
        "unknown_subcommittee": "r-subcommittee",
        "group_on_hiatus": "r-working_group",
        "multiple_submitters": "r-submitted_by",
        "same_as_previous": "s-current-status",
    }.get(finding.code, "")


# A draft ---------------------------------------------------------------------------------------


def draft_page(
    imported: ImportedFile,
    forms: ReviewForms,
    nods: set[str] | None,
    merged: Merged | None = None,
) -> dict[str, Any]:
    """The review of a draft: document, fields, sections, findings.

    ``merged``: what somebody else changed while the form was filled.
    """
    merged = merged or Merged(QueryDict())
    review, reading = forms.review, forms.review.reading
    findings = findings_list(review.findings, reading, nods)
    asking = [row for row in findings if not row["finding"].is_settled]
    return {
        **document(reading, review.findings),
        "imported": imported,
        "paper": review.paper,
        "edition": review.edition,
        "seen": remembered(forms),
        "merged": merged,
        "forms": forms,
        **listed(findings),
        "asking": asking,
        "blocking": [row for row in asking if row["weight"] == Weight.BLOCKS],
        "fields": list(_fields(forms, reading, merged)),
        "sections": [_section(forms, section, reading, merged) for section in review.sections],
        "loose": [{"lines": pair_of(lines), "form": form} for lines, form in forms.loose],
    }


def _fields(forms: ReviewForms, reading: Reading, merged: Merged) -> Iterable[dict[str, Any]]:
    spans: dict[str, list[Line]] = {}
    for placement in sorted(forms.review.parsed.placements, key=lambda each: each.span):
        spans.setdefault(placement.where, []).extend(reading.overlapping(placement.span))
    missing = {
        finding.subject: finding.words
        for finding in forms.review.findings
        if finding.code == "missing" and not finding.is_settled
    }
    for bound in forms.paper:
        name = bound.name
        yield {
            "bound": bound,
            "notes": merged.of([bound.html_name]),
            "anchor": f"r-{ANCHORS[name]}" if name in ANCHORS else "",
            "place": pair_of(spans.get(PLACES[name], [])),
            "missing": missing.get(PLACES[name], "") if name in ANCHORS else "",
        }


def _section(
    forms: ReviewForms, section: ReviewSection, reading: Reading, merged: Merged
) -> dict[str, Any]:
    # The box of an item that reads like a next step stands under Next steps.
    flagged = _flagged(forms, reading)
    below = {row["form"].prefix for row in flagged}
    remark_name = forms.remark_names.get(section.key, "")
    printed = forms.review.parsed.content.sections
    number = next(
        (
            count
            for count, each in enumerate(printed, start=1)
            if each.kind is section.key[0] and each.heading == section.heading
        ),
        0,
    )
    return {
        "label": section.label,
        "anchor": _section_anchor(section),
        "printed": section.heading,
        "is_there": section.row is not None,
        "rows": [_item(form, forms, reading, below, merged) for form in forms.items[section.key]],
        "typed": forms.typed[section.key],
        "remark_name": remark_name,
        "remark": forms.remarks.get(section.key, ""),
        "remark_anchor": f"r-remark-{number}",
        "remark_notes": merged.of([remark_name]),
        "flagged": flagged if section.key[0] is SectionKind.NEXT_STEPS else [],
    }


def _section_anchor(section: ReviewSection) -> str:
    kind, _ = section.key
    is_other = kind is SectionKind.OTHER
    return f"s-other-{section.row.pk}" if is_other and section.row else f"s-{kind.value}"


def _item(
    form: ItemForm, forms: ReviewForms, reading: Reading, below: set[Any], merged: Merged
) -> dict[str, Any]:
    item, notes = form.item, merged.of([bound.html_name for bound in form])
    # Beside a text that two people changed, a third version would only confuse.
    printed = ""
    if item.is_edited and item.span and not notes:
        printed = forms.review.paper.source_text[slice(*item.span)]
    return {
        "form": form,
        "number": form.number,
        "item": item,
        "anchor": f"r-{form.prefix}",
        "place": pair_of(reading.overlapping(item.span)),
        "shows_tracking": "also_next_step" in form.fields and form.prefix not in below,
        "is_step": "owner" in form.fields,
        "edits": word_diff(one_line(printed), item.text) if printed else (),
        "notes": notes,
    }


def _flagged(forms: ReviewForms, reading: Reading) -> list[dict[str, Any]]:
    """Status items that speak of the future, with their sentences and the box to track them."""
    found: dict[str, dict[str, Any]] = {}
    for finding in forms.review.findings:
        if finding.code != "possible_next_step_in_status":
            continue
        span = finding.as_finding().span
        for form in forms.items[(SectionKind.CURRENT_STATUS, "")]:
            own = form.item.span
            if span and own and own[0] < span[1] and span[0] < own[1]:
                row = found.setdefault(str(form.prefix), {"form": form, "sentences": []})
                row["sentences"].append(
                    {"place": pair_of(reading.overlapping(span)), "words": finding.detail}
                )
    return list(found.values())
