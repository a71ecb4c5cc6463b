"""Short ways to read a text and to say what should have come out."""

from papers.importing.document import BlockKind
from papers.importing.readers import read
from workgroups.cleaning import clean_text


def document(data, name="paper.txt"):
    """What the readers give, after a look at what every document promises."""
    if isinstance(data, str):
        data = data.encode()
    found = read(data, name)
    assert list(found.problems()) == []
    # The record stores the text as clean_text gives it, and spans must still hold then.
    assert clean_text(found.text) == found.text
    return found


def said(data, name="paper.txt"):
    """(level, marker, text) of each block but furniture; paragraphs have the level None."""
    return [
        (block.level if block.kind == BlockKind.LIST_ITEM else None, block.marker, block.text)
        for block in document(data, name).blocks
        if block.kind != BlockKind.FURNITURE
    ]


def texts(data, name="paper.txt"):
    return [text for _, _, text in said(data, name)]


def furniture(data, name="paper.txt"):
    return [
        block.text for block in document(data, name).blocks if block.kind == BlockKind.FURNITURE
    ]


def content(found):
    """(level, text, links) of all that is not furniture, to hold formats side by side.

    Colons at the end are left out, and paragraphs have the level None.
    """
    return relative(
        (
            block.level if block.kind == BlockKind.LIST_ITEM else None,
            block.text.rstrip(":"),
            tuple((link.text, link.target) for link in block.links),
        )
        for block in found.blocks
        if block.kind != BlockKind.FURNITURE
    )


def relative(said):
    """With the levels of each list counted from its first item, for so do readers of plain pages.

    How deep a list stands below the words that lead into it is the parser's to say.
    """
    out, first = [], None
    for level, *rest in said:
        first = None if level is None else level if first is None else first
        out.append((None if level is None else level - first, *rest))
    return out
