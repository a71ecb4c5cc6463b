"""Around the review of a draft: the next file, and files that are no drafts."""

import pytest
from pytest_django.asserts import assertContains, assertRedirects

from papers.models import IssuePaper
from tests.admin.imports.conftest import address, fields_of, save, upload
from tests.factories import make_group, make_meeting
from tests.importing.making import make_txt, sample
from tests.importing.samples import make_record

pytestmark = pytest.mark.django_db


def the_paper():
    return IssuePaper.objects.get()


# The batch -------------------------------------------------------------------------------------


def test_the_next_paper_is_one_click_away(editor, read_at_once):
    make_record()
    make_group("other", "Other")
    two = make_txt(sample(group="Other Working Group"))
    _, batch = upload(editor, ("a.txt", make_txt(sample())), ("b.txt", two))
    first, second = batch.files.all()

    page = editor.get(address(first))
    assertContains(page, f'href="{address(second)}"')
    sent = fields_of(page) | {"_next": ""}
    assertRedirects(editor.post(address(first), sent), address(second))


# What is not a draft ---------------------------------------------------------------------------


def test_a_file_that_is_not_read_yet_leads_back_to_its_batch(editor, launched):
    _, batch = upload(editor, ("a.txt", b"x"))

    answer = editor.get(address(batch.files.get()))

    assertRedirects(answer, f"/admin/papers/importbatch/{batch.pk}/change/")


def test_a_deleted_draft_is_said_to_be_one(editor, draft):
    the_paper().delete()

    assertContains(editor.get(address(draft)), "The draft it became was deleted.")
    assert editor.post(address(draft), {"_save": ""}).status_code == 302


@pytest.mark.parametrize("number", [2, 99])
def test_a_file_that_is_not_there_is_not_found(editor, draft, number):
    address_of_none = address(draft).replace("/files/1/", f"/files/{number}/")

    assert editor.get(address_of_none).status_code == 404


def test_a_meeting_changed_by_staff_stays_changed(editor, draft):
    meeting = make_meeting(the_paper().meeting.held_on.replace(month=9))

    save(editor, draft, **{"paper-meeting": meeting.pk})

    assert the_paper().meeting == meeting
    assert "pub_meeting_mismatch" in {it.full_code for it in draft.findings.all()}
