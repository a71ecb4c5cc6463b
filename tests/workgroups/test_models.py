"""Names, addresses and what stands in the way of deleting."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

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
from workgroups.history import State
from workgroups.models import FormerSlug, GroupEvent, Meeting, Source, WorkingGroup
from workgroups.models.calendar import ordinal

pytestmark = pytest.mark.django_db

BEFORE, DAY, LATER = date(2024, 6, 26), date(2024, 9, 18), date(2024, 12, 11)


# Names and addresses -------------------------------------------------------------------------


def test_a_rename_shows_in_lists_at_once():
    group = make_group("trusted-trader", "Trusted Trader")

    make_event(group, "renamed", DAY, name="Trade Partnership and Engagement")

    group.refresh_from_db()
    assert str(group) == "Trade Partnership and Engagement Working Group"
    assert group.standing_on(BEFORE).name == "Trusted Trader"


def test_a_new_name_is_an_address_too():  # S35
    group = make_group("trusted-trader", "Trusted Trader")

    make_event(group, "renamed", DAY, name="Trade Partnership and Engagement")

    known_as = WorkingGroup.objects.known_as
    assert known_as("trusted-trader") == known_as("trade-partnership-and-engagement") == group


def test_a_former_name_is_an_address_too():  # S35
    group = make_group(
        "trade-partnership-and-engagement", "Trade Partnership and Engagement", established=None
    )

    make_event(group, "established", BEFORE, name="Trusted Trader")

    assert WorkingGroup.objects.known_as("trusted-trader") == group


def test_a_changed_slug_leads_to_the_group_for_ever():  # S35
    group = make_group("1usg")

    for slug in ("one-us-government", "cii"):
        group.slug = slug
        group.save()

    known_as = WorkingGroup.objects.known_as
    assert {known_as(slug) for slug in ("1usg", "one-us-government", "cii")} == {group}


def test_a_group_may_take_its_own_former_slug_again():
    group = make_group("1usg")
    group.slug = "cii"
    group.save()

    group.slug = "1usg"
    group.full_clean()
    group.save()

    assert [former.slug for former in group.former_slugs.all()] == ["cii"]
    assert WorkingGroup.objects.known_as("1usg") == group


def test_an_address_is_never_reused_for_another_group():  # S35
    group = make_group("ipr")
    group.slug = "ipr-process-modernization"
    group.save()

    newcomer = WorkingGroup(name="IPR", slug="ipr")
    with pytest.raises(ValidationError, match="addresses are not reused"):
        newcomer.full_clean()
    other = make_group("bond")
    other.slug = "ipr"
    with pytest.raises(ValidationError, match="addresses are not reused"):
        other.full_clean()


def test_a_name_does_not_take_another_groups_address():  # S35
    holder = make_group("ipr")
    other = make_group("ipr-process-modernization")

    make_event(other, "renamed", DAY, name="IPR")

    assert WorkingGroup.objects.known_as("ipr") == holder
    assert not FormerSlug.objects.filter(slug="ipr").exists()


def test_a_former_address_cannot_be_one_that_a_group_has_today():
    make_group("bond")

    with pytest.raises(ValidationError, match="has this address today"):
        FormerSlug(slug="bond", group=make_group("ipr")).full_clean()


def test_nobody_is_known_by_an_address_never_given():
    make_group()

    assert WorkingGroup.objects.known_as("bond") is None


def test_a_meeting_that_moves_keeps_its_old_address():  # S35
    meeting = make_meeting(date(2025, 12, 10), status="planned")

    meeting.held_on = date(2026, 1, 14)
    meeting.save()

    known_as = Meeting.objects.known_as
    assert known_as(date(2025, 12, 10)) == known_as(date(2026, 1, 14)) == meeting
    assert known_as(date(2025, 12, 11)) is None


def test_a_meeting_that_moves_back_has_one_address_again():
    meeting = make_meeting(DAY, status="planned")
    for day in (LATER, DAY):
        meeting.held_on = day
        meeting.save()

    assert [former.held_on for former in meeting.former_dates.all()] == [LATER]


# Today's values --------------------------------------------------------------------------------


def test_events_keep_todays_kind_and_subcommittee_on_the_group():
    rapid, trade = make_subcommittee("Rapid Response"), make_subcommittee("Secure Trade Lanes")
    group = make_group("e-commerce", subcommittee=rapid)

    make_event(group, "changed-kind", BEFORE, group_kind="task-force")
    make_event(group, "moved", DAY, subcommittee=trade)

    group.refresh_from_db()
    assert (group.kind, group.subcommittee) == ("task-force", trade)
    assert str(group) == "E Commerce Task Force"


def test_an_event_still_to_come_does_not_rename_the_group_today(time_machine):
    time_machine.move_to("2024-10-01")
    group = make_group("ace", "ACE 2.0")

    make_event(group, "renamed", date(2025, 8, 22), name="ACE Modernization")

    group.refresh_from_db()
    assert group.name == "ACE 2.0"
    assert group.standing_on(date(2025, 8, 22)).name == "ACE Modernization"


def test_a_deleted_event_is_undone_in_lists():
    group = make_group("ace", "ACE 2.0")
    rename = make_event(group, "renamed", DAY, name="ACE Modernization")

    rename.delete()

    group.refresh_from_db()
    assert group.name == "ACE 2.0"


def test_a_corrected_event_is_corrected_in_lists():
    group = make_group("ace", "ACE 2.0")
    rename = make_event(group, "renamed", DAY, name="ACE Modernisation")

    rename.name = "ACE Modernization"
    rename.save()

    group.refresh_from_db()
    assert group.name == "ACE Modernization"


def test_where_no_event_tells_the_groups_own_values_stand_in():
    trade = make_subcommittee()
    group = make_group("pipeline", "Pipeline", trade, established=None)

    make_event(group, "sow-revised", DAY)

    group.refresh_from_db()
    standing = group.standing_on(DAY)
    assert (group.name, group.kind, group.subcommittee) == ("Pipeline", "working-group", trade)
    assert (standing.name, standing.group_kind) == ("Pipeline", "working-group")
    assert standing.state is State.ACTIVE


@pytest.mark.parametrize("groups", [1, 5])
def test_histories_of_any_number_of_groups_take_two_queries(groups, django_assert_num_queries):
    for number in range(groups):
        make_group(f"group-{number}", subcommittee=make_subcommittee())

    with django_assert_num_queries(2):
        standings = [group.standing_on(DAY) for group in WorkingGroup.objects.with_history()]

    assert {standing.subcommittee for standing in standings} == {"secure-trade-lanes"}


def test_a_hiatus_knows_its_end_as_precisely_as_its_source():
    group = make_group()
    open_ended = make_event(group, "hiatus", BEFORE)
    stated = make_event(
        group,
        "hiatus",
        DAY,
        until_on=date(2024, 10, 1),
        until_precision="quarter",
    )

    assert open_ended.until is None
    assert str(stated.until) == "fourth quarter of 2024"
    assert group.standing_on(date(2024, 12, 31)).state is State.HIATUS
    assert group.standing_on(date(2025, 1, 1)).state is State.ACTIVE


# What makes no sense ---------------------------------------------------------------------------


def test_a_group_cannot_be_inside_its_own_unit():
    export = make_group("export-modernization")
    drawback = make_group("drawback", parent=export)

    export.parent = drawback
    with pytest.raises(ValidationError, match="inside one of its own units"):
        export.full_clean()


def test_a_unit_may_be_inside_another_group():
    make_group("drawback", parent=make_group("export-modernization")).full_clean()


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"precision": "month"}, "happened_on", "A month is entered as its first day"),
        ({"precision": "between"}, "happened_on", "needs the last possible day"),
        ({"happened_before": LATER}, "happened_on", "Only “between two days”"),
        (
            {"kind": "hiatus", "until_on": LATER, "until_precision": "month"},
            "until_on",
            "A month is entered as its first day",
        ),
    ],
)
def test_a_date_that_makes_no_sense_is_said_so_beside_its_field(fields, field, words):
    event = GroupEvent(
        **{"group": make_group(), "kind": "sow-revised", "happened_on": DAY} | fields
    )

    with pytest.raises(ValidationError) as refused:
        event.full_clean()

    assert words in " ".join(refused.value.message_dict[field])


def test_a_misread_kind_or_precision_is_refused_and_not_an_error():  # S14
    event = GroupEvent(group=make_group(), kind="x", happened_on=DAY, precision="x")

    with pytest.raises(ValidationError) as refused:
        event.full_clean()

    assert {"kind", "precision"} <= set(refused.value.message_dict)


@pytest.mark.parametrize("status", Meeting.Status.values)
@pytest.mark.parametrize(("ahead", "has_come"), [(-1, True), (0, True), (1, False), (400, False)])
def test_only_a_meeting_whose_day_has_come_was_held(status, ahead, has_come):
    meeting = Meeting(held_on=timezone.localdate() + timedelta(days=ahead), status=status)

    if has_come or status != "held":
        meeting.full_clean()
        return
    with pytest.raises(ValidationError) as refused:
        meeting.full_clean()

    assert refused.value.message_dict == {"status": ["A meeting after today is planned, not held."]}


# Deleting --------------------------------------------------------------------------------------


@pytest.mark.parametrize("published", [True, False])
def test_a_group_with_papers_is_not_deleted(published):  # S34
    paper = make_paper(make_group(), published=published)

    with pytest.raises(ProtectedError) as refused:
        paper.working_group.delete()

    assert refused.value.protected_objects == {paper}


@pytest.mark.parametrize("published", [True, False])
def test_a_meeting_with_papers_is_not_deleted(published):  # S34
    paper = make_paper(make_group(), published=published)

    with pytest.raises(ProtectedError) as refused:
        paper.meeting.delete()

    assert refused.value.protected_objects == {paper}


def test_a_meeting_with_mentions_is_not_deleted():  # S34
    mention = make_mention(make_group(), make_meeting())

    with pytest.raises(ProtectedError):
        mention.meeting.delete()


def test_a_subcommittee_with_groups_is_not_deleted():  # S34
    group = make_group(subcommittee=make_subcommittee(), established=None)

    with pytest.raises(ProtectedError):
        group.subcommittee.delete()


def test_a_subcommittee_that_a_group_was_once_under_is_not_deleted():  # S34
    rapid = make_subcommittee("Rapid Response")
    group = make_group(subcommittee=rapid)
    make_event(group, "moved", DAY, subcommittee=make_subcommittee())

    with pytest.raises(ProtectedError):
        rapid.delete()


def test_a_term_with_meetings_is_not_deleted():
    term = make_term()
    make_meeting(term=term)

    with pytest.raises(ProtectedError):
        term.delete()


def test_a_group_with_units_is_not_deleted():
    export = make_group("export-modernization")
    make_group("drawback", parent=export)

    with pytest.raises(ProtectedError):
        export.delete()


def test_a_group_that_another_merged_into_is_not_deleted():
    bond, ipr = make_group("bond"), make_group("ipr")
    make_event(bond, "merged-into", DAY, other_group=ipr)

    with pytest.raises(ProtectedError):
        ipr.delete()


CITING = {
    "paper": lambda: make_paper(make_group()),
    "meeting": make_meeting,
    "group": make_group,
    "subcommittee": make_subcommittee,
    "event": lambda: make_event(make_group(), "hiatus", DAY),
    "mention": lambda: make_mention(make_group(), make_meeting(), sources=[make_source("other")]),
}


@pytest.mark.parametrize("kind", CITING)
def test_a_source_that_a_fact_rests_on_is_not_deleted(kind):  # S34
    source, row = make_source(), CITING[kind]()
    row.sources.add(source)

    with pytest.raises(ProtectedError) as one, transaction.atomic():
        source.delete()
    with pytest.raises(ProtectedError) as many, transaction.atomic():
        Source.objects.filter(pk=source.pk).delete()

    assert one.value.protected_objects == many.value.protected_objects == {row}
    assert list(row.sources.filter(pk=source.pk)) == [source]


def test_a_group_without_papers_goes_with_its_events_and_addresses():
    group = make_group("bond")
    group.slug = "e-bond"
    group.save()
    make_mention(group, make_meeting())

    group.delete()

    assert not WorkingGroup.objects.exists()
    assert not GroupEvent.objects.exists()


def test_a_source_that_nothing_rests_on_can_go():
    make_source().delete()

    assert not Source.objects.exists()


# Words -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "1st",
        "2nd",
        "3rd",
        "4th",
        "10th",
        "11th",
        "12th",
        "13th",
        "17th",
        "21st",
        "22nd",
        "23rd",
        "111th",
        "112th",
        "121st",
    ],
)
def test_terms_are_numbered_in_words(words):
    number = int(words[:-2])

    assert ordinal(number) == words
    assert str(make_term(number)) == f"{words} term"


@pytest.mark.parametrize(
    ("status", "today", "unconfirmed"),
    [
        ("planned", LATER, True),
        ("planned", DAY, False),
        ("planned", BEFORE, False),
        ("held", LATER, False),
        ("cancelled", LATER, False),
    ],
)
def test_a_meeting_planned_for_a_day_gone_by_is_unconfirmed(status, today, unconfirmed):
    assert make_meeting(DAY, status=status).is_unconfirmed(today) is unconfirmed


def test_a_mention_of_nobody_in_particular_is_of_the_committee():
    mention = make_mention(None, make_meeting())

    assert str(mention) == "The committee, September 2024: reported"


def test_a_former_date_stays_with_the_meeting_that_had_it_first(db):  # S35
    first = make_meeting(date(2024, 3, 6))
    first.held_on = date(2024, 3, 13)
    first.save()
    second = make_meeting(date(2024, 3, 6))
    second.held_on = date(2024, 3, 20)
    second.save()

    assert Meeting.objects.known_as(date(2024, 3, 6)) == first
