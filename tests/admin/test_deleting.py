"""Pages that ask "are you sure?" name only what the person may read (S01, S06)."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from tests.admin.conftest import staff
from tests.factories import make_group, make_meeting, make_paper, make_source

pytestmark = pytest.mark.django_db

NAME = "Quantum Widget Working Group"
DELETES = ["delete_meeting", "delete_workinggroup", "delete_source"]
VIEWS = ["view_meeting", "view_workinggroup", "view_source"]
CHANGES = ["change_meeting", "change_workinggroup", "change_source"]


def with_draft():
    """A group, a meeting and a source that one draft rests on."""
    group, meeting, source = make_group(), make_meeting(), make_source()
    paper = make_paper(
        group, held_on=meeting.held_on, published=False, group_as_printed=NAME, status=["Secret."]
    )
    paper.sources.add(source)
    return {"workinggroup": group, "meeting": meeting, "source": source}


def asked(client, row, way):
    """The page that asks before deleting, of the row itself or of a selection."""
    kind = row._meta.model_name
    if way == "page":
        return client.get(reverse(f"admin:workgroups_{kind}_delete", args=[row.pk]))
    sent = {"action": "delete_selected", "_selected_action": [row.pk]}
    return client.post(reverse(f"admin:workgroups_{kind}_changelist"), sent)


@pytest.mark.parametrize("way", ["page", "selection"])
@pytest.mark.parametrize("kind", ["workinggroup", "meeting", "source"])
def test_who_may_not_read_papers_is_told_how_many_stand_in_the_way(db, kind, way):  # S01, S06, S34
    row = with_draft()[kind]
    clerk = staff("clerk", *DELETES, *VIEWS, *CHANGES)

    page = asked(clerk, row, way)

    assertNotContains(page, NAME)
    assertNotContains(page, "Secret.")
    assertNotContains(page, "/admin/papers/")
    assertContains(page, "<li>1 issue paper</li>", html=True)
    row.refresh_from_db()


@pytest.mark.parametrize("way", ["page", "selection"])
@pytest.mark.parametrize("kind", ["workinggroup", "meeting", "source"])
def test_who_reads_papers_is_told_which_stand_in_the_way(db, kind, way):  # S34
    row = with_draft()[kind]
    clerk = staff("clerk", *DELETES, *VIEWS, *CHANGES, "view_issuepaper")

    page = asked(clerk, row, way)

    assertContains(page, NAME)


def test_rows_that_go_with_the_record_are_named_to_who_reads_them(editor):
    group = make_group()
    group.aliases.create(name="FLWG")

    page = asked(editor, group, "page")

    assertContains(page, "FLWG")
    assertContains(page, "Group event")


def test_rows_that_go_with_the_record_are_counted_for_who_does_not_read_them(db):  # S06
    group = make_group()
    group.aliases.create(name="FLWG")
    group.aliases.create(name="FLWG 2")

    page = asked(
        staff("clerk", *DELETES, *VIEWS, "delete_groupalias", "delete_groupevent"), group, "page"
    )

    assertNotContains(page, "FLWG")
    assertContains(page, "<li>2 group aliases</li>", html=True)
    assertContains(page, "<li>1 group event</li>", html=True)


def test_a_superuser_is_told_everything(client):
    client.force_login(User.objects.create_superuser("root"))

    assertContains(asked(client, with_draft()["meeting"], "page"), NAME)
