"""Hold every stored item to the text it was read from, and every original to its digest."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from papers.importing.integrity import ITEM_MODELS, broken_originals, broken_spans
from papers.models import Original


class Command(BaseCommand):
    """Exit status 0 when all is whole, 1 when anything is not."""

    help = (
        "Check that every item still says what stands at its place in the text that was read "
        "(unless marked as edited), and that every original is the file that was stored."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        faults = 0
        for sentence in (*broken_spans(), *broken_originals()):
            faults += 1
            self.stdout.write(sentence)
        items = sum(
            model._default_manager.filter(span_start__isnull=False).count() for model in ITEM_MODELS
        )
        checked = f"{items} items with a place, {Original.objects.count()} originals"
        if faults:
            raise CommandError(f"Checked {checked}: {faults} not as read.")
        self.stdout.write(f"Checked {checked}: all as read.")
