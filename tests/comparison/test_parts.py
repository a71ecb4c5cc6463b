"""Of an item that became several, every word is kept in a part or removed in one of them."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.comparison import compare
from papers.parts import holds_whole, part_diff, whole_words
from papers.words import Op, Segment, key_of, tokens
from tests.comparison.papers import make_content

WHOLE = (
    "CBP will not extend the Entry Type 86 test beyond August, and it will publish a notice in the "
    "Federal Register that explains the decision to filers."
)
EXTEND = "CBP will extend the Entry Type 86 test beyond August."
PUBLISH = "CBP will publish a notice in the Federal Register that explains the decision to filers."


def marked(diff):
    marks = {Op.SAME: "{}", Op.REMOVED: "[-{}-]", Op.ADDED: "[+{}+]"}
    return " ".join(marks[it.op].format(it.words) for it in diff)


@pytest.mark.parametrize("order", [(EXTEND, PUBLISH), (PUBLISH, EXTEND)])
def test_a_denial_lost_in_a_split_is_removed_in_the_part_that_it_stood_in(order):
    changes = compare(make_content([WHOLE]), make_content(order))

    diffs = {change.newer.text: marked(change.diff) for change in changes.items}
    assert diffs[EXTEND] == EXTEND.replace("will extend", "will [-not-] extend")
    assert diffs[PUBLISH] == PUBLISH.replace("CBP will", "CBP will [-and it-]")
    older = WHOLE.replace("not extend", "[-not-] extend").replace("and it", "[-and it-]")
    assert [marked(it.older_words) for it in changes.items] == [older] * 2


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        (
            "CBP suspended five brokers from the test on June 3, 2031, and published a reminder.",
            {
                "CBP suspended brokers from the test.":
                    "CBP suspended [-five-] brokers from the test. [-on June 3, 2031,-]",
                "CBP published a reminder.": "CBP [-and-] published a reminder.",
            },
        ),
        (
            "CBP will not open the port, and it will not close the yard.",
            {
                "CBP will open the port.": "CBP will [-not-] open the port.",
                "CBP will not close the yard.": "CBP will [-and it-] not close the yard.",
            },
        ),
        (
            "The group reviewed the directive and the letter.",
            {
                "The group reviewed the directive.": "The group reviewed the directive.",
                "The group reviewed the letter.": "The group reviewed the [-and-] letter.",
            },
        ),
        (
            "The pilot has 12 members. It has no end. CBP met two ports in May.",
            {
                "The pilot has 14 members.":
                    "The pilot has [-12-] [+14+] members. [-It has no end.-]",
                "In May, CBP met two ports.":
                    "[+In May,+] CBP met two ports. [-in May.-]",
            },
        ),
        ("CBP met.", {"Ports opened.": "[-CBP met.-] [+Ports opened.+]", "Yards.": "[+Yards.+]"}),
    ],
)  # fmt: skip
def test_what_no_part_has_is_removed_once(whole, parts):
    texts = list(parts)

    assert [marked(part_diff(whole, texts, at)) for at in range(len(texts))] == list(parts.values())


def test_links_of_the_whole_count_by_their_words():
    parts = ["See the page.", "CBP met."]

    assert marked(whole_words("See [the page](#x). CBP met twice.", parts)) == (
        "See the page. CBP met [-twice.-]"
    )


WORDS = ["The", "the", "CBP", "cbp", "will", "not", "12", "May,", "met.", "and", "ports", "שלום"]
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)


@settings(max_examples=500, deadline=None, print_blob=True)
@given(TEXTS, st.lists(TEXTS, min_size=2, max_size=4))
def test_each_word_of_the_whole_stays_or_is_removed_in_one_part_and_each_part_is_whole(
    whole, parts
):
    diffs = [part_diff(whole, parts, at) for at in range(len(parts))]

    for part, diff in zip(parts, diffs, strict=True):
        assert key_of(" ".join(it.words for it in diff if it.op != Op.REMOVED)) == key_of(part)
    removed = Counter(
        word for diff in diffs for it in diff if it.op == Op.REMOVED for word in it.words.split()
    )
    printed = whole_words(whole, parts)
    assert " ".join(it.words for it in printed) == whole
    lost = Counter(word for it in printed if it.op == Op.REMOVED for word in it.words.split())
    assert removed == lost
    # Nothing is passed over: as many words stay as the parts have room for.
    kept = len(tokens(whole)) - lost.total()
    assert kept <= sum(len(tokens(part)) for part in parts)


def test_the_word_that_opens_a_sentence_of_the_whole_is_not_lost_in_its_part():
    parts = ("Ports met in the spring.", "In May the ports agreed.")

    found = part_diff("Ports met in the spring. In May the ports agreed.", parts, 1)

    assert found == (Segment(Op.SAME, "In May the ports agreed."),)


@pytest.mark.parametrize(
    ("part", "found"),
    [
        ("In May the ports agreed", True),
        ("Ports met in the spring.", True),
        ("the ports agreed", True),
        ("The ports met in the spring.", False),
        ("In May the ports agree", False),
        ("port", False),
    ],
)
def test_a_text_has_a_part_whole_or_not(part, found):
    assert holds_whole("Ports met in the spring. In May the ports agreed.", part) is found
