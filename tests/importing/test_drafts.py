import os
from dataclasses import replace
from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError

from papers.content import Item, Link, Section, SectionKind
from papers.contents import load_contents
from papers.importing import drafts, reading
from papers.importing.drafts import import_document, retry
from papers.importing.errors import ImportProblem
from papers.importing.parser import parse
from papers.importing.readers import read
from papers.importing.reading import clean_name
from papers.importing.revisions import apply_revision
from papers.models import ImportedFile, ImportFinding, IssuePaper, Original
from tests.factories import make_event, make_group, make_meeting, make_subcommittee
from tests.importing.making import make_docx, make_html, make_md, make_txt, sample, seed_papers
from tests.importing.samples import JUNE, make_record, replaced, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_process")]


def codes(outcome):
    return [finding.full_code for finding in outcome.judgement.findings]


def nothing_is_stored(originals_dir):
    rows = [IssuePaper, ImportedFile, ImportFinding, Original]
    files = [path for path in originals_dir.glob("*") if path.name != ".lock"]
    return not any(model.objects.exists() for model in rows) and not files


def parsed_as(monkeypatch, **changes):
    """Let every document be read as the sample paper with other content."""
    parsed = parse(read(make_txt(sample()), "sample.txt"))
    parsed = replace(parsed, content=replace(parsed.content, **changes))
    monkeypatch.setattr(reading, "read_in_child", lambda path, name: parsed)
    monkeypatch.setattr(reading.coverage, "check", lambda paper: reading.coverage.Coverage(1, 1))
    return parsed


def test_a_document_becomes_a_complete_draft(tmp_path):
    make_record()

    outcome = import_document(write(tmp_path))

    paper = IssuePaper.objects.get()
    assert (outcome.status, outcome.paper) == ("draft", paper)
    assert not paper.is_public
    assert (paper.working_group.slug, paper.meeting.held_on) == ("sample", JUNE)
    assert paper.pub_number == "3700-0624"
    assert paper.submitted_by == "Pat Example"
    assert (paper.dated_on, paper.dated_as_printed) == (date(2024, 5, 16), "May 16, 2024")
    assert paper.next_steps.get().text.startswith("The group will meet again in July 2024")
    assert (
        paper.status_items.get(position=5).links
        == [{"text": "Word Count website", "target": "https://example.gov/words"}]
        or not paper.status_items.get(position=5).links
    )
    assert paper.source_sha256 == paper.original.sha256 == paper.imported_from.sha256
    assert paper.imported_from.paper == paper
    assert (outcome.reading.placed, outcome.reading.sentences) == (15, 15)


@pytest.mark.parametrize("name", sorted(seed_papers()))
def test_what_is_read_back_from_the_database_is_what_was_parsed(name, tmp_path):
    group = name[8:].replace("-", " ").title()
    paper = seed_papers()[name]
    year, month = map(int, name[:7].split("-"))
    make_meeting(date(year, month, 20))
    make_group("it", group)
    path = write(tmp_path, paper=paper)

    outcome = import_document(path)

    assert outcome.status == "draft", outcome.sentence or codes(outcome)
    stored = IssuePaper.objects.get()
    assert stored.content() == outcome.reading.parsed.content
    assert load_contents([stored])[stored.pk] == outcome.reading.parsed.content
    assert stored.source_text == outcome.reading.parsed.text


def test_every_item_of_a_draft_points_at_its_own_words(tmp_path):
    make_record()

    paper = import_document(write(tmp_path)).paper

    items = [*paper.section_items.all(), *paper.status_items.all(), *paper.next_steps.all()]
    assert len(items) == 9
    assert all(item.span and not item.is_edited for item in items)
    for item in items:
        item.mark_edited(paper.source_text)
        assert not item.is_edited


def test_the_findings_of_parser_and_record_are_kept_with_the_draft(tmp_path):
    group = make_record()
    make_event(group, "hiatus", date(2024, 1, 10))

    outcome = import_document(write(tmp_path, pub="", dated="Date: July 1, 2024"))

    rows = outcome.paper.imported_from.findings.all()
    assert [row.full_code for row in rows] == codes(outcome)
    assert {"missing:pub_number", "group_on_hiatus", "dated_after_meeting"} <= set(codes(outcome))
    hiatus = rows.get(code="group_on_hiatus")
    assert hiatus.words == "The group is on hiatus: since January 10, 2024"
    assert outcome.paper.dated_on == date(2024, 7, 1)


def test_a_finding_is_settled_by_a_person_and_can_be_taken_up_again(tmp_path):
    make_record()
    user = get_user_model().objects.create_user("editor")
    row = import_document(write(tmp_path, pub="")).paper.imported_from.findings.first()

    row.settle(user)
    assert row.is_settled
    assert row.settled_by == user
    assert not row.imported_file.findings.unsettled().exists()

    row.reopen()
    assert not row.is_settled
    assert row.imported_file.findings.unsettled().get() == row


# The names of the record ----------------------------------------------------------------------


def test_a_former_name_leads_to_the_group_and_is_told(tmp_path):
    group = make_record("Old Sample")
    make_event(group, "renamed", date(2025, 1, 15), name="New Sample")
    group.refresh_present()

    outcome = import_document(write(tmp_path, group="Old Sample Working Group"))

    assert outcome.paper.working_group == group
    assert outcome.paper.group_as_printed == "Old Sample Working Group"
    assert "alias:working_group" in codes(outcome)


def test_the_name_of_today_is_no_alias_even_where_it_came_later(tmp_path):
    group = make_record("Old Sample")
    make_event(group, "renamed", date(2025, 1, 15), name="New Sample")
    group.refresh_present()

    outcome = import_document(write(tmp_path, group="New Sample WG"))

    assert outcome.paper.working_group == group
    assert "alias:working_group" not in codes(outcome)


def test_a_subcommittee_that_the_group_left_before_the_meeting_is_told(tmp_path):
    group = make_record()
    other = make_subcommittee("Intelligent Enforcement")
    make_event(group, "moved", date(2024, 3, 1), subcommittee=other)

    outcome = import_document(write(tmp_path))

    assert "alias:subcommittee" in codes(outcome)


def test_a_subcommittee_that_the_group_left_after_the_meeting_is_right(tmp_path):
    group = make_record()
    other = make_subcommittee("Intelligent Enforcement")
    make_event(group, "moved", date(2025, 3, 1), subcommittee=other)

    outcome = import_document(write(tmp_path))

    assert "alias:subcommittee" not in codes(outcome)


def test_an_unknown_subcommittee_is_a_finding_and_no_obstacle(tmp_path):
    make_meeting(JUNE)
    make_group("sample", "Sample")

    outcome = import_document(write(tmp_path))

    assert outcome.status == "draft"
    assert "unknown_subcommittee" in codes(outcome)
    assert outcome.judgement.resolution.names["subcommittee"] is None


def test_a_group_that_the_record_does_not_know_makes_the_file_wait(tmp_path):
    make_meeting(JUNE)
    make_group("samples", "Samples", make_subcommittee())

    outcome = import_document(write(tmp_path))

    row = ImportedFile.objects.get()
    assert (outcome.status, row.status) == ("blocked", "blocked")
    assert not IssuePaper.objects.exists()
    assert outcome.judgement.resolution.group_match.suggestions == ("samples",)
    assert row.findings.get(code="unknown_group").words == (
        "No group on record is called “Sample Working Group”."
    )
    assert row.parsed_paper() == outcome.reading.parsed
    assert row.original is not None


@pytest.mark.parametrize(
    ("meetings", "words"),
    [
        ([], "No meeting on record was held in June 2024."),
        (
            [date(2024, 6, 4), date(2024, 6, 26)],
            "No meeting on record was held in June 2024 alone: there were June 4, 2024 and "
            "June 26, 2024.",
        ),
    ],
)
def test_a_month_without_exactly_one_meeting_makes_the_file_wait(meetings, words, tmp_path):
    make_group("sample", "Sample", make_subcommittee())
    for day in meetings:
        make_meeting(day)

    outcome = import_document(write(tmp_path))

    assert outcome.status == "blocked"
    assert outcome.imported.findings.get(code="unknown_meeting").words == words
    assert list(outcome.judgement.resolution.meeting_suggestions) == meetings


def test_a_cancelled_meeting_is_none(tmp_path):
    make_group("sample", "Sample", make_subcommittee())
    make_meeting(JUNE, status="cancelled")

    assert import_document(write(tmp_path)).status == "blocked"


def test_a_file_that_waited_is_stored_without_being_read_again(tmp_path, monkeypatch):
    make_meeting(JUNE)
    waiting = import_document(write(tmp_path)).imported
    make_group("sample", "Sample", make_subcommittee())
    monkeypatch.setattr(reading, "read_in_child", lambda *words: pytest.fail("it was read again"))

    outcome = retry(waiting)

    assert outcome.status == waiting.status == "draft"
    assert IssuePaper.objects.get().imported_from == waiting
    assert not waiting.findings.filter(code="unknown_group").exists()


def test_a_person_may_say_where_a_waiting_file_belongs(tmp_path):
    waiting = import_document(write(tmp_path)).imported
    group, meeting = make_group("bond"), make_meeting(date(2024, 7, 3))

    outcome = retry(waiting, group=group, meeting=meeting)

    paper = IssuePaper.objects.get()
    assert (paper.working_group, paper.meeting) == (group, meeting)
    assert paper.group_as_printed == "Sample Working Group"
    assert not outcome.judgement.is_blocked


def test_only_a_waiting_file_can_be_tried_again(tmp_path):
    make_record()
    stored = import_document(write(tmp_path)).imported

    with pytest.raises(ValidationError, match="does not wait for the record"):
        retry(stored)


def test_importing_a_waiting_file_again_stores_it_once_the_record_knows_it(tmp_path):
    make_meeting(JUNE)
    path = write(tmp_path)
    import_document(path)
    assert import_document(path).status == "same"
    make_group("sample", "Sample", make_subcommittee())

    outcome = import_document(path)

    assert (outcome.status, outcome.paper) == ("draft", IssuePaper.objects.get())
    assert ImportedFile.objects.get().status == "draft"


# The same again -------------------------------------------------------------------------------


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


# What does not fit ----------------------------------------------------------------------------


# S13
def test_a_link_that_is_no_web_address_keeps_its_words_and_loses_its_target(monkeypatch, tmp_path):
    make_record()
    targets = ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//x", ""]
    links = tuple(Link("here", target) for target in [*targets, "https://example.gov/a"])
    section = Section(
        SectionKind.CURRENT_STATUS, "Current Status", (Item("Look here.", 0, "-", links),)
    )
    parsed_as(monkeypatch, sections=(section,))

    paper = import_document(write(tmp_path)).paper

    stored = paper.status_items.get().links
    assert [link["target"] for link in stored] == ["", "", "", "", "", "https://example.gov/a"]
    assert {link["text"] for link in stored} == {"here"}


def test_what_no_field_takes_is_a_finding_that_blocks(monkeypatch, tmp_path):
    make_record()
    parsed_as(monkeypatch, pub_number="318-24", submitted_by="Somebody " * 60)

    outcome = import_document(write(tmp_path), publish=True)

    assert (outcome.paper.pub_number, outcome.paper.submitted_by) == ("", "")
    left_over = [f.detail for f in outcome.judgement.findings if f.code == "not_placed"]
    assert [detail[:8] for detail in left_over] == ["318-24", "Somebody"]
    assert not outcome.is_published


def test_a_section_that_is_printed_twice_is_one_with_all_its_items(monkeypatch, tmp_path):
    make_record()
    status = SectionKind.CURRENT_STATUS
    twice = tuple(
        Section(status, "Current Status", (Item(text),)) for text in ("First.", "Second.")
    )
    parsed_as(monkeypatch, sections=twice)

    paper = import_document(write(tmp_path)).paper

    assert [item.text for item in paper.status_items.all()] == ["First.", "Second."]
    assert paper.sections.count() == 1


def test_letters_that_the_database_composes_move_the_spans_behind_them(tmp_path):
    make_record()
    path = write(tmp_path, submitted="Submitted by: Rene\u0301 Exa\u0301mple, Office of Trade")
    path.write_bytes(path.read_bytes().replace(b"sample group", "cafe\u0301 group".encode()))

    paper = import_document(path).paper

    assert "café group" in paper.section_items.first().text
    for item in paper.next_steps.all():
        item.mark_edited(paper.source_text)
        assert not item.is_edited


# S27
def test_a_failure_in_mid_storing_leaves_nothing(monkeypatch, tmp_path, originals_dir):
    make_record()

    def fail(*arguments):
        raise ValidationError("It broke.")

    monkeypatch.setattr(drafts, "write", fail)

    outcome = import_document(write(tmp_path))

    assert outcome.problem.code == "refused"
    assert nothing_is_stored(originals_dir)


# S31
def test_a_full_disk_is_said_in_a_sentence_and_leaves_nothing(monkeypatch, tmp_path, originals_dir):
    make_record()

    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(drafts.originals.os, "fsync", full)

    outcome = import_document(write(tmp_path))

    assert outcome.sentence.startswith("sample.txt could not be stored: the disk is full")
    assert not IssuePaper.objects.exists()
    assert not list(originals_dir.glob("*.txt"))


# S22
def test_a_paper_of_which_words_would_be_lost_is_not_stored(monkeypatch, tmp_path, originals_dir):
    make_record()
    parsed = parse(read(make_txt(sample()), "sample.txt"))
    lossy = replace(parsed, placements=parsed.placements[:-1])
    monkeypatch.setattr(reading, "read_in_child", lambda path, name: lossy)

    outcome = import_document(write(tmp_path))

    assert outcome.problem.code == "not_covered"
    assert nothing_is_stored(originals_dir)


@pytest.mark.parametrize("code", ["encrypted", "took_too_long", "reader_died"])
def test_a_file_that_cannot_be_read_is_named_with_the_reason(
    code, monkeypatch, tmp_path, originals_dir
):
    def refuse(path, name):
        raise ImportProblem(code)

    monkeypatch.setattr(reading, "read_in_child", refuse)

    outcome = import_document(write(tmp_path, "paper.txt"))

    assert (outcome.status, outcome.problem.code) == ("failed", code)
    assert outcome.sentence.startswith("paper.txt ")
    assert nothing_is_stored(originals_dir)


def test_a_file_that_is_not_there_fails_like_any_other(tmp_path):
    outcome = import_document(tmp_path / "none.pdf")

    assert outcome.sentence.startswith("none.pdf cannot be read")


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.pdf")

    outcome = import_document(tmp_path / "pipe.pdf")

    assert outcome.sentence.startswith("pipe.pdf is no ordinary file")


# S18
def test_a_file_over_25_mb_is_not_even_digested(tmp_path, monkeypatch):
    path = tmp_path / "large.pdf"
    with open(path, "wb") as file:
        file.truncate(25 * 1024 * 1024 + 1)
    monkeypatch.setattr(reading, "read_in_child", lambda *words: pytest.fail("it was read"))

    outcome = import_document(path)

    assert outcome.problem.code == "too_large"
    assert outcome.reading.sha256 == ""


# S20
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "../../etc/passwd"),
        ("a\x00b\r\nc\u2028.pdf", "abc.pdf"),
        ("", "unnamed"),
        ("\udcff.pdf", "?.pdf"),
        ("n" * 300 + ".pdf", "n" * 234 + "…" + "n" * 16 + ".pdf"),
    ],
)
def test_names_of_files_are_made_harmless(name, shown):
    assert clean_name(name) == shown
    assert len(clean_name(name)) <= 255


# S20
def test_a_hostile_name_is_only_ever_shown(tmp_path, originals_dir):
    make_record()
    name = "../../<script>alert(1)</script>.txt"

    outcome = import_document(write(tmp_path), name)

    assert outcome.imported.original_name == name
    stored = [path for path in originals_dir.iterdir() if path.suffix == ".txt"]
    assert len(stored) == 1
    assert "script" not in stored[0].name


# Publishing -----------------------------------------------------------------------------------


def test_a_paper_without_blocking_findings_is_published_when_that_is_asked(tmp_path):
    make_record()

    outcome = import_document(write(tmp_path), publish=True)

    assert outcome.is_published
    assert outcome.paper.is_public


def test_a_blocking_finding_stops_publishing_until_it_is_settled(monkeypatch, tmp_path):
    make_record()
    parsed_as(monkeypatch, pub_number="318-24")
    paper = import_document(write(tmp_path), publish=True).paper
    assert not paper.is_public

    with pytest.raises(ValidationError, match="have to be settled first: This sentence"):
        paper.publish()
    paper.imported_from.findings.blocking().get().settle(None)
    paper.publish()

    assert paper.is_public


# S36
def test_who_imported_a_paper_stands_in_its_history(tmp_path):
    make_record()
    user = get_user_model().objects.create_user("editor")

    paper = import_document(write(tmp_path), user=user).paper

    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (user, str(paper.pk))
    assert entry.change_message == "Read from “sample.txt”."
    assert paper.imported_from.batch.created_by == user


def test_the_outcome_needs_few_queries_whatever_the_length(tmp_path, django_assert_max_num_queries):
    make_record()
    items = "".join(f"- Point number {number} of the long list.\n" for number in range(400))
    path = replaced(write(tmp_path), "Next Steps:\n", f"Next Steps:\n\n{items}")

    with django_assert_max_num_queries(90):
        outcome = import_document(path)

    assert outcome.paper.next_steps.count() == 401
