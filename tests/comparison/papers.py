"""Papers for tests, as short as a line each."""

from papers.comparison import Place
from papers.content import Item, PaperContent, Section, SectionKind

BACKGROUND, ISSUE, STATUS, STEPS, OTHER = SectionKind


def make_content(status=(), steps=(), background=(), issue=(), other=None):
    """A paper of these items: a text, or ``(text, level)``. Sections without items are absent."""
    sections = [
        Section(kind, items=_items(items))
        for kind, items in (
            (BACKGROUND, background),
            (ISSUE, issue),
            (STATUS, status),
            (STEPS, steps),
        )
        if items
    ]
    sections += [Section(OTHER, head, _items(items)) for head, items in (other or {}).items()]
    return PaperContent(sections=tuple(sections))


def _items(items):
    pairs = [(item, 0) if isinstance(item, str) else item for item in items]
    return tuple(Item(text, level=level) for text, level in pairs)


def status(position):
    return Place(STATUS, position)


def step(position):
    return Place(STEPS, position)


def kinds(changes):
    """The kind of each newer item, in order."""
    return [change.kind.value for change in changes.items]


def links(changes):
    return {(old.place, new.place) for old, new, _ in changes.links()}
