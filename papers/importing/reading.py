"""A file -> what it says, or the problem that stands against it. Needs no database."""

from __future__ import annotations

import stat
from dataclasses import dataclass, replace
from pathlib import Path

from papers.importing import coverage, originals
from papers.importing.errors import ImportProblem
from papers.importing.fitting import check_size, with_clean_text
from papers.importing.limits import MAX_BYTES
from papers.importing.parsed import ParsedPaper
from papers.importing.sandbox import read_in_child
from papers.models.imports import MAX_NAME
from workgroups.cleaning import NAME_CONTROLS, shows_something


@dataclass(frozen=True)
class Reading:
    """A file that was read: ``parsed``, or the ``problem`` that stood against it."""

    path: Path
    name: str
    sha256: str = ""
    size: int = 0
    parsed: ParsedPaper | None = None
    problem: ImportProblem | None = None
    placed: int = 0
    sentences: int = 0

    def paper(self) -> ParsedPaper:
        """What was read. Raises the problem that stood against it."""
        if self.parsed is None:
            raise self.problem or ImportProblem("unreadable")
        return self.parsed


def read(path: Path, name: str = "") -> Reading:
    """Digest and content of a file; may run in a thread, the reading itself is a child's work."""
    reading = Reading(path, clean_name(name or path.name))
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ImportProblem("no_file")
        if status.st_size > MAX_BYTES:
            raise ImportProblem("too_large")
        with open(path, "rb") as file:
            sha256, size = originals.digest(file)
        reading = replace(reading, sha256=sha256, size=size)
        parsed = with_clean_text(read_in_child(path, reading.name))
        covered = coverage.check(parsed)
        if not covered.holds:
            raise ImportProblem("not_covered", detail=covered.problems[0])
        check_size(parsed)
    except OSError as error:
        return replace(reading, problem=ImportProblem("unreadable", detail=error.strerror or ""))
    except ImportProblem as problem:
        return replace(reading, problem=problem)
    except (ValueError, TypeError, KeyError, IndexError, OverflowError, RecursionError):
        # Said by a child that a document has taken over (S19): it passes for a paper and is none.
        return replace(reading, problem=ImportProblem("reader_died"))
    return replace(reading, parsed=parsed, placed=covered.placed, sentences=covered.sentences)


def clean_name(name: str) -> str:
    """A file's name on one line, at most 255 characters, its ending kept (S20)."""
    # A name on disk need not be Unicode; the database and pages want it to be.
    name = name.encode("utf-8", "replace").decode()
    name = NAME_CONTROLS.sub("", name).strip()
    if not shows_something(name):
        return "unnamed"
    return name if len(name) <= MAX_NAME else f"{name[: MAX_NAME - 21]}…{name[-20:]}"
