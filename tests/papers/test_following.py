"""Groups followed from meeting to meeting: pairs, corrections, steps and outcomes."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from papers.comparison import Place
from papers.content import SectionKind
from papers.following import follow_groups, rejections_of
from papers.models import IssuePaper, RejectedSuggestion, StepOutcome
from papers.threads import Fact, Outcome
from tests.factories import make_event, make_group, make_meeting, make_paper
from tests.papers.following import (
    DECEMBER,
    JUNE,
    MARCH,
    NEW,
    OLD,
    OTHER,
    SEPTEMBER,
    STEP,
    followed,
    kinds,
    link,
    settle,
)
from workgroups.models import Meeting, WorkingGroup

pytestmark = pytest.mark.django_db

STATUS = SectionKind.CURRENT_STATUS
STEPS = SectionKind.NEXT_STEPS


@pytest.fixture
def group():
    return make_group("bond")


# Steps and what became of them ------------------------------------------------------------------


def test_a_step_is_followed_and_settled_with_its_evidence(group):
    march = make_paper(group, MARCH, next_steps=[STEP])
    june = make_paper(group, JUNE, status=[OTHER], next_steps=[STEP])
    make_paper(group, SEPTEMBER)
    stated = settle(
        june.next_steps.get(), make_meeting(DECEMBER), evidence=None, note="CBP said so."
    )
    row = settle(
        march.next_steps.get(),
        june.meeting,
        outcome="partly-done",
        evidence=june.status_items.get(),
    )

    found = followed(group)

    (thread,) = found.ledger.threads
    assert [event.fact for event in thread.events] == [
        Fact.MADE,
        Fact.REPEATED,
        Fact.NOT_MENTIONED,
        Fact.NO_PAPER,
    ]
    assert [it.outcome for it in thread.outcomes] == [Outcome.PARTLY_DONE, Outcome.DONE]
    assert (thread.settled_at, thread.is_open) == (3, False)
    assert found.statements == {row.pk: row, stated.pk: stated}
    assert found.evidence_of(row) == (1, Place(STATUS, 1))
    assert found.evidence_of(stated) is None
    assert found.threads_at(1, Place(STEPS, 1)) == (thread,)


@pytest.mark.parametrize(
    ("field", "kind", "heading"),
    [
        ("status_item", STATUS, ""),
        ("section_item", SectionKind.BACKGROUND, ""),
        ("section_item", SectionKind.OTHER, "Recommendations"),
    ],
)
def test_items_outside_next_steps_are_followed_once_staff_track_them(group, field, kind, heading):
    sections = {
        STATUS: {"status": [STEP]},
        SectionKind.BACKGROUND: {"status": [OLD], "background": [STEP]},
        SectionKind.OTHER: {"status": [OLD], "other": {heading: [STEP]}},
    }
    march = make_paper(group, MARCH, **sections[kind])
    make_paper(group, JUNE, status=[NEW])
    items = march.status_items if field == "status_item" else march.section_items
    assert followed(group).ledger.threads == ()

    items.update(also_next_step=True)
    row = settle(items.get(), Meeting.objects.get(held_on=JUNE), field=field)

    found = followed(group)
    (thread,) = found.ledger.threads
    assert thread.item.place == Place(kind, 1, heading)
    assert thread.settled_at == 1
    assert found.rows[0, thread.item.place] == (field, items.get().pk)
    assert found.statements == {row.pk: row}


def test_a_tracked_item_that_a_later_paper_prints_again_is_one_step(group):
    march = make_paper(group, MARCH, status=[STEP])
    make_paper(group, JUNE, status=[OLD], next_steps=[STEP])
    march.status_items.update(also_next_step=True)

    (thread,) = followed(group).ledger.threads

    assert [it.item.place.section for it in thread.mentions] == [STATUS, STEPS]


def test_steps_that_were_open_when_the_group_ended_are_no_longer_open(group):
    make_paper(group, MARCH, next_steps=[STEP])
    make_paper(group, JUNE, next_steps=[STEP])
    make_meeting(SEPTEMBER)
    assert followed(group).ledger.open

    make_event(group, "concluded", date(2024, 7, 1))

    found = followed(group)
    (thread,) = found.ledger.threads
    assert found.ended_at == {1}
    assert (thread.ended_at, thread.settled_at, thread.closed_at) == (1, None, 1)
    assert found.ledger.open == ()
    # Before that day it was open.
    assert followed(group, date(2024, 6, 30)).ledger.open


def test_what_became_of_a_step_may_be_stated_after_the_group_ended(group):
    march = make_paper(group, MARCH, next_steps=[STEP])
    make_event(group, "concluded", date(2024, 3, 20))
    settle(march.next_steps.get(), make_meeting(JUNE), outcome="overtaken")

    found = followed(group)

    (thread,) = found.ledger.threads
    assert (thread.ended_at, thread.settled_at, thread.closed_at) == (0, 1, 0)
    assert found.ledger.unplaced == ()
    assert [(it.settled, it.ended, it.still_open) for it in found.ledger.balances] == [
        (0, 1, 0),
        (0, 0, 0),
    ]


def test_a_group_that_is_re_established_makes_its_steps_anew(group):
    make_paper(group, MARCH, next_steps=[STEP])
    make_event(group, "concluded", date(2024, 4, 1))
    make_meeting(JUNE)
    make_event(group, "re-established", date(2024, 8, 1))
    make_paper(group, SEPTEMBER, next_steps=[STEP])

    found = followed(group)

    assert [(it.made_at, it.ended_at, it.again) for it in found.ledger.threads] == [
        (0, 0, None),
        (2, None, 0),
    ]
    assert kinds(found, 2) == ["same", "same"]


def test_a_group_without_papers_is_followed_too(group):
    make_meeting(MARCH)
    make_event(group, "concluded", date(2024, 4, 1))

    found = followed(group)

    assert (found.papers, found.changes, found.ledger.threads) == ([None], [None], ())
    assert found.ended_at == frozenset()


# What is read -----------------------------------------------------------------------------------


def test_the_day_decides_what_is_known(group):
    march = make_paper(group, MARCH, next_steps=[STEP])
    june = make_paper(group, JUNE)
    settle(march.next_steps.get(), june.meeting)

    before = followed(group, date(2024, 6, 25))
    on_the_day = followed(group, JUNE)

    assert len(before.meetings) == 1
    assert before.statements == {}
    assert before.ledger.open
    assert on_the_day.ledger.open == ()
    assert (on_the_day.index_of(JUNE), before.index_of(JUNE)) == (1, None)


@pytest.mark.parametrize("status", ["postponed", "cancelled"])
def test_meetings_that_did_not_take_place_are_left_out_unless_prepared(group, status):
    make_paper(group, MARCH, next_steps=[STEP])
    meeting = make_meeting(JUNE, status=status)
    make_paper(group, meeting=meeting, next_steps=[STEP])

    assert followed(group).papers[-1].meeting.held_on == MARCH
    assert followed(group, upcoming=meeting).papers[-1].meeting == meeting


def test_a_planned_meeting_is_followed_by_the_groups_with_a_paper_to_it_alone(group):
    cargo = make_group("cargo")
    make_paper(group, MARCH, next_steps=[STEP])
    make_paper(cargo, MARCH, next_steps=[STEP])
    planned = make_meeting(JUNE, status="planned")
    make_paper(group, meeting=planned, next_steps=[STEP])

    found, other = followed(group), followed(cargo)

    assert [it.held_on for it in found.meetings] == [MARCH, JUNE]
    assert [event.fact for event in found.ledger.threads[0].events] == [Fact.MADE, Fact.REPEATED]
    assert [it.held_on for it in other.meetings] == [MARCH]
    # As the record stood before that day.
    assert [it.held_on for it in followed(group, date(2024, 6, 1)).meetings] == [MARCH]


def test_a_planned_meeting_makes_no_step_older(group):
    make_paper(group, MARCH, next_steps=[STEP])
    planned = make_meeting(JUNE, status="planned")
    make_paper(group, meeting=planned, next_steps=[STEP])
    assert followed(group).ledger.threads[0].open_for == 0

    planned.status = "held"
    planned.save()

    assert followed(group).ledger.threads[0].open_for == 1


def test_a_group_that_is_to_end_later_has_not_ended_yet(group):
    make_paper(group, MARCH, next_steps=[STEP])
    tomorrow = timezone.localdate() + timedelta(days=1)
    make_paper(group, meeting=make_meeting(tomorrow, status="planned"), next_steps=[STEP])

    assert followed(group, timezone.localdate()).ended_at == frozenset()


def test_summaries_are_not_compared(group):
    make_paper(group, MARCH, status=[OLD])
    make_paper(
        group,
        JUNE,
        status=[NEW],
        next_steps=[STEP],
        source_kind="third-party-summary",
        source_url="https://www.example.gov/summary",
    )
    make_paper(group, SEPTEMBER, status=[NEW])

    found = followed(group)

    assert [paper is None for paper in found.papers] == [False, True, False]
    assert [changes is None for changes in found.changes] == [True, True, False]
    assert found.index_before(2) == 0
    assert found.ledger.threads == ()


def test_drafts_are_read_only_where_a_page_of_staff_asks(group):  # S01
    march = make_paper(group, MARCH, next_steps=[STEP])
    june = make_paper(group, JUNE, status=[OTHER], published=False)
    settle(march.next_steps.get(), june.meeting, evidence=june.status_items.get())

    public = followed(group)
    staff = followed(group, papers=IssuePaper.objects.all(), outcomes=StepOutcome.objects.all())

    assert (public.papers[1], public.statements) == (None, {})
    assert public.ledger.open
    assert staff.papers[1] == june
    assert staff.ledger.open == ()


def test_an_outcome_whose_step_is_tracked_no_more_changes_nothing(group):
    march = make_paper(group, MARCH, status=[STEP])
    march.status_items.update(also_next_step=True)
    make_paper(group, JUNE, next_steps=["Meet again in Savannah."])
    settle(march.status_items.get(), Meeting.objects.get(held_on=JUNE), field="status_item")
    march.status_items.update(also_next_step=False)

    found = followed(group)

    assert len(found.ledger.unplaced) == 1
    assert [it.outcomes for it in found.ledger.threads] == [[]]


def test_rejections_are_found_for_every_paper_that_prints_the_step(group):
    make_paper(group, MARCH, next_steps=[STEP])
    june = make_paper(group, JUNE, next_steps=[STEP])
    september = make_paper(group, SEPTEMBER, status=[OTHER])
    row = RejectedSuggestion.objects.create(
        next_step=june.next_steps.get(), answer=september.status_items.get()
    )
    make_paper(make_group("quiet"), MARCH)

    found = followed(group)
    (thread,) = found.ledger.threads

    assert list(found.rejected_for(thread, rejections_of([group]))) == [
        (row, (2, Place(STATUS, 1)))
    ]
    assert rejections_of([WorkingGroup.objects.get(slug="quiet")]) == {}


def test_any_number_of_groups_takes_as_many_queries(group):  # S39
    def follow_all():
        groups = list(WorkingGroup.objects.with_history())
        meetings = list(Meeting.objects.all())
        with CaptureQueriesContext(connection) as captured:
            for found in follow_groups(groups, meetings, date(2025, 1, 1)).values():
                assert found.ledger is not None
        return len(captured)

    march = make_paper(group, MARCH, next_steps=[STEP])
    june = make_paper(group, JUNE, status=[OTHER])
    settle(march.next_steps.get(), june.meeting)
    few = follow_all()
    for number in range(5):
        other = make_group(f"group-{number}")
        papers = [
            make_paper(other, day, status=[OLD], next_steps=[STEP], background=[OTHER])
            for day in (MARCH, JUNE, SEPTEMBER)
        ]
        settle(papers[0].next_steps.get(), papers[1].meeting, evidence=papers[1].status_items.get())
        link(papers[0].status_items.get(), papers[1].status_items.get())

    assert follow_all() == few <= 5


def test_without_papers_nothing_else_is_asked(group, django_assert_num_queries):
    groups = list(WorkingGroup.objects.with_history())
    meetings = [make_meeting(MARCH)]

    with django_assert_num_queries(1):
        follow_groups(groups, meetings, date(2025, 1, 1))
