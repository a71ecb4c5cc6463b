"""The four papers of the record in every format give the same record."""

from dataclasses import replace

import pytest

from papers.importing.coverage import check
from papers.importing.parser import parse
from papers.importing.readers import read
from tests.importing.making import make_docx, make_html, make_md, make_pdf, make_txt, seed_papers

SEEDS = seed_papers()
HEAD = "COAC Government Issue Paper"
LAYOUTS = {
    "wrapped.txt": lambda paper: make_txt(paper, width=72, links=True),
    "paged.txt": lambda paper: make_txt(
        paper,
        width=72,
        links=True,
        lines_a_page=30,
        running_head=HEAD,
        page_footer="Page {page} of {pages}",
    ),
    "numbered.txt": lambda paper: make_txt(paper, headings="numbered", links=True),
    "bold.md": lambda paper: make_md(paper, headings="bold"),
    "hash.md": lambda paper: make_md(paper, title="hash"),
    "headings.html": lambda paper: make_html(paper),
    "bold.html": lambda paper: make_html(paper, headings="bold"),
    "real-lists.docx": lambda paper: make_docx(paper, headings="styles"),
    "list-styles.docx": lambda paper: make_docx(paper, numbering="styles", title="table"),
    "decimal.docx": lambda paper: make_docx(paper, numbering="decimal", closing="one-line"),
    "typed.docx": lambda paper: make_docx(
        paper, numbering="typed", title="breaks", headings="plain", page_footer=True
    ),
    "two-pages.pdf": lambda paper: make_pdf(
        paper, page_footer="Page {page} of {pages}", running_head=HEAD
    ),
    "many-pages.pdf": lambda paper: make_pdf(
        paper, page_height=400, page_footer="{page}", hyphenate=True
    ),
    "drawn-bullets.pdf": lambda paper: make_pdf(paper, drawn_bullets=True, closing="one-line"),
    "plain.pdf": lambda paper: make_pdf(paper, headings="plain", justify=True),
}


def with_targets(paper):
    """A PDF has no link without a target; "#" leads nowhere and is read as none."""
    sections = tuple(
        (
            heading,
            tuple(
                replace(item, links=tuple((words, target or "#") for words, target in item.links))
                for item in items
            ),
        )
        for heading, items in paper.sections
    )
    return replace(paper, sections=sections)


def record(paper):
    """All that a record holds, apart from what belongs to one file: bullets and places."""
    content = paper.content
    return {
        "fields": (
            content.group,
            content.subcommittee,
            content.pub_number,
            content.action_required,
            content.office,
            content.submitted_by,
            content.submitter_office,
            content.dated,
            paper.meeting,
            paper.meeting_as_printed,
            paper.dated_as_printed,
        ),
        "sections": [
            (
                section.kind,
                section.heading,
                section.remark,
                [(item.text, item.level, item.links) for item in section.items],
            )
            for section in content.sections
        ],
        "findings": [finding.full_code for finding in paper.findings],
    }


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", SEEDS)
def test_every_format_gives_the_record_of_the_text_file(name, layout):
    sample = with_targets(SEEDS[name])
    plain = parse(read(make_txt(sample, links=True), "plain.txt"))

    paper = parse(read(LAYOUTS[layout](sample), layout))

    assert record(paper) == record(plain)
    coverage, as_text = check(paper), check(plain)
    assert coverage.problems == ()
    assert coverage.placed == coverage.sentences == as_text.sentences
