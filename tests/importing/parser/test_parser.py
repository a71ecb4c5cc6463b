"""Title blocks, labels, sections and sign-offs in the many ways in which offices print them."""

from datetime import date

import pytest

from papers.content import SectionKind
from papers.importing.coverage import check
from papers.importing.parser import parse
from tests.importing.parser.building import (
    BODY,
    COMMITTEE,
    END,
    HEAD,
    TITLE,
    bold,
    bullet,
    document,
    furniture,
    heading,
    row,
    whole,
)

STL, GROUP = "Secure Trade Lanes Subcommittee", "Sample Working Group"
RUN = f"{COMMITTEE} Government Issue Paper {STL} {GROUP}"


def codes(paper):
    return [finding.full_code for finding in paper.findings]


def read(**parts):
    paper = parse(whole(**parts))
    assert check(paper).problems == ()
    return paper


def test_a_plain_paper_has_every_field_and_no_finding():
    paper = read()

    content = paper.content
    assert (content.group, content.subcommittee) == (GROUP, STL)
    assert (content.pub_number, content.action_required) == ("0001-0624", "Informational")
    assert (content.submitted_by, content.submitter_office) == ("Pat Example", "Office of Trade")
    assert (content.dated, paper.meeting) == (date(2024, 5, 2), (2024, 6))
    assert codes(paper) == []


@pytest.mark.parametrize("nothing", ["\u200d", "\u2800", "\u034f\u2063"], ids=ascii)
def test_a_label_before_nothing_that_shows_gives_no_value(nothing):
    paper = parse(
        document(
            *(COMMITTEE, "Government Issue Paper", GROUP, "June 2024"),
            f"Action Required: {nothing}",
            *(heading("Current Status"), bullet("The group met.")),
            f"Submitted by: {nothing}",
        )
    )

    assert check(paper).problems == ()
    assert (paper.content.action_required, paper.content.submitted_by) == ("", "")


@pytest.mark.parametrize(
    "title",
    [
        (f"{RUN} June 2024",),
        (RUN, "June 2024", f"Office of Trade {STL} {GROUP} June 2024"),
        tuple(line.upper() for line in TITLE),
        ("COAC Government Issue Paper – " + " – ".join(TITLE[2:]),),
        (f"Government Issue Paper for the {COMMITTEE} (COAC)", STL, GROUP, "June 26, 2024"),
        ("Commercial Customs Operation Advisory Comittee", *TITLE[1:]),
        ("Commercial Operations Advisory Committee", *TITLE[1:]),
        ("Commercial Customs Operations", "Advisory Committee", *TITLE[1:]),
        (bold("Commercial Customs"), bold("Operations Advisory"), bold("Committee"), *TITLE[1:]),
        (*TITLE[:2], "Secure Trade", "Lanes Subcommittee", *TITLE[3:]),
        (*TITLE[:3], "Sample", "Working Group", "June 2024"),
        (row(*TITLE[:2]), row(*TITLE[2:4]), row("June 2024")),
        (
            row(*TITLE[:2]),
            row("Subcommittee", STL),
            row("Working Group", GROUP),
            row("Date", "06/2024"),
        ),
        (heading(TITLE[0]), heading(TITLE[1]), bold(TITLE[2]), bold(TITLE[3]), bold("June 2024")),
        (*TITLE, "U.S. Customs and Border Protection", *TITLE[2:]),
        tuple(furniture(line) for line in TITLE),
    ],
)
def test_a_title_block_is_read_in_every_form(title):
    paper = read(head=(*title, "Action Required: Informational"))

    assert paper.content.group.upper() == GROUP.upper()
    assert paper.content.subcommittee.upper() == STL.upper()
    assert paper.meeting == (2024, 6)
    assert codes(paper) == ["missing:pub_number"]


def test_a_label_on_a_line_of_its_own_tells_what_stands_below_it():
    paper = read(
        head=(
            *TITLE[:2],
            bold("Office:"),
            "Field Operations",
            bold("Subcommittee:"),
            "Secure Trade Lanes",
            bold("Working Group:"),
            "Bond",
            "Meeting:",
            "June 26, 2024",
            "Pub#:",
            "0001-0624",
            "Action Required:",
            "Informational",
        )
    )

    content = paper.content
    assert (content.group, content.subcommittee) == ("Bond", "Secure Trade Lanes")
    assert (content.office, content.pub_number) == ("Field Operations", "0001-0624")
    assert (content.action_required, paper.meeting) == ("Informational", (2024, 6))
    assert codes(paper) == []


@pytest.mark.parametrize("colon", [":", ""])
def test_labels_and_values_may_stand_in_cells_side_by_side(colon):
    action = row(f"Action Required{colon}", "Informational")
    end = (
        row(f"Submitted by{colon}", "Pat Example, Office of Trade"),
        row(f"Date{colon}", "5/2/24"),
    )

    paper = read(head=(*HEAD[:-1], action), end=end)

    content = paper.content
    assert (content.action_required, content.submitted_by) == ("Informational", "Pat Example")
    assert (content.submitter_office, content.dated) == ("Office of Trade", date(2024, 5, 2))
    assert codes(paper) == []


@pytest.mark.parametrize(
    "office",
    [
        "Office of Trade / Trade Policy and Programs",
        "Cargo and Conveyance Security/ Office of Field Operations",
        "Office of Field Operations, Cargo and Conveyance Security",
        "Cargo and Conveyance Security",
    ],
)
@pytest.mark.parametrize("on_one_line", [True, False])
def test_the_office_is_the_line_above_the_subcommittee_in_the_second_title(office, on_one_line):
    second = (office, STL, GROUP, "June 2024")
    head = (*TITLE, " ".join(second)) if on_one_line else (*TITLE, *second)

    paper = read(head=(*head, "Action Required: Informational"))

    assert paper.content.office == office


@pytest.mark.parametrize(
    "name",
    [
        "21CCF Task Force",
        "Export Modernization Work Group",
        "Bond WG",
        "Sample Working Group (SWG)",
    ],
)
def test_groups_are_told_by_any_of_their_endings(name):
    paper = read(head=(*TITLE[:3], name, "June 2024", *HEAD[5:]))

    assert paper.content.group == name


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("Pub# 0318-0624", "0318-0624"),
        ("Pub. No. 0318-0624", "0318-0624"),
        ("Publication # 0318–0624", "0318-0624"),
        ("CBP Publication Number: 0318-0624", "0318-0624"),
        ("0318-0624", "0318-0624"),
        (furniture("Pub# 0318-0624"), "0318-0624"),
    ],
)
def test_a_publication_number_is_read_in_every_form(printed, number):
    assert read(head=(*TITLE, printed, HEAD[-1])).content.pub_number == number


@pytest.mark.parametrize(
    "remark",
    ["(corrected)", "[REVISED]", "(Corrected, October 2, 2024)", "(second printing)", "corrected"],
)
def test_a_remark_behind_the_publication_number_leaves_it_the_number(remark):
    paper = read(head=(*TITLE, f"Pub# 0318-0624 {remark}", HEAD[-1]))

    assert (paper.content.pub_number, paper.meeting) == ("0318-0624", (2024, 6))
    assert codes(paper) == ["not_placed"]
    assert paper.findings[0].detail == remark


def test_a_remark_repeated_with_its_number_on_a_later_page_is_told_once():
    line = "Pub# 0318-0624 (corrected)"

    paper = read(head=(*TITLE, line, HEAD[-1]), body=(*BODY[:2], line, *BODY[2:]))

    assert codes(paper) == ["not_placed"]


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        (("Action Required: Informational",), "Informational"),
        (("ACTION REQUIRED – None",), "None"),
        (("Action Required:", "For discussion"), "For discussion"),
        ((row("Action Required", "Informational"),), "Informational"),
        (("**Action Required:** Informational",), "Informational"),
    ],
)
def test_the_action_required_stands_behind_its_label_or_below(lines, value):
    assert read(head=(*HEAD[:-1], *lines)).content.action_required == value


@pytest.mark.parametrize(
    "end",
    [
        ("Submitted by: Pat Example, Office of Trade Date: May 2, 2024",),
        ("Submitted by:", "Pat Example, Office of Trade", "Date:", "May 2, 2024"),
        ("Submitted By – Pat Example, Office of Trade", "Dated 5/2/24"),
        ("Prepared by: Pat Example (Office of Trade)", "2 May 2024"),
        ("Submitted by: Pat Example, Office of Trade, May 2, 2024",),
        ("Submitted by: Pat Example, Office of Trade Date: May", "2, 2024"),
        ("Date: May 2, 2024", "Submitted by: Pat Example, Office of Trade"),
        (row("Submitted by", "Pat Example, Office of Trade"), row("Date", "2024-05-02")),
        (bullet("It is well. Submitted by: Pat Example, Office of Trade"), "Date: 5/2/2024"),
    ],
)
def test_a_sign_off_is_read_in_every_form(end):
    content = read(end=end).content

    assert (content.submitted_by, content.submitter_office) == ("Pat Example", "Office of Trade")
    assert content.dated == date(2024, 5, 2)


def test_an_unreadable_date_keeps_its_words_and_is_missing():
    paper = read(end=(END[0], "Date: TBD"))

    assert paper.content.dated is None
    assert paper.dated_as_printed == "TBD"
    assert codes(paper) == ["missing:dated"]


def test_several_submitters_are_named_in_a_finding():
    paper = read(end=("Submitted by: Pat Example & Kim Roe, Office of Trade", END[1]))

    assert paper.content.submitted_by == "Pat Example; Kim Roe"
    assert codes(paper) == ["multiple_submitters"]


def test_what_a_paper_does_not_print_is_missing_and_never_invented():
    paper = read(head=TITLE[:4], body=("Background:", "It began."), end=())

    assert [code.partition(":")[2] for code in codes(paper)] == [
        "meeting",
        "pub_number",
        "action_required",
        "submitted_by",
        "dated",
        "issue",
        "current_status",
        "next_steps",
    ]
    assert [section.kind for section in paper.content.sections] == [SectionKind.BACKGROUND]


def test_months_that_do_not_agree_are_found():
    paper = read(head=(*TITLE, "Pub# 0001-0324", HEAD[-1]), end=(END[0], "Date: July 1, 2024"))

    assert codes(paper) == ["pub_meeting_mismatch", "dated_after_meeting"]


def test_an_unknown_section_keeps_its_heading_and_its_items():
    paper = read(body=(*BODY, "Statement of Work:", bullet("Count.", marker="1.")))

    section = paper.content.sections[-1]
    assert (section.kind, section.heading) == (SectionKind.OTHER, "Statement of Work")
    assert [(item.text, item.marker) for item in section.items] == [("Count.", "1.")]
    assert codes(paper) == ["unknown_section:Statement of Work"]


def test_a_section_that_comes_again_keeps_its_words_as_a_section_of_its_own():
    paper = read(body=(*BODY, "Issue:", bullet("Ships wait too.")))

    kinds = [section.kind.value for section in paper.content.sections]
    assert kinds == ["background", "issue", "current-status", "next-steps", "other"]


def test_a_heading_repeated_on_the_next_page_goes_on_with_its_section():
    paper = read(body=("Issue:", "One.", "Issue (continued):", "Two.", *BODY[4:]))

    assert [item.text for item in paper.content.items(SectionKind.ISSUE)] == ["One.", "Two."]


@pytest.mark.parametrize(
    ("lines", "remark"),
    [
        (("Issue:",), ""),
        (("Issue: None at this time.",), "None at this time."),
        (("Issue", bullet("N/A")), "N/A"),
        ((row("Issue", "None"),), "None"),
    ],
)
def test_a_section_that_says_there_is_nothing_has_no_items(lines, remark):
    paper = read(body=(*BODY[:2], *lines, *BODY[4:]))

    section = paper.content.section(SectionKind.ISSUE)
    assert (section.items, section.remark) == ((), remark)
    assert codes(paper) == []


def test_a_list_that_a_paragraph_leads_into_stands_one_level_below_it():
    body = (
        *BODY[:4],
        "Current Status:",
        bullet("First."),
        "It looks at the following:",
        bullet("One."),
        bullet("Two.", 1),
        "Then it rests.",
        bullet("Last."),
        *BODY[6:],
    )

    items = read(body=body).content.items(SectionKind.CURRENT_STATUS)

    assert [item.level for item in items] == [0, 0, 1, 2, 0, 0]


def test_a_list_that_the_document_sets_off_already_is_moved_no_further():
    body = (*BODY[:4], "Current Status:", "As follows:", bullet("One.", 1), bullet("Two.", 2))

    items = read(body=body).content.items(SectionKind.CURRENT_STATUS)

    assert [item.level for item in items] == [0, 1, 2]


def test_a_row_of_a_table_is_one_item():
    paper = read(body=(*BODY[:4], "Current Status:", row("Issue", "Status"), row("Rail", "Open")))

    items = paper.content.items(SectionKind.CURRENT_STATUS)
    assert [item.text for item in items] == ["Issue | Status", "Rail | Open"]


def test_a_sentence_of_a_paper_without_headings_waits_for_a_person():
    paper = read(body=("The Sample Working Group remained on hiatus.",))

    assert paper.content.sections == ()
    assert codes(paper)[-1] == "not_placed"
    assert paper.findings[-1].detail == "The Sample Working Group remained on hiatus."


def test_what_stands_before_the_sections_and_behind_the_sign_off_waits_for_a_person():
    paper = read(head=("DRAFT", *HEAD), end=(*END, "Copies go to the ports."))

    assert [finding.detail for finding in paper.findings] == ["DRAFT", "Copies go to the ports."]


def test_words_in_a_section_that_look_like_fields_stay_in_it():
    lines = (
        bullet("Date: May 1, 2024 the test began"),
        bullet("Status: open"),
        bullet("Submitted by members, the form is long."),
        bullet("The Bond Working Group and the Government Issue Paper of June 2024 agree."),
    )

    items = read(body=(*BODY[:5], *lines, *BODY[6:])).content.items(SectionKind.CURRENT_STATUS)

    assert [item.text for item in items] == [line["text"] for line in lines]


def test_the_papers_own_title_on_a_later_page_is_furniture():
    paper = read(body=(*BODY[:4], *TITLE, *BODY[4:]))

    assert codes(paper) == []
