"""Where an item stands on its paper's page: "s1.1" for the place of S1.1.

Pure: standard library only.
"""

from __future__ import annotations

from itertools import chain

from papers.comparison import Place, placed_items
from papers.content import SECTION_LETTERS, PaperContent, SectionKind, item_numbers
from papers.kept import PAPERS, Kept, size_of


def _anchors_of(content: PaperContent) -> dict[Place, str]:
    """The items of all other sections are counted through."""
    letter = SECTION_LETTERS[SectionKind.OTHER]
    others = [it for it in content.sections if it.kind is SectionKind.OTHER]
    through = item_numbers(letter, (item.level for item in chain(*(it.items for it in others))))
    numbers: list[str] = []
    for section in content.sections:
        if section.kind is SectionKind.OTHER:
            numbers += [next(through) for _ in section.items]
        else:
            levels = (item.level for item in section.items)
            numbers += item_numbers(SECTION_LETTERS[section.kind], levels)
    places = (placed.place for placed in placed_items(content))
    return {place: number.lower() for place, number in zip(places, numbers, strict=True)}


# Each place of a paper with its anchor.
anchors_of = Kept(_anchors_of, size_of, PAPERS)
