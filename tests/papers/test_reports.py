"""What each group did at each meeting: one answer that every page reads."""

from datetime import date

import pytest

from papers.models import IssuePaper
from papers.reports import MARKS, STATE_MARKS, Reports, state_words
from tests.factories import (
    make_event,
    make_group,
    make_meeting,
    make_mention,
    make_paper,
    make_subcommittee,
)
from workgroups.dates import KnownDate, Precision
from workgroups.history import Event, EventKind, Standing, State
from workgroups.models import WorkingGroup
from workgroups.reporting import Reporting

HELD, REPORTED, SILENT, HIATUS, NOT_YET, ENDED, UNKNOWN = Reporting


def reports(*meetings):
    return Reports(WorkingGroup.objects.with_history(), meetings)


def the_report(meeting):
    [only] = reports(meeting).of_meeting(meeting)
    return only


def test_every_answer_and_every_state_has_a_mark_of_its_own():
    assert set(MARKS) == set(Reporting)
    assert set(STATE_MARKS) == set(State)
    assert len(set(MARKS.values())) == 7
    assert len(set(STATE_MARKS.values())) == 5


@pytest.mark.django_db
def test_a_published_paper_is_held():
    paper = make_paper(make_group())

    report = the_report(paper.meeting)

    assert (report.reporting, report.label, report.mark) == (HELD, "Paper held", "paper")
    assert report.paper == paper
    assert report.has_reported
    assert report.is_expected


# S01
@pytest.mark.django_db
def test_a_draft_is_not_there_at_all():
    draft = make_paper(make_group(), published=False)

    report = the_report(draft.meeting)

    assert (report.reporting, report.paper, report.has_reported) == (UNKNOWN, None, False)


@pytest.mark.django_db
def test_a_summary_says_that_the_group_reported_and_is_not_a_paper_held():
    summary = make_paper(
        make_group(), source_kind="third-party-summary", source_url="https://a.example/"
    )

    report = the_report(summary.meeting)

    assert report.reporting is REPORTED
    assert report.label == "Reported, third-party summary held"
    assert report.mark == "rep"
    assert report.is_summary


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("reported", REPORTED),
        ("recommended", REPORTED),
        ("on-hiatus", HIATUS),
        ("announced", NOT_YET),
    ],
)
def test_what_a_source_says_of_this_very_meeting_counts(kind, expected):
    group, meeting = make_group(), make_meeting()
    mention = make_mention(group, meeting, kind)

    report = the_report(meeting)

    assert report.reporting is expected
    assert report.mentions == [mention]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("is_complete", "expected", "label"),
    [(True, SILENT, "Active and silent"), (False, UNKNOWN, "Not known")],
)
def test_silence_is_claimed_only_where_every_paper_is_held(is_complete, expected, label):
    make_group()
    meeting = make_meeting(record_complete=is_complete)

    report = the_report(meeting)

    assert (report.reporting, report.label) == (expected, label)
    assert report.is_expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("hiatus", HIATUS),
        ("concluded", ENDED),
        ("closed", ENDED),
        ("last-named", UNKNOWN),
        ("winding-down", SILENT),
    ],
)
def test_the_state_on_the_day_answers_where_no_document_does(kind, expected):
    make_event(make_group(), kind, date(2024, 1, 1))

    report = the_report(make_meeting(record_complete=True))

    assert report.reporting is expected
    assert report.is_expected is (kind == "winding-down")


@pytest.mark.django_db
def test_before_it_was_set_up_a_group_is_not_yet_established():
    make_group(established=date(2024, 12, 1))

    assert the_report(make_meeting()).reporting is NOT_YET


@pytest.mark.django_db
def test_a_paper_outweighs_a_state_that_says_otherwise():
    group = make_group()
    make_event(group, "closed", date(2024, 1, 1))
    paper = make_paper(group)

    assert the_report(paper.meeting).reporting is HELD


@pytest.mark.django_db
def test_a_report_bears_the_name_of_its_day():
    group = make_group("trusted-trader", "Trusted Trader")
    make_event(group, "renamed", date(2023, 6, 14), name="Trade Partnership and Engagement")
    early, late = make_meeting(date(2021, 3, 17)), make_meeting(date(2024, 6, 26))

    known = reports(late, early)

    assert [it.name for it in known.of_group(known.groups[0])] == [
        "Trade Partnership and Engagement",
        "Trusted Trader",
    ]


@pytest.mark.django_db
def test_the_groups_of_a_meeting_stand_by_the_name_of_that_day_whatever_its_case():
    meeting = make_meeting()
    for name in ("bond", "Antidumping", "Zones", "ACE"):
        make_group(name.lower(), name)

    names = [it.name for it in reports(meeting).of_meeting(meeting)]

    assert names == ["ACE", "Antidumping", "bond", "Zones"]


@pytest.mark.django_db
def test_what_is_said_of_a_subcommittee_or_of_all_belongs_to_no_group():
    group, meeting, other = make_group(), make_meeting(), make_meeting(date(2024, 3, 6))
    whole = make_mention(None, meeting)
    part = make_mention(None, meeting, "on-hiatus", subcommittee=make_subcommittee())
    own = make_mention(group, meeting)
    elsewhere = make_mention(group, other)

    known = reports(meeting)

    assert set(known.wider_mentions(meeting)) == {whole, part}
    assert set(known.mentions) == {whole, part, own}
    assert the_report(meeting).mentions == [own]
    assert list(reports(other).wider_mentions(other)) == []
    assert reports(other).mentions == [elsewhere]


@pytest.mark.django_db
def test_two_queries_answer_for_many_groups_and_meetings(django_assert_num_queries):
    meetings = [make_meeting(date(2024, month, 1)) for month in range(1, 6)]
    groups = [make_group(f"group-{number}") for number in range(6)]
    for meeting in meetings:
        for group in groups[:3]:
            make_paper(group, meeting=meeting)
            make_mention(group, meeting)
    groups = list(WorkingGroup.objects.with_history())

    with django_assert_num_queries(2):
        known = Reports(groups, meetings)
        answers = [it.label for meeting in meetings for it in known.of_meeting(meeting)]
        answers += [it.paper.get_absolute_url() for it in known.of_group(groups[0])]

    assert len(answers) == 35
    assert answers.count("Paper held") == 15


@pytest.mark.django_db
def test_the_caller_chooses_the_papers_and_they_come_with_counts_by_default():
    paper = make_paper(make_group(), status=["One", "Two"], next_steps=["Three"])

    found = the_report(paper.meeting).paper
    none = Reports(
        WorkingGroup.objects.with_history(), [paper.meeting], IssuePaper.objects.drafts()
    )

    assert (found.status_count, found.step_count) == (2, 1)
    assert none.of_meeting(paper.meeting)[0].paper is None


SINCE = date(2023, 12, 13)


@pytest.mark.parametrize(
    ("state", "when", "is_winding_down", "words"),
    [
        (State.ACTIVE, None, False, "Active"),
        (State.ACTIVE, KnownDate(SINCE), False, "Active since Dec 2023"),
        (State.ACTIVE, KnownDate(SINCE, Precision.BY), False, "Active since Dec 2023 or earlier"),
        (State.ACTIVE, KnownDate(SINCE), True, "Active since Dec 2023, winding down"),
        (State.ACTIVE, None, True, "Active, winding down"),
        (State.HIATUS, KnownDate(SINCE), False, "On hiatus since Dec 2023"),
        (State.ENDED, KnownDate(SINCE), False, "Ended Dec 2023"),
        (State.ENDED, KnownDate(SINCE, Precision.BY), False, "Ended by Dec 2023"),
        (State.UNKNOWN, KnownDate(SINCE), False, "Not known"),
        (State.NOT_ESTABLISHED, None, False, "Not yet established"),
        (
            State.HIATUS,
            KnownDate(date(2021, 4, 1), Precision.QUARTER),
            False,
            "On hiatus since Q2 2021",
        ),
    ],
)
def test_a_state_is_told_in_a_table_with_its_month(state, when, is_winding_down, words):
    since = Event(EventKind.ESTABLISHED, when) if when else None
    standing = Standing("Bond", "", "working-group", state, since, is_winding_down)

    assert state_words(standing, short=True) == words


@pytest.mark.parametrize(
    ("state", "when", "words"),
    [
        (State.HIATUS, KnownDate(SINCE), "On hiatus since December 13, 2023"),
        (State.ACTIVE, KnownDate(SINCE, Precision.BY), "Active since December 13, 2023 or earlier"),
        (State.ACTIVE, KnownDate(date(2019, 1, 1), Precision.YEAR), "Active since 2019"),
        (State.ENDED, KnownDate(SINCE), "Ended on December 13, 2023"),
        (State.ENDED, KnownDate(SINCE, Precision.BY), "Ended by December 13, 2023"),
    ],
)
def test_a_state_is_told_on_a_page_with_its_day(state, when, words):
    standing = Standing("Bond", "", "working-group", state, Event(EventKind.CLOSED, when))

    assert state_words(standing) == words


@pytest.mark.django_db
def test_a_group_closed_at_a_meeting_has_come_to_it_alive():
    group = make_group("bond")
    meeting = make_meeting(SINCE, record_complete=True)
    make_event(group, "closed", SINCE)

    report = the_report(meeting)

    assert (report.reporting, report.is_expected) == (SILENT, True)
    assert WorkingGroup.objects.get().standing_on(SINCE).state is State.ENDED


@pytest.mark.django_db
def test_what_a_source_says_of_every_group_stands_with_each_that_was_active():
    trade = make_subcommittee()
    make_group("bond", subcommittee=trade)
    make_event(make_group("resting", subcommittee=trade), "hiatus", date(2024, 1, 1))
    make_group("elsewhere")
    meeting = make_meeting()
    make_mention(None, meeting, subcommittee=trade, is_of_every_group=True, sentence="All did.")

    told = {
        it.group.slug: (it.reporting, len(it.mentions))
        for it in reports(meeting).of_meeting(meeting)
    }

    assert told == {"bond": (REPORTED, 1), "resting": (HIATUS, 0), "elsewhere": (UNKNOWN, 0)}
