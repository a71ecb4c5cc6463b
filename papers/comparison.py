"""What changed between two papers of one group: the one judge of "the same statement, reworded".

Pure: standard library only. Items are compared one by one, sub-items as items of their own and
without regard to order; only a sub-item of very few words ("Pending.") is read together with the
item above it. Comparing back gives the mirror image: the work is done in one fixed direction.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

from papers.content import Item, PaperContent, SectionKind
from papers.pairing import Statement, Weighed, pair
from papers.parts import part_diff, whole_words
from papers.reasons import Reason, reason_for
from papers.splits import families
from papers.words import Op, Segment, key_of, word_diff

# A sub-item of at most so many words says nothing without the item above it.
FEW_WORDS = 3


@dataclass(frozen=True, order=True)
class Place:
    """Where an item stands: its section and its position there, from 1.

    ``heading`` is that of an other section, as printed; empty for the usual ones.
    """

    section: SectionKind
    position: int
    heading: str = ""

    @cached_property
    def section_key(self) -> str:
        """Equal for places of one section, however its heading is capitalised or ended."""
        return f"{self.section} {self.heading.casefold().strip().rstrip(':').strip()}".strip()


@dataclass(frozen=True)
class PlacedItem:
    """An item with its place; ``above`` is the text of the item it stands under."""

    place: Place
    item: Item
    above: str = ""

    @property
    def text(self) -> str:
        """The item's words as printed."""
        return self.item.text


def placed_items(content: PaperContent) -> tuple[PlacedItem, ...]:
    """Every item of a paper in printed order. Sections of one kind count on from each other."""
    found = []
    counts: Counter[str] = Counter()
    for section in content.sections:
        heading = section.heading if section.kind == SectionKind.OTHER else ""
        above: list[Item] = []
        for item in section.items:
            key = Place(section.kind, 0, heading).section_key
            counts[key] += 1
            while above and above[-1].level >= item.level:
                above.pop()
            place = Place(section.kind, counts[key], heading)
            found.append(PlacedItem(place, item, above[-1].text if above else ""))
            above.append(item)
    return tuple(found)


@dataclass(frozen=True)
class PairCorrection:
    """Staff say that two items belong together (``together``) or do not.

    A correction always wins over what is computed, a later one over an earlier one. Places that
    the papers do not have are passed over. Two newer items for one older make a split, two older
    for one newer a merge. ``by_staff`` is false where the papers in between say so.
    """

    older: Place
    newer: Place
    together: bool = True
    by_staff: bool = True

    def turned(self) -> PairCorrection:
        """The same for the comparison back."""
        return replace(self, older=self.newer, newer=self.older)


class ChangeKind(StrEnum):
    """What became of a statement. ``MOVED``, from another section, goes before the others."""

    NEW = "new"
    REWORDED = "reworded"
    SAME = "same"
    MOVED = "moved"
    GONE = "gone"


@dataclass(frozen=True)
class Change:
    """One statement in both papers, or in one of them.

    ``score`` is the likeness, 1 for the same words, 0 where there is no counterpart.
    ``is_reordered``: it stands in another order among those of its section that stayed.
    ``split_into`` are all newer items that the older one became, ``merged_from`` all older items
    that became the newer one; empty where it is one for one.
    """

    kind: ChangeKind
    older: PlacedItem | None = None
    newer: PlacedItem | None = None
    score: float = 0.0
    by_staff: bool = False
    is_reordered: bool = False
    split_into: tuple[PlacedItem, ...] = ()
    merged_from: tuple[PlacedItem, ...] = ()

    @property
    def moved_from(self) -> Place | None:
        """The place in the older paper of a statement from another section."""
        return self.older.place if self.older and self.kind == ChangeKind.MOVED else None

    @cached_property
    def is_reworded(self) -> bool:
        """Whether words changed; also asked of what moved."""
        if not self.older or not self.newer:
            return False
        return key_of(self.older.text) != key_of(self.newer.text)

    @cached_property
    def diff(self) -> tuple[Segment, ...]:
        """The words that changed. Of a part of a split: not what the other parts have.

        A word that no part has is removed in one of them.
        """
        if not self.older or not self.newer:
            return ()
        older = " ".join(it.text for it in self.merged_from) or self.older.text
        if self.split_into:
            places = [it.place for it in self.split_into]
            return part_diff(older, self._parts, places.index(self.newer.place))
        return word_diff(older, self.newer.text)

    @cached_property
    def older_words(self) -> tuple[Segment, ...]:
        """The older words as printed; those marked as removed that the newer paper does not have.

        Of a split: that none of its parts has.
        """
        if not self.older:
            return ()
        older = " ".join(it.text for it in self.merged_from) or self.older.text
        if not self.newer or not self.is_reworded:
            return (Segment(Op.SAME, older),)
        if self.split_into:
            return whole_words(older, self._parts)
        # Turned round, the words that stay are as the older paper prints them.
        turned = word_diff(self.newer.text, older)
        return tuple(
            Segment(Op.REMOVED if it.op == Op.ADDED else it.op, it.words)
            for it in turned
            if it.op != Op.REMOVED
        )

    @property
    def _parts(self) -> tuple[str, ...]:
        return tuple(it.text for it in self.split_into)

    @cached_property
    def reason(self) -> Reason | None:
        """Why these two are one statement; None where there is no counterpart."""
        if not self.older or not self.newer:
            return None
        return reason_for(self.older.text, self.newer.text, self.by_staff)


@dataclass(frozen=True)
class Counts:
    """How many statements are new, reworded, the same, moved or gone."""

    new: int = 0
    reworded: int = 0
    same: int = 0
    moved: int = 0
    gone: int = 0

    @property
    def changed(self) -> int:
        """New and reworded ones together."""
        return self.new + self.reworded


@dataclass(frozen=True)
class Changes:
    """Every statement of two papers: ``items`` of the newer in printed order, then ``gone``."""

    items: tuple[Change, ...] = ()
    gone: tuple[Change, ...] = ()
    _by_place: dict[Place, Change] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_place = {it.newer.place: it for it in self.items if it.newer}
        object.__setattr__(self, "_by_place", by_place)

    def of(self, newer: Place) -> Change:
        """The change of one item of the newer paper; KeyError where it has none."""
        return self._by_place[newer]

    def links(self) -> Iterator[tuple[PlacedItem, PlacedItem, Change]]:
        """Each older and newer item that belong together, all parts of splits and merges too."""
        for change in self.items:
            if change.newer:
                for older in change.merged_from or (change.older,):
                    if older:
                        yield older, change.newer, change

    def in_section(self, section: SectionKind, heading: str = "") -> Changes:
        """The changes of one section: its newer items, and what is gone from it."""
        key = Place(section, 0, heading).section_key
        return Changes(
            tuple(it for it in self.items if it.newer and it.newer.place.section_key == key),
            tuple(it for it in self.gone if it.older and it.older.place.section_key == key),
        )

    @property
    def counts(self) -> Counts:
        """Each item of the newer paper counts once, and each that is gone."""
        kinds = Counter(change.kind.value for change in (*self.items, *self.gone))
        return Counts(**kinds)

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed but perhaps the order."""
        return not self.gone and all(it.kind == ChangeKind.SAME for it in self.items)


def compare(
    older: PaperContent, newer: PaperContent, corrections: Iterable[PairCorrection] = ()
) -> Changes:
    """What changed from the older paper to the newer one; ``corrections`` are what staff say."""
    before, after = placed_items(older), placed_items(newer)
    said = list(corrections)
    turned = _fingerprint(before, said) > _fingerprint(after, [it.turned() for it in said])
    if turned:
        links = _links(after, before, [it.turned() for it in said])
        links = [_Link(it.b, it.a, it.score, it.by_staff, it.is_reordered) for it in links]
    else:
        links = _links(before, after, said)
    return _changes(before, after, links)


def _fingerprint(items: Sequence[PlacedItem], said: Sequence[PairCorrection]) -> tuple[Any, ...]:
    """Orders two papers in one way, whichever comes first; only equal papers are equal."""
    return (
        [(it.place.section_key, it.place.position, it.item.level, it.text) for it in items],
        [(it.older, it.newer, it.together) for it in said],
    )


@dataclass(frozen=True)
class _Link:
    """An older and a newer item that belong together, by index."""

    a: int
    b: int
    score: float
    by_staff: bool = False
    is_reordered: bool = False


def _links(
    before: Sequence[PlacedItem], after: Sequence[PlacedItem], said: Sequence[PairCorrection]
) -> list[_Link]:
    """The first link of an item is its own pair; further ones are of splits and merges."""
    at = [{it.place: index for index, it in enumerate(side)} for side in (before, after)]
    verdicts: dict[tuple[int, int], PairCorrection] = {}
    for it in said:
        if it.older in at[0] and it.newer in at[1]:
            verdicts.pop((at[0][it.older], at[1][it.newer]), None)
            verdicts[at[0][it.older], at[1][it.newer]] = it
    together = [link for link, it in verdicts.items() if it.together]
    apart = {link for link, it in verdicts.items() if not it.together}
    of_staff = {link for link, it in verdicts.items() if it.by_staff}
    lists = Weighed(statements_of(before), statements_of(after))
    pairs = pair(lists, together, apart)
    order = _kept_order(before, after, [(it.older, it.newer) for it in pairs])
    links = [
        _Link(
            *(it.older, it.newer, it.score),
            by_staff=it.by_caller and (it.older, it.newer) in of_staff,
            is_reordered=(it.older, it.newer) not in order,
        )
        for it in pairs
    ]
    known = {(link.a, link.b) for link in links}
    for a, b in together:
        if (a, b) not in known:
            links.append(_Link(a, b, lists.likeness(a, b), by_staff=(a, b) in of_staff))
            known.add((a, b))
    for family in families(lists, pairs, apart):
        for part in family.parts:
            a, b = (family.whole, part) if family.is_split else (part, family.whole)
            if (a, b) not in known:
                links.append(_Link(a, b, lists.likeness(a, b)))
                known.add((a, b))
    return links


def statements_of(items: Sequence[PlacedItem]) -> list[Statement]:
    """Items as pairing sees them."""
    sizes = Counter(it.place.section_key for it in items)
    return [
        Statement(
            text=it.text,
            section=it.place.section_key,
            is_step=it.place.section == SectionKind.NEXT_STEPS,
            place=it.place.position / sizes[it.place.section_key],
            context=it.above if len(it.text.split()) <= FEW_WORDS else "",
        )
        for it in items
    ]


def _kept_order(
    before: Sequence[PlacedItem], after: Sequence[PlacedItem], pairs: Sequence[tuple[int, int]]
) -> set[tuple[int, int]]:
    """The pairs that did not change their order: in each section the longest rising run."""
    kept = {(a, b) for a, b in pairs if before[a].place.section_key != after[b].place.section_key}
    by_section: dict[str, list[tuple[int, int]]] = {}
    for a, b in sorted(set(pairs) - kept):
        by_section.setdefault(before[a].place.section_key, []).append((a, b))
    for run in by_section.values():
        ends: list[int] = []
        lengths = []
        for _, b in run:
            length = bisect_left(ends, b)
            ends[length : length + 1] = [b]
            lengths.append(length)
        wanted = len(ends) - 1
        limit = None
        for (a, b), length in zip(reversed(run), reversed(lengths), strict=True):
            if length == wanted and (limit is None or b < limit):
                kept.add((a, b))
                wanted, limit = wanted - 1, b
    return kept


def _changes(
    before: Sequence[PlacedItem], after: Sequence[PlacedItem], links: Sequence[_Link]
) -> Changes:
    of_newer: dict[int, list[_Link]] = {}
    of_older: dict[int, list[_Link]] = {}
    for link in links:
        of_newer.setdefault(link.b, []).append(link)
        of_older.setdefault(link.a, []).append(link)
    items = []
    for b, item in enumerate(after):
        own = of_newer.get(b)
        if not own:
            items.append(Change(ChangeKind.NEW, newer=item))
            continue
        main = own[0]
        siblings = of_older[main.a]
        same_words = key_of(before[main.a].text) == key_of(item.text)
        moved = before[main.a].place.section_key != item.place.section_key
        kind = ChangeKind.SAME if same_words and len(own) == 1 else ChangeKind.REWORDED
        items.append(
            Change(
                ChangeKind.MOVED if moved else kind,
                before[main.a],
                item,
                1.0 if same_words else main.score,
                main.by_staff,
                main.is_reordered,
                split_into=_several(after, [it.b for it in siblings]),
                merged_from=_several(before, [it.a for it in own]),
            )
        )
    gone = [
        Change(ChangeKind.GONE, older=item) for a, item in enumerate(before) if a not in of_older
    ]
    return Changes(tuple(items), tuple(gone))


def _several(items: Sequence[PlacedItem], indexes: Sequence[int]) -> tuple[PlacedItem, ...]:
    return tuple(items[at] for at in sorted(indexes)) if len(indexes) > 1 else ()
