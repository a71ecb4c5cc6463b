"""Whether a sentence of a document still stands in what staff made of it.

Pure: standard library only. The rule, as the review tells it: a sentence keeps its place while at
least four fifths of its words stand, in their order, in the item or remark it was read into. Each
word there counts once; one whose spelling was mended counts as well; marks and capitals do not.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher

from papers.content import plain_words, word_positions

# Comparing takes too long with more words on a side: then what begins and ends alike is set aside
# first, and where still more are left between, these are not compared.
MAX_WORDS = 1_500
# From this likeness on, one word is the other with its spelling mended.
MENDED = 0.8
# Longer ones are no words that anybody spells, and comparing them takes too long.
LONGEST_MENDED = 60
# Fewer words than these may stand anywhere by chance.
A_SENTENCE = 3
# Hyphens, at the end of a line too, and marks that print nothing hold a word together.
_WORD = re.compile(r"\w+(?:(?:-(?:\n[ \t]*)?|[\u00ad\u200b-\u200d\u2060\ufeff])+\w+)*")
_MARKS = re.compile(r"\W+")


def words_at(text: str, span: tuple[int, int]) -> list[tuple[int, str]]:
    """The words in a range of ``text``, each with its place; those of link targets aside."""
    start, end = span
    raw = text[start:end]
    printed = set(word_positions(raw)) if "](" in raw else None
    return [
        (start + found.start(), _MARKS.sub("", found[0]).casefold())
        for found in _WORD.finditer(raw)
        if printed is None or found.start() in printed
    ]


def words_of(text: str) -> list[str]:
    """The words of a text, in order."""
    return [word for _, word in words_at(text, (0, len(text)))]


def is_enough(count: int, of: int) -> bool:
    """Whether so many words that are left stand for all ``of`` a sentence's."""
    return count * 5 >= of * 4


class Kept:
    """What a text keeps of the range of the document that it was read from.

    ``places``: where in the document the words stand that are kept. ``spare``: the stretches of
    words that the text has besides.
    """

    def __init__(self, document: str, span: tuple[int, int], text: str) -> None:
        printed = words_at(document, span)
        now = words_of(text)
        self.places: set[int] = set()
        self.spare: list[list[str]] = []
        end = 0
        for one, other in _pairs([word for _, word in printed], now):
            self.places.add(printed[one][0])
            self._besides(now[end:other])
            end = other + 1
        self._besides(now[end:])

    def _besides(self, words: list[str]) -> None:
        if words:
            self.spare.append(words)

    def take(self, sentence: Sequence[str]) -> bool:
        """Whether ``sentence`` stands in full among the spare words, which are then taken."""
        for index, run in enumerate(self.spare):
            for start in range(len(run) - len(sentence) + 1):
                if run[start : start + len(sentence)] == list(sentence):
                    self.spare[index : index + 1] = [run[:start], run[start + len(sentence) :]]
                    return True
        return False


def keeps_value(line: str, as_read: str, now: str) -> bool:
    """Whether a field still says what a line of the document gave it.

    Of the line only the words count that the field had when it was read: not its label.
    """
    if plain_words(as_read) == plain_words(now):
        return True
    read, left = set(words_of(as_read)), words_of(now)
    asked = [word for word in words_of(line) if word in read]
    return bool(left) and is_enough(_count(asked, left), len(asked))


def _count(asked: Collection[str], left: list[str]) -> int:
    """How many of some words are among others, each of which counts once."""
    missing = []
    for word in asked:
        if word in left:
            left.remove(word)
        else:
            missing.append(word)
    count = len(asked) - len(missing)
    for word in missing:
        near = next((other for other in left if _is_mended(word, other)), None)
        if near is not None:
            left.remove(near)
            count += 1
    return count


def _pairs(printed: list[str], now: list[str]) -> Iterator[tuple[int, int]]:
    """The indexes of words that are the same, in order."""
    if max(len(printed), len(now)) <= MAX_WORDS:
        yield from _aligned(printed, now)
        return
    short = min(len(printed), len(now))
    head = 0
    while head < short and printed[head] == now[head]:
        head += 1
    tail = 0
    while tail < short - head and printed[-1 - tail] == now[-1 - tail]:
        tail += 1
    yield from ((index, index) for index in range(head))
    left, right = printed[head : len(printed) - tail], now[head : len(now) - tail]
    if max(len(left), len(right)) <= MAX_WORDS:
        yield from ((head + one, head + other) for one, other in _aligned(left, right))
    yield from ((len(printed) - back, len(now) - back) for back in range(tail, 0, -1))


def _aligned(printed: list[str], now: list[str]) -> Iterator[tuple[int, int]]:
    changes = SequenceMatcher(None, printed, now, autojunk=False).get_opcodes()
    for operation, start, end, other_start, other_end in changes:
        if end - start != other_end - other_start:
            continue
        for one, other in zip(range(start, end), range(other_start, other_end), strict=True):
            if operation == "equal" or _is_mended(printed[one], now[other]):
                yield one, other


def _is_mended(word: str, other: str) -> bool:
    if max(len(word), len(other)) > LONGEST_MENDED or any(sign.isdigit() for sign in word + other):
        return False
    return SequenceMatcher(None, word, other, autojunk=False).ratio() >= MENDED
