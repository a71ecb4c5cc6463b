"""The public record of ``fixtures/``, loaded once for all tests of a module."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.db import transaction

from papers.record import load_record

# What is past and what is planned depends on the day, so these tests have one of their own.
TODAY = datetime(2026, 11, 20, 17, tzinfo=UTC)
FOLDER = Path(settings.BASE_DIR) / "fixtures"


@pytest.fixture(scope="module")
def record(django_db_setup, django_db_blocker):
    """The record, read on November 20, 2026. What a test changes is taken back after it.

    Loading takes seconds, so it is done once a module, in a transaction around those of the
    tests. They need the ``django_db`` mark as well.
    """
    with (
        django_db_blocker.unblock(),
        time_machine.travel(TODAY, tick=True),
        transaction.atomic(),
    ):
        load_record(FOLDER)
        yield
        transaction.set_rollback(True)
