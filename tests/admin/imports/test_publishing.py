"""Publishing from the review page, and two people at one draft."""

from datetime import UTC, datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from papers.models import IssuePaper
from tests.admin.forms import fields_of as whole_form
from tests.admin.imports.conftest import address, fields_of, row_of, save
from tests.factories import make_group

pytestmark = pytest.mark.django_db

PUBLISH = "/admin/papers/issuepaper/publish/"


def the_paper():
    return IssuePaper.objects.get()


# Publishing ------------------------------------------------------------------------------------


def test_a_publisher_saves_and_publishes(publisher, draft):
    page = save(publisher, draft, _publish="", **{"paper-pub_number": "3701-0624"})

    assertContains(page, "Everybody can read it now.")
    paper = the_paper()
    assert (paper.is_public, paper.pub_number) == (True, "3701-0624")
    assert LogEntry.objects.first().get_change_message() == "Published."  # S36


def test_nothing_is_published_with_a_sentence_that_is_lost(publisher, draft):
    prefix = row_of(publisher.get(address(draft)), "The counts are kept")

    page = save(publisher, draft, _publish="", **{f"{prefix}-remove": "on"})

    assertContains(page, "Saved, and still a draft. Findings of its import have to be settled")
    assert not the_paper().is_public
    assert the_paper().status_items.count() == 4


def test_a_lost_sentence_that_somebody_nods_does_not_block(publisher, draft):
    prefix = row_of(publisher.get(address(draft)), "The counts are kept")
    save(publisher, draft, **{f"{prefix}-remove": "on"})

    save(publisher, draft, _publish="", nod=[draft.findings.get(code="not_placed").pk])

    assert the_paper().is_public


# Points that nobody has nodded to -----------------------------------------------------------


@pytest.fixture
def pointed(publisher, draft):
    """The draft with a point to nod to: its Pub# names another month."""
    page = save(publisher, draft, **{"paper-pub_number": "3701-0324"})
    assert [row["finding"].code for row in page.context["asking"]] == ["pub_meeting_mismatch"]
    return draft


def asked(page):
    (row,) = page.context["rows"]
    return {"paper": row["paper"].pk, "edition": row["edition"]}


def test_publishing_asks_once_about_points_that_nobody_nodded_to(publisher, pointed):  # S36
    page = save(publisher, pointed, _publish="")

    assertContains(page, "names another month than the meeting")
    assertContains(page, "They are right as they stand: publish")
    assert not the_paper().is_public

    answer = publisher.post(PUBLISH, asked(page), follow=True)

    assertContains(answer, "Published: 1 paper.")
    assert the_paper().is_public
    finding = pointed.findings.get(code="pub_meeting_mismatch")
    assert finding.settled_at is not None
    assert finding.settled_by.username == "publisher"


def test_the_papers_own_form_asks_about_points_and_keeps_its_moment(publisher, pointed):
    where = reverse("admin:papers_issuepaper_change", args=[the_paper().pk])
    sent = whole_form(publisher.get(where))
    sent |= {"published_at_0": "2024-09-10", "published_at_1": "12:00:00"}

    page = publisher.post(where, sent, follow=True)

    assertContains(page, "names another month than the meeting")
    assert the_paper().published_at is None
    publisher.post(PUBLISH, asked(page) | {"at": page.context["at"].isoformat()})
    assert the_paper().published_at == datetime(2024, 9, 10, 16, tzinfo=UTC)


def test_the_list_asks_about_points_too(publisher, pointed):
    sent = {"action": "publish_selected", "_selected_action": [the_paper().pk]}

    page = publisher.post("/admin/papers/issuepaper/", sent)

    assertContains(page, "names another month than the meeting")
    assert not the_paper().is_public


def test_what_changed_while_the_question_stood_is_not_published(publisher, pointed):  # S26
    page = save(publisher, pointed, _publish="")
    the_paper().status_items.update(text="What nobody has seen.")

    answer = publisher.post(PUBLISH, asked(page), follow=True)

    assertContains(answer, "It was changed after you looked at it")
    assert not the_paper().is_public
    assert pointed.findings.get(code="pub_meeting_mismatch").settled_at is None


def test_the_question_is_for_who_may_publish(editor, publisher, pointed):  # S06
    page = save(publisher, pointed, _publish="")

    assert editor.get(PUBLISH).status_code == 403
    assert editor.post(PUBLISH, asked(page)).status_code == 403
    assert not the_paper().is_public


@pytest.mark.parametrize("at", ["zz", "2024-01-01", "1066-01-01T00:00:00+00:00"])
def test_a_moment_that_is_none_is_refused(publisher, pointed, at):  # S14
    page = save(publisher, pointed, _publish="")

    assert publisher.post(PUBLISH, asked(page) | {"at": at}).status_code == 400
    assert not the_paper().is_public


def test_nobody_else_publishes_not_even_by_a_forged_post(editor, draft):  # S06
    sent = fields_of(editor.get(address(draft)))
    assertNotContains(editor.get(address(draft)), 'name="_publish"')

    assert editor.post(address(draft), sent | {"_publish": ""}).status_code == 403

    assert not the_paper().is_public


def test_a_published_paper_is_shown_and_not_changed_here(publisher, draft):  # S06
    sent = fields_of(publisher.get(address(draft)))
    save(publisher, draft, _publish="")

    page = publisher.get(address(draft))
    assertContains(page, "This paper is published.")
    assertNotContains(page, 'name="_save"')
    late = publisher.post(address(draft), sent | {"_save": "", "paper-office_line": "Typed late"})
    assertContains(late, "The paper was published meanwhile, and nothing was saved.")  # S25
    assertContains(late, "Typed late")
    assert not IssuePaper.objects.filter(office_line="Typed late").exists()


def test_who_saves_a_draft_that_was_discarded_meanwhile_is_told(editor, draft):  # S25
    sent = fields_of(editor.get(address(draft)))
    draft.paper.delete()

    answer = editor.post(address(draft), sent | {"_save": ""}, follow=True)

    assertContains(answer, "Nothing was saved:")
    assertContains(answer, "was settled meanwhile.")


def test_a_number_that_no_import_can_have_leads_nowhere(editor):  # S14
    for number in (2**31, 10**23):
        assert editor.get(f"/admin/papers/importbatch/{number}/files/1/").status_code == 404
        assert editor.post(f"/admin/papers/importbatch/{number}/start/").status_code == 404


def test_a_viewer_sees_the_draft_and_changes_nothing(viewer, editor, draft):  # S06
    sent = fields_of(editor.get(address(draft)))

    page = viewer.get(address(draft))
    assertContains(page, "The counts are kept")
    assertNotContains(page, 'name="_save"')
    assert viewer.post(address(draft), sent | {"_save": ""}).status_code == 403
    assert viewer.post(address(draft, "discard")).status_code == 403


# Two at once -----------------------------------------------------------------------------------


def test_the_second_of_two_editors_is_told_and_keeps_what_was_typed(editor, publisher, draft):
    late = fields_of(editor.get(address(draft)))  # S25
    save(publisher, draft, **{"paper-office_line": "First"})

    page = editor.post(address(draft), late | {"_save": "", "paper-office_line": "Second"})

    assertContains(page, "publisher, at")
    assertContains(page, "changed this draft while you worked on it.")
    assertContains(page, 'value="Second"')
    assert the_paper().office_line == "First"

    again = fields_of(page) | {"_save": ""}
    editor.post(address(draft), again)
    assert the_paper().office_line == "Second"


def test_what_is_published_is_what_the_publisher_saw(editor, publisher, draft):  # S26
    seen = fields_of(publisher.get(address(draft)))
    prefix = row_of(editor.get(address(draft)), "nobody had")
    save(editor, draft, **{f"{prefix}-text": "Something else."})

    publisher.post(address(draft), seen | {"_publish": ""})

    assert not the_paper().is_public


def test_a_group_that_has_a_paper_for_the_meeting_is_refused(editor, draft):
    other = make_group("other", "Other")
    meeting = the_paper().meeting
    IssuePaper.objects.create(working_group=other, meeting=meeting, group_as_printed="Other")

    page = save(editor, draft, **{"paper-working_group": other.pk})

    assertContains(page, "This group already has a paper for this meeting.")
