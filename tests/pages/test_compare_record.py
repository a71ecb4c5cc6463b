"""``/groups/<slug>/changes/``: what other papers and staff say of two papers side by side."""

from datetime import date

import pytest

from tests.factories import make_group, make_paper
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
