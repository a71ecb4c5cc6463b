"""``make_docx``: a sample paper as a Word file."""

from __future__ import annotations

import io
from copy import deepcopy

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

STYLES = {
    "styles": ("List Bullet", "List Bullet 2", "List Bullet 3"),
    "number-styles": ("List Number", "List Number 2", "List Number 3"),
}
FORMATS = {"bullet": ("bullet", "•", "o", "\uf0a7"), "decimal": ("decimal", "%1.", "%2.", "%3.")}


def make_docx(
    paper,
    *,
    numbering="real",
    headings="bold",
    title="lines",
    running_head="",
    page_footer=False,
    cover_page=True,
    markers=("•", "o", "\uf0a7"),
    pub_in_header=False,
    fields_in_table=False,
    closing="lines",
):
    """Bytes of a DOCX file.

    ``numbering``: "real" (numbering.xml with ilvl), "styles" (List Bullet 2), "number-styles" (List
    Number 2), "decimal" (1., a), i.), "typed" (the marker in the text, levels by indent).
    ``headings``: "bold" ("Background:" in bold), "styles" (Heading 2, no colon), "plain" (no bold,
    colon). ``title``: "lines", "breaks" (one paragraph with soft breaks), "table". ``closing``:
    "lines", "one-line".
    """
    file = docx.Document()
    if running_head or (pub_in_header and paper.pub):
        words = running_head if running_head else paper.pub
        file.sections[0].header.paragraphs[0].text = words
    if page_footer:
        _page_footer(file.sections[0].footer.paragraphs[0])
    first = [*paper.title, *([] if pub_in_header or not paper.pub else [paper.pub])]
    _title(file, first, title)
    if cover_page:
        file.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
    if paper.second_title:
        _title(file, list(paper.second_title), title)
    _fields(file, paper.fields, fields_in_table)
    number_id = _numbering(file, numbering, markers)
    for heading, items in paper.sections:
        _heading(file, heading, headings)
        table = None
        for item in items:
            if item.cells:
                if table is None:
                    table = file.add_table(rows=0, cols=len(item.cells))
                for cell, text in zip(table.add_row().cells, item.cells, strict=True):
                    cell.text = text
                continue
            table = None
            _item(file, item, numbering, number_id, markers)
    if closing == "one-line":
        file.add_paragraph(" ".join(paper.closing))
    else:
        for line in paper.closing:
            file.add_paragraph(line)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def _title(file, lines, how):
    if how == "table":
        table = file.add_table(rows=0, cols=1)
        for line in lines:
            table.add_row().cells[0].text = line
        file.add_paragraph()
        return
    if how == "breaks":
        paragraph = file.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for index, line in enumerate(lines):
            run = paragraph.add_run(line)
            run.bold = True
            if index + 1 < len(lines):
                run.add_break()
        return
    for line in lines:
        paragraph = file.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(line).bold = True


def _fields(file, fields, in_table):
    if in_table:
        table = file.add_table(rows=0, cols=2)
        for field in fields:
            label, _, value = field.partition(":")
            cells = table.add_row().cells
            cells[0].text, cells[1].text = f"{label}:", value.strip()
        return
    for field in fields:
        file.add_paragraph(field)


def _heading(file, heading, how):
    if how == "styles":
        file.add_heading(heading, 2)
    elif how == "bold":
        file.add_paragraph().add_run(f"{heading}:").bold = True
    else:
        file.add_paragraph(f"{heading}:")


def _item(file, item, numbering, number_id, markers):
    level = item.level
    paragraph = file.add_paragraph()
    text = item.text
    if level is not None:
        if numbering in STYLES:
            paragraph.style = file.styles[STYLES[numbering][min(level, 2)]]
        elif numbering == "typed":
            text = f"{markers[min(level, len(markers) - 1)]}\t{text}"
            paragraph.paragraph_format.left_indent = docx.shared.Inches(0.25 * (level + 1))
        else:
            properties = paragraph._p.get_or_add_pPr()
            numbers = properties.get_or_add_numPr()
            numbers.get_or_add_ilvl().val = level
            numbers.get_or_add_numId().val = number_id
    for anchor, target in item.links:
        before, _, text = text.partition(anchor)
        paragraph.add_run(before)
        _link(paragraph, anchor, target)
    # In two runs, as Word splits them: no reader may rely on a paragraph being one run.
    half = len(text) // 2
    paragraph.add_run(text[:half])
    paragraph.add_run(text[half:])


def _link(paragraph, anchor, target):
    link = OxmlElement("w:hyperlink")
    if target:
        relation = paragraph.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link.set(qn("r:id"), relation)
    else:
        link.set(qn("w:anchor"), "_top")
    run = paragraph.add_run(anchor)
    link.append(run._r)
    paragraph._p.append(link)


def _numbering(file, how, markers):
    """A list of three levels of its own in numbering.xml; its number."""
    if how not in ("real", "decimal"):
        return 0
    numbering = file.part.numbering_part.element
    levels = []
    for level in range(3):
        if how == "real":
            kind, text = "bullet", markers[min(level, len(markers) - 1)]
        else:
            kind = ("decimal", "lowerLetter", "lowerRoman")[level]
            text = (f"%{level + 1}.", f"%{level + 1})", f"%{level + 1}.")[level]
        levels.append(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
            f'<w:lvlText w:val="{text}"/><w:pPr><w:ind w:left="{720 * (level + 1)}" '
            'w:hanging="360"/></w:pPr></w:lvl>'
        )
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{"".join(levels)}</w:abstractNum>'
    )
    number = parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>')
    first = numbering.find(qn("w:num"))
    first.addprevious(abstract) if first is not None else numbering.append(abstract)
    numbering.append(deepcopy(number))
    return 90


def _page_footer(paragraph):
    """Page 1 of 2, by fields, as Word's gallery of footers makes it."""
    paragraph.add_run("Page ")
    for name, between in (("PAGE", " of "), ("NUMPAGES", "")):
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), f" {name} ")
        run = paragraph.add_run("1")
        field.append(run._r)
        paragraph._p.append(field)
        paragraph.add_run(between)
