"""One paper in every format says the same, whatever its layout."""

import pytest

from tests.importing.making import (
    bullet,
    make_docx,
    make_html,
    make_md,
    make_pdf,
    make_txt,
    para,
    row,
    sample,
    seed_papers,
)
from tests.importing.readers.telling import content, document, furniture, relative

PAPERS = {**seed_papers(), "sample": sample()}
LONG = (
    "The group went through all of the {0} papers of the last {0} years and counted how many of "
    "their {0} items had been kept word for word from one quarter to the next, and how many not."
)

LAYOUTS = [
    ("txt", make_txt, {"links": True}),
    ("txt", make_txt, {"links": True, "width": 78, "markers": ("•", "o", "▪"), "indent": 0}),
    ("txt", make_txt, {"links": True, "width": 90, "ends": "\r\n", "encoding": "utf-16"}),
    ("txt", make_txt, {"links": True, "width": 70, "indent": 3, "encoding": "cp1252"}),
    ("txt", make_txt, {"links": True, "width": 80, "lines_a_page": 22, "running_head": "COAC 2024",
                       "page_footer": "Page {page} of {pages}"}),
    ("md", make_md, {}),
    ("md", make_md, {"title": "hash", "headings": "bold"}),
    ("html", make_html, {}),
    ("html", make_html, {"headings": "bold", "wrap": 60, "encoding": "windows-1252"}),
    ("docx", make_docx, {}),
    ("docx", make_docx, {"numbering": "styles", "headings": "styles", "title": "breaks"}),
    ("docx", make_docx, {"numbering": "decimal", "headings": "plain", "title": "table"}),
    ("docx", make_docx, {"numbering": "typed", "page_footer": True, "running_head": "COAC"}),
    ("pdf", make_pdf, {}),
    ("pdf", make_pdf, {"running_head": "COAC", "page_footer": "Page {page} of {pages}"}),
    ("pdf", make_pdf, {"drawn_bullets": True, "justify": True, "page_footer": "{page}"}),
    ("pdf", make_pdf, {"page_height": 330, "page_footer": "- {page} -", "gap": 0}),
    ("pdf", make_pdf, {"hyphenate": True, "markers": ("-", "-", "-"), "headings": "plain"}),
    ("pdf", make_pdf, {"cover_page": False, "letterhead": False, "indent": 36}),
]  # fmt: skip


def expected(paper, form):
    """(level, text, links) of what the paper prints, in order; a PDF has no links to nowhere."""
    said = [(None, line, ()) for line in (*paper.title, paper.pub, *paper.second_title) if line]
    said += [(None, line, ()) for line in paper.fields]
    for heading, items in paper.sections:
        said.append((None, heading, ()))
        for item in items:
            links = tuple(link for link in item.links if link[1] or form != "pdf")
            said.append((item.level, item.text, links))
    said += [(None, line, ()) for line in paper.closing]
    return relative((level, text.rstrip(":"), links) for level, text, links in said)


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize(
    ("form", "make", "layout"), LAYOUTS, ids=[f"{f}-{i}" for i, (f, _, _) in enumerate(LAYOUTS)]
)
def test_every_layout_of_a_paper_gives_its_lines_items_levels_and_links(name, form, make, layout):
    paper = PAPERS[name]

    found = content(document(make(paper, **layout), f"paper.{form}"))

    letterhead = "U.S. Customs and Border Protection"
    assert [each for each in found if each[1] != letterhead] == expected(paper, form)


@pytest.mark.parametrize("layout", [{}, {"headings": "capitals"}, {"running_head": "A head"}])
def test_every_page_of_a_pdf_is_read(layout):
    items = tuple(
        bullet(f"Item {number}: {LONG.format(number)}", number % 3) for number in range(60)
    )
    paper = sample(sections=(("Current Status", items),))

    found = document(make_pdf(paper, page_footer="{page} / {pages}", **layout), "long.pdf")

    assert found.pages > 4
    assert [each[:2] for each in content(found) if "Item" in each[1]] == [
        (item.level, item.text) for item in items
    ]


@pytest.mark.parametrize(
    ("form", "make"), [("txt", make_txt), ("md", make_md), ("html", make_html),
                       ("docx", make_docx), ("pdf", make_pdf)]
)  # fmt: skip
def test_rows_of_a_table_keep_their_cells(form, make):
    rows = (row("Office", "Words"), row("First office", "312"), row("Second office", "290"))
    paper = sample(sections=(("Background", (para("Before."), *rows)), ("Issue", (bullet("A."),))))

    found = document(make(paper), f"paper.{form}")

    assert [block.cells for block in found.blocks if block.cells] == [each.cells for each in rows]


@pytest.mark.parametrize(
    ("form", "data"),
    [
        ("docx", make_docx(sample(), running_head="A head", page_footer=True)),
        ("pdf", make_pdf(sample(), running_head="A head", page_footer="Page {page} of {pages}")),
    ],
)
def test_heads_and_feet_are_furniture(form, data):
    marked = furniture(data, f"paper.{form}")

    assert "A head" in marked
    assert any(words.startswith("Page 1 of") for words in marked)
