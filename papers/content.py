"""What one paper says, wherever it came from: read from a file or from the database.

Pure: standard library only. The reading of documents makes a ``PaperContent``, a saved paper gives
one back, and whatever compares papers reads nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

MAX_LEVEL = 3


class SectionKind(StrEnum):
    """The sections of an issue paper, in their usual order; ``OTHER`` keeps its printed heading."""

    BACKGROUND = "background"
    ISSUE = "issue"
    CURRENT_STATUS = "current-status"
    NEXT_STEPS = "next-steps"
    OTHER = "other"


SECTION_LABELS = {
    SectionKind.BACKGROUND: "Background",
    SectionKind.ISSUE: "Issue",
    SectionKind.CURRENT_STATUS: "Current status",
    SectionKind.NEXT_STEPS: "Next steps",
    SectionKind.OTHER: "Other section",
}

# The letter with which an item is cited: B1.1 is the first point under the first background item.
SECTION_LETTERS = {
    SectionKind.BACKGROUND: "B",
    SectionKind.ISSUE: "I",
    SectionKind.CURRENT_STATUS: "S",
    SectionKind.NEXT_STEPS: "N",
    SectionKind.OTHER: "X",
}

# What a usual paper has; of these a paper can say "absent".
USUAL_SECTIONS = (
    SectionKind.BACKGROUND,
    SectionKind.ISSUE,
    SectionKind.CURRENT_STATUS,
    SectionKind.NEXT_STEPS,
)


@dataclass(frozen=True)
class Link:
    """A link inside an item: the words it stands on, and its target as printed, often empty."""

    text: str
    target: str = ""


@dataclass(frozen=True)
class Item:
    """One bullet or paragraph.

    ``level`` 0 to 3; ``marker`` is the bullet as printed, empty for a paragraph; ``span`` is the
    half-open range of the source text that it was read from. ``key`` is its row where it is stored,
    and ``is_tracked`` says that staff follow it like a next step: neither is part of what it says.
    """

    text: str
    level: int = 0
    marker: str = ""
    links: tuple[Link, ...] = ()
    span: tuple[int, int] | None = None
    owner: str = ""
    due_words: str = ""
    key: int | None = field(default=None, compare=False, repr=False)
    is_tracked: bool = field(default=False, compare=False, repr=False)


@dataclass(frozen=True)
class Section:
    """One printed section: its kind, its heading as printed, and its items in order.

    ``remark`` holds words that stand in place of items, such as "None at this time."
    """

    kind: SectionKind
    heading: str = ""
    items: tuple[Item, ...] = ()
    remark: str = ""


@dataclass(frozen=True)
class PaperContent:
    """Everything that one paper says, in the order of the page. Empty strings: not printed."""

    group: str = ""
    subcommittee: str = ""
    pub_number: str = ""
    action_required: str = ""
    office: str = ""
    submitted_by: str = ""
    submitter_office: str = ""
    dated: date | None = None
    sections: tuple[Section, ...] = field(default=())

    def section(self, kind: SectionKind) -> Section | None:
        """The first section of a kind; None where the paper has none."""
        return next((section for section in self.sections if section.kind == kind), None)

    def items(self, kind: SectionKind) -> tuple[Item, ...]:
        """The items of a kind; none for an absent section as for an empty one."""
        section = self.section(kind)
        return section.items if section else ()

    @property
    def absent_sections(self) -> tuple[SectionKind, ...]:
        """The usual sections that this paper does not have."""
        return tuple(kind for kind in USUAL_SECTIONS if self.section(kind) is None)


def item_numbers(letter: str, levels: Iterable[int]) -> Iterator[str]:
    """Numbers by which items are cited: ``("S", [0, 1, 1, 0])`` -> S1, S1.1, S1.2, S2.

    An item that skips a level, or begins a section below level 0, is numbered as if the items
    between were there: ``[1]`` -> S0.1. So a number depends on the items before it alone, and is
    never given twice.
    """
    counts: list[int] = []
    for level in levels:
        counts = counts[: level + 1] + [0] * (level + 1 - len(counts))
        counts[level] += 1
        yield letter + ".".join(str(count) for count in counts)


_BREAKS = re.compile(r"-\n[ \t]*(?=\w)")
_SPACE = re.compile(r"[\s ​﻿]+|\*\*")
_LINK = re.compile(r"\[([^\[\]]*)\]\(([^()]*)\)")


def plain_words(text: str) -> str:
    """Words without white space, hyphens, link and bold marks, to hold print and record together.

    Nothing else is levelled: every letter and mark counts.
    """
    return _SPACE.sub("", _BREAKS.sub("", _LINK.sub(r"\1", text))).replace("-", "")


def word_positions(text: str) -> list[int]:
    """Where in ``text`` each character of its ``plain_words`` stands, in order."""
    dropped: set[int] = set()
    for link in _LINK.finditer(text):
        dropped.update(range(link.start(), link.start(1)), range(link.end(1), link.end()))
    dropped.update(place for gap in _SPACE.finditer(text) for place in range(*gap.span()))
    return [place for place, sign in enumerate(text) if sign != "-" and place not in dropped]


def says_the_same(text: str, printed: str) -> bool:
    """Whether an item's text is what its span of the source prints."""
    return plain_words(text) == plain_words(printed)
