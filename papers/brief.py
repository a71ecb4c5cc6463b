"""A meeting's brief as data: what changed, what was heard of next steps, who sent no paper.

Fixed sentences, counts and the papers' own words, long ones cut; the same record always gives the
same brief. It tells what was known on the day of its meeting, whatever came later.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from papers.brief_parts import Block, Brief, Line, Part, Quote, Reported, counted, plain, remarks_on
from papers.brief_steps import steps_of
from papers.comparison import Change, ChangeKind, Counts
from papers.content import SectionKind
from papers.following import FollowedGroup
from papers.ledger import address_of
from papers.marks import change_mark, section_name
from papers.quotes import beginning, quoted_parts
from papers.reports import Report, Reports, is_whole
from workgroups.models import Meeting
from workgroups.reporting import Reporting

# What items are cut to: the first length with which the brief fits on two printed pages.
LENGTHS = (400, 320, 260, 210, 170, 140, 110, 90)
PRINTED_LINES = 350
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


def build_brief(
    meeting: Meeting, reports: Reports, followed: Mapping[int, FollowedGroup], state: str = ""
) -> Brief:
    """The brief of one meeting. No query.

    ``followed`` are the groups of the reports through the meetings up to this one, by primary key.
    ``state`` is the first sentence where it is not known to have taken place, and the only one,
    with the meeting's note, where there is no paper to it.
    """
    for length in LENGTHS:
        brief = _brief_with(length, meeting, reports, followed, state)
        if brief.printed_lines <= PRINTED_LINES:
            break
    return brief


def _brief_with(
    length: int,
    meeting: Meeting,
    reports: Reports,
    followed: Mapping[int, FollowedGroup],
    state: str,
) -> Brief:
    groups = []
    for report in reports.of_meeting(meeting):
        group = followed[report.group.pk]
        index = group.index_of(meeting.held_on)
        if index is not None:
            groups.append(Reported(report, group, index, length))
    if not meeting.took_place and not groups:
        return Brief(meeting, [it for it in (state, meeting.note) if it])
    first = [] if meeting.took_place else [state]
    return Brief(
        meeting,
        [*first, *_summary(meeting, groups), *_said_of_all(meeting, reports)],
        [_changes_of(it) for it in groups if it.report.paper],
        steps_of(groups),
        [part for part in _without_paper(groups) if part.blocks],
    )


def count_words(counts: Counts) -> str:
    """ "2 new, 1 reworded, 3 continued"; "No change: 3 continued"; zero counts are left out."""
    found = [(getattr(counts, name), words) for name, words in COUNT_WORDS]
    words = ", ".join(f"{count} {words}" for count, words in found if count)
    return f"No change: {words}" if counts == Counts(same=counts.same) and words else words


def _summary(meeting: Meeting, groups: Sequence[Reported]) -> Iterator[str]:
    papers = [it for it in groups if it.report.paper and not it.report.is_summary]
    summaries = sum(it.report.is_summary for it in groups)
    expected = sum(it.report.is_expected for it in groups)
    held = counted(len(papers), "paper") if papers else "no paper"
    whole = ", all there are" if is_whole(meeting, [it.report for it in groups]) else ""
    joint = " and" if papers else ", but"
    also = f"{joint} {counted(summaries, 'third-party summary')}" if summaries else ""
    if meeting.took_place:
        were = f"{counted(expected, 'group')} {'was' if expected == 1 else 'were'}"
        yield f"We hold {held} of this meeting{whole}{also}; {were} active or reported."
    else:
        yield f"We hold {held} to this meeting so far."
    compared = [it.counts for it in groups if it.is_compared]
    if compared:
        total = Counts(
            **{kind.value: sum(getattr(it, kind.value) for it in compared) for kind in ChangeKind}
        )
        words = count_words(total) or "none"
        yield f"Status items, each paper against its group’s paper before: {words}."


def _said_of_all(meeting: Meeting, reports: Reports) -> Iterator[str]:
    if meeting.note:
        yield meeting.note
    for mention in reports.wider_mentions(meeting):
        whose = f"{mention.subcommittee}: " if mention.subcommittee else ""
        yield f"{whose}{mention.sentence}"


def _changes_of(group: Reported) -> Block:
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
    left_out = len(lines) - MOST_LINES
    more = None
    if left_out > 0:
        more = plain(f"{counted(left_out, 'more change')} on the paper’s page", address)
    return Block(name, address, remarks, lines[:MOST_LINES], more)


def _status_first(change: Change) -> bool:
    placed = change.newer or change.older
    return placed is None or placed.place.section != SectionKind.CURRENT_STATUS


def _change_line(group: Reported, change: Change, before: int) -> Line:
    index, placed = (group.index, change.newer) if change.newer else (before, change.older)
    if placed is None:
        raise ValueError(change)
    section = placed.place.section
    remarks = [] if section == SectionKind.CURRENT_STATUS else [f"in {section_name(placed.place)}"]
    remarks += remarks_on(change)
    length = group.short_length if change.kind is ChangeKind.GONE else group.length
    address = address_of(group.followed, (index, placed.place))
    quote = Quote(quoted_parts(change, length), address)
    mark = change_mark(change)
    return Line(mark.label, quote, remarks, mark=mark)


def _without_paper(groups: Sequence[Reported]) -> Iterator[Part]:
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
