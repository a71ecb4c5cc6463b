"""Document -> ParsedPaper: fields, sections and items, each with its place, and findings.

Pure: standard library only. Three rules are kept throughout: no part is invented, no printed word
is dropped, and no text changes its section. What has no home becomes a ``not_placed`` finding.
"""

from __future__ import annotations

import re
from datetime import date

from papers.content import (
    MAX_LEVEL,
    Item,
    PaperContent,
    Section,
    SectionKind,
    plain_words,
    says_the_same,
)
from papers.importing.body import Body
from papers.importing.dates import find_day
from papers.importing.document import Block, BlockKind, Document
from papers.importing.errors import ImportProblem
from papers.importing.findings import Finding
from papers.importing.opensection import OpenSection
from papers.importing.parsed import ParsedPaper, Placement
from papers.importing.pieces import Piece
from papers.importing.remarks import is_remark
from papers.importing.sentences import sentence_spans
from papers.importing.signoff import Submitters, date_words, submitters
from papers.importing.tense import future_sentence, past_sentence
from papers.importing.titletokens import Kind
from workgroups.cleaning import shows_something

# Positions of items and findings are counted in 15 bits where they are stored.
MAX_PARTS = 30_000
MAX_DETAIL = 300
MAX_SUBMITTED = 300
MAX_DATE = 60
_WORD = re.compile(r"\w")

SECTION_NAMES = {
    SectionKind.BACKGROUND: "background",
    SectionKind.ISSUE: "issue",
    SectionKind.CURRENT_STATUS: "current_status",
    SectionKind.NEXT_STEPS: "next_steps",
}
SECTION_TITLES = {kind: kind.value.replace("-", " ").title() for kind in SECTION_NAMES}
# The fields whose absence staff are told. Not the office: papers with one title block have none,
# and no page misses it.
WANTED_FIELDS = {
    "working_group": "working group",
    "subcommittee": "subcommittee",
    "meeting": "month of the meeting",
    "pub_number": "Pub#",
    "action_required": "“Action Required”",
    "submitted_by": "“Submitted by”",
    "dated": "date",
}


def parse(document: Document) -> ParsedPaper:
    """One issue paper from one document.

    Raises ImportProblem("not_an_issue_paper"), ("several_papers") or ("too_long"). A paper without
    any heading keeps none: its sentences are ``not_placed`` findings until a person gives them a
    section, because whether "The group remained on hiatus." is its status is for a person to say.
    """
    body = Body(document)
    if not body.can_be_a_paper():
        raise ImportProblem("not_an_issue_paper")
    body.read()
    _check_kind(body)
    return _Assembly(document, body).paper()


def _check_kind(body: Body) -> None:
    """Whether this is one paper of this committee, by its title and its headings."""
    seen = body.title.seen
    committee, group = Kind.COMMITTEE in seen, Kind.GROUP in seen
    is_titled = Kind.PAPER in seen and (committee or group or bool(body.usual_headings))
    is_shaped = (committee or group) and len(body.usual_headings) >= 2
    is_other = Kind.OTHER_PAPER in seen and Kind.PAPER not in seen
    is_others = Kind.OTHER_COMMITTEE in seen and not committee
    if is_other or is_others or not (is_titled or is_shaped):
        raise ImportProblem("not_an_issue_paper")
    if body.other_titles:
        raise ImportProblem("several_papers", detail=f"{body.other_titles + 1} title blocks")
    parts = len(body.places) + len(body.title.places)
    if parts + sum(len(section.pieces) for section in body.sections) > MAX_PARTS:
        raise ImportProblem("too_long")


class _Assembly:
    """What was found, put together: content, placements in the order of the text, findings."""

    def __init__(self, document: Document, body: Body) -> None:
        self.document = document
        self.body = body
        self.findings: list[Finding] = []
        self.placements: list[Placement] = []
        self.values: dict[str, str] = {}

    def paper(self) -> ParsedPaper:
        for place in [*self.body.title.places, *self.body.places]:
            self._place(place.piece, place.where)
        for mark in self.body.title.marks.values():
            self._note("marked", mark)
        sections = tuple(
            self._section(number, section) for number, section in enumerate(self.body.sections, 1)
        )
        dated_words, dated = self._dated()
        names, office = self._submitted()
        # A label before nothing that can be seen gives no value.
        given = self.body.title.values.items()
        values = self.values = {name: said for name, said in given if shows_something(said)}
        content = PaperContent(
            group=values.get("working_group", ""),
            subcommittee=values.get("subcommittee", ""),
            pub_number=values.get("pub_number", ""),
            action_required=values.get("action_required", ""),
            office=values.get("office", ""),
            submitted_by="; ".join(names),
            submitter_office=office,
            dated=dated,
            sections=sections,
        )
        self._absences(content)
        self._months(content)
        self._sweep()
        return ParsedPaper(
            content=content,
            text=self.document.text,
            format=self.document.format,
            pages=self.document.pages,
            meeting=self.body.title.month,
            meeting_as_printed=values.get("meeting", ""),
            dated_as_printed=dated_words,
            placements=tuple(self.placements),
            findings=tuple(self._in_order()),
        )

    def _place(self, piece: Piece, where: str) -> None:
        if not piece.raw:
            return
        # The number of a heading and the bullet before a field are part of its line.
        span = (self._with_marker(piece.block, piece.span), piece.span[1])
        self.placements.append(Placement(span, where, piece.page, piece.line))
        if where == "not_placed":
            self._not_placed(piece, span[0])

    def _sweep(self) -> None:
        """Words that no step has claimed become findings, so that none can be lost."""
        self.placements.sort(key=lambda each: each.span)
        markers = {block.span[0]: block.marker for block in self.document.blocks if block.marker}
        end, last = 0, len(self.document.text)
        for placement in [*self.placements, Placement((last, last), "")]:
            start = placement.span[0]
            between = self.document.text[end:start] if start > end else ""
            if _WORD.search(between):
                words = between.strip()
                begin = end + between.index(words)
                if plain_words(words) != plain_words(markers.get(start, "")):
                    span = (begin, begin + len(words))
                    cut = words if len(words) <= MAX_DETAIL else f"{words[: MAX_DETAIL - 1]}…"
                    where = (placement.page, placement.line)
                    self.placements.append(Placement(span, "not_placed", *where))
                    self.findings.append(Finding("not_placed", cut, "", span, *where))
            end = max(end, placement.span[1])
        self.placements.sort(key=lambda each: each.span)

    def _with_marker(self, block: Block, span: tuple[int, int]) -> int:
        if not block.marker or span[0] != block.span[0]:
            return span[0]
        at = self.document.text.rfind(
            block.marker.split()[0], max(0, span[0] - len(block.marker) - 8), span[0]
        )
        return at if at >= 0 else span[0]

    def _not_placed(self, piece: Piece, begin: int) -> None:
        """A finding a sentence; the first takes the bullet along."""
        for start, end in sentence_spans(piece.raw):
            sentence = piece.sub(start, end)
            self._note("not_placed", sentence, begin=None if start else begin)

    def _note(
        self, code: str, piece: Piece, detail: str = "", subject: str = "", begin: int | None = None
    ) -> None:
        if len(self.findings) > MAX_PARTS:
            raise ImportProblem("too_long")
        start, end = piece.span
        span = (start if begin is None else begin, end)
        words = detail or piece.text
        words = words if len(words) <= MAX_DETAIL else f"{words[: MAX_DETAIL - 1]}…"
        self.findings.append(Finding(code, words, subject, span, piece.page, piece.line))

    def _section(self, number: int, section: OpenSection) -> Section:
        heading = section.heading
        for piece in section.heading_pieces:
            self._place(piece, f"heading:{number}")
        if heading.kind is SectionKind.OTHER:
            self._note("unknown_section", section.heading_pieces[0], heading.words, heading.words)
        for piece in section.divided_by:
            self._note("heading_as_item", piece)
        pieces = section.pieces
        if len(pieces) == 1 and is_remark(pieces[0].text):
            self._place(pieces[0], f"remark:{number}")
            return Section(heading.kind, heading.words, remark=pieces[0].text)
        items: list[Item] = []
        lead, is_led = 0, False
        for nth, piece in enumerate(pieces, 1):
            # A list that a paragraph ending in a colon leads into stands one level below it, and
            # does so already where the document sets it off.
            if piece.block.kind is not BlockKind.LIST_ITEM:
                lead, is_led = 0, piece.text.endswith((":", "："))
            elif is_led:
                lead, is_led = max(0, 1 - piece.block.level), False
            items.append(_item(piece, lead))
            where = f"item:{number}:{nth}"
            self.placements.append(Placement(piece.span, where, piece.page, piece.line))
            self._tense(heading.kind, piece)
        return Section(heading.kind, heading.words, tuple(items))

    def _tense(self, kind: SectionKind, piece: Piece) -> None:
        if kind is SectionKind.CURRENT_STATUS:
            code, found = "possible_next_step_in_status", future_sentence(piece.raw)
        elif kind is SectionKind.NEXT_STEPS:
            code, found = "possible_status_in_next_steps", past_sentence(piece.raw)
        else:
            return
        if found:
            self._note(code, piece.sub(*found))

    def _submitted(self) -> tuple[list[str], str]:
        """Names and offices; a longer stretch than a record's field holds is no name."""
        pieces = self.body.labelled.submitted
        is_long = sum(len(piece.raw) for piece in pieces) > 4 * MAX_SUBMITTED
        lines = [line.text for piece in pieces for line in piece.lines()]
        found = Submitters() if is_long else submitters("\n".join(lines))
        names = list(filter(shows_something, found.names))
        office = "; ".join(filter(shows_something, found.offices))
        if is_long or max(len("; ".join(names)), len(office)) > MAX_SUBMITTED:
            for piece in self.body.labelled.submitted_lines:
                self._place(piece, "not_placed")
            return [], ""
        for piece in self.body.labelled.submitted_lines:
            self._place(piece, "submitted_by")
        if len(names) > 1:
            self._note("multiple_submitters", pieces[0], "; ".join(names))
        return names, office

    def _dated(self) -> tuple[str, date | None]:
        lines = self.body.labelled.dated
        words = " ".join(said for line in lines if (said := date_words(line)[0]))
        where = "dated" if len(words) <= MAX_DATE else "not_placed"
        for line in lines:
            self._place(line, where)
        if where == "not_placed":
            return "", None
        found = find_day(words)
        return words, found.day if found else None

    def _absences(self, content: PaperContent) -> None:
        values = dict(self.values)
        if content.submitted_by:
            values["submitted_by"] = content.submitted_by
        if content.dated:
            values["dated"] = content.dated.isoformat()
        absent = {name: words for name, words in WANTED_FIELDS.items() if name not in values}
        for kind in content.absent_sections:
            absent[SECTION_NAMES[kind]] = f"“{SECTION_TITLES[kind]}” section"
        for subject, words in absent.items():
            self.findings.append(Finding("missing", words, subject))

    def _months(self, content: PaperContent) -> None:
        month = self.body.title.month
        if month is None:
            return
        number = content.pub_number
        printed = f"{month[1]:02}{month[0] % 100:02}"
        if number and not number.endswith(printed):
            self.findings.append(Finding("pub_meeting_mismatch", number))
        if content.dated and (content.dated.year, content.dated.month) > month:
            self.findings.append(Finding("dated_after_meeting", f"{content.dated:%B %Y}"))

    def _in_order(self) -> list[Finding]:
        """First what is about the whole paper, then in the order of the page; none twice."""
        whole = [finding for finding in self.findings if finding.span is None]
        placed = [finding for finding in self.findings if finding.span is not None]
        return whole + sorted(placed, key=lambda each: each.span or (0, 0))


def _item(piece: Piece, lead: int) -> Item:
    block = piece.block
    text = piece.text
    if block.kind is BlockKind.TABLE_ROW and len(block.cells) > 1 and piece.is_whole:
        # A row is one item, its cells divided by a bar, where the text of the document has one.
        joined = " | ".join(" ".join(cell.split()) for cell in block.cells)
        printed = piece.document.text[piece.span[0] : piece.span[1]]
        text = joined if says_the_same(joined, printed) else text
    is_list = block.kind is BlockKind.LIST_ITEM
    return Item(
        text=text,
        level=min(max(block.level, 0) + lead, MAX_LEVEL) if is_list else 0,
        marker=block.marker if is_list and piece.start == 0 else "",
        links=piece.links,
        span=piece.span,
    )
