"""What changed outside Current Status and Next Steps: told beside their counts, never lost.

Pure: standard library only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from papers.comparison import Change, ChangeKind, Changes, Place
from papers.content import SECTION_LABELS, SectionKind

# Sections whose changes are counted and shown by themselves.
COUNTED = (SectionKind.CURRENT_STATUS, SectionKind.NEXT_STEPS)
WORDS = (
    (ChangeKind.NEW, "new"),
    (ChangeKind.REWORDED, "reworded"),
    (ChangeKind.MOVED, "moved"),
    (ChangeKind.GONE, "no longer reported"),
)


@dataclass(frozen=True)
class Elsewhere:
    """One section with its changes, those gone last; ``heading`` as the pages say it."""

    heading: str
    changes: tuple[Change, ...]

    @property
    def words(self) -> str:
        """``"1 reworded, 2 no longer reported"``."""
        found = [(sum(it.kind is kind for it in self.changes), word) for kind, word in WORDS]
        return ", ".join(f"{count} {word}" for count, word in found if count)


def changes_elsewhere(changes: Changes | None) -> list[Elsewhere]:
    """The other sections in which something changed, in the order of the papers."""
    found: dict[str, list[Change]] = {}
    headings: dict[str, str] = {}
    for place, change in _changed(changes) if changes else ():
        headings.setdefault(place.section_key, place.heading or SECTION_LABELS[place.section])
        found.setdefault(place.section_key, []).append(change)
    return [Elsewhere(headings[key], tuple(of_section)) for key, of_section in found.items()]


def _changed(changes: Changes) -> Iterator[tuple[Place, Change]]:
    for change in (*changes.items, *changes.gone):
        item = change.newer or change.older
        is_counted = item is None or item.place.section in COUNTED
        if item and not is_counted and change.kind is not ChangeKind.SAME:
            yield item.place, change
