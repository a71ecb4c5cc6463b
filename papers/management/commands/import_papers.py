"""Import issue papers from files and folders."""

from __future__ import annotations

import json
import os
import stat
import sys
import time
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from tqdm import tqdm

from papers.importing import originals
from papers.importing.drafts import store
from papers.importing.limits import AT_ONCE
from papers.importing.reading import Reading, clean_name, read
from papers.importing.reporting import PUBLISHED, as_json, line, told
from papers.models import ImportBatch, ImportedFile

Status = ImportedFile.Status
AHEAD = 4  # files read before the first of them is stored
LONGEST_TURN = 5.0  # seconds for which a rehearsal lets others wait
BROKEN_PIPE = 128 + 13  # what a shell says of a program that a broken pipe ended


class Named(NamedTuple):
    """A file to import, and its name below the folder that was asked for."""

    path: Path
    name: str


class Command(BaseCommand):
    """Ends with 0 when every file was imported or is there already, 1 when some were not.

    A call that cannot be carried out ends with 2, one whose output nobody reads any more with 141.
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
        self.rehearses = options["dry_run"]
        # One run is one batch, which is stored with the first file that is kept.
        self.batch = ImportBatch()
        self.counts: Counter[str] = Counter()
        try:
            # Of itself tqdm shows nothing where standard error is no terminal.
            with tqdm(total=len(files), unit="paper", leave=False, disable=None) as bar:
                for said in self.rehearsed(files, bar) if self.rehearses else self.stored(files):
                    bar.clear()
                    self.stdout.write(said)
                    self.stdout.flush()
                    bar.update(0 if self.rehearses else 1)
            would = "Nothing was stored. It would be: " if self.rehearses else ""
            # Beside JSON the summary would be one line too many.
            out = self.stderr if self.as_json else self.stdout
            noun = "file" if len(files) == 1 else "files"
            out.write(f"{would}{len(files)} {noun}: {told(self.counts)}.", style_func=str)
            out.flush()
        except BrokenPipeError:
            _let_go_of_the_pipe()
            sys.exit(BROKEN_PIPE)
        if self.counts[Status.FAILED]:
            sys.exit(1)

    def stored(self, files: Sequence[Named]) -> Iterator[str]:
        """Store one file after the other, and say of each what became of it."""
        originals.sweep()
        for reading in readings(files):
            yield self.taken(reading)
        originals.sweep()

    def rehearsed(self, files: Sequence[Named], bar: tqdm[NoReturn]) -> list[str]:
        """What ``stored`` would say: the same is done in a transaction, and is taken back.

        All is read before, and nothing is said meanwhile: others wait for the transaction. Of very
        many files only some are rehearsed together, so that nobody waits for long.
        """
        found: deque[Reading] = deque()
        for reading in readings(files):
            found.append(reading)
            bar.update()
        said: list[str] = []
        turns = 0
        while found:
            turns += 1
            self.batch = ImportBatch()  # that of the turn before was taken back
            with transaction.atomic(durable=True):
                end = time.monotonic() + LONGEST_TURN
                while found:
                    said.append(self.taken(found.popleft()))
                    if time.monotonic() > end:
                        break
                transaction.set_rollback(True)
        if turns > 1:
            words = (
                f"Rehearsed in {turns} parts, lest others wait: what two parts say of one paper "
                "may differ from what an import would say."
            )
            self.stderr.write(words, style_func=str)
        return said

    def taken(self, reading: Reading) -> str:
        outcome = store(reading, batch=self.batch, publish=self.publish, rehearses=self.rehearses)
        self.counts[PUBLISHED if outcome.is_published else outcome.status] += 1
        return json.dumps(as_json(outcome)) if self.as_json else line(outcome)


def find_files(paths: Sequence[Path]) -> Iterator[Named]:
    """The files to import: those named, in the order of the call, and those of folders, sorted.

    Below a folder, hidden files, lock files of Word ("~$...") and links are left out, so nothing
    outside it is read. Raises CommandError where a path leads nowhere.
    """
    for path in paths:
        name = clean_name(str(path))
        try:
            yield from _files_of(path)
        except FileNotFoundError as error:
            raise CommandError(f"There is no file or folder {name}.", returncode=2) from error
        except OSError as error:
            words = f"{name} cannot be looked at: {error.strerror}."
            raise CommandError(words, returncode=2) from error


def _files_of(path: Path) -> Iterator[Named]:
    kind = path.stat().st_mode
    if stat.S_ISDIR(kind):
        for found in sorted(path.rglob("*")):
            below = found.relative_to(path)
            is_hidden = any(part.startswith((".", "~$")) for part in below.parts)
            if not is_hidden and not found.is_symlink() and found.is_file():
                yield Named(found, clean_name(str(below)))
    elif stat.S_ISREG(kind):
        yield Named(path, clean_name(path.name))
    else:
        name = clean_name(str(path))
        raise CommandError(f"{name} is neither an ordinary file nor a folder.", returncode=2)


def readings(files: Sequence[Named]) -> Iterator[Reading]:
    """What was read of each file, in their order; two are read at a time, a few ahead."""
    waiting = iter(files)
    at_work: deque[Future[Reading]] = deque()
    with ThreadPoolExecutor(AT_ONCE) as pool:
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


def _let_go_of_the_pipe() -> None:
    """What is still to be written goes nowhere, or Python would complain of it at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            os.dup2(nowhere, stream.fileno())
