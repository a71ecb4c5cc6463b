"""What the record refuses, and disks that fail when all is stored: told as it is, and settled."""

import io
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError

from papers.importing import batches, drafts, judging, originals, revisions
from papers.importing.batches import create_batch, discard, run_batch
from papers.importing.drafts import import_document, retry
from papers.importing.errors import ImportProblem
from papers.models import ImportedFile, IssuePaper, Original
from tests.factories import make_group, make_meeting, make_subcommittee
from tests.importing.making import make_txt, sample
from tests.importing.samples import JUNE, make_record, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_process")]

GOOD = make_txt(sample())
REFUSALS = [ValidationError("It broke."), IntegrityError("unique"), DataError("too long")]


def raising(error):
    def fail(*arguments, **options):
        raise error

    return fail


def names(folder):
    return {path.name for path in folder.iterdir() if path.name != ".lock"}


@pytest.fixture
def waiting(tmp_path):
    """A file that waited for its group, which is on record by now."""
    make_meeting(JUNE)
    imported = import_document(write(tmp_path, "ng0.txt")).imported
    assert imported.status == "blocked"
    make_group("sample", "Sample", make_subcommittee())
    return imported


@pytest.fixture
def marks_stay(monkeypatch):
    """A disk on which nothing can be deleted any more; calling it gives a sound one."""
    unlink = Path.unlink

    def fail(path, **options):
        if path.parent.name == "originals" and path.exists():
            raise OSError(5, "Input/output error")
        unlink(path, **options)

    monkeypatch.setattr(Path, "unlink", fail)
    return lambda: monkeypatch.setattr(Path, "unlink", unlink)


# Trying again -----------------------------------------------------------------------------------


@pytest.mark.parametrize("error", REFUSALS, ids=lambda error: type(error).__name__)
def test_what_the_record_refuses_goes_on_waiting_and_is_told_in_a_sentence(
    waiting, error, monkeypatch, originals_dir
):
    monkeypatch.setattr(drafts, "write", raising(error))

    outcome = retry(waiting)

    assert (outcome.status, outcome.problem.code) == ("failed", "refused")
    # Where a page begins a message with a capital, the file's name is not its first word.
    assert outcome.sentence.startswith("Still waiting: ng0.txt was read, but the record cannot")
    assert waiting.status == "blocked"
    assert waiting.original is not None
    assert not IssuePaper.objects.exists()
    monkeypatch.undo()


def test_a_problem_met_on_the_way_is_told_in_a_sentence_too(waiting, monkeypatch):
    monkeypatch.setattr(drafts, "judge", raising(ImportProblem("too_long")))

    outcome = retry(waiting)

    assert outcome.sentence.startswith("Still waiting: ng0.txt holds far more text")
    assert waiting.status == "blocked"


def test_a_file_that_does_not_wait_is_named_as_it_is_written(waiting):
    retry(waiting)

    with pytest.raises(ValidationError) as refused:
        retry(waiting)

    assert refused.value.messages == ["“ng0.txt” does not wait for the record."]


@pytest.mark.parametrize("error", REFUSALS, ids=lambda error: type(error).__name__)
def test_an_upload_of_what_waits_comes_to_its_end_where_the_record_refuses_it(
    waiting, error, monkeypatch, originals_dir
):
    monkeypatch.setattr(drafts, "write", raising(error))
    batch = create_batch([("again.txt", io.BytesIO(GOOD))])

    run_batch(batch)

    again = batch.files.get()
    assert (again.status, again.problem_code) == ("failed", "refused")
    assert again.problem.startswith("again.txt was read, but the record cannot")
    waiting.refresh_from_db()
    assert waiting.status == "blocked"
    assert names(originals_dir) == {waiting.original.name}


def test_an_upload_of_what_waits_says_where_the_first_is(tmp_path):
    make_meeting(JUNE)
    import_document(write(tmp_path, "ng0.txt"))
    batch = create_batch([("again.txt", io.BytesIO(GOOD))])

    run_batch(batch)

    again = batch.files.get()
    assert (again.status, again.problem) == ("same", "Waits already: ng0.txt.")


def test_what_another_process_stored_between_two_looks_is_the_same(waiting, tmp_path, monkeypatch):
    find = judging.find_held
    done = []

    def find_and_be_overtaken(*arguments):
        found = find(*arguments)
        if not done:
            done.append(True)
            retry(ImportedFile.objects.get(pk=waiting.pk))
        return found

    monkeypatch.setattr(judging, "find_held", find_and_be_overtaken)

    outcome = import_document(tmp_path / "ng0.txt", "again.txt")

    assert (outcome.status, outcome.paper) == ("same", IssuePaper.objects.get())


@pytest.mark.parametrize("error", REFUSALS[1:], ids=repr)
def test_a_revision_that_the_record_refuses_is_told_and_stays_proposed(
    tmp_path, error, monkeypatch
):
    make_record()
    before = import_document(write(tmp_path)).paper.content()
    revision = import_document(write(tmp_path, "b.txt", pub="Pub# 3701-0624")).imported
    monkeypatch.setattr(revisions, "rewrite", raising(error))

    with pytest.raises(ValidationError, match=r"cannot hold what “b\.txt” says"):
        revisions.apply_revision(revision)

    revision.refresh_from_db()
    assert revision.status == "revision"
    assert IssuePaper.objects.get().content() == before


# A disk that fails when all is stored -----------------------------------------------------------


# S27, S31
def test_a_disk_that_fails_after_the_commit_is_no_failure_of_the_import(
    tmp_path, originals_dir, marks_stay
):
    make_record()

    outcome = import_document(write(tmp_path))

    assert (outcome.status, outcome.problem) == ("draft", None)
    original = IssuePaper.objects.get().original
    assert len(names(originals_dir)) == 2
    marks_stay()
    originals.sweep()
    assert names(originals_dir) == {original.name}


# S27, S31
def test_what_failed_before_the_commit_is_told_as_such_whatever_the_disk_does_then(
    tmp_path, originals_dir, marks_stay, monkeypatch
):
    make_record()
    monkeypatch.setattr(drafts, "write", raising(ValidationError("It broke.")))

    outcome = import_document(write(tmp_path))

    assert outcome.problem.code == "refused"
    marks_stay()
    originals.sweep()
    assert names(originals_dir) == set()


# S31
def test_a_document_that_cannot_be_deleted_is_left_to_the_sweep(
    tmp_path, originals_dir, marks_stay
):
    make_record()
    imported = import_document(write(tmp_path)).imported

    discard(imported)

    assert imported.status == "discarded"
    assert not Original.objects.exists()
    marks_stay()
    originals.sweep()
    assert names(originals_dir) == set()


def test_a_file_that_is_gone_before_it_is_stored_was_changed(tmp_path):
    make_record()
    path = write(tmp_path)
    found = drafts.read(path)
    path.unlink()

    outcome = drafts.store(found)

    assert outcome.problem.code == "changed"


# A fault of ours --------------------------------------------------------------------------------


def test_a_fault_after_the_storing_leaves_what_is_stored(monkeypatch, originals_dir):
    make_record()
    batch = create_batch([("a.txt", io.BytesIO(GOOD))])

    def store_and_fail(found, **options):
        drafts.store(found, **options)
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(batches, "store", store_and_fail)

    run_batch(batch)

    file = batch.files.get()
    assert (file.status, file.problem) == ("draft", "")
    assert file.parsed_paper() is not None
    assert names(originals_dir) == {file.original.name}
