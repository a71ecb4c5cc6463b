"""Groups with their life, meetings, and what may not be deleted."""

from datetime import date

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from tests.admin.forms import add_row, errors_of, fields_of, found, listing
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
from workgroups.models import GroupEvent, Meeting, Source, Subcommittee, WorkingGroup

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


# Groups ----------------------------------------------------------------------------------------


def test_a_group_is_added_with_its_first_event_and_an_alias(admin_client):
    trade, source = make_subcommittee(), make_source()
    where = "/admin/workgroups/workinggroup/add/"
    sent = fields_of(admin_client.get(where)) | {"name": "De Minimis", "slug": "de-minimis"}
    add_row(
        sent,
        "events",
        kind="established",
        order=0,
        happened_on="2023-12-13",
        precision="by",
        name="De Minimis",
        subcommittee=trade.pk,
        sources=[source.pk],
    )
    add_row(sent, "aliases", name="Section 321")

    save(admin_client, where, sent)

    group = WorkingGroup.objects.get()
    event = group.events.get()
    assert (str(event), list(event.sources.all())) == (
        "Established by December 13, 2023",
        [source],
    )
    assert group.subcommittee == trade
    assert [alias.name for alias in group.aliases.all()] == ["Section 321"]


def test_a_group_is_renamed_by_an_event_and_its_form_shows_the_name_as_given(admin_client):
    group = make_group("trusted-trader", "Trusted Trader", make_subcommittee())
    where = address(group)
    sent = fields_of(admin_client.get(where)) | {"name": "Forged"}
    add_row(
        sent,
        "events",
        kind="renamed",
        order=0,
        happened_on="2023-06-14",
        precision="by",
        name="Trade Partnership and Engagement",
    )

    save(admin_client, where, sent)

    group.refresh_from_db()
    assert group.name == "Trade Partnership and Engagement"
    assert "name" not in admin_client.get(where).context["adminform"].form.fields
    assertContains(admin_client.get(where), "trade-partnership-and-engagement")  # S35


def test_what_no_event_tells_is_typed_on_the_group(admin_client):
    group = make_group("pipeline", "Pipeline", established=None)
    sent = fields_of(admin_client.get(address(group)))

    save(admin_client, address(group), sent | {"name": "Petroleum Pipeline"})

    group.refresh_from_db()
    assert group.name == "Petroleum Pipeline"


def test_a_changed_address_is_kept_and_shown(admin_client):  # S35
    group = make_group("1usg")

    save(
        admin_client, address(group), fields_of(admin_client.get(address(group))) | {"slug": "cii"}
    )

    assertContains(admin_client.get(address(group)), "1usg")
    assert WorkingGroup.objects.known_as("1usg") == group


def test_the_same_alias_twice_is_refused_whatever_its_capitals(admin_client):
    group = make_group()
    sent = fields_of(admin_client.get(address(group)))
    for name in ("FLWG", "flwg"):
        add_row(sent, "aliases", name=name)

    assert refused(admin_client, address(group), sent) == ["The group has this alias already."]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"kind": "renamed"}, "needs the new name"),
        ({"kind": "moved"}, "needs the new subcommittee"),
        ({"kind": "merged-into"}, "names the other group"),
        ({"precision": "month"}, "entered as its first day"),
        ({"precision": "between"}, "needs the last possible day"),
        ({"until_on": "2024-12-01", "until_precision": "day"}, "Only a hiatus has an end"),
        ({"happened_on": "2024-13-01"}, "Enter a valid date"),
    ],
)
def test_an_event_that_makes_no_sense_is_refused_in_words(admin_client, values, words):
    group = make_group(established=None)
    sent = fields_of(admin_client.get(address(group)))
    event = {"kind": "sow-revised", "order": 0, "happened_on": "2024-09-18", "precision": "day"}
    add_row(sent, "events", **event | values)

    assert words in " ".join(refused(admin_client, address(group), sent))
    assert not GroupEvent.objects.exists()


def test_two_events_alike_are_refused_in_one_sentence(admin_client):
    group = make_group()
    sent = fields_of(admin_client.get(address(group)))
    for detail in ("Once.", "Twice."):
        event = {"kind": "sow-revised", "order": 0, "happened_on": "2024-09-18"}
        add_row(sent, "events", **event, precision="day", detail=detail)

    assert refused(admin_client, address(group), sent) == [
        "The group has an event of this kind on this date already."
    ]


def test_an_event_like_a_stored_one_is_refused_in_the_same_sentence(admin_client):
    group = make_group()
    make_event(group, "sow-revised", DAY)
    sent = fields_of(admin_client.get(address(group)))
    event = {"kind": "sow-revised", "order": 0, "happened_on": "2024-09-18"}
    add_row(sent, "events", **event, precision="month")

    errors = refused(admin_client, address(group), sent | {"events-2-precision": "day"})
    assert "The group has an event of this kind on this date already." in errors


def test_events_stand_in_the_order_in_which_they_count(admin_client):
    group = make_group(established=None)
    make_event(group, "last-named", date(2021, 3, 1), precision="month", order=1)
    between = {"precision": "between", "happened_before": date(2023, 6, 14)}
    make_event(group, "renamed", date(2021, 1, 1), name="Bond", **between)
    make_event(group, "hiatus", date(2021, 4, 1), precision="quarter")
    make_event(group, "established", date(2021, 3, 17))

    sent = fields_of(admin_client.get(address(group)))

    kinds = [sent[f"events-{row}-kind"] for row in range(4)]
    assert kinds == ["established", "hiatus", "last-named", "renamed"]
    save(admin_client, address(group), sent | {"events-1-detail": "For a quarter."})
    assert GroupEvent.objects.get(kind="hiatus").detail == "For a quarter."


def test_groups_are_listed_with_todays_state(admin_client, time_machine):
    time_machine.move_to("2025-08-01 12:00:00-04:00")
    group = make_group("bond", "Bond", make_subcommittee("Intelligent Enforcement"))
    make_event(group, "hiatus", date(2023, 12, 13))
    make_event(group, "winding-down", date(2025, 7, 1))

    page = admin_client.get(listing("workinggroup"))

    assertContains(page, "On hiatus, winding down")
    assertContains(page, '<td class="field-under">Intelligent Enforcement</td>', html=True)


@pytest.mark.parametrize(
    ("state", "names"),
    [
        ("active", {"Ace Working Group"}),
        ("hiatus", {"Bond Working Group"}),
        ("ended", {"Framework Task Force"}),
        ("not-established", {"Usmca Working Group"}),
        ("unknown", {"Pipeline Working Group"}),
    ],
)
def test_groups_are_filtered_by_todays_state(admin_client, state, names):
    make_group("ace")
    make_event(make_group("bond"), "hiatus", date(2023, 12, 13))
    make_event(make_group("framework", kind="task-force"), "concluded", date(2023, 6, 14))
    make_event(make_group("usmca", established=None), "announced", date(2020, 7, 15))
    make_group("pipeline", established=None)

    assert found(admin_client, "workinggroup", state=state) == names


def test_a_state_that_is_none_filters_nothing(admin_client):  # S14
    make_group("ace")

    assert found(admin_client, "workinggroup", state="nonsense") == {"Ace Working Group"}


@pytest.mark.parametrize("words", ["trusted", "TRADE partner", "tpe", "ctpat group", "engagement"])
def test_groups_are_found_by_any_name_they_bear_or_bore(admin_client, words):
    group = make_group("trade", "Trusted Trader", acronym="TPE")
    make_event(group, "renamed", date(2023, 6, 14), name="Trade Partnership and Engagement")
    group.aliases.create(name="CTPAT Group")
    make_group("bond")

    assert found(admin_client, "workinggroup", q=words) == {
        str(WorkingGroup.objects.get(pk=group.pk))
    }


# Events on their own ---------------------------------------------------------------------------


def test_deleting_selected_events_is_undone_in_the_lists_of_groups(admin_client):
    group = make_group("ace", "ACE 2.0")
    rename = make_event(group, "renamed", DAY, name="ACE Modernization")
    sent = {"action": "delete_selected", "_selected_action": [rename.pk], "post": "yes"}

    admin_client.post(listing("groupevent"), sent)

    group.refresh_from_db()
    assert group.name == "ACE 2.0"


def test_an_event_given_to_another_group_leaves_the_first_as_it_was(admin_client):
    first, second = make_group("ace", "ACE 2.0"), make_group("bond", "Bond")
    rename = make_event(first, "renamed", DAY, name="ACE Modernization")
    sent = fields_of(admin_client.get(address(rename)))

    save(admin_client, address(rename), sent | {"group": second.pk})

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.name, second.name) == ("ACE 2.0", "ACE Modernization")


# Deleting --------------------------------------------------------------------------------------


def in_the_way(kind):
    """A row that may not go, and what stands in the way, as the page should name it."""
    paper = make_paper(make_group(subcommittee=make_subcommittee()), meeting=make_meeting(DAY))
    named = ("Issue paper", paper)
    match kind:
        case "group":
            return paper.working_group, *named
        case "meeting":
            return paper.meeting, *named
        case "subcommittee":
            return paper.working_group.subcommittee, "Working group", paper.working_group
        case "term":
            paper.meeting.term = make_term()
            paper.meeting.save()
            return paper.meeting.term, "Meeting", paper.meeting
        case "source of a paper":
            paper.sources.add(make_source())
            return paper.sources.get(), *named
    mention = make_mention(paper.working_group, paper.meeting)
    return mention.sources.get(), "Mention", mention


KINDS = ["group", "meeting", "subcommittee", "term", "source of a paper", "source of a mention"]


@pytest.mark.parametrize("kind", KINDS)
def test_what_stands_in_the_way_of_deleting_is_named(admin_client, kind):  # S34
    row, what, obstacle = in_the_way(kind)

    for page in (
        admin_client.get(address(row, "delete")),
        admin_client.post(address(row, "delete"), {"post": "yes"}),
        admin_client.post(
            listing(row._meta.model_name),
            {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"},
        ),
    ):
        link = f'{what}: <a href="{address(obstacle)}">{obstacle}</a>'
        assertContains(page, f"<li>{link}</li>", html=True)
        assertContains(page, "require deleting the following protected related objects")
        assertNotContains(page, "Yes, I’m sure")
    assert type(row).objects.filter(pk=row.pk).exists()


def test_what_nothing_rests_on_is_deleted(admin_client):
    for row in (make_source(), make_subcommittee(), make_meeting(), make_group(established=None)):
        admin_client.post(address(row, "delete"), {"post": "yes"})

    for model in (Source, Subcommittee, Meeting, WorkingGroup):
        assert not model.objects.exists()


def test_the_slug_of_a_subcommittee_stays(admin_client):  # S35
    subcommittee = make_subcommittee()
    slug = subcommittee.slug

    sent = fields_of(admin_client.get(address(subcommittee)))
    save(admin_client, address(subcommittee), sent | {"slug": "another"})

    assert "slug" not in sent
    subcommittee.refresh_from_db()
    assert subcommittee.slug == slug
