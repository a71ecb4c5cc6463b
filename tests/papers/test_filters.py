"""The filters of the lists: each keeps what it says, and ignores a wrong value with a note."""

from datetime import date

import pytest
from django.http import QueryDict

from papers.filters import MAX_WORDS, GroupFilter, PaperFilter, notes
from papers.models import IssuePaper
from tests.factories import (
    make_event,
    make_group,
    make_meeting,
    make_mention,
    make_paper,
    make_subcommittee,
    make_term,
)
from workgroups.models import GroupAlias, Subcommittee, WorkingGroup

pytestmark = pytest.mark.django_db

TODAY = date(2024, 12, 31)
ANYTHING_ELSE = [
    "nonsense",
    "\x00",
    "a\x00b",
    "1; DROP TABLE papers_issuepaper",
    "' OR '1'='1",
    "9" * 400,
    "99999999999999999999999999",
    "-1",
    "1e999",
    "٣",
    "²",
    "\u202eliated",
    "\ud7ff",
    "x" * 300,
    "__import__('os')",
    "working_group__published_at",
    "2024-02-30",
    "0000-00-00",
    "10000-01-01",
    "[]",
    "{}",
    "None",
    "null",
]


def group_filter(query, day=TODAY):
    groups = WorkingGroup.objects.with_history()
    return GroupFilter(
        QueryDict(query),
        WorkingGroup.objects.all(),
        groups=groups,
        day=day,
        standings={group.pk: group.standing_on(day) for group in groups},
        subcommittees={each.slug: each.name for each in Subcommittee.objects.all()},
    )


def groups(query, day=TODAY):
    return {group.slug for group in group_filter(query, day).qs}


def papers(query):
    return {
        (paper.working_group.slug, paper.meeting.held_on.isoformat())
        for paper in PaperFilter(QueryDict(query), IssuePaper.objects.published()).qs
    }


def quoted(**values):
    query = QueryDict(mutable=True)
    for name, value in values.items():
        query[name] = value
    return query.urlencode()


@pytest.fixture
def some_groups():
    """Three groups: renamed and active, on hiatus, an ended task force."""
    trade = make_subcommittee("Secure Trade Lanes")
    entry = make_subcommittee("Next Generation Facilitation")
    renamed = make_group("tpe", "Trusted Trader", trade, acronym="TPE")
    make_event(renamed, "renamed", date(2023, 6, 14), name="Trade Partnership and Engagement")
    bond = make_group("bond", subcommittee=entry)
    make_event(bond, "hiatus", date(2023, 12, 13))
    framework = make_group("21ccf", "21st Century Customs Framework", entry, kind="task-force")
    make_event(framework, "concluded", date(2023, 6, 14))
    GroupAlias.objects.create(group=framework, name="Twenty-First Century")
    return renamed, bond, framework


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"tpe", "bond", "21ccf"}),
        ("q=", {"tpe", "bond", "21ccf"}),
        ("q=partnership", {"tpe"}),
        ("q=ENGAGEMENT+trade", {"tpe"}),
        ("q=trusted", {"tpe"}),
        ("q=tpe", {"tpe"}),
        ("q=twenty-first", {"21ccf"}),
        ("q=bond+trade", set()),
        ("q=%25", set()),
        ("q=_", set()),
        ("subcommittee=secure-trade-lanes", {"tpe"}),
        (
            "subcommittee=secure-trade-lanes&subcommittee=next-generation-facilitation",
            {"tpe", "bond", "21ccf"},
        ),
        ("kind=task-force", {"21ccf"}),
        ("kind=working-group", {"tpe", "bond"}),
        ("state=active", {"tpe"}),
        ("state=hiatus&state=ended", {"bond", "21ccf"}),
        ("state=not-established", set()),
        ("state=hiatus&kind=task-force", set()),
        ("state=hiatus&subcommittee=next-generation-facilitation&q=bond", {"bond"}),
        ("unknown=bond", {"tpe", "bond", "21ccf"}),
        ("slug=bond&pk=1&name__icontains=bond", {"tpe", "bond", "21ccf"}),
    ],
)
def test_groups_are_chosen_by_words_subcommittee_kind_and_state(some_groups, query, expected):
    assert groups(query) == expected
    assert notes(group_filter(query)) == []


def test_groups_of_a_term_are_those_that_reported_at_its_meetings(some_groups):
    renamed, bond, framework = some_groups
    meeting = make_meeting(term=make_term(17))
    make_paper(renamed, meeting=meeting)
    make_mention(bond, meeting, "recommended")
    make_paper(framework, meeting=meeting, published=False)  # S01
    make_mention(framework, make_meeting(date(2022, 12, 7), term=make_term(16)))

    assert groups("term=17") == {"tpe", "bond"}
    assert groups("term=16") == {"21ccf"}


def test_a_summary_tells_that_a_group_reported_in_a_term(some_groups):
    meeting = make_meeting(term=make_term(17))
    make_paper(
        some_groups[1],
        meeting=meeting,
        source_kind="third-party-summary",
        source_url="https://a.example/",
    )

    assert groups("term=17") == {"bond"}


@pytest.mark.parametrize("kind", ["announced", "on-hiatus"])
def test_a_group_that_is_named_and_did_not_report_is_not_among_those_of_a_term(some_groups, kind):
    make_mention(some_groups[1], make_meeting(term=make_term(17)), kind)

    assert groups("term=17") == set()


def test_what_is_said_of_every_group_counts_for_those_that_were_active():
    entry, trade = make_subcommittee("Next Generation Facilitation"), make_subcommittee()
    make_group("ace", subcommittee=entry)
    make_event(make_group("bond", subcommittee=entry), "hiatus", date(2024, 3, 6))
    make_group("pipeline", subcommittee=trade)
    meeting = make_meeting(term=make_term(17))
    make_mention(None, meeting, subcommittee=entry, is_of_every_group=True)
    make_mention(None, meeting, subcommittee=trade)

    assert groups("term=17") == {"ace"}

    make_mention(None, meeting, "recommended", is_of_every_group=True)
    assert groups("term=17") == {"ace", "pipeline"}


def test_reports_to_meetings_that_are_still_to_come_on_the_day_do_not_count(some_groups):
    renamed, bond, framework = some_groups
    term = make_term(17)
    make_mention(renamed, make_meeting(date(2024, 3, 6), term=term))
    september = make_meeting(date(2024, 9, 18), term=term)
    make_paper(bond, meeting=september)
    make_mention(None, september, is_of_every_group=True)
    make_paper(framework, meeting=make_meeting(date(2024, 12, 11), status="planned", term=term))

    assert groups("term=17", date(2024, 3, 5)) == set()
    assert groups("term=17", date(2024, 9, 17)) == {"tpe"}
    assert groups("term=17", date(2024, 9, 18)) >= {"tpe", "bond"}
    assert "21ccf" not in groups("term=17")


def test_each_box_says_how_many_groups_it_stands_for(some_groups):
    facets = group_filter("state=active").facets()

    assert facets["state"] == {"active": 1, "hiatus": 1, "ended": 1}
    assert facets["kind"] == {"working-group": 2, "task-force": 1}
    assert facets["subcommittee"]["next-generation-facilitation"] == 2
    assert set(facets) == {"state", "kind", "subcommittee"}


# S14
@pytest.mark.parametrize("value", ANYTHING_ELSE)
@pytest.mark.parametrize("name", ["subcommittee", "kind", "state", "term"])
def test_a_choice_that_groups_do_not_have_is_ignored_with_a_note(some_groups, name, value):
    query = quoted(**{name: value})

    assert groups(query) == {"tpe", "bond", "21ccf"}
    [note] = notes(group_filter(query))
    assert note.endswith("has no such choice. It was ignored.")
    assert value not in note


def test_what_is_wrong_does_not_take_the_rest_with_it(some_groups):
    query = "state=nonsense&kind=task-force"

    assert groups(query) == {"21ccf"}
    assert notes(group_filter(query)) == ["The filter “State” has no such choice. It was ignored."]


@pytest.mark.parametrize("value", ["x\x00y", "\x00", "x" * (MAX_WORDS + 1), "x " * 4_000])
def test_words_with_nul_or_without_end_are_ignored_with_a_note(some_groups, value):
    query = quoted(q=value)

    assert groups(query) == {"tpe", "bond", "21ccf"}
    assert len(notes(group_filter(query))) == 1


@pytest.mark.parametrize(
    "value", ["a " * (MAX_WORDS // 2), "x" * MAX_WORDS, "\u202e", "💼", "'\"\\", "%_%", "a\u0301"]
)
def test_odd_words_find_nothing_and_break_nothing(value):
    make_group("bond")

    assert groups(quoted(q=value)) == set()
    assert papers(quoted(q=value)) == set()


@pytest.fixture
def some_papers(some_groups):
    renamed, bond, _ = some_groups
    make_paper(
        renamed,
        date(2021, 3, 17),
        group_as_printed="Trusted Trader Working Group",
        source_kind="third-party-summary",
        source_url="https://a.example/",
    )
    make_paper(renamed, date(2024, 6, 26), pub_number="3733-0624")
    make_paper(bond, date(2024, 6, 26), group_as_printed="eBond Working Group")
    make_paper(bond, date(2023, 9, 20), published=False)


TPE_2021, TPE_2024 = ("tpe", "2021-03-17"), ("tpe", "2024-06-26")
BOND_2024 = ("bond", "2024-06-26")
ALL = {TPE_2021, TPE_2024, BOND_2024}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ALL),
        ("q=trusted", {TPE_2021, TPE_2024}),
        ("q=ebond", {BOND_2024}),
        ("q=3733-0624", {TPE_2024}),
        ("q=partnership+3733", {TPE_2024}),
        ("q=bond+3733", set()),
        ("group=bond", {BOND_2024}),
        ("group=21ccf", set()),
        ("meeting=2024-06-26", {TPE_2024, BOND_2024}),
        ("meeting=2023-09-20", set()),
        ("source=third-party-summary", {TPE_2021}),
        ("source=government-issue-paper&group=tpe", {TPE_2024}),
        ("published_at=&pk=1&working_group__slug=bond", ALL),
    ],
)
def test_papers_are_chosen_by_words_group_meeting_and_source(some_papers, query, expected):
    assert papers(query) == expected
    assert notes(PaperFilter(QueryDict(query), IssuePaper.objects.published())) == []


# S14
@pytest.mark.parametrize("value", ANYTHING_ELSE)
@pytest.mark.parametrize("name", ["group", "meeting", "source"])
def test_a_choice_that_papers_do_not_have_is_ignored_with_a_note(some_papers, name, value):
    query = quoted(**{name: value})

    assert papers(query) == ALL
    assert len(notes(PaperFilter(QueryDict(query), IssuePaper.objects.published()))) == 1


def test_of_a_repeated_single_choice_the_last_one_counts(some_papers):
    assert papers("group=tpe&group=bond") == {BOND_2024}
    assert papers("q=trusted&q=ebond") == {BOND_2024}


# S02
def test_words_that_stand_only_in_drafts_find_nothing(some_papers):
    draft = make_paper(
        make_group("quiet"),
        date(2022, 9, 14),
        group_as_printed="Whisper Working Group",
        pub_number="4242-0922",
        published=False,
    )

    assert papers("q=whisper") == papers("q=4242-0922") == papers("q=xyzzy") == set()
    assert papers("group=quiet") == set()
    draft.publish()
    assert papers("q=whisper") == papers("group=quiet") == {("quiet", "2022-09-14")}
