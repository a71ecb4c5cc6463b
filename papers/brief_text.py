"""A meeting's brief as plain text of 78 columns, its addresses at the end like footnotes."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from papers.brief_parts import Block, Brief, Line, Part, Quote
from papers.quotes import ELLIPSIS, SPACE
from papers.words import Op
from workgroups.dates import long_day

WIDTH = 78
EXPLANATION = (
    "“…” stands where words are left out. Each number in brackets leads to the address of the "
    "whole item, below. Labels and counts are computed from the papers held; what became of a next "
    "step is said only where staff state it."
)
EXPLANATION_OF_CHANGES = "Of reworded items, [-these words-] were removed and [+these+] added."
MARKED = {Op.SAME: "{}", Op.ADDED: "[+{}+]", Op.REMOVED: "[-{}-]"}


def brief_as_text(brief: Brief, origin: str) -> str:
    """The whole brief; ``origin`` is the site's scheme and host, before every address."""
    addresses: dict[str, int] = {}
    title = f"COAC working groups: brief of the {brief.meeting.name} meeting"
    lines = [title, "=" * len(title), "", f"{long_day(brief.meeting.held_on)}."]
    for sentence in brief.summary:
        lines += _wrapped(sentence)
    if brief.quotes:
        lines += ["", *_wrapped(EXPLANATION)]
    if brief.has_changed_words:
        lines += _wrapped(EXPLANATION_OF_CHANGES)
    if brief.changed:
        changed = Part("changed", "What changed, paper by paper", "", brief.changed)
        lines += _part(changed, addresses)
    for part in (*brief.steps, *brief.without):
        lines += _part(part, addresses)
    if addresses:
        lines += _heading("Addresses")
        lines += [f"[{number}] {origin}{address}" for address, number in addresses.items()]
    return "\n".join(lines) + "\n"


def _wrapped(text: str, first: str = "", after: str = "") -> list[str]:
    text = text.replace(f" {ELLIPSIS}", SPACE + ELLIPSIS)
    lines = wrap(text, WIDTH, initial_indent=first, subsequent_indent=after, break_on_hyphens=False)
    # Where lines end is settled now, and plain spaces are easier to search for.
    return [line.replace(SPACE, " ") for line in lines]


def _heading(heading: str) -> list[str]:
    return ["", heading, "-" * len(heading)]


def _part(part: Part, addresses: dict[str, int]) -> Iterator[str]:
    yield from _heading(part.heading)
    yield from _wrapped(part.sentence)
    for block in part.blocks:
        yield from _block(block, addresses)


def _block(block: Block, addresses: dict[str, int]) -> Iterator[str]:
    head = f"{block.name} {_number(block.address, addresses)}"
    if block.remarks:
        head += f": {'; '.join(block.remarks)}"
    yield from _wrapped(head, "* ", "  ")
    for line in block.lines:
        yield from _wrapped(_line(line, addresses), "  - ", "    ")
    if block.more:
        more = f"{block.more.text} {_number(block.more.address, addresses)}"
        yield from _wrapped(more, "  - ", "    ")


def _line(line: Line, addresses: dict[str, int]) -> str:
    words = [f"{line.label}:"] if line.label else []
    if line.quote:
        words.append(_quoted(line.quote, addresses))
    if line.remarks:
        words.append(f"({'; '.join(line.remarks)})")
    if line.shown_by:
        words += ["Shown by", _quoted(line.shown_by, addresses)]
    if line.note:
        words.append(f"Note of staff: {line.note}")
    return " ".join(words)


def _quoted(quote: Quote, addresses: dict[str, int]) -> str:
    words = " ".join(MARKED[it.op].format(it.words) for it in quote.parts)
    return f"“{words}” {_number(quote.address, addresses)}"


def _number(address: str, addresses: dict[str, int]) -> str:
    """The number of an address, the same wherever it is cited."""
    return f"[{addresses.setdefault(address, len(addresses) + 1)}]"
