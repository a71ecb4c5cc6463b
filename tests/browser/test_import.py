"""A person imports a paper without any script, and axe looks over the pages (S15, S44)."""

import pytest
from django.utils import timezone

from papers.importing import batches
from papers.models import ImportBatch, ImportedFile, IssuePaper, Original
from tests.browser.conftest import faults, open_all_details, violations
from tests.importing.making import make_docx, make_txt, sample

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("db")]


@pytest.fixture(autouse=True)
def nothing_of_another_test(db):
    """What a test imports is taken away again: the next would meet it as stored already."""
    yield
    IssuePaper.objects.filter(imported_from__isnull=False).delete()
    ImportBatch.objects.all().delete()
    Original.objects.all().delete()


@pytest.fixture
def read_at_once(monkeypatch, settings, tmp_path):
    """Read within the request, by the real child: the tests' database is this process's alone."""
    settings.ORIGINALS_DIR = tmp_path / "originals"
    monkeypatch.setattr(batches, "launch", batches.run_batch)


def axe(open_page, page):
    """What axe finds; what it does itself to look at styles is refused, and the console says so."""
    said = list(open_page.problems)
    found = violations(page)
    open_page.problems[:] = said
    return found


def document(folder, name, data):
    path = folder / name
    path.write_bytes(data)
    return str(path)


def test_a_paper_is_imported_and_its_draft_saved_without_scripts(
    sign_in, site, read_at_once, tmp_path
):
    paper = make_docx(sample(group="Pipeline Working Group"))
    page = sign_in(scripts=False)
    page.goto(f"{site}/admin/papers/issuepaper/")
    page.get_by_role("link", name="Import papers").click()
    page.get_by_label("Documents").set_input_files(document(tmp_path, "pipeline.docx", paper))
    page.get_by_role("button", name="Upload and read").click()

    page.get_by_text("1 of 1 file read.").wait_for()
    page.get_by_role("link", name="Review the first paper").click()
    page.get_by_text("Every sentence accounted for: 15 of 15").wait_for()
    page.locator("#l12").get_by_role("link", name="S2").click()
    assert page.url.endswith(f"#{page.locator('.item:target').get_attribute('id')}")
    page.get_by_label("Publication number").fill("3701-0624")
    moved = page.locator(".item:target")
    moved.get_by_label("Section").select_option("Next steps")
    page.get_by_role("button", name="Save as draft").click()

    page.get_by_text("Saved as a draft:").wait_for()
    stored = IssuePaper.objects.get(imported_from__original_name="pipeline.docx")
    assert (stored.pub_number, stored.published_at) == ("3701-0624", None)
    assert stored.next_steps.first().text == "The counts are kept on the Word Count website."
    assert stored.status_items.count() == 4


def test_a_waiting_page_shows_by_itself_what_has_become_of_its_files(
    sign_in, open_page, site, read_at_once, monkeypatch, tmp_path
):
    monkeypatch.setattr(batches, "launch", lambda batch: None)
    page = sign_in()
    page.goto(f"{site}/admin/papers/importbatch/add/")
    page.get_by_label("Documents").set_input_files(document(tmp_path, "empty.txt", b""))
    page.get_by_role("button", name="Upload and read").click()
    page.get_by_text("0 of 1 file read").wait_for()
    assert axe(open_page, page) == []

    batches.run_batch(ImportedFile.objects.filter(original_name="empty.txt").latest("pk").batch)

    page.get_by_text("empty.txt is empty").wait_for()
    page.get_by_role("heading", name="Import of").wait_for()


def test_axe_finds_nothing_on_the_pages_of_an_import(
    sign_in, open_page, site, read_at_once, tmp_path
):
    base = sample(group="Pipeline Working Group", pub="")
    words = make_txt(base)
    files = [
        ("first.txt", words),
        ("corrected.txt", words.replace(b"Three offices", b"Four offices")),
        ("unknown.txt", make_txt(sample(group="Nobody Knows Working Group"))),
        ("empty.txt", b""),
    ]
    page = sign_in()
    addresses = [f"{site}/admin/papers/importbatch/add/"]
    page.goto(addresses[0])
    paths = [document(tmp_path, name, data) for name, data in files]
    page.get_by_label("Documents").set_input_files(paths)
    page.get_by_role("button", name="Upload and read").click()
    page.get_by_text("4 of 4 files read.").wait_for()
    batch = page.url.removesuffix("change/")
    addresses += [page.url, *(f"{batch}files/{number}/" for number in (1, 2, 3))]

    found = {}
    for address in [*addresses, f"{batch}files/1/discard/"]:
        page.goto(address)
        open_all_details(page)
        said = list(open_page.problems)
        found[address] = faults(page, (320, 1280))
        open_page.problems[:] = said

    assert not any(found.values()), found


@pytest.mark.parametrize(("width", "dark"), [(320, True), (1280, False)])
def test_a_draft_is_published_from_its_review_after_a_look_at_its_points(
    sign_in, open_page, site, read_at_once, tmp_path, width, dark
):
    page = sign_in(width=width, dark=dark)
    page.goto(f"{site}/admin/papers/importbatch/add/")
    paper = document(tmp_path, "point.txt", make_txt(sample(group="Pipeline Working Group")))
    page.get_by_label("Documents").set_input_files(paper)
    page.get_by_role("button", name="Upload and read").click()
    page.get_by_role("link", name="Review the first paper").click()
    page.get_by_label("Publication number").fill("3701-0324")

    page.get_by_role("button", name="Save and publish").click()

    page.get_by_text("names another month than the meeting").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert axe(open_page, page) == []
    page.get_by_role("button", name="They are right as they stand: publish").click()
    page.get_by_text("Published: 1 paper.").wait_for()
    assert IssuePaper.objects.get(imported_from__original_name="point.txt").is_public


def test_the_box_of_a_public_note_is_wide_enough_to_write_in(sign_in, site, read_at_once, tmp_path):
    words = make_txt(sample(group="Pipeline Working Group", pub="", month="March 2024"))
    page = sign_in(width=1280)
    for name, data in (("a.txt", words), ("b.txt", words.replace(b"Three", b"Four"))):
        page.goto(f"{site}/admin/papers/importbatch/add/")
        page.get_by_label("Documents").set_input_files(document(tmp_path, name, data))
        page.get_by_role("button", name="Upload and read").click()
        page.get_by_text("1 of 1 file read.").wait_for()
        if name == "a.txt":
            paper = IssuePaper.objects.get(imported_from__original_name=name)
            IssuePaper.objects.filter(pk=paper.pk).update(published_at=timezone.now())

    page.get_by_role("link", name="Compare and decide").click()

    note = page.get_by_label("Public note")
    note.wait_for()
    page.wait_for_load_state()  # The field is there before the stylesheet that makes it wide.
    assert note.bounding_box()["width"] > 600


@pytest.mark.parametrize(
    ("group", "width", "dark"), [("Drawback", 320, True), ("In-Bond", 1280, False)]
)
def test_who_saves_too_late_sees_both_versions_and_takes_the_stored_one(
    sign_in, open_page, site, read_at_once, tmp_path, group, width, dark
):
    paper = make_txt(sample(group=f"{group} Working Group"))
    late = sign_in(width=width, dark=dark)
    late.goto(f"{site}/admin/papers/importbatch/add/")
    name = f"{group.lower()}.txt"
    late.get_by_label("Documents").set_input_files(document(tmp_path, name, paper))
    late.get_by_role("button", name="Upload and read").click()
    late.get_by_text("1 of 1 file read.").wait_for()
    late.get_by_role("link", name="Review the first paper").click()
    early = sign_in()
    early.goto(late.url)
    early.get_by_label("Publication number").fill("3701-0624")
    early.get_by_label("Text of S1", exact=True).fill("Words of the first.")
    early.get_by_role("button", name="Save as draft").click()
    early.get_by_text("Saved as a draft:").wait_for()

    late.get_by_label("Publication number").first.fill("3702-0624")
    late.get_by_role("button", name="Save as draft").click()

    late.get_by_text("changed this draft while you worked on it.").wait_for()
    assert axe(open_page, late) == []
    assert late.evaluate("document.documentElement.scrollWidth") <= width
    assert late.get_by_label("Text of S1", exact=True).input_value() == "Words of the first."
    late.get_by_label("Take this instead: Publication number").check()
    late.get_by_role("button", name="Save as draft").click()
    late.get_by_text("Saved as a draft:").wait_for()
    stored = IssuePaper.objects.get(imported_from__original_name=name)
    assert stored.pub_number == "3701-0624"
