"""Uploads through the admin, read at once or not at all."""

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from papers.importing import batches
from papers.models import ImportBatch, ImportedFile
from tests.importing.making import make_txt, sample
from tests.importing.samples import make_record

UPLOAD = "/admin/papers/importbatch/add/"


@pytest.fixture(autouse=True)
def originals_dir(settings, tmp_path):
    settings.ORIGINALS_DIR = tmp_path / "originals"
    return settings.ORIGINALS_DIR


@pytest.fixture
def launched(monkeypatch):
    """Batches whose process would have been started; none is."""
    started = []
    monkeypatch.setattr(batches, "launch", started.append)
    return started


@pytest.fixture
def read_at_once(monkeypatch):
    """What the process would do is done before the answer, without the child process."""
    from papers.importing import reading
    from papers.importing.parser import parse
    from papers.importing.readers import read

    monkeypatch.setattr(
        reading, "read_in_child", lambda path, name: parse(read(path.read_bytes(), name))
    )
    monkeypatch.setattr(batches, "launch", batches.run_batch)


def upload(client, *files):
    """Send files, each a name and its bytes; the answer and the batch."""
    sent = [SimpleUploadedFile(name, data) for name, data in files]
    answer = client.post(UPLOAD, {"documents": sent})
    return answer, ImportBatch.objects.first()


def address(imported, page="review"):
    return reverse(f"admin:papers_importbatch_{page}", args=[imported.batch_id, imported.position])


def let(client, name, *codenames):
    """Sign somebody in who may do these things and nothing else."""
    user = User.objects.create_user(name, is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client.force_login(user)
    return client


@pytest.fixture
def draft(editor, read_at_once):
    """The file that became the draft of the sample paper."""
    make_record()
    upload(editor, ("sample.txt", make_txt(sample())))
    imported = ImportedFile.objects.get()
    assert imported.status == "draft", imported.problem
    return imported


def fields_of(page):
    """What a review page's form would send, were it sent unchanged."""
    forms = page.context["forms"]
    rows = [forms.paper, *(form for of in forms.items.values() for form in of)]
    rows += [*forms.typed.values(), *(form for _, form in forms.loose)]
    sent = {name: page.context[name] for name in ("edition", "seen")} | {"new_section": ""}
    for form in rows:
        for bound in form:
            value = bound.value()
            if value is True:
                value = "on"
            if value is not None and value is not False:
                sent[bound.html_name] = getattr(value, "pk", value)
    for key, name in forms.remark_names.items():
        sent[name] = forms.remarks[key]
    sent["nod"] = [row["finding"].pk for row in page.context["findings"] if row["is_nodded"]]
    return sent


def row_of(page, words):
    """The form's prefix of the item that begins with these words."""
    rows = [form for of in page.context["forms"].items.values() for form in of]
    return next(form.prefix for form in rows if form.item.text.startswith(words))


def save(client, imported, **changes):
    """Open the page, change some fields, save; the answer, followed."""
    page = client.get(address(imported))
    sent = fields_of(page) | {"_save": ""} | changes
    return client.post(address(imported), sent, follow=True)
