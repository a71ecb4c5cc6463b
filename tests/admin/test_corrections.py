"""Published papers are never silently edited, and keep their address."""

from datetime import date, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from papers.admin.corrections import NOT_SILENTLY
from papers.models import IssuePaper
from tests.admin.conftest import COMMITTEE, on_papers, staff
from tests.admin.forms import add_row, errors_of, fields_of
from tests.factories import make_group, make_meeting, make_paper, make_source

pytestmark = pytest.mark.django_db

NOTE = {"made_on": "2024-10-01", "weight": "minor", "note": "The second date was wrong."}


def change(paper):
    return reverse("admin:papers_issuepaper_change", args=[paper.pk])


def printed(paper):
    """What readers are told of it."""
    stored = IssuePaper.objects.get(pk=paper.pk)
    return (stored.source_kind, stored.content())


@pytest.fixture
def published(db):
    return make_paper(
        make_group(),
        status=["The group met.", "It met again\nin May."],
        background=["Why."],
        next_steps=["Meet."],
        other={"Annex": ["See."]},
        source_text="The group met. It met again in May.",
    )


@pytest.fixture
def sent(publisher, published):
    """What the unchanged form sends, with the line ends that browsers send."""
    sent = fields_of(publisher.get(change(published)))
    return {
        name: value.replace("\n", "\r\n") if isinstance(value, str) else value
        for name, value in sent.items()
    }


def text_of_an_item(sent):
    sent["status_items-0-text"] = "The group met twice."


def links_of_an_item(sent):
    sent["status_items-0-links"] = '[{"text": "group", "target": "https://www.cbp.gov/"}]'


def level_of_an_item(sent):
    sent["section_items-0-level"] = 1


def owner_and_words_of_a_step(sent):
    sent |= {"next_steps-0-owner": "cbp", "next_steps-0-text": "Meet soon."}


def order_of_items(sent):
    sent["status_items-0-position"], sent["status_items-1-position"] = 2, 1


def deletion_of_an_item(sent):
    sent["next_steps-0-DELETE"] = "on"


def deletion_of_an_item_left_empty(sent):
    sent |= {"next_steps-0-DELETE": "on", "next_steps-0-text": ""}


def a_new_item(sent):
    add_row(sent, "status_items", level=0, text="It met once more.", links="[]")


def a_new_item_at_a_taken_place(sent):
    add_row(sent, "status_items", position=1, level=0, text="It met once more.", links="[]")


def heading_of_a_section(sent):
    sent["sections-0-heading"] = "Background and Purpose"


def remark_of_a_section(sent):
    sent["sections-0-remark"] = "None at this time."


def a_scalar(sent):
    sent["office_line"] = "Office of Trade"


def a_date(sent):
    sent["dated_on"] = "2024-08-13"


def kind_of_source(sent):
    sent |= {"source_kind": "third-party-summary", "source_url": "https://www.example.org/"}


def a_scalar_while_it_is_withdrawn(sent):
    sent |= {"office_line": "Office of Trade", "published_at_0": "", "published_at_1": ""}


PRINTED = [
    text_of_an_item,
    links_of_an_item,
    level_of_an_item,
    owner_and_words_of_a_step,
    order_of_items,
    deletion_of_an_item,
    deletion_of_an_item_left_empty,
    a_new_item,
    a_new_item_at_a_taken_place,
    heading_of_a_section,
    remark_of_a_section,
    a_scalar,
    a_date,
    kind_of_source,
    a_scalar_while_it_is_withdrawn,
]
named = pytest.mark.parametrize("edit", PRINTED, ids=lambda edit: edit.__name__)


@named
def test_a_published_paper_is_not_changed_silently(publisher, published, sent, edit):
    before = printed(published)

    edit(sent)
    page = publisher.post(change(published), sent)

    assert NOT_SILENTLY in errors_of(page)
    assertContains(page, NOT_SILENTLY)
    assert printed(published) == before


@named
def test_a_publisher_changes_a_published_paper_and_says_so(publisher, published, sent, edit):
    before = printed(published)

    edit(sent)
    add_row(sent, "corrections", **NOTE)
    answer = publisher.post(change(published), sent)

    assert answer.status_code == 302, errors_of(answer)
    assert printed(published) != before
    assert published.corrections.get().note == NOTE["note"]


def the_source_address(sent):
    sent["source_url"] = "https://www.cbp.gov/document/paper.pdf"


def the_sources(sent):
    sent["sources"] = [make_source().pk]


def the_moment(sent):
    sent["published_at_0"] = "2024-09-19"


def withdrawing(sent):
    sent |= {"published_at_0": "", "published_at_1": ""}


def owner_of_a_step(sent):
    sent["next_steps-0-owner"] = "cbp"


def due_words_of_a_step(sent):
    sent["next_steps-0-due_words"] = "Meet"


def the_tick_of_a_status_item(sent):
    sent["status_items-1-also_next_step"] = "on"


def the_tick_of_an_item(sent):
    sent["section_items-0-also_next_step"] = "on"


def a_correction_alone(sent):
    add_row(sent, "corrections", **NOTE)


def a_new_item_thought_better_of(sent):
    row = add_row(sent, "status_items", level=0, text="It met once more.", links="[]")
    sent[f"{row}-DELETE"] = "on"


NOT_PRINTED = [
    the_source_address,
    the_sources,
    the_moment,
    withdrawing,
    a_correction_alone,
    a_new_item_thought_better_of,
]


@pytest.mark.parametrize("edit", [lambda sent: None, *NOT_PRINTED])
def test_what_a_paper_does_not_print_needs_no_correction(publisher, published, sent, edit):
    before = printed(published)

    edit(sent)
    answer = publisher.post(change(published), sent)

    assert answer.status_code == 302, errors_of(answer)
    assert printed(published) == before


@pytest.mark.parametrize(
    ("edit", "field", "stored"),
    [
        (owner_of_a_step, "Owner", {"next_steps__owner": "cbp"}),
        (due_words_of_a_step, "Due words", {"next_steps__due_words": "Meet"}),
        (the_tick_of_a_status_item, "Step", {"status_items__also_next_step": True}),
        (the_tick_of_an_item, "Step", {"section_items__also_next_step": True}),
    ],
)
def test_what_staff_read_in_an_item_needs_no_correction_but_is_in_the_history(
    publisher, published, sent, edit, field, stored
):  # S36
    edit(sent)
    answer = publisher.post(change(published), sent)

    assert answer.status_code == 302, errors_of(answer)
    assert IssuePaper.objects.filter(pk=published.pk, **stored).exists()
    assert not published.corrections.exists()
    entry = LogEntry.objects.get(object_id=str(published.pk))
    assert field in entry.get_change_message()


def test_the_form_comes_back_with_what_was_typed_and_a_row_for_the_note(publisher, published, sent):
    text_of_an_item(sent)
    page = publisher.post(change(published), sent)

    assertContains(page, "The group met twice.</textarea>")
    assert "corrections-0-weight" in fields_of(page)

    answer = publisher.post(change(published), fields_of(page) | {"corrections-0-note": "Twice."})
    assert answer.status_code == 302, errors_of(answer)
    assert published.status_items.first().text == "The group met twice."
    assert published.corrections.get().note == "Twice."


def test_a_correction_that_says_nothing_does_not_do(publisher, published, sent):
    text_of_an_item(sent)
    add_row(sent, "corrections", **NOTE | {"note": " "})

    assert errors_of(publisher.post(change(published), sent)) == ["This field is required."]


def test_a_correction_that_is_taken_out_again_does_not_do(publisher, published, sent):
    text_of_an_item(sent)
    row = add_row(sent, "corrections", **NOTE)
    sent[f"{row}-DELETE"] = "on"

    assert errors_of(publisher.post(change(published), sent)) == [NOT_SILENTLY]


def test_an_earlier_correction_does_not_do(publisher, published):
    published.corrections.create(note="Another matter.")
    sent = fields_of(publisher.get(change(published)))

    text_of_an_item(sent)
    sent["corrections-0-note"] = "Another matter, at more length."

    assert errors_of(publisher.post(change(published), sent)) == [NOT_SILENTLY]


@pytest.mark.parametrize("moment", [None, timezone.now() + timedelta(days=400)])
def test_what_nobody_could_read_yet_is_changed_without_a_correction(publisher, moment):
    paper = make_paper(make_group(), published=False, published_at=moment)
    sent = fields_of(publisher.get(change(paper)))

    text_of_an_item(sent)
    answer = publisher.post(change(paper), sent | {"_publish": ""})

    assert answer.status_code == 302, errors_of(answer)
    assert paper.status_items.first().text == "The group met twice."


def test_who_may_not_add_corrections_reads_a_published_paper(published):
    verbs = on_papers("view", "add", "change", "delete")
    verbs.remove("add_correction")
    client = staff("hand", *verbs, "publish_issuepaper", *COMMITTEE)

    assertNotContains(client.get(change(published)), 'name="_save"')
    assert client.post(change(published), {"office_line": "Forged"}).status_code == 403  # S06


# The address of a public paper -----------------------------------------------------------------


def test_a_public_paper_keeps_its_group_and_its_meeting(publisher, published, sent):  # S35
    page = publisher.get(change(published))
    forged = {
        "working_group": make_group("other").pk,
        "meeting": make_meeting(date(2024, 12, 10)).pk,
    }
    add_row(sent, "corrections", **NOTE)

    answer = publisher.post(change(published), sent | forged)

    assertContains(page, "Fixed while the paper is public: its address names the group.")
    assertContains(page, "Fixed while the paper is public: its address names the meeting.")
    assert not {"working_group", "meeting"} & fields_of(page).keys()
    assert answer.status_code == 302, errors_of(answer)
    address = published.get_absolute_url()
    assert IssuePaper.objects.get(pk=published.pk).get_absolute_url() == address


def test_a_public_form_that_comes_back_still_keeps_them(publisher, published, sent):
    a_scalar_while_it_is_withdrawn(sent)

    page = publisher.post(change(published), sent)

    assertContains(page, "its address names the meeting.")


def test_a_draft_is_given_another_group_and_meeting(editor):
    paper = make_paper(make_group(), published=False)
    group, meeting = make_group("other"), make_meeting(date(2024, 12, 10))
    sent = fields_of(editor.get(change(paper)))

    editor.post(change(paper), sent | {"working_group": group.pk, "meeting": meeting.pk})

    paper.refresh_from_db()
    assert (paper.working_group, paper.meeting) == (group, meeting)
