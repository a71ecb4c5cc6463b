"""Steps to settle: what became of each open step, stated, changed and taken back by staff."""

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from papers.models import NextStep, RejectedSuggestion, StepOutcome
from tests.admin.conftest import staff_as
from tests.admin.followed import (
    JUNE,
    LIST,
    MARCH,
    MEETING_PAGE,
    PAGE,
    RIDER,
    SENT,
    SEPTEMBER,
    VISIT,
    group_desk,
    key,
    make_steps,
    messages_of,
    send,
)
from tests.factories import make_event, make_group, make_meeting, make_paper

pytestmark = pytest.mark.django_db


def steps_of(client, page=PAGE):
    return group_desk(client.get(page), page.rstrip("/").rpartition("/")[2]).steps


def entries(row):
    return LogEntry.objects.filter(
        content_type__model=row._meta.model_name, object_id=str(row.pk)
    ).count()


def test_each_step_that_was_open_is_shown_with_its_facts_and_suggestions(editor):
    march, june = make_steps()

    page = editor.get(PAGE)

    assertContains(page, "2 steps without a statement, 0 stated")
    first, second = group_desk(page).steps
    assert (first.item.text, first.now[1].fact, first.open_for) == (LIST, "not-mentioned", 1)
    (answer,) = first.answers
    assert answer.item.text == SENT
    assert "portal" in answer.words
    assert (second.item.text, second.now[1].fact, second.answers) == (VISIT, "repeated", [])
    assertContains(page, f'<a href="{march.get_absolute_url()}#n1">')
    assertContains(page, f'<a href="{june.get_absolute_url()}#s2">S2</a>')
    assertContains(page, "No suggestion: no new status item")
    assertContains(page, "<summary>Choose another item, or write a note</summary>", count=2)


def test_the_page_of_a_meeting_shows_every_group(editor):
    make_steps()
    make_steps("bond")
    make_group("quiet")

    page = editor.get(MEETING_PAGE)

    assertContains(page, "4 steps without a statement, 0 stated")
    assert [it["desk"].group.slug for it in page.context["sections"]] == ["bond", "forced-labor"]
    assertNotContains(page, "Quiet")


@pytest.mark.parametrize("outcome", ["done", "partly-done", "declined", "changed"])
def test_a_suggestion_is_accepted_with_one_click(editor, outcome):
    march, june = make_steps()
    step, answer = march.next_steps.first(), june.status_items.last()

    back = send(editor, "state", step, outcome=outcome, evidence=key(answer))

    assertRedirects(back, f"{PAGE}#step-{key(step)}")
    row = StepOutcome.objects.get()
    assert (row.step, row.meeting, row.outcome, row.shown_by) == (
        step,
        june.meeting,
        outcome,
        answer,
    )
    assert row.stated_by.get_username() == "editor"
    assert entries(row) == 1
    page = editor.get(PAGE)
    assertContains(page, "1 step without a statement, 1 stated")
    assertContains(page, "stated by editor")


def test_who_states_on_the_page_of_the_meeting_comes_back_to_it(editor):
    march, _ = make_steps()
    step = march.next_steps.first()

    back = send(
        editor,
        "state",
        step,
        outcome="done",
        evidence="S2",
        back="meeting",
    )

    assertRedirects(back, f"{MEETING_PAGE}#step-{key(step)}")


def test_a_second_click_changes_nothing(editor):
    march, june = make_steps()
    step, answer = march.next_steps.first(), june.status_items.last()
    send(editor, "state", step, outcome="done", evidence=key(answer))

    again = send(editor, "state", step, outcome="done", evidence=key(answer))

    assert messages_of(again)[-1:] == ["That is stated already."]
    assert entries(StepOutcome.objects.get()) == 1


def test_of_two_people_the_second_is_told_what_the_first_stated(editor):  # S25
    march, june = make_steps()
    step, answer = march.next_steps.first(), june.status_items.last()
    anna = staff_as("Publisher")
    User.objects.filter(username="publisher").update(username="anna")
    send(anna, "state", step, outcome="declined", evidence=key(answer))

    refused = send(editor, "state", step, outcome="done", evidence=key(answer))

    assert "anna stated on" in messages_of(refused)[-1]
    assert StepOutcome.objects.get().outcome == "declined"


def test_one_thread_has_one_outcome_at_a_meeting_whichever_paper_printed_it(editor):  # S25
    march, _ = make_steps()
    group = march.working_group
    september = make_paper(group, SEPTEMBER, status=["CBP opened the laboratory in Savannah."])
    page = "/admin/papers/stepoutcome/settle/2024-09-18/forced-labor/"
    # As the form of the record could have stored it: of June's row.
    visit = group_steps(march)[1]
    StepOutcome.objects.create(
        next_step=june_row(VISIT), meeting=september.meeting, outcome="dropped", note="Said so."
    )

    refused = send(editor, "state", visit, page=page, outcome="done", note="Done.")

    assert messages_of(refused)[-1].startswith("Nothing was stored: Somebody stated on")
    assert StepOutcome.objects.count() == 1


def group_steps(paper):
    return list(paper.next_steps.order_by("position"))


def june_row(text):
    return NextStep.objects.get(text=text, paper__meeting__held_on=JUNE)


def test_a_statement_about_words_that_changed_meanwhile_is_refused(editor):  # S26
    march, june = make_steps()
    seen = group_desk(editor.get(PAGE)).edition
    june.status_items.filter(text=SENT).update(text="CBP sent nothing.")

    answer = send(
        editor,
        "state",
        march.next_steps.first(),
        outcome="done",
        evidence=key(june.status_items.last()),
        edition=seen,
    )

    assert "changed the paper of June 26, 2024 while you looked" in messages_of(answer)[-1]
    assert not StepOutcome.objects.exists()


def test_a_rejected_suggestion_does_not_come_back_until_that_is_taken_back(editor):
    march, june = make_steps()
    step, answer = march.next_steps.first(), june.status_items.last()

    send(editor, "refuse", step, answer=key(answer))
    send(editor, "refuse", step, answer=key(answer))

    row = RejectedSuggestion.objects.get()
    assert (row.step, row.answer, entries(row)) == (step, answer, 1)
    (found, _) = steps_of(editor)
    assert found.answers == []
    assert [shown.text for _, shown in found.refused] == [SENT]
    # Nor do the same words at a later meeting.
    make_paper(march.working_group, SEPTEMBER, status=[SENT], next_steps=[VISIT])
    later = steps_of(editor, PAGE.replace("2024-06-26", "2024-09-18"))[0]
    assert (later.answers, later.earlier) == ([], [])

    send(editor, "take-back", step, row=row.pk)

    assert [it.item.text for it in steps_of(editor)[0].answers] == [SENT]
    assert entries(row) == 2


def test_each_click_on_a_suggestion_says_what_it_did(editor):
    march, june = make_steps()
    step, answer = march.next_steps.first(), june.status_items.last()

    rejected = send(editor, "refuse", step, answer=key(answer))
    page = editor.get(PAGE)
    back = send(editor, "take-back", step, row=RejectedSuggestion.objects.get().pk)

    assert messages_of(rejected)[-1] == "Rejected: S2 is not suggested for this step again."
    assertContains(page, "No suggestion is left: the only one was rejected.")
    # Of the other step, to which no item comes near.
    assertContains(page, "No suggestion: no new status item", count=1)
    assert messages_of(back)[-1] == "S2 may be suggested for this step again."


def test_an_earlier_paper_that_may_answer_is_named_on_later_pages(editor):
    march, _ = make_steps()
    make_paper(march.working_group, SEPTEMBER, status=[SENT])

    page = editor.get(PAGE.replace("2024-06-26", "2024-09-18"))

    (answer,) = group_desk(page).steps[0].earlier
    assert (answer.item.number, answer.item.meeting.held_on) == ("S2", JUNE)
    assertContains(page, f'<a href="{PAGE}#step-{key(march.next_steps.first())}">S2 of June 2024')


def test_another_item_or_a_note_is_evidence_too(editor):
    march, june = make_steps()
    list_step, visit = group_steps(march)

    send(editor, "state", list_step, outcome="overtaken", evidence="", note="CBP closed it.")
    send(editor, "state", visit, outcome="carried-over", evidence=key(june.next_steps.get()))

    by_note, by_step = StepOutcome.objects.order_by("pk")
    assert (by_note.shown_by, by_note.note) == (None, "CBP closed it.")
    assert (by_step.evidence_step, by_step.outcome) == (june.next_steps.get(), "carried-over")


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"outcome": "", "note": "Why."}, "Choose what became of the step."),
        ({"outcome": "done"}, "Say what shows it: choose an item of the later paper"),
        ({"outcome": "forgotten", "note": "Why."}, "Choose what became of the step."),
        ({"outcome": "done", "evidence": "S99"}, "There is no such item in that meeting&#x27;s"),
        ({"outcome": "done", "evidence": "status_item-1\x00"}, "Null characters are not allowed"),
        ({"outcome": "done", "note": "x" * 1001}, "at most 1000 characters (it has 1001)"),
    ],
)
def test_what_is_wrong_is_said_at_the_step_and_what_was_typed_stays(editor, sent, words):
    march, _ = make_steps()

    page = send(editor, "state", march.next_steps.first(), **sent)

    assertContains(page, words)
    assertContains(page, "Nothing was stored yet")
    if sent.get("note"):
        assertContains(page, sent["note"])
    assert not StepOutcome.objects.exists()


def test_evidence_can_be_named_by_its_number(editor):
    march, june = make_steps()

    send(editor, "state", march.next_steps.first(), outcome="done", evidence=" s2 ")

    assert StepOutcome.objects.get().evidence == june.status_items.last()


def test_items_of_a_long_paper_are_named_by_number_and_not_listed_in_every_form(editor):  # S39
    group = make_group()
    make_paper(group, MARCH, next_steps=[LIST])
    make_paper(group, JUNE, status=[f"CBP received form number {n}." for n in range(61)])

    page = editor.get(PAGE)

    assertContains(page, "The item’s number, such as S12 or N3")
    assertContains(page, "<option", 8)


def test_an_outcome_is_removed_as_its_remover_has_seen_it(editor):  # S25
    march, _ = make_steps()
    step = march.next_steps.first()
    send(editor, "state", step, outcome="done", evidence="S2")
    row = StepOutcome.objects.get()
    seen = steps_of(editor)[0].said[0].seen
    StepOutcome.objects.update(outcome="declined")

    refused = send(editor, "remove", step, row=row.pk, seen=seen)

    assert "somebody changed this outcome meanwhile to “Declined”" in messages_of(refused)[-1]
    assert StepOutcome.objects.exists()

    send(editor, "remove", step, row=row.pk, seen=steps_of(editor)[0].said[0].seen)

    assert not StepOutcome.objects.exists()
    assert entries(row) == 2
    again = send(editor, "remove", step, row=row.pk, seen=seen)
    assert "not there any more" in messages_of(again)[-1]


def test_an_outcome_is_edited_on_its_own_form_and_leads_back(editor):
    march, june = make_steps()
    step = march.next_steps.first()
    send(editor, "state", step, outcome="done", evidence="S2")
    row = StepOutcome.objects.get()
    address = f"/admin/papers/stepoutcome/{row.pk}/change/?from=group"
    form = editor.get(address)
    assertContains(form, SENT[:70])
    assertNotContains(form, "/admin/auth/user/")
    sent = {
        "edition": form.context["edition"],
        "outcome": "partly-done",
        "evidence": june.status_items.last().pk,
        "evidence_step": "",
        "note": "31 of 40.",
    }

    back = editor.post(address, sent)

    assertRedirects(back, f"{PAGE}#outcome-{row.pk}")
    row.refresh_from_db()
    assert (row.outcome, row.note, entries(row)) == ("partly-done", "31 of 40.", 2)

    late = editor.post(address, sent)  # On an edition that is no longer stored. (S25)

    assertContains(late, "changed this step outcome while you worked on it")


def test_a_settled_step_is_said_to_have_been_open(editor):
    march, _ = make_steps()
    assertContains(editor.get(PAGE), "<li>Open for 1 meeting</li>", count=2)

    send(editor, "state", march.next_steps.first(), outcome="done", evidence="S2")

    page = editor.get(PAGE)
    assertContains(page, "<li>Was open for 1 meeting</li>", count=1)
    assertContains(page, "<li>Open for 1 meeting</li>", count=1)


def test_a_step_that_is_partly_answered_is_still_open(editor):
    march, _ = make_steps()

    send(editor, "state", march.next_steps.first(), outcome="partly-done", evidence="S2")

    assertContains(editor.get(PAGE), "<li>Open for 1 meeting</li>", count=2)


def test_a_settled_step_is_not_asked_about_again(editor):
    march, _ = make_steps()
    send(editor, "state", march.next_steps.first(), outcome="done", evidence="S2")
    make_paper(march.working_group, SEPTEMBER, status=[RIDER])

    texts = [it.item.text for it in steps_of(editor, PAGE.replace("2024-06-26", "2024-09-18"))]

    assert texts == [VISIT]


def test_where_nothing_is_suggested_no_other_item_is_offered(editor):
    march = make_paper(make_group(), MARCH, next_steps=[VISIT])
    make_paper(march.working_group, JUNE, status=[RIDER])
    make_paper(make_group("bond"), SEPTEMBER)

    page = editor.get(PAGE)
    without_paper = editor.get(PAGE.replace("2024-06-26", "2024-09-18"))

    assertContains(page, "<summary>Choose an item, or write a note</summary>")
    assertContains(without_paper, "<strong>No paper of September 2024 is held</strong>")
    assertContains(without_paper, "<summary>Write a note</summary>")


def test_a_step_settled_at_a_later_meeting_does_not_ask(editor):
    march, _ = make_steps()
    make_paper(march.working_group, SEPTEMBER, status=[RIDER])
    page = PAGE.replace("2024-06-26", "2024-09-18")
    send(editor, "state", march.next_steps.first(), page=page, outcome="dropped", note="Said so.")

    earlier = editor.get(PAGE)

    assertContains(earlier, "1 step without a statement, 0 stated</strong>, 1 settled at a later")
    assertContains(earlier, "Settled at the meeting of")


def test_drafts_are_shown_and_what_rests_on_them_is_not_public(editor, client):  # S01
    march, june = make_steps(published=False)

    page = editor.get(PAGE)
    send(editor, "state", march.next_steps.first(), outcome="done", evidence="S2")

    assertContains(page, "a draft: readers see what rests on it once it is published")
    assertContains(page, f'href="/admin/papers/issuepaper/{june.pk}/change/"')
    assert not StepOutcome.objects.public().exists()
    june.publish()
    assert StepOutcome.objects.public().count() == 1


def test_a_meeting_that_is_prepared_can_be_settled_already(editor):
    march, _ = make_steps()
    planned = make_meeting(date(2040, 3, 7), status="planned")
    make_paper(march.working_group, meeting=planned, status=[SENT], published=False)
    page = "/admin/papers/stepoutcome/settle/2040-03-07/forced-labor/"

    send(editor, "state", march.next_steps.first(), page=page, outcome="done", evidence="S1")

    assert StepOutcome.objects.get().meeting == planned
    assertRedirects(
        editor.get("/admin/papers/stepoutcome/settle/"),
        "/admin/papers/stepoutcome/settle/2040-03-07/",
    )


def test_items_tracked_as_next_steps_are_settled_and_say_where_they_stand(editor):
    group = make_group()
    march = make_paper(group, MARCH, status=[LIST], background=[VISIT])
    march.status_items.update(also_next_step=True)
    march.section_items.update(also_next_step=True)
    june = make_paper(group, JUNE, status=[SENT])

    page = editor.get(PAGE)

    assertContains(page, "stands under Current status")
    assertContains(page, "stands under Background")
    for row in (march.status_items.get(), march.section_items.get()):
        send(editor, "state", row, outcome="done", evidence="S1")
    assert {it.step.text for it in StepOutcome.objects.all()} == {LIST, VISIT}
    assert {it.evidence for it in StepOutcome.objects.all()} == {june.status_items.get()}


def test_an_outcome_whose_item_is_no_step_any_more_is_still_shown(editor):
    group = make_group()
    march = make_paper(group, MARCH, status=[LIST])
    march.status_items.update(also_next_step=True)
    make_paper(group, JUNE, status=[SENT])
    step = march.status_items.get()
    send(editor, "state", step, outcome="done", evidence="S1")
    march.status_items.update(also_next_step=False)

    page = editor.get(PAGE)

    assertContains(page, "Stated, but of no step that was open then")
    (said,) = group_desk(page).unplaced
    send(editor, "remove", step, row=said.row.pk, seen=said.seen)
    assert not StepOutcome.objects.exists()


def test_of_a_step_made_at_a_groups_last_meeting_the_next_meeting_asks(editor):
    group = make_group()
    make_paper(group, MARCH, next_steps=[LIST])
    make_event(group, "concluded", date(2024, 3, 20))
    make_meeting(JUNE)
    make_meeting(SEPTEMBER)

    page = editor.get(PAGE)

    assertContains(page, "open when the group ended")
    assert steps_of(editor, PAGE.replace("2024-06-26", "2024-09-18")) == []


def test_summaries_make_no_promises(editor):
    group = make_group()
    fields = {"source_kind": "third-party-summary", "source_url": "https://www.example.gov/s"}
    make_paper(group, MARCH, next_steps=[LIST], **fields)
    make_paper(group, JUNE, status=[SENT])

    assertContains(editor.get(PAGE), "had no open step before this meeting")
