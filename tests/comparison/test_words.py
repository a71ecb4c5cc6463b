"""When two statements are word for word the same, and which words differ."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from papers.stems import stem, word_set
from papers.words import (
    MAX_DIFF_WORDS,
    Op,
    Segment,
    key_of,
    names,
    negations,
    numbers,
    sentences,
    speaks_of_future,
    word_diff,
)

SAID = 'The group met "twice" - on May 2, 2031 - and agreed.'


@pytest.mark.parametrize(
    "other",
    [
        "• " + SAID,
        "- " + SAID,
        "– - " + SAID,
        "o " + SAID,
        "\uf0b7" + SAID,
        "(cid:127) " + SAID,
        "1. " + SAID,
        "b) " + SAID,
        "  " + SAID.replace(" ", "\u00a0\n "),
        SAID.replace("met", "\u200bmet\u00ad"),
        SAID.replace('"', "“", 1).replace('"', "”"),
        SAID.replace(" - ", " – "),
        SAID.replace(" - ", "—"),
        SAID.replace(" - ", " -- "),
        SAID.replace("The", "the", 1),
        SAID.removesuffix("."),
        SAID.removesuffix(".") + ";",
        SAID.replace("group", "[group](https://www.cbp.gov)"),
    ],
)
def test_bullets_space_quotes_dashes_first_letter_and_end_do_not_count(other):
    assert key_of(other) == key_of(SAID)


@pytest.mark.parametrize("first", ["CBP", "CBP's", "FAQs", "(CTPAT)", "AD/CVD", "eBond", "A"])
def test_an_acronym_that_opens_a_statement_is_the_same_word_further_on(first):
    diff = word_diff(f"{first} met 12 ports.", f"As of August 1, {first} met 12 ports.")

    assert diff == segments(("added", "As of August 1,"), ("same", f"{first} met 12 ports."))


def test_a_name_that_opens_a_statement_is_the_same_word_further_on():
    diff = word_diff("In May, Brokers met CBP.", "Brokers met CBP.")

    assert diff == segments(("removed", "In May,"), ("same", "Brokers met CBP."))


@pytest.mark.parametrize(
    "other",
    [
        SAID.replace("2,", "3,"),
        SAID.replace("2031", "2032"),
        SAID.replace("May", "June"),
        SAID.replace("met", "did not meet"),
        SAID.replace("agreed", "not agreed"),
        SAID.replace("The group", "The Group"),
        SAID.replace("The group", "A group"),
        SAID.replace("2,", "2"),
        SAID.replace("agreed.", "agreed?"),
        SAID + " Twice.",
        "",
    ],
)
def test_numbers_dates_names_denials_and_marks_within_count(other):
    assert key_of(other) != key_of(SAID)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A. Smith joined", "B. Smith joined"),
        ("(30) days of notice", "(60) days of notice"),
        ("2.5 percent", "3.5 percent"),
        ("-5 degrees", "5 degrees"),
        ("10² entries", "102 entries"),
        ("...", "…"),
        ("🙂", "🙁"),
        ("•", "-"),
        ("1.", "2."),
        ("(cid:127)", "(cid:128)"),
    ],
)
def test_what_looks_like_a_bullet_but_is_said_counts(one, other):
    assert key_of(one) != key_of(other)


def test_letters_with_accents_are_the_same_however_they_are_encoded():
    assert key_of("caf\u00e9 trade") == key_of("cafe\u0301 trade")


def segments(*pairs):
    return tuple(Segment(Op(op), words) for op, words in pairs)


def test_a_diff_shows_whole_words_as_printed():
    older = "The group is reviewing CBP's draft, published March 13, and will report."
    newer = "The group concluded its review of CBP’s draft, published March 31, and will report"

    assert word_diff(older, newer) == segments(
        ("same", "The group"),
        ("removed", "is reviewing"),
        ("added", "concluded its review of"),
        ("same", "CBP’s draft, published March"),
        ("removed", "13,"),
        ("added", "31,"),
        ("same", "and will report"),
    )


def test_small_words_between_changes_are_not_picked_out():
    diff = word_diff("Members of the cotton sector spoke.", "Brokers and the port of Laredo spoke.")

    assert [it.op for it in diff] == [Op.REMOVED, Op.ADDED, Op.SAME]


@pytest.mark.parametrize(
    ("older", "newer", "expected"),
    [
        ("", "", []),
        ("", "New words", [("added", "New words")]),
        ("Old words", "", [("removed", "Old words")]),
        ("CBP will share it.", "CBP will not share it.", [
            ("same", "CBP will"), ("added", "not"), ("same", "share it."),
        ]),
        ("CBP detained 8,122.", "As of May 1, CBP detained 9,101.", [
            ("added", "As of May 1,"), ("same", "CBP detained"),
            ("removed", "8,122."), ("added", "9,101."),
        ]),
        ("Ports closed", "• ports closed.", [("same", "ports closed.")]),
        ("the trade—yet", "The trade - yet", [("same", "The trade - yet")]),
    ],
)  # fmt: skip
def test_a_diff_marks_what_was_added_and_removed(older, newer, expected):
    assert word_diff(older, newer) == segments(*expected)


MARKS = word_set("The the a of CBP group met not 12 13 — – - May, May. “x” ( 🙂 שלום")
TEXTS = st.lists(
    st.sampled_from(
        [
            "The",
            "the",
            "a",
            "of",
            "CBP",
            "group",
            "met",
            "not",
            "12",
            "13",
            "—",
            "–",
            "-",
            "May,",
            "May.",
            "“x”",
            "(",
            "🙂",
            "שלום",
        ]
    ),
    max_size=25,
).map(" ".join)


@settings(max_examples=1_000, deadline=None, print_blob=True)
@given(TEXTS, TEXTS)
@example("May, May,", "May. May,")
def test_a_diff_holds_both_texts_and_turns_round(older, newer):
    forth, back = word_diff(older, newer), word_diff(newer, older)

    def words(diff, *ops):
        return key_of(" ".join(it.words for it in diff if it.op in ops))

    assert words(forth, Op.SAME, Op.ADDED) == key_of(newer)
    assert words(back, Op.SAME, Op.ADDED) == key_of(older)
    turned = {Op.SAME: Op.SAME, Op.ADDED: Op.REMOVED, Op.REMOVED: Op.ADDED}
    assert sorted(it.op for it in forth) == sorted(turned[it.op] for it in back)
    assert (key_of(older) == key_of(newer)) == (not {it.op for it in forth} - {Op.SAME})


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("the of " * 750, "of the a " * 500),
        ("x " * 5_000, "y " * 4_999),
        ("a" * 10_000, "b" * 10_000),
        ("- " * 5_000, "[" * 10_000),
        ("word, " * MAX_DIFF_WORDS, "word; " * MAX_DIFF_WORDS),
    ],
)
def test_the_longest_texts_take_bounded_time(older, newer):
    begun = time.process_time()

    word_diff(older, newer)

    assert time.process_time() - begun < 2  # milliseconds in fact; difflib takes minutes


def test_beyond_the_bound_the_middle_is_shown_whole():
    older = "Same start " + "x " * (MAX_DIFF_WORDS + 1) + "same end."
    newer = "Same start " + "y " * 3 + "same end."

    assert [it.op for it in word_diff(older, newer)] == [Op.SAME, Op.REMOVED, Op.ADDED, Op.SAME]


@pytest.mark.parametrize(
    "words",
    [
        "validate validates validated validating validation validations",
        "recommend recommends recommended recommendation recommendations",
        "provide provides provided providing",
        "plan plans planned planning",
        "identify identifies identified identifying",
        "publish published publication",
        "decide decision decided",
        "meet met meeting meetings",
        "import imports imported importing",
        "agency agencies",
        "modernize modernized modernization",
        "answer answers answered answering",
    ],
)
def test_forms_of_one_word_have_one_stem(words):
    assert len({stem(word) for word in words.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("import", "importer"), ("port", "portal"), ("2031", "2032"), ("bond", "bonus")],
)
def test_different_words_have_different_stems(one, other):
    assert stem(one) != stem(other)


def test_numbers_and_denials_are_found_in_digits_and_words():
    text = "CBP can't hold 1,180 trucks for twelve days, and never did without notice in 2031."

    assert numbers(text) == ("1,180", "twelve", "2031")
    assert negations(text) == ("can't", "never", "without")


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("On May 1 and in June CBP may march.", ("May", "June")),
        ("May CBP open it? March on!", ()),
        ("May 1 is the day.", ("May",)),
        ("January was cold. March 2031 was not: May had no frost.", ("January", "March")),
    ],
)
def test_months_count_as_numbers_where_they_are_months(text, months):
    assert tuple(it for it in numbers(text) if it.isalpha()) == months


def test_names_are_capitalised_words_that_open_no_sentence():
    text = "The group met CBP at Otay Mesa on May 2. Brokers from Laredo came. FDA did not."

    assert names(text) == ("CBP", "Otay", "Mesa", "Laredo", "FDA")


@pytest.mark.parametrize(
    ("text", "is_future"),
    [
        ("CBP will publish the list.", True),
        ("The group is set to reconvene.", True),
        ("CBP plans to publish the list.", True),
        ("CBP has published the list.", False),
        ("The willing parties met.", False),
    ],
)
def test_a_statement_that_speaks_of_what_is_to_come_is_known(text, is_future):
    assert speaks_of_future(text) is is_future


def test_sentences_end_before_a_capital_letter_and_at_semicolons():
    text = "It met 3 times. It agreed; the other side noted 2.5 percent."

    assert sentences(text) == ("It met 3 times.", "It agreed", "the other side noted 2.5 percent.")


def test_a_mark_that_a_further_sentence_brings_is_no_change_of_the_word_before_it():
    older, newer = "It turned to Corrections (PSC)", "It turned to Corrections (PSC). It also met."

    assert [(it.op, it.words) for it in word_diff(older, newer)] == [
        (Op.SAME, "It turned to Corrections (PSC)."),
        (Op.ADDED, "It also met."),
    ]


def test_a_mark_that_is_all_that_changed_is_shown():
    assert [(it.op, it.words) for it in word_diff("Brokers, ports met", "Brokers ports met")] == [
        (Op.REMOVED, "Brokers,"),
        (Op.ADDED, "Brokers"),
        (Op.SAME, "ports met"),
    ]


def test_a_sentence_that_stays_is_whole_though_another_before_it_went():
    older = "CBP met the trade. The group agreed."

    assert word_diff(older, "The group agreed.") == (
        Segment(Op.REMOVED, "CBP met the trade."),
        Segment(Op.SAME, "The group agreed."),
    )
    assert word_diff("The group agreed.", older) == (
        Segment(Op.ADDED, "CBP met the trade."),
        Segment(Op.SAME, "The group agreed."),
    )


def test_a_small_letter_that_opens_a_sentence_is_a_change_where_nothing_else_is():
    found = word_diff("Ports met. the ports agreed.", "Ports met. The ports agreed.")

    assert [(it.op, it.words) for it in found if it.op != Op.SAME] == [
        (Op.REMOVED, "the"),
        (Op.ADDED, "The"),
    ]
