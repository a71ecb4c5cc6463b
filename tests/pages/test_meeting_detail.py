"""``/meetings/<date>/``: one meeting, group by group."""

from datetime import UTC, date, datetime

import pytest
import time_machine

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
from tests.pages.html import read

pytestmark = pytest.mark.django_db

SEPTEMBER = date(2024, 9, 18)
ADDRESS = "/meetings/2024-09-18/"


def listed(page, anchor):
    """The names of the groups without a paper under one heading."""
    return [cell.text for cell in page.by_id(anchor).all("th", scope="row")]


def test_the_first_screen_says_when_where_and_what_is_held(client):
    meeting = make_meeting(
        SEPTEMBER,
        place="Charleston, SC",
        mode="hybrid",
        term=make_term(17),
        quorum=False,
        notice_citation="89 FR 1",
        notice_url="https://fr.example/1",
        documents_url="https://cbp.example/docs",
        note="A note of our own.",
    )
    make_paper(make_group("one"), meeting=meeting)
    make_group("two")

    page = read(client, ADDRESS)

    assert page.one("h1").text == "September 2024 meeting"
    facts = {line.one("dt").text: line.one("dd").text for line in page.one("dl").all("div")}
    assert facts == {
        "Place": "Charleston, SC",
        "Held as": "In person and online",
        "Term": "17th term",
        "Quorum": "No: nothing could be adopted",
        "Notice": "89 FR 1",
        "Documents": "CBP’s page of this meeting",
    }
    assert {"https://fr.example/1", "https://cbp.example/docs"} <= set(page.links)
    assert (
        "Wednesday, September 18, 2024. We hold 1 of the papers; 2 groups were active or reported."
        in page.text
    )
    assert "A note of our own." in page.one(class_="hero").text


def test_what_no_source_says_is_not_made_up(client):
    make_meeting(SEPTEMBER)

    page = read(client, ADDRESS)

    facts = {line.one("dt").text: line.one("dd").text for line in page.one("dl").all("div")}
    assert facts == {"Place": "Not stated", "Held as": "Not stated", "Term": "Not stated"}
    assert "We hold no paper of this meeting; 0 groups were active or reported." in page.text


def test_papers_stand_under_the_subcommittee_that_the_group_had_then(client):
    trade, entry = make_subcommittee(), make_subcommittee("Next Generation Facilitation")
    moved = make_group("broker", subcommittee=trade)
    make_event(moved, "moved", date(2024, 12, 1), subcommittee=entry)
    meeting = make_meeting(SEPTEMBER)
    make_paper(
        moved,
        meeting=meeting,
        status=["First point.", "Second point."],
        next_steps=["A step."],
        pub_number="0318-0924",
        dated_on=date(2024, 8, 15),
    )
    make_paper(make_group("entry", subcommittee=entry), meeting=meeting)
    make_paper(make_group("loose"), meeting=meeting)

    page = read(client, ADDRESS)

    heads = [head.text for head in page.main.all("h2")]
    assert heads[-3:] == [
        "Next Generation Facilitation Subcommittee",
        "Secure Trade Lanes Subcommittee",
        "Subcommittee not known",
    ]
    [item] = page.by_id("s-2").all("li", class_="dg")
    assert item.one("h3").one("a")["href"] == "/papers/2024-09-18/broker/"
    assert "Pub. 0318-0924, dated August 15, 2024" in item.text
    assert "First point." in item.text
    assert "Second point." not in item.text
    assert "2 status items" in item.text
    assert "1 next step" in item.text


def test_groups_without_a_paper_stand_under_what_is_known_of_them(client):
    meeting = make_meeting(SEPTEMBER)
    mention = make_mention(make_group("told"), meeting, sentence="It spoke of bonds.")
    mention.sources.set([make_source("cbp")])
    make_event(make_group("resting"), "hiatus", date(2024, 1, 1))
    make_group("unheard-of")
    make_event(make_group("over"), "closed", date(2024, 1, 1))
    make_group("not-yet", established=date(2024, 12, 1))
    make_group("shadow", established=None)

    page = read(client, ADDRESS)

    assert listed(page, "reported") == ["Told"]
    assert "It spoke of bonds. Source: cbp." in page.by_id("reported").text
    assert listed(page, "hiatus") == ["Resting"]
    assert "On hiatus since Jan 2024" in page.by_id("hiatus").text
    assert listed(page, "unknown") == ["Unheard Of"]
    assert "silent" not in page.ids
    assert "Of 1 more group no source that we hold tells whether it existed" in page.text
    assert "Shadow" in page.one(class_="unseen").text
    assert "Over" not in page.main.text
    assert "Not Yet" not in page.main.text


def test_silence_is_said_only_of_a_meeting_whose_every_paper_is_held(client):
    make_meeting(SEPTEMBER, record_complete=True)
    make_group("quiet")

    page = read(client, ADDRESS)

    assert listed(page, "silent") == ["Quiet"]
    assert "unknown" not in page.ids


def test_a_summary_is_marked_as_told_in_our_own_words(client):
    make_paper(
        make_group(),
        SEPTEMBER,
        source_kind="third-party-summary",
        source_url="https://a.example/",
        pub_number="0318-0924",
    )

    page = read(client, ADDRESS)

    assert "We hold none of the papers, but 1 third-party summary;" in page.text
    words = "A third-party summary, in this site’s words: not compared with the papers."
    assert words in page.by_id("s-1").text
    assert page.by_id("s-1").one(class_="head").one("span").text == "1 summary"
    # It has a place of its own, not a second one among the reports without a paper.
    assert "reported" not in page.ids


def test_what_is_said_of_a_whole_subcommittee_or_of_all_stands_under_the_facts(client):
    meeting = make_meeting(SEPTEMBER)
    make_mention(None, meeting, sentence="All were winding down.", is_inferred=True)
    make_mention(
        None, meeting, subcommittee=make_subcommittee(), sentence="All its groups reported."
    )

    hero = read(client, ADDRESS).one(class_="hero").text

    assert "Secure Trade Lanes Subcommittee: All its groups reported. Source:" in hero
    assert "All were winding down. Inferred from" in hero


def test_neighbours_are_a_link_away(client):
    for day in (date(2024, 6, 26), SEPTEMBER, date(2024, 12, 11)):
        make_meeting(day)

    nav = read(client, ADDRESS).one("nav", **{"aria-label": "Other meetings"})

    assert [link["href"] for link in nav.all("a")] == [
        "/meetings/2024-12-11/",
        "/meetings/2024-06-26/",
        "/meetings/",
    ]


@pytest.mark.parametrize(
    ("status", "day", "words"),
    [
        ("planned", date(2026, 3, 4), "Planned."),
        ("planned", date(2025, 3, 4), "Announced; no source that we hold says that it took place."),
        ("postponed", date(2025, 3, 4), "Postponed."),
        ("cancelled", date(2026, 3, 4), "Cancelled."),
    ],
)
@time_machine.travel(datetime(2025, 11, 20, tzinfo=UTC))
def test_a_meeting_that_was_not_held_judges_no_group(client, status, day, words):
    make_meeting(day, status=status)
    make_group()

    page = read(client, f"/meetings/{day}/")

    assert page.one(class_="lede").text == f"{day:%A}, March 4, {day.year}. {words}"
    assert "active or reported" not in page.text
    assert "Forced Labor" not in page.text


# S35
def test_a_former_date_leads_on_for_ever_in_one_hop(client):
    meeting = make_meeting(date(2024, 9, 17))
    for day in (date(2024, 9, 19), SEPTEMBER):
        meeting.held_on = day
        meeting.save()

    for former in ("2024-09-17", "2024-09-19"):
        response = client.get(f"/meetings/{former}/")

        assert response.status_code == 301
        assert response.headers["Location"] == ADDRESS
    read(client, ADDRESS)


def test_a_month_leads_to_its_only_meeting_but_not_for_ever(client):
    make_meeting(SEPTEMBER)

    response = client.get("/meetings/2024-09/")

    assert response.status_code == 302
    assert response.headers["Location"] == ADDRESS


def test_a_month_with_two_meetings_or_none_names_neither(client):
    make_meeting(SEPTEMBER)
    make_meeting(date(2024, 9, 30))

    read(client, "/meetings/2024-09/", status=404)
    read(client, "/meetings/2024-10/", status=404)
    read(client, "/meetings/2024-10-01/", status=404)


def test_what_a_source_says_of_every_group_stands_once_and_each_group_points_to_it(client):
    meeting = make_meeting()
    make_group("bond")
    make_group("pipeline")
    make_mention(None, meeting, is_of_every_group=True, sentence="All groups reported.")

    page = read(client, meeting.get_absolute_url())

    assert page.text.count("All groups reported.") == 1
    assert page.by_id("reported").text.count("As said of every group, above.") == 2


def test_the_folder_of_a_former_dates_papers_leads_on_in_one_hop(client):  # S35
    meeting = make_meeting(date(2024, 9, 18))
    meeting.held_on = date(2024, 9, 25)
    meeting.save()

    answer = client.get("/papers/2024-09-18/")

    assert (answer.status_code, answer["Location"]) == (301, "/meetings/2024-09-25/")
