"""``/next-steps/``: every next step, by age, and what was last heard of it."""

from datetime import date

import pytest

from papers.ledger import MOST_SQUARES, STEP_LENGTH
from papers.views.steps import PAGE_SIZE
from tests.factories import make_event, make_group, make_meeting, make_paper
from tests.followed import (
    BRIEFING,
    DRAFT_REWORDED,
    DRAFTED,
    HANDBOOK,
    JUNE,
    LIKELY,
    MARCH,
    RIDERS,
    SAMPLE,
    SEPTEMBER,
    make_followed_record,
    make_outcome,
    settle_the_draft,
)
from tests.pages.html import read

pytestmark = pytest.mark.django_db

SAID = "CBP will provide the group with a draft of the revised recordation guidance by summer."
SAID_LATER = "CBP will provide the group with a draft of the revised recordation guidance by fall."
PRINTED = "To be done by CBP. Due, as printed: “by summer”."
UNHEARD = "No later paper of the group is held."
EARLIER = "To be done by CBP. Due, as printed in March 2024: “by summer”."


@pytest.fixture
def papers():
    return make_followed_record()


def tables(page):
    """The rows of each table by its heading's id: step, group, made in, age, last word."""
    return {
        section["aria-labelledby"]: [
            [cell.text for cell in row.all("th", "td")] for row in section.one("tbody").all("tr")
        ]
        for section in page.main.all("section")
        if section.all("table")
    }


def steps(page, state="open"):
    return [row[0] for row in tables(page).get(state, [])]


def counts(page, name):
    """How many rows each box of a filter would show, by its words."""
    labels = [it for it in page.all("label") if it.all("input", name=name)]
    return {
        label.text.removesuffix(label.one("span").text): int(label.one("span").text or 0)
        for label in labels
    }


def test_without_papers_the_page_says_why_it_is_empty(client):
    page = read(client, "/next-steps/")

    assert page.one("h3").text == "No next step is on record"
    assert "None of the issue papers held has one." in page.main.text


def test_open_steps_stand_oldest_first_with_what_was_last_heard_of_them(client, papers):
    page = read(client, "/next-steps/")

    assert [row[1:] for row in tables(page)["open"]] == [
        ["Intellectual Property Rights", "Dec 2023", "3 meetings", "Repeated Sep 2024"],
        ["Bond", "Mar 2024", "2 meetings", "No paper held since Jun 2024"],
        ["Emerging Technology", "Mar 2024", "2 meetings", "Group on hiatus"],
        ["Intellectual Property Rights", "Mar 2024", "2 meetings", "Not mentioned Sep 2024"],
        ["Bond", "Jun 2024", "1 meeting", "No paper held since Jun 2024"],
        ["Intellectual Property Rights", "Jun 2024", "1 meeting", "Not mentioned Sep 2024"],
        ["Cargo", "Sep 2024", "Just made", "First paper held Sep 2024"],
    ]
    assert page.by_id("open").text == "7 open, oldest first"


def test_a_step_is_shown_as_printed_last_and_links_to_where_it_was_made(client, papers):
    page = read(client, "/next-steps/")
    row = page.all("tbody")[0].all("tr")[0]

    assert row.one("th").text == f"{DRAFT_REWORDED} In these words since Jun 2024."
    assert [link["href"] for link in row.all("a")] == [
        "/groups/intellectual-property-rights/",
        "/papers/2023-12-13/intellectual-property-rights/#n1",
        "/papers/2024-09-18/intellectual-property-rights/#n1",
    ]


def test_owner_due_words_and_another_section_are_told_as_printed(client, papers):
    found = steps(read(client, "/next-steps/"))

    assert f"{RIDERS} To be done by the group. Due, as printed: “October”." in found
    assert f"{HANDBOOK} To be done by the trade." in found
    assert f"{LIKELY} Stands under Current status." in found


def say_who_and_when(papers):
    """Staff say it of the step in March: June repeats its words, and rewords them later."""
    for day, words in ((MARCH, SAID), (JUNE, SAID), (SEPTEMBER, SAID_LATER)):
        papers["intellectual-property-rights", day].next_steps.filter(position=1).update(text=words)
    march = papers["intellectual-property-rights", MARCH].next_steps.filter(position=1)
    march.update(owner="cbp", due_words="by summer")


def test_owner_and_due_words_said_of_an_earlier_paper_are_kept(client, papers):
    say_who_and_when(papers)

    page = read(client, "/next-steps/?owner=cbp")
    group = read(client, "/groups/intellectual-property-rights/").main.text
    june = read(client, "/papers/2024-06-26/intellectual-property-rights/").main.text
    september = read(client, "/papers/2024-09-18/intellectual-property-rights/").main.text
    compared = read(
        client, "/groups/intellectual-property-rights/changes/2024-06-26...2024-09-18/"
    ).main.text

    assert steps(page) == [f"{SAID_LATER} {EARLIER} In these words since Sep 2024."]
    assert f"{SAID} {PRINTED}" in group
    assert EARLIER in group
    assert PRINTED in june
    assert EARLIER not in june
    assert EARLIER in september
    assert PRINTED in compared
    assert EARLIER in compared


def test_an_age_is_drawn_in_squares_and_one_past_them_ends_with_a_plus(client):
    group, other = make_group("bond"), make_group("cargo")
    make_paper(group, date(2005, 1, 1), next_steps=[RIDERS])
    make_paper(other, date(2006, 1, 1), next_steps=[HANDBOOK])
    for year in range(2007, 2007 + MOST_SQUARES):
        make_meeting(date(year, 1, 1))

    first, second = read(client, "/next-steps/").one("tbody").all("tr")

    for row, words in (
        (first, f"{MOST_SQUARES + 1} meetings +"),
        (second, f"{MOST_SQUARES} meetings"),
    ):
        age = next(it for it in row.all("td") if it["data-l"] == "Open for")
        assert age.text == words
        assert len(age.all("rect")) == MOST_SQUARES


def test_steps_open_when_their_group_ended_stand_apart(client, papers):
    page = read(client, "/next-steps/")

    assert tables(page)["ended"] == [
        [
            "The group will list foreign programs.",
            "Border Recognition",
            "Mar 2024",
            "1 meeting",
            f"Open when the group ended, Aug 2024 {UNHEARD}",
        ]
    ]
    assert page.by_id("ended").text == "1 open when its group ended, oldest first"


def test_the_first_words_count_those_without_a_settlement_when_their_group_ended(client, papers):
    assert (
        "After the September 2024 meeting 7 are open, "
        "1 had not been stated as settled when its group ended."
    ) in read(client, "/next-steps/").main.text


def test_of_a_group_on_hiatus_the_row_says_that_no_later_paper_is_held(client):
    group = make_group("bond")
    make_paper(group, MARCH, next_steps=[RIDERS])
    make_event(group, "hiatus", date(2024, 4, 1))
    make_meeting(JUNE)

    [row] = tables(read(client, "/next-steps/"))["open"]

    assert row[4] == f"Group on hiatus {UNHEARD}"


def test_settled_steps_stand_last_with_their_evidence_and_who_says_so(client, papers):
    settle_the_draft(papers)

    page = read(client, "/next-steps/")

    assert list(tables(page)) == ["open", "ended", "settled"]
    [row] = tables(page)["settled"]
    assert row[0] == f"{DRAFT_REWORDED} In these words since Jun 2024."
    assert row[3] == "3 meetings"
    assert row[4] == f"Answered in September 2024 {DRAFTED} stated by staff"
    assert not any(DRAFT_REWORDED in step for step in steps(page))


def test_a_step_that_is_partly_answered_stays_open_and_says_so(client, papers):
    step = papers["bond", MARCH].next_steps.get()
    make_outcome(step, papers["bond", JUNE].meeting, "partly-done", note="Half of it is out.")

    page = read(client, "/next-steps/?group=bond")

    [row, _] = tables(page)["open"]
    assert row[0].startswith(HANDBOOK)
    assert "Partly answered in June 2024" in row[4]
    assert row[4].endswith("Half of it is out.")


def test_what_was_not_mentioned_before_the_papers_end_is_told(client):
    group = make_group("bond")
    make_paper(group, MARCH, next_steps=["CBP will brief the members on surety."])
    make_paper(group, JUNE)
    make_meeting(SEPTEMBER)

    [row] = tables(read(client, "/next-steps/"))["open"]

    assert row[4] == "Not mentioned Jun 2024, no paper held since"


def test_the_chart_counts_the_open_steps_by_age(client, papers):
    figure = read(client, "/next-steps/").one("figure")

    assert figure.one("figcaption").text == "How long the 7 have been open"
    assert figure.one("svg")["aria-label"].strip() == (
        "Just made: 1. 1 meeting: 2. 2 meetings: 3. 3 meetings: 1."
    )
    widths = [int(bar["width"]) for bar in figure.all("rect")]
    assert widths == [37, 75, 112, 37]


def test_old_ages_share_the_last_bar(client):
    group = make_group("bond")
    for place, step in enumerate((RIDERS, HANDBOOK, LIKELY, DRAFT_REWORDED, BRIEFING, SAMPLE)):
        make_paper(group, date(2018 + place, 3, 6), next_steps=[step])

    label = read(client, "/next-steps/").one("figure").one("svg")["aria-label"]

    assert label.strip() == (
        "Just made: 1. 1 meeting: 1. 2 meetings: 1. 3 meetings: 1. 4 or more: 2."
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("state=open", {"open": 7}),
        ("state=ended", {"ended": 1}),
        ("state=open&state=ended", {"open": 7, "ended": 1}),
        ("group=bond", {"open": 2}),
        ("subcommittee=secure-trade-lanes", {"open": 2, "ended": 1}),
        ("owner=trade", {"open": 1}),
        ("owner=trade&owner=group", {"open": 2}),
        ("owner=not-said&group=bond", {}),
        ("age=1", {"open": 6, "ended": 1}),
        ("age=2", {"open": 4}),
        ("age=4", {}),
        ("made=2024-03-06", {"open": 3, "ended": 1}),
        ("evidence=yes", {}),
        ("evidence=no", {"open": 7, "ended": 1}),
        ("state=settled", {}),
    ],
)
def test_the_list_is_narrowed(client, papers, query, expected):
    page = read(client, f"/next-steps/?{query}")

    assert {state: len(rows) for state, rows in tables(page).items()} == expected
    if not expected:
        assert page.one("h3").text == "No next step fits all of these"
        assert "/next-steps/" in [link["href"] for link in page.one(class_="box").all("a")]
    assert "open" in page.one("details").attributes


def test_what_staff_state_can_be_asked_for(client, papers):
    settle_the_draft(papers)
    step = papers["bond", MARCH].next_steps.get()
    make_outcome(step, papers["bond", JUNE].meeting, "partly-done")

    for query, expected in (
        ("state=settled", {"settled": 1}),
        ("state=done", {"settled": 1}),
        ("state=partly-done", {"open": 1}),
        ("evidence=yes", {"settled": 1}),
    ):
        page = read(client, f"/next-steps/?{query}")
        assert {state: len(rows) for state, rows in tables(page).items()} == expected, query


def test_each_choice_says_how_many_it_would_show(client, papers):
    settle_the_draft(papers)

    page = read(client, "/next-steps/?subcommittee=intelligent-enforcement")

    assert counts(page, "state") == {
        "Open": 4,
        "Settled, stated by staff": 1,
        "Answered, stated by staff": 1,
    }
    assert counts(page, "owner") == {"The group": 1, "The trade": 1, "Not recorded": 3}
    assert counts(page, "age") == {
        "Any time": 5,
        "1 meeting or more": 5,
        "2 meetings or more": 3,
    }
    # Beside itself a filter counts as if it were not chosen.
    assert counts(page, "subcommittee") == {"Intelligent Enforcement": 5, "Secure Trade Lanes": 3}
    assert counts(page, "evidence") == {"Either way": 5, "Yes": 1, "No": 4}
    options = [it.text for it in page.one("select", name="group").all("option")]
    assert "Bond (2)" in options
    assert "Cargo" in options


def test_a_filter_that_fits_nothing_can_be_taken_back(client, papers):
    page = read(client, "/next-steps/?state=settled&age=4")

    assert counts(page, "age") == {"Any time": 0, "4 meetings or more": 0}
    assert [it.text for it in page.one("form").all("legend")] == ["State", "Open for"]


# S14
@pytest.mark.parametrize(
    "query",
    [
        *("state=asleep", "state=done", "age=3", "group=nobody", "made=yesterday", "owner=me"),
        *("evidence=perhaps", "subcommittee=none", "group=%00", "made=2024-03-07", "state=%00"),
    ],
)
def test_a_wrong_value_is_ignored_with_a_note(client, papers, query):
    page = read(client, f"/next-steps/?{query}")

    assert page.one(role="status").text.endswith("has no such choice. It was ignored.")
    assert len(steps(page)) == 7


# S35
def test_former_addresses_of_groups_and_meetings_are_understood(client, papers):
    group = papers["bond", JUNE].working_group
    group.slug = "surety"
    group.save()
    meeting = papers["bond", JUNE].meeting
    meeting.held_on = date(2024, 6, 27)
    meeting.save()

    page = read(client, "/next-steps/?group=bond&made=2024-06-26")

    assert [row[1] for row in tables(page)["open"]] == ["Bond"]
    assert not page.all(role="status")


def test_on_a_day_of_the_past_the_list_is_that_of_the_day(client, papers):
    settle_the_draft(papers)

    page = read(client, "/next-steps/?asof=2024-06-30")

    assert [row[1:] for row in tables(page)["open"]] == [
        ["Intellectual Property Rights", "Dec 2023", "2 meetings", "Reworded Jun 2024"],
        ["Bond", "Mar 2024", "1 meeting", "Repeated Jun 2024"],
        ["Border Recognition", "Mar 2024", "1 meeting", "Repeated Jun 2024"],
        ["Emerging Technology", "Mar 2024", "1 meeting", "Not mentioned Jun 2024"],
        ["Intellectual Property Rights", "Mar 2024", "1 meeting", "Not mentioned Jun 2024"],
        ["Bond", "Jun 2024", "Just made", "Made Jun 2024"],
        ["Intellectual Property Rights", "Jun 2024", "Just made", "Made Jun 2024"],
    ]
    assert "/groups/bond/?asof=2024-06-30" in page.links
    assert "As of June 30, 2024" in page.main.text


def test_before_any_paper_the_page_says_up_to_which_day(client, papers):
    page = read(client, "/next-steps/?asof=2020-01-01")

    assert "None of the issue papers held up to January 1, 2020 has one." in page.main.text


def test_a_group_bears_the_name_of_the_day(client, papers):
    group = papers["bond", JUNE].working_group
    make_event(group, "renamed", date(2024, 7, 15), name="Surety")

    assert [row[1] for row in tables(read(client, "/next-steps/?group=bond"))["open"]] == [
        "Surety",
        "Surety",
    ]


def test_summaries_make_no_promises(client):
    make_paper(
        make_group("bond"),
        next_steps=["The group will meet."],
        source_kind="third-party-summary",
        source_url="https://a.example/",
    )

    assert read(client, "/next-steps/").one("h3").text == "No next step is on record"


# S39
def test_of_a_very_long_step_the_beginning_is_shown(client):
    words = "recordation " * 900
    make_paper(make_group("bond"), next_steps=[words, "x" * 10_000])

    page = read(client, "/next-steps/")

    first, second = page.one("tbody").all("th")
    assert first.text.endswith("recordation … Whole step")
    assert len(first.text) <= STEP_LENGTH + len(" Whole step")
    assert second.text == "… Whole step"
    assert first.one("a")["href"] == "/papers/2024-09-18/bond/#n1"


def test_a_long_list_has_pages_that_keep_the_filters(client, monkeypatch, papers):
    monkeypatch.setattr("papers.views.steps.PAGE_SIZE", 5)

    first = read(client, "/next-steps/?age=1")
    second = read(client, "/next-steps/?age=1&page=2")

    assert [len(rows) for rows in tables(first).values()] == [5]
    assert {state: len(rows) for state, rows in tables(second).items()} == {"open": 1, "ended": 1}
    assert first.by_id("open").text == second.by_id("open").text == "6 open, oldest first"
    nav = first.one("nav", **{"aria-label": "Pages"})
    assert [link["href"] for link in nav.all("a")] == ["?age=1&page=1", "?age=1&page=2"]
    assert nav.one("a", **{"aria-current": "page"}).text == "1"


def test_a_hundred_steps_are_a_page():
    assert PAGE_SIZE == 100


def test_the_navigation_leads_here(client):
    page = read(client, "/next-steps/")

    assert page.one("header").one("a", **{"aria-current": "page"}).text == "Next steps"
    assert "/next-steps/" in read(client, "/").links


def test_outcomes_take_no_query_each(client, papers, django_assert_num_queries):
    settle_the_draft(papers)
    for step in papers["bond", JUNE].next_steps.all():
        make_outcome(step, papers["cargo", SEPTEMBER].meeting, "declined")

    with django_assert_num_queries(8):
        page = read(client, "/next-steps/")

    assert len(tables(page)["settled"]) == 3
