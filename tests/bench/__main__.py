"""Print each figure with its limit; exit status 1 where one is exceeded.

    python -m tests.bench [--small]

Settings are those of a deployment without environment variables, in a temporary folder: its
database is SQLite, and nothing of var/ is read or written. ``--small`` takes the smallest sizes,
to see that everything runs: its figures say nothing.
"""

import os
import platform
import secrets
import sys
import tempfile
from pathlib import Path

import django

SMALL = {
    "Importing": {
        "papers": 5,
        "meetings": 1,
        "rounds": 1,
        "lengths": {"txt": 5, "md": 5, "html": 5, "docx": 5, "pdf": 5},
    },
    "Comparing, processor time": {"rounds": 1, "odd_items": 3, "meetings": 3},
    "Public pages": {"groups": 2, "meetings": 3, "papers_each": 1, "rounds": 1},
    "Admin": {"groups": 2, "meetings": 2, "rounds": 1},
}


def main(small=False):
    """The exit status."""
    with tempfile.TemporaryDirectory(prefix="coac-bench-") as name:
        # With locks of its own for reading: whoever else imports papers here is not waited for.
        tempfile.tempdir = name
        try:
            set_up(Path(name))
            return run(parts(), SMALL if small else {})
        finally:
            tempfile.tempdir = None


def set_up(folder):
    """Settings, a migrated database and static files, all in ``folder``."""
    from coac.environment import VARIABLES

    for variable in VARIABLES:
        os.environ.pop(variable.name, None)
    os.environ.update(
        DJANGO_SETTINGS_MODULE="coac.settings",
        DATABASE_URL=f"sqlite:///{folder}/coac.sqlite3",
        ORIGINALS_DIR=str(folder / "originals"),
        SECRET_KEY=secrets.token_urlsafe(64),
        LOG_LEVEL="ERROR",
    )
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.STATIC_ROOT = folder / "static"
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("migrate", verbosity=0)


def parts():
    # Not before Django is set up, because they import models.
    from tests.bench import comparing, importing, pages

    return {
        "Importing": importing.figures,
        "Comparing, processor time": comparing.figures,
        "Public pages": pages.public_figures,
        "Admin": pages.admin_figures,
    }


def run(parts, sizes):
    """Print the figures of each part, in a database without rows; 1 where a limit is exceeded."""
    from django.core.management import call_command

    load = ", ".join(f"{it:.1f}" for it in os.getloadavg())
    print(f"{os.cpu_count()} processors, load {load}, Python {platform.python_version()}, SQLite")
    exceeded = 0
    for title, figures in parts.items():
        call_command("flush", interactive=False, verbosity=0)
        print(f"\n{title}")
        for figure in figures(**sizes.get(title, {})):
            print(figure, flush=True)
            exceeded += figure.is_exceeded
    print(f"\nLimits exceeded: {exceeded}")
    return 1 if exceeded else 0


if __name__ == "__main__":
    sys.exit(main(small="--small" in sys.argv[1:]))
