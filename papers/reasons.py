"""Why two statements are taken for one: the words they share, and what differs in substance.

Pure: standard library only.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from papers.stems import STOP_WORDS, WORD, stem
from papers.words import key_of, label_of, names, negations, numbers, tokens


@dataclass(frozen=True)
class Reason:
    """What a person needs to judge a pair. Words, numbers and names as printed, in order.

    Months count as numbers. ``label``: what stands before the colon of both, two short items.
    """

    same_words: bool
    by_staff: bool
    shared: tuple[str, ...]
    words: int
    numbers_before: tuple[str, ...]
    numbers_after: tuple[str, ...]
    denies_before: tuple[str, ...]
    denies_after: tuple[str, ...]
    names_before: tuple[str, ...] = ()
    names_after: tuple[str, ...] = ()
    label: str = ""

    def __str__(self) -> str:
        parts = ["Staff say so"] if self.by_staff else []
        if self.same_words:
            return "; ".join([*parts, "word for word the same"])
        parts.append(f"{len(self.shared)} of {self.words} words shared")
        if self.label:
            parts.append(f"the same label “{self.label}”")
        for what, before, after in (
            ("numbers", self.numbers_before, self.numbers_after),
            ("names", self.names_before, self.names_after),
            ("denial", self.denies_before, self.denies_after),
        ):
            if before or after:
                parts.append(
                    f"{what}: {', '.join(before) or 'none'} → {', '.join(after) or 'none'}"
                )
        return "; ".join(parts)


def reason_for(older: str, newer: str, by_staff: bool = False) -> Reason:
    """``shared`` and ``words`` count the newer statement's words, small ones left out.

    Numbers, names and denials are named only where they differ.
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
        names_before=_names_without(older, newer),
        names_after=_names_without(newer, older),
        label=_label(newer) if label_of(older) == label_of(newer) != "" else "",
    )


def _label(text: str) -> str:
    """As printed, behind the bullet."""
    return text[tokens(text)[0].start :].partition(":")[0]


def _names_without(text: str, other: str) -> tuple[str, ...]:
    """The names of a text whose words the other does not have, in whatever case, each once."""
    there = {stem(it[0]) for it in WORD.finditer(other)}
    found = {stem(name): name for name in reversed(names(text)) if stem(name) not in there}
    return tuple(found.values())[::-1]
