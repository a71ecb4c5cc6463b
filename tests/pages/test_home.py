"""``/``: what the latest meeting with papers brought, what came after, and the status board."""

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
)
from tests.pages.html import read
from workgroups.models import CommitteeEvent, Meeting

pytestmark = pytest.mark.django_db

MARCH, JUNE, SEPTEMBER = date(2024, 3, 6), date(2024, 6, 26), date(2024, 9, 18)
WORDS = [
    *("Paper held", "Reported, paper not held", "Active and silent", "On hiatus"),
    *("Not yet established", "Ended", "Not known"),
]


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime(2025, 11, 20, 17, tzinfo=UTC), tick=False):
        yield


def row_of(page, name):
    """The mark's word in each cell of a group's row on the board, newest meeting first."""
    [row] = [it for it in page.one("table").all("tr") if it.all("th") and name in it.text]
    return [cell.one("span", class_="sr").text.partition(":")[0] for cell in row.all("td")]


def test_before_anything_is_recorded_the_page_says_so(client):
    page = read(client, "/")

    assert page.one("h1").text == "Status board"
    assert "No paper of a meeting is published here yet." in page.text
    assert "No meeting is recorded." in page.text


def test_the_first_screen_says_what_the_latest_meeting_with_papers_brought(client):
    group = make_group("forced-labor")
    make_paper(
        group,
        SEPTEMBER,
        status=["The draft is with counsel.", "Below."],
        next_steps=["Brief the trade."],
    )
    make_meeting(date(2024, 12, 11))

    page = read(client, "/")

    hero = page.one(class_="hero").text
    assert page.one("title").text.startswith("What the September 2024 meeting brought |")
    assert page.one("h1").text == "What the September 2024 meeting brought"
    assert "Wednesday, September 18, 2024. We hold 1 issue paper of this meeting." in hero
    assert "1 paper held 2 status items 1 next step" in hero
    [digest] = page.all("li", class_="dg")
    assert digest.one("h3").one("a")["href"] == "/papers/2024-09-18/forced-labor/"
    assert "The draft is with counsel." in digest.text
    assert "Below." not in digest.text


def test_groups_that_reported_without_a_paper_were_silent_or_on_hiatus_are_counted_and_named(
    client,
):
    meeting = make_meeting(SEPTEMBER, record_complete=True)
    make_paper(make_group("held"), meeting=meeting)
    make_mention(make_group("told"), meeting)
    make_group("quiet")
    make_event(make_group("resting"), "hiatus", date(2024, 1, 1))
    make_event(make_group("over"), "closed", date(2024, 1, 1))

    page = read(client, "/")

    numbers = "1 reported, paper not held 1 active and silent 1 on hiatus"
    assert numbers in page.one(class_="stats").text
    missing = {line.one("dt").text: line.one("dd").text for line in page.one("dl").all("div")}
    assert missing == {
        "Reported, paper not held": "Told",
        "Active and silent": "Quiet",
        "On hiatus": "Resting",
    }
    lacking = "1 issue paper of this meeting; 1 more group reported, and we do not hold its paper."
    assert lacking in page.text


def test_the_numbers_lead_to_their_place_on_the_meetings_page(client):
    meeting = make_meeting(SEPTEMBER, record_complete=True)
    make_paper(make_group("held"), meeting=meeting)
    make_mention(make_group("told"), meeting)
    make_group("quiet")

    links = [link["href"] for link in read(client, "/").one(class_="stats").all("a")]

    there = read(client, "/meetings/2024-09-18/")
    fragments = [link.partition("#")[2] for link in links if "#" in link]
    assert fragments == ["reported", "silent"]
    assert set(fragments) <= set(there.ids)
    assert all(link.startswith("/meetings/2024-09-18/") for link in links)


def test_a_third_party_summary_is_named_as_one_and_never_counted_as_a_paper(client):
    make_paper(
        make_group("e-commerce"),
        SEPTEMBER,
        source_kind="third-party-summary",
        source_url="https://a.example/",
    )

    page = read(client, "/")

    assert "We hold no issue papers, but 1 third-party summary of this meeting." in page.text
    assert "1 third-party summary held" in page.one(class_="stats").text
    assert "paper held" not in page.one(class_="stats").text
    words = "A third-party summary, in this site’s words: not compared with the papers."
    assert words in page.one(class_="dg").text


def test_what_came_after_is_said_in_one_place(client):
    make_paper(make_group(), SEPTEMBER)
    make_meeting(date(2024, 12, 11))
    make_meeting(date(2025, 3, 5))
    make_meeting(date(2025, 10, 1), status="planned")
    CommitteeEvent.objects.create(happened_on=date(2025, 9, 17), title="Subcommittees closed")
    CommitteeEvent.objects.create(happened_on=date(2023, 9, 17), title="Something before")

    boxes = read(client, "/").one("aside").all("section")
    [box] = [it for it in boxes if it.one("h2").text == "What came after"]

    assert box.text == (
        "What came after 2 later meetings were held, whose papers we do not hold: December 2024, "
        "March 2025. Subcommittees closed on September 17, 2025. A meeting was announced for "
        "October 1, 2025; no source that we hold says that it took place."
    )


def test_the_next_meeting_is_named_with_its_place(client):
    make_paper(make_group(), SEPTEMBER)
    make_meeting(date(2026, 3, 4), status="planned", place="Laredo, TX", mode="hybrid")
    make_meeting(date(2026, 6, 3), status="planned")
    make_meeting(date(2025, 12, 10), status="cancelled")

    page = read(client, "/")

    [box] = [it for it in page.all("section") if it.all("h2") and "Next meeting" in it.text]
    assert box.one("time").text == "Wednesday, March 4, 2026"
    assert box.text.endswith("Laredo, TX, in person and online")


def test_how_fresh_the_record_is_is_said(client):
    make_paper(make_group(), SEPTEMBER)

    assert "Papers through September 2024." in read(client, "/").text


def test_the_board_shows_each_of_the_seven_marks_with_its_word(client):
    open_record = make_meeting(JUNE)
    meeting = make_meeting(SEPTEMBER, record_complete=True)
    make_paper(make_group("held"), meeting=meeting)
    make_mention(make_group("told"), meeting)
    make_group("quiet")
    make_event(make_group("resting"), "hiatus", date(2024, 1, 1))
    make_mention(make_group("coming", established=date(2024, 12, 1)), open_record)
    over = make_group("over")
    make_event(over, "closed", date(2024, 9, 1))
    make_mention(over, open_record)

    page = read(client, "/")

    rows = {
        "Held": ["Paper held", "Not known"],
        "Told": ["Reported, paper not held", "Not known"],
        "Quiet": ["Active and silent", "Not known"],
        "Resting": ["On hiatus", "On hiatus"],
        "Coming": ["Not yet established", "Reported, paper not held"],
        "Over": ["Ended", "Reported, paper not held"],
    }
    assert {name: row_of(page, name) for name in rows} == rows
    assert {word for row in rows.values() for word in row} == set(WORDS)


def test_each_mark_has_a_shape_of_its_own_and_the_legend_tells_all_seven(client):
    make_paper(make_group(), SEPTEMBER)

    page = read(client, "/")

    legend = page.one("ul", class_="legend").all("li")[:7]
    assert [line.text for line in legend] == WORDS
    shapes = [line.one("use")["href"].removeprefix("#") for line in legend]
    assert len(set(shapes)) == 7
    assert set(shapes) <= set(page.ids)
    assert all(icon["aria-hidden"] == "true" for icon in page.main.all("svg"))


def test_a_cell_with_a_paper_leads_to_it_and_one_with_a_report_to_the_timeline(client):
    group = make_group("bond")
    make_paper(group, SEPTEMBER)
    make_mention(group, make_meeting(JUNE))
    make_meeting(MARCH)

    table = read(client, "/").one("table")

    cells = table.all("td")[2:]
    assert cells[0].one("a")["href"] == "/papers/2024-09-18/bond/"
    assert cells[1].one("a")["href"] == "/groups/bond/#m-2024-06-26"
    assert cells[2].all("a") == []
    assert cells[0].text == "Paper held: Bond, September 2024"
    assert "m-2024-06-26" in read(client, "/groups/bond/").ids


def test_the_board_has_eight_meetings_and_links_to_earlier_and_later_ones(client):
    group = make_group("bond")
    days = [date(2022, month, 1) for month in range(1, 11)]
    for day in days:
        make_paper(group, day)
    make_meeting(date(2023, 1, 1))

    page = read(client, "/")
    links = {
        link.text: link["href"] for link in page.by_id("board").all("a") if "meetings" in link.text
    }

    assert len(page.one("table").all("th", scope="col")) == 8
    assert links == {
        "Earlier meetings": "/?board=2022-02-01#board",
        "Later meetings": "/?board=2023-01-01#board",
    }
    earlier = read(client, "/?board=2022-02-01")
    assert [it.text for it in earlier.one("table").all("th", scope="col")] == [
        "FebFebruary 2022",
        "JanJanuary 2022",
    ]
    # What the latest meeting brought stays the same whatever part of the board is shown.
    assert earlier.one("h1").text == page.one("h1").text


def test_groups_stand_under_their_subcommittee_of_that_day(client):
    trade, entry = make_subcommittee(), make_subcommittee("Next Generation Facilitation")
    moved = make_group("broker", subcommittee=trade)
    make_event(moved, "moved", JUNE, subcommittee=entry)
    make_paper(moved, MARCH)
    make_paper(make_group("pipeline", subcommittee=trade), SEPTEMBER)

    heads = read(client, "/").one("table").all("th", scope="rowgroup")
    before = read(client, "/?asof=2024-03-31").one("table").all("th", scope="rowgroup")

    assert [head.text for head in heads] == [
        "Next Generation Facilitation Subcommittee",
        "Secure Trade Lanes Subcommittee",
    ]
    assert [head.text for head in before] == ["Secure Trade Lanes Subcommittee"]


def test_a_day_of_the_past_changes_meetings_names_and_states(client):
    group = make_group("tpe", "Trusted Trader")
    make_event(group, "renamed", JUNE, name="Trade Partnership and Engagement")
    make_event(group, "hiatus", date(2024, 7, 1))
    make_paper(group, MARCH)
    make_paper(group, SEPTEMBER)

    past = read(client, "/?asof=2024-05-01")
    now = read(client, "/")

    assert past.one("h1").text == "What the March 2024 meeting brought"
    assert "As of May 1, 2024" in past.one(class_="crumbs").text
    assert past.one("table").one("th", scope="row").text.startswith("Trusted Trader Active")
    assert "September 2024" not in past.main.one("table").text
    assert "Trade Partnership" not in past.text
    assert (
        past.one("table").one("th", scope="row").one("a")["href"] == "/groups/tpe/?asof=2024-05-01"
    )
    assert "Trade Partnership and Engagement On hiatus" in now.one("table").text


def test_the_day_of_a_meeting_counts_as_after_it(client):
    make_paper(make_group(), MARCH)

    assert "March 2024" in read(client, "/?asof=2024-03-06").one("h1").text
    assert read(client, "/?asof=2024-03-05").one("h1").text == "Status board"
    assert "up to March 5, 2024" in read(client, "/?asof=2024-03-05").text


def test_the_day_is_kept_on_the_way_through_the_board(client):
    group = make_group()
    for month in range(1, 11):
        make_paper(group, date(2022, month, 1))

    page = read(client, "/?asof=2022-09-15")

    [link] = [it for it in page.by_id("board").all("a") if it.text == "Earlier meetings"]
    assert link["href"] == "/?asof=2022-09-15&board=2022-01-01#board"
    assert read(client, link["href"].partition("#")[0]).one("table").text.count("Jan") >= 1


@pytest.mark.parametrize("status", ["planned", "postponed", "cancelled"])
def test_a_meeting_that_was_not_held_is_not_on_the_board(client, status):
    group = make_group()
    make_paper(group, MARCH)
    Meeting.objects.create(held_on=SEPTEMBER, status=status)

    table = read(client, "/").one("table")

    assert len(table.all("th", scope="col")) == 1
