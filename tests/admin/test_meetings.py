"""Staff edit meetings and what sources say of them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from tests.admin.forms import add_row, errors_of, fields_of, found
from tests.factories import (
    make_event,
    make_group,
    make_meeting,
    make_mention,
    make_paper,
    make_source,
    make_subcommittee,
    make_term,
)
from workgroups.models import Meeting

pytestmark = pytest.mark.django_db

DAY = date(2024, 9, 18)


def address(row, page="change"):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=[row.pk])


def save(client, where, sent):
    """Save the form; what it refuses fails the test in the form's own words."""
    answer = client.post(where, sent)
    assert answer.status_code == 302, errors_of(answer)


def refused(client, where, sent):
    answer = client.post(where, sent)
    assert answer.status_code == 200
    return errors_of(answer)


def test_a_meeting_is_added_with_what_sources_say_of_it(admin_client):
    group, trade, source = make_group(), make_subcommittee(), make_source()
    where = "/admin/workgroups/meeting/add/"
    sent = fields_of(admin_client.get(where)) | {"held_on": "2024-09-18", "term": make_term().pk}
    for of in ({"group": group.pk}, {"subcommittee": trade.pk}, {}):
        add_row(sent, "mentions", kind="reported", sentence="It spoke.", sources=[source.pk], **of)

    save(admin_client, where, sent)

    meeting = Meeting.objects.get()
    assert {(mention.group, mention.subcommittee) for mention in meeting.mentions.all()} == {
        (group, None),
        (None, trade),
        (None, None),
    }


@pytest.mark.parametrize("of", ["group", "subcommittee", None])
def test_the_same_mention_twice_is_refused(admin_client, of):
    meeting, source = make_meeting(), make_source()
    whom = {"group": make_group().pk, "subcommittee": make_subcommittee().pk}
    sent = fields_of(admin_client.get(address(meeting)))
    for _ in range(2):
        subject = {of: whom[of]} if of else {}
        row = {"kind": "reported", "sentence": "It spoke.", "sources": [source.pk], **subject}
        add_row(sent, "mentions", **row)

    words = "This is recorded for this meeting already."
    assert refused(admin_client, address(meeting), sent) == [words]


def test_what_a_source_says_of_every_group_is_said_so(admin_client):
    meeting = make_meeting()
    row = {"kind": "reported", "sentence": "Each spoke.", "sources": [make_source().pk]}
    row |= {"is_of_every_group": "on"}
    sent = fields_of(admin_client.get(address(meeting)))
    of_one = dict(sent)
    add_row(sent, "mentions", **row)
    add_row(of_one, "mentions", group=make_group().pk, **row)

    words = "A mention of one group is not of every group."
    assert refused(admin_client, address(meeting), of_one) == [words]
    save(admin_client, address(meeting), sent)

    assert meeting.mentions.get().is_of_every_group


def test_a_refused_form_shows_the_stored_rows_and_those_chosen_anew(admin_client):
    meeting, stored, typed = make_meeting(), make_source("stored"), make_source("typed")
    make_mention(make_group("bond"), meeting, sources=[stored])
    make_mention(make_group("ace"), meeting, sources=[stored])
    sent = fields_of(admin_client.get(address(meeting)))

    other = make_group("drawback")
    sent |= {"mentions-0-group": other.pk, "mentions-0-sources": [stored.pk, typed.pk]}
    page = admin_client.post(address(meeting), sent | {"held_on": "soon"})

    for row, times in ((other, 1), (stored, 2), (typed, 1)):
        option = f'<option value="{row.pk}" selected>{row}</option>'
        assertContains(page, option, times, html=True)


def test_a_moved_meeting_shows_its_former_date(admin_client):  # S35
    meeting = make_meeting(date(2025, 12, 10), status="planned")
    sent = fields_of(admin_client.get(address(meeting)))

    save(admin_client, address(meeting), sent | {"held_on": "2026-01-14"})

    assertContains(admin_client.get(address(meeting)), "Dec. 10, 2025")
    assertContains(admin_client.get(address(meeting)), 'href="/meetings/2026-01-14/"')


LATER = timezone.now() + timedelta(days=400)


@pytest.mark.parametrize("moment", [None, LATER])
def test_a_record_with_drafts_is_not_called_complete(admin_client, moment):  # S01
    meeting = make_meeting(DAY)
    make_paper(make_group("bond"), meeting=meeting)
    make_paper(make_group("ace"), meeting=meeting, published=False, published_at=moment)
    make_paper(make_group("drawback"), published=False, held_on=date(2024, 6, 26))
    sent = fields_of(admin_client.get(address(meeting)))

    (error,) = refused(admin_client, address(meeting), sent | {"record_complete": "on"})

    assert "Still drafts: “Ace Working Group”. Publish or delete them first" in error
    meeting.refresh_from_db()
    assert not meeting.record_complete
    save(admin_client, address(meeting), sent | {"place": "Houston TX"})


def test_a_record_of_public_papers_alone_is_called_complete(admin_client):
    meeting = make_meeting(DAY)
    make_paper(make_group("bond"), meeting=meeting)
    make_paper(make_group("ace"), published=False, held_on=date(2024, 6, 26))
    sent = fields_of(admin_client.get(address(meeting)))

    save(admin_client, address(meeting), sent | {"record_complete": "on"})

    meeting.refresh_from_db()
    assert meeting.record_complete


def test_a_record_is_not_complete_while_a_group_reported_whose_paper_is_not_held(admin_client):
    trade = make_subcommittee()
    meeting = make_meeting(DAY)
    make_paper(make_group("pipeline", subcommittee=trade), meeting=meeting)
    make_paper(
        make_group("centers"),
        meeting=meeting,
        source_kind="third-party-summary",
        source_url="https://a.example/",
    )
    make_event(make_group("bond", subcommittee=trade), "hiatus", date(2023, 12, 13))
    make_group("de-minimis", subcommittee=trade, kind="task-force")
    make_mention(make_group("ace"), meeting, "recommended")
    make_mention(make_group("drawback"), meeting, "announced")
    make_mention(None, meeting, subcommittee=trade, is_of_every_group=True)
    sent = fields_of(admin_client.get(address(meeting)))

    (error,) = refused(admin_client, address(meeting), sent | {"record_complete": "on"})

    assert error.startswith(
        "Named as reporting, no paper published: “Ace Working Group”, “Centers Working Group”, "
        "“De Minimis Task Force”. "
    )
    meeting.refresh_from_db()
    assert not meeting.record_complete


def test_a_new_meeting_can_be_called_complete(admin_client):
    make_paper(make_group("ace"), published=False)
    where = "/admin/workgroups/meeting/add/"
    sent = fields_of(admin_client.get(where)) | {"held_on": "2021-03-17", "record_complete": "on"}

    save(admin_client, where, sent)

    assert Meeting.objects.get(held_on=date(2021, 3, 17)).record_complete


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("September 2024", {"September 18, 2024"}),
        ("sep", {"September 18, 2024", "September 20, 2023"}),
        ("2024", {"September 18, 2024", "March 6, 2024"}),
        ("September 18, 2024", {"September 18, 2024"}),
        ("charleston", {"March 6, 2024"}),
        ("2024-03-06", {"March 6, 2024"}),
        ("mars", set()),
    ],
)
def test_meetings_are_found_as_people_name_them(admin_client, words, days):
    make_meeting(DAY)
    make_meeting(date(2023, 9, 20))
    make_meeting(date(2024, 3, 6), place="Charleston SC")

    assert found(admin_client, "meeting", q=words) == days


@pytest.mark.parametrize(
    "query",
    [
        {"status__exact": "held"},
        {"mode__exact": "webinar"},
        {"term__id__exact": "1"},
        {"record_complete__exact": "1"},
        {"held_on__year": "2024", "held_on__month": "9"},
    ],
)
def test_meetings_are_filtered(admin_client, query):
    term = make_term(pk=1)
    make_meeting(DAY, mode="webinar", record_complete=True, term=term)
    make_meeting(date(2026, 1, 14), status="planned")

    assert found(admin_client, "meeting", **query) == {"September 18, 2024"}
