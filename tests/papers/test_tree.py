"""A flat run of items becomes nested lists in which nothing is lost, moved or doubled."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.comparison import Place
from papers.content import MAX_LEVEL, Item, Link, PaperContent, Section, SectionKind
from papers.tree import Node, every_node, section_trees


def numbered_tree(kind, items):
    """The items as the only section of a paper."""
    [nodes] = section_trees(PaperContent(sections=(Section(kind, items=tuple(items)),)))
    return nodes


def node_of(item):
    return Node("S1", item, Place(SectionKind.CURRENT_STATUS, 1))


def shape(nodes):
    """The tree as nested lists of texts."""
    return [[node.item.text, *shape(node.below)] for node in nodes]


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ([], []),
        ([0], [["0"]]),
        ([0, 0], [["0"], ["1"]]),
        ([0, 1, 1, 0], [["0", ["1"], ["2"]], ["3"]]),
        ([0, 1, 2, 3], [["0", ["1", ["2", ["3"]]]]]),
        ([0, 1, 2, 0, 1], [["0", ["1", ["2"]]], ["3", ["4"]]]),
        ([0, 2, 1], [["0", ["1"], ["2"]]]),
        ([2, 1, 0], [["0"], ["1"], ["2"]]),
        ([1, 1, 0, 1], [["0"], ["1"], ["2", ["3"]]]),
        ([0, 3, 1, 3], [["0", ["1"], ["2", ["3"]]]]),
    ],
)
def test_an_item_stands_below_the_last_one_of_a_lower_level(levels, expected):
    items = [Item(str(place), level) for place, level in enumerate(levels)]

    assert shape(numbered_tree(SectionKind.ISSUE, items)) == expected


LEVELS = st.lists(st.integers(0, MAX_LEVEL), max_size=40)


@settings(max_examples=1_000, deadline=None, print_blob=True)
@given(LEVELS)
def test_order_is_kept_and_each_item_stands_once(levels):
    items = [Item(str(place), level) for place, level in enumerate(levels)]

    nodes = list(every_node(numbered_tree(SectionKind.NEXT_STEPS, items)))

    assert [node.item for node in nodes] == items
    assert len({node.anchor for node in nodes}) == len(items)


@settings(max_examples=1_000, deadline=None, print_blob=True)
@given(LEVELS)
def test_what_stands_below_has_a_higher_level_and_neighbours_never_rise(levels):
    items = [Item(str(place), level) for place, level in enumerate(levels)]
    roots = numbered_tree(SectionKind.NEXT_STEPS, items)

    for node in every_node(roots):
        assert all(child.item.level > node.item.level for child in node.below)
    for siblings in (roots, *(node.below for node in every_node(roots))):
        assert all(one.item.level >= two.item.level for one, two in pairwise(siblings))


def test_numbers_carry_the_letter_of_the_section_and_anchors_are_lower_case():
    items = [Item("One"), Item("Two", 1), Item("Three")]

    [first, last] = numbered_tree(SectionKind.CURRENT_STATUS, items)

    assert [first.number, first.below[0].number, last.number] == ["S1", "S1.1", "S2"]
    assert first.below[0].anchor == "s1.1"


def test_the_items_of_all_other_sections_are_counted_through():
    kinds = [(SectionKind.OTHER, "One"), (SectionKind.ISSUE, ""), (SectionKind.OTHER, "Two")]
    sections = tuple(Section(kind, title, (Item("a"), Item("b", 1))) for kind, title in kinds)

    trees = section_trees(PaperContent(sections=sections))

    assert [[it.number for it in every_node(nodes)] for nodes in trees] == [
        ["X1", "X1.1"],
        ["I1", "I1.1"],
        ["X2", "X2.1"],
    ]
    assert [it.place.position for it in every_node(trees[2])] == [1, 2]


@pytest.mark.parametrize(
    ("links", "parts"),
    [
        ([], [("See the site and the rule.", "")]),
        (
            [Link("the site", "https://a.example")],
            [("See ", ""), ("the site", "https://a.example"), (" and the rule.", "")],
        ),
        (
            [Link("the site", "https://a.example"), Link("the rule", "https://b.example")],
            [
                ("See ", ""),
                ("the site", "https://a.example"),
                (" and ", ""),
                ("the rule", "https://b.example"),
                (".", ""),
            ],
        ),
        ([Link("the site", "")], [("See the site and the rule.", "")]),
        ([Link("", "https://a.example")], [("See the site and the rule.", "")]),
        ([Link("elsewhere", "https://a.example")], [("See the site and the rule.", "")]),
        (
            [Link("See the site and the rule.", "https://a.example")],
            [("See the site and the rule.", "https://a.example")],
        ),
    ],
)
def test_the_text_is_cut_at_its_links(links, parts):
    node = node_of(Item("See the site and the rule.", links=tuple(links)))

    assert node.parts == parts


WORDS = st.text("abc ", max_size=4)
LINKS = st.lists(st.builds(Link, WORDS, st.sampled_from(["", "https://a.example"])), max_size=4)


@settings(max_examples=1_000, deadline=None, print_blob=True)
@given(st.text("abc ", max_size=20), LINKS)
def test_no_word_is_lost_or_changed_by_links_that_overlap_repeat_or_miss(text, links):
    parts = node_of(Item(text, links=tuple(links))).parts

    assert "".join(words for words, _ in parts) == text
    assert all(words for words, _ in parts)
    assert {target for _, target in parts} <= {"", "https://a.example"}
