"""What the review of an import refuses, and how it keeps levels sound."""

import re

import pytest
from pytest_django.asserts import assertContains

from papers.admin import review_forms
from papers.models import ImportedFile, IssuePaper
from tests.admin.imports.conftest import address, fields_of, row_of, save, upload
from tests.importing.making import bullet, make_txt, para, sample
from tests.importing.samples import make_record

pytestmark = pytest.mark.django_db

INVISIBLE = "\u200b\u200d \u00ad\u2060\ufeff"


def the_paper():
    return IssuePaper.objects.get()


def levels(related):
    return [(each.level, each.text.split()[0]) for each in related.all()]


# Nothing to see (S38) --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", [INVISIBLE, "\u2800", "\u202e\u202c", "\u3164", "\ufe0f", "\u0301"]
)
def test_an_item_of_nothing_to_see_is_refused(editor, draft, text):
    prefix = row_of(editor.get(address(draft)), "nobody had")

    page = save(editor, draft, **{f"{prefix}-text": text})

    assertContains(page, "S1.2.1 has no words. To take it out, tick “Remove”.")
    assert the_paper().status_items.filter(text="nobody had turned that page.").exists()


def test_a_new_item_of_nothing_to_see_is_refused(editor, draft):
    page = save(editor, draft, **{"add-issue-text": INVISIBLE})

    assertContains(page, "There are no words to see in a new item of Issue.")
    assert the_paper().section_items.filter(section="issue").count() == 2


def test_a_field_and_a_heading_of_nothing_to_see_are_empty(editor, draft):
    prefix = row_of(editor.get(address(draft)), "nobody had")

    save(editor, draft, **{"paper-office_line": INVISIBLE})
    assert the_paper().office_line == ""

    page = save(editor, draft, new_section=INVISIBLE, **{f"{prefix}-section": "new"})
    assertContains(page, "Give the heading of the new section")


def test_letters_of_any_script_and_symbols_are_seen():
    for text in ("a", "\u05d0", "\u4e2d", "5", "\u20ac", "\u2014", "e\u0301"):
        assert not review_forms.is_blank(text)


# Too much (S39) --------------------------------------------------------------------------------


def test_an_item_that_is_too_long_is_refused_in_words(editor, draft):
    prefix = row_of(editor.get(address(draft)), "nobody had")
    long = "word " * 2001

    page = save(editor, draft, **{f"{prefix}-text": long, "add-issue-text": long})

    words = "has 10,005 characters; at most 10,000 can be stored. Make two items of it."
    assertContains(page, f"S1.2.1 {words}")
    assertContains(page, f"A new item of Issue {words}")
    assert not the_paper().status_items.filter(is_edited=True).exists()


def test_a_long_item_as_printed_stays_and_may_become_shorter(editor, read_at_once):
    make_record()
    long = "The words of this item go on and on " * 300
    upload(editor, ("a.txt", make_txt(sample(sections=(("Current Status", (bullet(long),)),)))))
    imported = ImportedFile.objects.get()
    prefix = row_of(editor.get(address(imported)), "The words")

    assertContains(save(editor, imported), "Saved as a draft")
    shorter = the_paper().status_items.get().text[:10_500]
    assertContains(save(editor, imported, **{f"{prefix}-text": shorter}), "Saved as a draft")
    longer = save(editor, imported, **{f"{prefix}-text": shorter + " and more"})

    assertContains(longer, "at most 10,000 can be stored")


LONG = "The group went through the list of open points with all ports and carriers. "


@pytest.mark.parametrize(
    "texts",
    [[LONG * 13] * 300, [LONG * 2] * 500, ["It met. " * 1250] * 30],
    ids=["300,000 characters", "500 items", "37,500 sentences"],
)
@pytest.mark.parametrize("heading", ["Current Status:", "The group says:"])
def test_a_very_long_document_is_reviewed_on_a_page_below_a_megabyte(
    editor, read_at_once, texts, heading
):
    make_record()
    items = tuple(bullet(f"{number}: {text.strip()}") for number, text in enumerate(texts))
    data = make_txt(sample(sections=(("Current Status", items),)))
    upload(editor, ("a.txt", data.replace(b"Current Status:", heading.encode())))
    imported = ImportedFile.objects.get()

    page = editor.get(address(imported))

    assert len(page.content) < 1_000_000
    if imported.status == "failed":
        # Each of the sentences would ask for a place of its own.
        assert "far more text than an issue paper" in imported.problem
        return
    words = page.content.decode()
    assert "Left out here, since the document is very long." in words
    links = set(re.findall(r'href="#([^"]+)"', words))
    assert links <= set(re.findall(r' id="([^"]+)"', words))
    assert f"{len(texts) - 1}: {LONG[:20] if LONG in texts[0] else texts[0][:20]}" in words


def test_a_very_long_revision_is_decided_on_a_page_below_a_megabyte(editor, read_at_once):
    make_record()
    for name, last in (("a.txt", "once"), ("b.txt", "twice more")):
        items = tuple(bullet(f"{number}: {LONG * 13}{last}.") for number in range(300))
        upload(editor, (name, make_txt(sample(sections=(("Current Status", items),)))))
    imported = ImportedFile.objects.get(status="revision")

    page = editor.get(address(imported))

    assertContains(page, "more differ. They are left out here")
    assert len(page.content) < 1_000_000


def test_items_that_are_too_long_together_are_refused(editor, draft, monkeypatch):
    together = sum(len(item.text) for item in the_paper().status_items.all())
    monkeypatch.setattr(review_forms, "MAX_ITEMS_TOGETHER", together)

    page = save(editor, draft, **{"add-issue-text": "One more point."})

    assertContains(page, "All items together has")
    assertContains(save(editor, draft), "Saved as a draft")


def test_too_many_words_in_place_of_items_are_refused(editor, read_at_once):
    make_record()
    sections = (("Next Steps", (para("None at this time."),)),)
    upload(editor, ("a.txt", make_txt(sample(sections=sections))))
    imported = ImportedFile.objects.get()

    page = save(editor, imported, **{"remark-next-steps": "none " * 201})

    assertContains(page, "What stands in place of items of Next steps has 1,005 characters")
    assert the_paper().sections.get(kind="next-steps").remark == "None at this time."


def test_a_form_that_was_refused_can_be_sent_again_once_it_is_mended(editor, draft):
    prefix = row_of(editor.get(address(draft)), "nobody had")
    changes = {f"{prefix}-text": "Nobody has.", "paper-pub_number": "31-24"}
    refused = save(editor, draft, **changes)

    sent = fields_of(refused) | {"_save": "", "paper-pub_number": "3701-0624"}
    page = editor.post(address(draft), sent, follow=True)

    assertContains(page, "Saved as a draft")
    assert the_paper().status_items.filter(text="Nobody has.").exists()


# Levels ----------------------------------------------------------------------------------------


def test_an_item_that_begins_a_section_is_raised_to_its_first_level(editor, draft):
    prefix = row_of(editor.get(address(draft)), "the first lost")

    page = save(editor, draft, **{f"{prefix}-section": "next-steps"})

    assert levels(the_paper().next_steps) == [(0, "the"), (0, "The")]
    assertContains(page, "Levels were changed, since no item that they belong to stands before")
    assertContains(page, "<strong>N1</strong>")
    assertContains(page, "<strong>N2</strong>")


def test_items_below_one_that_goes_keep_their_order_among_each_other(editor, draft):
    prefix = row_of(editor.get(address(draft)), "Three offices")

    save(editor, draft, **{f"{prefix}-remove": "on"})

    assert levels(the_paper().status_items) == [
        *((0, "the"), (0, "the"), (1, "nobody"), (0, "The")),
    ]


def test_levels_as_printed_stay_where_nothing_moves(editor, draft):
    the_paper().status_items.filter(position=1).update(level=1)

    save(editor, draft, **{"paper-pub_number": "3701-0624"})

    assert the_paper().status_items.get(position=1).level == 1
