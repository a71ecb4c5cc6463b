"""Papers come out some days before their meeting: every page compares them from then on."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from papers.models import NextStep, StepOutcome
from tests.factories import make_group, make_meeting, make_paper
from tests.pages.html import read

pytestmark = pytest.mark.django_db

MARCH, JUNE = date(2024, 3, 6), date(2024, 6, 26)
MET = "The group met twice this quarter with the sureties."
RULE = "CBP received 241 comments on the proposed rule."
FACTS = "CBP will publish a fact sheet on bond sufficiency."
RIDERS = "The group will send CBP its comments on electronic bond riders."
LIST = "The group will list the ports with night service."


@pytest.fixture
def coming():
    """A planned meeting; the bond group has a paper to it, the cargo group none yet."""
    bond, cargo = make_group("bond", "Bond"), make_group("cargo", "Cargo")
    make_paper(bond, MARCH, status=[MET], next_steps=[FACTS])
    make_paper(bond, JUNE, status=[MET], next_steps=[FACTS])
    make_paper(cargo, JUNE, status=[MET], next_steps=[LIST])
    meeting = make_meeting(timezone.localdate() + timedelta(days=5), status="planned")
    make_paper(bond, meeting=meeting, status=[MET, RULE], next_steps=[FACTS, RIDERS])
    return meeting


def paper_of(meeting, slug="bond"):
    return f"/papers/{meeting.held_on}/{slug}/"


def numbers(page):
    return {link.text: link["href"] for link in page.one(class_="stats").all("a")}


def test_the_first_screen_tells_what_they_change(client, coming):
    page = read(client, "/")

    assert page.one("h1").text == f"What changed for the {coming.name} meeting"
    assert "We hold 1 issue paper of this meeting so far; it is still to come." in page.text
    assert list(numbers(page)) == [
        *("1 new status item", "0 reworded", "0 no longer reported"),
        *("1 next step made", "3 next steps open with its papers"),
    ]
    assert "Cargo" not in page.one(class_="list").text
    assert f"Papers through {coming.name}." in page.text
    assert coming.held_on.isoformat() in str(page.one("table").one("thead").all("a")[0]["href"])


def test_the_first_screen_of_an_earlier_day_knows_nothing_of_them(client, coming):
    yesterday = timezone.localdate() - timedelta(days=1)

    page = read(client, f"/?asof={yesterday}")

    assert page.one("h1").text == "What changed at the June 2024 meeting"
    assert RULE not in page.text


def test_home_the_meeting_the_ledger_and_the_group_count_the_same_steps(client, coming):
    home, meeting = read(client, "/"), read(client, coming.get_absolute_url())
    open_here = {words: link for words, link in numbers(home).items() if "open" in words}
    ledger = read(client, next(iter(open_here.values())))

    assert open_here.items() <= numbers(meeting).items()
    assert f"With the papers to the planned {coming.name} meeting 3 are open." in ledger.text
    assert len(ledger.one("tbody").all("tr")) == 3
    assert "Open next steps2, oldest March 2024" in read(client, "/groups/bond/").text
    assert "Open next steps1, oldest June 2024" in read(client, "/groups/cargo/").text


def test_the_meeting_tells_of_its_papers_and_judges_no_other_group(client, coming):
    page = read(client, coming.get_absolute_url())

    assert "Planned. We hold 1 paper to it so far. The paper is compared" in page.text
    assert "New status items" in page.text
    assert "Cargo" not in page.main.text
    assert "active or reported" not in page.text
    assert f"{coming.get_absolute_url()}brief/" in {it["href"] for it in page.main.all("a")}


def test_the_paper_has_its_marks_and_no_step_grows_older(client, coming):
    page = read(client, paper_of(coming))

    assert page.by_id("s2").one(class_="an").text == "New"
    # June was one meeting after March; the next has not taken place.
    assert "Open for 1 meeting First made in March 2024" in page.by_id("n1").text
    assert "Made at this meeting" in page.by_id("n2").text


def test_the_paper_before_tells_what_they_do_with_its_steps(client, coming):
    bond = read(client, paper_of(coming, "bond").replace(str(coming.held_on), str(JUNE)))

    assert f"Repeated in {coming.name}" in bond.by_id("n1").text


def test_a_step_of_the_last_meeting_that_they_leave_out_is_open_and_no_older(client, coming):
    cargo = make_paper(
        make_group("trade", "Trade"), JUNE, status=[MET], next_steps=[LIST]
    ).working_group
    make_paper(cargo, meeting=coming, status=[MET])

    step = read(client, f"/papers/{JUNE}/trade/").by_id("n1")

    assert step.one(class_="an").text == f"Not mentioned in {coming.name} Open"


def test_the_groups_rail_and_the_comparison_have_them(client, coming):
    page = read(client, "/groups/bond/")

    entry = page.by_id(f"m-{coming.held_on}")
    assert "Published for a planned meeting" in entry.text
    assert len([it for it in page.all("li") if it.attributes.get("id") == entry["id"]]) == 1
    assert "Latest paper held" + coming.name in page.one(class_="facts").text
    assert "Meetings with a report2" in page.one(class_="facts").text
    compared = read(client, page.one(class_="tools").one("a")["href"])
    assert compared.one("h1").text == f"Bond: June 2024 and {coming.name}"


@pytest.mark.parametrize("name", ["brief/", "brief.txt"])
def test_the_brief_has_them(client, coming, name):
    response = client.get(f"{coming.get_absolute_url()}{name}")

    text = " ".join(response.content.decode().split())
    assert "Planned." in text
    assert "We hold 1 paper to this meeting so far." in text
    assert RULE in text
    assert "open for 1 meeting" in text
    assert "active or reported" not in text
    assert "Cargo" not in text
    # A day that has not come has no record of its own.
    assert f"asof={coming.held_on}" not in text


def test_the_list_of_meetings_says_how_much_they_change_and_counts_no_report_yet(client, coming):
    row = read(client, "/meetings/").by_id(f"m-{coming.held_on}")

    assert [cell.text for cell in row.all("td")][1:] == ["1", "1", ""]


def test_the_page_about_the_site_counts_them_among_what_is_held(client, coming):
    page = read(client, "/about/")

    assert "with 4 Government Issue Papers" in page.text
    held = f"Papers are held of {coming.name} (1), June 2024 (2), March 2024 (1)."
    assert held in page.text
    assert f"Papers reach through {coming.name}." in page.text


# S01, S05
@pytest.mark.parametrize("address", ["/", "/groups/cargo/", "/next-steps/", "/meetings/"])
def test_drafts_to_it_and_what_is_stated_of_them_change_no_byte(client, coming, address):
    cargo = make_paper(
        make_group("drafts", "Drafts"), JUNE, status=[MET], next_steps=[LIST]
    ).working_group
    before = client.get(address).content

    draft = make_paper(cargo, meeting=coming, status=[RULE], published=False)
    StepOutcome.objects.create(
        next_step=NextStep.objects.get(paper__working_group=cargo),
        meeting=coming,
        outcome="done",
        evidence=draft.status_items.get(),
    )

    assert client.get(address).content == before
