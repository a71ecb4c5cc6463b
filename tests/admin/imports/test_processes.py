"""The whole way with real processes: an upload, its reader, and the pages that wait for it."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
DOCUMENTS = sorted((ROOT / "fixtures" / "documents").glob("*.txt"))

# Runs beside a database and a folder of its own, so that the reader finds the same ones.
SCRIPT = """
import json, sys, time
from pathlib import Path

import django

django.setup()

from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from papers.importing.differences import difference
from papers.models import ImportBatch, IssuePaper

call_command("migrate", verbosity=0)
call_command("load_record", stdout=sys.stderr)
papers = IssuePaper.objects.issue_papers().select_related("meeting", "working_group")
printed = {paper.natural_key(): paper.content() for paper in papers}
papers.delete()

client = Client(SERVER_NAME="localhost")
client.force_login(get_user_model().objects.create_superuser("ada"))
files = [SimpleUploadedFile(Path(name).name, Path(name).read_bytes()) for name in sys.argv[1:]]
begun = time.monotonic()
answer = client.post("/admin/papers/importbatch/add/", {"documents": files})
answered = time.monotonic() - begun
waited = 0
while b"http-equiv" in (page := client.get(answer.url)).content and waited < 60:
    waited += 1
    time.sleep(0.5)

batch = ImportBatch.objects.get()
stored = {paper.natural_key(): paper.content() for paper in papers.all()}
reviews = [
    client.get(f"/admin/papers/importbatch/{batch.pk}/files/{row.position}/").content.decode()
    for row in batch.files.all()
]
print(json.dumps({
    "answered": answered,
    "waited": waited,
    "statuses": [row.status for row in batch.files.all()],
    "placed": [[row.placed, row.sentences] for row in batch.files.all()],
    "differences": [repr(difference(printed[key], stored[key])) for key in stored
                    if difference(printed[key], stored[key])],
    "papers": len(stored),
    "covered": ["Every sentence accounted for" in page for page in reviews],
    "over": "4 of 4 files read." in page.content.decode(),
}))
"""


def test_the_four_papers_go_from_the_upload_to_drafts_that_say_what_they_print(tmp_path):
    environ = {
        **os.environ,
        "DEBUG": "true",
        "DJANGO_SETTINGS_MODULE": "coac.settings",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'record.sqlite3'}",
        "ORIGINALS_DIR": str(tmp_path / "originals"),
    }

    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *map(str, DOCUMENTS)],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )

    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["statuses"] == ["draft"] * 4
    assert found["placed"] == [[22, 22], [23, 23], [17, 17], [17, 17]]
    assert found["differences"] == []
    assert found["papers"] == 4
    assert found["covered"] == [True] * 4
    assert found["over"]
    # No request waited for a document.
    assert found["answered"] < 5
