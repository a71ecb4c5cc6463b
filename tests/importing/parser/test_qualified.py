"""Usual headings in the midst of other words, and sentences that only begin like one."""

import pytest

from papers.content import SectionKind
from papers.importing.headings import known_heading, opening_heading
from papers.importing.parser import parse
from papers.importing.pieces import Piece
from tests.importing.parser.building import BODY, END, HEAD, bold, bullet, document, whole

STATUS, STEPS = SectionKind.CURRENT_STATUS, SectionKind.NEXT_STEPS


def piece(block):
    source = document(block)
    return Piece(source, source.blocks[0])


def kinds(paper):
    return [(section.kind.value, section.heading) for section in paper.content.sections]


@pytest.mark.parametrize(
    ("block", "kind"),
    [
        ("Current Status (as of May 9, 2025):", "current-status"),
        ("Current Status (as of May 9, 2025)", "current-status"),
        ("Curent Status - May 2025", "current-status"),
        ("CURRENT STATUS – 3RD QUARTER, FY 2025", "current-status"),
        ("Current Status as of May 9, 2025", "current-status"),
        ("Current Status and Updates:", "current-status"),
        ("Current Status/Accomplishments", "current-status"),
        ("Summary of Current Status:", "current-status"),
        (bold("Current Status of the Working Group:"), "current-status"),
        ("CURRENT STATUS OF WORKING GROUP ACTIVITIES", "current-status"),
        ("Background (17th Term)", "background"),
        ("Background (for members who are new):", "background"),
        ("Background and Purpose", "background"),
        ("Background on the Bond Working Group (BWG)", "background"),
        ("Issue(s) to be Addressed:", "issue"),
        (bold("Issues & Answers"), "issue"),
        ("Next Steps (2nd Quarter FY 2025):", "next-steps"),
        ("Next Steps/Action Items", "next-steps"),
        ("Next Steps and Recommendations:", "next-steps"),
        ("Proposed Next Steps", "next-steps"),
        ("Proposed Next Steps for the Group (Fall 2025)", "next-steps"),
    ],
)
def test_a_usual_heading_is_known_in_the_midst_of_others_words(block, kind):
    found = known_heading(piece(block))

    text = block if isinstance(block, str) else block["text"]
    assert (found.kind, found.words) == (SectionKind(kind), text.rstrip(":"))


@pytest.mark.parametrize(
    "block",
    [
        "Issues and concerns of the trade were heard",
        "Status of the working group:",
        "Background on the rule was given to the group",
        "Next steps for the group",
        "issue (see above)",
        "Issues, Mostly Old",
        "Background and Issues",
        "Current Status and Next Steps:",
        "Next Steps will follow (May 2025).",
        bullet("Next Steps for the Working Group:", marker="1."),
        bullet("Status of the Group", marker="2."),
    ],
)
def test_what_only_begins_like_a_heading_or_is_two_of_them_is_none(block):
    assert known_heading(piece(block)) is None


def test_words_about_a_heading_may_stand_between_it_and_its_section():
    text = "Background (17th Term): Zones are licensed."

    found, cut = opening_heading(piece(text))

    assert (found.kind.value, found.words) == ("background", "Background (17th Term)")
    assert text[cut:] == "Zones are licensed."


def test_a_label_of_a_sentence_opens_no_section_though_a_usual_word_is_in_it():
    assert opening_heading(piece("Issues and concerns: the trade asked for time.")) is None


@pytest.mark.parametrize(
    "line",
    [
        "Current Status (as of May 9, 2025):",
        "Current Status - May 2025",
        "Current Status.",
        bold("Current Status of the Working Group:"),
    ],
)
def test_items_below_such_a_heading_stay_below_it(line):
    paper = parse(whole(body=(*BODY[:4], line, *BODY[5:])))

    status = paper.content.section(STATUS)
    assert [item.text for item in status.items] == ["Two meetings were held."]
    assert [finding.full_code for finding in paper.findings] == []


def test_a_full_stop_behind_a_heading_is_no_part_of_it():
    body = (*BODY[:4], "Current Status.", *BODY[5:6], "Next Steps.", "It rests.")

    paper = parse(document(*HEAD, *body, *END))

    assert kinds(paper)[2:] == [("current-status", "Current Status"), ("next-steps", "Next Steps")]


def test_a_plain_line_in_a_paper_with_bold_headings_begins_no_section():
    body = tuple(bold(each) if isinstance(each, str) else each for each in BODY[:-2])
    line = "Next Steps for the Working Group:"

    paper = parse(whole(body=(*body, line, bullet("Meet again."), bold("Next Steps:"), "Rest.")))

    assert paper.content.section(STATUS).items[1].text == line
    assert [item.text for item in paper.content.section(STEPS).items] == ["Rest."]


def test_a_numbered_heading_in_others_words_goes_on_with_the_numbers_of_the_headings():
    numbered = (
        *("1. Background", bullet("It began."), bullet("Issue (none yet)", marker="2.")),
        *("None.", bullet("Current Status and Updates", marker="3."), bullet("It is held.")),
        *(bullet("Status and Timeline", marker="1."), bullet("Next Steps/Plans", marker="4.")),
        bullet("Vote."),
    )

    paper = parse(whole(body=numbered))

    assert [kind for kind, _ in kinds(paper)] == list(map(str, list(SectionKind)[:4]))
    assert paper.content.section(STATUS).items[-1].text == "Status and Timeline"


def test_a_numbered_item_with_the_words_of_a_heading_stays_in_a_paper_without_numbers():
    body = (*BODY[:2], bullet("Issues and Challenges", marker="1."), *BODY[4:])

    paper = parse(whole(body=body))

    assert paper.content.sections[0].items[-1].text == "Issues and Challenges"
