"""What is kept in memory: the same value for the same papers, and no more than fits."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import Barrier

import pytest

from papers import kept
from papers.content import Item, PaperContent, Section, SectionKind
from papers.kept import ITEM, Kept, size_of


def paper(*texts):
    items = tuple(Item(text) for text in texts)
    return PaperContent(sections=(Section(SectionKind.CURRENT_STATUS, items=items),))


@pytest.fixture
def worked_out():
    return []


@pytest.fixture
def squares(worked_out):
    """Keeps up to ten; each number is as large as it says."""

    def square(number):
        worked_out.append(number)
        return [number * number]

    return Kept(square, lambda number: number, 10)


def test_a_value_is_worked_out_once(squares, worked_out):
    assert squares(3) is squares(3)
    assert worked_out == [3]


def test_those_used_last_are_kept_as_far_as_they_fit(squares, worked_out):
    for number in (2, 5, 2, 4, 2, 5):
        assert squares(number) == [number * number]

    # For 4 there was room once 5 went, which had not been used for longest.
    assert worked_out == [2, 5, 4, 5]
    assert (len(squares), squares.total) == (2, 7)


def test_a_value_larger_than_the_whole_is_given_and_drives_nothing_out(squares, worked_out):
    squares(3)

    assert squares(11) == [121]

    assert (len(squares), squares.total) == (1, 3)
    assert squares(11) == [121]
    assert worked_out == [3, 11, 11]


def test_nothing_is_left_after_forgetting(squares, worked_out):
    squares(3)
    squares.cache_clear()

    assert (len(squares), squares.total) == (0, 0)
    squares(3)
    assert worked_out == [3, 3]


def test_threads_that_ask_at_once_get_the_same_value():
    both = Barrier(2, timeout=10)

    def slowly(_number):
        both.wait()
        return object()

    values = Kept(slowly, lambda number: number, 10)
    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(values, (1, 1))

    assert one is other
    assert values.total == 1


def test_a_paper_is_as_large_as_its_words_and_items():
    assert size_of(paper("four", "seven!!"), None, paper()) == 11 + 2 * ITEM


def test_huge_papers_do_not_fill_the_memory(monkeypatch):
    papers = [paper(f"{number} " + "word " * 1_000) for number in range(40)]
    pairs = Kept(lambda *of: object(), lambda *of: size_of(*of), 100_000)

    for older, newer in pairwise(papers):
        pairs(older, newer)

    assert 90_000 <= pairs.total <= 100_000
    assert len(pairs) == 9


def test_ordinary_papers_of_a_thousand_meetings_fit():
    ordinary = size_of(paper(*["x" * 200] * 12))

    assert 2 * 1_000 * ordinary <= kept.PAIRS
    assert 1_000 * ordinary <= kept.RECORDS
    assert 1_000 * ordinary <= kept.PAPERS
