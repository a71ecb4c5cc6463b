"""Dates, sentences, headings, names and tenses, each by itself."""

from datetime import date

import pytest

from papers.content import SectionKind
from papers.importing.dates import find_day, find_month, read_day
from papers.importing.headings import distance, heading_by_form, known_heading, opening_heading
from papers.importing.pieces import Piece
from papers.importing.remarks import is_remark
from papers.importing.sentences import sentences
from papers.importing.signoff import submitters
from papers.importing.tense import future_sentence, past_sentence
from papers.importing.titleblock import same_name
from tests.importing.parser.building import bold, bullet, document, heading


def piece(block):
    source = document(block)
    return Piece(source, source.blocks[0])


@pytest.mark.parametrize(
    "printed",
    [
        "August 15, 2024",
        "Aug. 15, 2024",
        "AUGUST 15 2024",
        "August 15th, 2024",
        "15 August 2024",
        "15th of August, 2024",
        "15-Aug-2024",
        "Aug 15, '24",
        "8/15/2024",
        "08/15/24",
        "15/8/2024",
        "2024-08-15",
        "Thursday, August 15, 2024",
        "(August 15, 2024).",
    ],
)
def test_days_are_read_in_every_common_form(printed):
    assert read_day(printed) == date(2024, 8, 15)


@pytest.mark.parametrize(
    "printed", ["", "TBD", "August 2024", "31 February 2024", "13/32/2024", "3733-0624", "2024"]
)
def test_what_is_no_day_is_not_read_as_one(printed):
    assert read_day(printed) is None


def test_a_day_is_found_among_other_words_and_a_false_one_is_passed_over():
    found = find_day("Feb. 30, 2024 or, rather, March 1, 2024, they say")

    assert found.day == date(2024, 3, 1)
    assert found.span == (26, 39)


@pytest.mark.parametrize(
    "printed",
    ["June 2024", "JUNE, 2024", "Jun. 2024", "06/2024", "2024-06", "June 26, 2024", "June of 2024"],
)
def test_months_of_meetings_are_read_in_every_common_form(printed):
    assert find_month(printed).month == (2024, 6)


def test_a_publication_number_is_no_month():
    assert find_month("Pub# 2024-0624") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("It is U.S. cargo. See p. 7.", ["It is U.S. cargo.", "See p. 7."]),
        ("They work for the U.S. The rest waits.", ["They work for the U.S.", "The rest waits."]),
        ("Mr. A. Example, e.g. No. 4, paid 3.5 percent.",) * 2,
        ("Pub. No. 0318-0924 is printed.",) * 2,
        ("He said “Stop.” Then he left.", ["He said “Stop.”", "Then he left."]),
        ("CBP.gov lists meeting(s). (It is long.) Yes.", 3),
        ("  \n ", []),
    ],
)
def test_sentences_end_where_a_reader_hears_them_end(text, expected):
    found = sentences(text)

    if isinstance(expected, int):
        assert len(found) == expected
    else:
        assert found == ([expected] if isinstance(expected, str) else expected)


@pytest.mark.parametrize(
    ("block", "kind", "words"),
    [
        ("Background:", "background", "Background"),
        ("Background", "background", "Background"),
        ("**BACKGROUND**", "background", "BACKGROUND"),
        ("1. Background", "background", "Background"),
        ("II. Issue(s):", "issue", "Issue(s)"),
        ("Issues", "issue", "Issues"),
        ("Isue:", "issue", "Isue"),
        ("Curent Status", "current-status", "Curent Status"),
        ("Current Satus:", "current-status", "Current Satus"),
        ("Status", "current-status", "Status"),
        ("Status Update:", "current-status", "Status Update"),
        ("current status", "current-status", "current status"),
        ("Next Step(s)", "next-steps", "Next Step(s)"),
        ("Next Steps and Timeline", "next-steps", "Next Steps and Timeline"),
        ("NEXT STEPS & TIMELINE:", "next-steps", "NEXT STEPS & TIMELINE"),
        ("Nxet Steps", "next-steps", "Nxet Steps"),
        ("Backround (continued)", "background", "Backround"),
    ],
)
def test_usual_headings_are_known_in_any_dress_and_kept_as_printed(block, kind, words):
    found = known_heading(piece(block))

    assert (found.kind, found.words) == (SectionKind(kind), words)


@pytest.mark.parametrize(
    "block",
    [
        "The status of the program is good.",
        "Issued:",
        "States:",
        "Statutes",
        "Backgrounds were checked.",
        bullet("Curent Status"),
        "Next week",
    ],
)
def test_words_like_headings_are_none(block):
    assert known_heading(piece(block)) is None


@pytest.mark.parametrize(
    ("text", "kind", "rest"),
    [
        ("Next Steps: None at this time.", "next-steps", "None at this time."),
        ("**Issue:** Cargo waits.", "issue", "Cargo waits."),
        ("3. Current Status: It works.", "current-status", "It works."),
        ("Status – It works.", "current-status", "It works."),
        ("Recommendation: Do it.", "other", "Do it."),
    ],
)
def test_a_heading_can_stand_before_the_first_words_of_its_section(text, kind, rest):
    found, cut = opening_heading(piece(text))

    assert found.kind == SectionKind(kind)
    assert text[cut:] == rest


@pytest.mark.parametrize("text", ["Note: see below.", "Issued: in May", "The issue: cargo waits."])
def test_any_other_label_begins_no_section(text):
    assert opening_heading(piece(text)) is None


@pytest.mark.parametrize(
    "block",
    [heading("Membership"), bold("Questions for the trade"), "MEMBERSHIP CHANGES", "Key Topics:"],
)
def test_unknown_headings_are_known_by_their_dress(block):
    assert heading_by_form(piece(block)).kind is SectionKind.OTHER


@pytest.mark.parametrize(
    "block",
    [
        "This session is focusing on the following:",
        bold("Everything in this paragraph is bold because somebody found all of it important."),
        bold("It works."),
        "CTPAT",
        "A plain line",
        bullet("Key Topics:"),
    ],
)
def test_what_is_dressed_like_text_is_no_heading(block):
    assert heading_by_form(piece(block)) is None


def test_a_line_dressed_less_than_the_usual_headings_begins_no_section():
    assert heading_by_form(piece("Key Topics:"), usual=2) is None
    assert heading_by_form(piece(bold("Key Topics:")), usual=3) is None
    assert heading_by_form(piece(heading("Key Topics")), usual=3) is not None


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [("status", "status", 0), ("satus", "status", 1), ("stauts", "status", 1), ("abc", "xyz", 3)],
)
def test_slips_of_the_pen_are_counted(a, b, expected):
    assert distance(a, b) == expected


@pytest.mark.parametrize(
    "words",
    [
        "None",
        "N/A",
        "n/a.",
        "None at this time.",
        "There are no recommendations to be presented at this meeting.",
        "No update",
        "No new issues to report.",
        "Nothing",
    ],
)
def test_words_for_nothing_are_a_remark(words):
    assert is_remark(words)


@pytest.mark.parametrize(
    "words",
    ["None of the ports reported.", "No ships came.", "TBD", "Nothing has changed.", "No, never."],
)
def test_words_about_something_are_an_item(words):
    assert not is_remark(words)


OFFICE, TRADE = "Office of Field Operations", "Trade Policy and Programs, Office of Trade"


@pytest.mark.parametrize(
    ("words", "names", "offices"),
    [
        (f"Pat Example, {TRADE}", ["Pat Example"], [TRADE]),
        (f"Pat Van Example and Kim Roe-Lee, {TRADE}", ["Pat Van Example", "Kim Roe-Lee"], [TRADE]),
        (f"Pat Example & Kim Roe, {OFFICE}", ["Pat Example", "Kim Roe"], [OFFICE]),
        (
            f"Pat Example, Kim Roe, and Lee Doe, {OFFICE}",
            ["Pat Example", "Kim Roe", "Lee Doe"],
            [OFFICE],
        ),
        (f"Pat Example, {TRADE}; Kim Roe, {OFFICE}", ["Pat Example", "Kim Roe"], [TRADE, OFFICE]),
        (
            f"Pat Example, {TRADE} and Kim Roe, {OFFICE}",
            ["Pat Example", "Kim Roe"],
            [TRADE, OFFICE],
        ),
        (f"Pat Example, {OFFICE}\nKim Roe, {OFFICE}", ["Pat Example", "Kim Roe"], [OFFICE]),
        ("Pat Example, Trade Policy and\nPrograms, Office of Trade", ["Pat Example"], [TRADE]),
        (f"Pat Example\n{OFFICE}", ["Pat Example"], [OFFICE]),
        (
            "Pat Example, Jr., Director, Office of Trade",
            ["Pat Example, Jr."],
            ["Director, Office of Trade"],
        ),
        ("Dr. Pat Q. Example (Office of Trade)", ["Dr. Pat Q. Example"], ["Office of Trade"]),
        ("PAT EXAMPLE, OFFICE OF TRADE", ["PAT EXAMPLE"], ["OFFICE OF TRADE"]),
        ("Office of Trade", ["Office of Trade"], []),
        ("", [], []),
    ],
)
def test_submitters_are_told_from_their_offices(words, names, offices):
    found = submitters(words)

    assert (list(found.names), list(found.offices)) == (names, offices)


@pytest.mark.parametrize(
    "text",
    [
        "CBP will incorporate that input.",
        "The group is set to reconvene for further discussion.",
        "CBP plans to publish the rule.",
        "When the rule is final, CBP intends to publish a guide.",
        "The next meeting is scheduled for July.",
        "It was read. The forms are to be printed in May.",
    ],
)
def test_plans_are_heard(text):
    assert future_sentence(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "This expanded focus is expected to strengthen partnerships.",
        "The group discussed how the rule will affect carriers.",
        "A guide, which will help members, was drafted.",
        "Members asked whether validations would be done by video.",
        "CBP is currently transitioning from test program to regulation.",
        "Fees that will be due next year were listed.",
        "He said “we will see”.",
        "The group has goodwill.",
    ],
)
def test_talk_about_the_future_is_no_plan(text):
    assert future_sentence(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Over the subsequent sessions, additional topics covered several components.",
        "CBP challenged the work group regarding steps the trade may consider.",
        "The group met in May.",
        "The group looked at all 27 drafts in December 2024.",
        "The rule was published.",
        "The group has completed its review.",
        "Comments on the draft were received in June.",
    ],
)
def test_reports_are_heard(text):
    assert past_sentence(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "The working group's activity is anticipated to take at least 12 months.",
        "Review the recommendations adopted in March.",
        "The criteria published in 2020 should be compared.",
        "Schedule a visit with the members who met in Laredo.",
        "The group met in May. It will meet again in July.",
        "CBP was asked to provide figures.",
        "Finalize the draft that CBP shared.",
        "The group has agreed to meet in the fall.",
        "",
    ],
)
def test_a_step_that_mentions_the_past_is_no_report(text):
    assert past_sentence(text) is None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Bond Working Group", "BOND WG", True),
        ("Trade & Engagement (TPE) Working Group", "Trade and Engagement Work Group", True),
        ("Cross-Border Recognition Working Group", "Cross Border Recogniton Working Group", True),
        ("ACE 2.0 Working Group", "ACE 1.0 Working Group", False),
        ("Bond Working Group", "In-Bond Working Group", False),
        ("Bond Working Group", "Bond Task Force", False),
    ],
)
def test_spellings_of_one_name_are_told_from_two_names(one, other, expected):
    assert same_name(one, other) is expected


def test_a_part_of_a_block_knows_where_the_document_prints_it():
    source = document(
        {
            "text": "See the page for re-entry of cargo",
            "printed": "See [the page](#) for re-\nentry of\ncargo",
        }
    )
    whole = Piece(source, source.blocks[0])

    def printed(start, end):
        a, b = whole.sub(start, end).span
        return source.text[a:b]

    assert printed(0, len(whole.raw)) == source.text
    assert printed(4, 12) == "[the page](#)"
    assert printed(13, 25) == "for re-\nentry"
    assert [line.text for line in whole.lines()] == ["See the page for re-", "entry of", "cargo"]
    assert [line.line for line in whole.lines()] == [1, 2, 3]
