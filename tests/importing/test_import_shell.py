"""``import_papers`` as a person calls it from the shell."""

import os
import subprocess
import sys

import pytest
from django.conf import settings as project

from tests.importing.samples import write

pytestmark = pytest.mark.django_db


def run(*arguments, **variables):
    return subprocess.run(
        [sys.executable, "manage.py", *map(str, arguments)],
        cwd=project.BASE_DIR,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    """The environment of a process with an empty database of its own."""
    folder = tmp_path_factory.mktemp("scratch")
    scratch = {
        "DATABASE_URL": f"sqlite:///{folder / 'scratch.sqlite3'}",
        "ORIGINALS_DIR": str(folder / "kept"),
    }
    assert run("migrate", "--verbosity", "0", **scratch).returncode == 0
    return scratch


@pytest.mark.parametrize("option", ["--dry-run", "--json"])
def test_when_nobody_reads_on_it_ends_quietly_as_programs_do(tmp_path, scratch, option):
    names = [f"{number}.txt" for number in range(3)]
    paths = [write(tmp_path, name, group="Elsewhere Working Group") for name in names]

    command = [sys.executable, "manage.py", "import_papers", option, *map(str, paths)]
    process = subprocess.Popen(
        command,
        cwd=project.BASE_DIR,
        env={**os.environ, **scratch},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdout.close()
    complaints = process.stderr.read()
    process.stderr.close()

    assert (process.wait(timeout=60), complaints) == (141, b"")


def test_from_the_shell_it_ends_with_the_status_and_shows_no_bar_in_a_pipe(tmp_path, scratch):
    path = write(tmp_path)

    waits = run("import_papers", path, **scratch)
    failed = run("import_papers", path, project.BASE_DIR / "manage.py", **scratch)
    wrong = run("import_papers", "--what", **scratch)

    assert (waits.returncode, waits.stderr) == (0, "")
    assert waits.stdout.startswith("blocked    sample.txt")
    assert failed.returncode == 1
    assert "manage.py is not a PDF, DOCX, TXT, MD or HTML file" in failed.stdout
    assert wrong.returncode == 2
    assert run("import_papers", tmp_path / "none", **scratch).returncode == 2
    assert run("check_spans", **scratch).returncode == 0
