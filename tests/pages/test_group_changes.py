"""What changed, on a group's timeline: marks, counts, words, and what became of the steps."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from papers.models import NextStep
from papers.models.followup import PairingCorrection, StepOutcome
from papers.threads import OUTCOME_LABELS
from tests.factories import make_event, make_group, make_meeting, make_paper
from tests.pages.html import read

pytestmark = pytest.mark.django_db

MARCH, MAY, JUNE, SEPTEMBER = (
    date(2024, 3, 6),
    date(2024, 5, 1),
    date(2024, 6, 26),
    date(2024, 9, 18),
)
ADDRESS = "/groups/bond/"
MET = "The group met twice this quarter with the sureties."
LOOKS = "It looks at the following:"
FACTS = "CBP will publish a fact sheet on bond sufficiency."
UNHEARD = "(no later paper of the group is held)"
RIDERS = "The group will send CBP its comments on electronic bond riders by June 2024."
PUBLISHED = "On May 2, 2024, members received the finished fact sheet."
RAIL = "Nobody spoke of rail cargo."


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime(2024, 11, 20, 17, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def group():
    return make_group("bond", "Bond")


def papers(group):
    """March and June."""
    return (
        make_paper(
            group, MARCH, status=[MET, RAIL, LOOKS, ("Riders.", 1)], next_steps=[FACTS, RIDERS]
        ),
        make_paper(
            group,
            JUNE,
            status=[
                LOOKS,
                ("Riders.", 1),
                ("Drawback by mail.", 1),
                MET.replace("twice", "once"),
                PUBLISHED,
            ],
            next_steps=[RIDERS, "The group will name its members."],
        ),
    )


def entry(client, day, query=""):
    return read(client, ADDRESS + query).by_id(f"m-{day}")


def part(entry, place):
    """Current Status is 0, Next Steps 1."""
    return entry.all("section")[place]


def texts(items):
    """Each item of the list, without those folded away below it."""
    first, *_ = items.all("ul", class_="items")
    return [it.text for it in first.children if getattr(it, "tag", "") == "li"]


def chips(entry):
    return [it.text for it in part(entry, 1).all("p", class_="out")]


def test_a_paper_says_in_numbers_what_changed_and_since_when(client, group):
    papers(group)

    june = entry(client, JUNE)

    assert [it.text for it in june.one(class_="counts").all("li")] == [
        "2 new",
        "1 reworded",
        "2 continued",
        "1 no longer reported",
    ]
    [link] = [it for it in june.all("a") if it.text.startswith("Compare with March 2024")]
    assert link["href"] == "/groups/bond/changes/2024-03-06...2024-06-26/"


def test_the_first_paper_held_bears_no_mark_and_says_why(client, group):
    papers(group)

    march = entry(client, MARCH)

    assert "First paper held: nothing to compare it with." in march.text
    assert part(march, 0).all(class_="tag") == []
    assert march.all(class_="counts") == []


def test_what_is_new_stands_first_and_sub_items_keep_their_place_and_bear_their_own_mark(
    client, group
):
    papers(group)

    status = part(entry(client, JUNE), 0)

    assert texts(status) == [
        f"New {PUBLISHED} Item S3",
        "Reworded The group met twice once this quarter with the sureties. In another order. "
        "Item S2",
        f"Continued {LOOKS} Riders. New Drawback by mail. Item S1",
    ]
    assert (status.one("del").text, status.one("ins").text) == ("twice", "once")


def test_what_is_no_longer_reported_is_folded_away_with_a_link_to_it(client, group):
    march, _ = papers(group)

    gone = part(entry(client, JUNE), 0).one("details")

    assert gone.one("summary").text == "No longer reported (1), since March 2024"
    assert "open" not in gone.attributes
    assert texts(gone) == [f"{RAIL}Item S2 of March 2024"]
    assert gone.one("a")["href"] == f"{march.get_absolute_url()}#s2"


def test_each_step_says_in_facts_what_became_of_it(client, group):
    papers(group)
    make_meeting(SEPTEMBER)

    assert chips(entry(client, MARCH)) == [
        "Not mentioned in June 2024",
        "Open for 2 meetings",
        "Repeated in June 2024 N1",
    ]
    assert chips(entry(client, JUNE)) == [
        f"Open for 2 meetings {UNHEARD} First made in March 2024",
        f"Open for 1 meeting {UNHEARD}",
    ]
    assert chips(entry(client, MARCH, "?asof=2024-04-01")) == ["In the first paper held"] * 2


def test_a_step_that_is_taken_up_again_says_where_and_leads_back_to_where_it_was_made(
    client, group
):
    make_paper(group, MARCH, next_steps=[RIDERS])
    make_paper(group, JUNE, next_steps=[FACTS])
    september = make_paper(group, SEPTEMBER, next_steps=[RIDERS.replace("comments", "views")])

    assert chips(entry(client, MARCH)) == [
        "Not mentioned in June 2024",
        "Reworded in September 2024 N1",
    ]
    assert chips(entry(client, SEPTEMBER)) == ["Open for 2 meetings First made in March 2024"]
    assert september.get_absolute_url() + "#n1" in {
        it["href"] for it in entry(client, MARCH).all("a")
    }
    assert chips(entry(client, JUNE)) == ["Not mentioned in September 2024", "Open for 1 meeting"]


def test_a_step_still_open_when_its_group_ended_leads_back_to_where_it_was_made(client, group):
    make_paper(group, MARCH, next_steps=[RIDERS])
    make_paper(group, JUNE, next_steps=[RIDERS])
    make_event(group, "closed", date(2024, 7, 1))

    assert chips(entry(client, JUNE)) == [
        f"Open when the group ended (Jul 2024) {UNHEARD} First made in March 2024"
    ]


def test_a_reworded_step_shows_its_words_and_links_lead_to_the_items(client, group):
    march = make_paper(group, MARCH, next_steps=[RIDERS])
    june = make_paper(group, JUNE, next_steps=[RIDERS.replace("June", "September")])

    assert chips(entry(client, MARCH)) == ["Reworded in June 2024 N1"]
    steps = part(entry(client, JUNE), 1)
    assert (steps.one("del").text, steps.one("ins").text) == ("June", "September")
    links = [it["href"] for day in (MARCH, JUNE) for it in entry(client, day).all("a")]
    assert f"{june.get_absolute_url()}#n1" in links
    assert f"{march.get_absolute_url()}#n1" in links


def test_a_step_that_was_open_when_the_group_ended_says_so(client, group):
    make_paper(group, MARCH, next_steps=[RIDERS])
    make_event(group, "closed", date(2024, 5, 1))
    make_meeting(JUNE)

    assert chips(entry(client, MARCH)) == [f"Open when the group ended (May 2024) {UNHEARD}"]


def test_a_later_paper_that_is_silent_is_no_missing_paper(client, group):
    make_paper(group, MARCH, next_steps=[RIDERS])
    make_paper(group, JUNE, next_steps=[FACTS])
    make_meeting(SEPTEMBER)

    assert chips(entry(client, MARCH)) == ["Not mentioned in June 2024", "Open for 2 meetings"]


def test_what_staff_state_is_marked_as_theirs_with_the_item_that_shows_it(client, group):
    march, june = papers(group)
    StepOutcome.objects.create(
        next_step=march.next_steps.get(position=1),
        meeting=june.meeting,
        outcome="done",
        evidence=june.status_items.get(position=5),
        note="The chair confirmed it.",
    )

    there = entry(client, MARCH)

    assert chips(there)[0] == "Answered in June 2024 S3 stated by staff"
    assert "The chair confirmed it." in there.text
    [link] = [it for it in there.all("a") if it.text == "S3" and it.classes == []]
    assert link["href"] == f"{june.get_absolute_url()}#s3"
    assert "Not mentioned" not in there.text


# S01
def test_an_outcome_that_rests_on_a_draft_is_not_shown(client, group):
    march = make_paper(group, MARCH, next_steps=[FACTS])
    before = client.get(ADDRESS).content
    draft = make_paper(group, JUNE, status=[PUBLISHED], published=False)
    middle = client.get(ADDRESS).content
    StepOutcome.objects.create(
        next_step=march.next_steps.get(),
        meeting=draft.meeting,
        outcome="done",
        evidence=draft.status_items.get(),
    )

    assert client.get(ADDRESS).content == middle
    assert b"Answered" not in before + middle


def test_without_statements_no_word_of_judgement_stands_on_the_page(client, group):
    papers(group)

    words = read(client, ADDRESS).main.text

    for label in OUTCOME_LABELS.values():
        assert label not in words


def test_as_of_a_day_nothing_later_is_told(client, group):
    march, june = papers(group)
    september = make_paper(group, SEPTEMBER, status=[PUBLISHED], next_steps=[])
    StepOutcome.objects.create(
        next_step=march.next_steps.get(position=1),
        meeting=september.meeting,
        outcome="done",
        evidence=september.status_items.get(),
    )

    page = read(client, f"{ADDRESS}?asof=2024-07-01")

    # The meeting itself was ahead on that day.
    assert page.by_id(f"m-{SEPTEMBER}").text.endswith("Wednesday, September 18, 2024.")
    assert page.main.text.count("September") == 2
    assert "Answered" not in page.main.text
    assert chips(page.by_id(f"m-{MARCH}"))[:2] == [
        "Not mentioned in June 2024",
        "Open for 1 meeting",
    ]
    assert june.meeting.name in page.main.text


def test_papers_are_compared_over_a_gap_and_a_rename_and_the_page_says_with_which(client, group):
    make_paper(group, MARCH, status=[MET])
    make_meeting(JUNE)
    make_event(group, "renamed", JUNE, name="Surety")
    make_paper(group, SEPTEMBER, status=[MET])

    september = entry(client, SEPTEMBER)

    assert "Compare with March 2024" in september.text
    assert "No change: 1 continued" in september.text


def test_a_summary_is_compared_with_nothing(client, group):
    make_paper(group, MARCH, status=[MET])
    make_paper(
        group,
        JUNE,
        status=[RAIL],
        source_kind="third-party-summary",
        source_url="https://a.example",
    )
    make_paper(group, SEPTEMBER, status=[MET])

    assert entry(client, JUNE).all(class_="counts") == []
    assert "not compared with the papers" in entry(client, JUNE).text
    assert "Compare with March 2024" in entry(client, SEPTEMBER).text


def test_a_pairing_that_staff_correct_changes_the_marks(client, group):
    march = make_paper(group, MARCH, status=[RAIL])
    june = make_paper(group, JUNE, status=[PUBLISHED])
    assert texts(part(entry(client, JUNE), 0)) == [f"New {PUBLISHED} Item S1"]

    PairingCorrection.objects.create(
        older_status_item=march.status_items.get(),
        newer_status_item=june.status_items.get(),
        together=True,
    )

    assert texts(part(entry(client, JUNE), 0))[0].startswith("Reworded")


def test_a_statement_from_another_section_names_it(client, group):
    make_paper(group, MARCH, status=[MET], next_steps=[RIDERS])
    make_paper(group, JUNE, status=[MET, RIDERS])

    moved, continued = texts(part(entry(client, JUNE), 0))

    assert moved.startswith(f"Moved from Next steps {RIDERS}")
    assert "Open for 1 meeting First made in March 2024" in moved
    assert continued.startswith("Continued")


def test_the_strip_counts_new_and_reworded_items(client, group):
    papers(group)

    cells = read(client, ADDRESS).all("a", class_="j")

    assert [(it.text, it.one(class_="c").classes) for it in cells] == [
        ("3Jun 2024: new or reworded", ["c", "p", "c2"]),
        ("Mar 2024: Paper held", ["c", "p"]),
    ]


def test_the_first_screen_counts_open_steps_and_leads_to_the_comparison(client, group):
    papers(group)

    page = read(client, ADDRESS)

    hero = page.one(class_="hero")
    assert "Open next steps3, oldest March 2024" in hero.text
    [compare] = hero.one("ul", class_="tools").all("a")
    assert compare["href"] == "/groups/bond/changes/2024-03-06...2024-06-26/"


def test_each_mark_on_the_page_is_explained_in_place(client, group):
    march, june = papers(group)
    StepOutcome.objects.create(
        next_step=march.next_steps.get(position=1),
        meeting=june.meeting,
        outcome="declined",
        note="The chair said so.",
    )

    page = read(client, ADDRESS)

    explained = [it.text for it in page.one("details", class_="how").all("dt")]
    assert explained[:6] == [
        *("New", "Reworded", "Moved", "Continued", "No longer reported", "Made at this meeting")
    ]
    assert "Declined" in explained
    assert "Answered" not in explained


def test_a_group_without_a_second_paper_explains_no_change(client, group):
    make_paper(group, MARCH)

    explained = [it.text for it in read(client, ADDRESS).one("details", class_="how").all("dt")]

    assert "New" not in explained
    assert "Paper held" in explained


def test_two_steps_of_the_same_words_are_both_shown(client, group):
    make_paper(group, MARCH, next_steps=[RIDERS, RIDERS])
    make_paper(group, JUNE, next_steps=[RIDERS])

    assert len(texts(part(entry(client, MARCH), 1))) == 2
    assert len(chips(entry(client, MARCH))) == 3


def test_a_step_taken_up_again_after_it_was_settled_says_so(client, group):
    march = make_paper(group, MARCH, next_steps=[FACTS])
    make_paper(group, JUNE)
    make_paper(group, SEPTEMBER, next_steps=[FACTS])
    settled = StepOutcome.objects.create(
        next_step=march.next_steps.get(), meeting=make_meeting(MAY), outcome="done", note="Told so."
    )

    page = read(client, ADDRESS)

    again = "Taken up again Settled in May 2024, stated by staff"
    assert chips(page.by_id(f"m-{SEPTEMBER}")) == [again]
    assert "Taken up again" in [it.text for it in page.one("details", class_="how").all("dt")]
    assert "Taken up again Sep 2024" in read(client, "/next-steps/?state=open").text
    assert "taken up again" in read(client, f"/meetings/{SEPTEMBER}/brief/").text
    settled.delete()
    assert "Taken up again" not in read(client, ADDRESS).text


@pytest.mark.parametrize(
    "address",
    ["/groups/bond/", f"/papers/{JUNE}/bond/", f"/groups/bond/changes/{MARCH}...{JUNE}/"],
)
def test_who_is_to_do_a_step_and_when_is_said_beside_it(client, group, address):
    papers(group)
    NextStep.objects.filter(paper__meeting__held_on=JUNE).update(
        owner="trade", due_words="in its upcoming meeting(s)"
    )

    page = read(client, address)

    words = "To be done by the trade. Due, as printed: “in its upcoming meeting(s)”."
    assert page.text.count(words) == 2
