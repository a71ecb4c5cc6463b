import io
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings as project
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from papers.importing import batches, drafts, limits, originals
from papers.importing.batches import (
    create_batch,
    ensure_running,
    launch,
    progress,
    run_batch,
)
from papers.models import ImportBatch, ImportedFile, IssuePaper, Original
from tests.factories import make_group, make_meeting, make_subcommittee
from tests.importing.making import make_txt, sample
from tests.importing.samples import JUNE, make_record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_process")]

GOOD = make_txt(sample())


def upload(*files, user=None):
    return create_batch([(name, io.BytesIO(data)) for name, data in files], user)


class Lazy:
    """A file that is read when its turn comes."""

    def __init__(self, row, read):
        self.row, self._read = row, read

    def read(self):
        return self._read(originals.path_of(self.row.original), self.row.original_name)


def statuses(batch):
    return list(batch.files.values_list("status", flat=True))


def stored_files(folder):
    return {path.name for path in folder.iterdir() if path.name != ".lock"}


# Uploading ------------------------------------------------------------------------------------


def test_uploaded_files_are_stored_and_wait(originals_dir):
    user = get_user_model().objects.create_user("editor")

    batch = upload(("a.txt", GOOD), ("b.pdf", b"%PDF-"), user=user)

    assert statuses(batch) == ["waiting", "waiting"]
    assert batch.created_by == user
    assert stored_files(originals_dir) == set(Original.objects.values_list("name", flat=True))
    assert not progress(batch).is_over
    assert not progress(batch).is_running


# S18
def test_a_file_that_is_too_large_is_not_kept_and_the_others_are(monkeypatch, originals_dir):
    monkeypatch.setattr(batches, "MAX_BYTES", len(GOOD))

    batch = upload(("a.txt", GOOD), ("large.txt", GOOD + b"!"))

    assert statuses(batch) == ["waiting", "failed"]
    assert batch.files.last().problem.startswith("large.txt is larger than 25 MB")
    assert len(stored_files(originals_dir)) == 1


@pytest.mark.parametrize("count", [0, limits.MAX_FILES + 1])
def test_an_upload_has_a_number_of_files_that_can_be_looked_at(count):
    with pytest.raises(ValidationError, match="at most 30 at a time"):
        upload(*[("a.txt", b"")] * count)


# S27
def test_an_upload_that_fails_half_way_leaves_nothing(monkeypatch, originals_dir):
    written = []
    write_one = originals._write

    def fail_at_second(*arguments):
        written.append(arguments)
        if len(written) == 2:
            raise OSError(28, "No space left on device")
        return write_one(*arguments)

    monkeypatch.setattr(originals, "_write", fail_at_second)

    with pytest.raises(OSError, match="No space"):
        upload(("a.txt", GOOD), ("b.txt", b"other"))

    assert not ImportBatch.objects.exists()
    assert stored_files(originals_dir) == set()


# Running --------------------------------------------------------------------------------------


def test_every_file_of_a_batch_comes_to_its_end(originals_dir):
    make_record()
    user = get_user_model().objects.create_user("editor")
    unknown = make_txt(sample(group="Nowhere Working Group"))
    files = [("a.txt", GOOD), ("b.txt", GOOD), ("c.pdf", b"\x89PNG"), ("d.txt", unknown)]
    batch = upload(*files, user=user)

    assert run_batch(batch)

    assert statuses(batch) == ["draft", "same", "failed", "blocked"]
    assert IssuePaper.objects.get().imported_from == batch.files.first()
    same, failed = batch.files.all()[1:3]
    assert same.problem == "Stored already: Sample Working Group, June 2024, from “a.txt”."
    assert same.paper == IssuePaper.objects.get()
    assert failed.problem.startswith("c.pdf is not a PDF")
    assert batch.finished_at is not None
    # Of what failed, and of what is there already, nothing is kept.
    kept = batch.files.filter(original__isnull=False)
    assert [file.status for file in kept] == ["draft", "blocked"]
    assert stored_files(originals_dir) == {file.original.name for file in kept}
    done = progress(batch)
    assert (done.total, done.over) == (4, 4)
    assert done.told == (
        "1 stored as a draft, 1 waiting for the record, 1 stored already, 1 not imported"
    )
    assert done.is_over
    assert done.percent == 100


def test_two_processes_do_not_run_one_batch():
    make_record()
    batch = upload(("a.txt", GOOD))
    ImportBatch.objects.update(runner_seen_at=timezone.now())

    assert not run_batch(batch)
    assert statuses(batch) == ["waiting"]
    assert progress(batch).is_running


# S27
def test_what_a_dead_process_left_half_read_is_read_anew():
    make_record()
    batch = upload(("a.txt", GOOD))
    ImportedFile.objects.update(status="reading", attempts=1)
    ImportBatch.objects.update(runner_seen_at=timezone.now() - timedelta(minutes=2))
    assert not progress(batch).is_running

    run_batch(batch)

    assert statuses(batch) == ["draft"]


# S27
def test_a_file_over_which_processes_die_again_and_again_is_given_up(originals_dir):
    batch = upload(("a.txt", GOOD))
    ImportedFile.objects.update(status="reading", attempts=batches.MAX_ATTEMPTS)

    run_batch(batch)

    file = batch.files.get()
    assert (file.status, file.problem_code) == ("failed", "reader_died")
    assert stored_files(originals_dir) == set()


class Died(BaseException):
    """The end of the process, wherever it is."""


# S27
def test_only_the_file_that_kills_is_given_up_and_not_the_one_read_beside_it(monkeypatch):
    make_record()
    made = [make_txt(sample(group=f"{name} Working Group")) for name in ("Killer", "New", "Newer")]
    batch = upload(("a.txt", GOOD), *[(f"{n}.txt", data) for n, data in enumerate(made)])
    read, told = batches.read, []

    def read_or_die(path, name):
        told.append((name, ImportedFile.objects.filter(status="reading").count()))
        if name == "0.txt":
            raise Died
        return read(path, name)

    # In this thread, so that the test's own connection is asked.
    monkeypatch.setattr(batches, "_read", lambda row: Lazy(row, read_or_die))
    monkeypatch.setattr(batches, "_wait_for", lambda future, runner: future.result().read())

    for _ in range(2):
        with pytest.raises(Died):
            run_batch(batch)
        ImportBatch.objects.update(runner_seen_at=None)
    assert run_batch(batch)

    assert statuses(batch) == ["draft", "failed", "blocked", "blocked"]
    assert batch.files.get(position=2).problem_code == "reader_died"
    # Each was read a second time alone, as nobody knew which of the two it was.
    assert told == [("a.txt", 2), ("0.txt", 2), ("0.txt", 1), ("1.txt", 1), ("2.txt", 1)]


# S27
def test_a_runner_that_was_given_up_for_dead_leaves_the_batch_to_the_one_that_came_after(
    monkeypatch,
):
    make_record()
    batch = upload(("a.txt", GOOD), ("b.txt", make_txt(sample(group="New Working Group"))))
    another = timezone.now() + timedelta(seconds=1)

    def store(reading, **options):
        drafts.store(reading, **options)
        ImportBatch.objects.update(runner_seen_at=another)

    monkeypatch.setattr(batches, "store", store)

    assert not run_batch(batch)

    assert batch.runner_seen_at == another
    assert batch.finished_at is None
    assert statuses(batch)[0] == "draft"
    assert progress(batch).is_running


def test_a_runner_that_ends_after_another_one_began_takes_no_sign_from_it(monkeypatch):
    make_record()
    batch = upload(("a.txt", GOOD))
    another = timezone.now() + timedelta(seconds=1)
    read = batches._readings

    def read_and_be_replaced(*arguments):
        yield from read(*arguments)
        ImportBatch.objects.update(runner_seen_at=another)

    monkeypatch.setattr(batches, "_readings", read_and_be_replaced)

    assert not run_batch(batch)

    assert ImportBatch.objects.get().runner_seen_at == another


def test_a_fault_of_ours_in_one_file_does_not_end_the_batch(monkeypatch, caplog, originals_dir):
    make_record()
    batch = upload(("a.txt", b"anything"), ("b.txt", GOOD))

    def store(reading, **options):
        if reading.name == "a.txt":
            raise RuntimeError("a fault of ours")
        return drafts.store(reading, **options)

    monkeypatch.setattr(batches, "store", store)

    run_batch(batch)

    assert statuses(batch) == ["failed", "draft"]
    assert "An import failed" in caplog.text
    assert len(stored_files(originals_dir)) == 1


def test_a_waiting_batch_gets_one_runner(monkeypatch):
    launched = []
    monkeypatch.setattr(batches, "launch", launched.append)
    batch = upload(("a.txt", GOOD))

    assert ensure_running(batch)
    ImportBatch.objects.update(runner_seen_at=timezone.now())
    assert not ensure_running(batch)
    ImportBatch.objects.update(runner_seen_at=None)
    run_batch(batch)
    assert not ensure_running(batch)
    assert launched == [batch]


def test_the_runner_is_a_process_of_its_own(monkeypatch):
    started = []
    monkeypatch.setattr(
        subprocess, "Popen", lambda command, **options: started.append((command, options))
    )
    batch = upload(("a.txt", GOOD))

    launch(batch)

    command, options = started[0]
    assert command == [sys.executable, "manage.py", "run_import_batch", str(batch.pk)]
    assert options["cwd"] == project.BASE_DIR
    assert options["start_new_session"]


def test_the_command_runs_a_batch_and_refuses_one_that_is_not_there():
    make_record()
    batch = upload(("a.txt", GOOD))

    call_command("run_import_batch", str(batch.pk))

    assert statuses(batch) == ["draft"]
    with pytest.raises(CommandError, match="There is no batch 0"):
        call_command("run_import_batch", "0")


def test_an_uploaded_file_that_another_upload_waits_for_closes_both_when_the_record_knows():
    make_meeting(JUNE)
    first = upload(("a.txt", GOOD))
    run_batch(first)
    assert statuses(first) == ["blocked"]
    make_group("sample", "Sample", make_subcommittee())
    second = upload(("again.txt", GOOD))

    run_batch(second)

    assert (statuses(first), statuses(second)) == (["draft"], ["same"])
