"""Read what waits of an uploaded batch."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from papers.importing.batches import run_batch
from papers.models import ImportBatch


class Command(BaseCommand):
    """What the upload page starts, so that no request waits for a document."""

    help = "Read and store the waiting files of an uploaded batch. The upload page starts this."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("batch", type=int, help="the number of the batch")

    def handle(self, *args: Any, **options: Any) -> None:
        batch = ImportBatch.objects.filter(pk=options["batch"]).first()
        if batch is None:
            raise CommandError(f"There is no batch {options['batch']}.")
        if not run_batch(batch):
            self.stdout.write("Another process is at it.")
