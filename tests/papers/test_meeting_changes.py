"""What one meeting changed: counts, quotes and next steps of every group."""

from datetime import date

import pytest

from papers.comparison import ChangeKind, Counts
from papers.contents import load_holdings
from papers.following import follow_groups
from papers.meeting_changes import MeetingChanges
from papers.models import IssuePaper, StatusItem, StepOutcome
from papers.reports import Reports
from papers.words import Op
from tests.changes_fixtures import ANSWERED, GONE, JUNE, MARCH, NEW, SEPTEMBER, make_changes
from tests.factories import make_event, make_group, make_meeting, make_paper
from workgroups.models import Meeting, WorkingGroup

pytestmark = pytest.mark.django_db


def changes_at(day):
    groups = list(WorkingGroup.objects.with_history())
    meetings = list(Meeting.objects.all())
    followed = follow_groups(groups, meetings, date(2025, 1, 1))
    [meeting] = [it for it in meetings if it.held_on == day]
    papers = load_holdings(IssuePaper.objects.published())
    reports = Reports(groups, [meeting], papers, followed)
    return MeetingChanges(meeting, reports.of_meeting(meeting), followed)


def of(changes, slug):
    [found] = [it for it in changes.groups if it.report.group.slug == slug]
    return found


@pytest.fixture
def september():
    make_changes()
    return changes_at(SEPTEMBER)


def test_the_counts_are_those_of_compared_status_items_alone(september):
    assert september.counts == Counts(new=1, reworded=1, same=2, gone=1)
    assert [it.report.group.slug for it in september.compared] == ["bond", "entry"]
    assert [it.report.group.slug for it in september.firsts] == ["pipeline"]
    assert of(september, "e-commerce").changes is None
    assert not of(september, "e-commerce").is_first


def test_the_most_changed_group_comes_first_and_summaries_last(september):
    slugs = [it.report.group.slug for it in september.by_change]

    assert slugs == ["entry", "bond", "pipeline", "e-commerce"]


def test_the_first_new_item_is_quoted_with_its_address(september):
    quote = of(september, "entry").quote

    assert quote.mark.label == "New"
    assert [it.words for it in quote.parts] == [NEW]
    assert (quote.address, quote.number) == ("/papers/2024-09-18/entry/#s3", "S3")


def test_without_a_new_item_the_first_reworded_one_is_quoted_with_its_words(september):
    StepOutcome.objects.all().delete()
    StatusItem.objects.get(text=NEW).delete()

    quote = of(changes_at(SEPTEMBER), "entry").quote

    assert quote.mark.label == "Reworded"
    assert [it.words for it in quote.parts if it.op is Op.REMOVED] == ["eleven", "the"]
    assert [it.words for it in quote.parts if it.op is Op.ADDED] == ["twelve"]


def test_an_item_that_came_from_another_section_is_quoted_where_nothing_else_changed():
    group = make_group()
    words = "CBP sends every port the list of participating carriers and brokers."
    make_paper(group, JUNE, status=["The group met."], background=[words])
    make_paper(group, SEPTEMBER, status=["The group met.", words])

    found = of(changes_at(SEPTEMBER), "forced-labor")

    assert found.quote.mark.label == "Moved from Background"
    assert not found.is_same


def test_a_paper_with_the_same_words_quotes_none(september):
    bond = of(september, "bond")

    assert (bond.quote, bond.is_same) == (None, True)


def test_two_papers_are_held_side_by_side_whatever_the_gap(september):
    bond = of(september, "bond")

    assert bond.paper_before.meeting.held_on == MARCH
    assert bond.changes_address == "/groups/bond/changes/2024-03-06...2024-09-18/"
    assert of(september, "pipeline").changes_address == ""


def test_an_item_that_is_gone_leads_to_the_paper_that_had_it(september):
    [quote] = of(september, "entry").of_kind(ChangeKind.GONE)

    assert quote.address == "/papers/2024-06-26/entry/#s3"
    assert [it.words for it in quote.parts] == [GONE]


def test_every_kind_of_change_has_a_list_and_empty_kinds_have_none(september):
    assert [(anchor, len(of_kind)) for anchor, _, of_kind in september.lists] == [
        ("new", 1),
        ("reworded", 1),
        ("gone", 1),
    ]


def test_a_quoted_diff_begins_near_its_first_change_and_ends_in_time():
    group = make_group()
    before = " ".join(f"word{number}" for number in range(200))
    make_paper(group, JUNE, status=[f"{before} eleven tests {before}"])
    make_paper(group, SEPTEMBER, status=[f"{before} twelve tests {before}"])

    quote = of(changes_at(SEPTEMBER), "forced-labor").quote

    words = " ".join(it.words for it in quote.parts)
    assert words.startswith("…\xa0word191 word192")
    assert "word199 eleven twelve tests word0" in words
    assert words.endswith("…")
    assert len(words) < 600


def test_a_very_long_new_item_is_cut():
    group = make_group()
    make_paper(group, JUNE, status=["The group met."])
    make_paper(group, SEPTEMBER, status=["The group met.", "endless " * 1_200])

    found = of(changes_at(SEPTEMBER), "forced-labor")

    assert len(found.quote.parts[0].words) <= 320
    assert len(found.of_kind(ChangeKind.NEW)[0].parts[0].words) <= 1_200


def test_the_next_steps_of_a_group_are_counted_as_facts_and_as_statements(september):
    entry = of(september, "entry")

    assert entry.step_facts == "1 made, 1 repeated"
    assert entry.step_outcomes == "1 answered"
    assert (september.made, september.made_in_firsts, september.settled) == (2, 1, 1)


def test_a_step_of_which_staff_state_something_is_not_counted_as_not_mentioned_too():
    make_changes()
    StepOutcome.objects.update(outcome="partly-done")
    partly = of(changes_at(SEPTEMBER), "entry")
    StepOutcome.objects.all().delete()
    silent = of(changes_at(SEPTEMBER), "entry")

    assert (partly.step_facts, partly.step_outcomes) == ("1 made, 1 repeated", "1 partly answered")
    assert (silent.step_facts, silent.step_outcomes) == ("1 made, 1 repeated, 1 not mentioned", "")


def test_of_a_first_paper_nobody_says_that_its_steps_were_made_there(september):
    assert of(september, "pipeline").step_facts == "1 in the first paper held"


def test_open_steps_are_those_open_on_the_day_of_the_meeting(september):
    june = changes_at(JUNE)

    assert (june.open_steps, september.open_steps) == (3, 4)
    assert of(september, "drawback").last_words == "last paper June 2024, 1 open next step"
    assert of(september, "pipeline").open_steps == 1


def test_open_before_and_made_is_settled_and_open_after(september):
    june = changes_at(JUNE)

    assert june.open_steps + september.made == september.settled + september.open_steps


def test_a_step_open_when_its_group_ended_was_open_at_the_meeting_before():
    groups = make_changes()
    groups["drawback"].events.create(kind="closed", happened_on=date(2024, 10, 1))

    assert of(changes_at(SEPTEMBER), "drawback").open_steps == 1
    assert of(changes_at(date(2024, 12, 11)), "drawback").open_steps == 0


def test_what_staff_state_comes_with_what_shows_it(september):
    [stated] = september.stated

    assert (stated.row.text, stated.settles) == (ANSWERED, True)
    assert stated.chip.words == "Answered in September 2024"
    assert stated.chip.href == "/papers/2024-09-18/entry/#s3"
    assert stated.chip.is_stated
    assert changes_at(JUNE).stated == []


# S01
def test_a_draft_is_no_first_paper_no_paper_before_and_settles_nothing():
    group = make_group()
    draft = make_paper(group, JUNE, next_steps=["Wait."], published=False)
    paper = make_paper(group, SEPTEMBER)
    StepOutcome.objects.create(
        next_step=draft.next_steps.get(), meeting=paper.meeting, outcome="dropped", note="Gone."
    )

    found = changes_at(SEPTEMBER)

    assert of(found, "forced-labor").is_first
    assert of(found, "forced-labor").paper_before is None
    assert (found.open_steps, found.settled, found.stated) == (0, 0, [])


def test_a_meeting_without_papers_has_no_numbers():
    make_meeting(SEPTEMBER)
    make_group()

    found = changes_at(SEPTEMBER)

    assert (found.compared, found.counts, found.by_change, found.lists) == ([], Counts(), [], [])


@pytest.mark.parametrize("ended_on", [MARCH, date(2024, 4, 1), JUNE])
@pytest.mark.parametrize("outcome_on", [None, MARCH, JUNE, SEPTEMBER])
def test_at_every_meeting_open_before_and_made_are_settled_ended_and_still_open(
    ended_on, outcome_on
):
    group, other = make_group("bond"), make_group("cargo")
    december = make_paper(group, date(2023, 12, 13), next_steps=["CBP will list the ports."])
    make_paper(group, MARCH, next_steps=["CBP will list the ports.", "The group will draft it."])
    make_event(group, "concluded", ended_on)
    make_paper(other, JUNE, next_steps=["The group will review a sample of detentions."])
    make_meeting(SEPTEMBER)
    if outcome_on:
        StepOutcome.objects.create(
            next_step=december.next_steps.get(),
            meeting=Meeting.objects.get(held_on=outcome_on),
            outcome="overtaken",
            note="Told so.",
        )
    before, closed = 0, 0

    for day in (december.meeting.held_on, MARCH, JUNE, SEPTEMBER):
        found = changes_at(day)
        assert before + found.made == found.settled + found.ended + found.open_steps, day
        before, closed = found.open_steps, closed + found.settled + found.ended

    assert (closed, before) == (2, 1)


def test_a_step_stated_of_long_after_its_group_ended_is_not_settled_twice():
    group = make_group("bond")
    march = make_paper(group, MARCH, next_steps=["CBP will list the ports."])
    make_event(group, "concluded", date(2024, 4, 1))
    make_meeting(JUNE)
    last = make_meeting(SEPTEMBER)
    StepOutcome.objects.create(
        next_step=march.next_steps.get(), meeting=last, outcome="overtaken", note="Told so."
    )

    june, september = changes_at(JUNE), changes_at(SEPTEMBER)

    assert (june.ended, june.settled) == (1, 0)
    assert (september.ended, september.settled) == (0, 0)
    assert [it.settles for it in september.stated] == [True]
