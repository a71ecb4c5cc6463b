"""List the environment variables that the site reads."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand

from coac import environment


class Command(BaseCommand):
    """Prints the same table as the README."""

    help = "List the environment variables that the site reads, with defaults and meaning."
    requires_system_checks = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.epilog = environment.table()
        parser.formatter_class = argparse.RawDescriptionHelpFormatter

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(environment.table())
