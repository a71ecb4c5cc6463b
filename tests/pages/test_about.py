"""``/about/``: how to read the site, and what it holds and lacks."""

from datetime import UTC, date, datetime

import pytest

from papers.marks import CHANGE_MARKS, ENDED_MARK, FACT_MARKS, OPEN_MARK, OUTCOME_MARKS
from tests.factories import make_group, make_meeting, make_paper, make_source
from tests.pages.html import read

pytestmark = pytest.mark.django_db

SEPTEMBER = date(2024, 9, 18)


def test_before_anything_is_recorded_nothing_is_claimed(client):
    section = read(client, "/about/").by_id("held")
    text = read(client, "/about/").main.text

    assert section.text == "What is held and what is missing"
    assert "0 groups and 0 meetings that were held are on record" in text
    assert "with 0 Government Issue Papers and 0 third-party summaries." in text
    assert "Papers reach through" not in text
    assert "last one was published" not in text


def explained(page, section):
    """Each mark of a section with its meaning."""
    found = page.by_id(section)
    [around] = [it for it in page.all("section") if found in it.walk()]
    return {
        line.one("dt").text: line.one("dd").text
        for marks in around.all("dl")
        for line in marks.all("div")
    }


def test_each_of_the_seven_marks_is_explained(client):
    page = read(client, "/about/")

    marks = explained(page, "reading")

    assert list(marks)[:7] == [
        "Paper held",
        "Reported, paper not held",
        "Active and silent",
        "On hiatus",
        "Not yet established",
        "Ended",
        "Not known",
    ]
    assert "so this is not silence" in marks["Not known"]
    assert len(set(marks.values())) == len(marks)


def test_what_is_held_and_what_is_missing_is_counted_and_linked(client):
    group = make_group()
    held = {"published_at": datetime(2024, 10, 1, 16, tzinfo=UTC)}
    make_paper(group, meeting=make_meeting(SEPTEMBER, record_complete=True), **held)
    make_paper(make_group("bond"), SEPTEMBER, published_at=datetime(2024, 9, 1, tzinfo=UTC))
    make_paper(group, date(2024, 6, 26), published=False)
    make_paper(
        group,
        date(2024, 3, 6),
        source_kind="third-party-summary",
        source_url="https://a.example/",
        published_at=datetime(2024, 9, 1, tzinfo=UTC),
    )
    make_meeting(date(2026, 3, 4), status="planned")

    page = read(client, "/about/")

    assert "2 groups and 3 meetings that were held" in page.text
    assert "with 2 Government Issue Papers and 1 third-party summary." in page.text
    assert "Papers reach through September 2024." in page.text
    assert "The last one was published here on October 1, 2024." in page.text
    assert "Papers are held of September 2024 (2, all there are)." in page.text
    assert "No issue paper is held of 2 meetings: June 2024, March 2024." in page.text


def test_sources_with_an_address_are_linked(client):
    notice = make_source(
        "FR Feb 2025", title="Notice", citation="90 FR 9629", url="https://fr.example/"
    )
    make_meeting().sources.set([notice, make_source("CBP issue paper", url="")])
    make_source("Nothing rests on it", url="https://idle.example/")

    section = read(client, "/about/").one("ul", class_="cols")

    [item] = section.all("li")
    assert item.one("a")["href"] == "https://fr.example/"
    assert "90 FR 9629" in item.text
    assert "Notice" in item.text


def test_the_address_for_a_day_of_the_past_that_it_shows_works(client):
    make_meeting(date(2021, 3, 17))

    [shown] = [it.text for it in read(client, "/about/").all("code") if "asof" in it.text]

    assert "As of March 17, 2021" in read(client, f"/{shown}").text
    assert "As of March 17, 2021" in read(client, f"/groups/{shown}").text


def test_each_change_each_fact_and_each_outcome_is_explained(client):
    page = read(client, "/about/")

    meanings = explained(page, "comparing")

    for mark in (*CHANGE_MARKS.values(), *FACT_MARKS.values(), OPEN_MARK, ENDED_MARK):
        assert meanings[mark.label], mark
    assert set(meanings) >= {mark.label for mark in OUTCOME_MARKS.values()}
    assert meanings["Continued"] == "Word for word as in the earlier paper."


def test_the_page_says_who_speaks(client):
    text = read(client, "/about/").text

    assert "A machine compares words and counts meetings." in text
    assert "These words stand only where a person has stated them" in text
    assert "Third-party summaries are never compared." in text


def test_open_says_no_more_than_that_no_settlement_was_stated(client):
    page = read(client, "/about/").main.text

    assert "“open” does not mean that anybody looked and found it undone." in page
    assert "and staff have not stated that it was settled." in page
    assert "No later paper of the group is held." in page
