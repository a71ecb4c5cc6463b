"""Running heads and feet that read like titles, and words that go on over a page's end."""

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.importing.readers.telling import document, furniture, said, texts

RUNNING = [
    "Government Issue Paper",
    "COAC Government Issue Paper",
    "Sample Working Group {}",
    "Sample Working Group – Page {}",
    "Sample Working Group – June 2024 {}",
    "June 2024",
    "Pub# 3700-0624",
    "CBP Publication 3700-0624 Page {} of 3",
    "Office of Trade",
    "U.S. Customs and Border Protection",
    "Commercial Customs Operations Advisory Committee",
    "Issue Paper: Sample | {} | June 2024",
]
TITLE = (
    "Commercial Customs Operations Advisory Committee",
    "Government Issue Paper",
    "Example Subcommittee",
    "Sample Working Group",
    "June 2024",
)
ITEM = [f"Port {n} has told what CBP and the trade have done there with the" for n in range(12)]


def pages(foot="", head="", cover=False):
    """A PDF of a paper whose one item runs over three pages, and whose title may stand alone."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(612, 792), invariant=1)
    body = [
        ["Current Status:", *ITEM[:4]],
        ITEM[4:8],
        [*ITEM[8:], "lists.", "Next Steps:", "Wait."],
    ]
    sheets = [[*TITLE], *body] if cover else [[*TITLE, *body[0]], *body[1:]]
    for number, sheet in enumerate(sheets, 1):
        canvas.setFont("Times-Roman", 11)
        canvas.drawString(72, 765, head.format(number))
        canvas.drawString(72, 30, foot.format(number))
        for row, line in enumerate(sheet):
            mark = "• " if line == ITEM[0] else ""
            canvas.drawString(72 if mark or line not in ITEM else 79, 720 - 14 * row, mark + line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize("cover", [False, True])
@pytest.mark.parametrize("words", RUNNING)
def test_a_foot_that_reads_like_a_title_is_never_within_an_item(words, cover):
    found = said(pages(foot=words, cover=cover), "a.pdf")

    assert (0, "•", " ".join([*ITEM, "lists."])) in found
    assert words.format(1) in furniture(pages(foot=words), "a.pdf")


@pytest.mark.parametrize("cover", [False, True])
@pytest.mark.parametrize("words", RUNNING)
def test_a_head_that_reads_like_a_title_is_never_within_an_item(words, cover):
    assert (0, "•", " ".join([*ITEM, "lists."])) in said(pages(head=words, cover=cover), "a.pdf")


@pytest.mark.parametrize("cover", [False, True])
def test_the_title_stays_whatever_the_pages_repeat(cover):
    found = texts(pages("June 2024", "Sample Working Group", cover), "a.pdf")

    assert found.count("Example Subcommittee") == 1
    assert {*TITLE} <= {*found}


def test_a_head_that_only_the_title_block_prints_too_is_not_within_an_item():
    text = (
        "Government Issue Paper\nSample Working Group\nExample Subcommittee\nJune 2024\n\n"
        "Current Status:\n\n- The group met with the\n\fSample Working Group\noffices.\n"
    )

    assert texts(text)[-1] == "The group met with the offices."
    assert furniture(text) == ["Sample Working Group"]


def test_a_name_printed_once_above_a_later_page_is_of_the_paper():
    assert texts("It met.\n\fSample Working Group\nIt met again.\n") == [
        "It met.", "Sample Working Group", "It met again.",
    ]  # fmt: skip


def test_a_head_below_a_page_number_is_not_within_an_item():
    text = (
        "Sample Working Group\n\nCurrent Status:\n\n- The group met with\n   - 1 -\n"
        "Issue Paper – Sample Working Group\n  the offices.\n   - 2 -\n"
        "Issue Paper – Sample Working Group\nNext Steps:\n\n- Wait.\n   - 3 -\n"
    )

    assert "The group met with the offices." in texts(text)
    assert furniture(text).count("Issue Paper – Sample Working Group") == 2


def test_the_last_line_of_a_paper_is_no_foot_though_the_title_block_has_it():
    text = (
        "Office of Trade\nSample Working Group\nJune 2024\n\nIssue:\n\n- One.\n\f- Two.\n\n"
        "Submitted by:\nPat Example\nOffice of Trade\n"
    )

    assert texts(text)[-1] == "Office of Trade"


def test_a_foot_of_a_single_page_is_furniture_where_it_stands_apart():
    def one(*lines):
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=(612, 792), invariant=1)
        for height, words in lines:
            canvas.drawString(72, height, words)
        canvas.save()
        return out.getvalue()

    foot = "Sample Working Group - June 2024"

    assert furniture(one((700, "It met."), (30, foot)), "a.pdf") == [foot]
    assert furniture(one((700, "It met."), (300, foot)), "a.pdf") == []
    close = one((62, "Submitted by: Pat Example"), (48, "Example Division, Office of Trade"))
    assert furniture(close, "a.pdf") == []


def test_the_title_that_a_browser_prints_above_a_page_is_furniture():
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(612, 792), invariant=1)
    canvas.drawString(24, 772, "6/28/24, 7:40 AM")
    canvas.drawString(240, 772, "COAC Issue Paper | Example")
    canvas.drawString(72, 700, "The group met.")
    canvas.save()

    assert furniture(out.getvalue(), "a.pdf") == ["6/28/24, 7:40 AM", "COAC Issue Paper | Example"]
    assert list(document(out.getvalue(), "a.pdf").problems()) == []
