"""Import issue papers from files and folders."""

from __future__ import annotations

import json
import sys
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from papers.importing import originals
from papers.importing.drafts import Outcome, Reading, clean_name, read, store, would_be
from papers.importing.judging import text_digest
from papers.importing.reporting import as_json, line
from papers.models import ImportBatch, ImportedFile

Status = ImportedFile.Status
READERS = 2  # children at once
AHEAD = 4  # files read before the first of them is stored

COUNTED = (
    ("published", "published"),
    (Status.DRAFT, "stored as drafts"),
    (Status.REVISION, "proposed as revisions"),
    (Status.BLOCKED, "waiting for the record"),
    (Status.SAME, "stored already"),
    (Status.FAILED, "not imported"),
)


class Named(NamedTuple):
    """A file to import, and its name below the folder that was asked for."""

    path: Path
    name: str


class Command(BaseCommand):
    """Ends with 0 when every file was imported or is there already, 1 when some were not.

    A call that cannot be carried out ends with 2.
    """

    help = (
        "Read issue papers (PDF, DOCX, TXT, MD, HTML) and store them as drafts. The same paper "
        "twice changes nothing; a corrected one is proposed as a revision of the stored one."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "paths",
            nargs="+",
            type=Path,
            metavar="PATH",
            help="a file, or a folder with all that is below it; hidden files and links are left "
            "out",
        )
        parser.add_argument("--dry-run", action="store_true", help="say it all and store nothing")
        parser.add_argument(
            "--json", action="store_true", dest="as_json", help="one JSON object for each file"
        )
        parser.add_argument(
            "--publish",
            action="store_true",
            help="publish each new paper that has no finding which blocks",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        files = list(find_files(options["paths"]))
        if not files:
            raise CommandError("There are no files to import.", returncode=2)
        self.as_json, self.publish = options["as_json"], options["publish"]
        take = self.judged if options["dry_run"] else self.stored
        self.batch: ImportBatch | None = None
        self.seen: dict[object, str] = {}
        counts: Counter[str] = Counter()
        if not options["dry_run"]:
            originals.sweep()
        # Of itself tqdm shows nothing where standard error is no terminal.
        with tqdm(total=len(files), unit="paper", leave=False, disable=None) as bar:
            for reading in readings(files):
                outcome = take(reading)
                counts["published" if outcome.is_published else outcome.status] += 1
                bar.clear()
                self.stdout.write(self.said(outcome))
                bar.update()
        if not options["dry_run"]:
            originals.sweep()
        told = ", ".join(f"{counts[key]} {words}" for key, words in COUNTED if counts[key])
        would = "Nothing was stored. It would be: " if options["dry_run"] else ""
        # Beside JSON the summary would be one line too many.
        out = self.stderr if self.as_json else self.stdout
        noun = "file" if len(files) == 1 else "files"
        out.write(f"{would}{len(files)} {noun}: {told}.", style_func=str)
        if counts[Status.FAILED]:
            sys.exit(1)

    def said(self, outcome: Outcome) -> str:
        return json.dumps(as_json(outcome)) if self.as_json else line(outcome)

    def stored(self, reading: Reading) -> Outcome:
        """Into the batch of this run, which begins with the first file that is kept."""
        outcome = store(reading, batch=self.batch, publish=self.publish)
        if outcome.imported and outcome.status != Status.SAME:
            self.batch = self.batch or outcome.imported.batch
        return outcome

    def judged(self, reading: Reading) -> Outcome:
        """What storing would do, earlier files of this run included."""
        outcome = would_be(reading, publish=self.publish)
        if outcome.judgement is None or reading.parsed is None:
            return outcome
        keys = [reading.sha256, text_digest(reading.parsed.text)]
        if any(key in self.seen for key in keys):
            return Outcome(Status.SAME, reading, outcome.judgement)
        resolution = outcome.judgement.resolution
        if resolution.group and resolution.meeting:
            place = (resolution.group.pk, resolution.meeting.pk)
            if place in self.seen and outcome.status == Status.DRAFT:
                outcome = Outcome(Status.REVISION, reading, outcome.judgement)
            self.seen[place] = reading.name
        self.seen.update(dict.fromkeys(keys, reading.name))
        return outcome


def find_files(paths: Sequence[Path]) -> Iterator[Named]:
    """The files to import: those named, in the order of the call, and those of folders, sorted.

    Below a folder, hidden files, lock files of Word ("~$...") and links are left out, so nothing
    outside it is read. Raises CommandError where a path leads nowhere.
    """
    for path in paths:
        if path.is_dir():
            for found in sorted(path.rglob("*")):
                below = found.relative_to(path)
                is_hidden = any(part.startswith((".", "~$")) for part in below.parts)
                if not is_hidden and not found.is_symlink() and found.is_file():
                    yield Named(found, clean_name(str(below)))
        elif path.is_file():
            yield Named(path, clean_name(path.name))
        else:
            raise CommandError(f"There is no file or folder {clean_name(str(path))}.", returncode=2)


def readings(files: Sequence[Named]) -> Iterator[Reading]:
    """What was read of each file, in their order; two are read at a time, a few ahead."""
    waiting = iter(files)
    at_work: deque[Future[Reading]] = deque()
    with ThreadPoolExecutor(READERS) as pool:
        try:
            while True:
                while len(at_work) < AHEAD and (file := next(waiting, None)):
                    at_work.append(pool.submit(read, file.path, file.name))
                if not at_work:
                    return
                yield at_work.popleft().result()
        finally:
            for future in at_work:
                future.cancel()
