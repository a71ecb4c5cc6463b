"""PDF files, by pdfplumber: words by their place on the page become lines, as in a text file."""

from __future__ import annotations

import heapq
import io
import logging
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage

from papers.importing.document import Document
from papers.importing.errors import ImportProblem
from papers.importing.limits import MAX_CHARACTERS
from papers.importing.readers.assemble import Assembler
from papers.importing.readers.lines import Gap, Line
from papers.importing.readers.pdf_page import page_lines

MAX_PAGES = 500
_TOLERANCE = 3.0  # Points.
_BODY = 0.6  # Of the page's width: text that ends left of it is not wrapped at a margin.
_ENCRYPTED = (PDFPasswordIncorrect, PDFEncryptionError)


def read_pdf(data: bytes) -> Document:
    """Pictures are left out; words that are drawn askew (a watermark) are furniture.

    Raises ImportProblem: encrypted, unreadable, too_many_pages, too_long, no_text.
    """
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        return _read(data)
    except (ImportProblem, MemoryError):
        raise
    except Exception as error:
        # pdfminer meets damage with whatever exception the damage leads to.
        causes = (error, *error.args, error.__cause__, error.__context__)
        if any(isinstance(each, _ENCRYPTED) for each in causes):
            raise ImportProblem("encrypted") from error
        raise ImportProblem("unreadable") from error


def _read(data: bytes) -> Document:
    lines: list[Line] = []
    room = MAX_CHARACTERS
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        count = 0
        for count, _ in enumerate(PDFPage.create_pages(pdf.doc), 1):
            if count > MAX_PAGES:
                raise ImportProblem("too_many_pages")
        if not count:
            raise ImportProblem("unreadable")
        width = 0.0
        for page in pdf.pages:
            found = list(_numbered(page))
            width = max(width, float(page.width))
            page.close()
            room -= sum(len(line.raw) + 1 for line in found)
            if room < 0:
                raise ImportProblem("too_long")
            lines += found
    if not lines or _is_undecoded(lines):
        raise ImportProblem("no_text")
    _find_gaps(lines)
    return Assembler(_TOLERANCE, _margin(lines, width)).document(lines, "pdf", count)


def _numbered(page: Any) -> Iterator[Line]:
    for number, line in enumerate(page_lines(page), 1):
        line.page, line.number = page.page_number, number
        yield line


def _is_undecoded(lines: list[Line]) -> bool:
    """Whether most letters came without a meaning, as glyph numbers."""
    glyphs = sum(line.raw.count("(cid:") for line in lines)
    return glyphs * 8 > sum(len(line.raw) for line in lines) / 2


def _find_gaps(lines: list[Line]) -> None:
    """Which lines stand further below the one before than lines of one paragraph do."""
    steps = [
        (below, round((below.y - above.y) * 2) / 2)
        for above, below in pairwise(lines)
        if above.page == below.page and below.y > above.y + 1
    ]
    counts = Counter(step for _, step in steps)
    usual = min(
        (step for step, count in counts.items() if count >= max(2, len(steps) // 10)), default=0
    )
    for below, step in steps:
        if usual and step > usual * 1.25 + 1:
            below.gap = Gap.BLANK
    for above, below in pairwise(lines):
        if above.page != below.page:
            below.gap = Gap.PAGE


def _margin(lines: list[Line], width: float) -> float:
    """Where full lines end: the right edge that the longest lines share.

    Rows and what is known for the page's own, such as a number in the corner, have edges of theirs.
    """
    body = [line.right for line in lines if line.kind is None]
    longest = heapq.nlargest(6, body)
    edge = next((a for a, b in pairwise(longest) if a - b < 24), longest[0] if longest else width)
    return max(edge - 1, _BODY * width)
