from random import Random
from time import process_time

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError

from papers.content import Item, Link, PaperContent, Section, SectionKind
from papers.importing.differences import ChangeKind, difference
from papers.importing.drafts import import_document
from papers.importing.revisions import apply_revision, reject_revision, revision_difference
from papers.models import Correction, ImportedFile, IssuePaper
from tests.factories import make_paper
from tests.importing.samples import JUNE, make_record, replaced, write

STATUS = SectionKind.CURRENT_STATUS


def content(*texts, **fields):
    items = tuple(Item(text) if isinstance(text, str) else text for text in texts)
    return PaperContent(sections=(Section(STATUS, "Current Status", items),), **fields)


def changes(old, new):
    found = difference(content(*old), content(*new))
    return [
        (str(each.kind), each.old and each.old.text, each.new and each.new.text)
        for each in found.items
    ]


# The difference -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (["A b c."], ["A b c."], []),
        (["A b c."], ["A b c.", "D e f."], [("added", None, "D e f.")]),
        (["A b c.", "D e f."], ["D e f."], [("removed", "A b c.", None)]),
        (["The group met once."], ["The group met twice."],
         [("changed", "The group met once.", "The group met twice.")]),
        (["One two three four."], ["Nothing of it remains now."],
         [("added", None, "Nothing of it remains now."), ("removed", "One two three four.", None)]),
        (["Gone it is.", "The group met once."], ["The group met twice."],
         [("removed", "Gone it is.", None),
          ("changed", "The group met once.", "The group met twice.")]),
        (["word " * 2000], ["word " * 1999 + "end"],
         [("added", None, "word " * 1999 + "end"), ("removed", "word " * 2000, None)]),
    ],
)  # fmt: skip
def test_items_are_added_removed_or_changed(old, new, expected):
    assert changes(old, new) == expected


def test_fields_sections_headings_and_remarks_count_and_bullets_do_not():
    old = PaperContent(
        pub_number="0001-0624",
        sections=(
            Section(STATUS, "Current Status", (Item("A.", marker="-", span=(1, 3)),)),
            Section(SectionKind.ISSUE, "Issue"),
        ),
    )
    new = PaperContent(
        pub_number="0002-0624",
        sections=(
            Section(STATUS, "Status", (Item("A.", marker="•"),)),
            Section(SectionKind.NEXT_STEPS, "Next Steps", remark="None at this time."),
        ),
    )

    found = difference(old, new)

    assert [(each.label, each.old, each.new) for each in found.scalars] == [
        ("Pub#", "0001-0624", "0002-0624")
    ]
    assert [(each.kind, each.section) for each in found.sections] == [
        (ChangeKind.CHANGED, "Current status"),
        (ChangeKind.REMOVED, "Issue"),
        (ChangeKind.ADDED, "Next steps"),
    ]
    assert found.items == ()
    assert str(found) == "1 field, 3 sections"


@pytest.mark.parametrize(
    ("other", "in_words"),
    [
        (Item("Look here.", links=(Link("here", "https://example.gov/b"),)), False),
        (Item("Look there."), True),
        (Item("Look here.", level=1), True),
    ],
)
def test_a_difference_knows_whether_more_than_links_differs(other, in_words):
    found = difference(content(Item("Look here.")), content(other))

    assert found
    assert found.in_words is in_words


# S19, S21
def test_long_items_of_the_same_few_words_are_compared_quickly():
    letters = Random(7)
    old, new = ([" ".join(letters.choices("abcdefgh", k=1_000)) for _ in range(40)] for _ in "on")
    start = process_time()

    assert changes(old, new)
    assert process_time() - start < 3


def test_many_items_are_compared_quickly():
    old = [f"Point {n} of the first list, with words of its own." for n in range(800)]
    new = [f"Matter {n * 7} in another list, otherwise worded." for n in range(800)]

    assert len(changes(old, new)) == 1600


# A re-issue beside the stored paper -----------------------------------------------------------


@pytest.fixture
def stored(db, in_process, tmp_path):
    make_record()
    return import_document(write(tmp_path)).paper


@pytest.fixture
def reissue(stored, tmp_path):
    path = replaced(tmp_path / "sample.txt", "once more", "twice more")
    path.write_text(path.read_text().replace("Pub# 3700-0624", "Pub# 3701-0624"))
    return import_document(path).imported


def snapshot(paper):
    paper = IssuePaper.objects.get(pk=paper.pk)
    return (paper.content(), paper.source_text, paper.source_sha256, paper.published_at)


# S24
@pytest.mark.parametrize("is_published", [False, True])
def test_a_corrected_paper_is_proposed_and_the_stored_one_untouched(is_published, stored, tmp_path):
    if is_published:
        stored.publish()
    before = snapshot(stored)

    outcome = import_document(replaced(tmp_path / "sample.txt", "once more", "twice more"))

    assert outcome.status == outcome.imported.status == "revision"
    assert outcome.imported.paper == stored
    assert snapshot(stored) == before
    assert IssuePaper.objects.count() == 1
    found = revision_difference(outcome.imported)
    assert [each.new.text for each in found.items] == [
        "The group will meet again in July 2024 to count twice more."
    ]


# S24
def test_a_published_papers_page_changes_by_no_byte_before_somebody_decides(
    stored, tmp_path, client
):
    stored.publish()
    before = client.get(stored.get_absolute_url()).content

    import_document(replaced(tmp_path / "sample.txt", "once more", "twice more"))

    assert client.get(stored.get_absolute_url()).content == before


def test_a_revision_that_is_taken_over_is_what_the_paper_says(stored, reissue):
    user = get_user_model().objects.create_user("editor")
    kept = list(stored.status_items.values_list("pk", flat=True))
    step = stored.next_steps.get()

    apply_revision(reissue, user)

    paper = IssuePaper.objects.get()
    assert paper.pub_number == "3701-0624"
    assert paper.next_steps.get().text.endswith("count twice more.")
    assert paper.content() == reissue.parsed_paper().content
    assert (paper.imported_from, paper.original) == (reissue, reissue.original)
    # What did not change, or was only reworded, stays the same row: others refer to it.
    assert list(paper.status_items.values_list("pk", flat=True)) == kept
    assert paper.next_steps.get() == step
    assert (reissue.status, reissue.decided_by) == ("applied", user)
    assert not Correction.objects.exists()
    assert LogEntry.objects.get().change_message == (
        "Revised from “corrected-sample.txt”: 1 field, 1 item."
    )


def test_a_published_paper_that_is_revised_gets_a_public_note(stored, reissue):
    stored.publish()

    apply_revision(reissue, correction="The Pub# was wrong.", weight="significant")

    note = Correction.objects.get()
    assert (note.note, note.weight) == ("The Pub# was wrong.", "significant")
    assert IssuePaper.objects.get().is_public


def test_a_public_paper_is_not_revised_without_a_public_note(stored, reissue):  # S24
    stored.publish()
    before = snapshot(stored)

    with pytest.raises(ValidationError, match="Say in the public note"):
        apply_revision(reissue, correction=" ")

    assert snapshot(stored) == before
    assert not Correction.objects.exists()


def test_who_may_and_what_was_seen_is_asked_of_the_paper_as_it_is_now(stored, reissue):  # S26
    before = snapshot(stored)

    def refuse(paper):
        raise ValidationError(f"{paper.pk} was changed.")

    with pytest.raises(ValidationError, match=f"{stored.pk} was changed"):
        apply_revision(reissue, check=refuse)

    assert snapshot(stored) == before


def test_a_revision_with_a_blocking_finding_does_not_reach_a_published_paper(stored, reissue):
    stored.publish()
    before = snapshot(stored)
    reissue.findings.create(position=99, code="not_placed", detail="A word.")

    with pytest.raises(ValidationError, match="settled first: This sentence has no place"):
        apply_revision(reissue, correction="Corrected.")

    assert snapshot(stored) == before
    assert not Correction.objects.exists()


def test_what_staff_noted_on_a_step_survives_its_rewording(stored, reissue):
    stored.next_steps.update(owner="group", due_words="in July 2024")

    apply_revision(reissue)

    step = IssuePaper.objects.get().next_steps.get()
    assert (step.owner, step.due_words) == ("group", "in July 2024")


def test_items_that_come_go_and_change_places_keep_their_order(stored, tmp_path):
    path = tmp_path / "sample.txt"
    text = path.read_text()
    lines = text.splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if line.startswith("- Three offices"))
    items = lines[at : at + 5]
    lines[at : at + 5] = [items[4], "- A new point of its own.\n", *items[1:4]]
    path.write_text("".join(lines))
    reissue = import_document(path).imported

    apply_revision(reissue)

    paper = IssuePaper.objects.get()
    assert paper.content() == reissue.parsed_paper().content
    assert [item.position for item in paper.status_items.all()] == [1, 2, 3, 4, 5]


def test_a_rejected_revision_changes_nothing_and_is_not_proposed_again(stored, reissue, tmp_path):
    before = snapshot(stored)

    reject_revision(reissue)

    assert reissue.status == "rejected"
    assert snapshot(stored) == before
    again = import_document(tmp_path / "corrected-sample.txt")
    assert (again.status, again.paper) == ("same", stored)
    assert ImportedFile.objects.count() == 2


def test_a_rejected_revision_can_still_be_taken_over(stored, reissue):
    reject_revision(reissue)

    apply_revision(reissue)

    assert IssuePaper.objects.get().pub_number == "3701-0624"


def test_an_edition_that_was_replaced_is_not_proposed_again(stored, reissue, tmp_path):
    apply_revision(reissue)

    again = import_document(tmp_path / "sample.txt")

    assert again.status == "same"
    assert IssuePaper.objects.get().pub_number == "3701-0624"


@pytest.mark.parametrize("decide", [apply_revision, reject_revision])
def test_a_revision_is_decided_once(decide, reissue):
    apply_revision(reissue)

    with pytest.raises(ValidationError, match="is not a proposed revision"):
        decide(reissue)


def test_the_governments_paper_replaces_a_summary_when_somebody_says_so(db, in_process, tmp_path):
    paper = make_paper(
        make_record(),
        held_on=JUNE,
        source_kind="third-party-summary",
        source_url="https://example.com/summary",
    )
    outcome = import_document(write(tmp_path))
    assert outcome.status == "revision"
    assert IssuePaper.objects.get().is_summary

    apply_revision(outcome.imported, correction="The paper itself is held now.")

    paper.refresh_from_db()
    assert not paper.is_summary
    assert paper.source_url == ""
    assert paper.content() == outcome.reading.parsed.content
