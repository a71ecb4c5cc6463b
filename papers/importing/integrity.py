"""Whether what is stored still is what was read: spans, words, and originals byte for byte."""

from __future__ import annotations

from collections.abc import Iterator

from papers.content import says_the_same
from papers.importing import originals
from papers.models import IssuePaper, NextStep, Original, SectionItem, StatusItem
from papers.models.items import PrintedItem

ITEM_MODELS: tuple[type[PrintedItem], ...] = (SectionItem, StatusItem, NextStep)


def broken_spans() -> Iterator[str]:
    """A sentence for each item that is not what its place in the source text prints.

    Items that staff changed are marked as edited and may differ; their places must exist as well.
    """
    papers = IssuePaper.objects.with_subject().order_by("meeting__held_on", "pk")
    for paper in papers.iterator(chunk_size=50):
        for model in ITEM_MODELS:
            rows = model._default_manager.filter(paper=paper).order_by("position")  # type: ignore[misc]
            for row in rows:
                problem = problem_at_its_place(row, paper.source_text)
                if problem:
                    kind = row._meta.verbose_name
                    yield f"{paper}: {kind} {row.position} {problem}: “{row}”"


def problem_at_its_place(row: PrintedItem, text: str) -> str:
    """What is wrong with an item's place in its paper's text, to follow its name; else empty."""
    if row.span is None:
        # Only what staff typed has no place; an imported item always has one.
        return ""
    start, end = row.span
    if not 0 <= start < end <= len(text):
        return f"points outside the text ({start} to {end} of {len(text)})"
    if not row.is_edited and not says_the_same(row.text, text[start:end]):
        return "is not what stands at its place, and is not marked as edited"
    return ""


def broken_originals() -> Iterator[str]:
    """A sentence for each original that is missing or is not the file that was stored."""
    for original in Original.objects.order_by("pk").iterator():
        try:
            with open(originals.path_of(original), "rb") as file:
                sha256, size = originals.digest(file)
        except OSError as error:
            yield f"{_whose(original)}: the file {original.name} cannot be read: {error.strerror}."
            continue
        if (sha256, size) != (original.sha256, original.size):
            yield f"{_whose(original)}: the file {original.name} is not the one that was stored."
    for paper in IssuePaper.objects.with_subject().select_related("original"):
        if paper.original and paper.original.sha256 != paper.source_sha256:
            yield f"{paper}: its SHA-256 is not that of its original, {paper.original.name}."


def _whose(original: Original) -> str:
    paper = IssuePaper.objects.with_subject().filter(original=original).first()
    if paper:
        return str(paper)
    file = original.files.first()
    return f"“{file.short_name}”" if file else "A file that nothing refers to"
