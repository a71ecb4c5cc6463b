"""Text files, and what holds of Markdown too."""

from pathlib import Path

import pytest

from papers.content import Link
from papers.importing.document import BlockKind
from tests.importing.making import bullet, make_txt, sample
from tests.importing.readers.telling import document, furniture, said, texts

DOCUMENTS = Path(__file__).resolve().parents[3] / "fixtures" / "documents"

LONG = (
    "The group went through all of the papers of the last ten years and counted how many of "
    "their items had been kept word for word from one quarter to the next."
)


def test_the_text_of_a_file_is_kept_as_it_is():
    for path in sorted(DOCUMENTS.glob("*.txt")):
        assert document(path.read_bytes()).text == path.read_text(encoding="utf-8")


def test_lines_of_a_title_block_stay_apart():
    found = document(
        "**Commercial Customs Operations Advisory Committee\nGovernment Issue Paper\n"
        "Sample Working Group**\n\nJune 2024\n"
    )

    assert [block.text for block in found.blocks] == [
        "Commercial Customs Operations Advisory Committee",
        "Government Issue Paper",
        "Sample Working Group",
        "June 2024",
    ]
    assert [block.is_bold for block in found.blocks] == [True, True, True, False]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Submitted by: Pat Example, Office of Trade", "Date: May 6, 2024"),
        ("Pub# 3700-0624", "Action Required: Informational"),
        ("The paper ends here", "Submitted by: Pat Example"),
        ("Background:", "The group was formed in 2023."),
        ("Current Status", "The group met."),
        ("The group will", "Next Steps: it will meet."),
    ],
)
def test_a_label_begins_a_block_and_a_heading_ends_one(first, second):
    assert texts(f"{first}\n{second}\n") == [first, second]


@pytest.mark.parametrize(
    "heading",
    ["Current Status (as of May 9, 2025):", "Current Status - May 2025", "Issue – May 2025:",
     "Background (17th Term)", "2. Next Steps (2nd Quarter FY 2025)", "Current Status.",
     "Issue(s):"],
)  # fmt: skip
def test_a_usual_heading_with_a_date_or_bracket_is_a_block_of_its_own(heading):
    assert texts(f"- The group met.\n{heading}\nIt goes on.\n") == [
        "The group met.", heading, "It goes on.",
    ]  # fmt: skip


def test_words_of_a_heading_that_end_a_sentence_begin_no_block():
    assert texts("The item has been moved from Issue to\nNext Steps.\n") == [
        "The item has been moved from Issue to Next Steps."
    ]


@pytest.mark.parametrize(
    "marker",
    ["-", "–", "—", "*", "•", "o", "- o", "* o", "·", "▪", "1.", "1)", "(1)", "a.", "a)", "(a)",
     "i.", "(i)", "A.", "I."],
)  # fmt: skip
def test_every_usual_marker_makes_an_item(marker):
    assert said(f"Background:\n\n{marker} The group met.\n")[1:] == [(0, marker, "The group met.")]


@pytest.mark.parametrize(
    ("printed", "shown"),
    [("\uf0b7", "•"), ("\uf0a7", "▪"), ("\x7f", "•"), ("(cid:127)", "•"), ("\uf0d8", "➢")],
)
def test_a_bullet_from_a_symbol_font_is_shown_as_the_bullet_it_prints(printed, shown):
    assert said(f"{printed} The group met.\n") == [(0, shown, "The group met.")]


@pytest.mark.parametrize(
    "line",
    ["-5 degrees were measured.", "o", "J. Example spoke first.", "e.g. this one", "12.5 million",
     "U.S. Customs was there.", "and. so on", "2024. That was the year."],
)  # fmt: skip
def test_what_only_looks_like_a_marker_makes_no_item(line):
    assert [level for level, _, _ in said(f"The group met.\n\n{line}\n")] == [None] * len(
        texts(f"The group met.\n\n{line}\n")
    )


@pytest.mark.parametrize(
    ("lines", "levels"),
    [
        (["- a", " - b", " - c", "- d"], [0, 1, 1, 0]),
        (["- a", "- o b", "- o c", "- d"], [0, 1, 1, 0]),
        (["• a", "o b", "▪ c", "o d", "• e"], [0, 1, 2, 1, 0]),
        (["1. u", "a) v", "i. w", "ii. x", "b) y", "2. z"], [0, 1, 2, 2, 1, 0]),
        (["1. a", "- b", "2. c"], [0, 1, 0]),
        (["- a", "    - b", "        - c", "            - d", "                - e"],
         [0, 1, 2, 3, 3]),
        (["- a", "    - b", "  - c"], [0, 1, 1]),
        (["    - a", "    - b"], [0, 0]),
        (["g. a", "- x"], [None, 0]),
        ([f"{letter}. x" for letter in "abcdefghij"], [0] * 10),
        (["1. a", "1.1 b", "1.2 c", "2. d"], [0, 1, 1, 0]),
        (["- a:", "* b", "* c", "- d"], [0, 1, 1, 0]),
        (["- a", "* b"], [0, 0]),
        (["- a", "  - b", "   - c", "  - d", "- e"], [0, 1, 1, 1, 0]),
        (["\t- a", "\t\t- b"], [0, 1]),
    ],
)  # fmt: skip
def test_levels_come_from_indents_and_from_kinds_of_markers(lines, levels):
    assert [level for level, _, _ in said("\n".join(lines))] == levels


def test_a_paragraph_between_two_lists_ends_the_first():
    assert [level for level, _, _ in said("• a\n- b\n\nBetween them.\n\n- c\n")] == [0, 1, None, 0]


@pytest.mark.parametrize("hanging", [True, False])
@pytest.mark.parametrize("width", [60, 72, 95])
def test_wrapped_lines_are_joined_whatever_the_width(width, hanging):
    items = (bullet(LONG), bullet(f"{LONG} And then again: {LONG}", 1), bullet("A short one."))
    paper = sample(sections=(("Current Status", items),))

    found = said(make_txt(paper, width=width, hanging=hanging, markers=("-", "-")))

    at = found.index((None, "", "Current Status:"))
    assert found[at + 1 : at + 4] == [(item.level, "-", item.text) for item in items]


UNEVEN = (
    "The group was formed again in March of last year so as to help CBP",
    "and the trade. It has told of what it saw at the ports in which its",
)


def test_a_line_nearly_full_goes_on_before_a_capital():
    first, second = "It has found how forced labor can be told in time and helps", "CBP to find it."
    lines = "\n".join(UNEVEN)

    assert texts(f"{lines}\nwork is done.\n\n{first}\n{second}\n")[-1] == f"{first} {second}"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("It has found how forced labor can be told in time.", "CBP helps to find it."),
        ("It has found how it can be told", "CBP helps to find it."),
        ("It has found how forced labor can be told in time and helps", "Sample Working Group"),
        ("It has found how forced labor can be told in time and helps", "- CBP to find it."),
        ("It has found how forced labor can be told in time and helps", "  CBP to find it."),
    ],
)
def test_other_lines_before_a_capital_stay_apart(first, second):
    lines = "\n".join(UNEVEN)

    found = texts(f"{lines}\nwork is done.\n\n{first}\n{second}\n")
    assert found[-2:] == [first, second.strip("- ")]


def test_a_lone_line_that_breaks_off_goes_on_in_lower_case_after_a_blank_line():
    assert texts("- The group met with\n\nthe offices.\n") == ["The group met with the offices."]


def test_a_bullet_on_a_line_of_its_own_belongs_to_the_next_words():
    assert said("•\nThe group met.\n\no\n\nIt ended.\n") == [
        (0, "•", "The group met."),
        (1, "o", "It ended."),
    ]


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("- the facili-\n  tation of trade", "the facilitation of trade"),
        ("- a post-\n  release review", "a post-release review"),
        ("- bi-weekly calls, and bi-\n  weekly notes", "bi-weekly calls, and bi-weekly notes"),
        ("- the exami\u00ad\n  nation", "the examination"),
        ("- the Trusted-\n  Trader program", "the Trusted-Trader program"),
        ("- the urgency of it all, in all its parts –\n  yet it waits", "the urgency of it all, "
         "in all its parts – yet it waits"),
        ("- soft\u00adhyphen and no\u00a0break", "softhyphen and no break"),
        ("- a filler\u3164between\n- \u3164\n- \u115f\u1160", "a filler between"),
    ],
)  # fmt: skip
def test_hyphens_at_line_ends_go_where_they_cut_a_word(text, joined):
    assert texts(text) == [joined]


def test_an_item_over_a_page_break_is_one_item_and_the_furniture_stands_behind_it():
    text = (
        "Sample Working Group\n\nCurrent Status:\n\n- The group met with the\n\n"
        "COAC Public Meeting\nPage 1 of 2\n\fCOAC Public Meeting\n\n  offices and went on.\n"
        "- Next.\n\nCOAC Public Meeting\nPage 2 of 2\n"
    )

    found = document(text)

    assert (0, "-", "The group met with the offices and went on.") in said(text)
    assert furniture(text)[:3] == ["COAC Public Meeting", "Page 1 of 2", "COAC Public Meeting"]
    assert found.pages == 2
    item = found.blocks[2]
    assert found.text[slice(*item.span)].split() == item.text.split()
    assert [block.page for block in found.blocks if block.text == "Next."] == [2]


@pytest.mark.parametrize("number", ["Page 2 of 3", "- 2 -", "Page 2", "2 | Page", "– 2 –"])
def test_a_page_number_is_furniture_even_without_page_breaks(number):
    text = f"- The group met with\n\n{number}\n\nthe offices.\n"

    assert texts(text) == ["The group met with the offices."]
    assert furniture(text) == [number]


def test_a_bare_number_is_furniture_at_the_edge_of_a_page_only():
    assert furniture("The group met.\n\n1\n\fIt met again.\n\n2\n") == ["1", "2"]
    assert furniture("The group met.\n\n1\n\nIt met again.\n") == []


def test_a_repeated_title_block_is_kept_once():
    head = "Sample Working Group\nJune 2024\n\n"

    assert texts(f"{head}It met.\n\f{head}It met again.\n") == [
        "Sample Working Group",
        "June 2024",
        "It met.",
        "It met again.",
    ]


def test_a_link_keeps_its_words_and_a_web_target_only():
    # S13
    found = document(
        "- See [the site](https://example.gov/a), [here](#), [there](javascript:alert(1)) and "
        "[a note](see below)."
    )

    assert found.blocks[0].text == (
        "See the site, here, [there](javascript:alert(1)) and [a note](see below)."
    )
    assert found.blocks[0].links == (Link("the site", "https://example.gov/a"), Link("here", ""))
    assert document("[mail](mailto:a@example.gov)").blocks[0].links == (
        Link("mail", "mailto:a@example.gov"),
    )


def test_bold_marks_are_no_words_and_an_odd_one_stays():
    assert texts("**Background:** The **new** group.\n") == ["Background: The new group."]
    assert texts("A ** B\n") == ["A ** B"]


def test_rows_between_pipes_are_table_rows():
    found = document("Costs:\n\n| Office | Words |\n|---|---:|\n| First | |\n\na | b\n")

    rows = [block for block in found.blocks if block.kind == BlockKind.TABLE_ROW]
    assert [row.cells for row in rows] == [("Office", "Words"), ("First", "")]
    assert found.blocks[-1].kind == BlockKind.PARAGRAPH


def test_a_numbered_heading_is_no_item():
    assert said("1. Background:\n\n- It met.\n\n2. Issue\n") == [
        (None, "", "1. Background:"),
        (0, "-", "It met."),
        (None, "", "2. Issue"),
    ]


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-16-le", b""),
        ("cp1252", b""),
    ],
)
def test_any_usual_encoding_is_read(encoding, mark):
    text = "Background:\r\n\r\n– The group’s “first” café.\r\n"

    assert said(mark + text.encode(encoding))[1:] == [(0, "–", "The group’s “first” café.")]


def test_a_text_cut_off_within_a_character_is_still_read_as_what_it_was():
    assert texts("Café – é".encode()[:-1])[0].startswith("Café –")


def test_control_characters_and_marks_that_print_nothing_are_gone():
    # S38
    assert texts("A\x00 w\x07ord\u200b e\u0301 \u202etwisted\u202c.\x1b[0m\n") == [
        "A word é twisted.[0m"
    ]
