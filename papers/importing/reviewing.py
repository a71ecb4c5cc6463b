"""A draft beside its document: what staff see of both, and what they make of it.

``Review`` is one look at a draft; ``papers.importing.arranging`` stores what became of its items,
and ``renew_findings`` lets the findings follow. All of a save belongs in one transaction.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from papers.content import (
    SECTION_LABELS,
    SECTION_LETTERS,
    Item,
    PaperContent,
    Section,
    SectionKind,
    item_numbers,
)
from papers.importing.differences import SectionKey, section_key
from papers.importing.drafts import write_findings
from papers.importing.findings import Finding
from papers.importing.fitting import FIELDS, Fitted, fitted
from papers.importing.judging import Judgement
from papers.importing.lines import (
    FIELD_LABELS,
    Home,
    LineKind,
    Reading,
    read_lines,
    section_label,
)
from papers.importing.parsed import ParsedPaper
from papers.importing.record_findings import merge_findings, resolve
from papers.importing.rows import items_of, key_of
from papers.models import (
    ImportedFile,
    ImportFinding,
    IssuePaper,
    NextStep,
    PaperSection,
    StatusItem,
)
from papers.models.items import PrintedItem

MAX_DETAIL = 300
# Names of placements -> the fields of a paper that hold the words. A paper always has a meeting.
FIELDS_OF = {
    "working_group": ("group_as_printed",),
    "subcommittee": ("subcommittee_as_printed",),
    "meeting": ("meeting_id",),
    "pub_number": ("pub_number",),
    "action_required": ("action_required",),
    "office": ("office_line",),
    "submitted_by": ("submitted_by", "submitter_office"),
    "dated": ("dated_on", "dated_as_printed"),
}
# Names of placements -> the fields of what was read that have their words. The others hold values:
# a number or a date that staff set right still is the one that the line prints.
WORDS_OF = {
    "working_group": ("group",),
    "subcommittee": ("subcommittee",),
    "action_required": ("action_required",),
    "office": ("office",),
    "submitted_by": ("submitted_by", "submitter_office"),
}
SECTIONS_OF = {
    "background": SectionKind.BACKGROUND,
    "issue": SectionKind.ISSUE,
    "current_status": SectionKind.CURRENT_STATUS,
    "next_steps": SectionKind.NEXT_STEPS,
}


@dataclass(frozen=True)
class ReviewSection:
    """A section of the record with its items, each with the number by which it is cited."""

    key: SectionKey
    heading: str
    row: PaperSection | None
    items: list[tuple[str, PrintedItem]] = field(default_factory=list)

    @property
    def label(self) -> str:
        """Its name for staff: the usual one, or the heading of another section."""
        kind, heading = self.key
        return heading if kind is SectionKind.OTHER else SECTION_LABELS[kind]


class Review:
    """One look at a draft and its document (6 queries). Usual sections are there even if absent."""

    def __init__(self, imported: ImportedFile, paper: IssuePaper) -> None:
        parsed = imported.parsed_paper()
        if parsed is None:
            raise ValueError(f"Nothing that was read from {imported} is kept.")
        self.imported = imported
        self.paper = paper
        self.parsed: ParsedPaper = parsed
        self.rows = list(paper.sections.all())
        self.items = items_of(paper)
        self.findings: list[ImportFinding] = list(imported.findings.select_related("settled_by"))
        # The same until somebody changes draft or findings: whoever saves says what they saw.
        # Taken at once: a form that is filled changes the rows.
        self.edition = self._edition()

    @cached_property
    def sections(self) -> list[ReviewSection]:
        """In the usual order, other sections in the order of the page."""
        of_key: dict[SectionKey, list[PrintedItem]] = defaultdict(list)
        for item in self.items:
            of_key[key_of(item)].append(item)
        rows = {(SectionKind(row.kind), row.key[1]): row for row in self.rows}
        usual = [(kind, "") for kind in SECTIONS_OF.values()]
        others = [key for key in rows if key not in usual]
        sections, counted = [], 0
        for key in [*usual, *others, *(key for key in of_key if key not in rows and key[1])]:
            items, row = of_key.get(key, []), rows.get(key)
            levels = [item.level for item in items]
            numbers = list(item_numbers(SECTION_LETTERS[key[0]], levels))
            if key[0] is SectionKind.OTHER:
                # Counted through, so that no number stands twice.
                numbers = [_later(number, counted) for number in numbers]
                counted += sum(level == 0 for level in levels)
            pairs = list(zip(numbers, items, strict=True))
            sections.append(ReviewSection(key, row.heading if row else "", row, pairs))
        return sections

    @cached_property
    def fitted(self) -> Fitted:
        """What was read, as the record held it at first."""
        return fitted(self.parsed.content)

    @cached_property
    def reading(self) -> Reading:
        """The lines of the document with where they are in the record today."""
        homes = [
            # What was typed, or edited since it was read, need not say all of it any more.
            Home(
                item.span,
                number,
                f"r-{row_key(item)}",
                item.text if item.is_edited or not item.span else None,
            )
            for section in self.sections
            for number, item in section.items
        ]
        remarks = {key_of_section(row): row.remark for row in self.rows}
        homes += _remark_homes(self.parsed, remarks)
        return read_lines(self.parsed, homes, filled_fields(self.paper), self._changed_fields())

    def _changed_fields(self) -> dict[str, tuple[str, str]]:
        """The fields of words that staff changed: as they were read, and as they are."""
        content = self.fitted.content
        changed = {}
        for name, of in WORDS_OF.items():
            read = " ".join(getattr(content, each) for each in of)
            now = " ".join(getattr(self.paper, FIELDS[each]) for each in of)
            if read != now:
                changed[name] = (read, now)
        return changed

    def _edition(self) -> str:
        fields = [field.attname for field in IssuePaper._meta.concrete_fields]
        said: list[Any] = [[getattr(self.paper, name) for name in fields]]
        said += [(row.pk, row.position, row.heading, row.remark) for row in self.rows]
        for item in self.items:
            own = [field.attname for field in item._meta.concrete_fields]
            said.append([getattr(item, name) for name in own])
        said += [(each.full_code, each.span_start, each.settled_at) for each in self.findings]
        return hashlib.sha256(repr(said).encode()).hexdigest()[:32]

    def content(self) -> PaperContent:
        """What the draft says, without another query."""
        of_key: dict[SectionKey, list[Item]] = defaultdict(list)
        for item in self.items:
            of_key[key_of(item)].append(item.as_item())
        return self.paper.content_of(
            Section(
                SectionKind(row.kind), row.heading, tuple(of_key[key_of_section(row)]), row.remark
            )
            for row in self.rows
        )


def content_reading(parsed: ParsedPaper) -> Reading:
    """The lines of a document of which no draft is stored: where they would go."""
    homes = []
    for section in parsed.content.sections:
        numbers = item_numbers(
            SECTION_LETTERS[section.kind], (item.level for item in section.items)
        )
        for number, item in zip(numbers, section.items, strict=True):
            if item.span:
                homes.append(Home(item.span, number, ""))
    return read_lines(parsed, [*homes, *_remark_homes(parsed)], FIELD_LABELS)


def _remark_homes(
    parsed: ParsedPaper, remarks: Mapping[SectionKey, str] | None = None
) -> Iterator[Home]:
    """The words in place of items: where they were read, and what ``remarks`` says there now."""
    for placement in parsed.placements:
        if placement.where.startswith("remark:"):
            number = int(placement.where.partition(":")[2])
            section = parsed.content.sections[number - 1]
            words = None if remarks is None else remarks.get(section_key(section), "")
            if words != "":
                yield Home(placement.span, section_label(section), f"r-remark-{number}", words)


def row_key(item: PrintedItem) -> str:
    """Names an item on the page and in the form: kind and number of its row."""
    return f"{item._meta.model_name}-{item.pk}"


def filled_fields(paper: IssuePaper) -> set[str]:
    """The fields that have a value, by the names of placements."""
    return {name for name, of in FIELDS_OF.items() if any(getattr(paper, each) for each in of)}


def key_of_section(row: PaperSection) -> SectionKey:
    """The same of a section's own row."""
    return (SectionKind(row.kind), row.key[1])


def _later(number: str, count: int) -> str:
    """X1.2 after three items -> X4.2."""
    first, dot, rest = number[1:].partition(".")
    return f"{number[0]}{int(first) + count}{dot}{rest}"


# Findings --------------------------------------------------------------------------------------


def settle_findings(review: Review, settled: Iterable[ImportFinding], user: Any) -> None:
    """Note which findings somebody found right as they stand, and reopen the others."""
    wanted = {each.pk for each in settled}
    for finding in review.findings:
        if finding.pk in wanted and finding.settled_at is None:
            finding.settle(user)
        elif finding.pk not in wanted and finding.settled_at is not None:
            finding.reopen()


def renew_findings(imported: ImportedFile, paper: IssuePaper) -> Review:
    """Let findings and coverage say what holds of the draft as it is now.

    What was settled stays settled; what staff mended goes; what they took out comes.
    """
    review = Review(imported, paper)
    fit = review.fitted
    resolution = resolve(
        replace(review.parsed, content=review.content()), paper.working_group, paper.meeting
    )
    kept = [each for each in (*review.parsed.findings, *fit.findings) if _holds(each, review)]
    number = paper.pub_number
    if number and not number.endswith(f"{paper.meeting.held_on:%m%y}"):
        kept.append(Finding("pub_meeting_mismatch", number))
    lost = [_lost(review, lines) for lines in review.reading.loose]
    findings = merge_findings(resolution.findings, kept, [each for of in lost for each in of])
    write_findings(imported, Judgement(imported.status, fit, resolution, findings))
    imported.placed, imported.sentences = review.reading.placed, review.reading.sentences
    imported.save(update_fields=["placed", "sentences"])
    review.findings = list(imported.findings.select_related("settled_by"))
    return review


def _lost(review: Review, lines: Sequence[Any]) -> list[Finding]:
    places = [each for each in review.parsed.placements if each.span == lines[0].stretch]
    page, line = (places[0].page, places[0].line) if places else (0, 0)
    return [Finding("not_placed", _cut(each.text), "", each.span, page, line) for each in lines]


def _holds(finding: Finding, review: Review) -> bool:
    """Whether what the parser found is still so. What the record finds is looked up anew."""
    paper, code, subject = review.paper, finding.code, finding.subject
    if code == "not_placed":
        # With a place, the lines say whether it is so.
        words = finding.detail.rstrip("…")
        held = (LineKind.HEADING,)
        return not finding.span and not any(
            words in line.text for line in review.reading.lines if line.kind not in held
        )
    if code == "missing":
        if subject in SECTIONS_OF:
            return not any(key_of(item)[0] is SECTIONS_OF[subject] for item in review.items)
        return subject not in filled_fields(paper)
    if code == "possible_next_step_in_status":
        return any(
            isinstance(item, StatusItem) and not item.also_next_step
            for item in _items_with(review, finding)
        )
    if code == "possible_status_in_next_steps":
        return any(isinstance(item, NextStep) for item in _items_with(review, finding))
    if code == "unknown_section":
        return any(row.kind == SectionKind.OTHER and row.heading == subject for row in review.rows)
    if code == "multiple_submitters":
        return ";" in paper.submitted_by
    return code not in ("dated_after_meeting", "pub_meeting_mismatch")


def _items_with(review: Review, finding: Finding) -> list[PrintedItem]:
    """The items in which the sentence of a finding still stands."""
    lines = review.reading.overlapping(finding.span)
    anchors = {anchor for line in lines for _, anchor in line.homes}
    return [item for item in review.items if f"r-{row_key(item)}" in anchors]


def _cut(words: str) -> str:
    return words if len(words) <= MAX_DETAIL else f"{words[: MAX_DETAIL - 1]}…"
