import io
import json
import os
import threading

import pytest
from django.core.management import CommandError, call_command

from papers.importing import reading
from papers.importing.errors import ImportProblem
from papers.importing.parser import parse
from papers.importing.readers import read
from papers.management.commands import import_papers
from papers.models import ImportBatch, ImportedFile, ImportFinding, IssuePaper, Original
from tests.factories import make_group, make_meeting, make_subcommittee
from tests.importing.making import bullet, make_txt, para, sample
from tests.importing.samples import JUNE, make_record, replaced, write

pytestmark = pytest.mark.django_db

KEYS = {
    *("file", "working_group", "subcommittee", "meeting", "pub_number", "action_required"),
    *("submitted_by", "submitter_office", "dated", "background", "issue", "status_items"),
    *("next_steps", "other_sections", "links", "findings", "resolves_to", "placed", "sentences"),
}


def imported(*arguments, status=0):
    """What the command prints, line by line; ``status`` is how it has to end."""
    out = io.StringIO()
    ended = 0
    try:
        call_command("import_papers", *map(str, arguments), stdout=out, stderr=io.StringIO())
    except SystemExit as end:
        ended = end.code
    except CommandError as refusal:
        ended = refusal.returncode
    assert ended == status
    return out.getvalue().splitlines()


def objects(*arguments, status=0):
    return [json.loads(line) for line in imported(*arguments, "--json", status=status)]


@pytest.fixture
def folder(tmp_path, in_process):
    """Three papers, one below another folder, and what is not to be read."""
    make_meeting(JUNE)
    folder = tmp_path / "papers"
    (folder / "below").mkdir(parents=True)
    for name in ("b", "a", "below/c"):
        group = name[-1].upper() * 3
        make_group(group.lower(), group, make_subcommittee())
        write(folder, f"{name}.txt", group=f"{group} Working Group")
    write(folder, ".hidden.txt")
    write(folder, "~$a.docx")
    (folder / ".git").mkdir()
    write(folder / ".git", "d.txt")
    outside = write(tmp_path, "outside.txt")
    (folder / "link.txt").symlink_to(outside)
    (folder / "links").symlink_to(tmp_path)
    return folder


# What it imports ------------------------------------------------------------------------------


def test_a_folder_is_imported_in_order_without_hidden_files_and_links(folder):
    lines = imported(folder)

    assert [line.split()[1] for line in lines[:-1]] == ["a.txt", "b.txt", "below/c.txt"]
    assert lines[0] == ("draft      a.txt  AAA, June 2024, 15 of 15 sentences placed, no findings")
    assert lines[-1] == "3 files: 3 stored as drafts."
    assert IssuePaper.objects.drafts().count() == 3


def test_one_run_is_one_batch(folder):
    imported(folder)

    batch = ImportBatch.objects.get()
    assert [file.original_name for file in batch.files.all()] == ["a.txt", "b.txt", "below/c.txt"]
    assert [file.position for file in batch.files.all()] == [1, 2, 3]
    assert batch.finished_at is not None


def test_a_second_run_changes_nothing(folder):
    imported(folder)

    lines = imported(folder)

    assert lines[-1] == "3 files: 3 stored already."
    assert "Stored already: AAA Working Group, June 2024, from “a.txt”." in lines[0]
    assert ImportBatch.objects.count() == 1
    assert ImportedFile.objects.count() == Original.objects.count() == 3


def test_files_are_taken_in_the_order_of_the_call(folder):
    lines = imported(folder / "b.txt", folder / "a.txt")

    assert [line.split()[1] for line in lines[:-1]] == ["b.txt", "a.txt"]


def test_one_bad_file_does_not_hold_up_the_others(folder):
    (folder / "aa.pdf").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "zz.txt").write_bytes(b"")

    lines = imported(folder, status=1)

    assert lines[1].startswith("failed     aa.pdf is not a PDF")
    assert lines[-2].startswith("failed     zz.txt is empty")
    assert lines[-1] == "5 files: 3 stored as drafts, 2 not imported."
    assert ImportedFile.objects.count() == 3


def test_a_paper_of_an_unknown_group_waits_and_is_no_failure(tmp_path, in_process):
    make_meeting(JUNE)

    lines = imported(write(tmp_path))

    assert lines[0].startswith("blocked    sample.txt  Sample Working Group, June 2024, ")
    assert lines[0].endswith("No group on record is called “Sample Working Group”.")
    assert lines[1] == "1 file: 1 waiting for the record."


def test_a_corrected_paper_is_said_to_be_a_revision(folder):
    imported(folder)

    lines = imported(replaced(folder / "a.txt", "once more", "twice more"))

    assert lines[0].endswith("Beside the stored paper: 1 item.")
    assert lines[1] == "1 file: 1 proposed as a revision."


def test_with_publish_papers_without_blocking_findings_become_public(folder):
    (folder / "b.txt").write_bytes(
        make_txt(sample(group="BBB Working Group", dated="Some words that say nothing known."))
    )

    lines = imported(folder, "--publish")

    draft = IssuePaper.objects.drafts().get()
    assert [line.split()[0] for line in lines[:-1]] == ["published", "draft", "published"]
    assert draft.working_group.slug == "bbb"
    assert draft.imported_from.findings.blocking().get().code == "not_placed"


# A call that cannot be carried out ------------------------------------------------------------


def test_a_path_that_leads_nowhere_is_a_wrong_call(folder, tmp_path):
    imported(folder, tmp_path / "none", status=2)

    assert not IssuePaper.objects.exists()


def refusal(*arguments):
    with pytest.raises(CommandError) as refused:
        call_command("import_papers", *map(str, arguments), stdout=io.StringIO())
    assert refused.value.returncode == 2
    return str(refused.value)


def test_what_is_wrong_with_a_path_is_said(tmp_path):
    os.mkfifo(tmp_path / "pipe.pdf")

    assert refusal(tmp_path / "none") == f"There is no file or folder {tmp_path}/none."
    assert refusal(tmp_path / "pipe.pdf") == (
        f"{tmp_path}/pipe.pdf is neither an ordinary file nor a folder."
    )
    assert refusal(tmp_path / "pipe.pdf" / "x").endswith("cannot be looked at: Not a directory.")
    assert refusal(tmp_path / ("n" * 300)).endswith("cannot be looked at: File name too long.")


def test_a_folder_without_files_is_a_wrong_call(tmp_path):
    (tmp_path / "empty").mkdir()

    imported(tmp_path / "empty", status=2)


def test_an_option_that_does_not_exist_is_a_wrong_call():
    with pytest.raises(CommandError):
        call_command("import_papers", "--no-such-option")


# A dry run ------------------------------------------------------------------------------------


def test_a_dry_run_says_all_and_writes_nothing(folder, originals_dir):
    lines = imported(folder, "--dry-run")

    assert lines[0].startswith("draft      a.txt  AAA, June 2024")
    assert lines[-1] == "Nothing was stored. It would be: 3 files: 3 stored as drafts."
    assert not originals_dir.exists()
    for model in (ImportBatch, ImportedFile, ImportFinding, IssuePaper, Original):
        assert not model.objects.exists()


def test_a_dry_run_counts_with_the_files_before(folder):
    write(folder, "a-copy.txt", group="AAA Working Group")
    replaced(folder / "a.txt", "once more", "twice more")

    lines = imported(folder, "--dry-run", "--publish")

    assert [line.split()[0] for line in lines[:-1]] == [
        "published",  # a-copy.txt, which comes before a.txt
        "same",
        "published",
        "published",
        "revision",
    ]


# For scripts ----------------------------------------------------------------------------------


def test_each_file_is_one_object_with_all_keys(folder):
    found = objects(folder, "--dry-run")

    assert [each["file"] for each in found] == ["a.txt", "b.txt", "below/c.txt"]
    assert all(set(each) == KEYS for each in found)
    first = found[0]
    assert first["working_group"] == "AAA Working Group"
    assert first["subcommittee"] == "Secure Trade Lanes Subcommittee"
    assert (first["meeting"], first["dated"]) == ("2024-06", "2024-05-16")
    assert (first["pub_number"], first["action_required"]) == ("3700-0624", "Informational")
    assert first["submitted_by"] == "Pat Example"
    assert first["submitter_office"] == "Office of Field Operations"
    assert [item["level"] for item in first["status_items"]] == [0, 1, 1, 2, 0]
    assert set(first["status_items"][0]) == {"text", "level"}
    assert first["other_sections"] == first["findings"] == []
    assert first["resolves_to"] == {
        "working_group": "aaa",
        "subcommittee": "secure-trade-lanes",
        "meeting": "2024-06-26",
    }
    assert (first["placed"], first["sentences"]) == (15, 15)


def test_absent_is_null_and_said_to_be_nothing_is_an_empty_list(tmp_path, in_process):
    sections = (
        ("Background", (para("The group was formed in 2020 to look at samples."),)),
        ("Current Status", (bullet("The group met twice this quarter."),)),
        ("Next Steps", (para("None at this time."),)),
        ("Statement of Work", (bullet("To look at samples and to report what they say."),)),
    )
    path = write(tmp_path, month="", pub="", fields=(), submitted="", dated="", sections=sections)

    (found,) = objects(path, "--dry-run")

    assert [found[key] for key in ("issue", "pub_number", "action_required", "dated")] == [None] * 4
    assert (found["meeting"], found["submitted_by"], found["submitter_office"]) == (None,) * 3
    assert found["next_steps"] == []
    assert found["other_sections"] == [
        {
            "heading": "Statement of Work",
            "items": [{"text": "To look at samples and to report what they say.", "level": 0}],
        }
    ]
    assert found["resolves_to"] == {"working_group": None, "subcommittee": None, "meeting": None}
    assert {"unknown_group", "unknown_meeting", "missing:issue"} <= set(found["findings"])


def test_a_file_that_fails_is_an_object_with_the_reason(tmp_path):
    path = tmp_path / "empty.pdf"
    path.touch()

    (found,) = objects(path, status=1)

    assert found["file"] == "empty.pdf"
    assert found["error"] == "empty"
    assert found["sentence"].startswith("empty.pdf is empty")
    assert set(found) == {"file", "error", "sentence"}


# How it goes about it -------------------------------------------------------------------------


def test_two_files_are_read_at_once_and_told_in_order(folder, monkeypatch):
    together = threading.Barrier(2, timeout=20)
    at_once, most = 0, 0
    lock = threading.Lock()

    def read_slowly(path, name):
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        if name != "below/c.txt":
            together.wait()
        with lock:
            at_once -= 1
        return parse(read(path.read_bytes(), name))

    monkeypatch.setattr(reading, "read_in_child", read_slowly)

    lines = imported(folder)

    assert most == 2
    assert [line.split()[1] for line in lines[:-1]] == ["a.txt", "b.txt", "below/c.txt"]


def test_only_a_few_papers_are_held_in_memory_at_a_time(tmp_path, monkeypatch):
    read_so_far = []

    def note(path, name):
        read_so_far.append(name)
        return reading.Reading(path, name, problem=ImportProblem("empty"))

    monkeypatch.setattr(import_papers, "read", note)
    files = [import_papers.Named(tmp_path, str(number)) for number in range(25)]

    for number, _ in enumerate(import_papers.readings(files)):
        assert len(read_so_far) <= number + 1 + import_papers.AHEAD


def test_an_interruption_reads_no_further(tmp_path, monkeypatch):
    read_so_far = []

    def note(path, name):
        read_so_far.append(name)
        return reading.Reading(path, name)

    monkeypatch.setattr(import_papers, "read", note)
    files = [import_papers.Named(tmp_path, str(number)) for number in range(25)]

    taken = import_papers.readings(files)
    next(taken)
    taken.close()

    assert len(read_so_far) <= 1 + import_papers.AHEAD


def test_a_name_that_is_not_unicode_is_told_all_the_same(tmp_path, in_process):
    make_record()
    path = os.fsencode(write(tmp_path)).replace(b"sample.txt", b"\xff\xfe.txt")
    os.rename(tmp_path / "sample.txt", path)

    lines = imported(tmp_path)

    assert lines[0].startswith("draft      ??.txt  Sample, June 2024")
