"""``/meetings/<date>/``: what its papers changed, and what became of next steps."""

from datetime import date

import pytest

from papers.models import StepOutcome
from tests.changes_fixtures import ANSWERED, GONE, JUNE, NEW, SEPTEMBER, make_changes
from tests.factories import make_group, make_paper
from tests.pages.html import read

pytestmark = pytest.mark.django_db

ADDRESS = "/meetings/2024-09-18/"


@pytest.fixture
def groups():
    return make_changes()


def line_of(page, name):
    lines = page.by_id("s-1").all("li", class_="dg")
    [found] = [it for it in lines if it.one("h3").text == name]
    return found


def row_of(page, name):
    [row] = [it for it in page.all("tr") if it.all("th") and it.all("th")[0].text == name]
    return [cell.text for cell in row.all("td")]


def test_the_numbers_stand_on_top_and_lead_to_their_lists(client, groups):
    page = read(client, ADDRESS)

    assert {it.text: it["href"] for it in page.one(class_="stats").all("a")} == {
        "1 new status item": "#new",
        "1 reworded": "#reworded",
        "1 no longer reported": "#gone",
        "2 next steps made, 1 of them in a first paper held": "/next-steps/?made=2024-09-18",
        "1 next step settled, stated by staff": "#settled",
        "4 next steps open after this meeting": "/next-steps/?state=open&asof=2024-09-18",
    }
    assert (
        "2 of the papers are compared with the previous paper that we hold of the group; 1 is the "
        "first that we hold of its group."
    ) in page.one(class_="lede").text


def test_each_group_has_a_quote_its_counts_and_its_next_steps(client, groups):
    entry = line_of(read(client, ADDRESS), "Entry")

    assert entry.one(class_="clamp").text == f"New {NEW}"
    assert entry.one(class_="counts").text == "1 new1 reworded1 continued1 no longer reported"
    assert "Next steps: 1 made, 1 repeated; stated by staff: 1 answered" in entry.text


def test_a_paper_without_any_next_step_says_so(client, groups):
    bond = line_of(read(client, ADDRESS), "Bond")

    assert "Next steps: none" in bond.text
    link = bond.one("p", class_="s").one("a")
    assert link.text == "Compared with March 2024"
    assert link["href"] == "/groups/bond/changes/2024-03-06...2024-09-18/"


def test_every_change_is_listed_with_a_link_that_lands_on_the_item(client, groups):
    page = read(client, ADDRESS)

    for anchor, text, address in (
        ("new", NEW, "/papers/2024-09-18/entry/#s3"),
        ("gone", GONE, "/papers/2024-06-26/entry/#s3"),
    ):
        [item] = page.by_id(anchor).one("ol").one("ul").all("li")
        link = item.one("a")
        assert text in item.text
        assert link["href"] == address
        path, _, fragment = address.partition("#")
        assert text in read(client, path).by_id(fragment).text
    [item] = page.by_id("reworded").one("ol").one("ul").all("li")
    assert [it.text for it in item.all("ins")] == ["twelve"]
    assert page.by_id("gone").one("ul").text.endswith("S3 in June 2024")


def test_what_staff_state_is_listed_as_theirs_with_its_evidence(client, groups):
    settled = read(client, ADDRESS).by_id("settled")

    assert "1 settled" in settled.one(class_="head").text
    [chip] = settled.all(class_="out")
    assert "Answered in September 2024" in chip.text
    assert "stated by staff" in chip.text
    assert chip.one("a")["href"] == "/papers/2024-09-18/entry/#s3"
    step = settled.one("p", dir="auto").one("a")
    assert (step.text, step["href"]) == (ANSWERED, "/papers/2024-06-26/entry/#n2")


def test_without_a_statement_no_word_of_one_stands_there(client, groups):
    StepOutcome.objects.all().delete()

    page = read(client, ADDRESS)

    assert "settled" not in page.ids
    for word in ("Answered", "answered", "Dropped", "Declined", "stated by staff", "settled"):
        assert word not in page.main.text


def test_a_group_without_a_paper_has_its_state_its_last_paper_and_its_open_steps(client, groups):
    page = read(client, ADDRESS)

    state, last, steps = row_of(page, "Drawback")
    assert state.startswith("Active since Oct 2018The group reported to the committee.")
    assert (last, steps) == ("June 2024", "1")
    links = [it["href"] for it in page.by_id("reported").one("tbody").all("td")[2].all("a")]
    assert links == ["/next-steps/?state=open&group=drawback&asof=2024-09-18"]
    assert len(read(client, links[0]).main.all("th", scope="row")) == 1


def test_of_a_group_without_any_paper_no_number_of_steps_is_claimed(client):
    make_paper(make_group("bond"), SEPTEMBER)
    make_group("pipeline")

    assert row_of(read(client, ADDRESS), "Pipeline")[1:] == ["None", "Not known"]


def test_the_first_papers_of_a_meeting_show_no_counts_of_change(client, groups):
    page = read(client, "/meetings/2024-06-26/")

    assert "Each of the papers is the first that we hold of its group" in page.text
    assert [it.text for it in page.one(class_="stats").all("li")] == [
        "2 papers held",
        "3 next steps made, in first papers held",
        "3 next steps open after this meeting",
    ]
    assert not {"new", "reworded", "gone"} & set(page.ids)


def test_a_later_meeting_changes_nothing_on_the_page_of_an_earlier_one(client, groups):
    before = read(client, "/meetings/2024-06-26/").main.text

    make_paper(groups["drawback"], date(2024, 12, 11), status=["A form was tested."])
    groups["entry"].events.create(kind="closed", happened_on=date(2025, 1, 1))

    assert read(client, "/meetings/2024-06-26/").main.text == before


# S01, S05
def test_drafts_leave_no_trace(client, groups):
    before = client.get(ADDRESS).content

    draft = make_paper(groups["pipeline"], JUNE, next_steps=["Wait."], published=False)
    StepOutcome.objects.create(
        next_step=draft.next_steps.get(),
        meeting=make_paper(groups["drawback"], SEPTEMBER, published=False).meeting,
        outcome="dropped",
        note="Gone.",
    )

    assert client.get(ADDRESS).content == before
