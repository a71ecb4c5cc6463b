"""What one paper says: numbers of items, absent sections, and "the same words"."""

import itertools
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.content import (
    MAX_LEVEL,
    SECTION_LABELS,
    SECTION_LETTERS,
    USUAL_SECTIONS,
    Item,
    PaperContent,
    Section,
    SectionKind,
    item_numbers,
    plain_words,
    says_the_same,
)

BACKGROUND, ISSUE, STATUS, NEXT_STEPS, OTHER = SectionKind


@pytest.mark.parametrize(
    ("levels", "numbers"),
    [
        ([], []),
        ([0], ["S1"]),
        ([0, 0, 0], ["S1", "S2", "S3"]),
        ([0, 1, 1, 0], ["S1", "S1.1", "S1.2", "S2"]),
        ([0, 1, 0, 1], ["S1", "S1.1", "S2", "S2.1"]),
        ([0, 1, 2, 3], ["S1", "S1.1", "S1.1.1", "S1.1.1.1"]),
        ([0, 1, 2, 0, 1], ["S1", "S1.1", "S1.1.1", "S2", "S2.1"]),
        ([0, 2], ["S1", "S1.0.1"]),
        ([0, 2, 1], ["S1", "S1.0.1", "S1.1"]),
        ([0, 2, 1, 2], ["S1", "S1.0.1", "S1.1", "S1.1.1"]),
        ([1], ["S0.1"]),
        ([1, 0], ["S0.1", "S1"]),
        ([1, 1, 0, 1], ["S0.1", "S0.2", "S1", "S1.1"]),
        ([3, 0], ["S0.0.0.1", "S1"]),
    ],
)
def test_items_are_numbered_by_their_place_and_level(levels, numbers):
    assert list(item_numbers("S", levels)) == numbers


LEVELS = st.lists(st.integers(0, MAX_LEVEL), max_size=40)


@settings(max_examples=1_000, deadline=None, print_blob=True)
@given(LEVELS)
def test_no_number_is_given_twice(levels):
    numbers = list(item_numbers("N", levels))

    assert len(numbers) == len(levels)
    assert len(set(numbers)) == len(numbers)


@settings(max_examples=300, deadline=None, print_blob=True)
@given(LEVELS, LEVELS)
def test_a_number_depends_on_the_items_before_it_alone(levels, more):
    before = list(item_numbers("N", levels))

    assert list(item_numbers("N", levels + more))[: len(levels)] == before


@settings(max_examples=300, deadline=None, print_blob=True)
@given(LEVELS)
def test_a_number_shows_the_level_of_its_item(levels):
    for number, level in zip(item_numbers("N", levels), levels, strict=True):
        assert number.count(".") == level


def test_each_section_has_a_letter_of_its_own():
    assert set(SECTION_LETTERS) == set(SECTION_LABELS) == set(SectionKind)
    assert len(set(SECTION_LETTERS.values())) == len(SectionKind)


@pytest.mark.parametrize(
    "present",
    [
        kinds
        for size in range(len(USUAL_SECTIONS) + 1)
        for kinds in itertools.combinations(USUAL_SECTIONS, size)
    ],
    ids=lambda kinds: "+".join(kinds) or "none",
)
def test_a_usual_section_that_is_not_printed_is_absent(present):
    content = PaperContent(sections=tuple(Section(kind) for kind in present))

    assert set(content.absent_sections) == set(USUAL_SECTIONS) - set(present)
    assert list(content.absent_sections) == sorted(
        content.absent_sections, key=list(SectionKind).index
    )


def test_an_empty_section_is_not_absent():
    content = PaperContent(sections=(Section(NEXT_STEPS, remark="None at this time."),))

    assert NEXT_STEPS not in content.absent_sections
    assert content.items(NEXT_STEPS) == ()


def test_another_section_stands_for_no_usual_one():
    content = PaperContent(sections=(Section(OTHER, heading="Statement of Work"),))

    assert content.absent_sections == USUAL_SECTIONS


def test_a_section_is_found_by_its_kind():
    items = (Item("Meet."), Item("Again.", level=1))
    content = PaperContent(
        dated=date(2024, 8, 1), sections=(Section(ISSUE), Section(STATUS, items=items))
    )

    assert content.items(STATUS) == items
    assert content.section(ISSUE) == Section(ISSUE)
    assert content.section(BACKGROUND) is None


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("The group met twice.", "The group met twice."),
        ("The group met twice.", "The group  met\ntwice."),
        ("The group met twice.", "The\u00a0group met\r\n\ttwice. "),
        ("The group met twice.", "The group \u200bmet twice.\ufeff"),
        ("stakeholders agreed", "stake-\nholders agreed"),
        ("stakeholders agreed", "stake-\n   holders agreed"),
        ("follow-up with CBP", "follow-\nup with CBP"),
        ("See the website.", "See the [website](https://www.cbp.gov)."),
        ("See the website.", "See the [website]()."),
    ],
)  # fmt: skip
def test_the_same_words_are_the_same_however_they_are_wrapped(text, printed):
    assert says_the_same(text, printed)
    assert says_the_same(printed, text)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("The group met twice.", "The group met thrice."),
        ("The group met twice.", "The group met twice"),
        ("The group met twice.", "the group met twice."),
        ("“as is”", '"as is"'),
        ("5-10 groups", "5–10 groups"),
        ("See the website.", "See the [site](https://www.cbp.gov)."),
        ("fi", "ﬁ"),
        ("", "A."),
    ],
)
def test_one_changed_letter_or_mark_is_another_text(text, printed):
    assert not says_the_same(text, printed)


@settings(max_examples=300, deadline=None, print_blob=True)
@given(st.text())
def test_levelled_words_are_levelled_once_and_for_all(text):
    assert says_the_same(text, text)
    assert not any(mark.isspace() for mark in plain_words(text))
