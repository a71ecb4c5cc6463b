"""What of a paper the record holds, and that the rest is a finding."""

from dataclasses import replace

import pytest

from papers.content import Item, Link, PaperContent, Section, SectionKind
from papers.importing import fitting, reading
from papers.importing.drafts import import_document
from papers.importing.errors import ImportProblem
from papers.importing.fitting import fitted
from papers.importing.parsed import ParsedPaper, Placement
from papers.importing.parser import parse
from papers.importing.readers import read
from tests.importing.making import bullet, make_html, make_txt, sample
from tests.importing.samples import make_record, write

KIND = SectionKind.CURRENT_STATUS


def content(*items):
    return PaperContent(group="Sample", sections=(Section(KIND, "Current Status", items),))


def fit(*links):
    """The link targets kept of an item that says "Look here.", and the details of findings."""
    item = Item("Look here.", 0, "-", tuple(links), (10, 20))
    found = fitted(content(item))
    kept = [link.target for link in found.content.sections[0].items[0].links]
    assert {finding.code for finding in found.findings} <= {"link_not_kept"}
    assert {finding.span for finding in found.findings} <= {(10, 20)}
    return kept, [finding.detail for finding in found.findings]


@pytest.mark.parametrize(
    ("target", "kept", "told"),
    [
        ("https://example.gov/a?b=c@d", "https://example.gov/a?b=c@d", []),
        ("", "", []),
        # S13: nobody is to read these, and "cbp.gov" is no host here.
        ("https://anna:secret@example.gov/a", "https://example.gov/a", ["https://example.gov/a"]),
        ("https://cbp.gov@example.org/", "https://example.org/", ["https://example.org/"]),
        ("mailto:coac@example.gov", "mailto:coac@example.gov", []),
        ("mailto:a@example.gov?bcc=b@example.org", "", ["mailto:a@example.gov?bcc=b@example.org"]),
        ("javascript:alert(1)", "", ["javascript:alert(1)"]),
        ("https://anna:secret@[x", "", ["[x"]),
        ("//example.gov", "", ["//example.gov"]),
    ],
)
def test_a_target_that_the_record_does_not_hold_is_told(target, kept, told):
    assert fit(Link("here", target)) == ([kept], told)


def test_a_link_whose_words_do_not_stand_in_the_item_is_told():
    assert fit(Link("there", "https://example.gov/a")) == ([], ["https://example.gov/a"])


def test_all_that_an_item_loses_is_one_finding():
    kept, told = fit(Link("here", "sip:a@example.gov"), Link("Look", "ftp://example.gov"))

    assert kept == ["", ""]
    assert told == ["sip:a@example.gov, ftp://example.gov"]


@pytest.mark.django_db
def test_an_address_of_mail_in_a_document_is_kept(tmp_path, in_process):  # S13
    make_record()
    status = bullet("Write to the office.", 0, ("the office", "mailto:coac@example.gov"))
    path = tmp_path / "a.html"
    path.write_bytes(make_html(sample(sections=(("Current Status", (status,)),))))

    paper = import_document(path).paper

    target = "mailto:coac@example.gov"
    assert paper.status_items.get().links == [{"text": "the office", "target": target}]
    assert not paper.imported_from.findings.filter(code="link_not_kept")


@pytest.mark.django_db
def test_a_target_that_is_not_kept_is_a_finding_that_staff_see(tmp_path, in_process):
    make_record()
    target = "mailto:coac@example.gov?subject=Paper"
    status = bullet("Write to the office.", 0, ("the office", target))
    path = tmp_path / "a.html"
    path.write_bytes(make_html(sample(sections=(("Current Status", (status,)),))))

    paper = import_document(path).paper

    assert paper.status_items.get().links == [{"text": "the office", "target": ""}]
    finding = paper.imported_from.findings.get(code="link_not_kept")
    assert finding.words == f"A link keeps its words and not its target: {target}"


# Length ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "items",
    [
        [Item("x" * (fitting.MAX_PAGE_BYTES + 1))],
        [Item("“" * (fitting.MAX_PAGE_BYTES // 3 + 1))],
        [Item("&" * (fitting.MAX_PAGE_BYTES // 5 + 1))],
        [Item("One.")] * (fitting.MAX_PAGE_BYTES // fitting.ITEM_BYTES + 1),
        [Item("x", links=(Link("x", "https://example.gov/" + "x" * fitting.MAX_PAGE_BYTES),))],
    ],
    ids=["letters", "letters of three bytes", "marks of HTML", "items", "a target"],
)
def test_more_than_the_page_of_a_paper_takes_is_too_long(items):
    with pytest.raises(ImportProblem) as problem:
        fitting.check_size(ParsedPaper(content(*items), "", "txt"))

    assert problem.value.code == "too_long"


@pytest.mark.parametrize("where", ["not_placed", "item:1:1"])
def test_words_without_a_place_count_as_much_as_an_item(where):  # S39
    text = "It met. " * 700
    places = tuple(Placement((start, start + 7), where) for start in range(0, len(text), 8))
    paper = ParsedPaper(content(), text, "txt", placements=places)

    if where == "not_placed":
        with pytest.raises(ImportProblem, match="far more text"):
            fitting.check_size(paper)
    else:
        fitting.check_size(paper)


# S39
@pytest.mark.django_db
@pytest.mark.parametrize("words", ["One statement.", "“Words” & more <words>. " * 25])
def test_the_longest_paper_that_is_stored_has_a_page_below_a_megabyte(
    words, tmp_path, client, monkeypatch
):
    make_record()
    item = Item(words, 0, "-", (Link(words[:5], "https://example.gov/a"),))
    one = fitting._page_bytes(Section(KIND, "", (item,))) - fitting.ITEM_BYTES
    items = (item,) * ((fitting.MAX_PAGE_BYTES - 2000) // one)
    parsed = parse(read(make_txt(sample()), "sample.txt"))
    longest = replace(parsed.content, sections=content(*items).sections)
    monkeypatch.setattr(
        reading, "read_in_child", lambda path, name: replace(parsed, content=longest)
    )
    monkeypatch.setattr(reading.coverage, "check", lambda paper: reading.coverage.Coverage(1, 1))

    outcome = import_document(write(tmp_path), publish=True)
    page = client.get("/papers/2024-06-26/sample/")

    assert outcome.is_published, outcome.sentence
    assert page.content.count(b"https://example.gov/a") >= len(items)
    assert len(page.content) < 1_000_000
