"""Words of a paper's statements: when two are word for word the same, and where they differ.

Pure: standard library only. Everything here takes time in proportion to the text, but for the
difference of two texts, which is bounded by ``MAX_DIFF_WORDS``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from papers.stems import STOP_WORDS, WORD, stem, word_set

# Where more words than these differ on one side, both stretches are shown whole.
MAX_DIFF_WORDS = 1_500

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200e\u200f\u2060\u2066\u2067\u2068\u2069\ufeff"))
_LEVELLED = {
    **dict.fromkeys(map(ord, "‘’‚‛′`´"), "'"),
    **dict.fromkeys(map(ord, "“”„‟″«»"), '"'),
    **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"),
}
# A dash that parts a sentence stands alone, whether or not the paper prints spaces around it.
_TOKEN = re.compile(r"\u2014|\u2015|--+|(?:[^\s\u2014\u2015-]+|-(?!-))+")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
# Numbers and letters count as bullets only in forms that begin no sentence: "A. Smith" is a name.
_BULLET = re.compile(
    r"(?:[•‣◦▪●○■□⁃∙·*\uf0b7\uf0a7\x7f]+\s*"
    r"|\(cid:\d+\)\s*"
    r"|[-–—o]\s+"
    r"|\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})\)\s+(?=[A-Z\"“'‘])"
    r"|(?:\d{1,2}|[a-z])\.\s+(?=[A-Z\"“'‘]))+"
)
_ENDS = ".,;:"
_SENTENCE_ENDS = (".", "!", "?")
_ACRONYM = re.compile(r"\W*[A-Z]{2,}(?![A-Z]|[a-z]*[a-rt-z])")


class Token(NamedTuple):
    """One printed word with its marks: what it levels to, and where it stands in the text."""

    key: str
    start: int
    end: int


def tokens(text: str) -> tuple[Token, ...]:
    """The printed words of a statement; equal keys are the same word.

    Levelled are bullets, white space, the style of quotes and dashes, the case of the first
    letter (but of an acronym), the marks at the very end, and marks that print nothing. All else
    counts. A text without any letter or digit counts as printed.
    """
    if not WORD.search(text):
        return tuple(Token(_level(it[0]), *it.span()) for it in re.finditer(r"\S+", text))
    printed = list(_TOKEN.finditer(text, _after_bullet(text)))
    if not _is_plain(text):
        printed = [it for it in printed if _level(it[0])]
    keys = _levelled([it[0] for it in printed], _is_plain(text))
    return tuple(Token(key, *it.span()) for key, it in zip(keys, printed, strict=False))


def _after_bullet(text: str) -> int:
    """Where the words of a text begin that has any."""
    bullet = _BULLET.match(text, len(text) - len(text.lstrip()))
    return bullet.end() if bullet and WORD.search(text, bullet.end()) else 0


def _is_plain(text: str) -> bool:
    """Whether nothing has to be levelled in its words, but at both ends; so it is with most."""
    return text.isascii() and "`" not in text and "--" not in text


def _levelled(words: list[str], is_plain: bool) -> list[str]:
    """The keys of printed words; marks alone at the very end have none."""
    keys = words if is_plain else [key for it in words if (key := _level(it))]
    while len(keys) > 1 and not keys[-1].rstrip(_ENDS):
        keys.pop()
    keys[-1] = keys[-1].rstrip(_ENDS) or keys[-1]
    keys[0] = _first_letter_small(keys[0])
    return keys


def _level(word: str) -> str:
    if word.isascii():
        word = word.replace("`", "'")
    else:
        word = unicodedata.normalize("NFC", word.translate(_INVISIBLE)).translate(_LEVELLED)
    return "-" if word.strip("-") == "" and word else word


def _first_letter_small(key: str) -> str:
    if _ACRONYM.match(key):
        return key
    for at, mark in enumerate(key):
        if mark.isalpha():
            return key[:at] + mark.lower() + key[at + 1 :]
    return key


def without_links(text: str) -> str:
    """The words of a text without the marks of links: ``[website](#)`` -> ``website``."""
    return _LINK.sub(r"\1", text) if "](" in text else text


@lru_cache(maxsize=4_096)
def key_of(text: str) -> str:
    """Equal for two statements that are word for word the same."""
    text = without_links(text)
    if _is_plain(text) and WORD.search(text):
        return " ".join(_levelled(text[_after_bullet(text) :].split(), is_plain=True))
    return " ".join(token.key for token in tokens(text))


class Op(StrEnum):
    """What became of a stretch of words."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Segment:
    """A stretch of whole words as printed: by the newer paper, or removed words by the older."""

    op: Op
    words: str


def word_diff(older: str, newer: str) -> tuple[Segment, ...]:
    """Where two statements differ, in reading order; removed words come before added ones.

    ``word_diff(b, a)`` marks the same words, with added and removed exchanged.
    """
    older, newer = without_links(older), without_links(newer)
    if older <= newer:
        return _segments(older, newer, _matches(older, newer))
    return _segments(older, newer, [(b, a) for a, b in _matches(newer, older)])


def _matches(one: str, other: str) -> list[tuple[int, int]]:
    """Pairs of token indexes that stay, in order, for the two texts in this order.

    A mark after a word, which a new sentence behind it brings, is not shown as a change of the
    word, unless such marks are all that changed.
    """
    left, right = [[token.key for token in tokens(text)] for text in (one, other)]
    bare = bare_keys(left), bare_keys(right)
    met = as_met(bare[0], one, bare[1]), as_met(bare[1], other, bare[0])
    return staying(left, right) if met[0] == met[1] else staying(*met)


def bare_keys(keys: Sequence[str]) -> list[str]:
    """Words without the marks behind them, and small where they open a sentence.

    "The ports agreed" is there whole where "In May the ports agreed" is, and the other way.
    """
    found = []
    opens = True
    for key in keys:
        bare = key.rstrip(_ENDS) or key
        found.append(_first_letter_small(bare) if opens else bare)
        opens = key.rstrip("\"')").endswith(_SENTENCE_ENDS)
    return found


def as_met(keys: Sequence[str], text: str, other: Collection[str]) -> list[str]:
    """The bare keys of a text; what opens a sentence as printed where the other has it only so.

    "Brokers met" opens with the word that "In May, Brokers met" has further on.
    """
    met = frozenset(other)
    found = list(keys)
    for at, (key, token) in enumerate(zip(keys, tokens(text), strict=True)):
        if key not in met:
            printed = _level(text[token.start : token.end])
            printed = printed.rstrip(_ENDS) or printed
            if printed in met:
                found[at] = printed
    return found


def staying(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of indexes of the words that stay, in order, as a person would mark them."""
    short = min(len(left), len(right))
    head = 0
    while head < short and left[head] == right[head]:
        head += 1
    tail = 0
    while tail < short - head and left[-1 - tail] == right[-1 - tail]:
        tail += 1
    middle = (left[head : len(left) - tail], right[head : len(right) - tail])
    kept = [(at, at) for at in range(head)]
    if max(map(len, middle)) <= MAX_DIFF_WORDS:
        common = longest_common(*middle)
        kept += [(head + a, head + b) for a, b in _readable(common, *middle)]
    kept += [(len(left) - back, len(right) - back) for back in range(tail, 0, -1)]
    return kept


def longest_common(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """The longest common run of words, gaps allowed: one bit per word of ``right``.

    Each row is one addition of long integers (Hyyrö 2004), so 1,500 words a side take milliseconds
    whatever they are.
    """
    places: dict[str, int] = {}
    for at, word in enumerate(right):
        places[word] = places.get(word, 0) | 1 << at
    everything = (1 << len(right)) - 1
    row = everything
    rows = []
    for word in left:
        hit = row & places.get(word, 0)
        row = ((row + hit) | (row - hit)) & everything
        rows.append(row)
    # A zero bit at b in row a: the common run grows there. Walk back from the end.
    pairs = []
    a, b = len(left) - 1, len(right) - 1
    while a >= 0 and b >= 0:
        if rows[a] >> b & 1:
            b -= 1
        elif a and not rows[a - 1] >> b & 1:
            a -= 1
        else:
            pairs.append((a, b))
            a, b = a - 1, b - 1
    return pairs[::-1]


def _readable(
    pairs: list[tuple[int, int]], left: Sequence[str], right: Sequence[str]
) -> list[tuple[int, int]]:
    """Drop islands of one or two small words between changes: nobody reads a diff of "the"."""
    runs: list[list[tuple[int, int]]] = []
    for pair in pairs:
        if runs and (runs[-1][-1][0] + 1, runs[-1][-1][1] + 1) == pair:
            runs[-1].append(pair)
        else:
            runs.append([pair])
    kept = []
    for run in runs:
        inside = run[0] > (0, 0) and run[-1][0] + 1 < len(left) and run[-1][1] + 1 < len(right)
        small = all(left[a].strip(_ENDS).casefold() in STOP_WORDS for a, _ in run)
        if not (inside and small and len(run) <= 2):
            kept += run
    return kept


def _segments(older: str, newer: str, kept: list[tuple[int, int]]) -> tuple[Segment, ...]:
    before, after = tokens(older), tokens(newer)
    found: list[Segment] = []
    a = b = 0
    same: list[Token] = []
    for keep_a, keep_b in [*kept, (len(before), len(after))]:
        if keep_a > a or keep_b > b:
            found += segment(Op.SAME, newer, same)
            same = []
            found += segment(Op.REMOVED, older, before[a:keep_a])
            found += segment(Op.ADDED, newer, after[b:keep_b])
        same += after[keep_b : keep_b + 1]
        a, b = keep_a + 1, keep_b + 1
    found += segment(Op.SAME, newer, same)
    return tuple(found)


def segment(op: Op, text: str, stretch: Sequence[Token]) -> list[Segment]:
    """A stretch of a text's words as one segment; none where it is empty."""
    if not stretch:
        return []
    return [Segment(op, " ".join(text[stretch[0].start : stretch[-1].end].split()))]


_NUMBER_WORDS = word_set(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
    "hundred thousand million billion once twice first second third half dozen"
)
_MONTHS = word_set(
    "january february march april may june july august september october november december"
)
_NEGATIONS = word_set("not no never neither nor cannot without none longer")


_MAY_DENY = re.compile(rf"(?<![^\W_])(?:{'|'.join(sorted(_NEGATIONS))})|n['’]t", re.IGNORECASE)
_DAY_OR_YEAR = re.compile(r"\s+\d")


def numbers(text: str) -> tuple[str, ...]:
    """Numbers as printed, in digits or words, and months, in order."""
    found = []
    for it in WORD.finditer(text):
        small = it[0].casefold()
        if it[0][0].isdigit() or small in _NUMBER_WORDS:
            found.append(it[0])
        elif small in _MONTHS and it[0][0].isupper():
            # "May CBP open it?" and "March on" open a sentence: there only a day or year tells.
            opens = not WORD.search(text[: it.start()]) or _STOP.search(text[: it.start()][-3:])
            if not opens or len(small) > 5 or _DAY_OR_YEAR.match(text, it.end()):
                found.append(it[0])
    return tuple(found)


def names(text: str) -> tuple[str, ...]:
    """The words of a text that are capitalised though no sentence opens with them, in order."""
    words = (it[0] for it in WORD.finditer(text))
    return tuple(
        word
        for word, feature in zip(words, features(text), strict=True)
        if feature.is_name and not feature.is_small
    )


# A label opens a short item and says what the rest is about: "Testing: in progress".
_LABEL = re.compile(r"(?P<label>[^:;.!?]*):\s+\S")
_LETTER = re.compile(r"[^\W\d_]")
_LABELLED_WORDS = 12


@lru_cache(maxsize=4_096)
def label_of(text: str) -> str:
    """What stands before the colon of a short item, levelled; empty where it has no label."""
    if text.count(" ") > 2 * _LABELLED_WORDS or len(text.split()) > _LABELLED_WORDS:
        return ""
    found = _LABEL.match(text)
    return key_of(found["label"]) if found and _LETTER.search(found["label"]) else ""


def negations(text: str) -> tuple[str, ...]:
    """The words of a statement that deny, in order."""
    if not _MAY_DENY.search(text):
        return ()
    words = (it[0].casefold().replace("’", "'") for it in WORD.finditer(text))
    return tuple(word for word in words if word in _NEGATIONS or word.endswith("n't"))


_STOP = re.compile(r"[.!?:]\s")
_FUTURE = re.compile(
    r"\b(?:will|shall|plan(?:s|ned)? to|intends? to|expects? to|anticipate[sd]? to"
    r"|(?:is|are) (?:going|set|due|scheduled|expected) to)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=4_096)
def speaks_of_future(text: str) -> bool:
    """Whether a statement says what is to come: "will provide", "is set to reconvene"."""
    return bool(_FUTURE.search(text))


_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’')]*\s+(?=[\"“‘(]?[A-Z0-9])|[;\n]\s*")


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, and the clauses that a semicolon parts."""
    return tuple(part for part in _SENTENCE_END.split(text) if part.strip())


class Feature(NamedTuple):
    """One word as pairing and suggestions weigh it."""

    stem: str
    is_name: bool
    is_number: bool
    is_small: bool


@lru_cache(maxsize=20_000)
def _feature(word: str, opens: bool) -> Feature:
    small = word.casefold()
    is_name = word[0].isupper() and (not opens or word[1:2].isupper())
    # A month is part of a date: it changes as numbers do.
    is_number = word[0].isdigit() or small in _NUMBER_WORDS or (is_name and small in _MONTHS)
    return Feature(stem(word), is_name and not is_number, is_number, small in STOP_WORDS)


@lru_cache(maxsize=2_048)
def features(text: str) -> tuple[Feature, ...]:
    """The stems of a text in order, with what makes them weigh more or less."""
    if not _STOP.search(text):
        words = WORD.findall(text)
        return tuple(_feature(word, not at) for at, word in enumerate(words))
    found: list[Feature] = []
    end = 0
    for it in WORD.finditer(text):
        # Between most words stands one space, which ends no sentence.
        opens = not found or (it.start() - end > 1 and bool(_STOP.search(text, end, it.start())))
        found.append(_feature(it[0], opens))
        end = it.end()
    return tuple(found)
