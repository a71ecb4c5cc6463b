"""One group's rail: newest first, runs in one line, events where the record counts them."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.content import Item, PaperContent, Section, SectionKind
from papers.following import FollowedGroup
from papers.marked import MarkedGroup
from papers.models import IssuePaper
from papers.reports import Report
from papers.timeline import Entry, build_timeline, strip
from workgroups.history import EventKind, Standing, State
from workgroups.models import GroupEvent, Meeting, Mention, Subcommittee, WorkingGroup
from workgroups.reporting import Reporting

GROUP = WorkingGroup(pk=1, slug="bond", name="Bond")
STANDING = Standing("Bond", "", "working-group", State.ACTIVE)
FIRST = date(2024, 1, 1)
HELD, REPORTED, SILENT, HIATUS, NOT_YET, ENDED, UNKNOWN = Reporting


def report(held_on, reporting, mentions=()):
    """What the group did on a day; nothing of it is saved."""
    meeting = Meeting(held_on=held_on)
    paper = None
    if reporting is HELD:
        paper = IssuePaper(pk=held_on.toordinal(), working_group=GROUP, meeting=meeting)
    return Report(GROUP, meeting, STANDING, reporting, paper, mentions)


def event(kind, happened_on, **fields):
    return GroupEvent(group=GROUP, kind=kind, happened_on=happened_on, **fields)


def month(number):
    return date(2024, number, 15)


def lines(entries):
    """Each entry in a word or two, as the rail has it from top to bottom."""
    said = []
    for entry in entries:
        if entry.kind == "event":
            said.append(f"event {entry.event.kind}")
        elif entry.kind == "run":
            said.append(f"run {entry.reporting.value} {len(entry.run)}")
        else:
            said.append(f"{entry.kind} {entry.day.month}")
    return said


def followed(contents=None):
    """The group with a paper at each of the days given, and what it says."""
    contents = contents or {}
    meetings = [Meeting(held_on=day) for day in sorted(contents)]
    papers = [IssuePaper(working_group=GROUP, meeting=it) for it in meetings]
    said = [contents[it.held_on] for it in meetings]
    return FollowedGroup(GROUP, meetings, papers, said, {}, [], {}, frozenset())


def rail(reports, events=(), planned=(), contents=None):
    newest_first = sorted(reports, key=lambda it: it.meeting.held_on, reverse=True)
    return build_timeline(newest_first, events, planned, {}, MarkedGroup(followed(contents)))


def test_meetings_stand_newest_first():
    entries = rail([report(month(3), HELD), report(month(9), HELD), report(month(6), REPORTED)])

    assert lines(entries) == ["paper 9", "report 6", "paper 3"]


@pytest.mark.parametrize("reporting", [SILENT, HIATUS, NOT_YET, ENDED, UNKNOWN])
def test_meetings_that_all_say_the_same_share_a_line(reporting):
    entries = rail([report(month(number), reporting) for number in (3, 6, 9)])

    assert lines(entries) == [f"run {reporting.value} 3"]
    assert entries[0].span == "Mar 2024 to Sep 2024"
    assert [it.meeting.held_on.month for it in entries[0].run] == [9, 6, 3]


def test_a_run_of_one_names_its_month_once():
    [entry] = rail([report(month(3), SILENT)])

    assert (entry.span, entry.label) == ("Mar 2024", "Active and silent")


def test_a_run_ends_where_the_mark_changes():
    marks = {2: UNKNOWN, 3: UNKNOWN, 4: HIATUS, 5: HIATUS, 6: UNKNOWN}

    entries = rail([report(month(number), mark) for number, mark in marks.items()])

    assert lines(entries) == ["run unknown 1", "run hiatus 2", "run unknown 2"]


def test_a_run_ends_at_a_paper_and_at_an_event():
    marks = {2: SILENT, 3: SILENT, 4: HELD, 5: SILENT, 7: SILENT}

    entries = rail(
        [report(month(number), mark) for number, mark in marks.items()],
        [event("sow-revised", date(2024, 6, 1))],
    )

    assert lines(entries) == [
        "run silent 1",
        "event sow-revised",
        "run silent 1",
        "paper 4",
        "run silent 2",
    ]


@pytest.mark.parametrize("reporting", [SILENT, HIATUS, UNKNOWN])
def test_a_meeting_of_which_a_source_speaks_has_a_line_of_its_own(reporting):
    said = [Mention(kind="on-hiatus", sentence="Still on hiatus.")]

    entries = rail(
        [
            report(month(3), reporting),
            report(month(6), reporting, said),
            report(month(9), reporting),
        ]
    )

    assert lines(entries) == [f"run {reporting.value} 1", "report 6", f"run {reporting.value} 1"]


def test_a_meeting_with_a_report_never_joins_a_run():
    entries = rail([report(month(number), REPORTED) for number in (3, 6)])

    assert lines(entries) == ["report 6", "report 3"]


@pytest.mark.parametrize(
    "kind", ["established", "renamed", "moved", "changed-kind", "resumed", "sow-revised"]
)
def test_what_the_report_already_shows_stands_below_the_meeting_of_its_day(kind):
    entries = rail([report(month(3), HELD)], [event(kind, month(3))])

    assert lines(entries) == ["paper 3", f"event {kind}"]


@pytest.mark.parametrize("kind", ["hiatus", "winding-down", "concluded", "closed", "merged-into"])
def test_what_ends_or_pauses_the_group_stands_above_the_meeting_of_its_day(kind):
    entries = rail([report(month(3), HELD)], [event(kind, month(3))])

    assert lines(entries) == [f"event {kind}", "paper 3"]


def test_events_before_and_after_all_meetings_stand_at_the_ends():
    entries = rail(
        [report(month(6), HELD)],
        [event("established", date(2018, 10, 3)), event("closed", date(2025, 9, 17))],
    )

    assert lines(entries) == ["event closed", "paper 6", "event established"]


@pytest.mark.parametrize(
    ("precision", "happened_before", "expected"),
    [
        ("day", None, ["paper 6", "paper 4", "event moved", "paper 2"]),
        ("month", None, ["paper 6", "paper 4", "event moved", "paper 2"]),
        ("by", None, ["paper 6", "paper 4", "event moved", "paper 2"]),
        ("between", date(2024, 5, 1), ["paper 6", "event moved", "paper 4", "paper 2"]),
    ],
)
def test_an_event_stands_where_the_record_counts_it_from(precision, happened_before, expected):
    moved = event("moved", date(2024, 3, 1), precision=precision, happened_before=happened_before)

    entries = rail([report(month(number), HELD) for number in (2, 4, 6)], [moved])

    assert lines(entries) == expected


def test_events_of_one_day_keep_the_order_that_staff_gave():
    entries = rail(
        [],
        [
            event("renamed", month(3), order=2),
            event("established", month(3), order=0),
            event("moved", month(3), order=1),
        ],
    )

    assert lines(entries) == ["event renamed", "event moved", "event established"]


def test_planned_meetings_stand_on_top_the_farthest_first():
    entries = rail(
        [report(month(3), HELD)],
        [event("closed", date(2024, 4, 1))],
        [Meeting(held_on=month(10)), Meeting(held_on=month(12))],
    )

    assert lines(entries) == ["planned 12", "planned 10", "event closed", "paper 3"]


def test_without_anything_the_rail_is_empty():
    assert rail([]) == []


MARKS = st.lists(st.sampled_from(list(Reporting)), max_size=25)
EVENTS = st.lists(
    st.tuples(st.sampled_from(list(EventKind)), st.integers(-10, 260), st.integers(0, 2)),
    max_size=12,
)


@settings(max_examples=500, deadline=None, print_blob=True)
@given(MARKS, EVENTS, st.integers(0, 3))
def test_everything_stands_exactly_once_and_never_out_of_order(marks, happened, later):
    reports = [report(FIRST + timedelta(days=10 * n), mark) for n, mark in enumerate(marks)]
    events = [
        event(kind.value, FIRST + timedelta(days=days), order=order)
        for kind, days, order in happened
    ]
    planned = [Meeting(held_on=FIRST + timedelta(days=1_000 + n)) for n in range(later)]

    entries = rail(reports, events, planned)

    shown = [it for entry in entries for it in (entry.run or [entry.report]) if it]
    assert [it.meeting.held_on for it in shown] == [it.meeting.held_on for it in reports][::-1]
    assert sorted(map(id, events)) == sorted(id(it.event) for it in entries if it.event)
    assert sum(entry.kind == "planned" for entry in entries) == later
    days = [entry.day for entry in entries]
    assert days == sorted(days, reverse=True)
    for entry in entries:
        assert len({it.reporting for it in entry.run}) <= 1


@pytest.mark.parametrize(
    ("fields", "label", "change"),
    [
        ({"kind": "renamed", "name": "Surety"}, "Renamed", "to Surety"),
        ({"kind": "changed-kind", "group_kind": "task-force"}, "Changed", "to a task force"),
        (
            {"kind": "moved", "subcommittee": Subcommittee(name="Secure Trade Lanes")},
            "Moved",
            "to the Secure Trade Lanes Subcommittee",
        ),
        ({"kind": "established", "name": "Bond"}, "Established", "as Bond"),
        ({"kind": "resumed"}, "Resumed", ""),
        ({"kind": "merged-into"}, "Merged into", ""),
        ({"kind": "split-from", "name": "Bond"}, "Split from", "as Bond"),
        ({"kind": "closed"}, "Closed", ""),
    ],
)
def test_an_event_says_what_it_made_new(fields, label, change):
    [entry] = rail([], [event(happened_on=month(3), **fields)])

    assert (entry.event_label, entry.change) == (label, change)


@pytest.mark.parametrize(
    ("fields", "until"),
    [
        ({}, ""),
        ({"until_on": date(2024, 6, 30), "until_precision": "day"}, "June 30, 2024"),
        (
            {"until_on": date(2024, 4, 1), "until_precision": "quarter"},
            "the second quarter of 2024",
        ),
        ({"until_on": date(2024, 5, 1), "until_precision": "month"}, "May 2024"),
        # A hiatus "in the second quarter" is not said to last through it once more.
        (
            {
                "happened_on": date(2024, 4, 1),
                "precision": "quarter",
                "until_on": date(2024, 4, 1),
                "until_precision": "quarter",
            },
            "",
        ),
    ],
)
def test_a_hiatus_says_until_when(fields, until):
    [entry] = rail([], [event("hiatus", **{"happened_on": month(3), **fields})])

    assert entry.until == until


def test_a_paper_shows_its_items_numbered_as_on_its_own_page():
    held = report(month(3), HELD)
    content = PaperContent(
        sections=(
            Section(SectionKind.CURRENT_STATUS, items=(Item("One"), Item("Two", 1))),
            Section(SectionKind.NEXT_STEPS, remark="None at this time."),
        )
    )

    [entry] = rail([held], contents={month(3): content})

    assert [node.number for node in entry.status] == ["S1"]
    assert [node.number for node in entry.status[0].below] == ["S1.1"]
    assert entry.steps == []
    assert entry.status_section.items
    assert entry.steps_section.remark == "None at this time."


def test_a_line_without_a_paper_has_no_sections():
    entry = Entry("run", month(3))

    assert (entry.status, entry.steps, entry.status_section, entry.steps_section) == (
        [],
        [],
        None,
        None,
    )
    assert (entry.label, entry.reporting, entry.change, entry.until) == ("", None, "", "")


def paper(*texts):
    items = tuple(text if isinstance(text, Item) else Item(text) for text in texts)
    return PaperContent(sections=(Section(SectionKind.CURRENT_STATUS, items=items),))


def test_what_is_new_stands_first_and_what_stands_below_an_item_stays_there():
    march = paper(
        "The group met twice with the sureties.",
        "It looks at the following:",
        Item("Bond sufficiency.", 1),
        "CBP will publish guidance on continuous bonds.",
    )
    june = paper(
        "The group met twice with the sureties.",
        "It looks at the following:",
        Item("Bond sufficiency.", 1),
        Item("Drawback of duties on exports by mail.", 1),
        "CBP will publish guidance on continuous and single bonds.",
        "Entirely other words concern warehouse withdrawals.",
    )

    newest, oldest = rail(
        [report(month(3), HELD), report(month(6), HELD)], contents={month(3): march, month(6): june}
    )

    assert [(it.number, it.notes.kind) for it in newest.status] == [
        ("S4", "new"),
        ("S3", "reworded"),
        ("S1", "same"),
        ("S2", "same"),
    ]
    assert [it.notes.kind for it in newest.status[3].below] == ["same", "new"]
    assert [it.notes.kind for it in oldest.status] == ["", "", ""]


def test_a_paper_is_compared_with_the_one_before_it_and_the_first_with_none():
    march, june = paper("The group met.", "Bonds were filed by mail."), paper("The group met.")

    newest, oldest = rail(
        [report(month(3), HELD), report(month(6), HELD)], contents={month(3): march, month(6): june}
    )

    assert newest.compared.before.held_on == month(3)
    assert newest.compared.address == "/groups/bond/changes/2024-03-15...2024-06-15/"
    assert (newest.compared.counts.same, newest.compared.counts.gone) == (1, 1)
    assert [(it.number, it.text) for it in newest.compared.gone] == [
        ("S2", "Bonds were filed by mail.")
    ]
    assert (oldest.compared, oldest.is_first, newest.is_first) == (None, True, False)


def test_the_strip_groups_the_meetings_by_year():
    reports = [report(date(2024, 9, 18), HELD), report(date(2024, 3, 6), HELD)]
    reports.append(report(date(2023, 12, 13), HELD))

    assert strip(reports) == [(2024, reports[:2]), (2023, reports[2:])]
    assert strip([]) == []
