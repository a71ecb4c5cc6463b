"""Word files, with what Word puts into them."""

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from papers.content import Link
from papers.importing.document import BlockKind
from papers.importing.errors import ImportProblem
from papers.importing.readers import read
from tests.importing.making import make_docx, sample
from tests.importing.readers.telling import document, said, texts


def saved(file):
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def with_xml(*paragraphs):
    """A file whose body begins with these paragraphs, written as XML."""
    file = docx.Document()
    body = file.element.body
    for at, paragraph in enumerate(paragraphs):
        body.insert(at, parse_xml(f"<w:p {nsdecls('w', 'r')}>{paragraph}</w:p>"))
    return saved(file)


def repacked(data, changes):
    """The same package with some parts changed: name -> what is made of its bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, changes.get(name, lambda part: part)(old.read(name)))
        for name in changes.keys() - set(old.namelist()):
            new.writestr(name, changes[name](b""))
    return out.getvalue()


def code_of(data, name="paper.docx"):
    with pytest.raises(ImportProblem) as problem:
        read(data, name)
    return problem.value.code


def run(text):
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_insertions_are_read_and_deletions_are_not():
    data = with_xml(
        f"{run('The group ')}<w:del><w:r><w:delText>never </w:delText></w:r></w:del>"
        f"<w:ins>{run('often ')}</w:ins><w:moveFrom>{run('once')}</w:moveFrom>{run('met.')}"
    )

    assert texts(data, "a.docx") == ["The group often met."]


def test_hidden_words_field_codes_and_prompts_are_not_read():
    data = with_xml(
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden.</w:t></w:r>"
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText> HYPERLINK "https://example.gov/f" </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("the field")}'
        f'<w:r><w:fldChar w:fldCharType="end"/></w:r>{run(" ends")}'
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Click')}"
        f"</w:sdtContent></w:sdt><w:sdt><w:sdtContent>{run(' here.')}</w:sdtContent></w:sdt>"
    )

    block = document(data, "a.docx").blocks[0]

    assert block.text == "the field ends here."
    assert block.links == (Link("the field", "https://example.gov/f"),)


def test_special_characters_print_as_word_prints_them():
    data = with_xml(
        f"{run('post')}<w:r><w:noBreakHyphen/></w:r>{run('release')}<w:r><w:tab/></w:r>"
        f"{run('exami')}<w:r><w:softHyphen/></w:r>{run('nation')}"
        '<w:r><w:sym w:font="Symbol" w:char="F0B7"/></w:r>'
    )

    assert texts(data, "a.docx") == ["post-release examination•"]


def test_a_text_box_is_read_once():
    box = f"<w:txbxContent><w:p>{run('In a box.')}</w:p></w:txbxContent>"
    data = with_xml(
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility'
        f'/2006"><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        f"{run('Around it.')}"
    )

    assert texts(data, "a.docx") == ["Around it.", "In a box."]


def test_lines_within_a_paragraph_are_joined_in_running_text_and_items():
    number = (
        '<w:pPr><w:pStyle w:val="ListBullet"/></w:pPr>'
        "<w:r><w:t>First line</w:t><w:br/><w:t>Second line</w:t></w:r>"
    )
    running = "<w:r><w:t>The group went on with its</w:t><w:br/><w:t>work.</w:t></w:r>"

    assert said(with_xml(number, running), "a.docx") == [
        (0, "•", "First line Second line"),
        (None, "", "The group went on with its work."),
    ]


def test_numbers_of_lists_are_counted_as_word_counts_them():
    found = said(make_docx(sample(), numbering="decimal"), "a.docx")

    assert [marker for _, marker, _ in found if marker] == [
        "1.", "2.", "3.", "a)", "b)", "i.", "4.", "5.",
    ]  # fmt: skip


def test_numbering_switched_off_makes_no_item():
    data = with_xml(
        '<w:pPr><w:pStyle w:val="ListBullet"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>'
        + run("No item.")
    )

    assert said(data, "a.docx") == [(None, "", "No item.")]


def test_a_list_indented_under_another_is_one_level_deeper():
    left = '<w:pPr><w:pStyle w:val="{}"/><w:ind w:left="{}"/></w:pPr>'
    data = with_xml(
        left.format("ListBullet", 360) + run("First."),
        left.format("ListNumber", 1080) + run("Below it."),
        left.format("ListBullet", 360) + run("Second."),
    )

    assert [level for level, _, _ in said(data, "a.docx")] == [0, 1, 0]


def test_pages_are_counted_where_word_or_the_writer_ended_them():
    data = with_xml(
        run("One."),
        '<w:r><w:br w:type="page"/></w:r>',
        "<w:r><w:lastRenderedPageBreak/><w:t>Two.</w:t></w:r>",
        f"{run('Still two')}<w:r><w:lastRenderedPageBreak/><w:t>, and three.</w:t></w:r>",
        run("Three."),
    )

    blocks = document(data, "a.docx").blocks
    assert [(block.page, block.text) for block in blocks] == [
        (1, "One."), (2, "Two."), (2, "Still two, and three."), (3, "Three."),
    ]  # fmt: skip


def test_footnotes_stand_behind_the_text():
    notes = (
        '<?xml version="1.0"?><w:footnotes xmlns:w="http://schemas.openxmlformats.org/'
        'wordprocessingml/2006/main"><w:footnote w:type="separator"><w:p><w:r><w:t>x</w:t></w:r>'
        f"</w:p></w:footnote><w:footnote><w:p>{run('A note.')}</w:p></w:footnote></w:footnotes>"
    )
    relation = (
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/footnotes" Target="footnotes.xml"/></Relationships>'
    )
    data = repacked(
        with_xml(run("The text.")),
        {
            "word/footnotes.xml": lambda part: notes.encode(),
            "word/_rels/document.xml.rels": lambda part: part.replace(
                b"</Relationships>", relation
            ),
        },
    )

    assert texts(data, "a.docx") == ["The text.", "A note."]


def test_a_table_of_facts_keeps_its_cells_and_a_layout_is_read_cell_by_cell():
    file = docx.Document()
    facts = file.add_table(rows=2, cols=2)
    facts.cell(0, 0).text, facts.cell(0, 1).text = "Action Required:", "Informational"
    facts.cell(1, 0).text = "Pub#"
    layout = file.add_table(rows=1, cols=2)
    layout.cell(0, 0).text = "Background"
    layout.cell(0, 1).paragraphs[0].add_run("Intro.")
    layout.cell(0, 1).add_paragraph("An item.", style="List Bullet")
    layout.cell(0, 1).add_paragraph("Another.", style="List Bullet 2")

    blocks = document(saved(file), "a.docx").blocks

    assert [block.cells for block in blocks if block.kind == BlockKind.TABLE_ROW] == [
        ("Action Required:", "Informational"), ("Pub#", ""),
    ]  # fmt: skip
    assert [block.text for block in blocks[2:]] == ["Background", "Intro.", "An item.", "Another."]


def test_a_package_that_declares_too_much_is_not_opened():
    # S18
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("word/document.xml", b"<a>" + bytes(60 * 1024 * 1024))

    assert len(bomb.getvalue()) < 100_000
    assert code_of(bomb.getvalue()) == "unpacks_too_large"


def test_a_package_of_too_many_parts_is_not_opened():
    # S18
    data = repacked(make_docx(sample()), {f"x/{n}.bin": lambda part: b"" for n in range(2001)})

    assert code_of(data) == "unpacks_too_large"


def test_a_main_part_that_is_too_long_is_not_parsed():
    # S18
    data = repacked(
        make_docx(sample()), {"word/document.xml": lambda part: part + b" " * 11_000_000}
    )

    assert code_of(data) == "unpacks_too_large"


def test_a_package_that_lies_about_its_size_is_damaged():
    # S18
    data = bytearray(make_docx(sample()))
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(b"word/document.xml"))
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")

    assert code_of(bytes(data)) == "unreadable"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["word/document.xml", "word/settings.xml", "docProps/app.xml"])
def test_a_document_type_in_any_part_is_refused(part, encoding):
    # S18
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?>'
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    )
    data = repacked(make_docx(sample()), {part: lambda _: text.encode(encoding)})

    assert code_of(data) == "forbidden_content"


def test_other_office_files_are_of_the_wrong_type():
    data = repacked(
        make_docx(sample()), {"word/document.xml": lambda part: b"<workbook xmlns='x'/>"}
    )
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("a.txt", "Background:")

    assert code_of(data) == "wrong_type"
    assert code_of(archive.getvalue()) == "wrong_type"


def test_an_encrypted_file_says_so_and_an_old_one_is_of_the_wrong_type():
    # S18
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)

    assert code_of(ole + "EncryptedPackage".encode("utf-16-le") + bytes(400)) == "encrypted"
    assert code_of(ole + "WordDocument".encode("utf-16-le") + bytes(400)) == "wrong_type"
    assert code_of(ole, "paper.doc") == "wrong_type"


def test_a_part_behind_a_password_says_so():
    data = bytearray(make_docx(sample()))
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1

    assert code_of(bytes(data)) == "encrypted"
