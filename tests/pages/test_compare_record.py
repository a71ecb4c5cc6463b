"""``/groups/<slug>/changes/``: what other papers and staff say of two papers side by side."""

from datetime import date

import pytest

from tests.factories import make_group, make_meeting, make_paper
from tests.followed import make_outcome
from tests.pages.html import read
from tests.papers.following import link

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


# What staff say of pairs --------------------------------------------------------------------------

PAIRED = "Paired by staff"
PAGES = (
    "/groups/bond/changes/2024-03-06...2024-06-26/",
    "/groups/bond/",
    "/papers/2024-06-26/bond/",
)


def test_every_page_with_a_mark_says_that_staff_paired_the_items(client, group):
    march = make_paper(group, MARCH, status=[MET], next_steps=[FACTS])
    june = make_paper(group, JUNE, status=[SEMINARS], next_steps=[NAMES])
    assert [PAIRED in read(client, address).text for address in PAGES] == [False] * 3

    link(march.status_items.get(), june.status_items.get())
    link(march.next_steps.get(), june.next_steps.get())

    for address in PAGES:
        assert read(client, address).text.count(PAIRED) == 2, address
    page = read(client, PAGES[0])
    assert rows(section(page, "Current status"))[0].startswith(f"Reworded {PAIRED}March 2024")
    assert became(page)[1] == f"Reworded in June 2024 {PAIRED}"
    assert f"“{PAIRED}”" in read(client, "/about/").main.text


def test_it_stands_beside_what_else_is_remarked(client, group):
    march = make_paper(group, MARCH, status=[MET], next_steps=[FACTS])
    june = make_paper(group, JUNE, next_steps=[NAMES, SEMINARS])
    for step in june.next_steps.all():
        link(march.next_steps.get(), step)

    assert f"One item became two; {PAIRED.lower()}" in became(read(client, PAGES[0]))[1]
    assert f"One item became two; {PAIRED.lower()}." in read(client, "/groups/bond/").text


def test_what_staff_paired_over_a_paper_that_leaves_it_out_says_so(client, group):
    march = make_paper(group, MARCH, status=[MET])
    make_paper(group, JUNE, status=["Nobody spoke of rail cargo."])
    september = make_paper(group, SEPTEMBER, status=[SEMINARS])
    link(march.status_items.get(), september.status_items.get())

    remark = f"Reported before, last in March 2024; {PAIRED.lower()}"
    for address in ("/groups/bond/", "/papers/2024-09-18/bond/"):
        assert f"{remark}." in read(client, address).text, address
    assert remark in compare(client, JUNE, SEPTEMBER).text
    assert PAIRED in compare(client, MARCH, SEPTEMBER).text


def test_an_item_that_moved_says_in_both_sections_that_staff_paired_it(client, group):
    march = make_paper(group, MARCH, status=[MET], background=[FACTS])
    june = make_paper(group, JUNE, status=[MET, SEMINARS])
    link(march.section_items.get(), june.status_items.get(position=2))

    page = read(client, PAGES[0])

    assert f"Moved from Background {PAIRED}" in page.text
    assert f"Moved to Current status {PAIRED}" in page.text


def test_items_that_staff_keep_apart_and_those_followed_between_bear_no_such_remark(client, group):
    march = make_paper(group, MARCH, status=[MET], next_steps=[FACTS])
    june = make_paper(group, JUNE, status=[MET], next_steps=[SEMINARS])
    september = make_paper(group, SEPTEMBER, status=[MET], next_steps=[NAMES])
    link(march.status_items.get(), june.status_items.get(), together=False)
    link(march.next_steps.get(), june.next_steps.get())
    link(june.next_steps.get(), september.next_steps.get())

    page = compare(client, MARCH, SEPTEMBER)

    assert "Reworded in September 2024" in became(page)[1]
    assert PAIRED not in page.text
    assert PAIRED not in section(read(client, PAGES[0]), "Current status").text
