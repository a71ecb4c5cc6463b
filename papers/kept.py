"""What was worked out, kept in memory by all that it was worked out from: so never stale.

Pure: standard library only. How much is kept is bounded by the words of the papers, not by their
number: a process holds some tens of megabytes, whatever the papers are like.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from threading import Lock
from typing import Generic, TypeVar

from papers.comparison import Changes, PairCorrection, compare
from papers.content import PaperContent
from papers.statements import Node, Record
from papers.threads import Ledger, StatedOutcome, follow

# In characters. Papers of the usual size, twelve items of two lines each, have some 2,500: a
# thousand of them take 30 megabytes with their pairs and their records.
PAIRS = 20_000_000
RECORDS = 10_000_000
PAPERS = 10_000_000
# What an item costs beside its words.
ITEM = 100

Pairing = tuple[tuple[int, int], tuple[PairCorrection, ...]]
_Value = TypeVar("_Value")


class Kept(Generic[_Value]):
    """A function whose values are kept, those used last, up to a total size.

    Two threads may work out the same at once; both get the one that came first. A value larger
    than the whole is given and not kept.
    """

    def __init__(self, work_out: Callable[..., _Value], size: Callable[..., int], limit: int):
        self.limit = limit
        self.total = 0
        self._work_out = work_out
        self._size = size
        self._values: OrderedDict[Hashable, tuple[_Value, int]] = OrderedDict()
        self._lock = Lock()

    def __call__(self, *key: Hashable) -> _Value:
        """The value for these arguments. Nobody may change it, for every reader has the same."""
        with self._lock:
            known = self._values.get(key)
            if known is not None:
                self._values.move_to_end(key)
                return known[0]
        value, size = self._work_out(*key), self._size(*key)
        with self._lock:
            if key in self._values:
                return self._values[key][0]
            if size <= self.limit:
                self._values[key] = (value, size)
                self.total += size
            while self.total > self.limit:
                _, (_, freed) = self._values.popitem(last=False)
                self.total -= freed
        return value

    def __len__(self) -> int:
        return len(self._values)

    def cache_clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._values.clear()
            self.total = 0


def size_of(*papers: PaperContent | None) -> int:
    """The words of papers in characters, and something for each item."""
    return sum(
        len(item.text) + ITEM
        for paper in papers
        if paper
        for section in paper.sections
        for item in section.items
    )


def _changes_between(
    older: PaperContent, newer: PaperContent, corrections: tuple[PairCorrection, ...] = ()
) -> Changes:
    return compare(older, newer, corrections)


def _record_of(
    contents: tuple[PaperContent | None, ...],
    _rows: tuple[tuple[int | None, ...], ...],
    corrections: tuple[Pairing, ...],
    tracked: frozenset[Node],
) -> Record:
    """``_rows`` are the items' keys: so what is kept names the rows that are stored now."""
    said = dict(corrections)
    changes: list[Changes | None] = []
    last: int | None = None
    for index, content in enumerate(contents):
        before = contents[last] if last is not None else None
        if content is None or before is None or last is None:
            changes.append(None)
        else:
            changes.append(changes_between(before, content, said.get((last, index), ())))
        last = last if content is None else index
    return Record(contents, said, changes, tracked)


def _ledger_of(
    record: Record,
    stated: tuple[StatedOutcome, ...],
    ended_at: frozenset[int],
    ahead: frozenset[int],
) -> Ledger:
    return follow(record, stated, ended_at, ahead)


def _size_of_pair(older: PaperContent, newer: PaperContent, *_: object) -> int:
    return size_of(older, newer)


def _size_of_run(contents: Sequence[PaperContent | None], *_: object) -> int:
    return size_of(*contents)


def _size_of_record(record: Record, *_: object) -> int:
    return size_of(*record.run)


# ``compare``, done once a pair. Take rows and their keys from the papers' own contents, never from
# what this gives: the words are the same, but they may have been read from other rows.
changes_between = Kept(_changes_between, _size_of_pair, PAIRS)
# A group's record with every statement followed.
record_of = Kept(_record_of, _size_of_run, RECORDS)
# ``follow``, kept beside the record.
ledger_of = Kept(_ledger_of, _size_of_record, RECORDS)
