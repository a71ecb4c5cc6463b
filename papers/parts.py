"""What became of the words of a statement that several took the place of.

Pure: standard library only. The words that no part has are found once, for all parts together, and
each of them is shown as removed in one part alone: that whose words stand around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from papers.stems import STOP_WORDS
from papers.words import (
    Op,
    Segment,
    Token,
    as_met,
    bare_keys,
    segment,
    staying,
    tokens,
    without_links,
)

_CLAUSE_ENDS = (",", ";", ".", ":")


@dataclass(frozen=True)
class _Lost:
    """The whole's words, their keys, and for each the part that shows it as removed, or None."""

    text: str
    words: tuple[Token, ...]
    keys: tuple[str, ...]
    shown_by: tuple[int | None, ...]


def part_diff(whole: str, parts: Sequence[str], at: int) -> tuple[Segment, ...]:
    """How the part ``at`` differs from the whole; words that another part has are not removed."""
    lost = _lost(whole, tuple(parts))
    text = without_links(parts[at])
    after = tokens(text)
    stays = [index for index, part in enumerate(lost.shown_by) if part is None]
    left = [lost.keys[index] for index in stays]
    right = bare_keys([it.key for it in after])
    pairs = staying(left, as_met(right, text, left))
    kept = [(stays[a], b) for a, b in pairs]
    found: list[Segment] = []
    same: list[Token] = []
    a = b = 0
    for keep_a, keep_b in [*kept, (len(lost.words), len(after))]:
        removed = _stretches(lost, range(a, keep_a), at)
        if removed or keep_b > b:
            found += [*segment(Op.SAME, text, same), *removed]
            found += segment(Op.ADDED, text, after[b:keep_b])
            same = []
        same += after[keep_b : keep_b + 1]
        a, b = keep_a + 1, keep_b + 1
    return (*found, *segment(Op.SAME, text, same))


def whole_words(whole: str, parts: Sequence[str]) -> tuple[Segment, ...]:
    """The whole as printed, with the words marked that no part has."""
    lost = _lost(whole, tuple(parts))
    found: list[Segment] = []
    for is_lost, run in groupby(range(len(lost.words)), lambda it: lost.shown_by[it] is not None):
        op = Op.REMOVED if is_lost else Op.SAME
        found += segment(op, lost.text, [lost.words[index] for index in run])
    return tuple(found)


def holds_whole(text: str, part: str) -> bool:
    """Whether a text has all words of a part, one after the other."""
    whole, words = (
        " ".join(bare_keys([token.key for token in tokens(without_links(it))]))
        for it in (text, part)
    )
    return f" {words} " in f" {whole} "


def _stretches(lost: _Lost, indexes: range, at: int) -> list[Segment]:
    found: list[Segment] = []
    for is_shown, run in groupby(indexes, lambda it: lost.shown_by[it] == at):
        if is_shown:
            found += segment(Op.REMOVED, lost.text, [lost.words[index] for index in run])
    return found


@lru_cache(maxsize=256)
def _lost(whole: str, parts: tuple[str, ...]) -> _Lost:
    whole = without_links(whole)
    words = tokens(whole)
    keys = bare_keys([it.key for it in words])
    texts = [without_links(it) for it in parts]
    found = [bare_keys([it.key for it in tokens(text)]) for text in texts]
    keys = as_met(keys, whole, {key for part in found for key in part})
    met = set(keys)
    of_parts = [as_met(part, text, met) for part, text in zip(found, texts, strict=True)]
    # One run through all parts in the whole's order: a word that two parts could have kept is one.
    order = sorted(range(len(parts)), key=lambda at: (_middle(keys, of_parts[at]), at))
    joined = [(key, at) for at in order for key in of_parts[at]]
    holder: list[int | None] = [None] * len(keys)
    for a, b in staying(keys, [key for key, _ in joined]):
        holder[a] = joined[b][1]
    shown_by: list[int | None] = [None] * len(keys)
    for is_kept, stretch in groupby(range(len(keys)), lambda it: holder[it] is not None):
        if not is_kept:
            run = list(stretch)
            for index, part in zip(run, _shown_by(words, keys, holder, run), strict=True):
                shown_by[index] = part
    return _Lost(whole, words, tuple(keys), tuple(shown_by))


def _middle(whole: Sequence[str], part: Sequence[str]) -> float:
    """Whereabouts in the whole a part stands."""
    places = [a for a, b in staying(whole, part) if part[b].casefold() not in STOP_WORDS]
    return places[len(places) // 2] if places else len(whole)


def _shown_by(
    words: Sequence[Token], keys: Sequence[str], holder: Sequence[int | None], run: Sequence[int]
) -> list[int]:
    """The part that shows each word of a lost stretch: where two meet, the clause decides."""
    before = holder[run[0] - 1] if run[0] else None
    after = holder[run[-1] + 1] if run[-1] + 1 < len(keys) else None
    if before is None or after is None or before == after:
        return [before if before is not None else after or 0] * len(run)
    ends = [at for at in (run[0] - 1, *run) if words[at].key.endswith(_CLAUSE_ENDS)]
    if not ends and any(keys[at].casefold() not in STOP_WORDS for at in run):
        return [before] * len(run)
    last = max(ends, default=-1)
    return [before if at <= last else after for at in run]
