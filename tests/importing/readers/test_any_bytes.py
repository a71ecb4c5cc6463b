"""Whatever the bytes: a sound document or a listed problem, and in time (S21)."""

import gc
import os
import random
import time
import traceback

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.importing.errors import ImportProblem
from papers.importing.readers import read
from tests.importing.breaking import LINES, any_text, damaged, whole_files
from workgroups.cleaning import clean_text

NAMES = ("a.txt", "a.md", "a.html")
FILES = whole_files()
# How many the long versions try, such as FUZZ=5 for five times as many.
FACTOR = float(os.environ.get("FUZZ", "1"))


def try_to_read(data, name):
    """Fails unless the file is read soundly or refused, and refused for no fault of ours."""
    try:
        found = read(data, name)
    except ImportProblem as problem:
        if fault := own_fault(problem):
            pytest.fail(fault)
        return problem.code
    assert list(found.problems()) == [], (name, data[:2000])
    assert clean_text(found.text) == found.text
    return "read"


def own_fault(problem):
    """What our own code raised and a reader passed off as a damaged file; empty without."""
    cause = problem
    while cause is not None:
        frames = traceback.extract_tb(cause.__traceback__)
        ours = frames and "importing/readers" in frames[-1].filename.replace(os.sep, "/")
        if ours and not isinstance(cause, ImportProblem):
            return "".join(traceback.format_exception(cause))
        cause = cause.__cause__
    return ""


@settings(max_examples=150, deadline=None)
@given(st.text(), st.sampled_from(NAMES))
def test_any_text_is_read_or_refused(text, name):
    # S21
    try_to_read(text.encode("utf-8", "surrogatepass"), name)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(LINES) | st.text(max_size=20), max_size=25), st.sampled_from(NAMES))
def test_any_lines_of_papers_are_read_or_refused(lines, name):
    # S21
    try_to_read("\n".join(lines).encode("utf-8", "surrogatepass"), name)


@settings(max_examples=100, deadline=None)
@given(
    st.binary(),
    st.sampled_from(("a.pdf", "a.docx", *NAMES)),
    st.sampled_from((b"", b"%PDF-", b"PK\x03\x04")),
)
def test_any_bytes_are_read_or_refused(data, name, start):
    # S21
    try_to_read(start + data, name)


@settings(max_examples=100, deadline=None)
@given(st.integers(min_value=0, max_value=2**32), st.sampled_from(range(len(FILES))))
def test_any_damaged_file_is_read_or_refused(seed, which):
    # S21
    some = random.Random(seed)
    name, data = FILES[which]

    try_to_read(damaged(some, name, data, some.choice(FILES)[1]), name)


@pytest.mark.slow
def test_a_hundred_thousand_texts_are_read_or_refused():
    # S21
    some = random.Random(20240918)
    count = int(100_000 * FACTOR)

    codes = {
        try_to_read(any_text(some).encode("utf-8", "surrogatepass"), some.choice(NAMES))
        for _ in range(count)
    }

    assert "read" in codes


@pytest.mark.slow
def test_ten_thousand_damaged_files_are_read_or_refused():
    # S21
    some = random.Random(20240626)
    codes = set()

    for _ in range(int(10_000 * FACTOR)):
        name, data = some.choice(FILES)
        codes.add(try_to_read(damaged(some, name, data, some.choice(FILES)[1]), name))

    assert {"read", "unreadable"} <= codes


HARD = {
    "words": "The group met again and went on. ",
    "items": "- The group met again\n  and went on with it.\n",
    "short lines": "a\n",
    "blanks": " \n",
    "bullets": "-\n",
    "hyphens": "a-\n",
    "open links": "[a](",
    "brackets": "[",
    "bold": "**a ",
    "pipes": "| a | b |\n",
    "form feeds": "Head\n\f",
    "page numbers": "Page 1 of 2\ngoes on\n",
    "numbers": "1. a\n",
    "deeper": " - a\n",
    "one word": "a",
    "accents": "e\u0301",
}
HARD_OF_MARKDOWN = {
    "stars": "*a ",
    "bars": "_a ",
    "open references": "[a][",
    "references": "[a]: http://a\n[a]\n",
    "titles": '[a](a "',
    "addresses": "<a@a.",
    "breaks": " <br ",
    "escapes": "\\*",
    "blanks": "   ",
}
PIECES = [
    *(pytest.param("a.txt", piece, id=name) for name, piece in HARD.items()),
    *(pytest.param("a.md", piece, id=f"md {name}") for name, piece in HARD_OF_MARKDOWN.items()),
]


@pytest.mark.parametrize(("name", "piece"), PIECES)
def test_time_grows_with_the_length_and_not_faster(name, piece):
    # S21
    def seconds(length):
        data = ("Background:\n\n" + piece * (length // len(piece))).encode()
        gc.collect()
        gc.disable()  # It looks at all that other tests left, whenever it likes.
        try:
            begin = time.process_time()
            assert read(data, name).blocks
            return time.process_time() - begin
        finally:
            gc.enable()

    short = min(seconds(10_000), seconds(10_000))
    long = min(seconds(80_000), seconds(80_000))

    # Eight times the text: growth by its square would take 64 times as long.
    assert long < 30 * max(short, 0.01)
