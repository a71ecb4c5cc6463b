"""Who submitted a paper, from where and when: the last lines in the forms that offices print."""

from datetime import date

import pytest

from papers.content import SectionKind
from papers.importing.coverage import check
from papers.importing.parser import parse
from papers.importing.signoff import submitters
from tests.importing.parser.building import BODY, END, bold, bullet, whole

DATE = "Date: May 2, 2024"


def read(*end, body=BODY):
    paper = parse(whole(body=body, end=end))
    assert check(paper).problems == ()
    return paper


def codes(paper):
    return [finding.full_code for finding in paper.findings]


@pytest.mark.parametrize(
    ("lines", "office"),
    [
        (("Cargo and Conveyance Security",), "Cargo and Conveyance Security"),
        (
            ("Cargo and Conveyance Security", "Office of Field Operations"),
            "Cargo and Conveyance Security, Office of Field Operations",
        ),
        (("CTPAT, Office of Field Operations",), "CTPAT, Office of Field Operations"),
        (("Cargo and Conveyance Security, OFO",), "Cargo and Conveyance Security, OFO"),
        (
            ("Office of Trade, Regulations and Rulings", "Cargo Security Branch"),
            "Office of Trade, Regulations and Rulings, Cargo Security Branch",
        ),
    ],
)
def test_lines_between_the_name_and_the_date_are_its_office(lines, office):
    paper = read("Submitted by: Pat Example", *lines, DATE)

    content = paper.content
    assert (content.submitted_by, content.submitter_office) == ("Pat Example", office)
    assert (content.dated, codes(paper)) == (date(2024, 5, 2), [])


@pytest.mark.parametrize(
    "line",
    [
        "Attachments",
        "Enclosure: Draft Rules",
        "QUESTIONS FOR THE TRADE",
        bold("Questions for the Trade"),
        bullet("Cargo Security"),
        "It was sent to the ports.",
    ],
)
def test_what_is_no_name_below_the_submitters_is_not_taken_for_their_office(line):
    paper = read("Submitted by: Pat Example, Office of Trade", line, DATE)

    assert paper.content.submitter_office == "Office of Trade"
    assert len(codes(paper)) == 1


def test_behind_the_date_a_name_is_no_office_any_more():
    paper = read(*END, "Maps and Tables")

    assert paper.content.submitter_office == "Office of Trade"
    assert codes(paper) == ["not_placed"]


@pytest.mark.parametrize(
    "end",
    [
        ("SUBMITTED BY: Pat Example, Office of Trade DATE: 2-MAY-2024",),
        ("Submitted by Pat Example (Office of Trade) on May 2, 2024",),
        ("Submitted by: Pat Example, Office of Trade. Date: May 2nd, 2024.",),
        ("Submitted by: Pat Example | Office of Trade | May 2, 2024",),
        ("Submitted jointly by: Pat Example, Office of Trade", DATE),
        ("Respectfully submitted by: Pat Example, Office of Trade", DATE),
        ("Submitted by: Pat Example, Office of Trade", "As of: May 2, 2024"),
        (bullet("It is well. SUBMITTED BY: Pat Example, Office of Trade"), DATE),
    ],
)
def test_marks_capitals_and_adverbs_leave_name_office_and_date_what_they_are(end):
    paper = read(*end)

    content = paper.content
    assert (content.submitted_by, content.submitter_office) == ("Pat Example", "Office of Trade")
    assert (content.dated, codes(paper)) == (date(2024, 5, 2), [])


def test_two_people_above_their_office_are_two_people():
    paper = read("Submitted by: Pat Example and Paul van der Roe", "CTPAT, Office of Trade", DATE)

    content = paper.content
    assert content.submitted_by == "Pat Example; Paul van der Roe"
    assert content.submitter_office == "CTPAT, Office of Trade"
    assert codes(paper) == ["multiple_submitters"]


@pytest.mark.parametrize(
    ("words", "names", "offices"),
    [
        ("Pat Example / Kim Roe, Office of Trade", ["Pat Example", "Kim Roe"], ["Office of Trade"]),
        ("Pat Example | Office of Trade", ["Pat Example"], ["Office of Trade"]),
        ("Pat Example, OT/TPP/FOD", ["Pat Example"], ["OT/TPP/FOD"]),
        ("Pat Example, Office of Trade / Policy", ["Pat Example"], ["Office of Trade / Policy"]),
        (
            "Pat Example, IPR Branch; Regulations and Rulings (Kim Roe)",
            ["Pat Example", "Kim Roe"],
            ["IPR Branch", "Regulations and Rulings"],
        ),
        ("Pat Example (Rulings), Washington", ["Pat Example"], ["Rulings, Washington"]),
        ("Pat Example, Office of Trade (OT)", ["Pat Example"], ["Office of Trade (OT)"]),
        ("Pat Example, Widgets Inc.", ["Pat Example"], ["Widgets Inc."]),
        (
            "Pat Example, Branch Chief\nE-Commerce Branch",
            ["Pat Example"],
            ["Branch Chief, E-Commerce Branch"],
        ),
        (
            "Pat Example, a long division of the Office of Cargo and Conveyance\nSecurity",
            ["Pat Example"],
            ["a long division of the Office of Cargo and Conveyance Security"],
        ),
    ],
)
def test_people_and_offices_are_told_apart_by_what_divides_them(words, names, offices):
    found = submitters(words)

    assert (list(found.names), list(found.offices)) == (names, offices)


def test_a_section_may_say_as_of_when_it_holds():
    body = (*BODY[:5], "As of: May 2, 2024", *BODY[5:])

    paper = read(*END, body=body)

    items = paper.content.items(SectionKind.CURRENT_STATUS)
    assert [item.text for item in items] == ["As of: May 2, 2024", "Two meetings were held."]
