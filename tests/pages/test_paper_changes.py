"""What changed, on a paper's own page: a mark and a past beside each item."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from papers.models.followup import StepOutcome
from tests.factories import make_group, make_meeting, make_paper
from tests.pages.html import read

pytestmark = pytest.mark.django_db

MARCH, JUNE, SEPTEMBER = date(2024, 3, 6), date(2024, 6, 26), date(2024, 9, 18)
ADDRESS = "/papers/2024-06-26/bond/"
MET = "The group met twice this quarter with the sureties."
FACTS = "CBP will publish a fact sheet on bond sufficiency."
RIDERS = "The group will send CBP its comments on electronic bond riders by June 2024."
PUBLISHED = "On May 2, 2024, members received the finished fact sheet."
RAIL = "Nobody spoke of rail cargo."


@pytest.fixture
def group():
    return make_group("bond", "Bond")


def notes(page, anchor):
    """What stands beside an item, without what stands beside those below it."""
    return [it.text for it in page.by_id(anchor).children if getattr(it, "classes", []) == ["an"]]


def past(page, anchor):
    [found] = [
        it for it in page.by_id(anchor).children if "past" in getattr(it, "classes", [])
    ] or [None]
    return found


def three_papers(group):
    return (
        make_paper(
            group,
            MARCH,
            status=[MET, RAIL],
            next_steps=[FACTS, RIDERS],
            background=["COAC approved nine recommendations."],
            issue=["Bond sufficiency differs by port."],
        ),
        make_paper(
            group,
            JUNE,
            status=[MET.replace("twice", "once"), (PUBLISHED, 1), RIDERS],
            next_steps=["The group will name its members."],
            background=["COAC approved nine recommendations."],
            other={"Updates": ["The sub-group has seven members."]},
        ),
        make_paper(group, SEPTEMBER, status=[MET.replace("twice", "once")], next_steps=[FACTS]),
    )


def test_each_item_of_each_section_bears_its_mark(client, group):
    three_papers(group)

    page = read(client, ADDRESS)

    assert notes(page, "s1") == ["Reworded Earlier words of item S1"]
    assert notes(page, "s1.1") == ["New"]
    assert notes(page, "s2")[0].startswith("Moved from Next steps")
    assert notes(page, "b1") == ["Continued"]
    assert notes(page, "x1") == ["New"]
    assert notes(page, "n1")[0].startswith("New")


def test_earlier_words_are_a_link_away_and_the_link_lands_on_the_item(client, group):
    three_papers(group)

    page = read(client, ADDRESS)

    [link] = [it for it in page.all("a") if it.text.startswith("Earlier words")]
    address, _, anchor = link["href"].partition("#")
    assert address == "/groups/bond/changes/2024-03-06...2024-06-26/"
    assert anchor == "s1"
    assert anchor in read(client, address).ids
    assert address in [it["href"] for it in page.one(class_="tools").all("a")]


def test_the_words_of_the_paper_stay_as_printed(client, group):
    three_papers(group)

    doc = read(client, ADDRESS).one("article", class_="doc")

    assert doc.all("ins", "del") == []
    assert MET.replace("twice", "once") in doc.text


def test_each_statement_tells_its_past_and_its_future_with_links(client, group):
    march, _, september = three_papers(group)

    page = read(client, ADDRESS)

    assert past(page, "s1").text == (
        "First reported in March 2024, repeated at 2 meetings, reworded in this paper; "
        "last found in September 2024, the latest held."
    )
    assert [it["href"] for it in past(page, "s1").all("a")] == [
        f"{march.get_absolute_url()}#s1",
        f"{september.get_absolute_url()}#s1",
    ]
    assert past(page, "b1").text == (
        "First reported in March 2024, repeated at 1 meeting; last found in this paper."
    )
    assert past(page, "x1").text == "In no later paper held."
    latest = read(client, september.get_absolute_url())
    assert past(latest, "n1").text == (
        "First reported in March 2024, repeated at 1 meeting; "
        "last found in this paper, the latest held."
    )


def test_a_statement_reworded_twice_names_both_papers(client, group):
    make_paper(group, MARCH, status=[MET])
    make_paper(group, JUNE, status=[MET.replace("twice", "once")])
    make_paper(group, SEPTEMBER, status=[MET.replace("twice", "five times")])

    assert past(read(client, ADDRESS), "s1").text == (
        "First reported in March 2024, repeated at 2 meetings, reworded in this paper and "
        "September 2024; last found in September 2024, the latest held."
    )


def test_what_is_no_longer_reported_stands_folded_at_the_end_of_its_section(client, group):
    march, _, _ = three_papers(group)

    folded = read(client, ADDRESS).one("article", class_="doc").all("details")

    # The paper has no Issue section: its items stand at the end.
    assert [it.one("summary").text for it in folded] == [
        "No longer reported (1), since March 2024"
    ] * 3
    assert [it.one("li").text for it in folded] == [
        f"{RAIL}Item S2 of March 2024",
        f"{FACTS}Item N1 of March 2024",
        "Bond sufficiency differs by port.Item I1 of March 2024",
    ]
    assert folded[0].one("a")["href"] == f"{march.get_absolute_url()}#s2"


def test_steps_bear_their_facts_and_what_staff_state(client, group):
    march, june, september = three_papers(group)
    StepOutcome.objects.create(
        next_step=june.next_steps.get(),
        meeting=september.meeting,
        outcome="partly-done",
        note="Four of ten were named.",
    )

    there = notes(read(client, ADDRESS), "n1")[0]
    first = read(client, march.get_absolute_url())

    assert there == (
        "New Partly answered in September 2024 stated by staffFour of ten were named. "
        "Open for 1 meeting"
    )
    assert notes(first, "n1") == ["Not mentioned in June 2024 Repeated in September 2024 N1"]
    assert notes(first, "n2") == ["Repeated in June 2024 S2"]


def test_the_numbers_beside_the_paper_count_its_status(client, group):
    three_papers(group)

    about = read(client, ADDRESS).one("aside")

    assert [it.text for it in about.one(class_="counts").all("li")] == [
        "1 new",
        "1 reworded",
        "1 moved",
        "1 no longer reported",
    ]
    assert "Current status, against March 2024" in about.text


def test_each_mark_is_explained_in_place(client, group):
    march, _, _ = three_papers(group)

    explained = [it.text for it in read(client, ADDRESS).one("details", class_="how").all("dt")]
    first = [
        it.text
        for it in read(client, march.get_absolute_url()).one("details", class_="how").all("dt")
    ]

    assert {"New", "Reworded", "Moved", "Continued", "Open for 2 meetings"} <= set(explained)
    assert "New" not in first
    assert "Not mentioned" in first


def test_the_first_paper_held_bears_no_marks(client, group):
    march, _, _ = three_papers(group)

    page = read(client, march.get_absolute_url())

    assert notes(page, "s1") == []
    assert "First paper held: nothing to compare it with." in page.text
    assert "Compare with" not in page.text


def test_the_only_paper_tells_of_no_past_and_no_future(client, group):
    make_paper(group, JUNE, status=[MET])

    page = read(client, ADDRESS)

    assert (notes(page, "s1"), past(page, "s1")) == ([], None)


def test_a_paper_to_a_meeting_that_was_put_off_is_shown_without_marks(client, group):
    make_paper(group, MARCH, status=[MET])
    day = timezone.localdate() + timedelta(days=9)
    paper = make_paper(group, meeting=make_meeting(day, status="postponed"), status=[MET])

    page = read(client, paper.get_absolute_url())

    assert MET in page.text
    assert notes(page, "s1") == []


def test_a_summary_is_not_compared(client, group):
    make_paper(group, MARCH, status=[MET])
    make_paper(
        group, JUNE, status=[MET], source_kind="third-party-summary", source_url="https://a.example"
    )

    page = read(client, ADDRESS)

    assert "It is not compared with the papers." in page.text
    assert notes(page, "s1") == []


# S01, S05
def test_a_draft_of_the_group_changes_no_byte(client, group):
    three_papers(group)
    meetings = [make_meeting(day) for day in (date(2024, 5, 1), date(2024, 12, 11))]
    before = client.get(ADDRESS)

    for meeting in meetings:
        make_paper(group, meeting=meeting, status=[MET], next_steps=[RIDERS], published=False)
    now = client.get(ADDRESS)

    assert now.content == before.content
    assert now.headers["ETag"] == before.headers["ETag"]


@pytest.mark.parametrize("address", [f"/papers/{SEPTEMBER}/bond/", "/groups/bond/"])
def test_an_item_that_comes_back_is_new_only_against_the_paper_before_and_says_so(
    client, group, address
):
    make_paper(group, MARCH, status=[MET, RAIL])
    make_paper(group, JUNE, status=[MET])
    make_paper(group, SEPTEMBER, status=[MET, RAIL])

    page = read(client, address)

    assert page.main.text.count("Reported before, last in March 2024.") == 1
