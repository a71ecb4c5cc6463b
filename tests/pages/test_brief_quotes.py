"""What a brief quotes: the words that changed, whole items where there is room, a step once."""

import pytest

from papers.models.followup import StepOutcome
from tests.factories import make_group, make_paper
from tests.followed import (
    DRAFT,
    DRAFT_REWORDED,
    DRAFTED,
    HANDBOOK,
    JUNE,
    LIKELY,
    MET,
    METRICS,
    PORTAL,
    RIDERS,
    SEPTEMBER,
    make_followed_record,
    make_outcome,
    settle_the_draft,
)
from tests.pages.html import read
from tests.pages.test_brief import BRIEF, as_text, parts
from tests.twelve import MATTERS, make_twelve_groups

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("outcome", ["partly-done", "carried-over"])
def test_a_step_of_which_staff_state_something_stands_in_no_other_list(client, outcome):
    papers = make_followed_record()
    handbook = papers["bond", JUNE].next_steps.get(text=HANDBOOK)
    settle_the_draft(papers, outcome)
    make_outcome(handbook, papers["cargo", SEPTEMBER].meeting, outcome)

    found = parts(read(client, BRIEF))

    assert [it.count("open for") for it in found["stated"]] == [1, 1]
    assert "repeated" not in found
    assert found["no-paper"][0] == (
        "Bond The group will send CBP its comments on electronic bond riders by October 2024. "
        "(1 more open, for 1 meeting)"
    )
    assert sum(HANDBOOK in line for lines in found.values() for line in lines) == 1


def test_a_step_that_its_paper_leaves_out_is_stated_and_not_called_silent(client):
    group = make_group("bond")
    june = make_paper(group, JUNE, next_steps=[RIDERS, HANDBOOK])
    september = make_paper(group, SEPTEMBER, status=[MET])
    make_outcome(
        june.next_steps.get(text=RIDERS),
        september.meeting,
        "partly-done",
        september.status_items.get(),
    )

    found = parts(read(client, BRIEF))

    assert found["stated"] == [
        f"Bond Partly answered {RIDERS} (open for 1 meeting) Stated by staff; shown by {MET}"
    ]
    assert found["not-mentioned"] == [f"Bond {HANDBOOK} (open for 1 meeting)"]
    assert "Next steps: 1 not mentioned; stated by staff: 1 partly answered" in (
        read(client, "/meetings/2024-09-18/").main.text
    )


def test_a_step_carried_over_is_quoted_in_its_older_words_and_its_evidence_in_its_own(client):
    group = make_group("intellectual-property-rights")
    june = make_paper(group, JUNE, next_steps=[DRAFT])
    september = make_paper(group, SEPTEMBER, next_steps=[DRAFT_REWORDED])
    StepOutcome.objects.create(
        next_step=june.next_steps.get(),
        meeting=september.meeting,
        outcome="carried-over",
        evidence_step=september.next_steps.get(),
    )

    page = read(client, BRIEF)

    assert parts(page)["stated"] == [
        f"Intellectual Property Rights Carried over {DRAFT} (open for 1 meeting) "
        f"Stated by staff; shown by {DRAFT_REWORDED}"
    ]
    assert [it["href"] for it in page.by_id("stated-list").all("a")][1:] == [
        "/papers/2024-06-26/intellectual-property-rights/#n1",
        "/papers/2024-09-18/intellectual-property-rights/#n1",
    ]


def test_a_reworded_item_is_quoted_around_its_changed_words(client):
    group = make_group("bond")
    long = f"{MET} {METRICS} {PORTAL} {DRAFTED} {LIKELY}"
    make_paper(group, JUNE, status=[f"{long} A rule on riders is being considered."])
    make_paper(group, SEPTEMBER, status=[f"{long} A rule on riders is no longer considered."])

    page = read(client, BRIEF)

    line = page.main.all("section")[0].all("li")[-1]
    assert [it.text for it in line.all("del")] == ["being"]
    assert [it.text for it in line.all("ins")] == ["no longer"]
    assert line.text.startswith("Reworded … ")
    assert line.text.endswith("A rule on riders is being no longer considered.")
    assert "Of reworded items, these words were removed" in page.one(class_="hero").text
    text = " ".join(as_text(client).split())
    assert "A rule on riders is [-being-] [+no longer+] considered.” [2]" in text
    assert "[-these words-] were removed and [+these+] added." in text


@pytest.mark.parametrize(("groups", "is_cut"), [(4, False), (12, True)])
def test_items_are_whole_unless_there_are_too_many_for_two_sheets(
    client, monkeypatch, groups, is_cut
):
    monkeypatch.setattr("tests.twelve.MATTERS", dict(list(MATTERS.items())[:groups]))
    make_twelve_groups()

    quotes = read(client, BRIEF).one(class_="brief").all("a", dir="auto")

    assert len(quotes) > 8 * groups
    assert any("…" in it.text for it in quotes) is is_cut
