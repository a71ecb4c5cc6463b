"""Load the public record from fixtures."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from papers.record import BrokenFixture, load_record


class Command(BaseCommand):
    """Runs at every start: adds what is new, changes nothing that is there."""

    help = (
        "Add the public record (meetings, groups, events, papers) from fixture files, each row "
        "once. What is there already stays as it is, and what staff deleted stays away."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--from",
            dest="folder",
            type=Path,
            metavar="FOLDER",
            help="folder of the fixture files (default: the first of FIXTURE_DIRS)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder = options["folder"] or next(map(Path, settings.FIXTURE_DIRS), None)
        if folder is None:
            raise CommandError("Say where the fixtures are: --from FOLDER, or set FIXTURE_DIRS.")
        try:
            outcome = load_record(folder)
        except BrokenFixture as error:
            raise CommandError(f"{error} Nothing was loaded.") from error
        self.stdout.write(str(outcome))
