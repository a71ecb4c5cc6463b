"""``/groups/<slug>/changes/``: what other papers and staff say of two papers side by side."""

from datetime import date

import pytest

from tests.factories import make_group, make_meeting, make_paper
from tests.followed import make_outcome
from tests.pages.html import read

pytestmark = pytest.mark.django_db

MARCH, JUNE, SEPTEMBER, DECEMBER = (
    date(2024, 3, 6),
    date(2024, 6, 26),
    date(2024, 9, 18),
    date(2024, 12, 11),
)
MET = "The group met twice this quarter with the sureties."
SEMINARS = "Seminars about drawback took place in four cities."
FACTS = "CBP will publish a fact sheet on bond sufficiency."
RIDERS = "The group will send CBP its comments on electronic bond riders by June 2024."
NAMES = "Members elect a chair."


@pytest.fixture
def group():
    return make_group("bond", "Bond")


def compare(client, older, newer):
    return read(client, f"/groups/bond/changes/{older}...{newer}/")


def section(page, heading):
    [found] = [it for it in page.all("section") if any(h.text == heading for h in it.all("h2"))]
    return found


def rows(around, class_="pairs"):
    [found] = around.all("ul", "ol", class_=class_)
    return [line.text for line in found.all("li")]


def became(page, older="March 2024"):
    """The numbers of the heading, then the first step's chips and what stands beside them."""
    steps = section(page, f"What became of the next steps of {older}")
    return steps.one(class_="head").one("p").text, steps.all("div", class_="became")[0].text


# What other papers say ----------------------------------------------------------------------------


def test_a_step_of_a_paper_before_both_says_when_it_was_reported_last(client, group):
    make_paper(group, MARCH, status=[MET, SEMINARS], next_steps=[FACTS, RIDERS])
    make_paper(group, JUNE, status=[MET], next_steps=[RIDERS])
    make_paper(group, SEPTEMBER, status=[MET, SEMINARS], next_steps=[RIDERS, FACTS, NAMES])

    page = compare(client, JUNE, SEPTEMBER)

    remark = "New Reported before, last in March 2024"
    steps = section(page, "Other next steps in September 2024")
    assert rows(steps) == [f"{remark}Item N2 {FACTS}", f"New Item N3 {NAMES}"]
    assert rows(section(page, "Current status"))[1].startswith(f"{remark}June 2024Not in this")
    assert "New next steps" not in page.text
    assert "Reported before, last in March 2024." in read(client, "/groups/bond/").text


# What staff say of steps --------------------------------------------------------------------------


def test_a_step_settled_between_the_two_papers_is_not_looked_for_in_the_newer_one(client, group):
    march = make_paper(group, MARCH, next_steps=[FACTS, RIDERS])
    june = make_paper(group, JUNE, status=[SEMINARS], next_steps=[RIDERS])
    make_paper(group, SEPTEMBER, next_steps=[RIDERS])
    make_outcome(march.next_steps.get(position=1), june.meeting, evidence=june.status_items.get())

    assert became(compare(client, MARCH, SEPTEMBER)) == (
        "1 repeated; stated by staff: 1 answered",
        "Answered in June 2024 S1 stated by staff",
    )


def test_a_step_settled_after_the_newer_paper_is_not_mentioned_there(client, group):
    march = make_paper(group, MARCH, next_steps=[FACTS])
    make_paper(group, JUNE)
    september = make_meeting(SEPTEMBER)
    make_outcome(march.next_steps.get(), september, note="Said there.")

    count, beside = became(compare(client, MARCH, JUNE))

    assert count == "1 not mentioned; stated by staff: 1 answered"
    assert "Not mentioned in June 2024" in beside


def test_a_step_partly_answered_between_the_two_papers_is_still_looked_for(client, group):
    march = make_paper(group, MARCH, next_steps=[FACTS])
    june = make_paper(group, JUNE)
    make_paper(group, SEPTEMBER)
    make_outcome(march.next_steps.get(), june.meeting, "partly-done", note="A half of it.")

    assert "Not mentioned in September 2024" in became(compare(client, MARCH, SEPTEMBER))[1]


def test_a_settled_step_that_the_newer_paper_lists_again_is_taken_up_again(client, group):
    march = make_paper(group, MARCH, next_steps=[FACTS])
    june = make_paper(group, JUNE, status=[SEMINARS])
    make_paper(group, SEPTEMBER, next_steps=[FACTS])
    make_paper(group, DECEMBER, next_steps=[NAMES])
    make_outcome(march.next_steps.get(), june.meeting, evidence=june.status_items.get())

    page = compare(client, MARCH, SEPTEMBER)

    assert became(page) == (
        "1 taken up again; stated by staff: 1 answered",
        "Answered in June 2024 S1 stated by staff Taken up again in September 2024",
    )
    assert "Taken up again" in [it.text for it in page.one("details", class_="how").all("dt")]
    # From there on it is followed anew.
    later = became(compare(client, MARCH, DECEMBER))
    assert later[0] == "1 not mentioned; stated by staff: 1 answered"
