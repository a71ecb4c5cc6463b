"""The lists of outcomes, pairing corrections and rejected suggestions, and the ways to them."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from papers.models import PairingCorrection, RejectedSuggestion, StepOutcome
from tests.admin.conftest import on_papers, staff
from tests.admin.followed import (
    LIST,
    MARCH,
    MEETING_PAGE,
    PAGE,
    SENT,
    VISIT,
    group_desk,
    make_steps,
)
from tests.admin.forms import errors_of, fields_of
from tests.factories import make_group, make_meeting, make_paper

pytestmark = pytest.mark.django_db

PAIRS = "/admin/papers/pairingcorrection/pairs/2024-06-26/forced-labor/"
MODELS = ["stepoutcome", "pairingcorrection", "rejectedsuggestion"]


def make_rows(slug="forced-labor"):
    march, june = make_steps(slug)
    step, answer = march.next_steps.first(), june.status_items.last()
    return (
        StepOutcome.objects.create(
            next_step=step, meeting=june.meeting, outcome="done", evidence=answer
        ),
        PairingCorrection.objects.create(
            older_next_step=march.next_steps.last(), newer_next_step=june.next_steps.get()
        ),
        RejectedSuggestion.objects.create(next_step=march.next_steps.last(), answer=answer),
    )


@pytest.mark.parametrize("model", MODELS)
def test_a_list_says_what_was_stated_in_the_papers_own_words(editor, model):
    make_rows()

    page = editor.get(f"/admin/papers/{model}/")

    assertContains(page, (LIST if model == "stepoutcome" else VISIT)[:60])
    assertContains(page, "Forced Labor Working Group")
    assertNotContains(page, f"/admin/papers/{model}/add/")


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("words", ["forced labor", "LABORATORY portal", "forced 100%", "é"])
def test_a_list_is_searched_by_group_and_words(editor, model, words):
    make_rows()

    page = editor.get(f"/admin/papers/{model}/", {"q": words})

    assert page.status_code == 200
    if words == "forced labor":
        assert page.context["cl"].result_count == 1
    if words == "forced 100%":
        assert page.context["cl"].result_count == 0


@pytest.mark.parametrize("model", MODELS)
def test_a_list_takes_as_many_queries_for_many_rows_as_for_few(editor, model):  # S39
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert editor.get(f"/admin/papers/{model}/").status_code == 200
        return len(captured)

    make_rows()
    queries()
    few = queries()
    for number in range(9):
        make_rows(f"group-{number}")

    assert queries() == few <= 12


@pytest.mark.parametrize(
    ("filters", "status"),
    [
        ({"outcome__exact": "done"}, 200),
        ({"meeting__held_on__year": "2024"}, 200),
        ({"meeting__held_on__year": "nonsense"}, 302),
        ({"next_step__text__contains": "x"}, 400),
    ],
)
def test_outcomes_are_filtered_by_what_is_offered_alone(editor, filters, status):  # S14
    make_rows()

    assert editor.get("/admin/papers/stepoutcome/", filters).status_code == status


def test_the_form_of_an_outcome_offers_the_items_of_that_meeting_alone(editor):  # S39
    outcome, *_ = make_rows()
    make_paper(make_group("bond"), MARCH, status=["Another group's item."])

    form = editor.get(f"/admin/papers/stepoutcome/{outcome.pk}/change/")

    assertContains(form, SENT[:60])
    assertNotContains(form, "Another group")
    assert len(form.context["adminform"].form.fields["evidence"].queryset) == 2


def test_a_forged_form_changes_neither_the_step_nor_the_meeting(editor):  # S06
    outcome, *_ = make_rows()
    before = (outcome.next_step_id, outcome.meeting_id)
    form = f"/admin/papers/stepoutcome/{outcome.pk}/change/"
    other = make_meeting(date(2025, 1, 8))
    sent = {
        "edition": editor.get(form).context["edition"],
        "outcome": "declined",
        "evidence": outcome.evidence_id,
        "evidence_step": "",
        "note": "",
        "meeting": other.pk,
        "next_step": outcome.next_step.paper.next_steps.last().pk,
        "stated_by": "",
    }

    editor.post(form, sent)

    outcome.refresh_from_db()
    assert (outcome.next_step_id, outcome.meeting_id) == before
    assert (outcome.outcome, str(outcome.stated_by)) == ("declined", "editor")


@pytest.mark.parametrize("model", MODELS)
def test_rows_are_deleted_by_who_may(editor, viewer, model):  # S06
    row = make_rows()[MODELS.index(model)]
    address = reverse(f"admin:papers_{model}_delete", args=[row.pk])
    assert viewer.post(address, {"post": "yes"}).status_code == 403
    assert type(row).objects.exists()

    editor.post(address, {"post": "yes"})

    assert not type(row).objects.exists()


@pytest.mark.parametrize("model", ["pairingcorrection", "rejectedsuggestion"])
def test_corrections_and_rejections_are_looked_at_and_not_changed(editor, model):
    row = make_rows()[MODELS.index(model)]
    address = reverse(f"admin:papers_{model}_change", args=[row.pk])

    assertNotContains(editor.get(address), 'name="_save"')
    assert editor.post(address, {}).status_code == 403


# The ways there ---------------------------------------------------------------------------------


def test_home_meeting_and_paper_lead_to_the_steps(editor):
    march, june = make_steps()
    meeting = reverse("admin:workgroups_meeting_change", args=[june.meeting_id])
    paper = reverse("admin:papers_issuepaper_change", args=[june.pk])

    assertContains(editor.get("/admin/"), 'href="/admin/papers/stepoutcome/settle/"')
    assertContains(editor.get("/admin/papers/stepoutcome/"), 'href="/admin/papers/stepoutcome/sett')
    assertContains(editor.get(meeting), f'href="{MEETING_PAGE}"')
    page = editor.get(paper)
    assertContains(page, f'href="{PAGE}"')
    assertContains(page, f'href="{PAIRS}"')
    first = editor.get(reverse("admin:papers_issuepaper_change", args=[march.pk]))
    assertNotContains(first, "Pairs with the paper before")
    assertContains(editor.get(PAGE), f'href="{PAIRS}"')
    assertContains(editor.get(PAIRS), f'href="{PAGE}"')


def test_who_may_not_see_the_steps_is_not_led_there(db):  # S06
    _, june = make_steps()
    clerk = staff("clerk", *on_papers("view", "change"), "view_meeting")

    for page in (
        "/admin/",
        reverse("admin:workgroups_meeting_change", args=[june.meeting_id]),
        reverse("admin:papers_issuepaper_change", args=[june.pk]),
    ):
        answer = clerk.get(page)
        assertNotContains(answer, "/settle/")
        assertNotContains(answer, "/pairs/")


def test_a_meeting_that_was_cancelled_has_nothing_to_settle(editor):
    meeting = make_meeting(MARCH, status="cancelled")
    page = editor.get(reverse("admin:workgroups_meeting_change", args=[meeting.pk]))

    assertNotContains(page, "/settle/")
    assert editor.get("/admin/papers/stepoutcome/settle/2024-03-06/").status_code == 404


# Items that are tracked -------------------------------------------------------------------------


def test_an_item_is_tracked_by_a_tick_in_the_papers_form(editor):
    march = make_paper(
        make_group(), MARCH, status=[LIST], background=["CBP will post a map."], published=False
    )
    make_paper(march.working_group, date(2024, 6, 26), status=[SENT])
    address = reverse("admin:papers_issuepaper_change", args=[march.pk])
    sent = fields_of(editor.get(address))
    assert group_desk(editor.get(PAGE)).steps == []

    ticks = {"status_items-0-also_next_step": "on", "section_items-0-also_next_step": "on"}
    answer = editor.post(address, sent | ticks)

    assert answer.status_code == 302
    assert [it.item.text for it in group_desk(editor.get(PAGE)).steps] == [
        "CBP will post a map.",
        LIST,
    ]


def test_an_item_stays_a_step_while_an_outcome_rests_on_it(editor):
    march = make_paper(
        make_group(), MARCH, status=[LIST], background=["CBP will post a map."], published=False
    )
    june = make_paper(march.working_group, date(2024, 6, 26), status=[SENT])
    march.status_items.update(also_next_step=True)
    march.section_items.update(also_next_step=True)
    row = StepOutcome.objects.create(
        status_item=march.status_items.get(), meeting=june.meeting, outcome="done", note="Said so."
    )
    address = reverse("admin:papers_issuepaper_change", args=[march.pk])
    sent = fields_of(editor.get(address))
    del sent["status_items-0-also_next_step"], sent["section_items-0-also_next_step"]

    answer = editor.post(address, sent)

    assert errors_of(answer) == [
        f"“{LIST}” has to stay a step: 1 outcome rests on it. Remove that first, among the steps "
        "to settle."
    ]
    assert march.section_items.get().also_next_step
    row.delete()
    assert editor.post(address, sent).status_code == 302
    assert not march.status_items.get().also_next_step
