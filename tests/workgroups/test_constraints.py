"""Every constraint of the committee's models, broken on purpose."""

from datetime import date

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from tests.breaking import (
    INVISIBLE,
    assert_refused_by_the_database,
    assert_refused_in_words,
    constraints_of,
    fields_to_fill,
)
from tests.factories import (
    make_event,
    make_group,
    make_meeting,
    make_mention,
    make_source,
    make_subcommittee,
    make_term,
)
from workgroups.models import (
    CommitteeEvent,
    FormerMeetingDate,
    FormerSlug,
    GlossaryEntry,
    GroupAlias,
)

pytestmark = pytest.mark.django_db

CONSTRAINTS = constraints_of(apps.get_app_config("workgroups").get_models())

DAY, EARLIER, LATER = date(2024, 9, 18), date(2024, 6, 26), date(2024, 12, 11)


def an_event(kind="sow-revised", **fields):
    return make_event(make_group(), kind, DAY, **fields)


def a_committee_event(**fields):
    return CommitteeEvent.objects.create(
        **{"happened_on": DAY, "title": "Six subcommittees become four", **fields}
    )


def an_entry(term="Pub#", slug="pub"):
    return GlossaryEntry.objects.create(term=term, slug=slug, meaning="CBP's publication number.")


def a_mention(**fields):
    return make_mention(make_group(), make_meeting(), **fields)


def a_former_date():
    return FormerMeetingDate.objects.create(meeting=make_meeting(), held_on=EARLIER)


def a_former_slug():
    return FormerSlug.objects.create(group=make_group(), slug="flwg")


def an_alias(name="FLWG", group=None):
    return GroupAlias.objects.create(group=group or make_group(), name=name)


def like(make_other, *fields):
    """Bad values: those of another row, which ``make_other`` makes beside the row under test."""

    def values(row):
        other = make_other(row)
        return {field: getattr(other, field) for field in fields}

    return values


# What makes a good row, and the values that spoil it: for no other constraint's sake.
CASES = {
    "source_has_key": (make_source, {"key": ""}),
    "source.key": (make_source, like(lambda row: make_source("FR Feb 2025"), "key")),
    "term_number_is_positive": (make_term, {"number": 0}),
    "term_ends_after_it_starts": (make_term, {"starts_on": LATER, "ends_on": DAY}),
    "term.number": (make_term, like(lambda row: make_term(16), "number")),
    "meeting_status_is_known": (make_meeting, {"status": "dreamt"}),
    "meeting_mode_is_known": (make_meeting, {"mode": "dreamt"}),
    "meeting_record_complete_only_when_held": (
        make_meeting,
        {"status": "planned", "record_complete": True},
    ),
    "meeting.held_on": (make_meeting, like(lambda row: make_meeting(EARLIER), "held_on")),
    "formermeetingdate.held_on": (
        a_former_date,
        like(
            lambda row: FormerMeetingDate.objects.create(meeting=row.meeting, held_on=LATER),
            "held_on",
        ),
    ),
    "subcommittee_has_name": (make_subcommittee, {"name": ""}),
    "subcommittee_opened_has_precision": (make_subcommittee, {"opened_on": DAY}),
    "subcommittee_closed_has_precision": (
        make_subcommittee,
        {"closed_on": DAY, "closed_precision": "between"},
    ),
    "subcommittee_opened_on_first_day": (
        make_subcommittee,
        {"opened_on": DAY, "opened_precision": "month"},
    ),
    "subcommittee_closed_on_first_day": (
        make_subcommittee,
        {"closed_on": date(2024, 2, 1), "closed_precision": "quarter"},
    ),
    "subcommittee_closes_after_opening": (
        make_subcommittee,
        {
            "opened_on": DAY,
            "opened_precision": "day",
            "closed_on": EARLIER,
            "closed_precision": "day",
        },
    ),
    "subcommittee.name": (make_subcommittee, like(lambda row: make_subcommittee("New"), "name")),
    "subcommittee.slug": (make_subcommittee, like(lambda row: make_subcommittee("New"), "slug")),
    "group_has_name": (make_group, {"name": ""}),
    "group_kind_is_known": (make_group, {"kind": "choir"}),
    "group_is_not_its_own_parent": (make_group, lambda row: {"parent": row}),
    "workinggroup.slug": (make_group, like(lambda row: make_group("bond"), "slug")),
    "formerslug.slug": (
        a_former_slug,
        like(lambda row: FormerSlug.objects.create(group=row.group, slug="fl"), "slug"),
    ),
    "alias_has_name": (an_alias, {"name": ""}),
    "alias_once_per_group": (
        an_alias,
        lambda row: {"name": an_alias("Forced Labour", row.group).name.upper()},
    ),
    "event_precision_is_known": (an_event, {"precision": ""}),
    "event_period_starts_on_first_day": (an_event, {"precision": "month"}),
    "event_between_has_two_days": (an_event, {"precision": "between"}),
    "event_once_per_group_kind_and_date": (
        an_event,
        like(lambda row: make_event(row.group, row.kind, LATER), "happened_on"),
    ),
    "event_kind_is_known": (an_event, {"kind": "dreamt"}),
    "event_renamed_has_name": (an_event, {"kind": "renamed"}),
    "event_moved_has_subcommittee": (an_event, {"kind": "moved"}),
    "event_changed_kind_has_kind": (an_event, {"kind": "changed-kind"}),
    "event_group_kind_is_known": (an_event, {"group_kind": "choir"}),
    "event_other_group_for_merger_and_split": (an_event, {"kind": "merged-into"}),
    "event_other_group_is_another": (
        an_event,
        lambda row: {"kind": "merged-into", "other_group": row.group},
    ),
    "event_until_only_for_hiatus": (
        an_event,
        {"until_on": LATER, "until_precision": "day"},
    ),
    "event_until_on_first_day": (
        lambda: an_event("hiatus"),
        {"until_on": LATER, "until_precision": "month"},
    ),
    "event_hiatus_ends_after_start": (
        lambda: an_event("hiatus"),
        {"until_on": DAY, "until_precision": "day"},
    ),
    "committee_event_precision_is_known": (a_committee_event, {"precision": ""}),
    "committee_event_period_starts_on_first_day": (a_committee_event, {"precision": "year"}),
    "committee_event_between_has_two_days": (a_committee_event, {"happened_before": LATER}),
    "committee_event_has_title": (a_committee_event, {"title": ""}),
    "committee_event_once": (
        a_committee_event,
        like(lambda row: a_committee_event(happened_on=LATER), "happened_on"),
    ),
    "mention_has_sentence": (a_mention, {"sentence": ""}),
    "mention_kind_is_known": (a_mention, {"kind": "dreamt"}),
    "mention_of_one_group_is_not_of_every_group": (a_mention, {"is_of_every_group": True}),
    "mention_of_group_or_subcommittee": (
        a_mention,
        lambda row: {"subcommittee": make_subcommittee()},
    ),
    "mention_once_per_group_and_kind": (
        a_mention,
        like(lambda row: make_mention(row.group, row.meeting, "on-hiatus"), "kind"),
    ),
    "mention_once_per_subcommittee_and_kind": (
        lambda: make_mention(None, make_meeting(), subcommittee=make_subcommittee()),
        like(
            lambda row: make_mention(None, row.meeting, "on-hiatus", subcommittee=row.subcommittee),
            "kind",
        ),
    ),
    "mention_once_per_committee_and_kind": (
        lambda: make_mention(None, make_meeting()),
        like(lambda row: make_mention(None, row.meeting, "on-hiatus"), "kind"),
    ),
    "glossary_has_term": (an_entry, {"term": ""}),
    "glossary_has_meaning": (an_entry, {"meaning": ""}),
    "glossaryentry.term": (an_entry, like(lambda row: an_entry("SOW", "sow"), "term")),
    "glossaryentry.slug": (an_entry, like(lambda row: an_entry("SOW", "sow"), "slug")),
}


def test_every_constraint_of_the_committee_is_broken_here():
    assert set(CASES) == set(CONSTRAINTS)


@pytest.mark.parametrize("name", CASES)
def test_a_broken_rule_is_refused_in_words(name):
    make, bad = CASES[name]
    row = make()

    bad = bad(row) if callable(bad) else bad

    assert_refused_in_words(row, bad, CONSTRAINTS[name])


@pytest.mark.parametrize("name", CASES)
def test_a_broken_rule_is_refused_by_the_database(name):
    make, bad = CASES[name]
    row = make()

    bad = bad(row) if callable(bad) else bad

    assert_refused_by_the_database(row, bad, CONSTRAINTS[name])


@pytest.mark.parametrize(("name", "field"), fields_to_fill(CONSTRAINTS).items())
def test_a_text_that_shows_nothing_is_as_good_as_none_to_the_database(name, field):  # S38
    make, _ = CASES[name]
    row = make()

    for text in INVISIBLE:
        assert_refused_by_the_database(row, {field: text}, CONSTRAINTS[name])


@pytest.mark.parametrize("precision", ["day", "month", "quarter", "year", "by"])
def test_a_subcommittees_dates_take_every_precision_but_between(precision):
    first = date(2024, 1, 1)

    make_subcommittee(opened_on=first, opened_precision=precision).full_clean()


HIATUSES = {
    # start, its precision, its last possible day, end, its precision; does it end after it starts?
    "a day, until a day before": (("2024-06-01", "day", None, "2020-01-01", "day"), False),
    "a day, until the same day": (("2024-06-01", "day", None, "2024-06-01", "day"), False),
    "a day, until the next": (("2024-06-01", "day", None, "2024-06-02", "day"), True),
    "a day, until a year before": (("2024-06-01", "day", None, "2020-01-01", "year"), False),
    "a day, until the year before": (("2024-01-01", "day", None, "2023-01-01", "year"), False),
    "a day, until its year ends": (("2024-06-01", "day", None, "2024-01-01", "year"), True),
    "a day, until a month before": (("2024-06-01", "day", None, "2024-05-01", "month"), False),
    "a day, until that month of another year": (
        ("2024-06-01", "day", None, "2023-06-01", "month"),
        False,
    ),
    "a day, until its month ends": (("2024-06-15", "day", None, "2024-06-01", "month"), True),
    "a day, until a quarter before": (("2024-06-01", "day", None, "2024-01-01", "quarter"), False),
    "a day, until that quarter of another year": (
        ("2024-06-01", "day", None, "2023-04-01", "quarter"),
        False,
    ),
    "a day, until its quarter ends": (("2024-06-01", "day", None, "2024-04-01", "quarter"), True),
    "a month, until a month before": (("2024-06-01", "month", None, "2024-05-01", "month"), False),
    "a month, until it ends": (("2024-06-01", "month", None, "2024-06-01", "month"), True),
    "a quarter, until it ends": (("2024-04-01", "quarter", None, "2024-04-01", "quarter"), True),
    "a year, until it ends": (("2024-01-01", "year", None, "2024-01-01", "year"), True),
    "by a day, until its year ends": (("2024-06-01", "by", None, "2024-01-01", "year"), True),
    "by a day, until a day before": (("2024-06-01", "by", None, "2024-05-31", "day"), False),
    "between two days, until a day between": (
        ("2024-03-06", "between", "2024-06-26", "2024-05-01", "day"),
        False,
    ),
    "between two days, until a month between": (
        ("2024-03-06", "between", "2024-06-26", "2024-05-01", "month"),
        False,
    ),
    "between two days, until the second one's month ends": (
        ("2024-03-06", "between", "2024-06-26", "2024-06-01", "month"),
        True,
    ),
    "between two days, until a day after": (
        ("2024-03-06", "between", "2024-06-26", "2024-06-27", "day"),
        True,
    ),
}


@pytest.mark.parametrize(("dates", "is_right"), HIATUSES.values(), ids=HIATUSES)
def test_a_hiatus_ends_after_it_starts_however_precisely_both_are_known(dates, is_right):
    start, precision, last, until, until_precision = dates
    row = make_event(make_group(), "hiatus", DAY)
    values = {
        "happened_on": date.fromisoformat(start),
        "precision": precision,
        "happened_before": date.fromisoformat(last) if last else None,
        "until_on": date.fromisoformat(until),
        "until_precision": until_precision,
    }

    if not is_right:
        rule = CONSTRAINTS["event_hiatus_ends_after_start"]
        assert_refused_by_the_database(row, values, rule)
        assert_refused_in_words(row, values, rule)
        return
    for field, value in values.items():
        setattr(row, field, value)
    row.full_clean()
    row.save()


@pytest.mark.parametrize(
    ("start", "until", "precision"),
    [
        (date(2024, 6, 30), date(2024, 6, 1), "month"),
        (date(2024, 6, 30), date(2024, 4, 1), "quarter"),
        (date(2024, 12, 31), date(2024, 1, 1), "year"),
    ],
)
def test_a_hiatus_does_not_end_on_the_day_it_starts(start, until, precision):
    row = make_event(make_group(), "hiatus", start)

    row.until_on, row.until_precision = until, precision
    with pytest.raises(ValidationError) as refused:
        row.full_clean()

    assert refused.value.message_dict["until_on"] == ["A hiatus must end after it starts."]


def test_a_month_of_hiatus_may_end_in_the_month_it_begins_in():
    an_event("sow-revised")
    hiatus = make_event(
        make_group("bond"),
        "hiatus",
        date(2024, 9, 1),
        precision="month",
        until_on=date(2024, 9, 1),
        until_precision="month",
    )

    hiatus.full_clean()


def test_a_merger_and_a_split_name_the_other_group():
    merger = an_event("merged-into", other_group=make_group("bond"))
    split = make_event(make_group("pipeline"), "split-from", DAY, other_group=merger.group)

    merger.full_clean()
    split.full_clean()
