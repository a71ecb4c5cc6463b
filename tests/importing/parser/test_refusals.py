"""Documents that are no issue paper of the committee, or more than one."""

import pytest

from papers.importing.errors import ImportProblem
from papers.importing.parser import parse
from tests.importing.parser.building import BODY, COMMITTEE, END, HEAD, TITLE, document


def refusal(*blocks):
    with pytest.raises(ImportProblem) as caught:
        parse(document(*blocks))
    return caught.value


def problem(*blocks):
    return refusal(*blocks).code


@pytest.mark.parametrize("line", [3, 4])
def test_two_papers_of_other_groups_or_months_in_one_file_are_refused(line):
    other = list(TITLE)
    other[line] = ("Bond Working Group", "March 2024")[line - 3]

    assert problem(*HEAD, *BODY, *END, *other, HEAD[-1], *BODY, *END) == "several_papers"


def test_the_same_paper_twice_in_one_file_is_refused():
    assert problem(*HEAD, *BODY, *END, *HEAD, *BODY, *END) == "several_papers"


@pytest.mark.parametrize(
    "title",
    [
        ("Air Cargo Security Advisory Committee", *TITLE[1:]),
        ("Customs Advisory Board of the Ports", *TITLE[1:]),
        (TITLE[0], "Executive Summary", *TITLE[2:]),
        (TITLE[0], "Meeting Minutes", *TITLE[2:]),
        (),
    ],
)
def test_papers_of_others_and_other_papers_are_refused(title):
    assert problem(*title, HEAD[-1], *BODY, *END) == "not_an_issue_paper"


def test_a_letter_to_the_committee_is_refused():
    letter = (f"Dear members of the {COMMITTEE},", "We thank you for your work.", "Pat Example")

    assert problem("U.S. Customs and Border Protection", *letter) == "not_an_issue_paper"


def test_more_parts_than_can_be_numbered_are_refused(monkeypatch):
    monkeypatch.setattr("papers.importing.parser.MAX_PARTS", 50)

    assert problem(*HEAD, "Issue:", *(["It waits."] * 51)) == "too_long"
    assert problem(*HEAD, " ".join(["It waits."] * 52)) == "too_long"


def test_two_papers_in_one_file_are_counted_as_two():
    other = (TITLE[1], COMMITTEE, TITLE[2], "Bond Working Group", "March 5, 2025")

    problem = refusal(*HEAD, *BODY, *END, *other, HEAD[-1], *other[2:], *BODY, *END)

    assert (problem.code, problem.detail) == ("several_papers", "2 title blocks")
