"""``manage.py changes``: the same facts for people and for scripts."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from papers.models import IssuePaper, PairingCorrection, RejectedSuggestion
from tests.factories import make_group, make_meeting, make_paper
from tests.followed import make_outcome

pytestmark = pytest.mark.django_db

STEP = "The group will send CBP a list of errors that the reporting portal returns."
SENT = "In July the group sent CBP a list of 31 errors that the reporting portal returns."
RIDER = "The group reviewed the bond rider form with sureties in Houston."
PORTAL = "CBP opened a portal in which importers upload tracing documents."


@pytest.fixture
def group():
    group = make_group("broker-modernization")
    make_paper(
        group,
        date(2021, 3, 5),
        status=[RIDER, "CBP received 214 comments on the rule."],
        next_steps=[STEP, "The group will meet in Savannah."],
        background=[PORTAL],
        other={"Recommendations": ["CBP should publish a calendar."]},
    )
    make_paper(
        group,
        date(2021, 6, 25),
        status=["CBP received 241 comments on the rule.", PORTAL, SENT],
        next_steps=["The group will meet in Savannah."],
    )
    return group


def run(*arguments):
    out = StringIO()
    call_command("changes", *arguments, stdout=out)
    return out.getvalue()


def test_scripts_get_each_pair_of_papers_as_json(group):
    (pair,) = json.loads(run("broker-modernization", "--json"))

    assert (pair["older"], pair["newer"]) == ("2021-03-05", "2021-06-25")
    assert [(it["section"], it["position"], it["change"]) for it in pair["items"]] == [
        ("current-status", 1, "reworded"),
        ("current-status", 2, "moved"),
        ("current-status", 3, "new"),
        ("next-steps", 1, "same"),
    ]
    assert pair["items"][0]["from"] == {
        "section": "current-status",
        "position": 2,
        "number": "S2",
        "text": "CBP received 214 comments on the rule.",
    }
    assert pair["items"][0]["words"][1:3] == [["removed", "214"], ["added", "241"]]
    assert pair["items"][1]["from"]["section"] == "background"
    assert (pair["items"][2]["from"], pair["items"][2]["score"]) == (None, 0)
    assert (pair["items"][3]["score"], pair["items"][3]["words"]) == (1, [])
    assert {"section": "current-status", "position": 1, "number": "S1", "text": RIDER} in pair[
        "gone"
    ]
    assert [it.get("heading") for it in pair["gone"]] == [None, None, "Recommendations"]
    first, second = pair["steps"]
    assert (first["position"], first["text"], first["fact"]) == (1, STEP, "not-mentioned")
    (answer,) = first["suggestions"]
    assert (answer["section"], answer["position"], answer["text"]) == ("current-status", 3, SENT)
    assert 0 < answer["score"] <= 1
    assert (second["fact"], second["suggestions"]) == ("repeated", [])


def test_people_get_a_line_for_each_item(group):
    lines = run("broker-modernization").splitlines()

    assert lines[0] == "2021-03-05 to 2021-06-25"
    assert (
        "  Current status S1: Reworded: CBP received [-214-] [+241+] comments on the rule." in lines
    )
    assert f"  Current status S2: Moved from Background B1: {PORTAL}" in lines
    assert f"  Current status S3: New: {SENT}" in lines
    assert f"  Current status S1: No longer reported: {RIDER}" in lines
    assert f"    Next steps N1: Not mentioned: {STEP}" in lines
    assert any(line.startswith("       May be answered by Current status S3 (") for line in lines)


def test_drafts_are_not_read(group):  # S01
    make_paper(group, date(2021, 9, 17), status=["A draft."], published=False)

    assert len(json.loads(run("broker-modernization", "--json"))) == 1
    assert "A draft." not in run("broker-modernization")


def test_summaries_are_not_compared(group):
    make_paper(
        group,
        date(2021, 9, 17),
        source_kind="third-party-summary",
        source_url="https://www.example.gov/summary",
    )

    assert [it["newer"] for it in json.loads(run("broker-modernization", "--json"))] == [
        "2021-06-25"
    ]


def test_papers_are_compared_across_meetings_without_one(group):
    make_meeting(date(2021, 9, 17))
    make_paper(group, date(2021, 12, 8), status=[SENT])

    pair = json.loads(run("broker-modernization", "--json"))[1]

    assert (pair["older"], pair["newer"]) == ("2021-06-25", "2021-12-08")
    assert [it["change"] for it in pair["items"]] == ["same"]


def test_what_staff_say_of_pairs_and_the_items_they_track_count(group):
    older, newer = group_papers(group)
    newer_item = newer.status_items.get(text=SENT)
    PairingCorrection.objects.create(
        older_status_item=older.status_items.get(text=RIDER), newer_status_item=newer_item
    )
    older.section_items.filter(section="other").update(also_next_step=True)

    (pair,) = json.loads(run("broker-modernization", "--json"))

    assert pair["items"][2]["change"] == "reworded"
    assert pair["items"][2]["reason"].startswith("Staff say so")
    assert [(it["section"], it["position"]) for it in pair["steps"]] == [
        ("next-steps", 1),
        ("next-steps", 2),
        ("other", 1),
    ]
    assert pair["steps"][2]["heading"] == "Recommendations"
    assert "    Recommendations X1: Not mentioned: CBP should publish" in run(
        "broker-modernization"
    )


def test_a_rejected_suggestion_is_not_printed(group):
    older, newer = group_papers(group)
    RejectedSuggestion.objects.create(
        next_step=older.next_steps.get(text=STEP), answer=newer.status_items.get(text=SENT)
    )

    (pair,) = json.loads(run("broker-modernization", "--json"))

    assert pair["steps"][0]["suggestions"] == []


def test_what_staff_state_of_a_step_is_printed_in_place_of_suggestions(group):
    older, newer = group_papers(group)
    make_outcome(
        older.next_steps.get(text=STEP), newer.meeting, evidence=newer.status_items.get(text=SENT)
    )
    visit = older.next_steps.get(position=2)
    make_outcome(visit, newer.meeting, "partly-done", note="A first visit was made.")

    (pair,) = json.loads(run("broker-modernization", "--json"))
    lines = run("broker-modernization").splitlines()

    first, second = pair["steps"]
    assert first["suggestions"] == []
    (outcome,) = first["outcomes"]
    assert (outcome["outcome"], outcome["meeting"]) == ("done", "2021-06-25")
    assert (outcome["shown_by"]["number"], outcome["note"]) == ("S3", "")
    assert [(it["outcome"], it["shown_by"]) for it in second["outcomes"]] == [("partly-done", None)]
    assert f"       Answered (stated by staff), shown by Current status S3: {SENT}" in lines
    assert "       Partly answered (stated by staff). A first visit was made." in lines
    assert "    Next steps N2: Repeated: The group will meet in Savannah." in lines
    assert not any("May be answered by" in line for line in lines)


def test_items_are_numbered_as_on_the_pages_and_the_same_are_continued(group):
    _, newer = group_papers(group)
    newer.status_items.filter(position=2).update(level=1)

    (pair,) = json.loads(run("broker-modernization", "--json"))
    lines = run("broker-modernization").splitlines()

    assert [it["number"] for it in pair["items"]] == ["S1", "S1.1", "S2", "N1"]
    assert pair["items"][3]["change"] == "same"
    assert "  Next steps N1: Continued: The group will meet in Savannah." in lines
    assert f"  Current status S1.1: Moved from Background B1: {PORTAL}" in lines


def group_papers(group):
    return IssuePaper.objects.filter(working_group=group).order_by("meeting__held_on")


def test_splits_and_merges_say_so():
    group = make_group("pipeline")
    whole = f"{PORTAL[:-1]}, and {RIDER[0].lower()}{RIDER[1:]}"
    make_paper(group, date(2021, 3, 5), status=[whole])
    make_paper(group, date(2021, 6, 25), status=[PORTAL, RIDER])
    make_paper(group, date(2021, 9, 17), status=[whole])

    split, merge = json.loads(run("pipeline", "--json"))

    assert [it["position"] for it in split["items"][0]["split_into"]] == [1, 2]
    assert [it["position"] for it in merge["items"][0]["merged_from"]] == [1, 2]
    assert "Current status S1: Reworded, split into 2:" in run("pipeline")


def test_an_item_in_another_order_says_so():
    group = make_group("pipeline")
    make_paper(group, date(2021, 3, 5), status=[PORTAL, RIDER, SENT])
    make_paper(group, date(2021, 6, 25), status=[RIDER, SENT, PORTAL])

    [pair] = json.loads(run("pipeline", "--json"))

    assert [it.get("reordered") for it in pair["items"]] == [None, None, True]
    assert f"Current status S3: Continued, in another order: {PORTAL}" in run("pipeline")


def test_a_denial_that_no_part_of_a_split_has_is_printed_as_removed_once():
    group = make_group("pipeline")
    whole = "CBP will not extend the test beyond August, and it will publish a notice on the test."
    parts = ["CBP will extend the test beyond August.", "CBP will publish a notice on the test."]
    make_paper(group, date(2021, 3, 5), status=[whole])
    make_paper(group, date(2021, 6, 25), status=parts)

    [pair] = json.loads(run("pipeline", "--json"))

    removed = [[words for op, words in it["words"] if op == "removed"] for it in pair["items"]]
    assert removed == [["not"], ["and it"]]
    assert "CBP will [-not-] extend the test beyond August." in run("pipeline")


@pytest.mark.parametrize(
    ("held", "words"),
    [([], "no published issue paper"), ([date(2021, 3, 5)], "one published issue paper")],
)
def test_a_group_with_fewer_than_two_papers_has_nothing_to_compare(held, words):
    group = make_group("pipeline")
    for day in held:
        make_paper(group, day)

    assert f"Pipeline Working Group has {words}: there is nothing to compare." in run("pipeline")
    assert json.loads(run("pipeline", "--json")) == []


def test_an_unknown_group_is_refused_in_words():
    with pytest.raises(CommandError, match="No group has the slug “pipelin”"):
        run("pipelin")


def test_the_number_of_queries_does_not_grow_with_the_papers(group):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            run("broker-modernization")
        return len(captured)

    few = queries()
    for month in (7, 8, 9):
        make_paper(group, date(2021, month, 1), status=[RIDER], next_steps=[STEP])

    assert queries() == few <= 10
