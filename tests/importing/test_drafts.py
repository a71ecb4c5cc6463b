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
from papers.importing.drafts import import_document
from papers.importing.errors import ImportProblem
from papers.importing.parser import parse
from papers.importing.readers import read
from papers.importing.reading import clean_name
from papers.models import ImportedFile, ImportFinding, IssuePaper, Original
from tests.factories import make_event, make_group, make_meeting
from tests.importing.making import make_txt, sample, seed_papers
from tests.importing.samples import JUNE, codes, make_record, replaced, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_process")]


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
        ("\u200b\u2060", "unnamed"),
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
