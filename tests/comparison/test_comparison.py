"""What changed between two papers, by cases; figures on whole papers are in test_gold.py."""

import pytest

from papers.comparison import ChangeKind, Counts, PairCorrection, Place, compare, placed_items
from papers.content import Item, PaperContent, Section
from papers.reasons import reason_for
from papers.words import Op
from tests.comparison.papers import (
    BACKGROUND,
    OTHER,
    STATUS,
    kinds,
    links,
    make_content,
    status,
    step,
)

RIDER = "The group reviewed the bond rider form with sureties in Houston."
PORTAL = "CBP opened a portal in which importers upload tracing documents."
SURVEY = "Forty brokers answered the survey on remote supervision."


def test_each_item_is_new_the_same_reworded_or_gone():
    older = make_content([RIDER, PORTAL, "Members toured a seed laboratory."])
    newer = make_content([RIDER.replace("Houston", "Miami"), SURVEY, PORTAL])

    changes = compare(older, newer)

    assert kinds(changes) == ["reworded", "new", "same"]
    assert [change.older.text for change in changes.gone] == ["Members toured a seed laboratory."]
    assert changes.counts == Counts(new=1, reworded=1, same=1, moved=0, gone=1)
    assert changes.counts.changed == 2
    assert not changes.is_empty


def test_the_first_paper_of_a_group_is_all_new():
    changes = compare(PaperContent(), make_content([RIDER], [PORTAL]))

    assert kinds(changes) == ["new", "new"]
    assert changes.items[0].reason is None
    assert changes.items[0].diff == ()


def test_one_changed_number_is_a_rewording_with_its_diff_and_reason():
    older = make_content(["CBP received 214 comments on the rule."])
    newer = make_content(["CBP received 241 comments on the rule."])

    (change,) = compare(older, newer).items

    assert change.kind == ChangeKind.REWORDED
    assert [(it.op.value, it.words) for it in change.diff] == [
        ("same", "CBP received"),
        ("removed", "214"),
        ("added", "241"),
        ("same", "comments on the rule."),
    ]
    assert str(change.reason) == "4 of 5 words shared; numbers: 214 → 241"
    assert 0.5 < change.score < 1


def test_an_added_denial_is_named_in_the_reason():
    older = make_content(["CBP will share the list of sectors."])
    newer = make_content(["CBP will not share the list of sectors."])

    (change,) = compare(older, newer).items

    assert change.is_reworded
    assert change.reason.denies_after == ("not",)
    assert "denial: none → not" in str(change.reason)


@pytest.mark.parametrize(
    ("older", "newer", "reason"),
    [
        (
            "CBP detained 8,122 shipments as of May 1, 2031.",
            "As of August 1, 2031, CBP detained 9,101 shipments.",
            "5 of 7 words shared; numbers: 8,122, May → August, 9,101",
        ),
        (
            "The group met with brokers at the port of Laredo.",
            "The group met with brokers at the port of Otay Mesa.",
            "4 of 6 words shared; names: Laredo → Otay, Mesa",
        ),
        (
            "Members of the Bond group met.",
            "Members of the group may have met on March 3.",
            "3 of 5 words shared; numbers: none → March, 3; names: Bond → none",
        ),
        (
            "• Testing: in progress",
            "Testing: complete.",
            "1 of 2 words shared; the same label “Testing”",
        ),
    ],
)
def test_a_reason_names_numbers_months_names_and_labels(older, newer, reason):
    assert str(reason_for(older, newer)) == reason


def test_shuffled_bullets_are_the_same_in_another_order():
    changes = compare(make_content([RIDER, PORTAL, SURVEY]), make_content([SURVEY, RIDER, PORTAL]))

    assert kinds(changes) == ["same"] * 3
    assert [change.is_reordered for change in changes.items] == [True, False, False]
    assert changes.is_empty


@pytest.mark.parametrize("text", [RIDER, RIDER.replace("Houston", "Miami")])
def test_a_statement_from_another_section_is_moved_and_says_from_where(text):
    older = make_content([RIDER], background=[PORTAL])
    newer = make_content([SURVEY], background=[PORTAL, text])

    change = compare(older, newer).of(Place(BACKGROUND, 2))

    assert change.kind == ChangeKind.MOVED
    assert change.moved_from == status(1)
    assert change.is_reworded == (text != RIDER)


def test_a_step_and_the_report_that_it_was_done_are_not_one_statement():
    older = make_content(steps=["The group will provide input on the guidance to brokers."])
    newer = make_content(["The group has provided input on the guidance to brokers."])

    changes = compare(older, newer)

    assert kinds(changes) == ["new"]
    assert len(changes.gone) == 1


def test_a_step_printed_under_status_word_for_word_is_moved():
    older = make_content(steps=[RIDER])
    newer = make_content([RIDER])

    assert compare(older, newer).items[0].moved_from == step(1)


def test_sections_of_other_headings_are_their_own():
    older = make_content(other={"Recommendations:": [RIDER], "Statement of Work": [PORTAL]})
    newer = make_content(other={"recommendations": [RIDER], "Charge": [PORTAL]})

    changes = compare(older, newer)

    assert kinds(changes) == ["same", "moved"]
    assert changes.items[1].moved_from == Place(OTHER, 1, "Statement of Work")
    assert len(changes.in_section(OTHER, "RECOMMENDATIONS").items) == 1


def test_two_sections_of_one_kind_count_on():
    content = PaperContent(
        sections=(Section(STATUS, items=(Item("One."),)), Section(STATUS, items=(Item("Two."),)))
    )

    assert [it.place for it in placed_items(content)] == [status(1), status(2)]


def test_sub_items_are_compared_as_items_of_their_own():
    older = make_content(["The session covers:", (RIDER, 1), (PORTAL, 1)])
    newer = make_content(["The session covers:", (PORTAL, 1), (SURVEY, 1), (RIDER, 0)])

    assert kinds(compare(older, newer)) == ["same", "same", "new", "same"]


def test_a_sub_item_of_few_words_belongs_to_what_it_stands_under():
    older = make_content(
        ["Drawback bonds on paper", ("Pending.", 1), "Marine terminal bonds", ("Complete.", 1)]
    )
    newer = make_content(
        ["Marine terminal bonds", ("Pending.", 1), "Drawback bonds on paper", ("Complete.", 1)]
    )

    changes = compare(older, newer)

    assert kinds(changes) == ["same", "reworded", "same", "reworded"]
    assert (status(2), status(4)) in links(changes)


def test_a_statement_split_in_two_keeps_both_parts():
    older = make_content([f"{PORTAL[:-1]}, and {SURVEY[0].lower()}{SURVEY[1:]}", RIDER])
    newer = make_content([PORTAL, RIDER, SURVEY])

    changes = compare(older, newer)

    assert kinds(changes) == ["reworded", "same", "reworded"]
    assert links(changes) == {
        (status(1), status(1)),
        (status(2), status(2)),
        (status(1), status(3)),
    }
    assert [it.place for it in changes.items[0].split_into] == [status(1), status(3)]
    assert changes.gone == ()
    # The words of the other part are not shown as removed.
    assert Op.REMOVED not in {it.op for it in changes.items[2].diff[-1:]}


def test_two_statements_merged_in_one_are_both_there():
    older = make_content([PORTAL, RIDER, SURVEY])
    newer = make_content([f"{PORTAL[:-1]}, and {SURVEY[0].lower()}{SURVEY[1:]}", RIDER])

    changes = compare(older, newer)

    assert [it.place for it in changes.items[0].merged_from] == [status(1), status(3)]
    assert changes.gone == ()
    assert changes.counts == Counts(reworded=1, same=1)
    assert [it.words for it in changes.items[0].diff if it.op == Op.ADDED] == ["and"]


def test_splits_are_recognised_in_long_papers_too():
    halves = [
        (f"Port{n} counted {n} trucks with tool{n} in May.", f"Broker{n} asked for form{n} twice.")
        for n in range(100, 160)
    ]
    older = make_content([f"{one} {other}" for one, other in halves])
    newer = make_content([text for pair in halves for text in pair])

    changes = compare(older, newer)

    assert [len(change.split_into) for change in changes.items] == [2] * 120
    assert changes.gone == ()
    assert links(compare(newer, older)) == {(b, a) for a, b in links(changes)}


def test_a_new_statement_near_a_split_one_stays_new():
    older = make_content([PORTAL])
    newer = make_content([PORTAL[:-1] + " twice.", "Importers upload pictures of their factories."])

    assert kinds(compare(older, newer)) == ["reworded", "new"]


def test_staff_can_say_that_one_item_continues_another():
    older, newer = make_content([RIDER, PORTAL]), make_content([SURVEY, PORTAL])

    changes = compare(older, newer, [PairCorrection(status(1), status(1))])

    assert kinds(changes) == ["reworded", "same"]
    assert changes.items[0].by_staff
    assert str(changes.items[0].reason).startswith("Staff say so; ")
    assert changes.gone == ()


def test_staff_win_over_the_same_words():
    older, newer = make_content([RIDER, PORTAL]), make_content([RIDER, PORTAL])
    crossed = [PairCorrection(status(1), status(2)), PairCorrection(status(2), status(1))]

    assert links(compare(older, newer, crossed)) == {
        (status(1), status(2)),
        (status(2), status(1)),
    }


def test_staff_can_say_that_two_items_do_not_belong_together():
    older, newer = make_content([RIDER]), make_content([RIDER])
    apart = PairCorrection(status(1), status(1), together=False)

    changes = compare(older, newer, [apart])

    assert kinds(changes) == ["new"]
    assert len(changes.gone) == 1


def test_the_last_word_of_staff_counts():
    older, newer = make_content([RIDER]), make_content([SURVEY])
    said = [
        PairCorrection(status(1), status(1)),
        PairCorrection(status(1), status(1), together=False),
    ]

    assert kinds(compare(older, newer, said)) == ["new"]
    assert kinds(compare(older, newer, said[::-1])) == ["reworded"]


def test_staff_can_name_both_parts_of_a_split_and_of_a_merge():
    one, two = make_content([RIDER]), make_content([SURVEY, PORTAL])
    split = [PairCorrection(status(1), status(1)), PairCorrection(status(1), status(2))]

    forth = compare(one, two, split)
    back = compare(two, one, [it.turned() for it in split])

    assert [it.place for it in forth.items[1].split_into] == [status(1), status(2)]
    assert [it.place for it in back.items[0].merged_from] == [status(1), status(2)]
    assert forth.gone == back.gone == ()


def test_a_correction_of_an_item_that_is_not_there_is_passed_over():
    older, newer = make_content([RIDER]), make_content([RIDER])

    changes = compare(older, newer, [PairCorrection(status(7), status(1))])

    assert kinds(changes) == ["same"]


def test_a_forbidden_pair_leaves_its_items_free_for_others():
    older, newer = make_content([RIDER, RIDER]), make_content([RIDER])
    apart = PairCorrection(status(1), status(1), together=False)

    assert links(compare(older, newer, [apart])) == {(status(2), status(1))}
