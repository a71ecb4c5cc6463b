"""The proof catches every way in which a paper could lose, double, move or change words."""

from dataclasses import replace

import pytest

from papers.content import SectionKind
from papers.importing.coverage import check
from papers.importing.parsed import Placement
from papers.importing.parser import parse
from tests.importing.parser.building import END, HEAD, document, row, whole


@pytest.fixture
def paper():
    return parse(whole())


def without(paper, where):
    placements = tuple(each for each in paper.placements if each.where != where)
    return replace(paper, placements=placements)


def with_section(paper, number, **changes):
    sections = list(paper.content.sections)
    sections[number - 1] = replace(sections[number - 1], **changes)
    return replace(paper, content=replace(paper.content, sections=tuple(sections)))


def test_a_sound_paper_has_no_problem(paper):
    coverage = check(paper)

    assert coverage.holds
    assert str(coverage) == "9 of 9 sentences placed"


@pytest.mark.parametrize(
    "where", ["furniture", "working_group", "pub_number", "dated", "heading:2", "item:3:1"]
)
def test_a_lost_placement_is_a_problem_and_an_unplaced_sentence(paper, where):
    coverage = check(without(paper, where))

    assert not coverage.holds
    assert coverage.unplaced


def test_a_word_lost_within_a_placement_is_a_problem(paper):
    first = paper.placements[0]
    cut = replace(first, span=(first.span[0] + 11, first.span[1]))

    coverage = check(replace(paper, placements=(cut, *paper.placements[1:])))

    assert any("Commercial" in problem for problem in coverage.problems)


def test_words_placed_twice_are_a_problem(paper):
    twice = Placement(paper.placements[-1].span, "furniture")

    coverage = check(replace(paper, placements=(*paper.placements, twice)))

    assert any("placed twice" in problem for problem in coverage.problems)


def test_a_changed_word_of_an_item_is_a_problem(paper):
    item = replace(paper.content.sections[1].items[0], text="Cargo moves.")

    assert not check(with_section(paper, 2, items=(item,))).holds


def test_a_changed_heading_is_a_problem(paper):
    assert not check(with_section(paper, 1, heading="Foreground")).holds


def test_a_remark_that_is_not_printed_is_a_problem(paper):
    assert not check(with_section(paper, 2, items=(), remark="None.")).holds


def test_items_out_of_order_are_a_problem(paper):
    sections = paper.content.sections
    turned = replace(paper, content=replace(paper.content, sections=sections[::-1]))

    assert not check(turned).holds


def test_a_placement_outside_the_text_or_of_an_unknown_part_is_a_problem(paper):
    beyond = Placement((len(paper.text), len(paper.text) + 4), "furniture")
    unknown = [replace(paper.placements[-1], where=where) for where in ("item:9:1", "elsewhere")]

    assert not check(replace(paper, placements=(*paper.placements, beyond))).holds
    for each in unknown:
        assert not check(replace(paper, placements=(*paper.placements[:-1], each))).holds


def test_a_sentence_without_home_and_without_finding_is_a_problem():
    paper = parse(whole(end=(*END, "Nobody reads this. Nor this.")))

    told, silent = check(paper), check(replace(paper, findings=paper.findings[:-1]))

    assert told.holds
    assert (told.placed, told.sentences, len(told.unplaced)) == (9, 11, 2)
    assert not silent.holds


@pytest.mark.parametrize("nothing", ["-", "**", "…", "?"])
def test_a_mark_alone_beside_a_heading_in_a_table_says_nothing_and_spoils_nothing(nothing):
    # "Background | -" is how an empty section looks in a paper that is set as a table.
    paper = parse(document(*HEAD, row("Background", nothing), row("Issue", "Cargo waits.")))

    assert check(paper).problems == ()
    assert paper.content.section(SectionKind.BACKGROUND).items == ()
    assert [it.text for it in paper.content.items(SectionKind.ISSUE)] == ["Cargo waits."]
