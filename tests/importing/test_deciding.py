"""What becomes of a file once it is read: discarded, replaced, or the next to be looked at."""

import io

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError

from papers.importing import batches
from papers.importing.batches import (
    create_batch,
    discard,
    next_to_review,
    run_batch,
)
from papers.importing.drafts import import_document
from papers.importing.revisions import apply_revision
from papers.models import ImportedFile, IssuePaper
from tests.factories import make_group, make_meeting, make_subcommittee
from tests.importing.making import make_txt, sample
from tests.importing.samples import JUNE, make_record, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_process")]


def upload(*files, user=None):
    return create_batch([(name, io.BytesIO(data)) for name, data in files], user)


def stored_files(folder):
    return {path.name for path in folder.iterdir() if path.name != ".lock"}


def test_discarding_drops_draft_and_document_and_lets_the_file_come_again(tmp_path, originals_dir):
    make_record()
    user = get_user_model().objects.create_user("editor")
    path = write(tmp_path)
    imported = import_document(path).imported

    discard(imported, user)

    assert (imported.status, imported.decided_by) == ("discarded", user)
    assert imported.parsed is None
    assert not IssuePaper.objects.exists()
    assert stored_files(originals_dir) == set()
    assert import_document(path).status == "draft"


# S34
def test_what_is_published_is_not_discarded(tmp_path, originals_dir):
    make_record()
    imported = import_document(write(tmp_path), publish=True).imported

    with pytest.raises(ValidationError, match=r"is published\. Withdraw"):
        discard(imported)

    assert IssuePaper.objects.get().is_public
    assert len(stored_files(originals_dir)) == 1


def test_discarding_a_revision_leaves_the_paper(tmp_path):
    make_record()
    paper = import_document(write(tmp_path)).paper
    revision = import_document(write(tmp_path, "b.txt", pub="Pub# 3701-0624")).imported
    assert revision.status == "revision"

    discard(revision)

    assert IssuePaper.objects.get() == paper


def test_the_next_paper_of_a_batch_is_the_next_that_asks_for_a_person():
    make_meeting(JUNE)
    subcommittee = make_subcommittee()
    for name in ("AAA", "BBB", "CCC"):
        make_group(name.lower(), name, subcommittee)
    papers = [
        (f"{name}.txt", make_txt(sample(group=f"{name} Working Group")))
        for name in ("AAA", "BBB", "CCC", "Nowhere")
    ]
    batch = upload(*papers, ("empty.txt", b""))
    run_batch(batch)
    first, second, third, waiting, _ = batch.files.all()
    second.paper.publish()

    assert next_to_review(first) == third
    assert next_to_review(third) == waiting
    assert next_to_review(waiting) == first


def asking():
    return list(ImportedFile.objects.filter(batches.asks_for_a_person()))


def test_a_draft_that_a_revision_replaced_still_asks_for_a_person_until_it_is_public(tmp_path):
    make_record()
    import_document(write(tmp_path))
    revision = import_document(write(tmp_path, "b.txt", pub="Pub# 3701-0624")).imported
    paper = apply_revision(revision)

    assert asking() == [revision]
    paper.publish()
    assert asking() == []
    paper.withdraw()
    assert asking() == [revision]


def test_a_revision_of_a_paper_that_was_deleted_asks_nobody_and_can_come_again(tmp_path):
    make_record()
    paper = import_document(write(tmp_path)).paper
    path = write(tmp_path, "b.txt", pub="Pub# 3701-0624")
    revision = import_document(path).imported
    assert revision in asking()

    paper.delete()

    assert asking() == []
    assert import_document(path).status == "draft"


@pytest.fixture
def paper(tmp_path):
    make_record()
    return import_document(write(tmp_path)).paper


def test_the_file_that_another_one_replaced_neither_asks_nor_takes_the_draft_with_it(paper):
    first = paper.imported_from
    second = ImportedFile.objects.create(
        batch=first.batch,
        position=99,
        original_name="second.txt",
        sha256="b" * 64,
        size=1,
        status=ImportedFile.Status.APPLIED,
        parsed=first.parsed,
        original=first.original,
        paper=paper,
    )
    paper.imported_from = second
    paper.save()

    assert first not in ImportedFile.objects.filter(batches.asks_for_a_person())
    batches.discard(first)

    assert type(paper).objects.filter(pk=paper.pk).exists()
