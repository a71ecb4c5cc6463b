"""The one rule of visibility, and the questions asked of papers."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from papers.contents import load_contents
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


def test_papers_of_a_group_begin_with_the_newest():
    group = make_group()
    march, september, june = (make_paper(group, held_on=day) for day in (MARCH, SEPTEMBER, JUNE))
    make_paper(make_group("bond"), held_on=JUNE)

    assert list(IssuePaper.objects.of_group(group)) == [september, june, march]


def test_a_paper_is_known_by_every_address_it_had():  # S35
    group = make_group("1usg")
    paper = make_paper(group, meeting=make_meeting(MARCH))
    group.slug = "cii"
    group.save()
    paper.meeting.held_on = JUNE
    paper.meeting.save()

    known_as = IssuePaper.objects.known_as

    assert {known_as(day, slug) for day in (MARCH, JUNE) for slug in ("1usg", "cii")} == {paper}
    assert known_as(SEPTEMBER, "cii") is None
    assert known_as(JUNE, "bond") is None


def test_a_draft_is_not_known_by_its_address_where_only_published_papers_are_asked():  # S03
    make_paper(make_group(), held_on=MARCH, published=False)

    assert IssuePaper.objects.published().known_as(MARCH, "forced-labor") is None


@pytest.mark.parametrize("papers", [1, 6])
def test_papers_come_with_subject_and_counts_in_one_query(papers, django_assert_num_queries):
    group = make_group("bond")
    for month in range(1, papers + 1):
        make_paper(
            group,
            held_on=date(2024, month, 1),
            status=["One.", "Two."],
            next_steps=["A.", "B.", "C."],
        )

    with django_assert_num_queries(1):
        found = {
            (paper.working_group.name, paper.status_count, paper.step_count)
            for paper in IssuePaper.objects.with_subject().with_counts()
            if paper.meeting.held_on
        }

    assert found == {("Bond", 2, 3)}


@pytest.mark.parametrize("papers", [1, 6])
def test_what_many_papers_say_takes_one_query_and_is_what_each_says(
    papers, django_assert_num_queries
):
    group = make_group()
    for month in range(1, papers + 1):
        paper = make_paper(
            group,
            held_on=date(2024, month, 1),
            status=["Met.", ("Met again.", 1)],
            background=[f"Why {month}."],
            issue=["What."],
            next_steps=["Meet soon."],
            other={"Recommendations": ["Do."], "Annex": ["See."]},
            source_text="Met.",
        )
        paper.status_items.filter(position=1).update(
            links=[{"text": "Met", "target": ""}], span_start=0, span_end=4
        )
        paper.next_steps.update(owner="cbp", due_words="soon")
    every = list(IssuePaper.objects.all())

    with django_assert_num_queries(1):
        contents = load_contents(every)

    assert contents == {paper.pk: paper.content() for paper in every}


def test_no_papers_say_nothing_without_a_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert load_contents([]) == {}
