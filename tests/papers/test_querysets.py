"""The one rule of visibility, and the questions asked of papers."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from papers.models import IssuePaper, NextStep
from papers.querysets import is_published
from tests.factories import make_group, make_meeting, make_paper

pytestmark = pytest.mark.django_db

MARCH, JUNE, SEPTEMBER = date(2024, 3, 6), date(2024, 6, 26), date(2024, 9, 18)


def test_a_published_paper_is_published_and_no_draft():
    paper = make_paper(make_group())

    assert list(IssuePaper.objects.published()) == [paper]
    assert list(IssuePaper.objects.drafts()) == []


def test_a_paper_without_a_moment_of_publishing_is_a_draft():
    paper = make_paper(make_group(), published=False)

    assert list(IssuePaper.objects.published()) == []  # S01
    assert list(IssuePaper.objects.drafts()) == [paper]


def test_a_paper_to_be_published_later_is_still_a_draft():
    paper = make_paper(make_group(), published_at=timezone.now() + timedelta(seconds=60))

    assert list(IssuePaper.objects.published()) == []  # S01
    assert list(IssuePaper.objects.drafts()) == [paper]
    assert not paper.is_public


def test_a_paper_becomes_public_when_its_moment_comes(time_machine):
    time_machine.move_to("2024-09-10 12:00:00+00:00", tick=False)
    paper = make_paper(make_group(), published_at=timezone.now() + timedelta(hours=1))

    time_machine.move_to("2024-09-10 13:00:00+00:00", tick=False)

    assert list(IssuePaper.objects.published()) == [paper]
    assert paper.is_public


def test_every_paper_is_either_published_or_a_draft():
    group = make_group()
    now = timezone.now()
    for day, moment in enumerate([None, now - timedelta(days=1), now + timedelta(days=1)], 1):
        make_paper(group, held_on=date(2024, 3, day), published=False, published_at=moment)

    published = set(IssuePaper.objects.published())
    drafts = set(IssuePaper.objects.drafts())

    assert published | drafts == set(IssuePaper.objects.all())
    assert not published & drafts
    assert {paper for paper in IssuePaper.objects.all() if paper.is_public} == published


def test_visibility_can_be_asked_of_a_row_that_belongs_to_a_paper():
    group = make_group()
    make_paper(group, held_on=MARCH, next_steps=["Meet."])
    make_paper(group, held_on=JUNE, next_steps=["Meet in secret."], published=False)

    steps = NextStep.objects.filter(is_published("paper__"))

    assert [step.text for step in steps] == ["Meet."]


def test_papers_up_to_a_day_include_the_meeting_of_that_day():
    group = make_group()
    march, june = (make_paper(group, held_on=day) for day in (MARCH, JUNE))
    make_paper(group, held_on=SEPTEMBER)

    assert list(IssuePaper.objects.up_to(JUNE)) == [june, march]


def test_issue_papers_leave_out_summaries():
    group = make_group()
    paper = make_paper(group, held_on=MARCH)
    make_paper(
        group, held_on=JUNE, source_kind="third-party-summary", source_url="https://example.org/"
    )

    assert list(IssuePaper.objects.issue_papers()) == [paper]


def test_papers_for_a_meeting_come_by_group_with_their_counts(django_assert_num_queries):
    meeting = make_meeting(MARCH)
    make_paper(make_group("pipeline"), meeting=meeting, status=["One.", "Two."], next_steps=["A."])
    make_paper(make_group("bond"), meeting=meeting, status=[], next_steps=["A.", "B.", "C."])
    make_paper(make_group("centers"), held_on=JUNE)

    with django_assert_num_queries(1):
        counts = [
            (paper.working_group.name, paper.meeting.held_on, paper.status_count, paper.step_count)
            for paper in IssuePaper.objects.for_meeting(meeting)
        ]

    assert counts == [("Bond", MARCH, 0, 3), ("Pipeline", MARCH, 2, 1)]


@pytest.mark.parametrize("papers", [1, 6])
def test_a_timeline_takes_three_queries_and_begins_with_the_newest(
    papers, django_assert_num_queries
):
    group = make_group()
    days = [date(2024, month, 1) for month in range(1, papers + 1)]
    for day in days:
        make_paper(group, held_on=day, next_steps=["Meet."])

    with django_assert_num_queries(3):
        timeline = list(IssuePaper.objects.for_timeline(group))
        read = [
            (paper.meeting.held_on, list(paper.status_items.all()), list(paper.next_steps.all()))
            for paper in timeline
        ]

    assert [day for day, _, _ in read] == sorted(days, reverse=True)


@pytest.mark.parametrize("papers", [1, 6])
def test_everything_a_paper_says_takes_seven_queries(papers, django_assert_num_queries):
    group = make_group()
    for month in range(1, papers + 1):
        make_paper(
            group,
            held_on=date(2024, month, 1),
            background=["Why."],
            issue=["What."],
            next_steps=["A."],
        )

    with django_assert_num_queries(7):
        contents = [
            (paper.content(), list(paper.corrections.all()), list(paper.sources.all()))
            for paper in IssuePaper.objects.with_everything()
        ]

    assert len(contents) == papers
