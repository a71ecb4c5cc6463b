"""The same paper again: the same file, the same words, other links, a paper that was deleted."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from papers.importing.drafts import import_document, retry
from papers.importing.revisions import apply_revision
from papers.models import ImportedFile, Original
from tests.factories import make_group, make_meeting, make_subcommittee
from tests.importing.making import make_docx, make_html, make_md, make_txt, sample
from tests.importing.samples import JUNE, codes, make_record, replaced, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_process")]


# S23
def test_the_same_file_twice_changes_nothing_and_says_where_the_first_is(tmp_path):
    make_record()
    path = write(tmp_path)
    first = import_document(path)

    second = import_document(path, "Copy of it.txt")

    assert second.status == "same"
    assert second.paper == first.paper
    assert second.sentence == (
        "Stored already: Sample Working Group, June 2024, from “sample.txt”."
    )
    assert codes(second).count("duplicate_paper") == 1
    assert ImportedFile.objects.count() == Original.objects.count() == 1


# S23
@pytest.mark.parametrize(
    ("name", "make"), [("a.md", make_md), ("a.html", make_html), ("b.txt", make_txt)]
)
def test_the_same_words_in_another_file_change_nothing(name, make, tmp_path):
    make_record()
    first = tmp_path / "first.html"
    first.write_bytes(make_html(sample()))
    import_document(first)
    other = tmp_path / name
    other.write_bytes(make(sample()) + b"\n\n")

    outcome = import_document(other)

    assert outcome.status == "same", outcome.judgement.difference
    assert Original.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "make"), [("a.md", make_md), ("a.html", make_html), ("a.docx", make_docx)]
)
def test_a_copy_that_adds_the_targets_of_links_is_a_revision(name, make, tmp_path):
    make_record()
    text = import_document(write(tmp_path))
    other = tmp_path / name
    other.write_bytes(make(sample()))

    outcome = import_document(other)

    assert (outcome.status, outcome.paper) == ("revision", text.paper)
    (change,) = outcome.judgement.difference.items
    assert change.old.text == change.new.text
    assert [link.target for link in change.old.links if link.target] == []
    assert [link.target for link in change.new.links] == ["https://example.gov/words"]
    # Neither is proposed a second time.
    assert [import_document(path).status for path in (other, tmp_path / "sample.txt")] == [
        "same",
        "same",
    ]
    apply_revision(outcome.imported)
    assert import_document(tmp_path / "sample.txt").status == "same"


def test_a_copy_with_links_of_a_text_that_waits_waits_beside_it_and_then_is_its_revision(tmp_path):
    make_meeting(JUNE)
    text = import_document(write(tmp_path)).imported
    page = tmp_path / "a.html"
    page.write_bytes(make_html(sample()))
    linked = import_document(page).imported
    make_group("sample", "Sample", make_subcommittee())

    assert [retry(text).status, retry(linked).status] == ["draft", "revision"]


def test_the_same_words_with_another_link_are_a_revision(tmp_path):
    make_record()
    first = tmp_path / "first.html"
    first.write_bytes(make_html(sample()))
    import_document(first)
    other = tmp_path / "other.html"
    other.write_bytes(make_html(sample()).replace(b"gov/words", b"gov/word-counts"))

    assert import_document(other).status == "revision"


# S22, S24
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Date: May 16, 2024", "Date: May 16, 2024\n\nErratum: Nobody will count once more."),
        ("Date: May 16, 2024", "Nothing of this is final.\n\nDate: May 16, 2024"),
    ],
)
def test_a_reissue_that_adds_words_without_a_place_is_a_revision_and_shows_them(old, new, tmp_path):
    make_record()
    stored = import_document(write(tmp_path)).paper
    stored.publish()

    outcome = import_document(replaced(tmp_path / "sample.txt", old, new))

    assert (outcome.status, outcome.paper) == ("revision", stored)
    assert outcome.imported.original is not None
    (finding,) = outcome.imported.findings.filter(code="not_placed")
    assert finding.detail in ("Erratum: Nobody will count once more.", "Nothing of this is final.")
    with pytest.raises(ValidationError, match="has no place in the record"):
        apply_revision(outcome.imported, correction="An erratum came.")
    apply_revision(outcome.imported, correction="An erratum came.", nods=[finding.pk])
    stored.refresh_from_db()
    assert "Erratum" in stored.source_text or "final" in stored.source_text


# S23
def test_another_file_with_the_same_words_without_a_place_changes_nothing(tmp_path):
    make_record()
    dated = "Date: May 16, 2024"
    first = replaced(write(tmp_path), dated, f"{dated}\n\nErratum: Nobody counts.")
    import_document(first)

    again = replaced(first, "Erratum: Nobody counts.", "Page 1 of 1\n\nErratum:  Nobody counts.")

    assert import_document(again).status == "same"


def test_a_paper_that_was_deleted_can_be_imported_again(tmp_path):
    make_record()
    path = write(tmp_path)
    import_document(path).paper.delete()

    assert import_document(path).status == "draft"


def test_a_paper_like_the_groups_last_one_is_told(tmp_path):
    make_record(held_on=date(2024, 3, 6))
    make_meeting(JUNE)
    import_document(write(tmp_path, "march.txt", month="March 2024", pub=""))

    outcome = import_document(write(tmp_path, "june.txt"))

    assert outcome.status == "draft"
    found = next(f for f in outcome.judgement.findings if f.code == "same_as_previous")
    assert found.words == "It says word for word what the paper of March 2024 said."


def test_a_paper_with_one_more_item_than_the_last_is_not_the_same_as_it(tmp_path):
    make_record(held_on=date(2024, 3, 6))
    make_meeting(JUNE)
    march = write(tmp_path, "march.txt", month="March 2024", pub="")
    import_document(march)
    june = replaced(write(tmp_path, "june.txt"), "Next Steps:\n", "Next Steps:\n\n- One more.\n")

    assert "same_as_previous" not in codes(import_document(june))
