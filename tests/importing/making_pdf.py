"""``make_pdf``: a sample paper as a PDF, drawn line by line as a word processor lays it out."""

from __future__ import annotations

import io

from reportlab.lib.pagesizes import letter
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

LEFT, TOP, BOTTOM = 72, 72, 72
SIZE, PITCH = 11, 13.5


class Page:
    """A canvas with a pen that moves down, and onto a new page at the foot."""

    def __init__(self, canvas, head, foot, pages, font):
        self.canvas, self.head, self.foot, self.pages = canvas, head, foot, pages
        self.plain, self.bold = font
        self.width, self.height = letter
        self.number = 0
        self.begin()

    def begin(self):
        self.number += 1
        self.y = self.height - TOP
        self.canvas.setFont(self.plain, 9)
        words = {"page": self.number, "pages": self.pages}
        if self.head:
            self.canvas.drawString(LEFT, self.height - 40, self.head.format(**words))
        if self.foot:
            self.canvas.drawCentredString(self.width / 2, 36, self.foot.format(**words))

    def next_page(self):
        self.canvas.showPage()
        self.begin()

    def down(self, by=PITCH):
        self.y -= by
        if self.y < BOTTOM:
            self.next_page()
            self.y -= PITCH


def make_pdf(
    paper,
    *,
    running_head="",
    page_footer="",
    cover_page=True,
    markers=("•", "o", "-"),
    indent=18,
    drawn_bullets=False,
    headings="bold",
    gap=6,
    hyphenate=False,
    password="",
    page_height=None,
    letterhead=True,
    closing="lines",
    justify=False,
    compressed=True,
):
    """Bytes of a PDF file.

    ``cover_page`` puts the first title block on a page of its own. ``drawn_bullets`` draws shapes
    instead of glyphs. ``headings``: "bold", "plain", "capitals". ``gap``: points between items.
    ``hyphenate`` breaks words at line ends. ``page_footer``: "Page {page} of {pages}".
    ``page_height``: a shorter page, so that items run over its foot. ``compressed`` False leaves
    the drawing in plain sight.
    """
    pages = 1
    for _ in range(2):  # The first round counts the pages.
        out = io.BytesIO()
        size = (letter[0], page_height or letter[1])
        locked = StandardEncryption(password, canPrint=0) if password else None
        canvas = Canvas(out, pagesize=size, encrypt=locked, invariant=1, pageCompression=compressed)
        page = Page(canvas, running_head, page_footer, pages, ("Times-Roman", "Times-Bold"))
        page.height = size[1]
        page.y = size[1] - TOP
        _draw(page, paper, cover_page, markers, indent, drawn_bullets, headings, gap, hyphenate,
              letterhead, closing, justify)  # fmt: skip
        pages = page.number
        canvas.showPage()
        canvas.save()
    return out.getvalue()


def _draw(page, paper, cover_page, markers, indent, drawn, headings, gap, hyphenate,
          letterhead, closing, justify):  # fmt: skip
    _centred(page, paper.title)
    if letterhead:
        page.down(30)
        for line in ("U.S. Customs and", "Border Protection"):
            page.canvas.setFont(page.bold, SIZE)
            page.canvas.drawString(LEFT, page.y, line)
            page.down()
    if paper.pub:
        page.down(10)
        page.canvas.setFont(page.plain, SIZE)
        page.canvas.drawString(LEFT, page.y, paper.pub)
        page.down()
    if cover_page:
        page.next_page()
    if paper.second_title:
        page.down(10)
        _centred(page, paper.second_title)
    page.down(10)
    for field in paper.fields:
        _paragraph(page, field, LEFT, gap, hyphenate, (), justify)
    for heading, items in paper.sections:
        page.down(8)
        words = heading.upper() if headings == "capitals" else f"{heading}:"
        page.canvas.setFont(page.bold if headings == "bold" else page.plain, SIZE)
        page.canvas.drawString(LEFT, page.y, words)
        page.down(PITCH + gap)
        for item in items:
            _item(page, item, markers, indent, drawn, gap, hyphenate, justify)
    page.down(10)
    for line in [" ".join(paper.closing)] if closing == "one-line" else paper.closing:
        _paragraph(page, line, LEFT, gap, hyphenate, (), justify)


def _centred(page, lines):
    for line in lines:
        page.canvas.setFont(page.bold, SIZE)
        page.canvas.drawCentredString(page.width / 2, page.y, line)
        page.down()


def _item(page, item, markers, indent, drawn, gap, hyphenate, justify):
    if item.cells:
        width = (page.width - 2 * LEFT) / len(item.cells)
        page.canvas.setFont(page.plain, SIZE)
        for column, cell in enumerate(item.cells):
            page.canvas.rect(LEFT + column * width, page.y - 5, width, 18)
            page.canvas.drawString(LEFT + column * width + 4, page.y, cell)
        page.down(18)
        return
    if item.level is None:
        _paragraph(page, item.text, LEFT, gap, hyphenate, item.links, justify)
        return
    left = LEFT + indent * item.level
    marker = markers[min(item.level, len(markers) - 1)]
    _paragraph(page, item.text, left + indent, gap, hyphenate, item.links, justify,
               (left, marker, drawn))  # fmt: skip


def _paragraph(page, text, left, gap, hyphenate, links, justify, marker=None):
    lines = _wrap(text, page.plain, page.width - LEFT - left, hyphenate)
    offset = 0
    for index, line in enumerate(lines):
        page.canvas.setFont(page.plain, SIZE)
        if index == 0 and marker:
            at, glyph, drawn = marker
            if drawn:
                page.canvas.circle(at + 2, page.y + 3, 2, fill=1)
            else:
                page.canvas.drawString(at, page.y, glyph)
        spaces = line.count(" ")
        spare = page.width - LEFT - left - stringWidth(line, page.plain, SIZE)
        spread = spare / spaces if justify and spaces and index + 1 < len(lines) else 0
        page.canvas.drawString(left, page.y, line, wordSpace=spread)
        _draw_links(page, text, line, offset, left, links, spread)
        offset += len(line) + (0 if line.endswith("-") and hyphenate else 1)
        if index + 1 < len(lines):
            page.down()
    page.down(PITCH + gap)


def _draw_links(page, text, line, offset, left, links, spread):
    """A rectangle over that part of each link which stands on this line."""
    for anchor, target in links:
        start = text.find(anchor) - offset
        stop = start + len(anchor)
        start, stop = max(start, 0), min(stop, len(line))
        if start >= stop or not target:
            continue
        x0 = left + stringWidth(line[:start], page.plain, SIZE) + spread * line[:start].count(" ")
        x1 = x0 + stringWidth(line[start:stop], page.plain, SIZE)
        x1 += spread * line[start:stop].count(" ")
        page.canvas.linkURL(target, (x0, page.y - 2, x1, page.y + SIZE - 2))


def _wrap(text, font, width, hyphenate):
    """Greedy lines; with ``hyphenate``, a long word that does not fit is cut after a syllable."""
    lines, line = [], ""
    words = text.split(" ")
    while words:
        word = words.pop(0)
        longer = f"{line} {word}" if line else word
        if stringWidth(longer, font, SIZE) <= width:
            line = longer
            continue
        half = len(word) // 2
        if hyphenate and word.isalpha() and word.islower() and len(word) > 7:
            part = f"{line} {word[:half]}-"
            if stringWidth(part, font, SIZE) <= width:
                lines.append(part)
                line = ""
                words.insert(0, word[half:])
                continue
        lines.append(line)
        line = word
    return [*lines, line]
