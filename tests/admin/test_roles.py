"""Who may publish, withdraw, change and delete papers: by the buttons and by forged posts."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.urls import reverse
from django.utils import timezone as clock
from pytest_django.asserts import assertContains, assertNotContains

from papers.models import IssuePaper
from tests.admin.forms import fields_of
from tests.factories import make_group, make_paper
from workgroups.models import Meeting

pytestmark = pytest.mark.django_db

LIST = "/admin/papers/issuepaper/"
PAST = {"published_at_0": "2024-09-10", "published_at_1": "12:00:00", "published_at": "2024-09-10"}


def change(paper):
    return reverse("admin:papers_issuepaper_change", args=[paper.pk])


def act(client, action, *papers, **more):
    sent = {"action": action, "_selected_action": [paper.pk for paper in papers], **more}
    return client.post(LIST, sent, follow=True)


def act_and_confirm(client, *papers):
    """Choose papers in the list, then answer the question."""
    page = act(client, "publish_selected", *papers)
    rows = page.context["rows"]
    sent = {
        "paper": [row["paper"].pk for row in rows],
        "edition": [row["edition"] for row in rows],
    }
    return client.post(f"{LIST}publish/", sent, follow=True)


def is_public(paper):
    return IssuePaper.objects.published().filter(pk=paper.pk).exists()


@pytest.fixture
def draft(db):
    return make_paper(make_group("draft"), published=False)


@pytest.fixture
def published(db):
    return make_paper(make_group("published"))


# Publishing ------------------------------------------------------------------------------------


def test_a_publisher_publishes_selected_papers(publisher, draft):
    page = act_and_confirm(publisher, draft)

    assertContains(page, "Published: 1 paper.")
    assert is_public(draft)
    assert LogEntry.objects.get().get_change_message() == "Published."  # S36


def test_a_publisher_saves_and_publishes_in_one_step(publisher, draft):
    page = publisher.get(change(draft))
    assertContains(page, "Save and publish")

    sent = fields_of(page) | {"_publish": "", "office_line": "Trade"}
    answer = publisher.post(change(draft), sent, follow=True)

    assertContains(answer, "Everybody can read it now.")
    assert is_public(draft)
    assert IssuePaper.objects.get().office_line == "Trade"


def test_a_moment_to_come_is_said_to_be_one(publisher, draft):
    sent = fields_of(publisher.get(change(draft))) | PAST | {"published_at_0": "2090-01-01"}

    answer = publisher.post(change(draft), sent, follow=True)

    assertContains(answer, "Its moment is to come.")
    assertContains(answer, "Draft until Jan. 1, 2090")
    assert not is_public(draft)


def test_a_publisher_sets_the_moment_of_publishing(publisher, draft):
    sent = fields_of(publisher.get(change(draft))) | PAST

    publisher.post(change(draft), sent)

    draft.refresh_from_db()
    assert draft.published_at == datetime(2024, 9, 10, 16, tzinfo=UTC)
    assert is_public(draft)


@pytest.mark.parametrize("by", ["action", "button", "field"])
def test_an_empty_paper_stays_a_draft_and_the_publisher_is_told(publisher, by):
    paper = make_paper(make_group(), status=[], published=False)

    if by == "action":
        page = act_and_confirm(publisher, paper)
    else:
        more = {"_publish": ""} if by == "button" else PAST
        sent = fields_of(publisher.get(change(paper))) | more
        page = publisher.post(change(paper), sent, follow=True)

    assertContains(page, "cannot be published: it has no")
    assertNotContains(page, "Published: ")
    assert IssuePaper.objects.get().published_at is None


def test_papers_that_can_be_published_are_even_if_others_cannot(publisher, draft):
    empty = make_paper(make_group("empty"), status=[], published=False)

    page = act_and_confirm(publisher, draft, empty)

    assertContains(page, "Published: 1 paper.")
    assertContains(page, "cannot be published: it has no")
    assert is_public(draft)
    assert not is_public(empty)


def test_publishing_again_leaves_the_first_moment(publisher, published):
    moment = published.published_at

    page = act(publisher, "publish_selected", published)

    assertContains(page, "There is no draft among these.")
    published.refresh_from_db()
    assert published.published_at == moment


@pytest.mark.parametrize("who", ["viewer", "editor"])
@pytest.mark.parametrize("way", ["action", "button", "field"])
def test_nobody_else_publishes_not_even_by_a_forged_post(request, who, way, draft):  # S06
    client = request.getfixturevalue(who)
    sent = fields_of(request.getfixturevalue("editor").get(change(draft)))

    match way:
        case "action":
            act(client, "publish_selected", draft)
        case "button":
            assert client.post(change(draft), sent | {"_publish": ""}).status_code == 403
        case "field":
            client.post(change(draft), sent | PAST)

    draft.refresh_from_db()
    assert draft.published_at is None


def test_nobody_publishes_a_new_paper_by_a_forged_post(editor, draft):  # S06
    add = f"{LIST}add/"
    sent = fields_of(editor.get(add)) | PAST
    sent |= {"working_group": make_group().pk, "meeting": draft.meeting_id}
    sent |= {"group_as_printed": "Forced Labor"}

    assert editor.post(add, sent | {"_publish": ""}).status_code == 403
    assert editor.post(add, sent).status_code == 302

    assert IssuePaper.objects.count() == 2
    assert not IssuePaper.objects.exclude(published_at=None).exists()


def test_an_editor_sees_no_button_and_no_action_to_publish(editor, draft):
    assertNotContains(editor.get(change(draft)), "Save and publish")
    assertNotContains(editor.get(LIST), "Publish selected")


def test_a_published_paper_has_no_button_to_publish_it(publisher, published):
    assertNotContains(publisher.get(change(published)), "Save and publish")


# Withdrawing -----------------------------------------------------------------------------------


def test_a_publisher_withdraws_selected_papers(publisher, published, draft):
    page = act(publisher, "withdraw_selected", published, draft)

    assertContains(page, "Withdrawn: 1 paper. Readers no longer see what was withdrawn.")
    assert not is_public(published)
    assert LogEntry.objects.get().get_change_message() == "Withdrawn."  # S36


@pytest.mark.parametrize("later", ["", "2090-01-01"])
def test_a_public_paper_hidden_by_its_form_is_withdrawn(publisher, published, later):  # S34, S36
    Meeting.objects.update(record_complete=True)
    sent = fields_of(publisher.get(change(published)))
    sent |= {"published_at_0": later, "published_at_1": "12:00:00" if later else ""}

    page = publisher.post(change(published), sent, follow=True)

    assertContains(page, "Withdrawn: “")
    assert not is_public(published)
    assert not Meeting.objects.get().record_complete
    entries = [entry.get_change_message() for entry in LogEntry.objects.all()]
    assert "Withdrawn." in entries
    assert ("Published." in entries) is bool(later)
    published.refresh_from_db()
    assert (published.published_at is not None) is bool(later)


def test_a_meeting_whose_paper_is_to_come_is_not_complete(publisher, draft):  # S34
    Meeting.objects.update(record_complete=True)
    sent = fields_of(publisher.get(change(draft))) | PAST | {"published_at_0": "2090-01-01"}

    publisher.post(change(draft), sent)

    assert not Meeting.objects.get().record_complete


@pytest.mark.parametrize("who", ["viewer", "editor"])
def test_nobody_else_withdraws(request, who, published):  # S06
    client = request.getfixturevalue(who)

    act(client, "withdraw_selected", published)
    client.post(change(published), {"published_at_0": "", "published_at_1": ""})

    assert is_public(published)


# Changing published papers ---------------------------------------------------------------------


def test_an_editor_reads_a_published_paper_but_does_not_change_it(editor, publisher, published):
    page = editor.get(change(published))
    sent = fields_of(publisher.get(change(published))) | {"office_line": "Forged"}

    answer = editor.post(change(published), sent)

    assertContains(page, "The group met twice this quarter.")
    assertNotContains(page, 'name="_save"')
    assert answer.status_code == 403  # S06
    published.refresh_from_db()
    assert published.office_line == ""


def test_a_paper_to_be_published_later_is_changed_by_publishers_alone(editor):  # S06
    paper = make_paper(make_group(), published_at=clock.now() + timedelta(days=1))

    assert editor.post(change(paper), {}).status_code == 403


def test_a_viewer_reads_drafts_and_changes_nothing(viewer, draft):
    assertContains(viewer.get(change(draft)), "The group met twice this quarter.")
    assert viewer.post(change(draft), {}).status_code == 403
    assert viewer.get(f"{LIST}add/").status_code == 403
    assert viewer.post(f"{LIST}{draft.pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_stranger_reaches_no_paper(client, draft):
    for address in (LIST, change(draft), f"{LIST}{draft.pk}/history/", f"{LIST}{draft.pk}/delete/"):
        assert client.get(address).url.startswith("/admin/login/")
    assert client.post(change(draft), {"_publish": ""}).url.startswith("/admin/login/")


# Deleting papers -------------------------------------------------------------------------------


def test_an_editor_deletes_a_draft(editor, draft):
    assertContains(editor.get(f"{LIST}{draft.pk}/delete/"), "Are you sure")

    editor.post(f"{LIST}{draft.pk}/delete/", {"post": "yes"})

    assert not IssuePaper.objects.exists()


def test_an_editor_deletes_selected_drafts_after_a_question(editor, draft):
    assertContains(act(editor, "delete_selected", draft), "Are you sure")
    act(editor, "delete_selected", draft, post="yes")

    assert not IssuePaper.objects.exists()


@pytest.mark.parametrize("who", ["editor", "publisher", "admin_client"])
def test_a_published_paper_is_not_deleted_and_the_reason_is_said(request, who, published):  # S34
    client = request.getfixturevalue(who)
    words = "Withdraw first; a draft can be deleted."

    for sent in ({}, {"post": "yes"}):
        page = client.post(f"{LIST}{published.pk}/delete/", sent, follow=True)
        assertContains(page, words)
    assertContains(client.get(f"{LIST}{published.pk}/delete/", follow=True), words)

    assert IssuePaper.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"post": "yes"}])
def test_published_papers_among_the_selected_stop_the_deleting(publisher, draft, published, sent):
    page = act(publisher, "delete_selected", draft, published, **sent)  # S34

    assertContains(page, "1 paper of these: published, so not deleted.")
    assert IssuePaper.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_selected_drafts_are_locked_from_the_look_to_the_deleting(publisher, draft, monkeypatch):
    seen = []  # S34

    def deleting(model_admin, request, queryset):
        seen.append(connection.in_atomic_block)

    monkeypatch.setattr("papers.admin.papers.delete_selected", deleting)

    act(publisher, "delete_selected", draft)

    assert seen == [True]


def test_a_published_paper_shows_no_button_to_delete_it(publisher, published, draft):
    assertNotContains(publisher.get(change(published)), "deletelink")
    assertContains(publisher.get(change(draft)), "deletelink")
