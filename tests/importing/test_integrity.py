import io

import pytest
from django.core.management import CommandError, call_command

from papers.importing import originals
from papers.importing.drafts import import_document
from papers.importing.integrity import broken_originals, broken_spans
from papers.models import StatusItem
from tests.factories import make_group, make_paper
from tests.importing.samples import make_record, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_process")]


@pytest.fixture
def paper(tmp_path):
    make_record()
    return import_document(write(tmp_path)).paper


def checked():
    out = io.StringIO()
    call_command("check_spans", stdout=out)
    return out.getvalue()


def test_what_was_just_read_is_whole(paper):
    assert checked() == "Checked 9 items with a place, 1 originals: all as read.\n"


def test_typed_papers_have_nothing_to_hold_them_to():
    make_paper(make_group())

    assert checked().startswith("Checked 0 items with a place")


def test_a_changed_item_is_named_unless_it_is_marked_as_edited(paper):
    item = paper.status_items.get(position=2)
    StatusItem.objects.filter(pk=item.pk).update(text="Somebody changed this.")

    assert list(broken_spans()) == [
        "Sample Working Group, June 2024: status item 2 is not what stands at its place, and is "
        "not marked as edited: “Somebody changed this.”"
    ]
    StatusItem.objects.filter(pk=item.pk).update(is_edited=True)
    assert list(broken_spans()) == []


def test_a_span_outside_the_text_is_named_even_of_an_edited_item(paper):
    length = len(paper.source_text)
    paper.next_steps.update(span_end=length + 5, is_edited=True)

    (sentence,) = broken_spans()
    assert "next step 1 points outside the text" in sentence
    assert f"to {length + 5} of {length})" in sentence


def test_a_changed_original_is_named(paper):
    with open(originals.path_of(paper.original), "ab") as file:
        file.write(b"!")

    assert list(broken_originals()) == [
        f"Sample Working Group, June 2024: the file {paper.original.name} is not the one that was "
        "stored."
    ]


def test_a_missing_original_is_named_and_the_command_fails(paper):
    originals.path_of(paper.original).unlink()
    out = io.StringIO()

    with pytest.raises(CommandError, match="1 not as read") as refusal:
        call_command("check_spans", stdout=out)

    assert refusal.value.returncode == 1
    assert f"the file {paper.original.name} cannot be read: No such file" in out.getvalue()


def test_a_paper_whose_digest_is_not_its_originals_is_named(paper):
    type(paper).objects.update(source_sha256="0" * 64)

    (sentence,) = broken_originals()
    assert "its SHA-256 is not that of its original" in sentence
