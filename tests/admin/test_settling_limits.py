"""Steps to settle: odd requests, who may do what, and pages of any size."""

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains

from papers.models import RejectedSuggestion, StepOutcome
from tests.admin.conftest import staff
from tests.admin.followed import (
    JUNE,
    LIST,
    MARCH,
    MEETING_PAGE,
    PAGE,
    RIDER,
    SENT,
    june_meeting,
    key,
    make_steps,
    messages_of,
    send,
)
from tests.factories import make_group, make_paper

pytestmark = pytest.mark.django_db


def group_steps(paper):
    return list(paper.next_steps.order_by("position"))


@pytest.mark.parametrize(
    "path",
    [
        "2024-06-27/",
        "nonsense/",
        "2024-06-27/forced-labor/",
        "2024-06-26/no-such-group/",
        "2024-9-18/",
    ],
)
def test_a_page_that_is_not_there_is_not_found(editor, path):
    make_steps()

    assert editor.get(f"/admin/papers/stepoutcome/settle/{path}").status_code == 404


def test_without_papers_there_is_nothing_to_settle(editor):
    back = editor.get("/admin/papers/stepoutcome/settle/", follow=True)

    assertContains(back, "There is no paper yet")


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"act": "state"},
        {"act": "state", "step": "next_step-0", "outcome": "done", "note": "Why."},
        {"act": "state", "step": "nonsense\x00", "page": "9" * 40, "back": "https://evil.example"},
        {"act": "refuse", "step": "next_step-1", "answer": "status_item-0"},
        {"act": "take-back", "row": "9" * 40},
        {"act": "remove", "row": "x"},
        {"act": "explode", "step": "a-1"},
    ],
)
def test_odd_requests_change_nothing(editor, sent):  # S14, S16
    make_steps()

    answer = editor.post(PAGE, sent)

    assert answer.status_code == 302
    assert answer.url.startswith(PAGE)
    assert not StepOutcome.objects.exists()


def test_a_step_of_another_group_or_meeting_is_refused(editor):  # S06
    make_steps()
    other, _ = make_steps("bond")

    answer = send(editor, "state", other.next_steps.first(), outcome="done", note="Why.")

    assert messages_of(answer)[-1].startswith("Nothing was stored: this step was not open then")


# Who may do what --------------------------------------------------------------------------------


def test_a_viewer_reads_and_states_nothing(viewer):  # S06
    march, june = make_steps()
    step = march.next_steps.first()
    outcome = StepOutcome.objects.create(
        next_step=group_steps(march)[1], meeting=june.meeting, outcome="done", note="Said so."
    )
    rejected = RejectedSuggestion.objects.create(next_step=step, answer=june.status_items.first())

    page = viewer.get(PAGE)

    assertContains(page, SENT)
    assertNotContains(page, 'name="act"')
    for act, more in (
        ("state", {"outcome": "done", "evidence": "S2"}),
        ("refuse", {"answer": key(june.status_items.last())}),
        ("take-back", {"row": rejected.pk}),
        ("remove", {"row": outcome.pk}),
    ):
        assert send(viewer, act, step, **more).status_code == 403
    assert StepOutcome.objects.get() == outcome
    assert RejectedSuggestion.objects.get() == rejected


def test_who_may_not_read_papers_sees_nothing_of_their_steps(db):  # S01, S06
    march, june = make_steps(published=False)
    row = StepOutcome.objects.create(
        next_step=march.next_steps.first(), meeting=june.meeting, outcome="done", note="Said so."
    )
    clerk = staff("clerk", *(f"{verb}_stepoutcome" for verb in ("view", "add", "change", "delete")))

    for path in (
        "settle/",
        "settle/2024-06-26/",
        "settle/2024-06-26/forced-labor/",
        "",
        f"{row.pk}/change/",
        f"{row.pk}/delete/",
    ):
        assert clerk.get(f"/admin/papers/stepoutcome/{path}").status_code == 403
    assert clerk.post(PAGE, {"act": "remove", "row": row.pk}).status_code == 403
    assert StepOutcome.objects.exists()


def test_reading_the_page_changes_nothing(editor):  # S11
    make_steps()
    before = LogEntry.objects.count()

    with CaptureQueriesContext(connection) as captured:
        editor.get(f"{PAGE}?act=state&outcome=done")

    assert LogEntry.objects.count() == before
    assert not [it for it in captured if it["sql"].startswith(("INSERT", "DELETE"))]


def test_stating_asks_for_the_forms_token(db):  # S11
    march, _ = make_steps()
    User.objects.create_superuser("root")
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get())

    answer = client.post(PAGE, {"act": "state", "step": key(march.next_steps.first())})

    assert answer.status_code == 403


def test_words_of_papers_and_people_are_shown_as_typed(editor):  # S12
    march, june = make_steps()
    march.next_steps.update(text="<script>alert(1)</script> will send a list of portal errors.")
    june.status_items.update(text="<b>The group sent</b> a list of portal errors.")
    StepOutcome.objects.create(
        next_step=group_steps(march)[1],
        meeting=june_meeting(),
        outcome="done",
        note="<img src=x onerror=alert(2)>",
    )

    page = editor.get(PAGE)

    for bad in ("<script>alert", "<b>The", "<img"):
        assertNotContains(page, bad)


# How much it takes ------------------------------------------------------------------------------


def queries(client, page):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    return len(captured)


@pytest.mark.parametrize("page", [PAGE, MEETING_PAGE])
def test_the_page_takes_as_many_queries_for_many_steps_as_for_few(editor, page):  # S39
    march, june = make_steps()
    StepOutcome.objects.create(
        next_step=march.next_steps.first(), meeting=june.meeting, outcome="done", note="Said so."
    )
    queries(editor, page)
    few = queries(editor, page)
    for number in range(8):
        older, newer = make_steps(f"group-{number}")
        for step in group_steps(older):
            StepOutcome.objects.create(
                next_step=step, meeting=newer.meeting, outcome="done", note="Said so."
            )
        for step in group_steps(older):
            RejectedSuggestion.objects.create(next_step=step, answer=newer.status_items.last())
    for month in range(1, 9):
        make_paper(march.working_group, date(2023, month, 4), status=[RIDER], next_steps=[LIST])

    assert queries(editor, page) == few <= 20


def test_many_steps_come_on_pages_that_stay_small(editor):  # S39
    group = make_group()
    words = "will send CBP a list of errors that the portal returns. " * 170
    make_paper(group, MARCH, next_steps=[f"Member {n} {words}"[:9_999] for n in range(60)])
    make_paper(group, JUNE, status=[f"Member {n} sent a list. {words}"[:9_999] for n in range(20)])

    page = editor.get(PAGE)

    assertContains(page, "60 steps without a statement")
    assertContains(page, '<a href="?page=3" aria-label="Page 3">')
    assert len(page.content) < 1_000_000
    third = editor.get(f"{PAGE}?page=3")
    (section,) = third.context["sections"]
    assert len(section["steps"]) == 10
