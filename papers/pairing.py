"""Which statement of one list continues which of another: one to one, and best overall.

Pure: standard library only. A pairing is the matching of greatest total score among pairs that
reach their threshold, after statements that are word for word the same. Callers fix or forbid pairs
by index. Time is bounded: beyond ``ALL_PAIRS`` only statements that share rare words are compared.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from itertools import pairwise
from math import fsum
from operator import add
from typing import Any

from papers.matching import best_matching
from papers.stems import COMMITTEE_STEMS
from papers.words import (
    Feature,
    features,
    key_of,
    label_of,
    longest_common,
    negations,
    speaks_of_future,
)

ALL_PAIRS = 2_500
RARE_WORDS = 24
MOST_POSTINGS = 60
CANDIDATES = 8
# Two short items of one section that alone have their label there: "Testing: complete".
SAME_LABEL = 0.6
# Below these a pair is no pair. Tuned on the labelled samples that are not put aside.
SAME_SECTION = 0.485
OTHER_SECTION = 0.66
# Steps and their answers share words without being one statement: "will provide", "has provided".
STEP_AND_OTHER = 0.78
NEVER = 2.0

# With less of their words in common, two statements are not looked at further.
TOO_FEW = 0.25
# The order of words is looked at among so many.
ORDER_WORDS = 300

SMALL_WORD = 0.12
COMMITTEE = 0.3
NAME = 1.25
NUMBER = 0.7
RARITY_POWER = 1.5
GREATEST = 10_000


@dataclass(frozen=True)
class Statement:
    """One item as pairing sees it. ``context``: words of the item above a very short one."""

    text: str
    section: str
    is_step: bool = False
    place: float = 0.0
    context: str = ""

    @cached_property
    def key(self) -> tuple[str, str]:
        """Equal for statements that are word for word the same, also in what they stand under."""
        return (key_of(self.text), key_of(self.context))

    @cached_property
    def denials(self) -> tuple[str, ...]:
        """Its words that deny."""
        return negations(self.text)

    @cached_property
    def tells_future(self) -> bool:
        """Whether it says what is to come."""
        return speaks_of_future(self.text)


class Bag:
    """Weighted stems, neighbouring stems and names of one statement."""

    def __init__(self, found: Sequence[Feature], weights: Sequence[float]) -> None:
        self._found = found
        self._weights = weights
        self._stems = [feature.stem for feature in found]
        # A name in one paper may open the sentence in the other: the stem decides, not the case.
        self.words = dict(zip(_numbered(self._stems), weights, strict=True))
        self.total = sum(self.words.values())

    # Most pairs are seen to be none from their words alone, so the rest is made when asked for.

    @cached_property
    def runs(self) -> dict[tuple[str, str], float]:
        """Neighbouring stems."""
        sums = map(add, self._weights, self._weights[1:])
        return dict(zip(pairwise(self._stems), sums, strict=True))

    @cached_property
    def total_runs(self) -> float:
        """Of all runs."""
        return sum(self.runs.values())

    @cached_property
    def names(self) -> dict[str, float]:
        """Its names."""
        weighed = zip(self._found, self._weights, strict=True)
        return {it.stem: weight for it, weight in weighed if it.is_name and not it.is_small}

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Its first stems as they follow each other."""
        return tuple(self._stems[:ORDER_WORDS])

    @cached_property
    def total_order(self) -> float:
        """Of the stems in ``order``."""
        return sum(map(self.words.__getitem__, self.order))


def _numbered(stems: Sequence[str]) -> Iterator[str]:
    """Stems, each further one of a kind told apart, so that plain dicts serve as bags."""
    seen: dict[str, int] = {}
    for stem in stems:
        count = seen[stem] = seen.get(stem, 0) + 1
        yield stem if count == 1 else f"{stem} {count}"


class Weights:
    """How much a word counts: rare ones more than those in most statements of a list."""

    def __init__(self, *lists: Sequence[str]) -> None:
        self.count = max(2, *map(len, lists))
        self.found: Counter[str] = Counter()
        for texts in lists:
            counts: Counter[str] = Counter()
            for text in texts:
                counts.update({feature.stem for feature in features(text)})
            # A word that each paper has once is as rare as one that one paper has once.
            self.found |= counts
        self.known: dict[str, float] = {}
        self._weights: dict[Feature, float] = {}

    def rarity(self, stem: str) -> float:
        """1 for a word of one statement, down to less than 0.1 for a word of every statement."""
        if stem not in self.known:
            share = math.log(1 + self.count / max(self.found[stem], 1)) / math.log(1 + self.count)
            self.known[stem] = share**RARITY_POWER
        return self.known[stem]

    def weight(self, feature: Feature) -> float:
        """Rarity, less for small words and those of every paper, more for names."""
        known = self._weights.get(feature)
        if known is None:
            factor = NAME if feature.is_name else 1.0
            if feature.is_small:
                factor = SMALL_WORD
            elif feature.is_number:
                factor = NUMBER
            elif feature.stem in COMMITTEE_STEMS:
                factor *= COMMITTEE
            known = self._weights[feature] = self.rarity(feature.stem) * factor
        return known

    def bag(self, statement: Statement) -> Bag:
        """The weighed words of a statement, after those of its context."""
        found = features(statement.context) + features(statement.text)
        return Bag(found, list(map(self.weight, found)))


def shared_weight(one: Mapping[Any, float], other: Mapping[Any, float]) -> float:
    """The weight of what two bags have in common."""
    # The two weigh a word differently where one sees a name; each side's own total is kept. Rounded
    # once, so that the order in which a set gives its words does not matter.
    common = one.keys() & other.keys()
    return (fsum(map(one.__getitem__, common)) + fsum(map(other.__getitem__, common))) / 2


def likeness(one: Bag, other: Bag) -> float:
    """0 to 1: the words in common, side by side, in order, and how far one lies in the other."""
    if not one.total or not other.total:
        return 0.0
    shared = shared_weight(one.words, other.words)
    words = 2 * shared / (one.total + other.total)
    if words < TOO_FEW:
        return 0.0
    runs_total = one.total_runs + other.total_runs
    runs = 2 * shared_weight(one.runs, other.runs) / runs_total if runs_total else words
    order = _in_order(one, other)
    within = min(shared / min(one.total, other.total), 1.0)
    score = 0.35 * words + 0.2 * runs + 0.35 * order + 0.1 * within * within
    # The same words in another order are other statements, and so are two of one mould about
    # different agencies, ports or programs.
    score *= 0.5 + 0.5 * min((runs + order) / 0.9, 1)
    return min(score * (1 - _other_names(one, other)), 1.0)


def _in_order(one: Bag, other: Bag) -> float:
    """0 to 1: the weight of the longest common run of words, gaps allowed."""
    if one.order > other.order:
        one, other = other, one
    # Each side's weights: a word may be a name on one of them alone.
    total = one.total_order + other.total_order
    kept = sum(
        one.words[one.order[a]] + other.words[other.order[b]]
        for a, b in longest_common(one.order, other.order)
    )
    return kept / total if total else 0.0


def _other_names(one: Bag, other: Bag) -> float:
    """0 to 1: how much of two statements is names that the other does not have."""
    missing = fsum(map(one.names.__getitem__, one.names.keys() - other.words.keys()))
    added = fsum(map(other.names.__getitem__, other.names.keys() - one.words.keys()))
    return 2 * min(missing, added) / (one.total + other.total)


def threshold(one: Statement, other: Statement) -> float:
    """The likeness from which two statements may be one and the same."""
    if one.section == other.section:
        return SAME_SECTION
    if one.is_step != other.is_step:
        return NEVER if one.tells_future != other.tells_future else STEP_AND_OTHER
    return OTHER_SECTION


@dataclass(frozen=True)
class Pair:
    """Two indexes, with the likeness of what stands there; 1 for the same words."""

    older: int
    newer: int
    score: float
    by_caller: bool = False


class _Bags(dict[int, Bag]):
    """Bags by index, each made when it is first asked for: most pairs are word for word."""

    def __init__(self, weights: Weights, statements: Sequence[Statement]) -> None:
        super().__init__()
        self._weights = weights
        self._statements = statements

    def __missing__(self, at: int) -> Bag:
        made = self[at] = self._weights.bag(self._statements[at])
        return made


class Weighed:
    """Two lists of statements with their bags, weighed against each other."""

    def __init__(self, older: Sequence[Statement], newer: Sequence[Statement]) -> None:
        self.older = older
        self.newer = newer
        self.weights = Weights([it.text for it in older], [it.text for it in newer])
        self.bags = (_Bags(self.weights, older), _Bags(self.weights, newer))

    def likeness(self, a: int, b: int) -> float:
        """Of one older and one newer statement."""
        found = likeness(self.bags[0][a], self.bags[1][b])
        same = self.labels[0].get(a, "older") == self.labels[1].get(b, "newer")
        return max(found, SAME_LABEL) if same else found

    @cached_property
    def labels(self) -> tuple[dict[int, tuple[str, str]], dict[int, tuple[str, str]]]:
        """By index the section and label of each statement that alone has it in its section."""
        return (_own_labels(self.older), _own_labels(self.newer))


def _own_labels(statements: Sequence[Statement]) -> dict[int, tuple[str, str]]:
    found = {
        at: (it.section, label) for at, it in enumerate(statements) if (label := label_of(it.text))
    }
    counts = Counter(found.values())
    return {at: it for at, it in found.items() if counts[it] == 1}


def pair(
    lists: Weighed,
    together: Iterable[tuple[int, int]] = (),
    apart: Collection[tuple[int, int]] = (),
) -> list[Pair]:
    """Pairs in order of the older index. ``together`` always are pairs, ``apart`` never."""
    older, newer = lists.older, lists.newer
    found: list[Pair] = []
    free = (set(range(len(older))), set(range(len(newer))))

    def take(a: int, b: int, score: float, by_caller: bool = False) -> None:
        found.append(Pair(a, b, score, by_caller))
        free[0].discard(a)
        free[1].discard(b)

    for a, b in together:
        if a in free[0] and b in free[1]:
            same = older[a].key == newer[b].key
            take(a, b, 1.0 if same else lists.likeness(a, b), by_caller=True)
    for a, b in list(_word_for_word(older, newer, free, apart)):
        take(a, b, 1.0)
    scored = _scored(lists, free, apart)
    for a, b in best_matching({key: weight for key, (weight, _) in scored.items()}):
        take(a, b, scored[a, b][1])
    return sorted(found, key=lambda it: (it.older, it.newer))


def _word_for_word(
    older: Sequence[Statement],
    newer: Sequence[Statement],
    free: tuple[set[int], set[int]],
    apart: Collection[tuple[int, int]],
) -> Iterator[tuple[int, int]]:
    """The first with the first of the same words, in one section before between sections."""
    left = [a for a in range(len(older)) if a in free[0]]
    right = [b for b in range(len(newer)) if b in free[1]]
    for with_section in (True, False):
        waiting: dict[object, list[int]] = defaultdict(list)
        for b in right:
            waiting[newer[b].key, newer[b].section if with_section else ""].append(b)
        rest = []
        for a in left:
            there = waiting.get((older[a].key, older[a].section if with_section else ""), [])
            match = next((b for b in there if (a, b) not in apart), None)
            if match is None:
                rest.append(a)
            else:
                there.remove(match)
                right.remove(match)
                yield a, match
        left = rest


def _scored(
    lists: Weighed, free: tuple[set[int], set[int]], apart: Collection[tuple[int, int]]
) -> dict[tuple[int, int], tuple[int, float]]:
    """For each pair that reaches its threshold: what it adds to the matching, and its score."""
    older, newer = lists.older, lists.newer
    if len(free[0]) * len(free[1]) <= ALL_PAIRS:
        candidates = {(a, b) for a in free[0] for b in free[1]}
    else:
        candidates = likely_pairs(lists, *free)
    found = {}
    for a, b in sorted(candidates.difference(apart)):
        score = lists.likeness(a, b)
        above = score - threshold(older[a], newer[b])
        if above < 0:
            continue
        if older[a].denials == newer[b].denials:
            above += 0.01
        if older[a].section == newer[b].section:
            above += 0.05
        # Between equals the place decides.
        above += 0.01 * (1 - abs(older[a].place - newer[b].place))
        found[a, b] = (1 + round(above * GREATEST), score)
    return found


def likely_pairs(
    lists: Weighed, older: Collection[int], newer: Collection[int]
) -> set[tuple[int, int]]:
    """For each statement the few of the other side that share most of its rare words."""
    weights = lists.weights
    rare: list[dict[int, list[str]]] = []
    for side, indexes in zip((lists.older, lists.newer), (older, newer), strict=True):
        stems = {}
        for at in sorted(indexes):
            own = {it.stem for it in features(side[at].text) if not it.is_small}
            stems[at] = sorted(own, key=lambda it: (-weights.rarity(it), it))[:RARE_WORDS]
        rare.append(stems)
    postings: dict[str, list[int]] = defaultdict(list)
    for b, stems_of_b in rare[1].items():
        for word in stems_of_b:
            postings[word].append(b)
    scores: dict[tuple[int, int], float] = defaultdict(float)
    for a, stems_of_a in rare[0].items():
        for word in stems_of_a:
            there = postings.get(word, ())
            if len(there) <= MOST_POSTINGS:
                for b in there:
                    scores[a, b] += weights.rarity(word)
    by_one: dict[tuple[str, int], list[tuple[float, int, int]]] = defaultdict(list)
    for (a, b), score in scores.items():
        by_one["older", a].append((score, -a, -b))
        by_one["newer", b].append((score, -a, -b))
    found = {(-a, -b) for few in by_one.values() for _, a, b in nlargest(CANDIDATES, few)}
    # Where all statements share all their words, the place is all there is to go by.
    for a, b in zip(sorted(older), sorted(newer), strict=False):
        found.add((a, b))
    return found
