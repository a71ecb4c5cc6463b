"""Headings within a section: by their level, by their number, or by where they stand."""

import pytest

from papers.content import SectionKind
from papers.importing.coverage import check
from papers.importing.parser import parse
from tests.importing.parser.building import BODY, bold, bullet, heading, whole

STATUS, ISSUE = SectionKind.CURRENT_STATUS, SectionKind.ISSUE


def read(*body):
    paper = parse(whole(body=body))
    assert check(paper).problems == ()
    return paper


def texts(paper, kind):
    return [item.text for item in paper.content.items(kind)]


def codes(paper):
    return [finding.full_code for finding in paper.findings]


@pytest.mark.parametrize(
    ("sections", "parts"),
    [
        (("1. Background", "2. Current Status", "3. Next Steps"), ("2.1 Exam", "2.2. Courses")),
        (("Background", "Current Status", "Next Steps"), ("Exam", "Recommendations")),
        (("Background", "Current Status", "Next Steps"), ("Exam", "Background")),
    ],
)
def test_a_deeper_heading_is_an_item_of_the_section_above_it(sections, parts):
    level = 0 if parts[0][0].isdigit() else 1
    first, second, third = map(heading, sections)

    paper = read(
        *(first, "It began.", "Issue:", "None."),
        *(second, heading(parts[0], level=level), "It is held.", "So it is."),
        *(heading(parts[1], level=level), bullet("Some are free."), third, "Vote."),
    )

    assert texts(paper, STATUS) == [
        *(parts[0], "It is held.", "So it is."),
        *(parts[1], "Some are free."),
    ]
    assert len(paper.content.sections) == 4
    assert codes(paper) == []


@pytest.mark.parametrize("dressed", [heading, bold])
def test_a_heading_in_place_of_a_sections_words_divides_it_and_is_told(dressed):
    first, second, third = map(dressed, ("Background", "Current Status", "Next Steps"))

    paper = read(
        *(first, "It began.", dressed("Issue"), dressed("None")),
        *(second, dressed("Exam"), "It is held.", dressed("Courses"), "Some are free."),
        *(third, "Vote."),
    )

    assert texts(paper, STATUS) == ["Exam", "It is held.", "Courses", "Some are free."]
    assert paper.content.section(ISSUE).remark == "None"
    assert codes(paper) == ["heading_as_item"] * 2
    assert [finding.detail for finding in paper.findings] == ["Exam", "Courses"]


def test_an_unknown_heading_below_words_of_the_section_ends_it():
    body = tuple(heading(each) if isinstance(each, str) else each for each in BODY)

    paper = read(*body[:6], heading("Questions"), "Why?", *body[6:])

    assert texts(paper, STATUS) == ["Two meetings were held."]
    assert codes(paper) == ["unknown_section:Questions"]


def test_a_usual_other_section_below_an_empty_one_is_none_of_its_parts():
    paper = read(*BODY[:4], "Current Status:", "Recommendations:", "Count.", *BODY[6:])

    assert paper.content.section(STATUS).items == ()
    assert codes(paper) == ["unknown_section:Recommendations"]
