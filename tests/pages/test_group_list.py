"""``/groups/``: every group with its state on one day, filterable."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from tests.factories import (
    make_event,
    make_group,
    make_meeting,
    make_mention,
    make_paper,
    make_subcommittee,
    make_term,
)
from tests.pages.html import read

pytestmark = pytest.mark.django_db

MARCH, SEPTEMBER = date(2024, 3, 6), date(2024, 9, 18)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime(2025, 11, 20, 17, tzinfo=UTC), tick=False):
        yield


def rows(page):
    """The cells of each row."""
    return [[cell.text for cell in row.all("th", "td")] for row in page.one("tbody").all("tr")]


def names(page):
    return [row.one("th").one("a").text for row in page.one("tbody").all("tr")]


def test_without_groups_the_page_says_so(client):
    page = read(client, "/groups/")

    assert page.by_id("g").text == "0 groups"
    assert "0 working groups and task forces" in page.text


def test_each_row_says_where_the_group_stands_and_what_is_held(client):
    trade = make_subcommittee()
    group = make_group("tpe", "Trusted Trader", trade)
    make_event(group, "renamed", date(2023, 6, 14), precision="by", name="Trade Partnership")
    make_event(group, "hiatus", date(2023, 12, 13))
    make_paper(group, MARCH)
    make_mention(group, make_meeting(SEPTEMBER))
    make_group("framework", kind="task-force", established=None)

    page = read(client, "/groups/")

    assert rows(page) == [
        ["Framework Task force", "Not known", "Not known", "None", "None"],
        [
            "Trade PartnershipFormerly Trusted Trader Working Group",
            "Secure Trade Lanes",
            "On hiatus since Dec 2023",
            "Mar 2024",
            "Sep 2024",
        ],
    ]
    assert {"/groups/tpe/", "/papers/2024-03-06/tpe/", "/meetings/2024-09-18/"} <= set(page.links)


def test_the_latest_paper_is_the_newest_and_says_when_it_is_a_summary(client):
    group = make_group("bond")
    make_paper(group, MARCH)
    make_paper(group, SEPTEMBER, source_kind="third-party-summary", source_url="https://a.example/")

    [row] = rows(read(client, "/groups/"))

    assert row[3:] == ["Sep 2024 summary", "Sep 2024"]


def test_groups_stand_by_name_whatever_its_case(client):
    for name in ("bond", "ACE", "Zones", "Antidumping"):
        make_group(name.lower(), name)

    assert names(read(client, "/groups/")) == ["ACE", "Antidumping", "bond", "Zones"]


def test_a_day_of_the_past_changes_names_states_and_what_is_held(client):
    trade, entry = make_subcommittee(), make_subcommittee("Next Generation Facilitation")
    group = make_group("broker", "Broker Exam", trade)
    make_event(group, "renamed", date(2024, 6, 1), name="Broker Modernization")
    make_event(group, "moved", date(2024, 6, 1), subcommittee=entry)
    make_event(group, "closed", date(2025, 9, 17))
    make_paper(group, MARCH)
    make_paper(group, SEPTEMBER)
    make_mention(group, make_meeting(date(2025, 6, 18)))

    now, then = read(client, "/groups/"), read(client, "/groups/?asof=2024-04-01")

    assert rows(now) == [
        [
            "Broker ModernizationFormerly Broker Exam Working Group",
            "Next Generation Facilitation",
            "Ended Sep 2025",
            "Sep 2024",
            "Jun 2025",
        ]
    ]
    assert rows(then) == [
        ["Broker Exam", "Secure Trade Lanes", "Active since Oct 2018", "Mar 2024", "Mar 2024"]
    ]
    assert "names and states as of April 1, 2024" in then.text
    assert "names and states today" in now.text
    assert "/groups/broker/?asof=2024-04-01" in then.links
    assert then.one("input", name="asof")["value"] == "2024-04-01"


def test_the_list_is_narrowed_and_remembers_by_what(client):
    trade = make_subcommittee()
    make_group("bond", subcommittee=trade)
    make_event(make_group("pipeline", subcommittee=trade), "hiatus", MARCH)
    make_group("zones")

    page = read(client, "/groups/?subcommittee=secure-trade-lanes&state=active&q=bo")

    assert names(page) == ["Bond"]
    assert page.by_id("g").text == "1 group"
    checked = {
        box["value"] for box in page.all("input", type="checkbox") if "checked" in box.attributes
    }
    assert checked == {"secure-trade-lanes", "active"}
    assert page.one("input", name="q")["value"] == "bo"
    assert "open" in page.one("form").one("details").attributes


def test_the_filters_stay_closed_until_used(client):
    make_group()

    assert "open" not in read(client, "/groups/").one("form").one("details").attributes


def test_each_box_says_how_many_groups_it_stands_for(client):
    make_group("bond")
    make_event(make_group("pipeline"), "hiatus", MARCH)

    labels = [label.text for label in read(client, "/groups/").one("form").all("label")]

    assert {"Active1", "On hiatus1", "Working group2"} <= set(labels)
    assert not any(label.endswith("0") for label in labels)


def test_the_state_and_the_count_are_those_of_the_day_asked_for(client):
    make_event(make_group("bond"), "hiatus", MARCH)

    page = read(client, "/groups/?state=hiatus&asof=2024-01-01")

    assert "No group fits all of these" in page.text
    assert "On hiatus0" in [label.text for label in page.one("form").all("label")]
    assert names(read(client, "/groups/?state=hiatus&asof=2024-04-01")) == ["Bond"]


def test_when_nothing_fits_there_is_a_way_back(client):
    make_group()

    page = read(client, "/groups/?q=xyzzy&asof=2024-01-01")

    assert "1 group was looked through." in page.text
    assert "/groups/?asof=2024-01-01" in page.links


def test_groups_of_a_term_can_be_chosen(client):
    make_mention(make_group("bond"), make_meeting(MARCH, term=make_term(17)))
    make_group("zones")

    page = read(client, "/groups/?term=17")

    assert names(page) == ["Bond"]
    assert [option.text for option in page.one("select").all("option")] == ["Any term", "17th term"]


# S14
def test_a_wrong_choice_is_ignored_with_a_note(client):
    make_group()

    page = read(client, "/groups/?state=asleep&term=99")

    notes = page.one(role="status").text
    assert "The filter “State” has no such choice. It was ignored." in notes
    assert "The filter “Reported in term” has no such choice. It was ignored." in notes
    assert names(page) == ["Forced Labor"]
    assert page.one("select")["aria-describedby"] == page.one("ul", class_="errorlist")["id"]
