"""Serve the site with gunicorn."""

import argparse
import errno
import os
import socket
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import Error, connection

from coac import databases


class Command(BaseCommand):
    """Becomes gunicorn, so that signals reach it and its exit status is the command's."""

    help = "Serve the site with gunicorn on 127.0.0.1, at the port that PORT names."
    requires_system_checks = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="Only find out whether the port is free and the database can be used.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        check_port(settings.ENVIRONMENT.port)
        if options["check"]:
            check_database()
            return
        sys.stdout.flush()
        command = [sys.executable, "-m", "gunicorn", "-c", "python:coac.server", "coac.wsgi"]
        os.chdir(settings.BASE_DIR)
        os.execv(sys.executable, command)  # noqa: S606 - every word of it is written above


def check_database() -> None:
    """Raise CommandError when the database does not answer.

    Only before the start: a server that runs waits for its database with a page of its own.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error as error:
        raise CommandError(databases.sentence(error)) from error


def check_port(port: int) -> None:
    """Raise CommandError when 127.0.0.1:`port` cannot be listened on."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                reason = "is in use by another program"
            elif error.errno == errno.EACCES:
                reason = "is reserved for the system"
            else:
                reason = f"cannot be used ({error.strerror})"
            raise CommandError(
                f"Port {port} {reason}: choose another, such as make run PORT={other_port(port)}."
            ) from error


def other_port(port: int) -> int:
    """A port to suggest: the next one, within those that everybody may use."""
    return port + 1 if 1024 <= port < 65535 else 8001
