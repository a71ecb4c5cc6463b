import re

import pytest
from django.contrib.admin.models import LogEntry
from pytest_django.asserts import assertContains, assertNotContains

from papers.content import SectionKind
from papers.models import ImportedFile, IssuePaper, StatusItem
from tests.admin.imports.conftest import address, fields_of, row_of, save, upload
from tests.importing.making import bullet, make_txt, sample
from tests.importing.samples import make_record

pytestmark = pytest.mark.django_db


def the_paper():
    return IssuePaper.objects.get()


def codes(imported):
    return [finding.full_code for finding in imported.findings.all()]


def lost(imported):
    return [each.detail for each in imported.findings.filter(code="not_placed")]


def status_texts():
    return [item.text for item in the_paper().status_items.all()]


# The page --------------------------------------------------------------------------------------


def test_every_line_is_shown_and_every_link_leads_somewhere(editor, draft):
    page = editor.get(address(draft)).content.decode()

    for number in range(1, 16):
        assert f'id="l{number}"' in page
    assert "Every sentence accounted for: 15 of 15" in page
    assert page.count("<rect ") == 15
    targets = set(re.findall(r'href="#([^"]+)"', page))
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(targets) > 20
    assert targets <= set(ids)
    assert len(ids) == len(set(ids))


def test_each_item_says_from_which_lines_it_is(editor, read_at_once):
    make_record()
    long = "First sentence of it. Second sentence of it. Third sentence of it."
    upload(editor, ("a.txt", make_txt(sample(sections=(("Current Status", (bullet(long),)),)))))

    page = editor.get(address(ImportedFile.objects.get()))

    assertContains(page, 'From <a href="#l5">lines 5 to 7</a>')
    assertContains(page, 'From <a href="#l1">line 1</a>')


def test_the_change_form_of_the_paper_leads_to_the_review(editor, draft):
    page = editor.get(f"/admin/papers/issuepaper/{draft.paper.pk}/change/")

    assertContains(page, f'href="{address(draft)}"')


def test_hostile_text_is_shown_as_it_was_typed(editor, read_at_once):  # S12
    make_record()
    items = (bullet("<script>alert(1)</script> and <b>bold</b> words of the group."),)
    upload(editor, ("a.txt", make_txt(sample(sections=(("Current Status", items),)))))

    page = editor.get(address(ImportedFile.objects.get()))

    assertNotContains(page, "<script>alert(1)")
    assertContains(page, "&lt;script&gt;alert(1)&lt;/script&gt; and &lt;b&gt;bold", 2)


def test_a_page_asks_as_many_questions_whatever_its_items(
    editor, read_at_once, django_assert_max_num_queries
):
    make_record()
    items = tuple(bullet(f"Statement number {number} of the group.") for number in range(200))
    upload(editor, ("a.txt", make_txt(sample(sections=(("Current Status", items),)))))
    imported = ImportedFile.objects.get()

    with django_assert_max_num_queries(20):  # S39
        page = editor.get(address(imported))

    assertContains(page, "<progress")
    assert len(page.content) < 1_000_000


def test_looking_changes_nothing(editor, draft):  # S11
    before = (the_paper().content(), codes(draft), LogEntry.objects.count())

    editor.get(address(draft))
    editor.get(address(draft, "discard"))

    assert before == (the_paper().content(), codes(draft), LogEntry.objects.count())


# Editing ---------------------------------------------------------------------------------------


def test_an_unchanged_page_saves_the_same_draft(editor, draft):
    before = the_paper().content()

    page = save(editor, draft)

    assertContains(page, "Saved as a draft")
    assert the_paper().content() == before
    assert not StatusItem.objects.filter(is_edited=True).exists()


def test_fields_are_saved_and_refused_in_words(editor, draft):
    page = save(editor, draft, **{"paper-pub_number": "31-24"})
    assertContains(page, "A Pub# is four digits, a hyphen")
    assertContains(page, 'value="31-24"')
    assert the_paper().pub_number == "3700-0624"

    save(editor, draft, **{"paper-pub_number": "3701-0624", "paper-office_line": "Trade"})

    assert (the_paper().pub_number, the_paper().office_line) == ("3701-0624", "Trade")


def test_changed_words_are_marked_as_edited_and_keep_their_place(editor, draft):
    prefix = row_of(editor.get(address(draft)), "nobody had")

    page = save(editor, draft, **{f"{prefix}-text": "Nobody had turned that page over."})

    item = the_paper().status_items.get(position=4)
    assert (item.text, item.is_edited) == ("Nobody had turned that page over.", True)
    assert the_paper().source_text[slice(*item.span)] == "nobody had turned that page."
    assertContains(page, "Edited")


def test_words_set_right_again_are_no_longer_marked(editor, draft):
    prefix = row_of(editor.get(address(draft)), "nobody had")
    save(editor, draft, **{f"{prefix}-text": "Other words."})

    save(editor, draft, **{f"{prefix}-text": "nobody had turned that page."})

    assert not StatusItem.objects.filter(is_edited=True).exists()


def test_an_item_without_words_is_refused(editor, draft):
    prefix = row_of(editor.get(address(draft)), "nobody had")

    page = save(editor, draft, **{f"{prefix}-text": "  "})

    assertContains(page, "S1.2.1 has no words. To take it out, tick “Remove”.")
    assert the_paper().status_items.count() == 5


def test_an_item_moves_to_another_section_and_keeps_text_level_and_span(editor, draft):
    page = editor.get(address(draft))
    prefix = row_of(page, "The counts are kept")
    before = the_paper().status_items.get(position=5).as_item()

    save(editor, draft, **{f"{prefix}-section": "next-steps"})

    # The document has it before the step that was there.
    first, second = the_paper().next_steps.all()
    assert (first.as_item(), first.position, second.position) == (before, 1, 2)
    assert the_paper().status_items.count() == 4
    assert lost(draft) == []


def test_an_item_moves_to_a_section_of_its_own(editor, draft):
    prefix = row_of(editor.get(address(draft)), "The counts are kept")
    move = {f"{prefix}-section": "new"}

    page = save(editor, draft, **move)
    assertContains(page, "Give the heading of the new section")

    save(editor, draft, **move, new_section="Recommendation")
    item = the_paper().section_items.get(section="other")
    assert (item.heading, item.text[:10]) == ("Recommendation", "The counts")
    assert the_paper().sections.filter(kind="other", heading="Recommendation").exists()

    # And back: the section that the document does not print goes again.
    prefix = row_of(editor.get(address(draft)), "The counts are kept")
    save(editor, draft, **{f"{prefix}-section": "current-status"})
    assert not the_paper().sections.filter(kind="other").exists()
    assert status_texts()[4].startswith("The counts")


def test_items_change_while_others_around_them_move_and_go(editor, draft):
    page = editor.get(address(draft))
    moves, goes = row_of(page, "the first"), row_of(page, "the second")
    changes = row_of(page, "nobody had")

    save(
        editor,
        draft,
        **{
            f"{moves}-section": "issue",
            f"{goes}-remove": "on",
            f"{changes}-text": "Nobody had turned that page.",
            f"{changes}-level": "1",
        },
    )

    assert [
        (each.position, each.level, each.text[:6]) for each in the_paper().status_items.all()
    ] == [
        (1, 0, "Three "),
        (2, 1, "Nobody"),
        (3, 0, "The co"),
    ]
    assert the_paper().section_items.get(section="issue", position=3).text.startswith("the first")


def test_a_paper_of_five_hundred_items_is_saved_whole(
    editor, read_at_once, django_assert_max_num_queries
):
    make_record()  # S39
    items = tuple(bullet(f"Statement number {number} of the group.") for number in range(500))
    upload(editor, ("a.txt", make_txt(sample(sections=(("Current Status", items),)))))
    imported = ImportedFile.objects.get()
    page = editor.get(address(imported))
    assert len(page.content) < 1_000_000
    last = row_of(page, "Statement number 499")
    sent = fields_of(page) | {"_save": "", f"{last}-position": 1}

    with django_assert_max_num_queries(80):
        answer = editor.post(address(imported), sent)

    assert answer.status_code == 302
    texts = status_texts()
    assert (len(texts), texts[0]) == (500, "Statement number 499 of the group.")
    assert texts[1] == "Statement number 0 of the group."


@pytest.mark.parametrize(
    ("words", "place", "order"),
    [
        ("The counts", 1, [5, 1, 2, 3, 4]),
        ("Three offices", 5, [2, 3, 4, 5, 1]),
        ("the second", 2, [1, 3, 2, 4, 5]),
        ("the first", 3, [1, 3, 2, 4, 5]),
        ("the first", 9, [1, 3, 4, 5, 2]),
    ],
)
def test_an_item_takes_the_place_that_was_typed(editor, draft, words, place, order):
    before = status_texts()
    prefix = row_of(editor.get(address(draft)), words)

    save(editor, draft, **{f"{prefix}-position": place})

    assert status_texts() == [before[number - 1] for number in order]
    positions = the_paper().status_items.values_list("position", flat=True)
    assert list(positions) == [1, 2, 3, 4, 5]


def test_words_of_the_document_are_never_removed_in_silence(editor, draft):  # S22
    prefix = row_of(editor.get(address(draft)), "The counts are kept")

    page = save(editor, draft, **{f"{prefix}-remove": "on"})

    assert the_paper().status_items.count() == 4
    assert lost(draft) == ["The counts are kept on the Word Count website."]
    assertContains(page, "Sentences in the record: 14 of 15")
    assertContains(page, "Left out: 1.")
    assertContains(page, 'class="w lost"')
    draft.refresh_from_db()
    assert (draft.placed, draft.sentences) == (14, 15)
    assert draft.findings.blocking().exists()


def test_removed_words_come_back_as_they_were_read(editor, draft):
    before = the_paper().content()
    prefix = row_of(editor.get(address(draft)), "the second lost")
    page = save(editor, draft, **{f"{prefix}-remove": "on"})
    loose = page.context["loose"][0]["form"]

    save(editor, draft, **{f"{loose.prefix}-section": "current-status"})

    assert the_paper().content() == before
    assert lost(draft) == []


def test_a_field_that_is_emptied_leaves_its_words_without_a_place(editor, draft):  # S22
    save(editor, draft, **{"paper-office_line": ""})

    assert len(lost(draft)) == 1
    assert lost(draft)[0].startswith("Cargo and Conveyance Security/Office of Field Operations")

    save(editor, draft, **{"paper-office_line": "Office of Field Operations"})
    assert len(lost(draft)) == 1

    again = "Cargo and Conveyance Security, Office of Field Operations"
    save(editor, draft, **{"paper-office_line": again})
    assert lost(draft) == []


def test_a_typed_item_is_added_to_its_section(editor, draft):
    save(editor, draft, **{"add-issue-text": "A third point.", "add-issue-level": "1"})

    item = the_paper().section_items.get(section="issue", position=3)
    assert (item.text, item.level, item.span, item.is_edited) == ("A third point.", 1, None, False)


def test_a_status_item_is_also_tracked_as_a_next_step(editor, draft):
    prefix = row_of(editor.get(address(draft)), "Three offices")

    page = save(editor, draft, **{f"{prefix}-also_next_step": "on"})
    assert the_paper().status_items.get(also_next_step=True).position == 1
    assert the_paper().next_steps.count() == 1

    sent = fields_of(page)
    assert sent.pop(f"{prefix}-also_next_step") == "on"
    editor.post(address(draft), sent | {"_save": ""})
    assert not the_paper().status_items.filter(also_next_step=True).exists()


def test_a_next_step_gets_its_owner_and_due_words(editor, draft):
    page = editor.get(address(draft))
    prefix = row_of(page, "The group will meet")

    assert f"{row_of(page, 'Three offices')}-owner" not in fields_of(page)
    page = save(editor, draft, **{f"{prefix}-owner": "cbp", f"{prefix}-due_words": "in July 2024"})
    step = the_paper().next_steps.get()
    assert (step.owner, step.due_words, step.is_edited) == ("cbp", "in July 2024", False)

    save(editor, draft)
    step.refresh_from_db()
    assert (step.owner, step.due_words) == ("cbp", "in July 2024")

    save(editor, draft, **{f"{prefix}-owner": "", f"{prefix}-due_words": ""})
    step.refresh_from_db()
    assert (step.owner, step.due_words) == ("", "")


@pytest.mark.parametrize(
    "sent",
    [{"due_words": "some day"}, {"due_words": "in July 2024", "text": "The group will meet."}],
)
def test_due_words_that_do_not_stand_in_the_step_are_refused_beside_it(editor, draft, sent):
    prefix = row_of(editor.get(address(draft)), "The group will meet")

    page = save(editor, draft, **{f"{prefix}-{name}": value for name, value in sent.items()})

    assertContains(page, "The due words must stand in the step as printed.")
    form = next(it for of in page.context["forms"].items.values() for it in of if it.errors)
    assert list(form.errors) == ["due_words"]
    assert the_paper().next_steps.get().due_words == ""


def test_what_reads_like_a_next_step_can_be_tracked_where_it_is_said(editor, read_at_once):
    make_record()
    items = (bullet("The group is set to reconvene for further discussion."),)
    upload(editor, ("a.txt", make_txt(sample(sections=(("Current Status", items),)))))
    imported = ImportedFile.objects.get()
    page = editor.get(address(imported))
    assertContains(page, "reads like a next step")
    assert "possible_next_step_in_status" in codes(imported)
    prefix = row_of(page, "The group is set")
    assert page.content.decode().count(f'name="{prefix}-also_next_step"') == 1

    save(editor, imported, **{f"{prefix}-also_next_step": "on"})

    assert "possible_next_step_in_status" not in codes(imported)
    assert the_paper().content().section(SectionKind.NEXT_STEPS) is None


def test_a_number_that_is_not_printed_is_no_longer_missing_once_it_is_typed(editor, read_at_once):
    make_record()
    upload(editor, ("a.txt", make_txt(sample(pub=""))))
    imported = ImportedFile.objects.get()
    assert "missing:pub_number" in codes(imported)

    save(editor, imported, **{"paper-pub_number": "3700-0624"})

    assert "missing:pub_number" not in codes(imported)


# Findings --------------------------------------------------------------------------------------


def test_a_finding_is_nodded_with_who_and_when_and_taken_back(editor, read_at_once):  # S36
    make_record()
    upload(editor, ("a.txt", make_txt(sample(pub=""))))
    imported = ImportedFile.objects.get()
    finding = imported.findings.get()

    page = save(editor, imported, nod=[finding.pk])
    finding = imported.findings.get()
    assert finding.settled_by.username == "editor"
    assertContains(page, "Right as it stands, said editor,")

    save(editor, imported, nod=[])
    assert imported.findings.get().settled_at is None


def test_another_save_leaves_a_nod_as_it_was(editor, publisher, read_at_once):
    make_record()
    upload(editor, ("a.txt", make_txt(sample(pub=""))))
    imported = ImportedFile.objects.get()
    save(editor, imported, nod=[imported.findings.get().pk])
    before = imported.findings.get()

    save(publisher, imported)

    after = imported.findings.get()
    assert (after.settled_at, after.settled_by) == (before.settled_at, before.settled_by)
