"""A paper typed, corrected and put in order in the admin's form."""

from datetime import date

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from papers.content import Item, Section, SectionKind
from papers.models import IssuePaper
from tests.admin.forms import add_row, errors_of, fields_of
from tests.factories import add_items, make_group, make_meeting, make_paper, make_source

pytestmark = pytest.mark.django_db

LIST = "/admin/papers/issuepaper/"
ADD = f"{LIST}add/"


def change(paper):
    return reverse("admin:papers_issuepaper_change", args=[paper.pk])


def form_of(client, paper):
    return fields_of(client.get(change(paper)))


def save(client, address, sent):
    """Save the form; what it refuses fails the test in the form's own words."""
    answer = client.post(address, sent)
    assert answer.status_code == 302, errors_of(answer)


def refused(client, address, sent):
    answer = client.post(address, sent)
    assert answer.status_code == 200
    return errors_of(answer)


def texts(related):
    return list(related.values_list("position", "text"))


# Typing a paper --------------------------------------------------------------------------------


def test_a_whole_paper_is_typed_in_one_form(editor):
    group, meeting, source = make_group(), make_meeting(date(2024, 9, 18)), make_source()
    sent = fields_of(editor.get(ADD)) | {
        "working_group": group.pk,
        "meeting": meeting.pk,
        "group_as_printed": "Forced Labor Working Group",
        "subcommittee_as_printed": "Intelligent Enforcement Subcommittee",
        "pub_number": "0318-0924",
        "action_required": "Informational",
        "office_line": "Office of Trade",
        "submitted_by": "A. Broker",
        "submitter_office": "Trade Remedy",
        "dated_on": "2024-08-13",
        "source_url": "https://www.cbp.gov/paper.pdf",
        "sources": [source.pk],
    }
    add_row(sent, "sections", position=1, kind="next-steps", heading="Way Ahead")
    add_row(sent, "section_items", section="background", level=0, text="Why.", links="[]")
    add_row(sent, "section_items", section="other", heading="Annex", level=0, text="See.")
    add_row(sent, "status_items", level=0, text="Met.", marker="•")
    add_row(sent, "status_items", level=1, text="Twice.", links='[{"text": "Twice", "target": ""}]')
    add_row(sent, "next_steps", level=0, text="Meet soon.", owner="group", due_words="soon")
    add_row(sent, "corrections", made_on="2024-10-01", weight="minor", note="A letter.")

    save(editor, ADD, sent)

    paper = IssuePaper.objects.get()
    assert not paper.is_public
    assert (paper.working_group, paper.meeting) == (group, meeting)
    assert list(paper.sources.all()) == [source]
    assert paper.corrections.get().note == "A letter."
    content = paper.content()
    assert content.dated == date(2024, 8, 13)
    assert content.sections[0] == Section(
        SectionKind.NEXT_STEPS,
        "Way Ahead",
        (Item("Meet soon.", owner="group", due_words="soon"),),
    )
    assert [(section.kind, section.heading) for section in content.sections] == [
        ("next-steps", "Way Ahead"),
        ("background", ""),
        ("current-status", ""),
        ("other", "Annex"),
    ]
    assert [item.text for item in content.items(SectionKind.CURRENT_STATUS)] == ["Met.", "Twice."]
    assert content.absent_sections == (SectionKind.ISSUE,)


def test_an_unchanged_form_changes_nothing(editor):
    paper = make_paper(
        make_group(),
        published=False,
        source_text="Met. Met again.",
        status=["Met.", ("Met again.", 1)],
        background=["Why."],
        other={"Annex": ["See."], "Table": ["One."]},
        next_steps=["Meet."],
    )
    paper.status_items.filter(position=1).update(span_start=0, span_end=4)
    before = everything(paper)

    save(editor, change(paper), form_of(editor, paper))

    assert everything(paper) == before


def everything(paper):
    related = ("sections", "section_items", "status_items", "next_steps", "corrections")
    rows = [IssuePaper.objects.filter(pk=paper.pk), *(getattr(paper, name) for name in related)]
    return [list(row.values().order_by("pk")) for row in rows]


def test_a_paper_of_five_hundred_long_items_is_saved_whole(editor):  # S39
    paper = make_paper(make_group(), published=False, status=[])
    long = [f"{number}: " + "word " * 600 for number in range(500)]
    add_items(paper.status_items, [text.strip() for text in long])
    sent = form_of(editor, paper)

    sent["status_items-499-text"] = "The very last one."
    save(editor, change(paper), sent)

    assert paper.status_items.count() == 500
    assert paper.status_items.get(position=500).text == "The very last one."


# The order of items ----------------------------------------------------------------------------


def draft(*statuses, **fields):
    return make_paper(make_group(), status=statuses, published=False, **fields)


def test_items_change_places(editor):
    paper = draft("One.", "Two.", "Three.")
    sent = form_of(editor, paper)

    for row, position in enumerate([3, 1, 2]):
        sent[f"status_items-{row}-position"] = position
    save(editor, change(paper), sent)

    assert texts(paper.status_items) == [(1, "Two."), (2, "Three."), (3, "One.")]


def test_an_item_typed_without_a_place_comes_last(editor):
    paper = draft("One.", "Two.")
    sent = form_of(editor, paper)

    add_row(sent, "status_items", level=0, text="Three.")
    save(editor, change(paper), sent)

    assert texts(paper.status_items) == [(1, "One."), (2, "Two."), (3, "Three.")]


def test_an_item_typed_at_a_taken_place_comes_after_the_one_there(editor):
    paper = draft("One.", "Two.", "Three.")
    sent = form_of(editor, paper)

    add_row(sent, "status_items", position=1, level=0, text="One and a half.")
    save(editor, change(paper), sent)

    assert texts(paper.status_items) == [
        (1, "One."),
        (2, "One and a half."),
        (3, "Two."),
        (4, "Three."),
    ]


def test_an_item_takes_the_place_of_a_deleted_one(editor):
    paper = draft("One.", "Two.")
    sent = form_of(editor, paper)

    sent["status_items-0-DELETE"] = "on"
    sent["status_items-1-position"] = 1
    save(editor, change(paper), sent)

    assert texts(paper.status_items) == [(1, "Two.")]


def test_a_moved_item_keeps_its_identity_and_its_place_in_the_source(editor):
    paper = draft("One.", "Two.", source_text="One. Two.")
    paper.status_items.filter(position=1).update(span_start=0, span_end=4)
    first = paper.status_items.get(position=1)
    sent = form_of(editor, paper)

    sent["status_items-0-position"], sent["status_items-1-position"] = 2, 1
    save(editor, change(paper), sent)

    first.refresh_from_db()
    assert (first.position, first.span, first.is_edited) == (2, (0, 4), False)


def test_items_of_several_sections_are_counted_each_for_itself(editor):
    paper = draft(background=["Why."], issue=["What."], other={"A": ["See."], "B": ["Read."]})
    sent = form_of(editor, paper)

    add_row(sent, "section_items", section="issue", level=0, text="What else.")
    add_row(sent, "section_items", section="other", heading="A", position=1, level=0, text="And.")
    save(editor, change(paper), sent)

    rows = paper.section_items.values_list("section", "heading", "position", "text")
    assert sorted(rows) == [
        ("background", "", 1, "Why."),
        ("issue", "", 1, "What."),
        ("issue", "", 2, "What else."),
        ("other", "A", 1, "See."),
        ("other", "A", 2, "And."),
        ("other", "B", 1, "Read."),
    ]


def test_an_item_moves_to_another_section(editor):
    paper = draft(background=["Why.", "What."], issue=["Which."])
    sent = form_of(editor, paper)

    sent["section_items-1-section"] = "issue"
    sent["section_items-1-position"] = 1
    save(editor, change(paper), sent)

    rows = paper.section_items.values_list("section", "position", "text")
    assert sorted(rows) == [
        ("background", 1, "Why."),
        ("issue", 1, "What."),
        ("issue", 2, "Which."),
    ]


def test_sections_change_places(editor):
    paper = draft("Met.", background=["Why."], next_steps=["Meet."])
    sent = form_of(editor, paper)

    for row, position in enumerate([3, 2, 1]):
        sent[f"sections-{row}-position"] = position
    save(editor, change(paper), sent)

    kinds = [section.kind for section in paper.content().sections]
    assert kinds == ["next-steps", "current-status", "background"]


# What is marked, and what is refused -----------------------------------------------------------


def test_text_that_staff_change_is_marked_as_edited(editor):
    paper = draft("The group met.", "It met.", source_text="The group met. It met.")
    paper.status_items.filter(position=1).update(span_start=0, span_end=14)
    paper.status_items.filter(position=2).update(span_start=15, span_end=22)
    sent = form_of(editor, paper)

    sent["status_items-0-text"] = "The group met twice."
    sent["status_items-1-marker"] = "•"
    save(editor, change(paper), sent)

    assert list(paper.status_items.values_list("is_edited", flat=True)) == [True, False]
    assertContains(editor.get(change(paper)), "Edited", 1)


def test_text_that_is_set_right_again_is_edited_no_more(editor):
    paper = draft("The group met twice.", source_text="The group met.")
    paper.status_items.update(span_start=0, span_end=14, is_edited=True)
    sent = form_of(editor, paper)

    sent["status_items-0-text"] = "The group met."
    save(editor, change(paper), sent)

    assert not paper.status_items.get().is_edited


REFUSED = [
    ({"pub_number": "318-924"}, "A Pub# is four digits"),
    ({"pub_number": "0318-0924\x00"}, "Null characters are not allowed"),
    ({"group_as_printed": "\u200b"}, "at least one visible character"),
    ({"group_as_printed": "Bo\u202end"}, "invisible control character"),
    ({"dated_on": "2024-12-24"}, "The paper is dated after its meeting"),
    ({"dated_on": "soon"}, "Enter a valid date"),
    ({"source_url": "javascript:alert(1)"}, "begins with https://"),
    ({"source_url": "ftp://ftp.cbp.gov/p.pdf"}, "begins with https://"),
    ({"source_kind": "third-party-summary"}, "A third-party summary needs the address"),
    ({"source_kind": "hearsay"}, "Select a valid choice"),
    ({"status_items-0-text": ""}, "This field is required"),
    ({"status_items-0-position": "0"}, "greater than or equal to 1"),
    ({"status_items-0-position": "9" * 30}, "less than or equal to 9999"),
    ({"status_items-0-position": "first"}, "Enter a whole number"),
    ({"status_items-0-level": "4"}, "Select a valid choice"),
    ({"status_items-0-links": "[1]"}, "Links are a list"),
    ({"status_items-0-links": '["x"]'}, "Links are a list"),
    ({"status_items-0-links": "{"}, "Enter a valid JSON"),
    (
        {"status_items-0-links": '[{"text": "Met", "target": "javascript:x"}]'},
        "begins with https://",
    ),
    ({"status_items-0-links": '[{"text": "Left", "target": ""}]'}, "do not stand in the text"),
    ({"sections-0-kind": "other", "sections-0-heading": ""}, "needs its printed heading"),
]


@pytest.mark.parametrize(("values", "words"), REFUSED)
def test_what_makes_no_sense_is_refused_in_words_and_changes_nothing(editor, values, words):  # S14
    paper = draft("Met.")
    before = everything(paper)

    errors = refused(editor, change(paper), form_of(editor, paper) | values)

    assert words in " ".join(errors)
    assert everything(paper) == before


def test_a_second_paper_of_the_same_group_and_meeting_is_refused(editor):
    paper = draft("Met.")
    sent = fields_of(editor.get(ADD)) | {
        "working_group": paper.working_group_id,
        "meeting": paper.meeting_id,
        "group_as_printed": "Forced Labor",
    }

    assert "already has a paper for this meeting" in " ".join(refused(editor, ADD, sent))


def test_the_same_section_twice_is_refused(editor):
    paper = draft("Met.")
    sent = form_of(editor, paper)
    for _ in range(2):
        add_row(sent, "sections", kind="issue")

    assert "The paper has this section already." in refused(editor, change(paper), sent)


def test_what_was_read_from_the_document_is_shown_but_never_taken_from_a_form(editor):
    paper = draft("Met.", source_text="Met.", source_sha256="a" * 64)
    sent = form_of(editor, paper) | {
        "source_text": "Forged.",
        "source_sha256": "b" * 64,
        "status_items-0-is_edited": "on",
        "status_items-0-span_start": "1",
        "status_items-0-span_end": "2",
    }
    assert "source_text" in editor.get(change(paper)).content.decode()
    before = everything(paper)

    save(editor, change(paper), sent)

    assert everything(paper) == before


def test_hostile_words_are_shown_as_typed(admin_client):  # S12
    hostile = "<script>alert(1)</script>"
    paper = draft(hostile, group_as_printed=hostile, source_text=hostile)

    for address in (LIST, change(paper), f"{LIST}{paper.pk}/delete/"):
        assertNotContains(admin_client.get(address), hostile)
