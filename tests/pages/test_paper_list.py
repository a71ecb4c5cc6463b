"""``/papers/``: every published paper, filterable, fifty a page."""

from datetime import date, timedelta

import pytest

from papers.views.papers import PAGE_SIZE
from tests.factories import make_group, make_paper
from tests.pages.html import read

pytestmark = pytest.mark.django_db

MARCH, SEPTEMBER = date(2024, 3, 6), date(2024, 9, 18)


def rows(page):
    return [[cell.text for cell in row.all("th", "td")] for row in page.one("tbody").all("tr")]


def test_without_papers_the_page_says_so(client):
    page = read(client, "/papers/")

    assert page.by_id("p").text == "0 papers"
    assert "No paper fits all of these" in page.text


def test_each_row_says_which_paper_it_is_and_what_it_holds(client):
    make_paper(
        make_group("bond"),
        SEPTEMBER,
        group_as_printed="eBond Working Group",
        pub_number="0318-0924",
        status=["One", "Two"],
        next_steps=["Three"],
    )
    make_paper(
        make_group("tpe"),
        MARCH,
        group_as_printed="Trusted Trader",
        source_kind="third-party-summary",
        source_url="https://a.example/",
        status=["One"],
    )

    page = read(client, "/papers/")

    assert rows(page) == [
        ["eBond Working Group", "September 2024", "0318-0924", "2 status items1 next step"],
        [
            "Trusted TraderThird-party summary",
            "March 2024",
            "",
            "1 status item0 next steps",
        ],
    ]
    assert "/papers/2024-09-18/bond/" in page.links
    assert page.by_id("p").text == "1 paper, 1 third-party summary"
    only = read(client, "/papers/?source=third-party-summary")
    assert only.by_id("p").text == "1 third-party summary"
    assert read(client, "/papers/?group=bond").by_id("p").text == "1 paper"


def test_papers_stand_newest_meeting_first_then_by_group(client):
    for slug in ("pipeline", "bond"):
        for held_on in (MARCH, SEPTEMBER):
            make_paper(make_group(f"{slug}-{held_on.month}"), held_on)

    heads = [row[0] for row in rows(read(client, "/papers/"))]

    assert heads == [
        "Bond 9 Working Group",
        "Pipeline 9 Working Group",
        "Bond 3 Working Group",
        "Pipeline 3 Working Group",
    ]


def test_the_list_is_narrowed_and_remembers_by_what(client):
    make_paper(make_group("bond"), SEPTEMBER)
    make_paper(make_group("tpe"), SEPTEMBER)
    make_paper(make_group("zones"), MARCH)

    page = read(
        client, "/papers/?meeting=2024-09-18&group=bond&q=bond&source=government-issue-paper"
    )

    assert [row[0] for row in rows(page)] == ["Bond Working Group"]
    chosen = [it["value"] for it in page.all("option") if "selected" in it.attributes]
    assert chosen == ["bond", "2024-09-18", "government-issue-paper"]
    assert "open" in page.one("form").one("details").attributes
    assert "open" not in read(client, "/papers/").one("form").one("details").attributes


def test_when_nothing_fits_there_is_a_way_back(client):
    make_paper(make_group("bond"))

    page = read(client, "/papers/?q=xyzzy")

    assert page.by_id("p").text == "0 papers"
    assert "/papers/" in [link["href"] for link in page.one("section").all("a")]


# S14
def test_a_wrong_choice_is_ignored_with_a_note(client):
    make_paper(make_group("bond"))

    page = read(client, "/papers/?group=nobody")

    assert page.one(role="status").text.endswith("has no such choice. It was ignored.")
    assert len(rows(page)) == 1


@pytest.fixture
def many_papers(monkeypatch):
    """Seven papers of September and one of March, five a page."""
    monkeypatch.setattr("papers.views.papers.PAGE_SIZE", 5)
    for number in range(7):
        make_paper(make_group(f"group-{number}"), SEPTEMBER)
    make_paper(make_group("other"), MARCH)


def test_fifty_papers_are_a_page():
    assert PAGE_SIZE == 50


def test_a_long_list_has_pages_that_keep_the_filters(client, many_papers):
    first = read(client, "/papers/?meeting=2024-09-18")
    pages = first.one("nav", **{"aria-label": "Pages"})

    assert len(rows(first)) == 5
    assert [link["href"] for link in pages.all("a")] == [
        "?meeting=2024-09-18&page=1",
        "?meeting=2024-09-18&page=2",
    ]
    assert pages.one("a", **{"aria-current": "page"}).text == "1"
    second = read(client, "/papers/?meeting=2024-09-18&page=2")
    assert len(rows(second)) == 2
    heads = {row[0] for row in rows(first) + rows(second)}
    assert len(heads) == 7
    assert "Other Working Group" not in heads


# S14
@pytest.mark.parametrize(
    ("page", "expected"),
    [("0", "2"), ("-1", "2"), ("99", "2"), ("", "1"), ("x", "1"), ("\x00", "1")],
)
def test_a_page_that_is_not_there_is_the_nearest_one(client, many_papers, page, expected):
    nav = read(client, f"/papers/?page={page}").one("nav", **{"aria-label": "Pages"})

    assert nav.one("a", **{"aria-current": "page"}).text == expected


def test_of_very_many_pages_only_some_are_linked(client, monkeypatch):
    monkeypatch.setattr("papers.views.papers.PAGE_SIZE", 1)
    group = make_group("bond")
    for number in range(20):
        make_paper(group, date(2024, 1, 1) + timedelta(days=number))

    nav = read(client, "/papers/?page=10").one("nav", **{"aria-label": "Pages"})

    shown = [item.text for item in nav.all("li")]
    assert shown == ["1", "2", "…", "7", "8", "9", "10", "11", "12", "13", "…", "19", "20"]


def test_a_meetings_former_date_still_chooses_its_papers(client):  # S35
    meeting = make_paper(make_group("forced-labor"), held_on=date(2024, 9, 18)).meeting
    make_paper(make_group("bond"), held_on=date(2024, 6, 26))
    meeting.held_on = date(2024, 9, 25)
    meeting.save()

    page = client.get("/papers/?meeting=2024-09-18")

    assert [paper.working_group.slug for paper in page.context["page"]] == ["forced-labor"]
