"""The matching is the best there is; likeness is the same from both sides."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.matching import best_matching
from papers.pairing import SAME_LABEL, Statement, Weighed, likeness, pair
from papers.stems import word_set

WEIGHTS = st.dictionaries(
    st.tuples(st.integers(0, 5), st.integers(0, 5)), st.integers(1, 30), max_size=20
)


def best_total(weights, rows):
    """By trying all of them."""
    if not rows:
        return 0
    first, *rest = rows
    totals = [best_total(weights, rest)]
    for (row, column), weight in weights.items():
        if row == first:
            left = {key: value for key, value in weights.items() if key[1] != column}
            totals.append(weight + best_total(left, rest))
    return max(totals)


@settings(max_examples=400, deadline=None, print_blob=True)
@given(WEIGHTS)
def test_the_matching_is_one_to_one_and_no_other_weighs_more(weights):
    found = best_matching(weights)

    assert len({a for a, _ in found}) == len({b for _, b in found}) == len(found)
    assert set(found) <= set(weights)
    assert sum(weights[key] for key in found) == best_total(weights, list(range(6)))


def statements(*texts, section="current-status"):
    return [Statement(text, section) for text in texts]


def pairs(older, newer, **said):
    return {(it.older, it.newer) for it in pair(Weighed(older, newer), **said)}


def test_the_best_pair_gives_way_where_both_are_better_off():
    older = statements(
        "The group reviewed the bond rider form with sureties.",
        "The group reviewed the bond rider form with sureties in Houston and in Miami.",
    )
    newer = statements(
        "The group reviewed the bond rider form with sureties in Houston.",
        "The group reviewed the bond rider form with brokers.",
    )

    assert pairs(older, newer) == {(0, 1), (1, 0)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CBP received 214 comments on the rule.", "CBP received 241 comments on the rule."),
        ("The rule takes effect on May 1, 2031.", "The rule takes effect on June 1, 2031."),
        ("CBP will share the list.", "CBP will not share the list."),
        ("CBP approved the request.", "CBP declined the request."),
        ("The pilot has 3 participants.", "The pilot has seven participants."),
    ],
)
def test_a_fact_that_changed_is_the_same_statement_reworded(one, other):
    assert pairs(statements(one), statements(other)) == {(0, 0)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "CBP asked brokers how the port of Laredo reviews bond riders.",
            "Laredo brokers reviewed a rider of the bond, and CBP asked for the port.",
        ),
        (
            "The group met with the Department of Agriculture on seeds.",
            "The group met with the Department of Energy on appliances.",
        ),
        ("The working group will meet.", "The working group described drawback to CBP."),
        ("", "The group met."),
        ("...", "!!!"),
    ],
)
def test_shared_words_alone_make_no_pair(one, other):
    assert pairs(statements(one), statements(other)) == set()


def test_short_items_with_a_label_of_their_own_are_the_same_statement_reworded():
    older = statements("Testing: in progress.", "• Crew lists: no change", "Note: see below.")
    newer = statements("Crew lists: electronic since May.", "Testing: complete.", "Open points.")

    assert pairs(older, newer) == {(0, 1), (1, 0)}
    assert {it.score for it in pair(Weighed(older, newer))} == {SAME_LABEL}


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        # Two have it, so that the label does not tell which is which.
        (["Note: a first.", "Note: another."], ["Note: nothing like that."]),
        (["Crew lists: no change."], ["Seal lists: none."]),
        (["10:30 train."], ["10:30 plane."]),
        (["Note: " + "one two three " * 5], ["Note: " + "four five six " * 5]),
    ],
)
def test_a_label_that_does_not_tell_makes_no_pair(older, newer):
    assert pairs(statements(*older), statements(*newer)) == set()


def test_a_label_in_another_section_makes_no_pair():
    newer = statements("Testing: complete.", section="background")

    assert pairs(statements("Testing: in progress."), newer) == set()


def test_a_step_and_the_report_of_it_are_two_statements():
    steps = [Statement("The group will provide input on the guidance.", "next-steps", is_step=True)]
    report = statements("The group has provided input on the guidance.")

    assert pairs(steps, report) == set()


WORDS = word_set("the group met CBP not 12 Laredo Houston bond riders of")
TEXT = st.lists(
    st.sampled_from(
        ["the", "group", "met", "CBP", "not", "12", "Laredo", "Houston", "bond", "riders", "of"]
    ),
    max_size=12,
).map(" ".join)


@settings(max_examples=300, deadline=None, print_blob=True)
@given(st.lists(TEXT, max_size=6), st.lists(TEXT, max_size=6))
def test_likeness_lies_between_nought_and_one_and_is_mutual(older, newer):
    lists = Weighed(statements(*older), statements(*newer))

    for a in range(len(older)):
        for b in range(len(newer)):
            one, other = lists.bags[0][a], lists.bags[1][b]
            assert 0 <= likeness(one, other) <= 1
            assert likeness(one, other) == pytest.approx(likeness(other, one))
