"""What the pages say of the real record, as ``fixtures/`` holds it."""

from datetime import date

import pytest

from papers.models import IssuePaper
from papers.reports import Reports
from tests.pages.html import read
from workgroups.models import Meeting, WorkingGroup

pytestmark = pytest.mark.django_db


def facts(page):
    return {
        line.one("dt").text: line.one("dd").text for line in page.one(class_="facts").all("div")
    }


def rail(page):
    """Each entry of the timeline as its words, newest first."""
    [timeline] = page.all("ol", class_="tl")
    return [it.text for it in timeline.children if getattr(it, "tag", "") == "li"]


def test_the_first_screen_answers_what_changed_and_what_came_after(client, record):
    page = read(client, "/")

    assert page.one("h1").text == "What the September 2024 meeting brought"
    assert "We hold 2 issue papers of this meeting; 10 more groups reported" in page.text
    assert (
        "4 later meetings were held, whose papers we do not hold: December 2024, March 2025, "
        "June 2025, September 2025. Wind-down announced on July 1, 2025. Groups and "
        "subcommittees closed on September 17, 2025. A meeting was announced for January 14, "
        "2026; no source that we hold says that it took place."
    ) in page.text
    assert "Papers through September 2024." in page.text
    assert "Next meeting" not in page.text


def test_the_board_shows_eight_meetings_up_to_the_latest_with_papers(client, record):
    heads = [
        head.one(class_="sr").text for head in read(client, "/").one("table").all("th", scope="col")
    ]

    assert heads == [
        "September 2024",
        "June 2024",
        "March 2024",
        "December 2023",
        "September 2023",
        "June 2023",
        "December 2022",
        "September 2022",
    ]


def test_trusted_trader_and_trade_partnership_and_engagement_are_one_group(client, record):
    page = read(client, "/groups/trade-partnership-and-engagement/")

    assert page.one("h1").text == "Trade Partnership and Engagement Working Group"
    assert "Formerly Trusted Trader Working Group (renamed by June 14, 2023)" in page.text
    summary = page.by_id("m-2021-03-17")
    assert "Third-party summary" in summary.text
    assert "as Trusted Trader" in summary.text
    paper = page.by_id("m-2024-06-26")
    assert "Paper held" in paper.text
    assert "/papers/2024-06-26/trade-partnership-and-engagement/" in [
        link["href"] for link in paper.all("a")
    ]
    entries = rail(page)
    places = [
        next(place for place, entry in enumerate(entries) if words in entry)
        for words in ("Paper held", "Renamed to Trade Partnership", "Third-party summary")
    ]
    assert places == sorted(places)


def test_its_former_address_leads_to_it(client, record):
    response = client.get("/groups/trusted-trader/")

    assert (response.status_code, response.headers["Location"]) == (
        301,
        "/groups/trade-partnership-and-engagement/",
    )


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("emerging-technologies", "Went on hiatus in the second quarter of 2021."),
        ("bond", "Went on hiatus on December 13, 2023."),
        ("e-commerce", "Changed to a task force by December 7, 2022."),
        ("21st-century-customs-framework", "Concluded on June 14, 2023."),
        ("centers-of-excellence-and-expertise", "Re-established as Centers"),
        ("forced-labor", "Statement of Work revised in March 2024."),
        ("broker-modernization", "Moved to the Next Generation Facilitation Subcommittee by"),
        ("usmca", "Resumed in March 2021."),
    ],
)
def test_what_happened_to_a_group_stands_on_its_timeline(client, record, slug, words):
    assert any(words in entry for entry in rail(read(client, f"/groups/{slug}/")))


def test_the_hiatus_of_emerging_technologies_covers_the_june_meeting_of_2021(client, record):
    page = read(client, "/groups/emerging-technologies/")

    assert page.by_id("m-2021-06-23").text == "Jun 2021 On hiatus: June 2021."
    assert "hi" in page.by_id("m-2021-06-23").classes


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2023-12-12", "Active since October 3, 2018 or earlier"),
        ("2023-12-13", "On hiatus since December 13, 2023"),
        ("2024-12-11", "On hiatus since December 13, 2023"),
        ("2025-07-01", "On hiatus since December 13, 2023, winding down"),
        ("2025-09-17", "Ended on September 17, 2025"),
    ],
)
def test_bond_is_on_hiatus_from_its_day_to_its_end(client, record, day, state):
    assert facts(read(client, f"/groups/bond/?asof={day}"))["State"] == state


def test_customs_interagency_industry_shows_its_former_name(client, record):
    page = read(client, "/groups/customs-interagency-industry/")

    assert "Formerly One U.S. Government Working Group (renamed by August 29, 2023)" in page.text
    before = read(client, "/groups/customs-interagency-industry/?asof=2023-08-28")
    assert before.one("h1").text == "One U.S. Government Working Group"
    assert client.get("/groups/one-us-government/").status_code == 301


def test_since_september_17_2025_every_group_is_ended(client, record):
    on_the_day = read(client, "/groups/?asof=2025-09-17&state=ended")
    the_day_before = read(client, "/groups/?asof=2025-09-16&state=ended")

    count = WorkingGroup.objects.count()
    assert on_the_day.by_id("g").text == f"{count} groups"
    assert all(
        "Ended Sep 2025" in row.text or "Ended Jun 2023" in row.text
        for row in on_the_day.one("tbody").all("tr")
    )
    assert the_day_before.by_id("g").text == "1 group"


def test_every_word_of_every_paper_stands_on_its_page(client, record):
    for paper in IssuePaper.objects.published():
        page = read(client, paper.get_absolute_url())

        for section in paper.content().sections:
            for item in section.items:
                assert " ".join(item.text.split()) in page.one("article").text


def test_sections_that_a_real_paper_lacks_are_named(client, record):
    page = read(client, "/papers/2024-06-26/trade-partnership-and-engagement/")

    assert page.one(class_="absent").text == "This paper has no Issue and no Next steps section."


def test_every_summary_names_its_source_and_is_marked(client, record):
    summaries = IssuePaper.objects.filter(source_kind="third-party-summary")
    assert summaries.count() == 5

    for summary in summaries:
        page = read(client, summary.get_absolute_url())

        assert "This is not a Government Issue Paper." in page.text
        assert summary.source_url in page.links


def test_no_meeting_claims_silence_before_every_paper_of_it_is_held(client, record):
    assert not Meeting.objects.filter(record_complete=True).exists()

    for meeting in Meeting.objects.held():
        assert "silent" not in read(client, meeting.get_absolute_url()).ids


def test_the_meeting_without_quorum_says_so(client, record):
    page = read(client, "/meetings/2024-12-11/")

    assert facts(page)["Quorum"] == "No: nothing could be adopted"
    assert "Bond" in page.by_id("hiatus").text


def test_the_announced_meeting_judges_no_group(client, record):
    page = read(client, "/meetings/2026-01-14/")

    assert "Announced; no source that we hold says that it took place." in page.text
    assert "active or reported" not in page.text


@pytest.mark.parametrize(
    ("number", "asof", "count", "absent"),
    [
        (17, "", 15, "bond"),
        (15, "", 16, "usmca-automotive-certification"),
        (15, "2020-12-31", 10, "21st-century-customs-framework"),
        (17, "2021-03-17", 0, "bond"),
    ],
)
def test_the_groups_of_a_term_are_those_whose_timelines_say_that_they_reported(
    client, record, number, asof, count, absent
):
    page = read(client, f"/groups/?asof={asof}&term={number}")

    listed = {row.one("th").one("a")["href"] for row in page.all("tr") if row.all("td")}
    meetings = Meeting.objects.held().filter(term__number=number)
    if asof:
        meetings = meetings.up_to(date.fromisoformat(asof))
    known = Reports(WorkingGroup.objects.with_history(), meetings)
    reported = {
        group.get_absolute_url()
        for group in known.groups
        if any(report.has_reported for report in known.of_group(group))
    }
    assert {address.partition("?")[0] for address in listed} == reported
    assert len(reported) == count
    assert f"/groups/{absent}/" not in reported
