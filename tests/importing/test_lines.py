from datetime import date

import pytest

from papers.content import Item, PaperContent, Section, SectionKind
from papers.importing import coverage
from papers.importing.lines import FIELD_LABELS, Home, LineKind, read_lines
from papers.importing.parsed import ParsedPaper, Placement
from papers.importing.parser import parse
from papers.importing.readers import read
from tests.importing.making import make_txt, sample, seed_papers

TEXT = "Sample Group\nStatus\nOne. Two.\nThree.\nDate: May 6, 2024\n3"


def parsed():
    """A title, a heading, two items of two and one sentences, a date, a page number."""
    items = (Item("One. Two.", span=(20, 29)), Item("Three.", span=(30, 36)))
    return ParsedPaper(
        content=PaperContent(
            dated=date(2024, 5, 6),
            sections=(Section(SectionKind.CURRENT_STATUS, "Status", items),),
        ),
        text=TEXT,
        format="txt",
        placements=(
            Placement((0, 12), "working_group"),
            Placement((13, 19), "heading:1"),
            Placement((20, 29), "item:1:1"),
            Placement((30, 36), "item:1:2"),
            Placement((37, 54), "dated"),
            Placement((55, 56), "furniture"),
        ),
    )


def homes():
    return [Home((20, 29), "S1", "r-1"), Home((30, 36), "S2", "r-2")]


def look(given=None, of=None, filled=FIELD_LABELS, changed=None):
    return read_lines(of or parsed(), homes() if given is None else given, filled, changed)


def lost(reading):
    return [[line.text for line in of] for of in reading.loose]


def test_each_sentence_is_a_numbered_line_with_its_place_in_the_record():
    found = [(line.number, line.text, line.homes) for line in look().lines]

    assert found == [
        (1, "Sample Group", (("Group", "r-working_group"),)),
        (0, "Status", ()),
        (2, "One.", (("S1", "r-1"),)),
        (3, "Two.", (("S1", "r-1"),)),
        (4, "Three.", (("S2", "r-2"),)),
        (5, "Date: May 6, 2024", (("Date", "r-dated"),)),
        (6, "3", ()),
    ]


def test_what_no_item_holds_any_more_is_not_placed():
    reading = look([Home((20, 29), "S1", "r-1")])

    assert [line.text for of in reading.loose for line in of] == ["Three."]
    assert (reading.placed, reading.sentences, reading.left_out) == (4, 5, 1)


def test_an_item_that_holds_part_of_a_stretch_leaves_the_rest_without_a_place():
    reading = look([Home((20, 24), "S1", "r-1"), Home((30, 36), "S2", "r-2")])

    assert [line.text for of in reading.loose for line in of] == ["Two."]


def test_a_field_that_was_emptied_has_no_place():
    reading = look(filled={"working_group"})

    lost = [line.text for line in reading.lines if line.kind is LineKind.NOT_PLACED]
    assert lost == ["Date: May 6, 2024"]
    assert reading.left_out == 1


def test_a_remark_has_its_place_while_the_section_keeps_it():
    paper = parse(read(make_txt(sample(sections=(("Next Steps", ()),))), "a.txt"))
    text = paper.text.replace("Next Steps:", "Next Steps:\n\nNone at this time.")
    paper = parse(read(text.encode(), "a.txt"))
    assert paper.content.sections[0].remark == "None at this time."

    place = next(each.span for each in paper.placements if each.where == "remark:1")

    kept = look([Home(place, "Next steps", "r-remark-1", "None at this time.")], paper)
    gone = look([], paper)

    assert kept.left_out == 0
    assert [line.text for of in gone.loose for line in of] == ["None at this time."]


def test_stretches_that_were_read_apart_stay_apart():
    assert [[line.text for line in of] for of in look([]).loose] == [["One.", "Two."], ["Three."]]


def test_the_lines_of_a_range_are_found_by_overlap():
    reading = look()

    assert [line.number for line in reading.overlapping((22, 31))] == [2, 3, 4]
    assert reading.overlapping(None) == []
    assert reading.overlapping((29, 30)) == []


def test_words_that_two_items_hold_lead_to_both():
    reading = look([*homes(), Home((25, 29), "N1", "r-3")])

    assert dict(reading.lines[3].homes) == {"S1": "r-1", "N1": "r-3"}


@pytest.mark.parametrize("name", sorted(seed_papers()))
def test_the_count_is_that_of_the_coverage_check(name):
    paper = parse(read(make_txt(seed_papers()[name]), "a.txt"))
    places = [
        Home(item.span, "x", "x") for section in paper.content.sections for item in section.items
    ]

    reading = look(places, paper)

    proof = coverage.check(paper)
    assert (reading.placed, reading.sentences) == (proof.placed, proof.sentences)
    assert sum(count for _, count in reading.parts) == proof.placed


def test_a_title_on_several_lines_is_one_sentence():
    paper = parse(read(make_txt(sample()), "a.txt"))
    reading = look([], paper)

    title = [line for line in reading.numbered if line.part == "Title block"]
    assert [line.counts for line in title] == [1, 1, 1, 1]
    assert [label for label, _ in title[0].homes] == ["Subcommittee", "Group", "Meeting"]


# What staff changed ----------------------------------------------------------------------------


def test_a_sentence_that_was_cut_out_of_its_item_is_not_placed():
    reading = look([Home((20, 29), "S1", "r-1", "One."), Home((30, 36), "S2", "r-2")])

    assert lost(reading) == [["Two."]]
    assert (reading.placed, reading.sentences) == (4, 5)
    assert [line.homes for line in reading.numbered[1:3]] == [(("S1", "r-1"),), ()]


def test_sentences_that_are_lost_around_one_that_is_kept_are_two_stretches():
    text = "Status\nWhat was one. What was two. What was three."
    end = len(text)
    items = (Item(text[7:], span=(7, end)),)
    paper = ParsedPaper(
        content=PaperContent(sections=(Section(SectionKind.CURRENT_STATUS, "Status", items),)),
        text=text,
        format="txt",
        placements=(Placement((0, 6), "heading:1"), Placement((7, end), "item:1:1")),
    )

    reading = look([Home((7, end), "S1", "r-1", "What was two.")], paper)

    assert lost(reading) == [["What was one."], ["What was three."]]


LONGER = "Status\nNobody had turned that page. It was the last one of all."


def longer():
    items = (Item(LONGER[7:], span=(7, len(LONGER))),)
    return ParsedPaper(
        content=PaperContent(sections=(Section(SectionKind.CURRENT_STATUS, "Status", items),)),
        text=LONGER,
        format="txt",
        placements=(Placement((0, 6), "heading:1"), Placement((7, len(LONGER)), "item:1:1")),
    )


def test_a_sentence_typed_elsewhere_in_full_is_placed_there():
    shorter = Home((7, len(LONGER)), "S1", "r-1", "Nobody had turned that page.")
    typed = Home(None, "N1", "r-2", "And so: it was the last one of all.")

    assert lost(look([shorter], longer())) == [["It was the last one of all."]]
    assert lost(look([shorter, typed], longer())) == []
    assert look([shorter, typed], longer()).numbered[1].homes == (("N1", "r-2"),)


def test_a_sentence_parted_between_two_items_is_placed_in_both():
    first = Home((7, len(LONGER)), "S1", "r-1", "Nobody had turned that page. It was the last")
    second = Home((36, len(LONGER)), "S2", "r-2", "one of all")

    reading = look([first, second], longer())

    assert lost(reading) == []
    assert reading.numbered[1].homes == (("S1", "r-1"), ("S2", "r-2"))


def test_words_cut_out_of_a_remark_are_not_placed():
    text = "Status\nNone at this time. See the next paper."
    section = Section(SectionKind.CURRENT_STATUS, "Status", remark=text[7:])
    paper = ParsedPaper(
        content=PaperContent(sections=(section,)),
        text=text,
        format="txt",
        placements=(Placement((0, 6), "heading:1"), Placement((7, 46), "remark:1")),
    )

    reading = look([Home((7, 46), "Current status", "r-remark-1", "None at this time.")], paper)

    assert lost(reading) == [["See the next paper."]]


def test_a_field_that_says_something_else_has_no_place_for_its_line():
    kept = look(changed={"working_group": ("Sample Group", "Sample Groups")})
    gone = look(changed={"working_group": ("Sample Group", "Trade Group")})

    assert lost(kept) == []
    assert lost(gone) == [["Sample Group"]]
