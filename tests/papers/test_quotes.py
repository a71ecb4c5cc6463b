"""Beginnings of long items: whole words, in one line, and never longer than asked."""

import pytest

from papers.quotes import beginning


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("", 10, ""),
        ("Short.", 10, "Short."),
        ("Ten signs.", 10, "Ten signs."),
        ("Eleven sign.", 11, "Eleven …"),
        ("One, two, three", 11, "One, two …"),
        ("Several\nlines  of\ttext", 40, "Several lines of text"),
        ("Incomprehensibilities", 10, "…"),
        ("A incomprehensibilities", 10, "A …"),
        ("💣 💣 💣 💣", 6, "💣 💣 …"),
    ],
)
def test_a_beginning_ends_with_a_whole_word(text, limit, expected):
    assert beginning(text, limit) == expected


@pytest.mark.parametrize("limit", range(2, 60))
def test_it_is_never_longer_than_asked_and_only_of_words_that_stand_there(limit):
    text = "CBP will provide the group with a draft of the revised recordation guidance."

    found = beginning(text, limit)

    assert len(found) <= limit
    assert set(found.removesuffix("…").split()) <= {*text.split(), "guidance"}
