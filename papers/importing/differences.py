"""What a corrected re-issue says otherwise than the stored paper.

Pure: standard library only. It serves the person who decides on a revision; what changed from
one meeting to the next is another question.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from enum import StrEnum

from papers.content import (
    SECTION_LABELS,
    Item,
    Link,
    PaperContent,
    Section,
    SectionKind,
    plain_words,
)
from papers.words import longest_common

# Two items in one another's place are one item reworded from this likeness of their words on.
REWORDED = 0.5
LOOK_AHEAD = 20  # items
MAX_WORDS = 1500  # beyond that many words a side, comparing takes too long

LABELS = {
    "group": "Group, as printed",
    "subcommittee": "Subcommittee, as printed",
    "pub_number": "Pub#",
    "action_required": "Action required",
    "office": "Office",
    "submitted_by": "Submitted by",
    "submitter_office": "Submitter's office",
    "dated": "Dated",
}


class ChangeKind(StrEnum):
    """What happened to an item or a section."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class ScalarChange:
    """A field of the paper that the new edition prints otherwise; empty where it has none."""

    field: str
    old: str
    new: str

    @property
    def label(self) -> str:
        """For the person."""
        return LABELS[self.field]


@dataclass(frozen=True)
class ItemChange:
    """An item that only one edition has, or that both have in different words, level or links."""

    kind: ChangeKind
    section: str
    old: Item | None = None
    new: Item | None = None


@dataclass(frozen=True)
class SectionChange:
    """A section that only one edition has, or whose heading or remark differs."""

    kind: ChangeKind
    section: str
    old: str = ""
    new: str = ""


@dataclass(frozen=True)
class Difference:
    """Everything in which two editions differ; false where they say the same."""

    scalars: tuple[ScalarChange, ...] = ()
    sections: tuple[SectionChange, ...] = ()
    items: tuple[ItemChange, ...] = ()

    @property
    def in_words(self) -> bool:
        """Whether more than links differs."""
        changed = (each for each in self.items if each.kind is ChangeKind.CHANGED)
        relinked = sum(
            (each.old.text, each.old.level) == (each.new.text, each.new.level)
            for each in changed
            if each.old and each.new
        )
        return bool(self.scalars or self.sections or len(self.items) > relinked)

    def __bool__(self) -> bool:
        return bool(self.scalars or self.sections or self.items)

    def __str__(self) -> str:
        """In a few words: "2 fields, 1 section, 3 items"."""
        counts = [
            (len(self.scalars), "field"),
            (len(self.sections), "section"),
            (len(self.items), "item"),
        ]
        words = [f"{count} {noun}{'' if count == 1 else 's'}" for count, noun in counts if count]
        return ", ".join(words) or "no difference"


def difference(old: PaperContent, new: PaperContent) -> Difference:
    """How ``new`` differs from ``old``, in the order of the page.

    Bullets, spans, owners and due words do not count: they are the format's, the reading's and
    the staff's.
    """
    scalars = []
    for field in fields(PaperContent):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if field.name != "sections" and before != after:
            scalars.append(ScalarChange(field.name, str(before or ""), str(after or "")))
    return Difference(
        tuple(scalars),
        tuple(_section_changes(old, new)),
        tuple(_item_changes(old, new)),
    )


SectionKey = tuple[SectionKind, str]


def _by_key(content: PaperContent) -> dict[SectionKey, Section]:
    return {section_key(section): section for section in content.sections}


def section_key(section: Section) -> SectionKey:
    """What a section is known by: its kind, and the heading of an other section."""
    return section.kind, section.heading if section.kind is SectionKind.OTHER else ""


def _name(key: SectionKey) -> str:
    return key[1] or SECTION_LABELS[key[0]]


def _section_changes(old: PaperContent, new: PaperContent) -> Iterator[SectionChange]:
    before, after = _by_key(old), _by_key(new)
    for key in [*before, *(key for key in after if key not in before)]:
        if key not in after:
            yield SectionChange(ChangeKind.REMOVED, _name(key), before[key].remark)
        elif key not in before:
            yield SectionChange(ChangeKind.ADDED, _name(key), "", after[key].remark)
        else:
            one, other = before[key], after[key]
            if one.heading != other.heading:
                yield SectionChange(ChangeKind.CHANGED, _name(key), one.heading, other.heading)
            if one.remark != other.remark:
                yield SectionChange(ChangeKind.CHANGED, _name(key), one.remark, other.remark)


def _item_changes(old: PaperContent, new: PaperContent) -> Iterator[ItemChange]:
    before, after = _by_key(old), _by_key(new)
    nothing = Section(SectionKind.OTHER)
    for key in [*before, *(key for key in after if key not in before)]:
        pairs = paired(before.get(key, nothing).items, after.get(key, nothing).items)
        for one, other in pairs:
            if one is None:
                yield ItemChange(ChangeKind.ADDED, _name(key), None, other)
            elif other is None:
                yield ItemChange(ChangeKind.REMOVED, _name(key), one, None)
            elif _said(one) != _said(other):
                yield ItemChange(ChangeKind.CHANGED, _name(key), one, other)


def _said(item: Item) -> tuple[str, int, tuple[Link, ...]]:
    return (item.text, item.level, item.links)


def paired(
    old: tuple[Item, ...], new: tuple[Item, ...]
) -> Iterator[tuple[Item | None, Item | None]]:
    """Old and new items side by side, in order; None stands where one has no counterpart."""
    texts = SequenceMatcher(
        None, [item.text for item in old], [item.text for item in new], autojunk=False
    )
    for operation, start, end, other_start, other_end in texts.get_opcodes():
        if operation == "equal":
            yield from zip(old[start:end], new[other_start:other_end], strict=True)
        else:
            yield from _replaced(list(old[start:end]), list(new[other_start:other_end]))


def _replaced(old: list[Item], new: list[Item]) -> Iterator[tuple[Item | None, Item | None]]:
    """Within a stretch that differs, each new item beside the next old one that resembles it."""
    for item in new:
        near = enumerate(old[:LOOK_AHEAD])
        place = next((n for n, each in near if _resembles(each, item)), None)
        if place is None:
            yield None, item
            continue
        for gone in old[:place]:
            yield gone, None
        yield old[place], item
        del old[: place + 1]
    for gone in old:
        yield gone, None


def _resembles(one: Item, other: Item) -> bool:
    words, other_words = one.text.split(), other.text.split()
    if max(len(words), len(other_words)) > MAX_WORDS:
        return plain_words(one.text) == plain_words(other.text)
    enough = REWORDED * (len(words) + len(other_words))
    # What two texts have in common in any order is at least what they have in one.
    together = (Counter(words) & Counter(other_words)).total()
    return 2 * together >= enough and 2 * len(longest_common(words, other_words)) >= enough
