"""A paper's items with the numbers by which they are cited, nested as a page prints them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from papers.anchors import anchors_of
from papers.comparison import Place, placed_items
from papers.content import Item, PaperContent
from papers.marks import NO_NOTES, Notes, Promise, promise_of


@dataclass
class Node:
    """One item with its number, its place, what is said beside it, and the items below it."""

    number: str
    item: Item
    place: Place
    notes: Notes = NO_NOTES
    below: list[Node] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        """Its place in the address: "s1.1"."""
        return self.number.lower()

    @property
    def promise(self) -> Promise | None:
        """Who is to do it, and when, where this paper or an earlier one says so."""
        return self.notes.promise or promise_of(self.item)

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


def section_trees(content: PaperContent) -> list[list[Node]]:
    """The items of each section in the order of ``content.sections``, numbered and nested."""
    anchors = anchors_of(content)
    placed = iter(placed_items(content))
    trees = []
    for section in content.sections:
        of_section = [next(placed) for _ in section.items]
        trees.append(
            as_tree(Node(anchors[it.place].upper(), it.item, it.place) for it in of_section)
        )
    return trees


def as_tree(nodes: Iterable[Node]) -> list[Node]:
    """Nest each node below the last one of a lower level; order is kept."""
    roots: list[Node] = []
    path: list[Node] = []
    for node in nodes:
        while path and path[-1].item.level >= node.item.level:
            path.pop()
        (path[-1].below if path else roots).append(node)
        path.append(node)
    return roots


def every_node(nodes: Iterable[Node]) -> Iterator[Node]:
    """Nodes with all below them, in printed order."""
    for node in nodes:
        yield node
        yield from every_node(node.below)
