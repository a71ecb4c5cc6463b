"""Papers and items of the fixture files, held against the documents that they were read from."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from django.db import models

from papers.importing.integrity import problem_at_its_place
from papers.importing.originals import digest
from papers.models import IssuePaper
from papers.models.items import PrintedItem
from workgroups.cleaning import clean_text


class Documents:
    """The files in ``documents/`` beside the fixtures, read when the first paper asks."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "documents"

    def problem_of(self, instance: models.Model) -> str:
        """Why a row is not what its document says, as a sentence; empty where it is.

        Raises OSError where a document cannot be read.
        """
        if isinstance(instance, IssuePaper):
            return self._problem_of_paper(instance)
        if isinstance(instance, PrintedItem):
            return _problem_of_item(instance)
        return ""

    def _problem_of_paper(self, paper: IssuePaper) -> str:
        if not paper.source_sha256:
            return ""
        path = self._by_digest.get(paper.source_sha256)
        if path is None:
            return "“source_sha256” is that of no file in documents/."
        # Of other forms the text is what a reader made of it; reading is no part of a load.
        if path.suffix == ".txt" and clean_text(_text(path)) != paper.source_text:
            return f"“source_text” is not the text of documents/{path.name}."
        return ""

    @cached_property
    def _by_digest(self) -> dict[str, Path]:
        found = {}
        for path in sorted(self._folder.glob("*")):
            if path.is_file():
                with path.open("rb") as file:
                    found[digest(file)[0]] = path
        return found


def _problem_of_item(item: PrintedItem) -> str:
    text: str = item.paper.source_text  # type: ignore[attr-defined]
    if text and item.span is None:
        return "it has no place in the paper's “source_text”: give “span_start” and “span_end”."
    problem = problem_at_its_place(item, text)
    return f"it {problem}." if problem else ""


def _text(path: Path) -> str:
    return path.read_bytes().decode(errors="replace")
