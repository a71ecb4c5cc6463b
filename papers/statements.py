"""A run of papers of one group -> where each statement came from and where it went.

Pure: standard library only. A run has one place for each public meeting, the oldest first: the
paper, or None where the group has none. A statement is followed over papers that leave it out when
it comes back word for word, and a next step also when it comes back reworded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from papers.comparison import (
    Change,
    Changes,
    PairCorrection,
    Place,
    PlacedItem,
    compare,
    placed_items,
    statements_of,
)
from papers.content import PaperContent, SectionKind
from papers.pairing import Weighed, pair
from papers.words import key_of, speaks_of_future

Run = Sequence[PaperContent | None]
# Staff's corrections by the meetings of the two papers: (index of the older, index of the newer).
Corrections = Mapping[tuple[int, int], Sequence[PairCorrection]]
Node = tuple[int, Place]

# Fewer words than these coming back after a gap ("Under review.") are not the same statement.
FEWEST_TO_COME_BACK = 4


def successive_changes(run: Run, corrections: Corrections | None = None) -> list[Changes | None]:
    """For each meeting the changes since the group's paper before it.

    None where there is no paper, and for the first paper.
    """
    found: list[Changes | None] = []
    last: int | None = None
    for index, paper in enumerate(run):
        before = run[last] if last is not None else None
        if paper is None:
            found.append(None)
            continue
        said = (corrections or {}).get((last, index), ()) if last is not None else ()
        found.append(compare(before, paper, said) if before is not None else None)
        last = index
    return found


@dataclass(frozen=True)
class Mention:
    """One statement in one paper of the run; ``is_reworded``: against the mention before it."""

    index: int
    item: PlacedItem
    is_reworded: bool = False
    is_moved: bool = False


@dataclass(frozen=True)
class History:
    """One statement through a run of papers, the oldest mention first."""

    mentions: tuple[Mention, ...]

    @property
    def first_reported(self) -> int:
        """The meeting of its first paper."""
        return self.mentions[0].index

    @property
    def last_seen(self) -> int:
        """The meeting of its last paper."""
        return self.mentions[-1].index

    @property
    def repeated_at(self) -> tuple[int, ...]:
        """Meetings after the first whose papers have it, reworded or not."""
        return tuple(it.index for it in self.mentions[1:])

    @property
    def reworded_at(self) -> tuple[int, ...]:
        """Meetings whose papers have it in other words than the paper before."""
        return tuple(it.index for it in self.mentions if it.is_reworded)


class Record:
    """Every statement of a run with its links back and forward.

    ``changes``, where the caller has them, are ``successive_changes`` of the same run.
    ``tracked`` are items outside Next Steps that staff follow as next steps.
    """

    def __init__(
        self,
        run: Run,
        corrections: Corrections | None = None,
        changes: Sequence[Changes | None] | None = None,
        tracked: Collection[Node] = (),
    ) -> None:
        self.run = run
        self.corrections = corrections or {}
        self.changes = successive_changes(run, corrections) if changes is None else changes
        self.tracked = frozenset(tracked)
        self.items: dict[Node, PlacedItem] = {}
        self.before: dict[Node, list[Node]] = defaultdict(list)
        self.after: dict[Node, list[Node]] = defaultdict(list)
        # Statements without a later mention so far, by the meeting of their last one.
        self._resting: dict[Node, None] = {}
        last: int | None = None
        for index, paper in enumerate(run):
            if paper is None:
                continue
            self._add(index, paper, last)
            last = index
        self.tracked = frozenset(self._with_past(self.tracked))

    def _with_past(self, tracked: Collection[Node]) -> set[Node]:
        """What staff track was a step from its first paper on, not from where they saw it."""
        found = set(tracked)
        for node in tracked:
            before = self.before.get(node)
            while before and self.after[before[0]][0] == node and not self.is_step(before[0]):
                node = before[0]
                found.add(node)
                before = self.before.get(node)
        return found

    def nodes(self, index: int) -> list[Node]:
        """The statements of one meeting's paper, as printed."""
        paper = self.run[index]
        return [(index, it.place) for it in placed_items(paper)] if paper else []

    def is_step(self, node: Node) -> bool:
        """Whether it stands under Next Steps, or staff track it as one."""
        return node[1].section == SectionKind.NEXT_STEPS or node in self.tracked

    def history(self, index: int, place: Place) -> History:
        """The statement at a place, before and after. KeyError where there is no such item.

        Of a merged statement the past is that of the part most like it, of a split one the future.
        """
        self.items[index, place]
        path = [(index, place)]
        while self.before.get(path[0]):
            path.insert(0, self.before[path[0]][0])
        while self.after.get(path[-1]):
            path.append(self.after[path[-1]][0])
        mentions = [Mention(path[0][0], self.items[path[0]])]
        for old, new in pairwise(path):
            mentions.append(self.mention(old, new))
        return History(tuple(mentions))

    def next_mention(self, step: Node, index: int) -> Mention | None:
        """How a step stands in the paper of one later meeting; None where it does not."""
        for new in self.after.get(step, ()):
            if new[0] == index and not self._is_report(step, new):
                return self.mention(step, new)
        return None

    def _is_report(self, step: Node, new: Node) -> bool:
        """Whether the new words tell of what a followed item was to bring: not the step again.

        "CBP published a list" is nearly "CBP will publish a list", and may be its answer.
        """
        return (
            not self.is_step(new)
            and speaks_of_future(self.items[step].text)
            and not speaks_of_future(self.items[new].text)
            and self.verdict(step, new) is not True
        )

    def continued(self, nodes: Collection[Node]) -> dict[Node, Node]:
        """Each later statement that continues one of these, with that one."""
        found: dict[Node, Node] = {}
        waiting = [(node, node) for node in nodes]
        while waiting:
            node, first = waiting.pop()
            for new in self.after.get(node, ()):
                if new not in found:
                    found[new] = first
                    waiting.append((new, first))
        return found

    def mention(self, old: Node, new: Node) -> Mention:
        """How a statement that stood at ``old`` stands at ``new``."""
        one, other = self.items[old], self.items[new]
        return Mention(
            new[0],
            other,
            key_of(one.text) != key_of(other.text),
            one.place.section_key != other.place.section_key,
        )

    def _add(self, index: int, paper: PaperContent, last: int | None) -> None:
        found = [(index, it) for it in placed_items(paper)]
        self.items.update({(index, it.place): it for _, it in found})
        self._link_as_staff_say(index, last)
        changes = self.changes[index]
        if changes is not None and last is not None:
            for old, new, _ in sorted(changes.links(), key=_main_first):
                self._link((last, old.place), (index, new.place))
        fresh = [(index, it.place) for _, it in found if not self.before.get((index, it.place))]
        resting = [node for node in self._resting if node[0] != last]
        self._link_what_comes_back(resting, fresh)
        for _, it in found:
            self._resting[index, it.place] = None

    def _link(self, old: Node, new: Node) -> None:
        if old not in self.before[new]:
            self.before[new].append(old)
            self.after[old].append(new)
        self._resting.pop(old, None)

    def _link_as_staff_say(self, index: int, last: int | None) -> None:
        for (older, newer), said in self.corrections.items():
            if newer != index or older == last:
                continue
            for it in said:
                old, new = (older, it.older), (newer, it.newer)
                if it.together and old in self.items and new in self.items:
                    self._link(old, new)

    def verdict(self, old: Node, new: Node) -> bool | None:
        """Whether staff say that two belong together; None where they say nothing."""
        said = self.corrections.get((old[0], new[0]), ())
        verdicts = [it.together for it in said if (it.older, it.newer) == (old[1], new[1])]
        return verdicts[-1] if verdicts else None

    def _link_what_comes_back(self, resting: list[Node], fresh: list[Node]) -> None:
        if not resting or not fresh:
            return
        by_key: dict[str, list[Node]] = defaultdict(list)
        for node in resting:
            by_key[key_of(self.items[node].text)].append(node)
        for new in list(fresh):
            text = self.items[new].text
            if len(text.split()) < FEWEST_TO_COME_BACK:
                continue
            # The latest of several: what it continues is the last that was said.
            for old in reversed(by_key[key_of(text)]):
                if old in self._resting and self.verdict(old, new) is not False:
                    self._link(old, new)
                    fresh.remove(new)
                    break
        steps = [node for node in resting if node in self._resting and self.is_step(node)]
        again = [node for node in fresh if self.is_step(node)]
        if not steps or not again:
            return
        lists = Weighed(
            statements_of([self.items[node] for node in steps]),
            statements_of([self.items[node] for node in again]),
        )
        apart = {
            (a, b)
            for a, old in enumerate(steps)
            for b, new in enumerate(again)
            if self.verdict(old, new) is False
        }
        for it in pair(lists, apart=apart):
            self._link(steps[it.older], again[it.newer])


def _main_first(link: tuple[PlacedItem, PlacedItem, Change]) -> tuple[bool, float]:
    """Own pairs before the other parts of merges; the likest part of a split first."""
    old, _, change = link
    return (old != change.older, -change.score)


def histories(run: Run, corrections: Corrections | None = None) -> Iterable[History]:
    """Each statement of a run once, from its first mention on."""
    record = Record(run, corrections)
    for node in record.items:
        if not record.before.get(node):
            yield record.history(*node)
