"""Words that staff cut out of a draft are not counted as placed any more (S22)."""

import re

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from papers.models import ImportedFile, IssuePaper
from tests.admin.imports.conftest import address, row_of, save, upload
from tests.importing.making import bullet, make_txt, para, sample
from tests.importing.samples import make_record

pytestmark = pytest.mark.django_db

FIRST = "The counts of the first quarter were sent to all of the offices."
SECOND = "Nobody has answered them yet."


def lost(imported):
    return [each.detail for each in imported.findings.filter(code="not_placed")]


def imported_with(editor, **changes):
    make_record()
    upload(editor, ("a.txt", make_txt(sample(**changes))))
    return ImportedFile.objects.get()


@pytest.fixture
def two_sentences(editor, read_at_once):
    items = (bullet(f"{FIRST} {SECOND}"),)
    return imported_with(editor, sections=(("Current Status", items),))


def test_a_sentence_cut_out_of_an_item_is_lost_and_stands_in_the_way(editor, two_sentences):
    prefix = row_of(editor.get(address(two_sentences)), FIRST)

    page = save(editor, two_sentences, **{f"{prefix}-text": FIRST})

    assert lost(two_sentences) == [SECOND]
    assert two_sentences.findings.blocking().exists()
    assertContains(page, "Sentences in the record: 7 of 8")
    assertContains(page, 'class="w lost"', 1)
    assertContains(page, "A sentence keeps its place while at least four in five of its words")
    assert re.search(f"<del>[^<]*{SECOND}</del>", page.content.decode())
    two_sentences.refresh_from_db()
    assert (two_sentences.placed, two_sentences.sentences) == (7, 8)


def test_the_sentence_that_was_cut_out_becomes_an_item_of_its_own(editor, two_sentences):
    prefix = row_of(editor.get(address(two_sentences)), FIRST)
    page = save(editor, two_sentences, **{f"{prefix}-text": FIRST})
    loose = page.context["loose"][0]["form"]
    assert loose["text"].value() == SECOND

    save(editor, two_sentences, **{f"{loose.prefix}-section": "next-steps"})

    paper = IssuePaper.objects.get()
    assert [item.text for item in paper.status_items.all()] == [FIRST]
    assert [item.text for item in paper.next_steps.all()] == [SECOND]
    assert lost(two_sentences) == []


def test_a_sentence_typed_into_a_new_item_in_the_same_save_is_not_lost(editor, two_sentences):
    prefix = row_of(editor.get(address(two_sentences)), FIRST)

    typed = {"add-next-steps-text": SECOND}
    page = save(editor, two_sentences, **{f"{prefix}-text": FIRST}, **typed)

    assert lost(two_sentences) == []
    assertContains(page, "Every sentence accounted for: 8 of 8")


def test_a_mended_spelling_loses_nothing(editor, two_sentences):
    prefix = row_of(editor.get(address(two_sentences)), FIRST)
    mended = f"{FIRST.replace('quarter', 'quartre')} {SECOND}"

    page = save(editor, two_sentences, **{f"{prefix}-text": mended})

    assert lost(two_sentences) == []
    assertContains(page, "<del>quarter</del>")
    assertNotContains(page, 'class="w lost"')


def test_a_sentence_that_speaks_of_the_future_is_no_point_once_it_is_cut(editor, read_at_once):
    future = "The group is set to reconvene for further discussion."
    imported = imported_with(editor, sections=(("Current Status", (bullet(f"{FIRST} {future}"),)),))
    assert imported.findings.filter(code="possible_next_step_in_status").exists()
    prefix = row_of(editor.get(address(imported)), FIRST)

    save(editor, imported, **{f"{prefix}-text": FIRST})

    assert lost(imported) == [future]
    assert not imported.findings.filter(code="possible_next_step_in_status").exists()


def test_words_cut_out_in_place_of_items_are_lost(editor, read_at_once):
    sections = (
        ("Current Status", (bullet(FIRST),)),
        ("Next Steps", (para("None at this time."),)),
    )
    imported = imported_with(editor, sections=sections)
    page = editor.get(address(imported))
    assert page.context["forms"].remarks

    save(editor, imported, **{"remark-next-steps": "N/A"})

    assert lost(imported) == ["None at this time."]


@pytest.mark.parametrize(
    ("field", "value", "detail"),
    [
        ("office_line", "Office of Field Operations", "Cargo and Conveyance Security/Office of"),
        ("action_required", "Decision", "Action Required: Informational"),
        ("submitted_by", "Somebody Else", "Submitted by: Pat Example"),
        ("group_as_printed", "Trade", "Sample Working Group"),
    ],
)
def test_a_field_that_says_something_else_leaves_its_words_without_a_place(
    editor, draft, field, value, detail
):
    save(editor, draft, **{f"paper-{field}": value})

    assert len(lost(draft)) == 1
    assert lost(draft)[0].startswith(detail)


def test_a_name_and_an_office_that_change_places_lose_nothing(editor, draft):
    swapped = {"paper-submitted_by": "Pat Example, Office", "paper-submitter_office": "Field Ops"}

    save(editor, draft, **{"paper-submitted_by": "Pat Example, Office of Field Operations"})
    save(editor, draft, **{"paper-submitter_office": ""})
    assert lost(draft) == []

    save(editor, draft, **swapped)
    assert len(lost(draft)) == 1
