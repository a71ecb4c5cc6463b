"""Quotes of long items: whole words, never longer than asked, and around what changed."""

import pytest

from papers.comparison import compare
from papers.quotes import SPACE, beginning, cut_diff, ending, quoted_parts
from papers.words import Op, Segment, word_diff
from tests.comparison.papers import make_content

LONG = "The members heard from two ports how officers handle entries that are held at night. " * 3


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
    assert beginning(text, limit).replace(SPACE, " ") == expected


@pytest.mark.parametrize("limit", range(2, 60))
def test_it_is_never_longer_than_asked_and_only_of_words_that_stand_there(limit):
    text = "CBP will provide the group with a draft of the revised recordation guidance."

    found = beginning(text, limit)

    assert len(found) <= limit
    assert set(found.removesuffix("…").split()) <= {*text.split(), "guidance"}


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("", 10, ""),
        ("Short.", 10, "Short."),
        ("Eleven sign.", 11, "… sign."),
        ("Several\nlines  of\ttext", 11, "… of text"),
        ("Incomprehensibilities", 10, "…"),
    ],
)
def test_an_ending_begins_with_a_whole_word(text, limit, expected):
    assert ending(text, limit).replace(SPACE, " ") == expected


def test_the_sign_for_words_left_out_never_stands_alone_on_a_line():
    assert beginning("Eleven sign.", 11) == "Eleven\N{NO-BREAK SPACE}…"
    assert ending("Eleven sign.", 11) == "…\N{NO-BREAK SPACE}sign."


def as_marked(older, newer, limit):
    marks = {Op.SAME: "{}", Op.ADDED: "+{}+", Op.REMOVED: "-{}-"}
    found = cut_diff(word_diff(older, newer), limit)
    return " ".join(marks[it.op].format(it.words) for it in found).replace(SPACE, " ")


def test_a_short_diff_is_whole():
    assert as_marked("A rule is being considered.", "A rule is no longer considered.", 80) == (
        "A rule is -being- +no longer+ considered."
    )


def test_a_denial_at_the_end_of_a_long_item_is_seen():
    found = as_marked(f"{LONG}A rule is being considered.", f"{LONG}No rule is considered.", 90)

    assert found == "… are held at night. -A- +No+ rule is -being- considered."


def test_a_change_is_seen_whatever_stands_before_it_and_between_two_the_middle_is_left_out():
    found = as_marked(f"Four ports. {LONG} In May 2024.", f"Five ports. {LONG} In June 2024.", 120)

    assert found == "-Four- +Five+ ports. The … at night. In -May- +June+ 2024."


def test_long_removed_words_leave_room_for_those_in_their_place():
    found = as_marked(f"CBP said: {LONG}", "CBP said: nothing at all.", 80)

    assert found == "CBP said: -The members heard …- +nothing at all.+"


@pytest.mark.parametrize("limit", range(24, 400, 7))
@pytest.mark.parametrize(
    ("older", "newer"),
    [
        (f"{LONG}A rule is being considered. {LONG}", f"{LONG}No rule is considered. {LONG}"),
        (LONG, "Nothing of this is in the paper, which tells at length of another matter. " * 3),
        (f"Four {LONG}", f"Five {LONG}"),
        ("x" * 500, "y" * 500),
    ],
)
def test_a_diff_is_never_longer_than_asked_and_shows_a_change(older, newer, limit):
    found = cut_diff(word_diff(older, newer), limit)

    assert len(" ".join(it.words for it in found)) <= limit
    quoted = {word.rstrip(".,") for it in found for word in it.words.split()}
    assert quoted <= {"…"} | {word.rstrip(".,") for word in f"{older} {newer}".split()}
    if len(older) != 500:
        assert any(it.op is not Op.SAME for it in found)


def test_where_nothing_changed_the_beginning_is_quoted():
    whole = Segment(Op.SAME, "One two three four")
    assert cut_diff([whole], 9) == [Segment(Op.SAME, f"One{SPACE}…")]
    assert cut_diff([], 10) == []


def test_a_word_that_no_part_of_a_split_has_is_quoted_as_removed():
    whole = "CBP will not extend the test beyond August, and it will publish a notice on the test."
    parts = ["CBP will extend the test beyond August.", "CBP will publish a notice on the test."]
    changes = compare(make_content([whole]), make_content(parts))

    found = [quoted_parts(it, 200) for it in changes.items]

    removed = [[part.words for part in it if part.op is Op.REMOVED] for it in found]
    assert removed == [["not"], ["and it"]]
