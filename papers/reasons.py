"""Why two statements are taken for one: the words they share, and what differs in substance.

Pure: standard library only.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from papers.stems import STOP_WORDS, WORD, stem
from papers.words import key_of, negations, numbers


@dataclass(frozen=True)
class Reason:
    """What a person needs to judge a pair. Words and numbers as printed, in order."""

    same_words: bool
    by_staff: bool
    shared: tuple[str, ...]
    words: int
    numbers_before: tuple[str, ...]
    numbers_after: tuple[str, ...]
    denies_before: tuple[str, ...]
    denies_after: tuple[str, ...]

    def __str__(self) -> str:
        parts = ["Staff say so"] if self.by_staff else []
        if self.same_words:
            return "; ".join([*parts, "word for word the same"])
        parts.append(f"{len(self.shared)} of {self.words} words shared")
        for what, before, after in (
            ("numbers", self.numbers_before, self.numbers_after),
            ("denial", self.denies_before, self.denies_after),
        ):
            if before or after:
                parts.append(
                    f"{what}: {', '.join(before) or 'none'} → {', '.join(after) or 'none'}"
                )
        return "; ".join(parts)


def reason_for(older: str, newer: str, by_staff: bool = False) -> Reason:
    """``shared`` and ``words`` count the newer statement's words, small ones left out.

    Numbers and denials are named only where they differ.
    """
    there = Counter(stem(it[0]) for it in WORD.finditer(older))
    shared = []
    words = 0
    for it in WORD.finditer(newer):
        if it[0].casefold() in STOP_WORDS:
            continue
        words += 1
        if there[stem(it[0])]:
            there[stem(it[0])] -= 1
            shared.append(it[0])
    counted = [Counter(numbers(text)) for text in (older, newer)]
    denied = [Counter(negations(text)) for text in (older, newer)]
    return Reason(
        same_words=key_of(older) == key_of(newer),
        by_staff=by_staff,
        shared=tuple(shared),
        words=words,
        numbers_before=tuple((counted[0] - counted[1]).elements()),
        numbers_after=tuple((counted[1] - counted[0]).elements()),
        denies_before=tuple((denied[0] - denied[1]).elements()),
        denies_after=tuple((denied[1] - denied[0]).elements()),
    )
