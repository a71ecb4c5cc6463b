"""That the benchmark runs and tells of what is exceeded; how long anything takes is its own."""

import random
import re
import subprocess
import sys
from itertools import pairwise

import pytest
from django.conf import settings

from papers import kept
from papers.comparison import compare
from papers.models import IssuePaper
from tests.bench import measuring
from tests.bench.__main__ import run
from tests.bench.measuring import MEGABYTE, Figure, forget, peak_growth
from tests.bench.pages import make_varied_record, opened
from tests.bench.texts import next_texts, statement

LINE = re.compile(r" *(\S.*): [\d.,]+ (ms|s|MB|times)( \(limit [\d.,]+ (ms|s|MB|times)\))?")


def test_every_part_runs_from_the_command_line_and_leaves_no_trace():
    command = [sys.executable, "-m", "tests.bench", "--small"]

    done = subprocess.run(
        command, cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=300, check=False
    )

    assert done.stderr == ""
    first, *parts, last = done.stdout.strip().split("\n\n")
    assert "processors, load" in first
    assert [part.splitlines()[0] for part in parts] == [
        "Importing",
        "Comparing, processor time",
        "Public pages",
        "Admin",
    ]
    for part in parts:
        for line in part.splitlines()[1:]:
            # Of papers this small, how much longer twice as much takes is chance.
            assert LINE.fullmatch(line.removesuffix("  EXCEEDED")), line
    assert re.fullmatch(r"Limits exceeded: \d+", last)


@pytest.mark.parametrize(
    ("figure", "line"),
    [
        (Figure("Pairs", 0.0024, 0.005), "Pairs: 2.4 ms (limit 5 ms)"),
        (Figure("Pairs", 0.0061, 0.005), "Pairs: 6.1 ms (limit 5 ms)  EXCEEDED"),
        (Figure("A batch", 12.345, 20), "A batch: 12.3 s (limit 20 s)"),
        (Figure("Cold", 0.9999), "Cold: 1 s"),
        (Figure("Cold", 1234.5), "Cold: 1,234 s"),
        (
            Figure("Growth", 3.5 * MEGABYTE, 50 * MEGABYTE, "bytes"),
            "Growth: 3.5 MB (limit 50 MB)",
        ),
        (Figure("Twice", 2.345, 2.3, "times"), "Twice: 2.35 times (limit 2.30 times)  EXCEEDED"),
    ],
)
def test_a_figure_is_one_line_with_its_limit(figure, line):
    assert str(figure) == line


@pytest.mark.django_db
@pytest.mark.parametrize(("value", "status"), [(1, 0), (3, 1)])
def test_the_exit_status_tells_of_an_exceeded_limit(value, status, capsys):
    def figures(size):
        yield Figure("No limit", 100 * size)
        yield Figure("Limit", value, limit=2)

    assert run({"Part": figures}, {"Part": {"size": 2}}) == status

    assert f"\nPart\nNo limit: 200 s\nLimit: {value} s (limit 2 s)" in capsys.readouterr().out


def test_the_median_is_told_of_runs_each_of_which_was_prepared(monkeypatch):
    moments = iter([0, 5, 10, 11, 20, 23])
    done = []
    monkeypatch.setattr(measuring.time, "perf_counter", lambda: 0)

    taken = measuring.runs(
        lambda: done.append("act"), 3, lambda: done.append("before"), lambda: next(moments)
    )

    assert taken == [5, 1, 3]
    assert done == ["before", "act"] * 3


def test_memory_that_was_given_back_counts_at_its_peak():
    assert 90 * MEGABYTE < peak_growth(lambda: b"x" * (100 * MEGABYTE)) < 150 * MEGABYTE
    assert peak_growth(lambda: None) < 10 * MEGABYTE


@pytest.mark.django_db
def test_a_cold_page_compares_each_pair_of_papers_anew(client, monkeypatch):
    make_varied_record(groups=1, meetings=4, papers_each=1)
    compared = []
    monkeypatch.setattr(kept, "compare", lambda *of: compared.append(of) or compare(*of))

    for expected in (3, 6):
        forget()
        opened(client, "/groups/group-0/")
        opened(client, "/groups/group-0/")

        assert len(compared) == expected


def test_the_next_paper_keeps_changes_and_adds():
    rng = random.Random(1)
    texts = [statement(rng) for _ in range(100)]

    said = next_texts(rng, texts)

    assert len(said) == 100
    assert 15 < len(set(said) & set(texts)) < 60
    assert len(set(said)) == 100


@pytest.mark.django_db
def test_no_two_papers_of_the_large_record_say_the_same_and_each_keeps_something():
    make_varied_record(groups=2, meetings=4, papers_each=2)

    told = {}
    for paper in IssuePaper.objects.order_by("meeting__held_on"):
        items = [item.text for section in paper.content().sections for item in section.items]
        told.setdefault(paper.working_group_id, []).append(items)
    assert len({tuple(items) for run in told.values() for items in run}) == 8
    assert all(len(items) == 10 for run in told.values() for items in run)
    repeated = [set(old) & set(new) for run in told.values() for old, new in pairwise(run)]
    assert all(len(words) < 10 for words in repeated)
    assert any(repeated)
