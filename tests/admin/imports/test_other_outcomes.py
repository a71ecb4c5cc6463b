"""Files that wait for the record, proposed revisions, and what is discarded."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from papers.models import Correction, ImportedFile, IssuePaper, Original
from tests.admin.imports.conftest import address, let, row_of, save, upload
from tests.factories import make_group, make_meeting
from tests.importing.making import make_txt, sample
from tests.importing.samples import JUNE, make_record

pytestmark = pytest.mark.django_db

SAMPLE = make_txt(sample())
CORRECTED = SAMPLE.replace(b"Three offices have counted", b"Four offices have counted")


def the_file(name="a.txt"):
    return ImportedFile.objects.get(original_name=name)


# Waiting for the record ------------------------------------------------------------------------


@pytest.fixture
def waiting(editor, read_at_once):
    """A file whose group is not on record, beside a group with a similar name."""
    make_meeting(JUNE)
    make_group("samples", "Sampel")
    upload(editor, ("a.txt", SAMPLE))
    assert the_file().status == "blocked"
    return the_file()


def test_an_unknown_group_is_said_with_what_comes_near(client, admin_client, waiting):
    page = let(client, "importer", "add_issuepaper").get(address(waiting))
    assertContains(page, "No group on record is called “<bdi>Sample Working Group</bdi>”.")
    assertContains(page, "Meeting matched: June 2024.")
    assertContains(page, "Similar names on record: Sampel Working Group.")
    assertNotContains(page, "Create the group")
    assertContains(page, "The counts are kept on the Word Count website.")

    page = admin_client.get(address(waiting))
    add = reverse("admin:workgroups_workinggroup_add")
    assertContains(page, f'href="{add}?name=Sample%20Working%20Group"')


def test_once_the_group_is_there_trying_again_stores_the_draft(editor, waiting):
    answer = editor.post(address(waiting), {"_retry": ""}, follow=True)
    assertContains(answer, "The record does not know its group or its meeting yet.")
    assert not IssuePaper.objects.exists()

    make_group("sample", "Sample")
    answer = editor.post(address(waiting), {"_retry": ""}, follow=True)

    assertContains(answer, "Stored as a draft.")
    assertContains(answer, "Every sentence accounted for: 15 of 15")
    assert IssuePaper.objects.get().working_group.slug == "sample"
    assert LogEntry.objects.latest("pk").get_change_message() == "Read from “a.txt”."  # S36


def test_a_person_may_say_which_group_it_is(editor, waiting):
    group = IssuePaper.working_group.field.related_model.objects.get()

    editor.post(address(waiting), {"_retry": "", "working_group": group.pk})

    paper = IssuePaper.objects.get()
    assert (paper.working_group, paper.group_as_printed) == (group, "Sample Working Group")


def test_an_unknown_meeting_is_said(editor, read_at_once):
    make_group("sample", "Sample")
    upload(editor, ("a.txt", SAMPLE))

    page = editor.get(address(the_file()))

    assertContains(page, "No meeting on record was held in June 2024.")
    assertContains(page, "Group matched: Sample Working Group.")


def test_two_meetings_of_the_month_are_for_a_person_to_choose(editor, read_at_once):
    make_group("sample", "Sample")
    make_meeting(JUNE)
    second = make_meeting(JUNE.replace(day=5))
    upload(editor, ("a.txt", SAMPLE))

    page = editor.get(address(the_file()))
    assertContains(page, "more than one meeting of June 2024: June 5, 2024 and June 26, 2024.")

    editor.post(address(the_file()), {"_retry": "", "meeting": second.pk})
    assert IssuePaper.objects.get().meeting == second


def test_a_viewer_does_not_try_again(viewer, waiting):  # S06
    assertNotContains(viewer.get(address(waiting)), "Try again")
    make_group("sample", "Sample")

    assert viewer.post(address(waiting), {"_retry": ""}).status_code == 403
    assert not IssuePaper.objects.exists()


# S22, S24
def test_a_reissue_that_only_adds_words_without_a_place_shows_them(editor, read_at_once):
    make_record()
    upload(editor, ("a.txt", SAMPLE))
    upload(editor, ("b.txt", SAMPLE + b"\n\nErratum: Nobody will count once more.\n"))

    page = editor.get(address(the_file("b.txt")))

    assertContains(page, "no place in the record: “Erratum: Nobody will count once more.”")
    assertContains(page, "what this document has besides is under the points to check")
    assertNotContains(page, "What would change")


# The same again, and corrected -----------------------------------------------------------------


@pytest.fixture
def revision(editor, read_at_once):
    """A corrected re-issue of the sample paper, which is a draft."""
    make_record()
    upload(editor, ("a.txt", SAMPLE))
    upload(editor, ("b.txt", CORRECTED))
    assert the_file("b.txt").status == "revision"
    return the_file("b.txt")


def publish(paper):
    paper.publish()


def decide(client, imported, **sent):
    page = client.get(address(imported))
    return client.post(address(imported), {"edition": page.context["edition"], **sent}, follow=True)


def test_the_same_file_again_leads_to_the_first(editor, draft):  # S23
    _, batch = upload(editor, ("again.txt", SAMPLE))

    page = editor.get(f"/admin/papers/importbatch/{batch.pk}/change/")

    paper = IssuePaper.objects.get()
    assertContains(page, "Stored already")
    assertContains(page, f'href="/admin/papers/issuepaper/{paper.pk}/change/"')
    assert Original.objects.count() == 1
    assertContains(editor.get(address(the_file("again.txt"))), "Stored already: Sample")


def test_a_corrected_paper_is_shown_beside_the_stored_one(editor, revision):  # S24
    before = IssuePaper.objects.get().content()

    page = editor.get(address(revision))

    assertContains(page, "<del>Three</del>")
    assertContains(page, "<ins>Four</ins>")
    assertContains(page, "1 item")
    assert IssuePaper.objects.get().content() == before


def test_a_revision_of_a_draft_is_taken_over(editor, revision):
    page = decide(editor, revision, _take_over="")

    assertContains(page, "Taken over: ")
    paper = IssuePaper.objects.get()
    assert paper.status_items.first().text.startswith("Four offices")
    assert (paper.imported_from, paper.is_public) == (revision, False)
    assertContains(editor.get(address(revision)), "Four offices have counted")
    assertContains(editor.get(address(the_file())), "says by now what another document says")


def test_a_revision_of_a_published_paper_asks_publishers_for_a_public_note(
    editor, publisher, revision
):
    publish(IssuePaper.objects.get())
    assertNotContains(editor.get(address(revision)), 'name="_take_over"')
    sent = {"edition": publisher.get(address(revision)).context["edition"], "_take_over": ""}
    assert editor.post(address(revision), sent).status_code == 403  # S06

    page = decide(publisher, revision, _take_over="", note=" ", weight="minor")
    assertContains(page, "Say in the public note what is corrected.")
    assert IssuePaper.objects.get().status_items.first().text.startswith("Three")

    note = "Three offices became four."
    decide(publisher, revision, _take_over="", note=note, weight="significant")

    paper = IssuePaper.objects.get()
    assert paper.is_public
    assert paper.status_items.first().text.startswith("Four")
    assert [(each.note, each.weight) for each in Correction.objects.all()] == [
        (note, "significant")
    ]


def test_a_refused_note_and_its_nods_are_not_lost(publisher, editor, revision):
    publish(IssuePaper.objects.get())
    revision.findings.create(position=98, code="not_placed", detail="A lost sentence.")
    nod = revision.findings.create(position=99, code="pub_meeting_mismatch", detail="3700-0924")

    page = decide(
        publisher,
        revision,
        _take_over="",
        note="Three became four.",
        weight="significant",
        nod=nod.pk,
    )

    assertContains(page, "Not taken over. Findings of its import have to be settled first")
    assertContains(page, "Three became four.</textarea>")
    assertContains(page, '<option value="significant" selected>')
    assertContains(page, f'value="{nod.pk}" checked')
    assert not Correction.objects.exists()
    decide(
        publisher,
        revision,
        _take_over="",
        note="Three became four.",
        weight="significant",
        nod=[each.pk for each in revision.findings.all()],
    )
    assert Correction.objects.get().note == "Three became four."


def test_a_revision_is_left_and_can_still_be_taken_over(editor, revision):
    page = decide(editor, revision, _leave="")
    assertContains(page, "Not taken over: ")
    assert IssuePaper.objects.get().status_items.first().text.startswith("Three")
    page = editor.get(address(revision))
    assertContains(page, "editor did not take it over")
    assertNotContains(page, 'name="_leave"')

    decide(editor, revision, _take_over="")

    assert IssuePaper.objects.get().status_items.first().text.startswith("Four")


def test_a_decision_is_about_the_paper_as_it_was_seen(editor, publisher, revision):  # S26
    page = editor.get(address(revision))
    IssuePaper.objects.update(office_line="Changed meanwhile")

    answer = editor.post(address(revision), {"edition": page.context["edition"], "_take_over": ""})

    assertContains(answer, "while you worked on it")
    assert IssuePaper.objects.get().status_items.first().text.startswith("Three")


def test_a_viewer_does_not_decide(viewer, revision):  # S06
    sent = {"edition": viewer.get(address(revision)).context["edition"]}

    for choice in ("_take_over", "_leave"):
        assert viewer.post(address(revision), {**sent, choice: ""}).status_code == 403
    assert the_file("b.txt").status == "revision"


# Discarding ------------------------------------------------------------------------------------


def test_discarding_asks_once_more_and_then_keeps_only_that_it_was_done(editor, draft):
    page = editor.get(address(draft))
    assertContains(page, f'href="{address(draft, "discard")}"')
    assertContains(editor.get(address(draft, "discard")), "Yes, discard it")
    assert IssuePaper.objects.exists()

    answer = editor.post(address(draft, "discard"))

    assertRedirects(answer, f"/admin/papers/importbatch/{draft.batch_id}/change/")
    assert not IssuePaper.objects.exists()
    assert not Original.objects.exists()
    draft.refresh_from_db()
    assert (draft.status, draft.decided_by.username) == ("discarded", "editor")
    assertContains(editor.get(address(draft)), "by editor")
    assert LogEntry.objects.latest("pk").action_flag == 3  # S36
    assert editor.get(address(draft, "original")).status_code == 404


def test_the_same_file_can_come_again_after_it_was_discarded(editor, draft):
    editor.post(address(draft, "discard"))

    _, batch = upload(editor, ("again.txt", SAMPLE))

    assert batch.files.get().status == "draft"


def test_a_waiting_file_is_discarded(editor, waiting):
    editor.post(address(waiting, "discard"))

    assert the_file().status == "discarded"


def test_a_published_paper_is_not_discarded(publisher, draft):  # S34
    save(publisher, draft, _publish="")

    assertNotContains(publisher.get(address(draft)), "discard/")
    assert publisher.post(address(draft, "discard")).status_code == 403
    assert IssuePaper.objects.exists()


def test_who_may_not_delete_drafts_does_not_discard_one(editor, client, draft):  # S06
    let(client, "writer", "view_issuepaper", "change_issuepaper")

    assert client.post(address(draft, "discard")).status_code == 403
    assertNotContains(client.get(address(draft)), "discard/")
    assert save(client, draft).status_code == 200


def test_a_discarded_file_asks_nothing_any_more(editor, draft):
    prefix = row_of(editor.get(address(draft)), "Three offices")
    editor.post(address(draft, "discard"))

    assert editor.post(address(draft), {f"{prefix}-text": "x", "_save": ""}).status_code == 302
    assert editor.get(address(draft, "discard")).status_code == 302
