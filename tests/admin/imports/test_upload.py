from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from papers.admin import imports
from papers.importing import batches, originals, reading
from papers.models import ImportBatch, ImportedFile, IssuePaper, Original
from tests.admin.imports.conftest import UPLOAD, address, upload
from tests.importing.making import make_txt, sample
from tests.importing.samples import make_record

pytestmark = pytest.mark.django_db

LIST = "/admin/papers/importbatch/"
SAMPLE = ("sample.txt", make_txt(sample()))


def progress(client, batch):
    return client.get(f"{LIST}{batch.pk}/change/")


# Uploading -------------------------------------------------------------------------------------


def test_the_list_of_papers_leads_to_the_upload(editor):
    assertContains(editor.get("/admin/papers/issuepaper/"), f'href="{UPLOAD}"')
    page = editor.get(UPLOAD)
    assertContains(page, "up to 25 MB each and 30 files at a time")
    assertContains(page, " multiple")


def test_an_upload_is_stored_read_elsewhere_and_shown(editor, launched):
    answer, batch = upload(editor, SAMPLE, ("other.txt", b"Something else"))

    assertRedirects(answer, f"{LIST}{batch.pk}/change/")
    assert launched == [batch]
    assert batch.created_by.username == "editor"
    assert [file.status for file in batch.files.all()] == ["waiting", "waiting"]
    kept = [originals.path_of(original).read_bytes() for original in Original.objects.all()]
    assert kept == [SAMPLE[1], b"Something else"]


def test_a_request_reads_no_document(editor, launched, monkeypatch):  # S19
    monkeypatch.setattr(reading, "read_in_child", lambda path, name: pytest.fail("was read"))

    answer, batch = upload(editor, SAMPLE)

    assert answer.status_code == 302
    assert progress(editor, batch).status_code == 200


def test_nothing_chosen_is_said(editor, launched):
    page = editor.post(UPLOAD, {})

    assertContains(page, "Choose at least one file.")
    assert not ImportBatch.objects.exists()
    assert launched == []


def test_too_many_files_are_refused_in_words(editor, launched):  # S18
    answer, batch = upload(editor, *[(f"{n}.txt", b"x") for n in range(31)])

    assertContains(answer, "31 files are too many: choose at most 30 at a time.")
    assert batch is None


def test_a_file_that_is_too_large_is_not_kept_and_the_others_go_on(editor, launched, monkeypatch):
    monkeypatch.setattr(batches, "MAX_BYTES", 2000)  # S18

    _, batch = upload(editor, ("large.txt", b"x" * 2001), SAMPLE)

    large, other = batch.files.all()
    assert (large.status, other.status) == ("failed", "waiting")
    assert large.original is None
    assertContains(progress(editor, batch), "large.txt is larger than 25 MB.")


def test_a_full_disk_is_said_and_nothing_is_stored(editor, launched, monkeypatch):  # S31
    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(originals, "_write", full)

    page, batch = upload(editor, SAMPLE)

    assertContains(page, "Nothing was stored: the disk is full")
    assert batch is None
    assert not Original.objects.exists()


@pytest.mark.parametrize(
    "name",
    [
        "<img src=x onerror=alert(1)>.txt",
        "../../etc/passwd",
        "a" * 300 + ".txt",
        "two\nlines\x07.txt",
        "\u202etxt.exe.txt",
        "{{ 7|add:7 }}.txt",
    ],
)
def test_a_hostile_name_is_shown_as_typed_and_is_never_a_path(editor, read_at_once, name):
    make_record()  # S12, S20

    _, batch = upload(editor, (name, SAMPLE[1]))

    imported = batch.files.get()
    page = progress(editor, batch).content.decode()
    assert "<img src=x" not in page
    assert "14.txt" not in page
    assert "\x07" not in page
    assert len(imported.original_name) <= 255
    assert len(imported.short_name) <= 80
    if imported.original:
        assert originals.NAME.fullmatch(imported.original.name)
        header = editor.get(address(imported, "original")).headers["Content-Disposition"]
        assert header.startswith('attachment; filename="coac-import-')
    assert editor.get(address(imported)).status_code in (200, 302)


# Progress --------------------------------------------------------------------------------------


def test_the_page_renews_itself_only_while_files_wait(editor, launched):
    _, batch = upload(editor, SAMPLE)

    page = progress(editor, batch)
    assertContains(page, '<meta http-equiv="refresh" content="2">')
    assertContains(page, "0 of 1 file read")
    assertContains(page, "Waiting to be read")
    assertNotContains(editor.get(f"{LIST}{batch.pk}/change/?still"), "http-equiv")

    batches.run_batch(batch)  # without a group on record it waits for one

    page = progress(editor, batch)
    assertNotContains(page, "http-equiv")
    assertContains(page, "1 of 1 file read.")


def test_each_file_says_what_became_of_it(editor, read_at_once):
    make_record()
    files = [
        SAMPLE,
        ("again.txt", SAMPLE[1]),
        ("unknown.txt", make_txt(sample(group="Nobody Knows Working Group"))),
        ("corrected.txt", SAMPLE[1].replace(b"Three offices", b"Four offices")),
        ("empty.txt", b""),
        ("picture.pdf", b"\x89PNG\r\n\x1a\n"),
    ]

    _, batch = upload(editor, *files)
    page = progress(editor, batch)

    statuses = [file.status for file in batch.files.all()]
    assert statuses == ["draft", "same", "blocked", "revision", "failed", "failed"]
    paper = IssuePaper.objects.get()
    for words in (
        "Stored as a draft",
        "15 of 15 sentences placed",
        "Stored already",
        "Waiting for the record",
        "Say where it belongs",
        "Proposed as a revision",
        "Compare and decide",
        "empty.txt is empty",
        "picture.pdf is not a PDF",
        "6 of 6 files read.",
        "1 stored as a draft, 1 proposed as a revision, 1 waiting for the record, 1 stored "
        "already, 2 not imported.",
        f'href="/admin/papers/issuepaper/{paper.pk}/change/"',
        f'href="{address(batch.files.first())}"',
    ):
        assertContains(page, words)


def test_what_staff_decided_is_counted_as_what_it_became(editor, publisher, read_at_once):
    make_record()
    upload(editor, SAMPLE)
    IssuePaper.objects.get().publish()
    _, batch = upload(
        editor,
        ("corrected.txt", SAMPLE[1].replace(b"Three offices", b"Four offices")),
        ("unknown.txt", make_txt(sample(group="Nobody Knows Working Group"))),
        ("odd.txt", make_txt(sample(group="Another Odd Working Group"))),
    )
    publisher.post(address(batch.files.get(position=2), "discard"))

    assert batches.progress(ImportBatch.objects.last()).told == "1 published"
    assert batches.progress(batch).told == (
        "1 proposed as a revision, 1 waiting for the record, 1 discarded"
    )


def test_a_deleted_draft_is_counted_as_one(editor, read_at_once):
    make_record()
    _, batch = upload(editor, SAMPLE)
    IssuePaper.objects.get().delete()

    assert batches.progress(batch).told == "1 deleted as a draft"


def test_a_batch_that_is_read_shows_no_bar(editor, launched):
    _, batch = upload(editor, SAMPLE)
    assertContains(progress(editor, batch), "<progress")

    batches.run_batch(batch)

    assertNotContains(progress(editor, batch), "<progress")


def test_once_a_paper_is_reviewed_the_main_button_leads_to_the_next(editor, read_at_once):
    make_record()
    _, batch = upload(
        editor, SAMPLE, ("unknown.txt", make_txt(sample(group="Nobody Knows Working Group")))
    )
    assertContains(progress(editor, batch), "Review the first paper")

    IssuePaper.objects.get().publish()

    page = progress(editor, batch)
    assertNotContains(page, "Review the first paper")
    assertContains(page, "Review the next paper")
    assert page.context["to_review"].position == 2


def test_the_points_of_a_revision_are_those_that_its_page_lists(editor, read_at_once):
    make_record()
    upload(editor, SAMPLE)
    corrected = SAMPLE[1].replace(b"Pub# 3700-0624", b"Pub# 3700-0924")

    _, batch = upload(editor, ("corrected.txt", corrected))

    revision = batch.files.get()
    assert revision.status == "revision"
    page = editor.get(address(revision))
    asking = [it for it in page.context["findings"] if not it["finding"].is_settled]
    assert len(asking) == 1
    assertContains(progress(editor, batch), "1 point to check")


def test_a_looked_at_page_changes_nothing(editor, launched):  # S11
    _, batch = upload(editor, SAMPLE)
    ImportBatch.objects.update(created_at=timezone.now() - timedelta(hours=1))
    launched.clear()

    progress(editor, batch)

    assert launched == []


def test_when_the_reading_has_died_a_button_starts_it_again(editor, launched):  # S27
    _, batch = upload(editor, SAMPLE)
    long_ago = timezone.now() - timedelta(minutes=5)
    ImportBatch.objects.update(created_at=long_ago, runner_seen_at=long_ago)
    launched.clear()

    page = progress(editor, batch)
    assertContains(page, "Nobody is reading these files any more.")
    assertContains(page, "Start again")
    assertNotContains(page, "http-equiv")

    page = editor.post(f"{LIST}{batch.pk}/start/", follow=True)

    assert launched == [batch]
    assertNotContains(page, "Nobody is reading")
    assertContains(page, "http-equiv")


@pytest.mark.parametrize("said", ["1", "9" * 40, "x", "²", ""])
def test_an_address_that_says_when_it_was_started_is_believed_for_a_moment_only(
    editor, launched, said
):  # S14
    _, batch = upload(editor, SAMPLE)
    ImportBatch.objects.update(created_at=timezone.now() - timedelta(minutes=5))

    page = editor.get(f"{LIST}{batch.pk}/change/?started={said}")

    assertContains(page, "Nobody is reading")


def test_a_reading_that_lives_is_not_started_twice(editor, launched):
    _, batch = upload(editor, SAMPLE)
    ImportBatch.objects.update(runner_seen_at=timezone.now())
    launched.clear()

    editor.post(f"{LIST}{batch.pk}/start/")

    assert launched == []


def test_a_process_that_cannot_be_started_is_no_fault_of_the_page(editor, monkeypatch):
    def refuse(batch):
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(batches, "launch", refuse)

    answer, batch = upload(editor, SAMPLE)

    assertRedirects(answer, f"{LIST}{batch.pk}/change/")


def test_the_list_of_imports_says_what_is_still_to_be_done(editor, read_at_once, launched):
    upload(editor, SAMPLE)
    assertContains(editor.get(LIST), "0 of 1 read")

    make_record()
    batches.run_batch(ImportBatch.objects.get())

    assertContains(editor.get(LIST), "1 to review")


def test_the_progress_page_asks_as_many_questions_for_one_file_as_for_thirty(editor, read_at_once):
    make_record()
    _, one = upload(editor, SAMPLE)
    many = [(f"{n}.txt", make_txt(sample(group=f"Group {n} Working Group"))) for n in range(29)]
    _, thirty = upload(editor, SAMPLE, *many)

    counts = []
    for batch in (one, thirty):
        with CaptureQueriesContext(connection) as counted:
            progress(editor, batch)
        counts.append(len(counted))

    assert counts[0] == counts[1] <= 12


# Who may ---------------------------------------------------------------------------------------


def test_a_viewer_looks_on_and_uploads_nothing(viewer, editor, launched):  # S06
    _, batch = upload(editor, SAMPLE)

    assert progress(viewer, batch).status_code == 200
    assert viewer.get(UPLOAD).status_code == 403
    answer, _ = upload(viewer, SAMPLE)
    assert answer.status_code == 403
    assert viewer.post(f"{LIST}{batch.pk}/start/").status_code == 403
    assert ImportBatch.objects.count() == 1


def test_a_stranger_is_sent_to_the_login(client, editor, launched):  # S06
    _, batch = upload(editor, SAMPLE)
    imported = batch.files.get()

    for page in (UPLOAD, f"{LIST}{batch.pk}/change/", address(imported), LIST):
        assert client.get(page).url.startswith("/admin/login/")
    answer = client.post(UPLOAD, {"documents": [SimpleUploadedFile(*SAMPLE)]})
    assert answer.url.startswith("/admin/login/")
    assert client.get(address(imported, "original")).url.startswith("/admin/login/")
    assert ImportedFile.objects.count() == 1


def test_an_upload_without_its_token_is_refused(editor, launched):  # S11
    editor.handler.enforce_csrf_checks = True

    answer, batch = upload(editor, SAMPLE)

    assert answer.status_code == 403
    assert batch is None


def test_no_batch_is_deleted(admin_client, editor, launched):  # S36
    _, batch = upload(editor, SAMPLE)

    admin_client.post(f"{LIST}{batch.pk}/delete/", {"post": "yes"})

    assert ImportBatch.objects.exists()


def test_the_original_is_a_file_to_save(editor, read_at_once):  # S04
    make_record()
    _, batch = upload(editor, SAMPLE)

    answer = editor.get(address(batch.files.get(), "original"))

    assert b"".join(answer.streaming_content) == SAMPLE[1]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_limits_on_the_page_are_those_that_hold():
    assert imports.MAX_FILES <= batches.MAX_FILES
