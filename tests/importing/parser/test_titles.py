"""Title blocks in which a name has company: terms, places, marks, narrow pages, another title."""

import pytest

from papers.importing.coverage import check
from papers.importing.parser import parse
from tests.importing.parser.building import (
    BODY,
    COMMITTEE,
    END,
    HEAD,
    TITLE,
    bold,
    document,
    furniture,
    heading,
    whole,
)

STL = "Secure Trade Lanes Subcommittee"


def read(head, body=BODY):
    paper = parse(whole(head=head, body=body))
    assert check(paper).problems == ()
    return paper


def codes(paper):
    return [finding.full_code for finding in paper.findings]


@pytest.mark.parametrize(
    "name",
    [
        "Sample Working Group (Sample WG)",
        "Cross-Border Working Group (CBR WG)",
        "Sample Work-Group",
        "Working Group on Samples",
    ],
)
@pytest.mark.parametrize("on_one_line", [True, False])
def test_a_group_is_known_by_more_endings_and_by_its_beginning(name, on_one_line):
    is_run_together = on_one_line and name.rpartition(" ")[2] != "Samples"
    lines = (COMMITTEE, "Government Issue Paper", STL, name, "June 2024")
    title = (" ".join(lines),) if is_run_together else lines

    paper = read((*title, *HEAD[5:]))

    assert (paper.content.group, paper.content.subcommittee) == (name, STL)
    assert codes(paper) == []


@pytest.mark.parametrize(
    "title",
    [
        (TITLE[1], "COAC 17th Term", *TITLE[2:]),
        (*TITLE[:3], "Sample Working Group Update", TITLE[4]),
        (*TITLE, "Washington, DC"),
        (*TITLE[:4], "Quarterly Public Meeting, Wednesday, June 26th, 2024", "Long Beach, CA"),
    ],
)
def test_term_place_and_the_word_update_are_no_office(title):
    paper = read((*title, *HEAD[5:]))

    assert (paper.content.office, paper.content.group) == ("", TITLE[3])
    assert paper.meeting == (2024, 6)
    assert codes(paper) == []


@pytest.mark.parametrize("mark", ["DRAFT", "[Final Draft]", "UNCLASSIFIED//FOR PUBLIC RELEASE"])
@pytest.mark.parametrize("dressed", [str, furniture])
def test_a_mark_above_the_title_is_told_once_and_stands_in_nobodys_way(mark, dressed):
    line = dressed(mark)

    paper = read((line, *HEAD), body=(*BODY[:2], furniture(mark), *BODY[2:]))

    assert [(each.full_code, each.weight.value) for each in paper.findings] == [("marked", "nod")]
    assert paper.findings[0].detail == mark


def test_a_heading_that_names_a_term_is_no_repeated_title():
    paper = read(HEAD, body=(*BODY[:2], "17th Term", *BODY[2:]))

    assert paper.content.sections[0].items[-1].text == "17th Term"


def test_a_title_wrapped_on_every_line_is_whole():
    lines = (
        "Commercial Customs Operations",
        "Advisory Committee",
        "Government Issue",
        "Paper",
        "Secure Trade Lanes",
        "Subcommittee",
        "Pipelines and",
        "Sample Working",
        "Group",
        "June",
        "2024",
    )

    paper = read((*lines, *HEAD[5:]))

    assert paper.content.group == "Pipelines and Sample Working Group"
    assert (paper.content.subcommittee, paper.meeting) == (STL, (2024, 6))
    assert codes(paper) == []


def test_a_line_of_the_title_that_looks_like_a_heading_is_still_of_the_title():
    lines = ("Commercial Customs Operations", "Advisory Committee Government Issue", "Paper")

    paper = read(("COAC Issue Paper", *map(bold, (*lines, *TITLE[2:4])), TITLE[4], *HEAD[5:]))

    assert (paper.content.group, paper.meeting) == (TITLE[3], (2024, 6))
    assert codes(paper) == []


def test_a_title_goes_on_below_a_line_that_is_none_of_it():
    paper = read((TITLE[1], heading("author: Pat Example"), *map(heading, TITLE), *HEAD[5:]))

    assert (paper.content.group, paper.content.subcommittee) == (TITLE[3], STL)
    assert codes(paper) == ["not_placed"]


def test_a_title_goes_on_below_a_section_that_the_paper_does_not_begin_with():
    blocks = (*TITLE[:2], heading("Summary"), "It is good.", *TITLE[2:], *HEAD[5:], *BODY, *END)

    paper = parse(document(*blocks))

    assert (paper.content.group, paper.meeting) == (TITLE[3], (2024, 6))


@pytest.mark.parametrize("page", ["1", "Page 2 of 3", ""])
def test_a_running_head_with_a_page_number_tells_the_month_that_no_title_prints(page):
    line = furniture(f"{COMMITTEE} - June 2024 - {page}".rstrip(" -"))

    paper = read((*TITLE[:4], *HEAD[5:]), body=(*BODY, line))

    assert paper.meeting == (2024, 6)
    assert codes(paper) == []
