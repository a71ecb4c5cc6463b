#!/usr/bin/env python
"""Django's command line; a refused environment or database is said in one sentence."""

import os
import sys


def main() -> None:
    """Run the command that the arguments name."""
    # The database, its journal and the originals are for this account alone (S45). collectstatic
    # writes what everybody may read, and a proxy under another account may serve it.
    if sys.argv[1:2] != ["collectstatic"]:
        os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coac.settings")
    try:
        from django.conf import settings
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
        from django.db import Error
    except ImportError:
        sys.exit("Django is not installed in this Python: run make setup, then .venv/bin/python.")
    try:
        settings.INSTALLED_APPS  # noqa: B018 - loads the settings, and so reads the environment
    except ImproperlyConfigured as problem:
        from coac import environment

        if sys.argv[1:2] == ["environment"]:
            print(environment.table())
        sys.exit(str(problem))
    try:
        execute_from_command_line(sys.argv)
    except Error as error:
        from coac import databases

        if "--traceback" in sys.argv or not databases.is_unusable(error):
            raise
        sys.exit(databases.sentence(error))


if __name__ == "__main__":
    main()
