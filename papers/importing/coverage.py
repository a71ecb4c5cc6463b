"""The proof that nothing of a document is lost: every word has one place.

Pure: standard library only. It looks at the parsed paper alone and trusts nothing that the parser
says about itself: word by word through the text, against the placements and the items.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from papers.content import plain_words, says_the_same
from papers.importing.parsed import ParsedPaper, Placement
from papers.importing.sentences import sentence_spans

FIELDS = frozenset(
    (
        "working_group",
        "subcommittee",
        "meeting",
        "pub_number",
        "action_required",
        "office",
        "submitted_by",
        "dated",
    )
)
# Printed as one line or as many, these are counted as one sentence: the title.
_TITLE = frozenset(("working_group", "subcommittee", "meeting"))
_PART = re.compile(r"(?:heading|remark):(\d+)|item:(\d+):(\d+)")


@dataclass(frozen=True)
class Coverage:
    """``placed`` of ``sentences`` have a home: "23 of 23 sentences placed".

    Counted are the sentences of items and remarks, each field (the title once) and what has no
    home; not headings and furniture, which are no sentences, though every word of theirs is checked
    as well. So a paper has the same count in every format. ``unplaced``: the ranges of the
    sentences without a home. ``problems``: a sentence for each promise that is broken.
    """

    placed: int
    sentences: int
    unplaced: tuple[tuple[int, int], ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether nothing is lost: what has no home is at least a finding."""
        return not self.problems

    def __str__(self) -> str:
        return f"{self.placed} of {self.sentences} sentences placed"


def check(paper: ParsedPaper) -> Coverage:
    """Count the sentences and look for anything lost, doubled, moved or changed."""
    placements = sorted(paper.placements, key=lambda each: each.span)
    problems = [
        *_overlaps(paper, placements),
        *_unknown_places(paper, placements),
        *_items(paper, placements),
        *_silent(paper, placements),
    ]
    lost = list(_lost(paper, placements))
    problems += [f"“{_cut(paper.text[start:end])}” is in no placement." for start, end in lost]
    placed = 0
    unplaced = list(lost)
    before = ""
    for placement in placements:
        spans = _sentences(paper, placement)
        if placement.where == "not_placed":
            unplaced += spans
        elif placement.where in FIELDS:
            goes_on = placement.where == before or {placement.where, before} <= _TITLE
            placed += not goes_on
        elif placement.where not in ("furniture",) and not placement.where.startswith("heading"):
            placed += len(spans)
        if placement.where != "furniture":
            before = placement.where
    return Coverage(placed, placed + len(unplaced), tuple(sorted(unplaced)), tuple(problems))


def _sentences(paper: ParsedPaper, placement: Placement) -> list[tuple[int, int]]:
    start, end = placement.span
    return [(start + a, start + b) for a, b in sentence_spans(paper.text[start:end])]


def _overlaps(paper: ParsedPaper, placements: list[Placement]) -> Iterator[str]:
    end = 0
    for placement in placements:
        start, stop = placement.span
        if not 0 <= start < stop <= len(paper.text):
            yield f"The range {placement.span} of {placement.where} is outside the text."
        elif start < end:
            yield f"“{_cut(paper.text[start:stop])}” is placed twice, also as {placement.where}."
        end = max(end, stop)


def _unknown_places(paper: ParsedPaper, placements: list[Placement]) -> Iterator[str]:
    sections = paper.content.sections
    for placement in placements:
        where = placement.where
        if where in FIELDS or where in ("furniture", "not_placed"):
            continue
        part = _PART.fullmatch(where)
        number = int(part[1] or part[2]) if part else 0
        nth = int(part[3]) if part and part[3] else 0
        if not 1 <= number <= len(sections) or nth > len(sections[number - 1].items):
            yield f"There is no {where} in the paper."


def _items(paper: ParsedPaper, placements: list[Placement]) -> Iterator[str]:
    """Every item, remark and heading has its placement, says what stands there, and in order."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for placement in placements:
        spans.setdefault(placement.where, []).append(placement.span)
    end = 0
    for number, section in enumerate(paper.content.sections, 1):
        yield from _printed(paper, spans.get(f"heading:{number}"), section.heading, "heading")
        if section.remark:
            yield from _printed(paper, spans.get(f"remark:{number}"), section.remark, "remark")
        for nth, item in enumerate(section.items, 1):
            where = f"item:{number}:{nth}"
            if item.span is None or spans.get(where) != [item.span]:
                yield f"The placement of {where} is not where the item says."
                continue
            start, stop = item.span
            if not says_the_same(item.text, paper.text[start:stop]):
                yield f"{where} is not what the document prints: “{_cut(item.text)}”"
            if start < end:
                yield f"{where} stands before the item above it."
            end = stop


def _printed(
    paper: ParsedPaper, spans: list[tuple[int, int]] | None, words: str, what: str
) -> Iterator[str]:
    printed = "".join(plain_words(paper.text[start:end]) for start, end in spans or ())
    if not spans or plain_words(words) not in printed:
        yield f"The {what} “{_cut(words)}” is not what the document prints."


def _silent(paper: ParsedPaper, placements: list[Placement]) -> Iterator[str]:
    """What has no home must be a finding, sentence by sentence."""
    told = sorted(each.span for each in paper.findings if each.code == "not_placed" and each.span)
    ends = [span[0] for span in told]
    for placement in placements:
        if placement.where != "not_placed":
            continue
        position = placement.span[0]
        index = bisect_right(ends, position - 1)
        while index < len(told) and told[index][0] < placement.span[1]:
            if re.search(r"\w", paper.text[position : told[index][0]]):
                break
            position = max(position, told[index][1])
            index += 1
        left = paper.text[position : placement.span[1]]
        if re.search(r"\w", left):
            yield f"“{_cut(left)}” has neither home nor finding."


def _lost(paper: ParsedPaper, placements: list[Placement]) -> Iterator[tuple[int, int]]:
    """The ranges between the placements that hold words, bullets of items aside."""
    markers = {
        item.span[0]: item.marker
        for section in paper.content.sections
        for item in section.items
        if item.span
    }
    end = 0
    starts = [(placement.span, placement.where) for placement in placements]
    for (start, stop), _ in [*starts, ((len(paper.text), len(paper.text)), "")]:
        between = paper.text[end:start]
        if start > end and re.search(r"\w", between):
            marker = markers.get(start, "")
            if plain_words(between) != plain_words(marker):
                stripped = between.strip()
                begin = end + between.index(stripped)
                yield (begin, begin + len(stripped))
        end = max(end, stop)


def _cut(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= 80 else f"{words[:79]}…"
