"""PDF files, and what is drawn on their pages."""

import io
import random

import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from papers.content import Link
from papers.importing.document import BlockKind
from papers.importing.errors import ImportProblem
from papers.importing.readers import pdf, pdf_page, read
from tests.importing.making import make_pdf, sample
from tests.importing.readers.telling import document, furniture, said, texts


def drawn(draw, pages=1):
    """A file on whose pages ``draw(canvas)`` has drawn."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(612, 792), invariant=1)
    for _ in range(pages):
        canvas.setFont("Times-Roman", 11)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def code_of(data, name="paper.pdf"):
    with pytest.raises(ImportProblem) as problem:
        read(data, name)
    return problem.value.code


def test_a_password_is_reported():
    # S18
    assert code_of(make_pdf(sample(), password="secret")) == "encrypted"


def test_a_file_locked_for_printing_alone_is_read():
    from reportlab.lib.pdfencrypt import StandardEncryption

    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("", "owner", canPrint=0))
    canvas.drawString(72, 700, "The group met.")
    canvas.save()

    assert texts(out.getvalue(), "a.pdf") == ["The group met."]


def test_pictures_of_pages_hold_no_text():
    from PIL import Image

    picture = ImageReader(Image.new("RGB", (40, 40), "white"))

    data = drawn(lambda canvas: canvas.drawImage(picture, 50, 50, 500, 700))

    assert code_of(data) == "no_text"


def test_a_file_of_too_many_pages_is_not_read(monkeypatch):
    # S19
    monkeypatch.setattr(pdf, "MAX_PAGES", 3)

    assert code_of(drawn(lambda canvas: canvas.drawString(72, 700, "A"), 4)) == "too_many_pages"
    assert document(drawn(lambda canvas: canvas.drawString(72, 700, "Met"), 3), "a.pdf").pages == 3


def test_a_file_cut_off_is_damaged():
    data = make_pdf(sample())

    assert code_of(data[: len(data) // 2]) == "unreadable"


def test_a_link_covers_the_words_under_it_and_no_other():
    def draw(canvas):
        canvas.drawString(72, 700, "See the site, and go on.")
        left = 72 + canvas.stringWidth("See ", "Times-Roman", 11)
        right = 72 + canvas.stringWidth("See the site", "Times-Roman", 11)
        canvas.linkURL("https://example.gov/a", (left, 698, right, 710))
        canvas.linkURL("javascript:x()", (72, 698, left - 3, 710))

    block = document(drawn(draw), "a.pdf").blocks[0]

    assert block.text == "See the site, and go on."
    # S13
    assert block.links == (Link("See", ""), Link("the site", "https://example.gov/a"))


def test_what_is_printed_askew_is_furniture():
    def draw(canvas):
        canvas.drawString(72, 700, "The group met.")
        canvas.rotate(45)
        canvas.drawString(300, 100, "DRAFT")

    assert furniture(drawn(draw), "a.pdf") == ["DRAFT"]
    assert texts(drawn(draw), "a.pdf") == ["The group met."]


def test_texts_side_by_side_are_not_run_together():
    def draw(canvas):
        canvas.drawString(72, 700, "Border Protection")
        canvas.drawString(400, 700, "Pub# 3700-0624")

    assert texts(drawn(draw), "a.pdf") == ["Border Protection", "Pub# 3700-0624"]


def test_a_raised_ending_stays_with_its_number():
    def draw(canvas):
        text = canvas.beginText(72, 700)
        text.textOut("The 16")
        text.setRise(4)
        text.setFont("Times-Roman", 7)
        text.textOut("th")
        text.setRise(0)
        text.setFont("Times-Roman", 11)
        text.textOut(" term of the committee")
        canvas.drawText(text)

    assert texts(drawn(draw), "a.pdf") == ["The 16th term of the committee"]


def test_bold_within_a_line_does_not_part_its_words():
    def draw(canvas):
        text = canvas.beginText(72, 700)
        text.setFont("Times-Bold", 11)
        text.textOut("Background:")
        text.setFont("Times-Roman", 11)
        text.textOut(" The group")
        text.setFont("Times-Bold", 11)
        text.textOut("s")
        canvas.drawText(text)

    block = document(drawn(draw), "a.pdf").blocks[0]

    assert (block.text, block.is_bold) == ("Background: The groups", False)


def test_bullets_drawn_as_shapes_are_bullets():
    def draw(canvas):
        canvas.circle(74, 703, 2, fill=1)
        canvas.drawString(90, 700, "First.")
        canvas.circle(92, 688, 2, fill=0)
        canvas.drawString(108, 685, "Below it.")
        canvas.rect(110, 671, 4, 4, fill=1)
        canvas.drawString(126, 670, "Below that.")

    assert said(drawn(draw), "a.pdf") == [
        (0, "•", "First."), (1, "o", "Below it."), (2, "▪", "Below that."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("font", "letters", "bullets"),
    [
        ("ZapfDingbats", "lmnu4", "●○■◆✔"),
        # Fonts that no library brings along: only their names count.
        ("ABCDEF+Wingdings-Regular", "ln§ØüÜ", "●■▪➢✓Ü"),
        ("Wingdings 2", "ln", "ln"),
        ("SymbolMT", "·a", "•a"),
        ("Times-Roman", "ln", "ln"),
    ],
)
def test_letters_of_a_font_of_signs_are_the_bullets_they_print(font, letters, bullets):
    for letter, bullet in zip(letters, bullets, strict=True):
        word = {"text": letter, "fontname": font, "chars": [{"text": letter}]}
        pdf_page._show_signs(word)
        assert (word["text"], word["chars"][0]["text"]) == (bullet, bullet)


def test_bullets_of_a_font_of_signs_make_items_of_their_levels():
    def draw(canvas):
        rows = [("•", 72), ("●", 90), ("■", 108), ("■", 108), ("●", 90), ("•", 72)]
        for row, (bullet, left) in enumerate(rows):
            canvas.setFont("Times-Roman" if bullet == "•" else "ZapfDingbats", 11)
            canvas.drawString(left, 700 - 14 * row, bullet)
            canvas.setFont("Times-Roman", 11)
            canvas.drawString(left + 18, 700 - 14 * row, "Met.")

    assert said(drawn(draw), "a.pdf") == [
        (0, "•", "Met."), (1, "●", "Met."), (2, "■", "Met."),
        (2, "■", "Met."), (1, "●", "Met."), (0, "•", "Met."),
    ]  # fmt: skip


def test_a_frame_around_the_page_is_no_table():
    def draw(canvas):
        canvas.rect(50, 50, 500, 690)
        canvas.drawString(72, 700, "Sample Working Group")
        canvas.drawString(72, 680, "June 2024")

    blocks = document(drawn(draw), "a.pdf").blocks

    assert [block.kind for block in blocks] == [BlockKind.PARAGRAPH] * 2


def test_a_number_in_the_strip_at_the_edge_is_the_pages_even_on_a_single_page():
    def draw(canvas):
        canvas.drawString(72, 700, "The group met.")
        canvas.drawString(300, 30, "7")

    assert furniture(drawn(draw), "a.pdf") == ["7"]


@pytest.mark.parametrize(
    ("height", "words"),
    [
        (778, "11/22/26, 12:47 AM"),
        (14, "https://example.gov/papers/3.html"),
        (14, "file:///home/pat/paper.html"),
        (14, "1/1"),
    ],
)
def test_what_a_browser_prints_around_a_page_is_furniture(height, words):
    def draw(canvas):
        canvas.drawString(24, height, words)
        canvas.drawString(72, 700, "The group met at the port.")
        canvas.drawString(72, 400, words)

    found = document(drawn(draw), "a.pdf")

    assert furniture(drawn(draw), "a.pdf") == [words]
    # Within the page the same words are the paper's.
    kept = [block.text for block in found.blocks if block.kind != BlockKind.FURNITURE]
    assert words in " ".join(kept)


def test_a_full_line_of_submitters_goes_on_whatever_stands_in_the_corner_of_the_page():
    line = "Submitted by: Cornelius Vane, Cargo and Conveyance Security, Office of Field"

    def draw(canvas):
        canvas.drawString(580, 20, "1/2")
        for height in (700, 686):
            canvas.drawString(72, height, "The group met at the port and went through its list of")
        canvas.drawString(72, 640, line)
        canvas.drawString(72, 626, "Operations")
        canvas.drawString(72, 612, "Date: May 13, 2024")

    assert texts(drawn(draw), "a.pdf")[1:] == [f"{line} Operations", "Date: May 13, 2024"]


def test_glyphs_without_a_meaning_are_no_text():
    text = "".join(f"(cid:{number})" for number in random.Random(1).sample(range(999), 60))

    data = drawn(lambda canvas: canvas.drawString(72, 700, text))

    assert code_of(data) == "no_text"
