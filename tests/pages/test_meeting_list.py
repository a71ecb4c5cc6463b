"""``/meetings/``: every public meeting, newest first, by term, with what is held of each."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from tests.changes_fixtures import make_changes
from tests.factories import (
    make_group,
    make_meeting,
    make_mention,
    make_paper,
    make_source,
    make_term,
)
from tests.pages.html import read
from workgroups.models import CommitteeEvent

pytestmark = pytest.mark.django_db

SEPTEMBER = date(2024, 9, 18)


def rows(page):
    """The cells of each row, its heading first."""
    return [[cell.text for cell in row.all("th", "td")] for row in page.one("tbody").all("tr")]


def test_before_anything_is_recorded_the_page_says_so(client):
    page = read(client, "/meetings/")

    assert "No meeting is recorded yet." in page.text
    assert "0 meetings on record, 0 held. We hold 0 issue papers." in page.text


def test_meetings_stand_newest_first_under_their_term(client):
    for day, number in ((date(2021, 3, 17), 15), (SEPTEMBER, 17), (date(2024, 3, 6), 17)):
        make_meeting(day, term=make_term(number))
    make_meeting(date(2016, 7, 1))

    page = read(client, "/meetings/")

    assert [heading.text for heading in page.main.all("h2")] == [
        "17th term",
        "15th term",
        "Term not known",
    ]
    assert [row.all("th", "td")[0].text for row in page.main.all("tr") if row.get("id")] == [
        "September 18, 2024",
        "March 6, 2024",
        "March 17, 2021",
        "July 1, 2016",
    ]


def test_each_row_says_where_it_was_and_what_is_held(client):
    meeting = make_meeting(SEPTEMBER, place="Laredo, TX", mode="hybrid", record_complete=True)
    make_paper(make_group("one"), meeting=meeting)
    make_paper(make_group("two"), meeting=meeting)
    make_paper(
        make_group("three"),
        meeting=meeting,
        source_kind="third-party-summary",
        source_url="https://a.example/",
    )
    group = make_group("four")
    make_mention(group, meeting, "reported")
    make_mention(group, meeting, "recommended")
    make_mention(make_group("five"), meeting, "on-hiatus")
    make_mention(None, meeting)

    page = read(client, "/meetings/")

    assert rows(page) == [
        [
            "September 18, 2024",
            "Laredo, TX, in person and online",
            "2 and 1 third-party summary",
            "4",
        ]
    ]
    assert "1 meeting on record, 1 held. We hold 2 issue papers." in page.text
    assert page.one("tbody").one("a")["href"] == "/meetings/2024-09-18/"


def test_all_papers_are_held_only_where_no_other_group_is_known_to_have_reported(client):
    meeting = make_meeting(SEPTEMBER, record_complete=True)
    make_paper(make_group("one"), meeting=meeting)

    assert rows(read(client, "/meetings/"))[0][2] == "1, all there are"
    assert "We hold 1 paper, all there are" in read(client, "/meetings/2024-09-18/").text
    assert "of this meeting, all there are" in read(client, "/").text
    assert "of this meeting, all there are" in read(client, "/meetings/2024-09-18/brief/").text
    assert "September 2024 (1, all there are)" in read(client, "/about/").text

    make_mention(make_group("two"), meeting, "reported")

    for address in ("/meetings/", "/meetings/2024-09-18/", "/", "/about/"):
        assert "all there are" not in read(client, address).text
    assert "all there are" not in read(client, "/meetings/2024-09-18/brief/").text


def test_of_a_meeting_that_did_not_take_place_nothing_is_counted(client):
    make_meeting(date(2025, 3, 4), status="cancelled")

    assert rows(read(client, "/meetings/"))[0][2:] == ["", ""]


def test_where_papers_can_be_compared_each_meeting_says_how_much_changed(client):
    make_changes()

    page = read(client, "/meetings/")

    assert [head.text for head in page.one("thead").all("th")][3] == "New or reworded status items"
    assert [row[3] for row in rows(page)] == ["", "2", "Nothing to compare", "Nothing to compare"]


def test_what_no_source_says_is_not_made_up(client):
    make_meeting(SEPTEMBER)

    assert rows(read(client, "/meetings/")) == [
        ["September 18, 2024", "Place not stated", "0", "0"]
    ]


@pytest.mark.parametrize(
    ("status", "day", "word"),
    [
        ("planned", date(2026, 3, 4), "planned"),
        ("planned", date(2025, 3, 4), "announced"),
        ("postponed", date(2025, 3, 4), "postponed"),
        ("cancelled", date(2026, 3, 4), "cancelled"),
        ("held", date(2025, 3, 4), ""),
    ],
)
@time_machine.travel(datetime(2025, 11, 20, tzinfo=UTC))
def test_a_meeting_that_was_not_held_says_so(client, status, day, word):
    make_meeting(day, status=status)

    [[heading, *_]] = rows(read(client, "/meetings/"))

    assert heading == f"March 4, {day.year} {word}".strip()


def test_the_committees_own_events_stand_below_newest_first_with_their_sources(client):
    for year in (2016, 2018):
        event = CommitteeEvent.objects.create(
            happened_on=date(year, 4, 1), precision="month", title=f"Changed in {year}"
        )
        event.sources.set([make_source(f"src {year}")])
    event.is_inferred = True
    event.save()

    section = read(client, "/meetings/").by_id("ce")
    items = read(client, "/meetings/").one("ol", class_="list").all("li")

    assert section.text == "The committee itself"
    assert [item.text for item in items] == [
        "April 2018Changed in 2018. Inferred from src 2018.",
        "April 2016Changed in 2016. Source: src 2016.",
    ]


def test_a_report_of_every_group_counts_each_group_that_was_at_work(client):
    meeting = make_meeting(SEPTEMBER)
    make_group("rail")
    make_group("bond")
    make_group("later", established=date(2025, 1, 1))
    make_mention(None, meeting, is_of_every_group=True)

    (row,) = rows(read(client, "/meetings/"))

    assert row[-1] == "2"
    assert "2 groups" in read(client, meeting.get_absolute_url()).by_id("reported").text
