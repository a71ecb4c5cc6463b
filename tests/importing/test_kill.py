"""The command, killed at any moment, leaves nothing half stored; run again, it completes (S27)."""

import io
import os
import random
import signal
import time
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from papers.importing import originals
from papers.importing.drafts import text_digest
from papers.importing.integrity import broken_originals, broken_spans
from papers.models import ImportBatch, ImportedFile, IssuePaper, Original
from tests.factories import make_group, make_meeting, make_subcommittee
from tests.importing.forked import Database
from tests.importing.samples import JUNE, write

pytestmark = pytest.mark.django_db(transaction=True)

PAPERS = 3
# What has an effect that outlives the process; it may die before and after each.
STEPS = [
    (os, "open"),
    (os, "fsync"),
    (os, "close"),
    (Path, "rename"),
    (Path, "unlink"),
    (BaseDatabaseWrapper, "commit"),
]


@pytest.fixture
def folder(tmp_path):
    """Documents of three groups for one meeting, all of them on record."""
    make_meeting(JUNE)
    folder = tmp_path / "papers"
    folder.mkdir()
    for number in range(1, PAPERS + 1):
        make_group(f"sample-{number}", f"Sample {number}", make_subcommittee())
        write(folder, f"{number}.txt", group=f"Sample {number} Working Group")
    return folder


@pytest.fixture
def database(folder, tmp_path):
    return Database(tmp_path)


def import_all(folder):
    call_command("import_papers", str(folder), stdout=io.StringIO(), stderr=io.StringIO())


def clean():
    IssuePaper.objects.all().delete()
    ImportBatch.objects.all().delete()
    Original.objects.all().delete()


def begin_anew(database, originals_dir):
    database.reset(clean)
    for path in originals_dir.glob("*"):
        path.unlink()


def state():
    """What is stored, and every fault in it."""
    faults = [*broken_spans(), *broken_originals()]
    for paper in IssuePaper.objects.all():
        file = paper.imported_from
        if file is None or file.paper != paper or file.status != "draft":
            faults.append(f"{paper} has no file of its own.")
        elif paper.content() != file.parsed_paper().content:
            faults.append(f"{paper} is not what was read.")
        elif file.text_sha256 != text_digest(paper.source_text) or paper.original is None:
            faults.append(f"{paper} is not complete.")
    counts = {
        "papers": IssuePaper.objects.count(),
        "files": ImportedFile.objects.count(),
        "originals": Original.objects.count(),
    }
    if len(set(counts.values())) != 1:
        faults.append(f"Half stored: {counts}")
    return {
        "faults": faults,
        "papers": counts["papers"],
        "known": {original.name for original in Original.objects.all()},
    }


def check_after(database, folder, originals_dir):
    """Nothing half stored now; everything, and nothing else, after another run."""
    after = database.run(state)
    assert after["faults"] == []
    database.run(lambda: import_all(folder))
    complete = database.run(state)
    assert complete["faults"] == []
    assert complete["papers"] == PAPERS
    assert {path.name for path in originals_dir.iterdir()} == {".lock", *complete["known"]}
    return after["papers"]


def counting(at, on_step):
    """Call ``on_step`` at the ``at``-th step, and count all of them."""
    count = 0

    def step():
        nonlocal count
        count += 1
        if count == at:
            on_step()

    def watched(original):
        def watching(*arguments, **options):
            step()
            result = original(*arguments, **options)
            step()
            return result

        return watching

    for owner, name in STEPS:
        setattr(owner, name, watched(getattr(owner, name)))
    connection.execute_wrappers.append(watched(lambda execute, *arguments: execute(*arguments)))
    return lambda: count


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def steps_of_a_run(folder):
    """How many steps a run has that is not disturbed. In a fork: it stays watched."""
    counted = counting(0, die)
    import_all(folder)
    return counted()


def killed_at_steps(database, folder, originals_dir, kills):
    seed = random.randrange(1 << 32)
    chance = random.Random(seed)
    begin_anew(database, originals_dir)
    steps = database.run(lambda: steps_of_a_run(folder))
    print(f"seed {seed}, {steps} steps")
    found = set()
    for _ in range(kills):
        at = chance.randrange(1, steps + 1)
        begin_anew(database, originals_dir)

        def work(at=at):
            counting(at, die)
            import_all(folder)

        assert database.ended(database.begin(work)), f"step {at} was not reached"
        found.add(check_after(database, folder, originals_dir))
    return found


# S27
@pytest.mark.usefixtures("in_process")
def test_killed_at_any_step_it_leaves_nothing_half_and_completes_when_run_again(
    database, folder, originals_dir
):
    found = killed_at_steps(database, folder, originals_dir, kills=24)

    # Kills fell before, between and after papers: else this would show little.
    assert len(found) > 1


# S27
@pytest.mark.slow
@pytest.mark.usefixtures("in_process")
def test_killed_at_very_many_steps(database, folder, originals_dir):
    assert killed_at_steps(database, folder, originals_dir, kills=150) >= {0, 1, 2}


# S27
@pytest.mark.slow
def test_killed_at_random_times_while_documents_are_read_by_children(
    database, folder, originals_dir
):
    seed = random.randrange(1 << 32)
    chance = random.Random(seed)
    begin_anew(database, originals_dir)
    began = time.monotonic()
    database.run(lambda: import_all(folder))
    longest = time.monotonic() - began
    print(f"seed {seed}, {longest:.2f} s a run")
    killed = 0
    while killed < 120:
        begin_anew(database, originals_dir)
        pid = database.begin(lambda: import_all(folder))
        time.sleep(chance.uniform(0, longest))
        os.kill(pid, signal.SIGKILL)
        killed += database.ended(pid)
        check_after(database, folder, originals_dir)


# S27
@pytest.mark.usefixtures("in_process")
def test_a_sweep_in_the_middle_of_another_import_takes_nothing(database, folder, originals_dir):
    begin_anew(database, originals_dir)
    database.run(lambda: import_all(folder))

    assert database.run(originals.sweep) == 0
    assert database.run(state)["faults"] == []
