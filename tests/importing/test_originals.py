import io
import stat
from hashlib import sha256

import pytest

from coac import environment
from papers.importing import originals
from papers.importing.drafts import import_document
from papers.models import ImportBatch, ImportedFile, Original
from tests.importing.making import make_html, sample
from tests.importing.samples import make_record, write

pytestmark = pytest.mark.django_db

ADDRESS = "/papers/2024-06-26/sample/original"


def incoming(data=b"%PDF-1.7 sample", extension="pdf"):
    return originals.Incoming(io.BytesIO(data), sha256(data).hexdigest(), extension)


def kept(data=b"%PDF-1.7 sample"):
    """An original with a file row that refers to it."""
    with originals.keeping(incoming(data)) as (original,):
        batch = ImportBatch.objects.create()
        ImportedFile.objects.create(
            batch=batch,
            position=1,
            original_name="a.pdf",
            sha256=original.sha256,
            size=original.size,
            original=original,
        )
    return original


def names(folder):
    return sorted(path.name for path in folder.iterdir() if path.name != ".lock")


@pytest.fixture
def published(in_process, tmp_path):
    make_record()
    return import_document(write(tmp_path, "Sample of June.txt"), publish=True).paper


# Keeping --------------------------------------------------------------------------------------


# S04
def test_an_original_lies_whole_under_a_name_of_its_own_for_its_owner_alone(originals_dir):
    with originals.keeping(incoming(b"words" * 100_000)) as (original,):
        pass

    path = originals.path_of(original)
    assert names(originals_dir) == [original.name]
    assert path.read_bytes() == b"words" * 100_000
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(originals_dir.stat().st_mode) == 0o700
    assert (original.size, original.format) == (500_000, "pdf")


def test_the_same_bytes_are_kept_once(originals_dir):
    first = kept()
    with originals.keeping(incoming()) as (second,):
        pass

    assert second == first
    assert names(originals_dir) == [first.name]


# S27
def test_a_failure_in_the_block_leaves_neither_row_nor_file(originals_dir):
    with pytest.raises(RuntimeError), originals.keeping(incoming()):
        raise RuntimeError

    assert not Original.objects.exists()
    assert names(originals_dir) == []


def test_a_file_that_is_not_the_one_of_its_digest_is_not_kept(originals_dir):
    other = originals.Incoming(io.BytesIO(b"other"), sha256(b"one").hexdigest(), "pdf")

    with pytest.raises(originals.Changed), originals.keeping(other):
        pytest.fail("it was kept")

    assert names(originals_dir) == []


# S04
@pytest.mark.parametrize("name", ["../secret.pdf", "/etc/passwd", "a.pdf", "", "x" * 32 + ".pdf"])
def test_no_path_is_made_of_a_name_that_is_not_generated(name):
    with pytest.raises(ValueError, match="Not the name of an original"):
        originals.path_of(Original(name=name))


# S20
@pytest.mark.parametrize(
    ("name", "extension"),
    [
        ("a.PDF", "pdf"),
        ("a.docx", "docx"),
        ("a.htm", "html"),
        ("a.markdown", "md"),
        ("a.php", "bin"),
        ("a", "bin"),
        ("a.pdf/../../x.sh", "bin"),
    ],
)
def test_only_extensions_of_ours_are_stored(name, extension):
    assert originals.extension_of(name) == extension


def test_an_original_goes_when_nothing_refers_to_it_and_not_before(originals_dir):
    original = kept()

    originals.release(original)
    assert names(originals_dir) == [original.name]

    ImportedFile.objects.all().delete()
    originals.release(original)
    assert names(originals_dir) == []
    assert not Original.objects.exists()


# Sweeping -------------------------------------------------------------------------------------


def test_what_a_killed_process_left_is_swept_and_what_is_known_stays(originals_dir):
    original = kept()
    stray = originals_dir / f"{'0' * 32}.pdf"
    half = originals_dir / f"{'1' * 32}.pdf.part"
    for path, name in ((stray, stray.name), (half, half.name.removesuffix(".part"))):
        path.write_bytes(b"half")
        originals._open_mark(originals_dir, name)
    originals._open_mark(originals_dir, original.name)

    assert originals.sweep() == 2
    assert names(originals_dir) == [original.name]
    assert originals.sweep() == 0


def test_the_files_of_another_database_are_left_alone(originals_dir):
    kept()
    foreign = originals_dir / f"{'2' * 32}.pdf"
    marked = originals_dir / f"{'3' * 32}.pdf"
    foreign.write_bytes(b"theirs")
    marked.write_bytes(b"theirs")
    (originals_dir / f"{marked.name}.open-00000000").touch()

    originals.sweep()

    assert foreign.exists()
    assert marked.exists()


def test_nothing_is_swept_while_somebody_stores(originals_dir):
    with originals.keeping(incoming()):
        assert originals.sweep() == 0
        assert len(list(originals_dir.glob("*.pdf"))) == 1

    assert len(list(originals_dir.glob("*.pdf"))) == 1


def test_an_original_that_lost_its_last_reference_is_swept(originals_dir):
    original = kept()
    ImportedFile.objects.all().delete()

    assert originals.sweep() == 1
    assert names(originals_dir) == []
    assert not Original.objects.filter(pk=original.pk).exists()


def test_sweeping_where_nothing_was_ever_stored_does_nothing(originals_dir):
    assert originals.sweep() == 0
    assert not originals_dir.exists()


# Where they are kept --------------------------------------------------------------------------


def test_the_folder_is_chosen_by_the_environment(tmp_path):
    assert environment.read({}, tmp_path).originals_dir == tmp_path / "var" / "originals"
    chosen = environment.read({"ORIGINALS_DIR": str(tmp_path / "kept")}, tmp_path)
    assert chosen.originals_dir == tmp_path / "kept"


# S04
@pytest.mark.parametrize(
    "folder", ["var/static", "var/static/papers", "coac/static/x", "var/../var/static"]
)
def test_a_served_folder_is_refused(folder, tmp_path):
    with pytest.raises(environment.ImproperlyConfigured, match="inside the served folder"):
        environment.read({"ORIGINALS_DIR": folder}, tmp_path)


def test_a_file_in_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(environment.ImproperlyConfigured, match="is a file: name a folder"):
        environment.read({"ORIGINALS_DIR": str(tmp_path / "file" / "originals")}, tmp_path)


# Giving them out ------------------------------------------------------------------------------


# S04
def test_a_published_papers_document_is_a_file_to_save(published, client, tmp_path):
    response = client.get(ADDRESS)

    assert response.status_code == 200
    assert b"".join(response.streaming_content) == (tmp_path / "Sample of June.txt").read_bytes()
    assert response["Content-Disposition"] == 'attachment; filename="coac-2024-06-26-sample.txt"'
    assert response["Content-Type"] == "text/plain"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, max-age=300"


def test_a_document_that_a_reader_has_already_is_not_sent_again(published, client):
    etag = client.get(ADDRESS)["ETag"]

    assert client.get(ADDRESS, headers={"if-none-match": etag}).status_code == 304


# S03, S04
def test_a_drafts_document_answers_like_one_that_was_never_there(published, client):
    never = client.get("/papers/2024-06-26/never/original")
    published.withdraw()

    draft = client.get(ADDRESS)

    assert draft.status_code == never.status_code == 404
    assert draft.content == never.content


def test_a_paper_without_a_document_has_none(published, client):
    type(published).objects.update(original=None)

    assert client.get(ADDRESS).status_code == 404


# S35
def test_a_former_address_leads_to_the_document(published, client):
    published.working_group.slug = "renamed"
    published.working_group.save()

    response = client.get(ADDRESS)

    assert response.status_code == 301
    assert response["Location"] == "/papers/2024-06-26/renamed/original"


def test_a_document_that_is_missing_on_the_disk_is_logged(published, client, caplog):
    originals.path_of(published.original).unlink()

    assert client.get(ADDRESS).status_code == 404
    assert "An original is missing" in caplog.text


# S04
def test_an_html_document_is_never_served_as_a_page(in_process, client, tmp_path):
    make_record()
    path = tmp_path / "a.html"
    path.write_bytes(make_html(sample()))
    import_document(path, publish=True)

    response = client.get(ADDRESS)

    assert response["Content-Type"] == "application/octet-stream"
    assert "attachment" in response["Content-Disposition"]
