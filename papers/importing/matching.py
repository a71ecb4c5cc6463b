"""Names as papers print them -> groups, subcommittees and meetings of the record.

Pure: standard library only. A name that is nearly right is a suggestion for a person, never a
match; a name that two groups bear or bore is no match either.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum

MAX_SUGGESTIONS = 3
NEAR = 0.8  # likeness of letters, 0 to 1, from which a name is suggested
SHARED_WORDS = 0.5  # share of common words, likewise
LONGEST_COMPARED = 200  # characters; nobody's name is longer


class MatchKind(StrEnum):
    """How a printed name leads to the record."""

    EXACT = "exact"  # the name on the day of the meeting
    FORMER = "former"  # its name before or after
    ALIAS = "alias"  # another spelling that staff confirmed, or the acronym
    NONE = "none"


@dataclass(frozen=True)
class Named:
    """Something on record with all its names.

    ``key`` is its slug; ``name`` its name on the day in question; ``others`` its names on other
    days; ``aliases`` further spellings, the acronym among them; ``unconfirmed`` those of which no
    source says that they mean this one.
    """

    key: str
    name: str
    others: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    unconfirmed: tuple[str, ...] = ()

    def names(self) -> Iterable[str]:
        """All but the unconfirmed."""
        return (self.name, *self.others, *self.aliases)


@dataclass(frozen=True)
class Match:
    """``key`` of what was found, None without; ``suggestions`` are keys, the likeliest first."""

    key: str | None = None
    kind: MatchKind = MatchKind.NONE
    suggestions: tuple[str, ...] = field(default=())


def match_group(printed: str, groups: Sequence[Named]) -> Match:
    """The group that bears a printed name. Today's bearer goes before former ones."""
    return _match(printed, groups, _group_words)


def match_subcommittee(printed: str, subcommittees: Sequence[Named]) -> Match:
    """Likewise for a subcommittee."""
    return _match(printed, subcommittees, _subcommittee_words)


def match_meeting(printed: tuple[int, int] | None, days: Iterable[date]) -> date | None:
    """The only meeting of the printed (year, month); None where there is none or more than one."""
    found = meetings_of_month(printed, days)
    return found[0] if len(found) == 1 else None


def meetings_of_month(printed: tuple[int, int] | None, days: Iterable[date]) -> list[date]:
    """The meetings of the printed (year, month), in order."""
    return sorted(day for day in set(days) if (day.year, day.month) == printed)


def same_group_name(one: str, other: str) -> bool:
    """Whether two names differ in spelling alone: case, "WG", "&", hyphens, an acronym."""
    return _key(_group_words(one)) == _key(_group_words(other))


def same_subcommittee_name(one: str, other: str) -> bool:
    """Likewise for subcommittees."""
    return _key(_subcommittee_words(one)) == _key(_subcommittee_words(other))


def _match(printed: str, named: Sequence[Named], words_of: _WordsOf) -> Match:
    words = words_of(printed)
    key = _key(words)
    if not key:
        return Match()

    def is_called(names: Iterable[str]) -> bool:
        return any(_key(words_of(name)) == key for name in names)

    for kind, bearers in (
        (MatchKind.EXACT, [each for each in named if is_called([each.name])]),
        (MatchKind.FORMER, [each for each in named if is_called([*each.others, *each.aliases])]),
    ):
        if len(bearers) > 1:
            return Match(suggestions=tuple(each.key for each in bearers))
        if bearers:
            found = bearers[0]
            if kind is MatchKind.FORMER and not is_called(found.others):
                kind = MatchKind.ALIAS
            return Match(found.key, kind)
    return Match(suggestions=_suggestions(words, named, words_of))


def _suggestions(words: list[str], named: Sequence[Named], words_of: _WordsOf) -> tuple[str, ...]:
    scored = []
    for each in named:
        names = [*each.names(), *each.unconfirmed]
        score = max(_likeness(words, words_of(name)) for name in names)
        if score:
            scored.append((-score, each.key))
    return tuple(key for _, key in sorted(scored)[:MAX_SUGGESTIONS])


def _likeness(one: list[str], other: list[str]) -> float:
    """0 where two names are too far apart to be worth a look, else how near they are."""
    if not one or not other:
        return 0.0
    letters = SequenceMatcher(
        None, " ".join(one)[:LONGEST_COMPARED], " ".join(other)[:LONGEST_COMPARED], autojunk=False
    )
    alike = letters.ratio() if letters.real_quick_ratio() >= NEAR else 0.0
    shared = len(set(one) & set(other)) / len(set(one) | set(other))
    # "CEE" for Centers of Excellence and Expertise: an acronym that no one has entered yet.
    is_acronym = len(one) == 1 and len(other) > 1 and one[0] == _initials(other)
    return max(
        alike if alike >= NEAR else 0.0,
        shared if shared >= SHARED_WORDS else 0.0,
        float(is_acronym),
    )


def _initials(words: list[str]) -> str:
    return "".join(word[0] for word in words if word not in ("of", "for"))


class _WordsOf:
    """What is left of a name when the ways of writing it are levelled, as words."""

    def __init__(self, kind_words: str) -> None:
        self.at_end = re.compile(rf"(?:^|[\s(]+){kind_words}\)?\s*$")
        self.at_start = re.compile(rf"^{kind_words}\s+(?:on|for)\s+")

    def __call__(self, name: str) -> list[str]:
        text = unicodedata.normalize("NFKC", name)
        text = _QUOTES.sub("", _DASHES.sub("-", text))
        text = _FORMERLY.sub(" ", _ACRONYM.sub(" ", text))
        text = " ".join(text.casefold().split()).strip(" .,:;")
        text = self.at_start.sub("", _OWNER.sub("", text))
        while (shorter := self.at_end.sub("", text).strip(" .,:;")) != text:
            text = shorter
        text = text.replace(".", "")
        return [word for word in _SEPARATORS.split(text) if word and word != "and"]


_QUOTES = re.compile("[\"'“”‘’„«»`´]")
_DASHES = re.compile("[‐‑‒–—―−]")
# "(TPE)", "(ACE)", "(21CCF)": capitals and digits, no spaces.
_ACRONYM = re.compile(
    r"\(\s*[A-Z0-9](?:[A-Za-z0-9./&-]{0,9}[A-Z0-9]|[A-Za-z0-9./&-]{1,20}\s+(?:WG|TF))\s*\)"
)
_FORMERLY = re.compile(r"\((?:formerly|previously|f/k/a)\b[^()]*\)", re.IGNORECASE)
_OWNER = re.compile(r"^(?:(?:the|coac)\s+)+")
_SEPARATORS = re.compile(r"[^\w]+|_")

_group_words = _WordsOf(r"(?:working[\s-]*groups?|work[\s-]*groups?|wg|task[\s-]*forces?|tf)")
_subcommittee_words = _WordsOf(r"(?:sub[\s-]*committees?)")


def _key(words: list[str]) -> str:
    """Without spaces, so that "In-Bond", "In Bond" and "Inbond" are one."""
    return "".join(words)
