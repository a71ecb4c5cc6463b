"""A batch of mixed papers by the way that an upload takes, and what one paper costs."""

import io
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from papers.importing import sandbox
from papers.importing.batches import create_batch, run_batch
from papers.importing.sandbox import read_in_child
from tests.bench.documents import GROUPS, MAKERS, MEETINGS, SUBCOMMITTEE, batch, long_paper, paper
from tests.bench.measuring import MEGABYTE, Figure, cpu_of_children, peak_growth, wall
from tests.factories import make_group, make_meeting, make_subcommittee

# The reading child itself, its limits set, with a clock around each reading of a file: the clock of
# its one thread, because under a limit of time Linux counts that of the process in coarse ticks.
TIMED = """
import runpy, sys, time
child = runpy.run_path(sys.argv[1])
child["_limit"]()
sys.path.insert(0, sys.argv[2])
for path in sys.argv[3:]:
    with open(path, "rb") as file:
        data = file.read()
    begun = time.thread_time()
    answer = child["_answer"](data, path)
    print(time.thread_time() - begun, *answer)
"""
# Items of a paper, and of one twice as long, that take long enough to be measured.
LENGTHS = {"txt": 1_000, "md": 1_000, "html": 1_000, "docx": 500, "pdf": 100}


def figures(papers=25, meetings=3, rounds=9, lengths=LENGTHS):
    """Needs an empty database and a folder for originals of its own."""
    yield from of_a_batch(papers, MEETINGS[:meetings])
    with tempfile.TemporaryDirectory() as folder:
        yield from of_one_paper(Path(folder), rounds)
        yield from of_length(Path(folder), rounds // 2 + 1, lengths)


def of_a_batch(papers, meetings):
    """One batch for each meeting, all of whose papers become drafts."""
    house = make_subcommittee(SUBCOMMITTEE)
    for name in GROUPS[:papers]:
        make_group(name.lower(), f"{name} Working Group", house)
    uploads = iter([batch(make_meeting(held_on).held_on, papers) for held_on in meetings])
    growths = []

    def upload_and_run():
        made = create_batch([(name, io.BytesIO(data)) for name, data in next(uploads)])
        growths.append(peak_growth(lambda: run_batch(made)))
        stored = list(made.files.values_list("status", flat=True))
        # A batch that was refused would be quick.
        if stored != ["draft"] * papers:
            raise RuntimeError(f"Not all papers of the batch were stored: {stored}")

    took = wall(upload_and_run, len(meetings))
    formats = ", ".join(MAKERS)
    yield Figure(f"A batch of {papers} papers ({formats}) imported", took, limit=20)
    yield Figure(
        "  growth of the importing process at its peak", max(growths), 50 * MEGABYTE, unit="bytes"
    )


def of_one_paper(folder, rounds):
    """A text file of usual length: what its child does after the start, and all of the child."""
    path = folder / "paper.txt"
    path.write_bytes(MAKERS["txt"](paper(GROUPS[0], MEETINGS[0], 0)))
    taken = median(_seconds_in_child(path) for _ in range(rounds))
    yield Figure("One text paper read and parsed, processor time", taken, limit=0.3)
    taken = cpu_of_children(lambda: read_in_child(path, path.name, folder), rounds)
    yield Figure("  all of its process, processor time", taken)


def of_length(folder, rounds, lengths):
    """Twice as long takes twice as long, and some of it is noise."""
    for form, items in lengths.items():
        usual, short, long = (folder / f"{name}.{form}" for name in ("usual", "short", "long"))
        for path, length in ((usual, 10), (short, items), (long, 2 * items)):
            path.write_bytes(MAKERS[form](long_paper(length)))
        # By turns, so that whatever else the machine does slows both. After a paper of usual
        # length, so that loading the libraries is no part of it.
        taken = [
            (_seconds_in_child(usual, short), _seconds_in_child(usual, long)) for _ in range(rounds)
        ]
        once, twice = (median(column) for column in zip(*taken, strict=True))
        yield Figure(
            f"{2 * items} items of {form} against {items} ({once * 1_000:.0f} ms), processor time",
            twice / once,
            limit=2.3,
            unit="times",
        )


def _seconds_in_child(*paths):
    """Processor time that reading and parsing the last of these took, in a child of its own."""
    command = [sys.executable, "-I", "-B", "-c", TIMED, sandbox.CHILD, sandbox.CHILD.parents[2]]
    done = subprocess.run(
        [*command, *paths],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        cwd="/",
        env={"LC_ALL": "C.UTF-8"},
        text=True,
        check=True,
    )
    seconds, answer = done.stdout.splitlines()[-1].split()
    # A paper that was refused would be quick.
    if answer != "paper":
        raise RuntimeError(f"{paths[-1].name} could not be read.")
    return float(seconds)
