"""A flat run of items with levels -> nested lists, as a page prints them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from papers.content import SECTION_LETTERS, Item, SectionKind, item_numbers


@dataclass
class Node:
    """One item with its number and the items below it."""

    number: str
    item: Item
    below: list[Node] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        """Its place in the address: "s1.1"."""
        return self.number.lower()

    @property
    def parts(self) -> list[tuple[str, str]]:
        """The text cut at its links: (words, web target); the target is empty for plain words."""
        parts: list[tuple[str, str]] = []
        rest = self.item.text
        for link in self.item.links:
            if not link.text or not link.target or link.text not in rest:
                continue
            before, _, after = rest.partition(link.text)
            parts += [(before, ""), (link.text, link.target)]
            rest = after
        return [part for part in [*parts, (rest, "")] if part[0]]


def numbered_tree(kind: SectionKind, items: Sequence[Item]) -> list[Node]:
    """The items of one section, numbered with its letter and nested by level."""
    numbers = item_numbers(SECTION_LETTERS[kind], [item.level for item in items])
    return as_tree(zip(numbers, items, strict=True))


def as_tree(numbered: Iterable[tuple[str, Item]]) -> list[Node]:
    """Nest each item below the last one of a lower level; order is kept."""
    roots: list[Node] = []
    path: list[Node] = []
    for number, item in numbered:
        node = Node(number, item)
        while path and path[-1].item.level >= item.level:
            path.pop()
        (path[-1].below if path else roots).append(node)
        path.append(node)
    return roots
