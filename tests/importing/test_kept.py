from random import Random
from time import process_time

import pytest

from papers.importing.kept import MAX_WORDS, Kept, is_enough, keeps_value, words_at, words_of

PRINTED = "The group met in March and counted. The group met in May. Nobody had turned the page."


def kept(text, printed=PRINTED):
    """Per sentence of what is printed, whether enough of it is kept."""
    left = Kept(printed, (0, len(printed)), text).places
    sentences, start = [], 0
    for words in printed.split(". "):
        places = {place for place, _ in words_at(printed, (start, start + len(words)))}
        sentences.append(is_enough(len(places & left), len(places)))
        start += len(words) + 2
    return sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PRINTED, [True, True, True]),
        ("", [False, False, False]),
        # Cut out, although another sentence has four of its five words.
        ("The group met in March and counted. Nobody had turned the page.", [True, False, True]),
        ("The group met in May.", [False, True, False]),
        # A word replaced, a word put in, capitals, marks, quotes.
        (PRINTED.replace("Nobody", "No one"), [True, True, True]),
        (PRINTED.replace("in May", "again in May"), [True, True, True]),
        (PRINTED.upper().replace(".", ";"), [True, True, True]),
        # Half of the last sentence is gone.
        (PRINTED.replace("had turned the page", "had"), [True, True, False]),
        # The order counts: these are its words, and not the sentence.
        ("page the turned had Nobody", [False, False, False]),
    ],
)
def test_a_sentence_is_kept_while_four_fifths_of_its_words_are_left_in_order(text, expected):
    assert kept(text) == expected


@pytest.mark.parametrize(
    ("printed", "typed", "expected"),
    [
        ("Recieved by all.", "Received by all.", True),
        ("Infomational", "Informational", True),
        ("Paid 8000 dollars.", "Paid 8001 dollars.", False),
        ("CBP agreed.", "CBP refused.", False),
    ],
)
def test_a_mended_spelling_counts_and_another_word_does_not(printed, typed, expected):
    assert kept(typed, printed) == [expected]


def test_words_broken_at_the_end_of_a_line_and_hidden_marks_are_the_same_words():
    assert words_of("infor-\n  mation of the re-export") == ["information", "of", "the", "reexport"]
    assert words_of("soft\u00adhyphen zero\u200bwidth") == ["softhyphen", "zerowidth"]


def test_the_address_of_a_link_is_no_words_of_the_sentence():
    printed = "See the [website](https://example.gov/a/long/address) of it."

    assert [word for _, word in words_at(printed, (0, len(printed)))] == [
        *("see", "the", "website", "of", "it"),
    ]


def test_a_sentence_is_taken_once_from_words_typed_elsewhere():
    typed = Kept("", (0, 0), "First. Nobody had turned it. Last.")

    assert typed.take(["nobody", "had", "turned", "it"])
    assert not typed.take(["nobody", "had", "turned", "it"])
    assert not typed.take(["first", "last"])


# S19, S21
def test_a_word_as_long_as_a_page_is_not_compared_letter_by_letter():
    letters = Random(7)
    one, other = ("".join(letters.choices("ab", k=20_000)) for _ in range(2))
    start = process_time()

    left = Kept(f"It says {one} now.", (0, 20_013), f"It says {other} now.").places

    assert len(left) == 3
    assert process_time() - start < 2


def test_very_long_texts_are_compared_at_their_ends_alone():
    middle = " ".join(f"word{number}" for number in range(MAX_WORDS + 2))
    other = " ".join(f"other{number}" for number in range(MAX_WORDS + 2))
    printed = f"It begins so. {middle}. It ends so."

    left = Kept(printed, (0, len(printed)), f"It begins so. {other}. It ends so.").places

    assert len(left) == 6


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("Pat Example Office of Trade; Ann Other Office of Finance", True),
        ("Pat Exampel Office of Trade", True),
        ("Office of Trade, Pat Example", True),
        ("Ann Other", False),
        ("", False),
    ],
)
def test_a_field_still_says_a_line_while_it_has_the_words_it_took_from_it(now, expected):
    read = "Pat Example; Ann Other Office of Trade; Office of Finance"

    assert keeps_value("Submitted by: Pat Example, Office of Trade", read, now) is expected
