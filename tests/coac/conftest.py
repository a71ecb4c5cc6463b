"""What tests need that call the application as the server does."""

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections


@pytest.fixture
def kept_connection():
    """Requests leave the connection as it is, for the test's transaction is on it.

    The test client sees to that itself, but not where a response is closed by hand.
    """
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
