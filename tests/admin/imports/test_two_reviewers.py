"""Two people at one draft: neither writes over what the other did unseen (S25)."""

import json

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from papers.models import ImportedFile, IssuePaper
from tests.admin.imports.conftest import address, fields_of, row_of, save, upload
from tests.importing.making import make_txt, para, sample
from tests.importing.samples import make_record

pytestmark = pytest.mark.django_db


def the_paper():
    return IssuePaper.objects.get()


@pytest.fixture
def two(editor, publisher, draft):
    """What the editor's page has, and how the publisher saves meanwhile."""
    page = editor.get(address(draft))

    class Two:
        mine = fields_of(page)
        row = staticmethod(lambda words: row_of(page, words))

        @staticmethod
        def others(**changes):
            return save(publisher, draft, **changes)

        @staticmethod
        def late(**changes):
            return editor.post(address(draft), Two.mine | {"_save": ""} | changes)

        @staticmethod
        def again(page, **changes):
            sent = fields_of(page) | {"_save": ""} | changes
            return editor.post(address(draft), sent, follow=True)

    return Two


def notes(page):
    return [(note.label, note.words, note.is_both) for note in page.context["merged"].notes]


def test_a_field_that_both_changed_shows_both_and_mine_wins_if_i_save_it(two):
    two.others(**{"paper-pub_number": "3701-0624"})

    page = two.late(**{"paper-pub_number": "3702-0624"})

    assertContains(page, "publisher, at")
    assertContains(page, "changed this draft while you worked on it. Nothing of yours is saved")
    assertContains(page, 'value="3702-0624"')
    assertContains(page, "Publication number, stored now:</strong> <bdi>3701-0624</bdi>")
    assertContains(page, '<a href="#m-paper-pub_number">Publication number</a>')
    assert the_paper().pub_number == "3701-0624"

    two.again(page)
    assert the_paper().pub_number == "3702-0624"


def test_the_stored_value_wins_where_its_box_is_ticked(two):
    two.others(**{"paper-pub_number": "3701-0624"})
    page = two.late(**{"paper-pub_number": "3702-0624", "add-issue-text": "My own point."})

    two.again(page, take="paper-pub_number")

    assert the_paper().pub_number == "3701-0624"
    assert the_paper().section_items.filter(text="My own point.").exists()


def test_what_only_the_other_changed_is_shown_and_stays(two):
    prefix = two.row("nobody had")
    two.others(**{"paper-pub_number": "3701-0624", f"{prefix}-text": "Nobody had turned it."})

    page = two.late(**{"add-issue-text": "My own point."})

    assert notes(page) == [
        ("Publication number", "3700-0624", False),
        ("S1.2.1, text", "nobody had turned that page.", False),
    ]
    assertContains(page, 'value="3701-0624"')
    assertContains(page, "S1.2.1, text, changed meanwhile.</strong> Before:")
    two.again(page)
    assert the_paper().pub_number == "3701-0624"
    assert the_paper().status_items.filter(text="Nobody had turned it.").exists()
    assert the_paper().section_items.filter(text="My own point.").exists()


def test_an_item_that_both_reworded_and_one_that_both_moved_are_told_in_words(two):
    text, place = two.row("nobody had"), two.row("The counts")
    two.others(**{f"{text}-text": "Hers.", f"{place}-level": "1"})

    page = two.late(**{f"{text}-text": "Mine.", f"{place}-level": "2"})

    assert notes(page) == [("S1.2.1, text", "Hers.", True), ("S1.3, level", "1", True)]
    assertContains(page, "\nMine.</textarea>")
    two.again(page, take=[f"{text}-text"])
    stored = the_paper().status_items.all()
    assert [(item.text[:10], item.level) for item in stored][3:] == [
        ("Hers.", 2),
        ("The counts", 2),
    ]


def test_the_same_change_by_both_is_no_conflict(two):
    two.others(**{"paper-pub_number": "3701-0624"})

    page = two.late(**{"paper-pub_number": "3701-0624"})

    assert notes(page) == []


def test_an_item_that_the_other_added_stays_and_is_told(two):
    two.others(**{"add-issue-text": "Her own point."})

    page = two.late(**{"paper-pub_number": "3702-0624"})

    assertContains(page, "Added meanwhile.")
    assertContains(page, "Her own point.")
    assertContains(two.again(page), "Saved as a draft")
    assert the_paper().section_items.filter(text="Her own point.").exists()
    assert the_paper().pub_number == "3702-0624"


def test_words_for_an_item_that_is_gone_are_shown_to_be_typed_elsewhere(two):
    prefix, other = two.row("nobody had"), two.row("the second")
    two.others(**{f"{prefix}-remove": "on", f"{other}-section": "issue"})

    page = two.late(**{f"{prefix}-text": "My words for it."})

    assert page.context["merged"].gone == ["My words for it."]
    assertContains(page, "they were removed or moved to another section meanwhile.")
    assertContains(page, "<bdi>My words for it.</bdi>")
    # What nobody but the other touched is not told as gone.
    assertNotContains(page, "<li><bdi>the second lost")


def test_places_that_shifted_are_taken_over_without_a_word(two):
    first, last = two.row("Three offices"), two.row("The counts")
    two.others(**{f"{last}-position": "1"})

    page = two.late(**{f"{first}-text": "Three offices have counted the words of ten papers:"})

    assert [label for label, _, _ in notes(page)] == []
    two.again(page)
    texts = [item.text for item in the_paper().status_items.all()]
    assert texts[0].startswith("The counts")
    assert texts[1] == "Three offices have counted the words of ten papers:"


def test_a_box_that_the_other_ticked_stays_ticked(two):
    prefix = two.row("The counts")
    two.others(**{f"{prefix}-also_next_step": "on"})

    page = two.late(**{"paper-pub_number": "3702-0624"})

    assert notes(page) == [("S2, also next step", "not ticked", False)]
    two.again(page)
    assert the_paper().status_items.get(also_next_step=True).position == 5


def test_an_owner_and_due_words_that_the_other_gave_are_not_lost(two):
    prefix, step = two.row("The counts"), two.row("The group will meet")
    two.others(**{f"{step}-owner": "cbp", f"{step}-due_words": "in July 2024"})

    page = two.late(**{f"{step}-owner": "group", f"{prefix}-level": "1"})

    assert notes(page) == [("N1, owner", "CBP", True), ("N1, due words", "", False)]
    two.again(page)
    stored = the_paper().next_steps.get()
    assert (stored.owner, stored.due_words) == ("group", "in July 2024")


def test_an_owner_given_to_a_step_that_is_gone_is_told(two):
    step = two.row("The group will meet")
    two.others(**{f"{step}-remove": "on"})

    page = two.late(**{f"{step}-owner": "group"})

    assert page.context["merged"].gone == [two.mine[f"{step}-text"]]


def test_words_in_place_of_items_that_both_changed_are_shown(editor, publisher, read_at_once):
    make_record()
    sections = (("Next Steps", (para("None at this time."),)),)
    upload(editor, ("a.txt", make_txt(sample(sections=sections))))
    imported = ImportedFile.objects.get()
    mine = fields_of(editor.get(address(imported)))
    save(publisher, imported, **{"remark-next-steps": "None at this moment."})

    page = editor.post(address(imported), mine | {"_save": "", "remark-next-steps": "None at all."})

    assert notes(page) == [("Next steps, words", "None at this moment.", True)]
    assertContains(page, "None at all.</textarea>")


def test_words_in_place_of_items_that_the_other_took_out_are_shown(editor, publisher, read_at_once):
    make_record()
    sections = (("Next Steps", (para("None at this time."),)),)
    upload(editor, ("a.txt", make_txt(sample(sections=sections))))
    imported = ImportedFile.objects.get()
    mine = fields_of(editor.get(address(imported))) | {"_save": ""}
    save(publisher, imported, **{"remark-next-steps": ""})

    untouched = editor.post(address(imported), mine)
    changed = editor.post(address(imported), mine | {"remark-next-steps": "None at all."})

    assert untouched.context["merged"].gone == []
    assert changed.context["merged"].gone == ["None at all."]


# Findings --------------------------------------------------------------------------------------


@pytest.fixture
def without_number(editor, read_at_once):
    make_record()
    upload(editor, ("a.txt", make_txt(sample(pub=""))))
    return ImportedFile.objects.get()


def test_a_nod_of_the_other_is_not_taken_back_by_a_late_save(editor, publisher, without_number):
    mine = fields_of(editor.get(address(without_number)))
    save(publisher, without_number, nod=[without_number.findings.get().pk])

    page = editor.post(address(without_number), mine | {"_save": "", "paper-office_line": "Trade"})
    editor.post(address(without_number), fields_of(page) | {"_save": ""})

    assert the_paper().office_line == "Trade"
    finding = without_number.findings.get(code="missing")
    assert finding.settled_by.username == "publisher"


def test_my_nod_counts_after_the_findings_were_written_anew(editor, publisher, without_number):
    mine = fields_of(editor.get(address(without_number)))
    nod = [without_number.findings.get().pk]
    save(publisher, without_number)
    assert without_number.findings.get().pk not in nod

    editor.post(address(without_number), mine | {"_save": "", "nod": nod})

    assert without_number.findings.get().settled_by.username == "editor"


# What no page sends ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "seen",
    ["", "no JSON", "[1]", '{"paper": 5, "nod": [1]}', '{"nod": {"1": null}}', "[" * 50_000],
)
def test_a_late_form_without_its_memory_still_shows_both(two, seen):  # S14
    two.others(**{"paper-pub_number": "3701-0624"})

    page = two.late(**{"paper-pub_number": "3702-0624", "seen": seen})

    assert ("Publication number", "3701-0624", True) in notes(page)
    assert the_paper().pub_number == "3701-0624"


def test_the_memory_of_a_page_holds_no_words_of_the_draft(two):
    assert "nobody" not in two.mine["seen"]
    assert set(json.loads(two.mine["seen"])) >= {"paper", "nod", two.row("nobody had")}
