"""A meeting's brief as data: what changed, what was heard of next steps, who sent no paper.

Fixed sentences, counts and the beginnings of the papers' own words; the same record always gives
the same brief. It tells what was known on the day of its meeting, whatever came later.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from papers.comparison import Change, ChangeKind, Counts
from papers.content import SectionKind
from papers.following import FollowedGroup
from papers.ledger import Row, address_of
from papers.marks import ENDED_MARK, Mark, change_mark, meetings, section_name
from papers.quotes import beginning
from papers.reports import Report, Reports
from papers.threads import Fact, Thread
from workgroups.models import Meeting
from workgroups.reporting import Reporting

# What an item is cut to, so that the papers of twelve groups fit on two printed pages.
LENGTH = 90
STEP_LENGTH = 80
GONE_LENGTH = 60
SENTENCE_LENGTH = 160
# Of one group's changes so many are quoted; the paper's page has all of them.
MOST_LINES = 7
COUNT_WORDS = (
    ("new", "new"),
    ("reworded", "reworded"),
    ("moved", "moved"),
    ("same", "continued"),
    ("gone", "no longer reported"),
)
# The order of changes in a brief, and of the groups without a paper.
ORDER = (ChangeKind.NEW, ChangeKind.REWORDED, ChangeKind.MOVED, ChangeKind.GONE)
WITHOUT_PAPER = (Reporting.REPORTED, Reporting.SILENT, Reporting.HIATUS, Reporting.UNKNOWN)


@dataclass(frozen=True)
class Quote:
    """The beginning of something printed or written, and where all of it stands."""

    text: str
    address: str


@dataclass(frozen=True)
class Line:
    """One line: a label, the quote of an item, remarks, and what shows it where staff state it."""

    label: str
    quote: Quote | None = None
    remarks: Sequence[str] = ()
    shown_by: Quote | None = None
    note: str = ""
    mark: Mark | None = None


@dataclass(frozen=True)
class Block:
    """The lines of one group. ``address`` is its paper's page, else its own."""

    name: str
    address: str
    remarks: Sequence[str] = ()
    lines: Sequence[Line] = ()
    left_out: int = 0


@dataclass(frozen=True)
class Part:
    """A heading with what stands under it; ``sentence`` says what it means."""

    anchor: str
    heading: str
    sentence: str = ""
    blocks: Sequence[Block] = ()


@dataclass(frozen=True)
class Brief:
    """All of it, in printed order. ``summary`` are sentences."""

    meeting: Meeting
    summary: Sequence[str]
    changed: Sequence[Block] = ()
    steps: Sequence[Part] = field(default_factory=list)
    without: Sequence[Part] = field(default_factory=list)

    @property
    def quotes_beginnings(self) -> bool:
        """Whether anything is quoted."""
        return bool(self.changed or self.steps)


@dataclass(frozen=True)
class _Group:
    """One group's report to the meeting with its past; the run ends with the meeting."""

    report: Report
    followed: FollowedGroup
    index: int

    @property
    def is_compared(self) -> bool:
        return self.followed.changes[self.index] is not None

    @property
    def counts(self) -> Counts:
        changes = self.followed.status_changes(self.index)
        return changes.counts if changes else Counts()

    @property
    def address(self) -> str:
        if self.report.paper:
            return self.report.paper.get_absolute_url()
        return self.report.group.get_absolute_url()

    @property
    def rows(self) -> Iterator[Row]:
        for thread in self.followed.ledger.threads:
            yield Row(self.followed, thread, self.report.standing, self.report.meeting.held_on)


def build_brief(
    meeting: Meeting, reports: Reports, followed: Mapping[int, FollowedGroup], state: str = ""
) -> Brief:
    """The brief of one meeting. No query.

    ``followed`` are the groups of the reports through the meetings up to this one, by primary key.
    ``state`` is the only sentence, with the meeting's note, where it did not take place.
    """
    if not meeting.took_place:
        return Brief(meeting, [it for it in (state, meeting.note) if it])
    of_meeting = reports.of_meeting(meeting)
    groups = []
    for report in of_meeting:
        group = followed[report.group.pk]
        index = group.index_of(meeting.held_on)
        if index is not None:
            groups.append(_Group(report, group, index))
    return Brief(
        meeting,
        [*_summary(meeting, groups), *_said_of_all(meeting, reports)],
        [_changes_of(it) for it in groups if it.report.paper],
        [part for part in _steps(groups) if part.blocks],
        [part for part in _without_paper(groups) if part.blocks],
    )


def count_words(counts: Counts) -> str:
    """ "2 new, 1 reworded, 3 continued"; "No change: 3 continued"; zero counts are left out."""
    found = [(getattr(counts, name), words) for name, words in COUNT_WORDS]
    words = ", ".join(f"{count} {words}" for count, words in found if count)
    return f"No change: {words}" if counts == Counts(same=counts.same) and words else words


def _summary(meeting: Meeting, groups: Sequence[_Group]) -> Iterator[str]:
    papers = [it for it in groups if it.report.paper and not it.report.is_summary]
    summaries = sum(it.report.is_summary for it in groups)
    expected = sum(it.report.is_expected for it in groups)
    held = _counted(len(papers), "paper") if papers else "no paper"
    whole = ", all there are" if meeting.record_complete else ""
    also = f" and {_counted(summaries, 'third-party summary')}" if summaries else ""
    yield (
        f"We hold {held} of this meeting{whole}{also}; {_counted(expected, 'group')} could have "
        "reported."
    )
    compared = [it.counts for it in groups if it.is_compared]
    if compared:
        total = Counts(
            **{kind.value: sum(getattr(it, kind.value) for it in compared) for kind in ChangeKind}
        )
        words = count_words(total) or "none"
        yield f"Status items, each paper against its group’s paper before: {words}."


def _counted(number: int, thing: str) -> str:
    if number == 1:
        return f"1 {thing}"
    return f"{number} {thing[:-1]}ies" if thing.endswith("y") else f"{number} {thing}s"


def _said_of_all(meeting: Meeting, reports: Reports) -> Iterator[str]:
    if meeting.note:
        yield meeting.note
    for mention in reports.wider_mentions(meeting):
        whose = f"{mention.subcommittee}: " if mention.subcommittee else ""
        yield f"{whose}{mention.sentence}"


def _changes_of(group: _Group) -> Block:
    """One paper: its counts, then what is new, reworded, moved and gone, outside Next Steps."""
    name, address = group.report.name, group.address
    if group.report.is_summary:
        return Block(name, address, ["Third-party summary: not compared with the papers."])
    changes = group.followed.changes[group.index]
    before = group.followed.index_before(group.index)
    if changes is None or before is None:
        return Block(name, address, ["First paper held: nothing to compare it with."])
    remarks = [count_words(group.counts) or "No status items in either paper"]
    if before < group.index - 1:
        remarks.append(f"compared with {group.followed.meetings[before].name}")
    found: dict[ChangeKind, list[Change]] = defaultdict(list)
    for change in (*changes.items, *changes.gone):
        placed = change.newer or change.older
        if placed and placed.place.section != SectionKind.NEXT_STEPS:
            found[change.kind].append(change)
    for of_kind in found.values():
        of_kind.sort(key=_status_first)
    lines = [_change_line(group, change, before) for kind in ORDER for change in found[kind]]
    return Block(
        name, address, remarks, lines[:MOST_LINES], left_out=max(len(lines) - MOST_LINES, 0)
    )


def _status_first(change: Change) -> bool:
    placed = change.newer or change.older
    return placed is None or placed.place.section != SectionKind.CURRENT_STATUS


def _change_line(group: _Group, change: Change, before: int) -> Line:
    index, placed = (group.index, change.newer) if change.newer else (before, change.older)
    if placed is None:
        raise ValueError(change)
    section = placed.place.section
    remarks = [] if section == SectionKind.CURRENT_STATUS else [f"in {section_name(placed.place)}"]
    length = GONE_LENGTH if change.kind is ChangeKind.GONE else LENGTH
    quote = Quote(beginning(placed.text, length), address_of(group.followed, (index, placed.place)))
    mark = change_mark(change)
    return Line(mark.label, quote, remarks, mark=mark)


def _steps(groups: Sequence[_Group]) -> Iterator[Part]:
    def part(
        anchor: str,
        heading: str,
        sentence: str,
        lines_of: Callable[[_Group, Row], Iterable[Line]],
    ) -> Part:
        found = [
            (group, [li for row in group.rows for li in lines_of(group, row)]) for group in groups
        ]
        blocks = [Block(it.report.name, it.address, lines=lines) for it, lines in found if lines]
        return Part(anchor, heading, sentence, blocks)

    yield part(
        "stated",
        "What became of next steps, as staff state",
        "Each beside what shows it.",
        _stated,
    )
    yield part(
        "not-mentioned",
        "Open and not mentioned",
        "The group’s paper to this meeting does not have them.",
        lambda group, row: _line_of_fact(group, row, Fact.NOT_MENTIONED),
    )
    yield _no_paper(groups)
    yield part(
        "ended",
        ENDED_MARK.label,
        "The group ended after the meeting before, or on this one’s day.",
        _ended,
    )
    yield part(
        "repeated",
        "Open and repeated",
        "The group’s paper to this meeting has them again, some in other words.",
        lambda group, row: _line_of_fact(group, row, Fact.REPEATED, Fact.REWORDED),
    )
    yield part(
        "made",
        "Made at this meeting",
        "When each is due, as far as the paper says it.",
        _made,
    )


def _step_quote(row: Row) -> Quote:
    return Quote(beginning(row.whole_text, STEP_LENGTH), row.address)


def _stated(group: _Group, row: Row) -> Iterator[Line]:
    for said in row.statements:
        if said.meeting == group.report.meeting:
            chip = said.chip
            shown_by = None
            if chip.href:
                shown_by = Quote(beginning(chip.link_words, LENGTH), chip.href)
            note = beginning(chip.note, SENTENCE_LENGTH)
            yield Line(
                chip.mark.label, _step_quote(row), shown_by=shown_by, note=note, mark=chip.mark
            )


def _fact_at(thread: Thread, index: int) -> Fact | None:
    return next((event.fact for event in thread.events if event.index == index), None)


def _is_at_stake(group: _Group, row: Row) -> bool:
    """Whether it was open when the meeting was over, or when the group ended at it."""
    return row.thread.settled_at is None and row.thread.ended_at in (None, group.index)


def _open_for(row: Row) -> str:
    return f"open for {meetings(row.open_for)}"


def _line_of_fact(group: _Group, row: Row, *facts: Fact) -> Iterator[Line]:
    fact = _fact_at(row.thread, group.index)
    if fact in facts and _is_at_stake(group, row):
        remarks = [_open_for(row), *(["reworded"] if fact is Fact.REWORDED else [])]
        yield Line("", _step_quote(row), remarks)


def _ended(group: _Group, row: Row) -> Iterator[Line]:
    ended_at = row.thread.ended_at
    if row.thread.settled_at is None and ended_at in (group.index - 1, group.index):
        yield Line("", _step_quote(row), [_open_for(row)])


def _made(group: _Group, row: Row) -> Iterator[Line]:
    if row.thread.made_at != group.index:
        return
    remarks = []
    if row.owner_words:
        remarks.append(f"for {row.owner_words.replace('The', 'the')}")
    remarks.append(f"due: “{row.due_words}”" if row.due_words else "no due words")
    if row.section:
        remarks.append(f"under {row.section}")
    if not group.is_compared:
        remarks.append("in the first paper held")
    yield Line("", _step_quote(row), remarks)


def _no_paper(groups: Sequence[_Group]) -> Part:
    """A line for each group with open steps and no paper: its oldest step stands for them."""
    blocks = []
    for group in groups:
        rows = [
            row
            for row in group.rows
            if _fact_at(row.thread, group.index) is Fact.NO_PAPER and _is_at_stake(group, row)
        ]
        if rows:
            oldest = max(rows, key=lambda row: row.open_for)
            count = f"{len(rows)} open" if len(rows) > 1 else "1 open"
            which = "the oldest for" if len(rows) > 1 else "for"
            line = Line("", _step_quote(oldest), [f"{count}, {which} {meetings(oldest.open_for)}"])
            blocks.append(Block(group.report.name, group.address, lines=[line]))
    sentence = "Of these groups no paper to this meeting is held. The oldest step is quoted."
    return Part("no-paper", "Open, and no paper held", sentence, blocks)


def _without_paper(groups: Sequence[_Group]) -> Iterator[Part]:
    for kind in WITHOUT_PAPER:
        reports = [
            it.report
            for it in groups
            if it.report.reporting is kind and not it.report.paper and _is_listed(it.report)
        ]
        blocks = [_silent(report) for report in reports]
        yield Part(kind.value, reports[0].label if reports else "", "", blocks)


def _is_listed(report: Report) -> bool:
    return report.reporting is not Reporting.UNKNOWN or report.is_expected


def _silent(report: Report) -> Block:
    """One group without a paper, with what sources say of it alone."""
    said = [beginning(it.sentence, SENTENCE_LENGTH) for it in report.own_mentions]
    return Block(report.name, report.group.get_absolute_url(), said)
