"""Lists of Word files, by the styles that Word brings along and by its numbering."""

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from tests.importing.making import make_docx, sample
from tests.importing.readers.telling import content, document, said
from tests.importing.readers.test_docx import saved


def with_list(levels, number="77"):
    """A file, and in it a list of these levels: XML without the element around it."""
    file = docx.Document()
    numbering = file.part.numbering_part.element
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{levels}</w:abstractNum>'
    )
    numbering.find(qn("w:num")).addprevious(abstract)
    numbering.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
        )
    )
    return file


def level(ilvl, text, start=1):
    return (
        f'<w:lvl w:ilvl="{ilvl}"><w:start w:val="{start}"/><w:numFmt w:val="decimal"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def add(file, text, number, ilvl=None, style=None):
    paragraph = file.add_paragraph(text, style=style)
    numbers = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    numbers.get_or_add_numId().val = number
    if ilvl is not None:
        numbers.get_or_add_ilvl().val = ilvl


@pytest.mark.parametrize("depth", [1, 2, 3, 4, 5])
@pytest.mark.parametrize(("kind", "markers"), [("Bullet", ["•", "•"]), ("Number", ["1.", "2."])])
def test_every_list_style_of_word_makes_items_at_its_level(kind, markers, depth):
    file = docx.Document()
    name = f"List {kind} {depth}" if depth > 1 else f"List {kind}"
    if depth > 3:  # The template of the library that writes the file ends at 3.
        file.styles.add_style(name, docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    for text in ("First.", "Second."):
        file.add_paragraph(text, style=name)

    found = said(saved(file), "a.docx")

    assert found == [
        (min(depth - 1, 3), markers[0], "First."), (min(depth - 1, 3), markers[1], "Second."),
    ]  # fmt: skip


def test_a_paper_in_numbered_list_styles_says_the_same_as_one_in_bullets():
    numbered = document(make_docx(sample(), numbering="number-styles"), "a.docx")

    assert content(numbered) == content(document(make_docx(sample()), "a.docx"))


def test_each_numbered_list_style_counts_for_itself():
    file = docx.Document()
    for name in ("List Number", "List Number 2", "List Number 2", "List Number"):
        file.add_paragraph("Met.", style=name)

    assert [marker for _, marker, _ in said(saved(file), "a.docx")] == ["1.", "1.", "2.", "2."]


def test_an_item_on_a_level_that_its_list_does_not_define_is_still_an_item():
    file = with_list(level(0, "%1.") + level(2, "%1.%2.%3."))
    for ilvl in (0, 1, 2, 8):
        add(file, "Met.", 77, ilvl)

    assert said(saved(file), "a.docx") == [
        (0, "1.", "Met."), (1, "•", "Met."), (2, "1.1.1.", "Met."), (3, "•", "Met."),
    ]  # fmt: skip


def test_a_list_style_on_a_list_of_several_levels_counts_on_the_level_it_is_told():
    file = with_list(level(0, "%1.") + level(1, "%1.%2"))
    add(file, "Met.", 77, 0, "List Number")
    add(file, "Once.", 77, 1, "List Number 2")
    add(file, "Twice.", 77, 1, "List Number 2")

    assert [marker for _, marker, _ in said(saved(file), "a.docx")] == ["1.", "1.1", "1.2"]


def test_a_list_that_starts_at_nought_goes_on_from_there():
    file = with_list(level(0, "%1.", start=0))
    for _ in range(3):
        add(file, "Met.", 77)

    assert [marker for _, marker, _ in said(saved(file), "a.docx")] == ["0.", "1.", "2."]
