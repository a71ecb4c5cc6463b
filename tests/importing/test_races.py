"""Two processes that store or decide at the same moment: one is first, the other is told."""

import io
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connections

from papers.importing import originals
from papers.importing.batches import create_batch, discard
from papers.importing.drafts import import_document, retry
from papers.importing.integrity import broken_originals
from papers.importing.revisions import apply_revision, reject_revision
from papers.models import ImportBatch, ImportedFile, IssuePaper, Original
from tests.factories import make_group, make_meeting, make_subcommittee
from tests.importing.making import make_txt, sample
from tests.importing.samples import JUNE, make_record, replaced, write

ROUNDS = 8


def at_the_same_moment(*works):
    """What each gives, or the refusal that it raises; another exception fails the test."""
    together = Barrier(len(works), timeout=20)

    def one(work):
        together.wait()
        try:
            return work()
        except ValidationError as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(one, works))


def refusals(answers):
    return [answer for answer in answers if isinstance(answer, ValidationError)]


def clean():
    IssuePaper.objects.all().delete()
    ImportBatch.objects.all().delete()
    originals.sweep()
    assert not Original.objects.exists()


def stored_files(folder):
    return {path.name for path in folder.iterdir() if path.name != ".lock"}


def uploads_of_the_same_new_files(originals_dir):
    data = [make_txt(sample(pub=f"Pub# {number}-0624")) for number in range(3700, 3704)]

    def upload(files):
        return create_batch([("a.txt", io.BytesIO(each)) for each in files])

    for _ in range(ROUNDS):
        at_the_same_moment(lambda: upload(data), lambda: upload(data[::-1]))

        assert ImportBatch.objects.count() == 2
        assert ImportedFile.objects.filter(status="waiting").count() == 2 * len(data)
        assert Original.objects.count() == len(data)
        assert stored_files(originals_dir) == set(Original.objects.values_list("name", flat=True))
        clean()


def an_upload_of_the_file_that_another_one_lets_go(originals_dir):
    data = make_txt(sample())

    for _ in range(ROUNDS):
        before = create_batch([("a.txt", io.BytesIO(data))]).files.get()

        at_the_same_moment(
            lambda file=before: discard(file),
            lambda: create_batch([("b.txt", io.BytesIO(data))]),
        )

        assert ImportedFile.objects.get(original_name="b.txt").original is not None
        assert list(broken_originals()) == []
        assert stored_files(originals_dir) == set(Original.objects.values_list("name", flat=True))
        clean()


def two_imports_of_one_file(path):
    for _ in range(ROUNDS):
        outcomes = at_the_same_moment(*[lambda: import_document(path)] * 2)

        assert sorted(outcome.status for outcome in outcomes) == ["draft", "same"]
        assert {outcome.paper for outcome in outcomes} == {IssuePaper.objects.get()}
        assert ImportedFile.objects.count() == Original.objects.count() == 1
        clean()


def two_tries_to_store_what_waited(tmp_path):
    make_meeting(JUNE)
    path = write(tmp_path)
    group = make_group("other", "Other", make_subcommittee())
    for _ in range(ROUNDS):
        waiting = import_document(path).imported
        copies = [ImportedFile.objects.get(pk=waiting.pk) for _ in range(2)]

        answers = at_the_same_moment(
            *[lambda file=file: retry(file, group=group) for file in copies]
        )

        assert len(refusals(answers)) == 1
        assert "does not wait for the record" in str(refusals(answers)[0])
        assert IssuePaper.objects.get().working_group == group
        clean()


def decisions_on_one_revision(path, one, other, ends):
    """``ends``: the states in which the file may be, by the number of the decision refused."""
    seen = set()
    for _ in range(ROUNDS):
        paper = import_document(path).paper
        revision = import_document(replaced(path, "once more", "twice more")).imported
        assert revision.status == "revision"
        copies = [ImportedFile.objects.get(pk=revision.pk) for _ in range(2)]

        answers = at_the_same_moment(partial(one, copies[0]), partial(other, copies[1]))

        (refused,) = [n for n, each in enumerate(answers) if isinstance(each, ValidationError)]
        revision.refresh_from_db()
        assert revision.status == ends[refused]
        said = "twice more" in IssuePaper.objects.get(pk=paper.pk).source_text
        assert said == (revision.status == "applied")
        assert list(broken_originals()) == []
        seen.add(refused)
        clean()
    return seen


# SQLite in memory has one connection for all: there are no two moments that could be the same.
if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
    pytestmark = [
        pytest.mark.django_db(transaction=True),
        pytest.mark.usefixtures("in_process"),
    ]

    def test_two_uploads_of_the_same_new_files_are_both_stored(originals_dir):
        uploads_of_the_same_new_files(originals_dir)

    def test_a_file_that_is_uploaded_while_its_copy_is_discarded_is_kept(originals_dir):
        an_upload_of_the_file_that_another_one_lets_go(originals_dir)

    def test_of_two_imports_of_one_file_one_makes_the_draft(tmp_path):  # S23
        make_record()
        two_imports_of_one_file(write(tmp_path))

    def test_of_two_tries_to_store_what_waited_one_does(tmp_path):
        two_tries_to_store_what_waited(tmp_path)

    def test_of_a_take_over_and_a_discard_of_one_revision_one_holds(tmp_path):  # S24
        make_record()
        ends = {0: "discarded", 1: "applied"}
        decisions_on_one_revision(write(tmp_path), apply_revision, discard, ends)

    def test_of_a_take_over_and_a_rejection_of_one_revision_nothing_is_half(tmp_path):  # S24
        make_record()
        path = write(tmp_path)
        for _ in range(ROUNDS):
            paper = import_document(path).paper
            revision = import_document(replaced(path, "once more", "twice more")).imported
            copies = [ImportedFile.objects.get(pk=revision.pk) for _ in range(2)]

            answers = at_the_same_moment(
                lambda file=copies[0]: apply_revision(file),
                lambda file=copies[1]: reject_revision(file),
            )

            # What was rejected can still be taken over, so the take-over is never refused.
            assert not isinstance(answers[0], ValidationError)
            revision.refresh_from_db()
            assert revision.status == "applied"
            assert "twice more" in IssuePaper.objects.get(pk=paper.pk).source_text
            clean()

    def test_of_two_take_overs_of_one_revision_one_is_done(tmp_path):  # S24
        make_record()
        ends = {0: "applied", 1: "applied"}
        decisions_on_one_revision(write(tmp_path), apply_revision, apply_revision, ends)
