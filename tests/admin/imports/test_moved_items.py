"""Staff move an item to another section, or take over a revision that does (S34)."""

from datetime import date

import pytest
from pytest_django.asserts import assertContains

from papers.models import ImportedFile, IssuePaper, NextStep, PairingCorrection, RejectedSuggestion
from tests.admin.imports.conftest import address, row_of, save, upload
from tests.factories import make_paper
from tests.importing.making import bullet, make_txt, sample
from tests.importing.samples import make_record
from tests.papers.following import link

pytestmark = pytest.mark.django_db

MARCH, SEPTEMBER = date(2024, 3, 6), date(2024, 9, 18)
OLD = "The count of containers goes on in Savannah."
MET = "The group met twice in Savannah this quarter."
STEP = "The group will send CBP a list of portal errors."
ANSWER = "CBP has a list of portal holidays."


def document(**sections):
    printed = {name.replace("_", " ").title(): texts for name, texts in sections.items()}
    found = tuple((name, tuple(map(bullet, texts))) for name, texts in printed.items())
    return make_txt(sample(sections=found))


@pytest.fixture
def draft(editor, read_at_once):
    """A draft between two papers of its group."""
    group = make_record()
    make_paper(group, MARCH, status=[OLD], next_steps=["CBP will answer."])
    make_paper(group, SEPTEMBER, status=[ANSWER])
    upload(editor, ("sample.txt", document(current_status=[MET, ANSWER], next_steps=[STEP])))
    return ImportedFile.objects.get()


def at(day):
    return IssuePaper.objects.get(meeting__held_on=day)


def move(editor, draft, words, section):
    prefix = row_of(editor.get(address(draft)), words)
    return save(editor, draft, **{f"{prefix}-section": section})


@pytest.mark.parametrize(
    ("section", "kind"), [("issue", "newer_section_item"), ("next-steps", "newer_next_step")]
)
def test_a_pairing_follows_an_item_that_the_review_moves(editor, draft, section, kind):
    old = at(MARCH).status_items.get()
    link(old, draft.paper.status_items.get(text=MET))

    page = move(editor, draft, MET, section)

    assert not page.context.get("problems")
    row = PairingCorrection.objects.get()
    assert (row.older, row.newer.text, row.newer) == (old, MET, getattr(row, kind))


def test_a_pairing_follows_an_item_there_and_back(editor, draft):
    link(at(MARCH).status_items.get(), draft.paper.status_items.get(text=MET))

    for section in ("background", "issue", "current-status"):
        move(editor, draft, MET, section)

    assert PairingCorrection.objects.get().newer == draft.paper.status_items.get(text=MET)


def test_a_rejection_follows_a_step_that_the_review_moves(editor, draft):
    answer = at(SEPTEMBER).status_items.get()
    RejectedSuggestion.objects.create(next_step=draft.paper.next_steps.get(), answer=answer)

    move(editor, draft, STEP, "current-status")

    row = RejectedSuggestion.objects.get()
    assert (row.step, row.answer) == (draft.paper.status_items.get(text=STEP), answer)


def test_the_review_says_why_a_rejected_answer_stays_under_current_status(editor, draft):
    step, answer = NextStep.objects.get(paper=at(MARCH)), draft.paper.status_items.get(text=ANSWER)
    RejectedSuggestion.objects.create(next_step=step, answer=answer)

    page = move(editor, draft, ANSWER, "issue")

    assertContains(page, f"Nothing was saved. “{ANSWER}” has to stay under Current Status")
    assert RejectedSuggestion.objects.get().answer == answer


def test_a_pairing_follows_an_item_that_a_revision_moves(editor, draft):
    old = at(MARCH).status_items.get()
    link(old, draft.paper.status_items.get(text=MET))
    upload(editor, ("again.txt", document(issue=[MET], current_status=[ANSWER], next_steps=[STEP])))
    revision = ImportedFile.objects.get(status="revision")
    sent = {"edition": editor.get(address(revision)).context["edition"], "_take_over": ""}

    editor.post(address(revision), sent)

    revision.refresh_from_db()
    assert revision.status == "applied"
    row = PairingCorrection.objects.get()
    assert (row.older, row.newer) == (old, draft.paper.section_items.get(section="issue"))
