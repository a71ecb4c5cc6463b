"""Statements that became several, and several that became one.

Pure: standard library only. After pairing, a statement that was left over may hold words of one
that is paired already: its other part.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from papers.pairing import ALL_PAIRS, Bag, Pair, Weighed, likely_pairs, shared_weight

# Of the part's weight: lies in the whole; lies in what no other part holds; runs of words kept.
WITHIN = 0.6
SEED_WITHIN = 0.7
OWN_WORDS = 0.3
RUNS = 0.3
# Of the whole's weight, what a part adds to the parts that are known.
ADDS = 0.1


@dataclass(frozen=True)
class Family:
    """One whole and its parts, the first of them the best; ``is_split``: the whole is older."""

    is_split: bool
    whole: int
    parts: tuple[int, ...]


def families(
    lists: Weighed, pairs: Sequence[Pair], apart: Collection[tuple[int, int]] = ()
) -> list[Family]:
    """Splits and merges beside ``pairs``; each statement is in one family at most."""
    newer_of = {pair.older: pair.newer for pair in pairs}
    older_of = {pair.newer: pair.older for pair in pairs}
    same = {
        (it.older, it.newer)
        for it in pairs
        if lists.older[it.older].key == lists.newer[it.newer].key
    }
    proposals = [
        *_proposals(lists, True, newer_of, older_of, apart, {a for a, _ in same}),
        *_proposals(lists, False, older_of, newer_of, apart, {b for _, b in same}),
    ]
    proposals.sort(key=lambda it: (-it[0], not it[1].is_split, it[1].whole))
    used: set[tuple[bool, int]] = set()
    found = []
    for _, family in proposals:
        members = {(family.is_split, family.whole)}
        members |= {(not family.is_split, part) for part in family.parts}
        if used.isdisjoint(members):
            used |= members
            found.append(family)
    return found


def _proposals(
    lists: Weighed,
    is_split: bool,
    partner: Mapping[int, int],
    taken: Mapping[int, int],
    apart: Collection[tuple[int, int]],
    whole_stays: Collection[int],
) -> Iterator[tuple[float, Family]]:
    sides = (lists.older, lists.newer) if is_split else (lists.newer, lists.older)
    bags = lists.bags if is_split else lists.bags[::-1]
    spare = [at for at in range(len(sides[1])) if at not in taken and bags[1][at].total]
    if not spare:
        return
    wholes = [at for at in range(len(sides[0])) if at not in whole_stays and bags[0][at].total]
    likely = None
    if len(wholes) * len(spare) > ALL_PAIRS:
        found = likely_pairs(lists, *((wholes, spare) if is_split else (spare, wholes)))
        likely = found if is_split else {(b, a) for a, b in found}
    for whole in wholes:
        bag = bags[0][whole]
        near = [
            at
            for at in spare
            if (likely is None or (whole, at) in likely)
            and sides[1][at].section == sides[0][whole].section
            and ((whole, at) if is_split else (at, whole)) not in apart
            and _lies_within(bags[1][at], bag, WITHIN)
        ]
        parts = [partner[whole]] if whole in partner else []
        left = dict(bag.words)
        for at in parts:
            left = _without(left, bags[1][at])
        gained = 0.0
        while near:
            gains = [(shared_weight(left, bags[1][at].words), -at) for at in near]
            gain, at = max(gains)
            at = -at
            near.remove(at)
            enough = SEED_WITHIN if not parts else WITHIN
            if (
                gain >= OWN_WORDS * bags[1][at].total
                and gain >= ADDS * bag.total
                and _lies_within(bags[1][at], bag, enough)
            ):
                parts.append(at)
                left = _without(left, bags[1][at])
                gained += gain
        if len(parts) > 1:
            yield gained, Family(is_split, whole, tuple(parts))


def _lies_within(part: Bag, whole: Bag, share: float) -> bool:
    return (
        shared_weight(part.words, whole.words) >= share * part.total
        and shared_weight(part.runs, whole.runs) >= RUNS * part.total_runs
    )


def _without(words: Mapping[str, float], part: Bag) -> dict[str, float]:
    return {word: weight for word, weight in words.items() if word not in part.words}
