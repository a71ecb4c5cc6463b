"""``/groups/<slug>/``: one group through time."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from tests.factories import (
    add_items,
    make_event,
    make_group,
    make_meeting,
    make_mention,
    make_paper,
    make_source,
    make_subcommittee,
)
from tests.pages.html import read
from workgroups.models import GroupAlias

pytestmark = pytest.mark.django_db

MARCH, JUNE, SEPTEMBER = date(2024, 3, 6), date(2024, 6, 26), date(2024, 9, 18)
ADDRESS = "/groups/bond/"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime(2025, 11, 20, 17, tzinfo=UTC), tick=False):
        yield


def facts(page):
    return {
        line.one("dt").text: line.one("dd").text for line in page.one(class_="facts").all("div")
    }


def lines(page):
    """The rail's entries."""
    return [it for it in page.one("ol", class_="tl").children if getattr(it, "tag", "") == "li"]


def test_a_group_of_which_nothing_is_known_says_so(client):
    make_group("bond", established=None)

    page = read(client, ADDRESS)

    assert "Nothing is recorded of this group yet." in page.text
    assert facts(page)["State"] == "Not known"
    assert page.all("ol", class_="tl") == []


def test_the_first_screen_says_who_the_group_is_and_how_it_stands(client):
    parent = make_group("export", "Export Modernization")
    group = make_group(
        "bond",
        "Surety",
        make_subcommittee(),
        charge="To look at bonds.",
        note="It was another group once.",
        parent=parent,
    )
    make_event(group, "renamed", date(2023, 6, 14), precision="by", name="Bond")
    make_event(group, "hiatus", date(2023, 12, 13))
    make_group("drawback", kind="task-force", parent=group)
    GroupAlias.objects.create(group=group, name="Surety", is_former_name=True)
    GroupAlias.objects.create(group=group, name="Bonds", is_confirmed=False)
    make_paper(group, MARCH, office_line="Office of Trade")
    make_mention(group, make_meeting(SEPTEMBER))

    page = read(client, ADDRESS)

    assert page.one("h1").text == "Bond Working Group"
    assert "Secure Trade Lanes Subcommittee" in page.one(class_="hero").text
    assert "Formerly Surety Working Group (renamed by June 14, 2023)" in page.text
    assert facts(page) == {
        "State": "On hiatus since December 13, 2023",
        "Latest paper held": "March 2024",
        "Papers held": "1",
        "Meetings with a report": "2",
        "CBP office": "Office of Trade",
        "Inside": "Export Modernization Working Group",
        "Units inside it": "Drawback Task Force",
    }
    about = page.one("section", class_="identity").text
    assert "To look at bonds. It was another group once." in about
    assert "Also seen as Bonds (unconfirmed); Surety (former name)." in about


@pytest.mark.parametrize(
    ("kind", "fields", "words"),
    [
        ("hiatus", {}, "On hiatus since March 6, 2024"),
        ("concluded", {}, "Ended on March 6, 2024"),
        ("closed", {"precision": "by"}, "Ended by March 6, 2024"),
        ("winding-down", {}, "Active since October 3, 2018, winding down"),
        ("last-named", {}, "Not known"),
        ("renamed", {"name": "Surety"}, "Active since October 3, 2018"),
    ],
)
def test_the_state_is_told_in_a_sentence(client, kind, fields, words):
    make_event(make_group("bond"), kind, MARCH, **fields)

    assert facts(read(client, ADDRESS))["State"] == words


def test_each_of_the_seven_marks_stands_on_a_timeline_with_its_word(client):
    group = make_group("bond", established=date(2024, 2, 1))
    make_event(group, "hiatus", date(2024, 6, 1))
    make_event(group, "closed", date(2024, 7, 1))
    make_meeting(date(2024, 1, 1))
    make_paper(group, date(2024, 2, 2))
    make_mention(group, make_meeting(date(2024, 3, 1)))
    make_meeting(date(2024, 4, 1), record_complete=True)
    make_meeting(date(2024, 5, 1))
    make_meeting(date(2024, 6, 2))
    make_meeting(date(2024, 8, 1))

    page = read(client, ADDRESS)

    marks = [link.one("span", class_="sr").text for link in page.all("a", class_="j")]
    assert marks == [
        "2024: Ended",
        "2024: On hiatus",
        "2024: Not known",
        "2024: Active and silent",
        "2024: Reported, paper not held",
        "2024: Paper held",
        "2024: Not yet established",
    ]
    rail = [line.text for line in lines(page)]
    assert rail[1:] != rail
    for word in marks:
        assert any(word.removeprefix("2024: ") in line for line in rail)
    shapes = {link.one("use")["href"] for link in page.all("a", class_="j")}
    assert len(shapes) == 7


def test_every_meeting_held_can_be_jumped_to(client):
    group = make_group("bond")
    for month in range(1, 8):
        make_meeting(date(2024, month, 1))
    make_paper(group, JUNE)
    make_meeting(date(2024, 9, 1), status="cancelled")

    page = read(client, ADDRESS)

    jumps = [link["href"].removeprefix("#") for link in page.all("a", class_="j")]
    assert len(jumps) == 8
    assert set(jumps) <= set(page.ids)
    assert "m-2024-09-01" not in page.ids


def test_a_paper_shows_its_status_and_steps_numbered_as_on_its_page(client):
    paper = make_paper(
        make_group("bond"),
        SEPTEMBER,
        status=["One.", ("Below one.", 1), ("Below that.", 2), "Two."],
        next_steps=["A step."],
    )

    page = read(client, ADDRESS)

    numbers = {link.text: link["href"] for link in page.all("a", class_="pl")}
    assert numbers == {
        "Item S1": f"{paper.get_absolute_url()}#s1",
        "Item S2": f"{paper.get_absolute_url()}#s2",
        "Item N1": f"{paper.get_absolute_url()}#n1",
    }
    there = read(client, paper.get_absolute_url())
    assert {link.partition("#")[2] for link in numbers.values()} <= set(there.ids)
    for words in ("One.", "Below one.", "Below that.", "Two.", "A step."):
        assert words in page.by_id("m-2024-09-18").text


def test_sections_that_a_paper_lacks_are_named(client):
    make_paper(make_group("bond"), SEPTEMBER, status=(), background=["Only this."])

    entry = read(client, ADDRESS).by_id("m-2024-09-18").text

    assert "This paper has no Current Status section." in entry
    assert "This paper has no Next Steps section." in entry


def test_words_printed_in_place_of_items_are_shown(client):
    paper = make_paper(make_group("bond"), SEPTEMBER)
    paper.sections.create(position=8, kind="next-steps", remark="None at this time.")

    assert "None at this time." in read(client, ADDRESS).by_id("m-2024-09-18").text


def test_a_summary_is_marked_on_the_rail(client):
    make_paper(
        make_group("bond"),
        SEPTEMBER,
        source_kind="third-party-summary",
        source_url="https://a.example/",
        group_as_printed="eBond group",
    )

    page = read(client, ADDRESS)
    entry = page.by_id("m-2024-09-18").text

    assert "Third-party summary" in entry
    assert "as eBond group" in entry
    assert "A third-party summary, in our own words after the source" in entry
    assert "not compared with the papers. The Government’s paper is not held." in entry
    assert "The summary tells of no next steps." in entry
    assert facts(page)["Papers held"] == "None, but 1 third-party summary"


def test_events_stand_among_the_meetings_with_their_sources(client):
    group = make_group("bond", established=date(2018, 10, 3))
    other = make_group("surety")
    make_meeting(SEPTEMBER)
    event = make_event(group, "merged-into", SEPTEMBER, other_group=other, detail="By decision.")
    event.sources.set([make_source("FR"), make_source("cbp")])
    hiatus = make_event(
        group,
        "hiatus",
        date(2024, 4, 1),
        precision="quarter",
        until_on=date(2024, 7, 1),
        until_precision="month",
        is_inferred=True,
    )
    hiatus.sources.set([make_source("cbp")])

    rail = [line.text for line in lines(read(client, ADDRESS))]

    assert rail[0] == (
        "Sep 2024 Merged into Surety Working Group on September 18, 2024. By decision. "
        "Sources: FR; cbp."
    )
    assert rail[2] == (
        "Q2 2024 Went on hiatus in the second quarter of 2024, through July 2024. "
        "Inferred from cbp."
    )
    assert rail[3] == "Oct 2018 Established as Bond on October 3, 2018."


def test_what_a_source_says_of_a_meeting_stands_there(client):
    group = make_group("bond")
    make_event(group, "renamed", JUNE, name="Surety")
    make_mention(group, make_meeting(MARCH), sentence="It spoke of eBonds.")

    entry = read(client, ADDRESS).by_id("m-2024-03-06").text

    assert "Reported, paper not held as Bond" in entry
    assert "It spoke of eBonds. Source: cbp Sep 2024." in entry


def test_planned_meetings_stand_on_top_while_the_group_lives(client):
    group = make_group("bond")
    make_meeting(date(2026, 3, 4), status="planned")

    assert lines(read(client, ADDRESS))[0].text.startswith("March 2026 Planned meeting: Wednesday")

    make_event(group, "closed", date(2025, 9, 17))
    assert "Planned meeting" not in read(client, ADDRESS).text


def test_a_day_of_the_past_changes_name_state_and_meetings(client):
    group = make_group("bond", "Surety")
    make_event(group, "renamed", JUNE, name="Bond")
    make_event(group, "hiatus", date(2024, 7, 1))
    make_paper(group, MARCH)
    paper = make_paper(group, SEPTEMBER, status=())
    add_items(paper.status_items, ["Only in September."])
    paper.complete_sections()

    page = read(client, f"{ADDRESS}?asof=2024-05-01")

    assert page.one("h1").text == "Surety Working Group"
    assert "Formerly" not in page.text
    assert facts(page)["State"] == "Active since October 3, 2018"
    assert facts(page)["Latest paper held"] == "March 2024"
    assert "Only in September." not in page.text
    assert "Renamed" not in page.text
    assert "As of May 1, 2024" in page.text
    assert page.by_id("cite").text.endswith("/groups/bond/?asof=2024-05-01")
    [back] = [link for link in page.one(class_="crumbs").all("a") if link.text == "Show today"]
    assert back["href"] == ADDRESS


def test_before_everything_the_page_is_empty_and_says_for_which_day(client):
    make_group("bond")

    page = read(client, f"{ADDRESS}?asof=2010-01-01")

    assert "Nothing is recorded of this group up to January 1, 2010 yet." in page.text
    assert facts(page)["State"] == "Not yet established"


def test_what_is_said_of_a_group_today_does_not_stand_under_another_day(client):
    group = make_group("bond", charge="To look at bonds since 2024.", note="Closed in 2025.")

    [today] = read(client, ADDRESS).all("section", class_="identity")
    then = read(client, f"{ADDRESS}?asof=2021-03-17")

    assert "To look at bonds since 2024. Closed in 2025." in today.text
    assert then.all("section", class_="identity") == []
    assert "2024" not in then.one("main").text
    GroupAlias.objects.create(group=group, name="Bonds")
    [about] = read(client, f"{ADDRESS}?asof=2021-03-17").all("section", class_="identity")
    assert about.text == "About the group Also seen as Bonds."


# S35
def test_a_former_name_leads_on_in_one_hop_and_keeps_the_day(client):
    group = make_group("trusted-trader", "Trusted Trader")
    make_event(group, "renamed", MARCH, name="Trade Partnership")
    group.slug = "tpe"
    group.save()
    make_event(group, "renamed", JUNE, name="Trade Partnership and Engagement")
    group.refresh_from_db()
    group.slug = "partners"
    group.save()

    formers = ("trusted-trader", "trade-partnership", "tpe", "trade-partnership-and-engagement")
    for former in formers:
        response = client.get(f"/groups/{former}/?asof=2024-04-01&x=1%202")

        assert response.status_code == 301
        assert response.headers["Location"] == "/groups/partners/?asof=2024-04-01&x=1+2"
    assert client.get("/groups/tpe/").headers["Location"] == "/groups/partners/"
    read(client, "/groups/partners/")


def test_an_unknown_address_is_missing(client):
    make_group("bond")

    for slug in ("bonds", "BOND", "b", "bond-working-group"):
        read(client, f"/groups/{slug}/", status=404)
