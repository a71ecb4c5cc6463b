"""What programs send to the admin: ignored or refused in words, never a server error (S14)."""

import json

import pytest
from django.urls import reverse

from papers.models import IssuePaper
from tests.admin.forms import errors_of, fields_of
from tests.factories import make_group, make_meeting, make_paper

pytestmark = pytest.mark.django_db

PAPERS = "/admin/papers/issuepaper/"
GROUPS = "/admin/workgroups/workinggroup/"
MEETINGS = "/admin/workgroups/meeting/"
HUGE = "9" * 23
ENDLESS = "9" * 5000
NUL = "%00"

# Addresses that fill in a form --------------------------------------------------------------

FILLED_IN = [
    (f"{PAPERS}add/", "working_group", value) for value in ("zz", HUGE, ENDLESS, NUL, "-1", "1,2")
]
FILLED_IN += [(f"{PAPERS}add/", "sources", value) for value in ("x", HUGE, NUL, "1,x", ",")]
FILLED_IN += [
    (f"{PAPERS}add/", "published_at", value) for value in ("zz", "0001-01-01T00:00Z", "9999-12-31")
]
FILLED_IN += [(f"{PAPERS}add/", "dated_on", value) for value in ("zz", HUGE, NUL)]
FILLED_IN += [(f"{PAPERS}add/", "source_kind", value) for value in ("zz", NUL)]
FILLED_IN += [(f"{GROUPS}add/", "parent", value) for value in ("zz", HUGE)]
FILLED_IN += [(f"{MEETINGS}add/", "term", value) for value in ("zz", HUGE, NUL)]
FILLED_IN += [(f"{MEETINGS}add/", "quorum", "zz"), (f"{PAPERS}add/", "sections", "zz")]


@pytest.mark.parametrize(("address", "field", "value"), FILLED_IN)
def test_what_a_field_cannot_have_is_not_filled_in(publisher, address, field, value):  # S14
    answer = publisher.get(f"{address}?{field}={value}")

    # NUL is refused before any page of the admin sees it.
    assert answer.status_code == (400 if NUL in value else 200)


def test_what_a_field_can_have_is_filled_in(editor):
    group = make_group()

    page = editor.get(f"{PAPERS}add/?working_group={group.pk}&dated_on=2024-08-13")

    sent = fields_of(page)
    assert (str(sent["working_group"]), sent["dated_on"]) == (str(group.pk), "2024-08-13")
    assert f'<option value="{group.pk}" selected>' in page.content.decode()


# Lists --------------------------------------------------------------------------------------

LISTS = [
    f"{PAPERS}?meeting__held_on__year=99999999999",
    f"{PAPERS}?meeting__held_on__year={ENDLESS}",
    f"{PAPERS}?meeting__held_on__year=9999",
    f"{PAPERS}?meeting__held_on__year=1",
    f"{PAPERS}?meeting__held_on__year=0",
    f"{PAPERS}?meeting__held_on__year=9999&meeting__held_on__month=12",
    f"{PAPERS}?meeting__held_on__year=9999&meeting__held_on__month=12&meeting__held_on__day=31",
    f"{PAPERS}?meeting__held_on__month=zz",
    f"{PAPERS}?meeting__held_on__month={HUGE}",
    f"{PAPERS}?meeting__held_on__day={HUGE}",
    f"{PAPERS}?meeting__held_on__year=2024&meeting__held_on__month=13",
    f"{PAPERS}?source_text__regex=(",
    f"{PAPERS}?source_text__iregex=(",
    f"{PAPERS}?published_at__year__gt={HUGE}",
    f"{PAPERS}?id__in={HUGE}",
    f"{PAPERS}?imported_from__batch__created_by__password__startswith=a",
    f"{PAPERS}?meeting__term__id__exact={HUGE}",
    f"{PAPERS}?meeting__term__id__exact=zz",
    f"{PAPERS}?meeting__term__id__exact={NUL}",
    f"{PAPERS}?meeting__term__isnull=zz",
    f"{PAPERS}?working_group__subcommittee__id__exact={ENDLESS}",
    f"{PAPERS}?source_kind__exact={NUL}",
    f"{PAPERS}?source_kind__exact=zz&source_kind__exact=yy",
    f"{PAPERS}?status=zz",
    f"{PAPERS}?status={NUL}",
    f"{PAPERS}?nothing=zz",
    f"{PAPERS}?p=zz",
    f"{PAPERS}?p={HUGE}",
    f"{PAPERS}?p=-1",
    f"{PAPERS}?o={HUGE}.-zz",
    f"{PAPERS}?_to_field=zz",
    f"{PAPERS}?q={NUL}",
    f"{PAPERS}?q={'+'.join(['word'] * 1500)}",
    f"{PAPERS}?q={'w' * 60_000}",
    f"{GROUPS}?q={'+'.join(['word'] * 1500)}",
    f"{GROUPS}?q=%22",
    f"{GROUPS}?state=zz",
    f"{GROUPS}?charge__regex=(",
    f"{MEETINGS}?q={'+'.join(['word'] * 1500)}",
    f"{MEETINGS}?held_on__year={HUGE}",
    f"{MEETINGS}?record_complete__exact=zz",
    "/admin/workgroups/source/?q=" + "+".join(["word"] * 1500),
    f"{PAPERS}zz/change/",
    f"{PAPERS}{HUGE}/change/",
    f"{PAPERS}{ENDLESS[:200]}/delete/",
    f"{PAPERS}{HUGE}/history/",
]


@pytest.mark.parametrize("address", LISTS, ids=range(len(LISTS)))
def test_odd_filters_and_searches_are_ignored_or_refused(publisher, address):  # S14, S42
    make_paper(make_group())

    answer = publisher.get(address, follow=True)

    assert answer.status_code in (200, 400)
    assert not answer.redirect_chain or answer.status_code == 200


@pytest.mark.parametrize("address", [a for a in LISTS if "regex" in a or "password" in a])
def test_a_list_is_asked_only_what_its_filters_ask(publisher, address):  # S14
    assert publisher.get(address).status_code == 400


@pytest.mark.parametrize("term", [NUL, "w" * 60_000, "+".join(["word"] * 1500)], ids=range(3))
def test_odd_words_complete_nothing(publisher, term):  # S14
    field = "app_label=papers&model_name=issuepaper&field_name=working_group"

    answer = publisher.get(f"/admin/autocomplete/?{field}&term={term}")

    assert answer.status_code == (400 if NUL in term else 200)


def test_the_filters_beside_the_list_still_filter(publisher):
    paper = make_paper(make_group(), published=False)
    for address in (
        "?status=draft",
        f"?source_kind__exact={paper.source_kind}",
        "?meeting__term__isnull=True",
        f"?meeting__held_on__year={paper.meeting.held_on.year}",
        "?q=forced+labor",
    ):
        page = publisher.get(PAPERS + address)

        assert [row.pk for row in page.context["cl"].result_list] == [paper.pk], address


@pytest.mark.parametrize("key", ["zz", HUGE, "\x00", "-1"])
@pytest.mark.parametrize("action", ["publish_selected", "withdraw_selected", "delete_selected"])
def test_what_is_no_key_selects_nothing(publisher, action, key):  # S14
    paper = make_paper(make_group())

    sent = {"action": action, "_selected_action": [key]}
    answer = publisher.post(PAPERS, sent, follow=True)

    assert answer.status_code == 200
    assert list(IssuePaper.objects.published()) == [paper]


# Forms --------------------------------------------------------------------------------------

FIELDS = [
    ("working_group", "\x00"),
    ("working_group", "zz"),
    ("working_group", HUGE),
    ("working_group", ENDLESS),
    ("meeting", HUGE),
    ("sources", ["zz"]),
    ("sources", [HUGE]),
    ("sources", ["\x00"]),
    ("published_at_0", "zz"),
    ("pub_number", "\x00"),
    ("dated_on", "9" * 400),
    ("status_items-0-id", HUGE),
    ("status_items-0-id", "\x00"),
    ("status_items-0-position", HUGE),
    ("status_items-0-level", HUGE),
    ("status_items-TOTAL_FORMS", HUGE),
]


@pytest.mark.parametrize(("field", "value"), FIELDS, ids=range(len(FIELDS)))
def test_odd_values_are_faults_of_the_form(publisher, field, value):  # S14
    paper = make_paper(make_group(), status=["One."], published=False)
    address = reverse("admin:papers_issuepaper_change", args=[paper.pk])
    sent = fields_of(publisher.get(address)) | {"published_at_1": "12:00"}

    answer = publisher.post(address, sent | {field: value})

    assert answer.status_code == 200
    assert answer.context["errors"]
    assert paper.status_items.get().text == "One."


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1999-12-31", "2100-01-01"])
def test_a_moment_beyond_any_calendar_is_refused(publisher, day):  # S14
    paper = make_paper(make_group(), published=False)
    address = reverse("admin:papers_issuepaper_change", args=[paper.pk])
    sent = fields_of(publisher.get(address))

    answer = publisher.post(address, sent | {"published_at_0": day, "published_at_1": "23:59:59"})

    assert answer.status_code == 200
    assert errors_of(answer) == ["Give a year from 2000 to 2099."]


@pytest.mark.parametrize("value", ["zz", HUGE, "\x00"])
def test_odd_keys_in_the_rows_of_a_group_and_a_meeting(publisher, value):  # S14
    rows = {"mentions": make_meeting(), "events": make_group()}
    for prefix, row in rows.items():
        kind = row._meta.model_name
        address = reverse(f"admin:workgroups_{kind}_change", args=[row.pk])
        sent = fields_of(publisher.get(address))
        number = int(sent[f"{prefix}-TOTAL_FORMS"])
        sent[f"{prefix}-TOTAL_FORMS"] = number + 1
        sent |= {f"{prefix}-{number}-subcommittee": value, f"{prefix}-{number}-sources": [value]}

        assert publisher.post(address, sent).status_code == 200


# Links --------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["", "null", "[]", "{}", '""', " "])
def test_an_item_may_lose_its_links(editor, typed):  # S14, S42
    paper, address, sent = with_links(editor)

    answer = editor.post(address, sent | {"status_items-0-links": typed})

    assert answer.status_code == 302, errors_of(answer)
    assert paper.status_items.get().links == []


NO_LINKS = [
    "[" * 200_000,
    "[" * 100_000 + "]" * 100_000,
    '{"a":' * 50_000,
    "[" + "9" * 5000 + "]",
    "NaN",
    "zz",
    "[1]",
    "0",
    "false",
    json.dumps([{"text": "One", "target": "https://www.cbp.gov/\x00"}]),
    json.dumps([{"text": "\x00", "target": ""}]),
    json.dumps([{"text": "\ud800", "target": ""}]),
    json.dumps([{"text": "One", "target": "https://www.cbp.gov/\ud800"}]),
]


@pytest.mark.parametrize("typed", NO_LINKS, ids=range(len(NO_LINKS)))
def test_what_is_no_list_of_links_is_a_fault_of_the_form(editor, typed):  # S14, S42
    paper, address, sent = with_links(editor)

    answer = editor.post(address, sent | {"status_items-0-links": typed})

    assert answer.status_code == 200
    assert errors_of(answer)
    assert paper.status_items.get().links == [{"text": "One", "target": ""}]


def with_links(client):
    paper = make_paper(make_group(), status=["One."], published=False)
    paper.status_items.update(links=[{"text": "One", "target": ""}])
    address = reverse("admin:papers_issuepaper_change", args=[paper.pk])
    return paper, address, fields_of(client.get(address))
