"""What staff may state of steps and pairs, and what of it the public may read."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from papers.models import PairingCorrection, RejectedSuggestion, StepOutcome
from tests.factories import make_group, make_meeting, make_paper

pytestmark = pytest.mark.django_db

MARCH, JUNE, SEPTEMBER = date(2024, 3, 6), date(2024, 6, 26), date(2024, 9, 18)
STEP = "The group will send CBP a list."
SENT = "The group sent CBP a list."


@pytest.fixture
def group():
    return make_group()


@pytest.fixture
def march(group):
    return make_paper(group, MARCH, next_steps=[STEP], background=["CBP will post a map."])


@pytest.fixture
def june(group, march):
    return make_paper(group, JUNE, status=[SENT], next_steps=["Meet again."])


def outcome(march, june, **fields):
    fields = {"outcome": "done", "evidence": june.status_items.get(), **fields}
    return StepOutcome(next_step=march.next_steps.get(), meeting=june.meeting, **fields)


def refusal(row):
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    return " ".join(refused.value.messages)


# What may be stated -----------------------------------------------------------------------------


def test_an_outcome_with_a_later_item_of_the_group_is_fine(march, june):
    row = outcome(march, june)

    row.full_clean()
    row.save()

    assert (row.step, row.shown_by) == (march.next_steps.get(), june.status_items.get())
    assert str(row) == "Answered, June 2024"


def test_a_draft_that_came_later_changes_nothing_of_what_was_stated(march):  # S01
    row = StepOutcome(
        next_step=march.next_steps.get(),
        meeting=make_meeting(JUNE),
        outcome="done",
        note="CBP said so in public.",
    )
    row.save()
    make_paper(march.working_group, JUNE, published=False)

    row.note = "CBP said so in public, twice."
    row.save()

    row.refresh_from_db()
    assert not row.rests_on_paper


def test_a_step_may_take_the_place_of_another(march, june):
    row = outcome(march, june, evidence=None, evidence_step=june.next_steps.get())

    row.full_clean()

    assert row.shown_by == june.next_steps.get()


@pytest.mark.parametrize("held_on", [MARCH, date(2023, 12, 6)])
def test_an_outcome_is_of_a_later_meeting(march, june, held_on):
    meeting = march.meeting if held_on == MARCH else make_meeting(held_on)
    row = outcome(march, june, evidence=None, note="Said so.")
    row.meeting = meeting

    assert refusal(row) == "The step was made at the meeting of March 6, 2024. Choose a later."


def test_evidence_is_of_the_same_group(march, june):
    other = make_paper(make_group("bond"), JUNE, status=[SENT])

    row = outcome(march, june, evidence=other.status_items.get())

    assert refusal(row) == "The evidence is of another group's paper."


def test_evidence_is_of_the_meeting_of_the_outcome(march, june):
    september = make_paper(march.working_group, SEPTEMBER, next_steps=["Meet."])

    row = outcome(march, june, evidence=None, evidence_step=september.next_steps.get())

    assert refusal(row) == "The evidence is not of the meeting of June 26, 2024."


def test_summaries_make_no_promises(group, june):
    summary = make_paper(
        group,
        date(2023, 3, 1),
        next_steps=[STEP],
        source_kind="third-party-summary",
        source_url="https://www.example.gov/summary",
    )

    assert refusal(outcome(summary, june)) == (
        "A summary in the site's own words makes no promises."
    )


@pytest.mark.parametrize("field", ["status_item", "section_item"])
def test_items_outside_next_steps_have_outcomes_once_they_are_tracked(march, june, field):
    item = march.status_items.get() if field == "status_item" else march.section_items.get()
    row = StepOutcome(
        **{field: item}, meeting=june.meeting, outcome="done", evidence=june.status_items.get()
    )
    assert refusal(row) == "This item is not tracked as a next step."

    item.also_next_step = True
    item.save()

    row.full_clean()


def test_notes_are_stored_clean(march, june):  # S38
    row = outcome(march, june, note="Cafe\u0301\x07")

    row.save()
    row.refresh_from_db()

    assert row.note == "Café"


def test_a_pair_is_of_one_group_and_of_two_meetings_in_order(march, june):
    old, new = march.status_items.get(), june.status_items.get()
    other = make_paper(make_group("bond"), SEPTEMBER).status_items.get()

    assert refusal(PairingCorrection(older_status_item=old, newer_status_item=other)) == (
        "The two items are of different groups."
    )
    assert refusal(PairingCorrection(older_status_item=new, newer_status_item=old)) == (
        "The older item has to be of an earlier meeting."
    )
    row = PairingCorrection(older_status_item=old, newer_status_item=new, together=False)
    row.full_clean()
    assert str(row) == f"“{SENT}” does not continue “The group met twice this quarter.”"


def test_a_rejection_is_of_a_later_item_of_the_group(march, june):
    step = march.next_steps.get()
    other = make_paper(make_group("bond"), SEPTEMBER).status_items.get()

    assert refusal(RejectedSuggestion(next_step=step, answer=other)) == (
        "The item is of another group's paper."
    )
    assert refusal(RejectedSuggestion(next_step=step, answer=march.status_items.get())) == (
        "The item is not of a later meeting."
    )
    row = RejectedSuggestion(next_step=step, answer=june.status_items.get())
    row.full_clean()
    assert str(row) == f"“{SENT}” does not answer “{STEP}”"


def test_who_stated_it_stays_on_record(march, june, django_user_model):  # S36
    anna = django_user_model.objects.create_user("anna")
    row = outcome(march, june, stated_by=anna)
    row.save()

    with pytest.raises(ProtectedError), transaction.atomic():
        anna.delete()

    row.refresh_from_db()
    assert row.stated_by == anna


# What the public may read (S01) -----------------------------------------------------------------


def is_public(row):
    return StepOutcome.objects.public().filter(pk=row.pk).exists()


@pytest.fixture
def stated(march, june):
    row = outcome(march, june)
    row.save()
    return row


def test_an_outcome_between_published_papers_is_public(stated):
    assert is_public(stated)


def test_an_outcome_of_a_step_in_a_draft_is_not_public(stated, march):  # S01
    march.withdraw()

    assert not is_public(stated)


@pytest.mark.parametrize("field", ["status_item", "section_item"])
def test_an_outcome_of_a_tracked_item_in_a_draft_is_not_public(march, june, field):  # S01
    item = march.status_items.get() if field == "status_item" else march.section_items.get()
    row = StepOutcome.objects.create(
        **{field: item}, meeting=june.meeting, outcome="done", note="Said so."
    )
    assert is_public(row)

    march.withdraw()

    assert not is_public(row)


@pytest.mark.parametrize("field", ["evidence", "evidence_step"])
def test_an_outcome_shown_by_a_draft_is_not_public(march, june, field):  # S01
    evidence = {
        "evidence": {"evidence": june.status_items.get()},
        "evidence_step": {"evidence": None, "evidence_step": june.next_steps.get()},
    }[field]
    row = outcome(march, june, **evidence)
    row.save()
    assert is_public(row)

    june.withdraw()

    assert not is_public(row)


def test_a_note_about_a_meeting_whose_paper_is_a_draft_is_not_public(march, june):  # S01
    row = outcome(march, june, evidence=None, note="As the paper says.")
    row.save()

    june.withdraw()

    assert not is_public(row)


# S01
def test_a_draft_that_is_imported_later_does_not_hide_what_was_public(client, group, march):
    meeting = make_meeting(JUNE)
    StepOutcome.objects.create(
        next_step=march.next_steps.get(), meeting=meeting, outcome="done", note="It said so."
    )
    before = client.get("/groups/forced-labor/").content
    assert b"It said so." in before

    draft = make_paper(group, meeting=meeting, status=[SENT], published=False)
    assert client.get("/groups/forced-labor/").content == before
    draft.publish()
    assert b"It said so." in client.get("/groups/forced-labor/").content


# S01
def test_a_draft_that_is_discarded_does_not_show_what_was_stated_of_it(group, march):
    draft = make_paper(group, JUNE, status=[SENT], published=False)
    row = StepOutcome.objects.create(
        next_step=march.next_steps.get(), meeting=draft.meeting, outcome="done", note="It was sent."
    )

    draft.delete()
    assert not is_public(row)

    # Whoever states it once more states it of a meeting without a paper.
    row.save()
    assert is_public(row)


def test_the_draft_of_another_group_or_meeting_is_no_hindrance(stated, group):  # S01
    make_paper(make_group("bond"), JUNE, published=False)
    make_paper(group, SEPTEMBER, published=False)

    assert is_public(stated)


def test_a_paper_to_be_published_later_is_a_draft(stated, june):  # S01
    june.published_at = timezone.now() + timedelta(days=1)
    june.save()

    assert not is_public(stated)


def test_the_gate_is_one_query(stated, django_assert_num_queries):
    with django_assert_num_queries(1):
        list(StepOutcome.objects.public().of_papers([stated.step.paper_id]))


# S05
@pytest.mark.parametrize("path", ["/papers/2024-03-06/forced-labor/", "/groups/forced-labor/"])
def test_what_rests_on_a_draft_changes_no_byte_of_a_public_page(client, march, path):
    def public():
        answer = client.get(path)
        return answer.content, answer.headers.get("ETag")

    draft = make_paper(
        march.working_group, JUNE, status=[SENT], next_steps=["Meet."], published=False
    )
    before = public()

    StepOutcome.objects.create(
        next_step=march.next_steps.get(),
        meeting=draft.meeting,
        outcome="done",
        evidence=draft.status_items.get(),
    )
    PairingCorrection.objects.create(
        older_status_item=march.status_items.get(), newer_status_item=draft.status_items.get()
    )
    RejectedSuggestion.objects.create(
        next_step=march.next_steps.get(), answer=draft.status_items.get()
    )

    assert public() == before
