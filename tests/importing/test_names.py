"""Printed names and what the record knows: resolved, told as former, or waited for."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from papers.importing import reading
from papers.importing.drafts import import_document, retry
from papers.models import ImportedFile, IssuePaper
from tests.factories import make_event, make_group, make_meeting, make_subcommittee
from tests.importing.samples import JUNE, codes, make_record, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_process")]


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
