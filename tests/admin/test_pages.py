"""Every page of the admin answers, to those who may see it, in few queries."""

from datetime import date

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains

from papers.models import (
    Correction,
    IssuePaper,
    NextStep,
    PaperSection,
    SectionItem,
    StatusItem,
)
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
from tests.pages.html import Page
from workgroups.models import CommitteeEvent, FormerMeetingDate, GlossaryEntry, GroupAlias

pytestmark = pytest.mark.django_db

OURS = [
    model._meta.label_lower
    for model in admin.site._registry
    if model is IssuePaper or model._meta.app_label == "workgroups"
]
EVERY = [model._meta.label_lower for model in admin.site._registry]


def make_record(number=1):
    """``number`` rows of every kind, each with all that hangs on it."""
    trade = make_subcommittee(opened_on=date(2018, 1, 1), opened_precision="year")
    for index in range(number):
        term, source = make_term(index + 1), make_source(f"source {index}")
        subcommittee = make_subcommittee(f"Subcommittee {index}")
        group = make_group(f"group-{index}", subcommittee=trade)
        group.slug = f"group-{index}-today"
        group.save()
        make_event(group, "moved", date(2020, 1, 1), subcommittee=subcommittee)
        make_event(group, "hiatus", date(2021, 1, 1), precision="year").sources.add(source)
        make_event(group, "split-from", date(2022, 1, 1), other_group=make_group(f"other-{index}"))
        GroupAlias.objects.create(group=group, name=f"G{index}")
        meeting = make_meeting(date(2000 + index, 3, 6), term=term)
        make_mention(group, meeting, sources=[source])
        CommitteeEvent.objects.create(
            happened_on=date(2018, 10, 3), title=f"Event {index}", subcommittee=subcommittee
        )
        GlossaryEntry.objects.create(term=f"Term {index}", slug=f"term-{index}", meaning="Words.")
        paper = make_paper(
            group,
            meeting=meeting,
            background=["Why."],
            issue=["What."],
            next_steps=["Meet."],
            other={"Annex": ["See."]},
            published=index % 2 == 0,
            source_text="Met.",
            dated_on=date(2000 + index, 2, 1),
        )
        paper.sources.add(source)
        Correction.objects.create(paper=paper, note="The date.")


def address(label, page, *args):
    return reverse(f"admin:{label.replace('.', '_')}_{page}", args=args)


def test_the_committee_and_its_papers_are_all_in_the_admin():
    registered = admin.site._registry
    inlines = {inline.model for options in registered.values() for inline in options.inlines}
    committee = set(apps.get_app_config("workgroups").get_models())
    printed = {PaperSection, SectionItem, StatusItem, NextStep, Correction}

    assert committee | printed | {IssuePaper} <= inlines | set(registered)


@pytest.mark.parametrize("label", EVERY)
def test_every_list_and_form_answers(admin_client, label):
    make_record(2)
    Group.objects.create(name="Editors")
    model = apps.get_model(label)
    row = model._default_manager.first()
    may_add = admin.site._registry[model].has_add_permission(
        type("Request", (), {"user": User.objects.get(username="admin")})()
    )

    assert admin_client.get(address(label, "changelist")).status_code == 200
    assert admin_client.get(address(label, "add")).status_code == (200 if may_add else 403)
    if row is not None:
        for page in ("change", "delete", "history"):
            answer = admin_client.get(address(label, page, row.pk), follow=True)
            assert answer.status_code == 200, page


@pytest.mark.parametrize("label", OURS)
def test_every_one_of_our_forms_shows_a_stored_row(admin_client, label):
    make_record(1)

    row = apps.get_model(label)._default_manager.first()

    assertContains(admin_client.get(address(label, "change", row.pk)), "Save")


@pytest.mark.parametrize("label", EVERY)
def test_strangers_are_sent_to_the_login(client, label):  # S06
    answer = client.get(address(label, "changelist"))

    assert answer.status_code == 302
    assert answer.url.startswith("/admin/login/?next=")


def test_somebody_without_staff_status_is_sent_to_the_login(client):  # S06
    client.force_login(User.objects.create_user("reader"))

    assert client.get("/admin/").status_code == 302


def test_the_record_stands_before_what_the_site_keeps_of_itself(admin_client):
    parts = [part["name"] for part in admin_client.get("/admin/").context["app_list"]]

    assert parts[:2] == ["Issue papers", "The committee"]
    assert parts[2:] == ["Authentication and Authorization", "Sign-in attempts"]


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        ("viewer", ["Steps to settle at the latest meeting"]),
        ("editor", ["Import papers", "Drafts to review", "Steps to settle at the latest meeting"]),
    ],
)
def test_home_offers_what_somebody_may_do(request, role, offered):  # S06
    staff = request.getfixturevalue(role)
    page = Page(staff.get("/admin/").content.decode())

    links = page.by_id("to-do").all("a")
    assert [it.text for it in links] == offered
    assert [staff.get(it["href"], follow=True).status_code for it in links] == [200] * len(links)


def test_home_has_no_box_for_somebody_who_may_do_nothing(client):
    client.force_login(User.objects.create_user("nobody", is_staff=True))

    assert "to-do" not in Page(client.get("/admin/").content.decode()).ids


@pytest.mark.parametrize("path", ["/admin/", "/admin/papers/issuepaper/", "/admin/login/"])
def test_staff_pages_are_never_stored(admin_client, path):  # S05
    assert admin_client.get(path, follow=True).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("label", OURS)
def test_lists_take_as_many_queries_for_fifty_rows_as_for_five(admin_client, label):  # S39
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as taken:
            answer = admin_client.get(address(label, "changelist"))
        assert answer.status_code == 200
        return len(taken)

    make_record(5)
    queries()  # Content types and the like are read once for all.
    for_five = queries()
    fifty(label)

    assert queries() == for_five <= 15


def fifty(label):
    """More rows of every kind, under other names."""
    trade = make_subcommittee()
    for index in range(5, 50):
        term, source = make_term(index + 1), make_source(f"source {index}")
        group = make_group(f"group-{index}", subcommittee=trade)
        meeting = make_meeting(date(2000 + index, 3, 6), term=term)
        make_mention(group, meeting, sources=[source])
        CommitteeEvent.objects.create(happened_on=date(2018, 10, 3), title=f"E {index}")
        GlossaryEntry.objects.create(term=f"T {index}", slug=f"t-{index}", meaning="Words.")
        make_subcommittee(f"Subcommittee {index}")
        make_paper(group, meeting=meeting, published=index % 2 == 0)
    assert apps.get_model(label)._default_manager.count() >= 50


def make_row_with(number):
    """A row of every kind, from which ``number`` of everything hang that its form shows.

    Gives each row by its model's label.
    """
    trade, term = make_subcommittee(), make_term()
    sources = [make_source(f"source {index}") for index in range(number)]
    group = make_group("group", subcommittee=trade, parent=make_group("parent"))
    meeting = make_meeting(date(2024, 9, 18), term=term)
    for index in range(number):
        other = make_group(f"other-{index}")
        moved = {"other_group": other, "subcommittee": make_subcommittee(f"Subcommittee {index}")}
        event = make_event(group, "split-from", date(2020, 1, 1 + index), **moved)
        event.sources.set(sources)
        GroupAlias.objects.create(group=group, name=f"Alias {index}")
        group.slug = f"group-{index}"
        group.save()
        make_mention(other, meeting, sources=sources)
        make_mention(None, meeting, subcommittee=moved["subcommittee"], sources=sources)
        FormerMeetingDate.objects.create(held_on=date(2024, 1, 1 + index), meeting=meeting)
    texts = [f"Text {index}." for index in range(number)]
    paper = make_paper(
        group,
        meeting=meeting,
        status=texts,
        next_steps=texts,
        background=texts,
        issue=texts,
        other=dict.fromkeys(texts, texts[:1]),
    )
    for text in texts:
        Correction.objects.create(paper=paper, note=text)
    committee = CommitteeEvent.objects.create(
        happened_on=date(2018, 10, 3), title="Event", subcommittee=trade
    )
    for row in (paper, meeting, group, trade, committee):
        row.sources.set(sources)
    return {
        row._meta.label_lower: row
        for row in (
            *(trade, term, group, meeting, paper, committee, sources[0]),
            *(group.events.last(), meeting.mentions.first()),
            GlossaryEntry.objects.create(term="Term", slug="term", meaning="Words."),
        )
    }


@pytest.mark.parametrize("label", OURS)
def test_forms_take_as_many_queries_for_25_rows_below_as_for_five(admin_client, label):  # S39
    def queries(number):
        with transaction.atomic():
            row = make_row_with(number)[label]
            with CaptureQueriesContext(connection) as taken:
                answer = admin_client.get(address(label, "change", row.pk))
            transaction.set_rollback(True)
        assertContains(answer, "Save")
        return len(taken)

    queries(1)  # Content types and the like are read once for all.

    assert queries(5) == queries(25) <= 40


def test_the_home_takes_as_many_queries_for_fifty_papers_as_for_five(admin_client):  # S39
    def queries():
        with CaptureQueriesContext(connection) as taken:
            assert admin_client.get("/admin/").status_code == 200
        return len(taken)

    make_record(5)
    queries()
    for_five = queries()
    fifty("papers.issuepaper")

    assert queries() == for_five <= 8


AUTOCOMPLETED = [
    ("papers", "issuepaper", "working_group", "group 0", "Group 0 Working Group"),
    ("papers", "issuepaper", "working_group", "g0", "Group 0 Working Group"),
    ("papers", "issuepaper", "meeting", "March 2000", "March 6, 2000"),
    ("papers", "issuepaper", "meeting", "2000-03-06", "March 6, 2000"),
    ("papers", "issuepaper", "sources", "source 0", "source 0"),
    ("workgroups", "groupevent", "other_group", "other", "Other 0 Working Group"),
    ("workgroups", "workinggroup", "subcommittee", "secure", "Secure Trade Lanes Subcommittee"),
    ("workgroups", "mention", "meeting", "mar 2000", "March 6, 2000"),
]


@pytest.mark.parametrize(("app", "model", "field", "term", "found"), AUTOCOMPLETED)
def test_what_is_typed_is_completed(admin_client, app, model, field, term, found):
    make_record(1)
    where = {"app_label": app, "model_name": model, "field_name": field, "term": term}

    answer = admin_client.get(reverse("admin:autocomplete"), where)

    assert found in [result["text"] for result in answer.json()["results"]]


def test_strangers_and_those_without_permission_complete_nothing(client, viewer):  # S06
    where = {"app_label": "workgroups", "model_name": "mention", "field_name": "group", "term": ""}
    allowed = {"app_label": "papers", "model_name": "issuepaper", "field_name": "working_group"}

    assert client.get(reverse("admin:autocomplete"), where).status_code == 302
    assert viewer.get(reverse("admin:autocomplete"), {**allowed, "term": ""}).status_code == 200
    client.force_login(User.objects.create_user("clerk", is_staff=True))
    assert client.get(reverse("admin:autocomplete"), where).status_code == 403


@pytest.mark.parametrize("path", ["", "papers/issuepaper/", "papers/issuepaper/add/"])
def test_our_part_of_the_admin_has_no_inline_script_or_style(admin_client, path):  # S15
    make_record(1)

    page = admin_client.get(f"/admin/{path}").content.decode()

    assert " style=" not in page
    assert "<style" not in page
    assert " onclick=" not in page
