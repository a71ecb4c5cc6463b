"""A dry run says what the run would do, of every folder and in every detail, and does nothing."""

import io
import random
from datetime import date

import pytest
from django.core.management import call_command

from papers.importing.drafts import import_document
from papers.management.commands import import_papers
from papers.models import (
    ImportBatch,
    ImportedFile,
    ImportFinding,
    IssuePaper,
    NextStep,
    Original,
    PaperSection,
    SectionItem,
    StatusItem,
)
from tests.factories import make_group, make_meeting, make_subcommittee
from tests.importing.making import bullet, make_html, make_md, make_txt, para, sample
from tests.importing.samples import JUNE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_process")]

SEPTEMBER = date(2024, 9, 18)
MODELS = (
    *(ImportBatch, ImportedFile, ImportFinding, IssuePaper, NextStep, Original, PaperSection),
    *(SectionItem, StatusItem),
)
MAKERS = {"txt": make_txt, "md": make_md, "html": make_html}


def lines(*arguments):
    out, counted = io.StringIO(), io.StringIO()
    try:
        call_command("import_papers", *map(str, arguments), stdout=out, stderr=counted)
        status = 0
    except SystemExit as end:
        status = end.code
    said = (out.getvalue() + counted.getvalue()).replace("Nothing was stored. It would be: ", "")
    return status, said.splitlines()


def stored():
    return {model: sorted(model.objects.values_list("pk", flat=True)) for model in MODELS}


def compare(folder, *options):
    """The lines of both runs; fails where they differ or the first one leaves anything."""
    before = stored()
    would = lines(folder, "--dry-run", *options)

    assert stored() == before

    did = lines(folder, *options)
    assert would == did
    return did[1]


@pytest.fixture
def folder(tmp_path):
    make_meeting(JUNE)
    make_meeting(SEPTEMBER)
    for name in ("AAA", "BBB"):
        make_group(name.lower(), name, make_subcommittee())
    (tmp_path / "papers").mkdir()
    return tmp_path / "papers"


def put(folder, name, group="AAA", make=make_txt, **changes):
    (folder / name).write_bytes(make(sample(group=f"{group} Working Group", **changes)))


def first_words(said):
    return [line.split()[0] for line in said[:-1]]


@pytest.mark.parametrize("options", [[], ["--json"], ["--publish"], ["--publish", "--json"]])
def test_a_folder_with_every_kind_of_file_is_told_as_it_is_stored(folder, options):
    put(folder, "1.txt")
    put(folder, "2-the-same.md", make=make_txt)
    put(folder, "3-linked.html", make=make_html)
    put(folder, "4-corrected.txt", pub="Pub# 3701-0624")
    put(folder, "5-unknown.txt", "Nowhere")
    put(folder, "6-unknown-again.md", "Nowhere", make=make_txt)
    put(folder, "7-nothing-new.txt", month="September 2024", pub="")
    put(folder, "8-not-placed.txt", "BBB", dated="Some words that say nothing known.")
    (folder / "9-broken.pdf").write_bytes(b"\x89PNG")

    said = compare(folder, *options)

    if not options:
        assert first_words(said) == [
            *("draft", "same", "revision", "revision", "blocked", "same", "draft", "draft"),
            "failed",
        ]
        assert "Stored already: AAA Working Group, June 2024, from “1.txt”." in said[1]
        assert "Waits already: 5-unknown.txt." in said[5]


def test_what_waited_and_now_has_its_place_is_told_as_it_is_stored(folder, tmp_path):
    put(tmp_path, "waits.txt", "Nowhere")
    import_document(tmp_path / "waits.txt")
    make_group("nowhere", "Nowhere", make_subcommittee())
    put(folder, "1.txt")
    put(folder, "2-waited.md", "Nowhere", make=make_txt)
    put(folder, "3.txt", "BBB")

    said = compare(folder)

    assert first_words(said) == ["draft", "draft", "draft"]
    # The older import keeps its file; this run is one batch of its own.
    assert sorted(batch.files.count() for batch in ImportBatch.objects.all()) == [1, 2]


def test_what_the_record_refuses_is_told_by_both(folder, monkeypatch):
    from django.core.exceptions import ValidationError

    from papers.importing import drafts

    write = drafts.write

    def refuse(paper, content):
        if paper.working_group.slug == "aaa":
            raise ValidationError("It broke.")
        write(paper, content)

    monkeypatch.setattr(drafts, "write", refuse)
    put(folder, "1.txt")
    put(folder, "2.txt", "BBB")

    assert first_words(compare(folder)) == ["failed", "draft"]


@pytest.mark.parametrize("seed", range(6))
def test_a_folder_of_any_files_is_told_as_it_is_stored(folder, seed):
    chance = random.Random(seed)
    for number in range(14):
        form = chance.choice(sorted(MAKERS))
        words = chance.choice(["One statement.", "Another statement."])
        sections = (
            ("Background", (para("The group was formed in 2020 to look at samples."),)),
            ("Current Status", (bullet("Look at this page.", 0, *chance.choice([(), LINK])),)),
            ("Next Steps", (bullet(words),)),
        )
        put(
            folder,
            f"{number:02}.{form}",
            chance.choice(["AAA", "BBB", "Nowhere"]),
            chance.choice([MAKERS[form], make_txt]) if form != "html" else make_html,
            month=chance.choice(["June 2024", "September 2024"]),
            pub=chance.choice(["", "Pub# 3701-0624"]),
            sections=sections,
        )

    compare(folder, *chance.choice([["--json"], [], ["--publish"]]))


LINK = (("this page", "https://example.gov/page"),)


# Turns ----------------------------------------------------------------------------------------


def test_a_rehearsal_of_many_files_lets_others_store_in_between(folder, monkeypatch):
    monkeypatch.setattr(import_papers, "LONGEST_TURN", 0)
    for number, group in enumerate(("AAA", "BBB", "AAA")):
        month = "September 2024" if number == 2 else "June 2024"
        (folder / f"{number}.txt").write_bytes(make_txt(sample(f"{group} Working Group", month)))
    before = stored()

    status, (*said, counted, parts) = sorted_last(lines(folder, "--dry-run"))

    assert stored() == before
    assert status == 0
    assert [line.split()[:2] for line in said] == [["draft", f"{n}.txt"] for n in range(3)]
    assert counted == "3 files: 3 stored as drafts."
    assert parts.startswith("Rehearsed in 3 parts, lest others wait")


def sorted_last(answer):
    """With the note of the parts behind the count, wherever standard error put it."""
    status, said = answer
    return status, sorted(said, key=lambda line: line.startswith("Rehearsed"))
