"""``/papers/<date>/<group>/``: one paper as printed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from tests.factories import make_event, make_group, make_meeting, make_paper, make_source
from tests.pages.html import read
from workgroups.models import FormerSlug

pytestmark = pytest.mark.django_db

MARCH, JUNE, SEPTEMBER = date(2024, 3, 6), date(2024, 6, 26), date(2024, 9, 18)
ADDRESS = "/papers/2024-09-18/bond/"


def meta(page):
    return {line.one("dt").text: line.one("dd").text for line in page.one(class_="meta").all("div")}


def test_every_word_stands_on_the_page_with_its_number(client):
    make_paper(
        make_group("bond"),
        SEPTEMBER,
        background=["Why.", ("Below.", 1), ("Deep.", 2), "Also."],
        issue=["What."],
        status=["How it stands.", "More."],
        next_steps=["What comes.", ("In detail.", 1)],
        other={"Recommendations": ["Adopt it.", "And this."], "Statement of Work": ["To look."]},
    )

    page = read(client, ADDRESS)

    items = page.one("article").all("li")
    found = {item["id"]: item.all("p", dir="auto")[0].text for item in items}
    assert found == {
        "b1": "Why.",
        "b1.1": "Below.",
        "b1.1.1": "Deep.",
        "b2": "Also.",
        "i1": "What.",
        "s1": "How it stands.",
        "s2": "More.",
        "n1": "What comes.",
        "n1.1": "In detail.",
        # Other sections are counted through, so that no number stands twice.
        "x1": "Adopt it.",
        "x2": "And this.",
        "x3": "To look.",
    }
    for identity in found:
        link = page.by_id(identity).all("a", class_="pl")[0]
        assert (link.text, link["href"]) == (identity.upper(), f"#{identity}")
        assert link["aria-label"] == f"Link to item {identity.upper()}"
    heads = [head.text for head in page.one("article").all("h2")]
    assert heads == [
        "Background",
        "Issue",
        "Current status",
        "Next steps",
        "Recommendations",
        "Statement of Work",
    ]
    nav = page.one("nav", **{"aria-label": "Sections"})
    assert [link.text for link in nav.all("a")] == heads


def test_sections_that_the_paper_does_not_have_are_named(client):
    make_paper(make_group("bond"), SEPTEMBER)

    absent = read(client, ADDRESS).one(class_="absent").text

    assert absent == "This paper has no Background, no Issue and no Next steps section."


def test_a_paper_with_all_sections_lacks_none(client):
    make_paper(
        make_group("bond"), SEPTEMBER, background=["a"], issue=["b"], next_steps=["c"], status=["d"]
    )

    assert read(client, ADDRESS).all(class_="absent") == []


def test_a_printed_heading_without_items_says_what_stands_there(client):
    paper = make_paper(make_group("bond"), SEPTEMBER)
    paper.sections.create(position=8, kind="next-steps", remark="None at this time.")
    paper.sections.create(position=9, kind="issue")

    article = read(client, ADDRESS).one("article")

    assert article.one(class_="remark").text == "None at this time."
    assert "No item stands under this heading." in article.text


def test_the_paper_tells_what_is_printed_around_the_text(client):
    make_paper(
        make_group("bond"),
        SEPTEMBER,
        group_as_printed="Bond Working Group",
        subcommittee_as_printed="Intelligent Enforcement Subcommittee",
        pub_number="0318-0924",
        action_required="Informational",
        office_line="Office of Trade",
        submitted_by="Jo Smith; Al Roe",
        submitter_office="Trade Policy",
        dated_on=date(2024, 8, 15),
        source_url="https://cbp.example/paper.pdf",
        source_text="Commercial Customs\nOperations",
        source_sha256="a" * 64,
        published_at=datetime(2024, 10, 1, 12, tzinfo=UTC),
    ).sources.set([make_source("CBP paper")])

    page = read(client, ADDRESS)

    assert meta(page) == {
        "Working group": "Bond",
        "Meeting": "September 18, 2024",
        "Publication number": "0318-0924",
        "Office": "Office of Trade",
        "Facts as of": "August 15, 2024, the date on the paper",
        "Changes": "First paper held: nothing to compare it with.",
        "Kind of source": "Government Issue Paper",
        "Found in": "CBP paper",
        "Published here": "October 1, 2024",
        "SHA-256 of the file": "a" * 64,
    }
    hero = page.one(class_="hero").text
    assert "Intelligent Enforcement Subcommittee. Action required: Informational." in hero
    assert page.one(class_="sig").text == (
        "Submitted by Jo Smith; Al Roe, Trade Policy, August 15, 2024"
    )
    assert "https://cbp.example/paper.pdf" in page.links
    assert page.one("pre").raw_text == "Commercial Customs\nOperations"
    assert page.one(class_="cite").text == (
        "U.S. Customs and Border Protection, Commercial Customs Operations Advisory Committee, "
        "Bond Working Group, Government Issue Paper, Pub. No. 0318-0924 (September 2024), "
        f"http://127.0.0.1:8000{ADDRESS}"
    )


def test_what_is_not_printed_is_not_made_up(client):
    make_paper(make_group("bond"), SEPTEMBER)

    page = read(client, ADDRESS)

    assert meta(page)["Publication number"] == "None printed"
    assert meta(page)["Office"] == "None printed"
    assert meta(page)["Facts as of"] == "No date printed"
    assert page.all(class_="sig") == []
    assert page.all("pre") == []


def test_the_name_is_that_of_the_paper_and_of_its_meeting(client):
    group = make_group("bond", "Surety")
    make_paper(group, SEPTEMBER, group_as_printed="Surety Work Group")
    make_event(group, "renamed", date(2024, 12, 1), name="Bond")

    page = read(client, ADDRESS)

    assert page.one("h1").text == "Surety Work Group, September 2024"
    assert meta(page)["Working group"] == "Bond"


def test_a_third_party_summary_is_marked_wherever_it_could_be_mistaken(client):
    make_paper(
        make_group("bond"),
        SEPTEMBER,
        source_kind="third-party-summary",
        source_url="https://a.example/summary",
    )

    page = read(client, ADDRESS)

    assert page.one(class_="hero").text.count("Third-party summary, in our own words") == 1
    assert "This is not a Government Issue Paper." in page.one("article").text
    assert page.links.count("https://a.example/summary") == 2
    assert meta(page)["Kind of source"] == "Third-party summary"
    assert "Publication number" not in meta(page)
    assert page.all(class_="absent") == []
    assert "after a third-party summary of the meeting" in page.one(class_="cite").text
    assert page.one("nav", **{"aria-label": "Breadcrumb"}).text.endswith("Summary")
    assert {"About this summary", "Cite this summary"} <= {it.text for it in page.all("h2")}
    assert "Third-party summaries are told in our own words." in page.one("footer").text


def test_links_in_the_text_lead_where_the_paper_says(client):
    paper = make_paper(make_group("bond"), SEPTEMBER, status=())
    paper.status_items.create(
        position=1,
        text="See the site and the rule, or call.",
        links=[
            {"text": "the site", "target": "https://a.example/?a=1&b=2"},
            {"text": "the rule", "target": ""},
            {"text": "", "target": "https://b.example/"},
        ],
    )
    paper.complete_sections()

    item = read(client, ADDRESS).by_id("s1")

    assert item.one("p").text == "See the site and the rule, or call."
    [link] = item.one("p").all("a")
    assert (link.text, link["href"]) == ("the site", "https://a.example/?a=1&b=2")


def test_neighbours_of_the_same_group_are_a_link_away(client):
    group = make_group("bond")
    make_paper(group, MARCH, source_kind="third-party-summary", source_url="https://a.example/")
    make_paper(group, JUNE, published=False)
    make_paper(group, SEPTEMBER)
    make_paper(group, date(2024, 12, 11))
    make_paper(make_group("other"), JUNE)

    def neighbours(address):
        return [line.text for line in read(client, address).one(class_="pn").all("p")]

    assert neighbours(ADDRESS) == [
        "Previous paper heldMarch 2024 (summary)",
        "Next paper heldDecember 2024",
    ]
    assert neighbours("/papers/2024-03-06/bond/")[0] == "Previous paper heldNone."
    assert neighbours("/papers/2024-12-11/bond/")[1] == "Next paper heldNone."


def test_corrections_after_publication_are_told_newest_first(client):
    paper = make_paper(make_group("bond"), SEPTEMBER)
    paper.corrections.create(made_on=date(2024, 10, 1), note="A word was wrong.")
    paper.corrections.create(made_on=date(2024, 11, 1), weight="significant", note="A step lacked.")

    page = read(client, ADDRESS)

    assert [line.text for line in page.all("p", class_="s") if "2024, " in line.text][-2:] == [
        "November 1, 2024, significant: A step lacked.",
        "October 1, 2024, minor: A word was wrong.",
    ]
    assert "Last corrected on November 1, 2024: what was corrected." in page.text
    assert page.by_id("cn").text == "Corrections"


# S35
def test_former_addresses_lead_on_in_one_hop(client):
    group = make_group("trusted-trader")
    meeting = make_meeting(date(2024, 9, 17))
    make_paper(group, meeting=meeting)
    group.slug = "bond"
    group.save()
    meeting.held_on = SEPTEMBER
    meeting.save()
    assert FormerSlug.objects.filter(slug="trusted-trader").exists()

    for former in ("2024-09-17/bond", "2024-09-18/trusted-trader", "2024-09-17/trusted-trader"):
        response = client.get(f"/papers/{former}/")

        assert response.status_code == 301
        assert response.headers["Location"] == ADDRESS
    read(client, ADDRESS)


# S03
def test_a_draft_answers_like_a_paper_that_was_never_there(client):
    group, meeting = make_group("bond"), make_meeting(SEPTEMBER)
    never = client.get(ADDRESS)
    make_paper(group, meeting=meeting, published=False)
    draft = client.get(ADDRESS)
    soon = make_paper(
        group, MARCH, published_at=timezone.now() + timedelta(hours=1)
    ).get_absolute_url()

    for answer in (never, draft, client.get(soon), client.get("/papers/2024-03-06/nobody/")):
        assert answer.status_code == 404
        assert answer.content == never.content
        assert answer.headers.get("Cache-Control") == never.headers.get("Cache-Control")
        assert "ETag" not in answer.headers


# S03
def test_neither_does_a_former_address_of_a_draft_tell_that_it_is_there(client):
    group = make_group("trusted-trader")
    make_paper(group, SEPTEMBER, published=False)
    group.slug = "bond"
    group.save()

    response = client.get("/papers/2024-09-18/trusted-trader/")

    assert response.status_code == 404
    assert response.content == client.get("/papers/2024-09-18/nobody/").content
