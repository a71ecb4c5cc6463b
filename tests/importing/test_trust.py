"""What a child that a document has taken over may say, and what is believed of it (S19)."""

from dataclasses import replace
from datetime import date

import pytest

from papers.importing import reading as module
from papers.importing.parsed import ParsedPaper, Placement
from papers.importing.parser import parse
from papers.importing.readers import read
from papers.importing.reading import read as read_file
from papers.importing.trust import check_paper
from tests.importing.making import make_txt, sample

PAPER = parse(read(make_txt(sample()), "sample.txt"))


def with_level(level):
    section = PAPER.content.sections[0]
    item = replace(section.items[0], level=level)
    section = replace(section, items=(item, *section.items[1:]))
    return replace(PAPER, content=replace(PAPER.content, sections=(section,)))


LIES = {
    "a thirteenth month": replace(PAPER, meeting=(2024, 13)),
    "month nought": replace(PAPER, meeting=(2024, 0)),
    "a year before all": replace(PAPER, meeting=(1899, 6)),
    "a year after all": replace(PAPER, meeting=(9999, 6)),
    "a date of the middle ages": replace(
        PAPER, content=replace(PAPER.content, dated=date(1215, 6, 15))
    ),
    "a level too deep": with_level(4),
    "a level below nought": with_level(-1),
    "half of a pair": replace(PAPER, meeting_as_printed="\ud800"),
}


def test_what_the_parser_gives_is_believed():
    check_paper(PAPER)
    check_paper(replace(PAPER, meeting=(1988, 1)))
    check_paper(replace(PAPER, meeting=(2099, 12)))


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_what_no_reading_gives_is_not_believed(lie):
    # As it comes through the pipe.
    told = ParsedPaper.from_json(lie.to_json())

    with pytest.raises((TypeError, ValueError)):
        check_paper(told)


# S19
def test_a_paper_that_breaks_the_counting_of_its_sentences_is_an_ordinary_failure(
    tmp_path, monkeypatch
):
    lie = replace(PAPER, placements=(Placement((0, 5), f"item:1:{'9' * 5000}"),))
    check_paper(lie)
    monkeypatch.setattr(module, "read_in_child", lambda path, name: lie)
    path = tmp_path / "a.txt"
    path.write_bytes(b"anything")

    found = read_file(path)

    assert found.parsed is None
    assert found.problem.code == "reader_died"
