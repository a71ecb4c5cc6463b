"""Items and papers on which an outcome rests are not lost to an import (S34)."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from papers.models import ImportedFile, IssuePaper, NextStep, StepOutcome
from tests.admin.forms import errors_of
from tests.admin.forms import fields_of as form_of
from tests.admin.imports.conftest import address, fields_of, row_of, save, upload
from tests.factories import make_meeting
from tests.importing.making import bullet, make_txt, sample
from tests.importing.samples import make_record

pytestmark = pytest.mark.django_db

STEP = "The group will send CBP a list of portal errors."
STAYS = "has to stay where it is: 1 outcome of a next step rests on it"


def document(*steps):
    status = ("Current Status", (bullet("The group met twice in Savannah this quarter."),))
    printed = ("Next Steps", tuple(map(bullet, steps)))
    return make_txt(sample(sections=(status, printed)))


@pytest.fixture
def draft(editor, read_at_once):
    """A draft with a step that staff settled at a later meeting."""
    make_record()
    upload(editor, ("sample.txt", document(STEP, "CBP will answer the letter of the members.")))
    later = make_meeting(IssuePaper.objects.get().meeting.held_on.replace(year=2030))
    StepOutcome.objects.create(
        next_step=NextStep.objects.get(text=STEP), meeting=later, outcome="done", note="Said so."
    )
    return ImportedFile.objects.get()


def unharmed():
    return StepOutcome.objects.get().step == NextStep.objects.get(text=STEP)


@pytest.mark.parametrize("change", [{"remove": "on"}, {"section": "current-status"}])
def test_the_review_refuses_to_take_a_settled_step_away(editor, draft, change):
    prefix = row_of(editor.get(address(draft)), STEP)
    changes = {f"{prefix}-{name}": value for name, value in change.items()}

    before = IssuePaper.objects.get().office_line

    page = save(editor, draft, **changes, **{"paper-office_line": "Office of Trade"})

    assertContains(page, f"Nothing was saved. “{STEP}” {STAYS}")
    assertContains(page, 'value="Office of Trade"')
    assert IssuePaper.objects.get().office_line == before
    assert unharmed()


def test_the_review_keeps_a_tracked_item_a_step_while_an_outcome_rests_on_it(editor, draft):
    item = IssuePaper.objects.get().status_items.get()
    IssuePaper.objects.get().status_items.update(also_next_step=True)
    StepOutcome.objects.create(
        status_item=item,
        meeting=StepOutcome.objects.get().meeting,
        outcome="done",
        note="Said so.",
    )
    sent = fields_of(editor.get(address(draft)))
    del sent[f"{row_of(editor.get(address(draft)), item.text)}-also_next_step"]

    page = editor.post(address(draft), sent | {"_save": ""}, follow=True)

    assertContains(page, "Nothing was saved.")
    assertContains(page, "has to stay a step: 1 outcome rests on it.")
    item.refresh_from_db()
    assert item.also_next_step


def test_a_revision_without_a_settled_step_is_refused(editor, draft):
    upload(editor, ("again.txt", document("CBP will answer the letter of the members.")))
    revision = ImportedFile.objects.get(status="revision")
    before = IssuePaper.objects.get().content()
    sent = {"edition": editor.get(address(revision)).context["edition"], "_take_over": ""}

    page = editor.post(address(revision), sent, follow=True)

    assertContains(page, f"Not taken over. “{STEP}” {STAYS}")
    revision.refresh_from_db()
    assert revision.status == "revision"
    assert IssuePaper.objects.get().content() == before
    assert unharmed()


def test_a_revision_that_rewords_and_reorders_a_settled_step_keeps_its_outcome(editor, draft):
    reworded = STEP.replace("a list", "a longer list")
    upload(
        editor,
        ("again.txt", document("CBP will answer the letter of the members.", reworded)),
    )
    revision = ImportedFile.objects.get(status="revision")
    sent = {"edition": editor.get(address(revision)).context["edition"], "_take_over": ""}

    editor.post(address(revision), sent)

    revision.refresh_from_db()
    assert revision.status == "applied"
    assert StepOutcome.objects.get().step.text == reworded


def test_a_draft_with_a_settled_step_is_not_discarded(editor, draft):
    page = editor.post(address(draft, "discard"), follow=True)

    assertContains(page, "has to stay where it is: 1 outcome of a next step rests on it")
    draft.refresh_from_db()
    assert draft.status == "draft"
    assert unharmed()


def test_a_draft_with_a_settled_step_is_not_deleted(editor, draft):
    page = reverse("admin:papers_issuepaper_delete", args=[draft.paper.pk])

    asked = editor.get(page)
    editor.post(page, {"post": "yes"})

    assertContains(asked, "would require deleting the following protected related objects")
    assertContains(asked, "Answered, June 2030")
    assert unharmed()


def test_the_papers_form_refuses_to_delete_a_settled_step(editor, draft):
    form = reverse("admin:papers_issuepaper_change", args=[draft.paper.pk])
    sent = form_of(editor.get(form))
    row = next(name for name, value in sent.items() if value == STEP and "initial" not in name)

    page = editor.post(form, sent | {row.replace("-text", "-DELETE"): "on"})

    (error,) = [it for it in errors_of(page) if "protected" in it]
    assert "Answered, June 2030" in error
    assert unharmed()


def test_a_meeting_and_an_item_taken_as_evidence_are_kept_too(editor, draft):
    paper = IssuePaper.objects.get()
    later = StepOutcome.objects.get().meeting
    asked = editor.get(reverse("admin:workgroups_meeting_delete", args=[later.pk]))
    assertContains(asked, "Answered, June 2030")
    other = paper.next_steps.exclude(text=STEP).get()
    StepOutcome.objects.update(note="", evidence_step=other)
    prefix = row_of(editor.get(address(draft)), other.text)

    page = save(editor, draft, **{f"{prefix}-remove": "on"})

    assertContains(page, f"“{other.text}” {STAYS}")
