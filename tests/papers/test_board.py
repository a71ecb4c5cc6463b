"""The status board: which meetings, which rows, in which order."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.board import COLUMNS, build_board, choose_meetings
from papers.models import IssuePaper
from papers.reports import NO_SUBCOMMITTEE, Reports
from tests.factories import (
    make_event,
    make_group,
    make_meeting,
    make_mention,
    make_paper,
    make_subcommittee,
)
from workgroups.models import Meeting, WorkingGroup

NEWEST = date(2024, 12, 1)


def meetings(count):
    """So many meetings, newest first, thirty days apart; not saved."""
    return [Meeting(held_on=NEWEST - timedelta(days=30 * place)) for place in range(count)]


def day(place):
    return NEWEST - timedelta(days=30 * place)


@pytest.mark.parametrize(
    ("count", "through", "shown", "earlier", "later"),
    [
        (0, None, [], None, None),
        (0, NEWEST, [], None, None),
        (1, None, [0], None, None),
        (8, None, range(8), None, None),
        (9, None, range(8), 8, None),
        (20, None, range(8), 8, None),
        (20, 0, range(8), 8, None),
        (20, 1, range(1, 9), 9, 0),
        (20, 8, range(8, 16), 16, 0),
        (20, 10, range(10, 18), 18, 2),
        (20, 12, range(12, 20), None, 4),
        (20, 16, range(16, 20), None, 8),
        (20, 19, [19], None, 11),
        # Before the first meeting there is nothing to show, so the first one is shown.
        (20, 25, [19], None, 11),
        (3, 25, [2], None, 0),
    ],
)
def test_up_to_eight_meetings_are_shown_and_the_others_a_link_away(
    count, through, shown, earlier, later
):
    held = meetings(count)
    end = day(through) if isinstance(through, int) else through

    columns, before, after = choose_meetings(held, end)

    assert columns == [held[place] for place in shown]
    assert before == (None if earlier is None else day(earlier))
    assert after == (None if later is None else day(later))


def test_a_day_between_two_meetings_stands_for_the_one_before():
    held = meetings(20)

    assert choose_meetings(held, day(3) + timedelta(days=1))[0][0] is held[3]
    assert choose_meetings(held, day(0) + timedelta(days=99))[0][0] is held[0]


@settings(max_examples=300, deadline=None, print_blob=True)
@given(st.integers(1, 40), st.integers(-5, 1_300))
def test_from_any_board_the_links_lead_to_every_meeting(count, offset):
    held = meetings(count)

    def walk(through, direction):
        columns, *beside = choose_meetings(held, through)
        seen = list(columns)
        while beside[direction] is not None:
            columns, *beside = choose_meetings(held, beside[direction])
            assert len(columns) <= COLUMNS
            seen += columns
        return seen

    start = NEWEST - timedelta(days=offset)
    seen = [*walk(start, 0), *walk(start, 1)]

    assert {meeting.held_on for meeting in seen} == {meeting.held_on for meeting in held}


def board(through=None, headings=None, day=None):
    held = list(Meeting.objects.held())
    groups = WorkingGroup.objects.with_history()
    papers = IssuePaper.objects.published().with_counts()
    return build_board(Reports(groups, held, papers), held, through, headings or {}, day)


@pytest.mark.django_db
def test_groups_stand_under_their_subcommittee_by_the_name_of_that_day():
    trade, entry = make_subcommittee("Secure Trade Lanes"), make_subcommittee("Entry")
    for slug in ("pipeline", "in-bond"):
        make_group(slug, subcommittee=trade)
    renamed = make_group("zebra", subcommittee=entry)
    make_event(renamed, "renamed", date(2025, 1, 1), name="Antelope")
    make_meeting(date(2024, 3, 6), record_complete=True)

    shown = board(headings={"secure-trade-lanes": "STL", "entry": "Entry"})

    names = [(heading, [row.standing.name for row in rows]) for heading, rows in shown.sections]
    assert names == [("Entry", ["Zebra"]), ("STL", ["In Bond", "Pipeline"])]


@pytest.mark.django_db
def test_a_group_without_a_subcommittee_stands_last():
    make_group("unplaced")
    make_group("placed", subcommittee=make_subcommittee("Zones"))
    make_meeting(record_complete=True)

    shown = board(headings={"zones": "Zones Subcommittee"})

    assert [heading for heading, _ in shown.sections] == ["Zones Subcommittee", NO_SUBCOMMITTEE]


@pytest.mark.django_db
def test_rows_that_would_tell_nothing_are_left_out_and_counted():
    make_meeting(date(2024, 3, 6))
    make_group("not-yet", established=date(2024, 9, 1))
    make_event(make_group("over"), "closed", date(2024, 1, 1))
    make_group("unheard-of")
    make_event(make_group("resting"), "hiatus", date(2024, 1, 1))
    make_mention(make_group("named"), Meeting.objects.get())

    shown = board()

    assert [row.group.slug for _, rows in shown.sections for row in rows] == ["named", "resting"]
    assert shown.left_out == 3


@pytest.mark.django_db
def test_a_row_has_a_cell_for_each_meeting_and_the_state_of_the_newest_one():
    group = make_group("forced-labor")
    make_paper(group, date(2024, 3, 6))
    make_paper(group, date(2024, 6, 26))
    make_meeting(date(2024, 9, 18))
    make_event(group, "hiatus", date(2024, 9, 1))

    shown = board()
    [row] = shown.sections[0][1]

    assert [cell.label for cell in row.cells] == ["On hiatus", "Paper held", "Paper held"]
    assert (row.state, row.short_state, row.mark) == (
        "On hiatus since Sep 2024",
        "On hiatus",
        "hia",
    )


@pytest.mark.django_db
def test_names_and_states_are_those_of_the_day_asked_for():
    group = make_group("forced-labor")
    make_paper(group, date(2024, 3, 6))
    make_event(group, "hiatus", date(2024, 4, 1))

    shown = board(day=date(2024, 4, 2))
    [row] = shown.sections[0][1]

    assert (row.short_state, [cell.label for cell in row.cells]) == ("On hiatus", ["Paper held"])
    assert shown.day == date(2024, 4, 2)


@pytest.mark.django_db
def test_the_head_groups_the_meetings_by_year():
    for held_on in (date(2023, 12, 13), date(2024, 3, 6), date(2024, 6, 26)):
        make_paper(make_group(f"group-{held_on.month}"), held_on)

    shown = board()

    assert shown.years == [(2024, 2), (2023, 1)]
    assert shown.width == 4


@pytest.mark.django_db
def test_without_meetings_or_groups_the_board_is_empty():
    make_group("bond")

    shown = board()

    assert (shown.meetings, shown.sections, shown.day) == ([], [], None)
