"""Names and papers of the committee's real record."""

from pathlib import Path

import pytest
from django.conf import settings

from papers.content import PaperContent
from papers.importing.drafts import import_document
from papers.importing.integrity import broken_originals, broken_spans
from papers.importing.parsed import ParsedPaper
from papers.importing.record_findings import resolve
from papers.models import ImportedFile, IssuePaper, Original

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("record", "in_process"),
]
DOCUMENTS = sorted((Path(settings.BASE_DIR) / "fixtures" / "documents").glob("*.txt"))


def resolved(group, subcommittee="", meeting=(2024, 9)):
    content = PaperContent(group=group, subcommittee=subcommittee)
    return resolve(ParsedPaper(content, text="", format="txt", meeting=meeting))


def codes(resolution):
    return {finding.full_code for finding in resolution.findings}


@pytest.mark.parametrize(
    ("printed", "slug"),
    [
        ("1USG Working Group", "customs-interagency-industry"),
        ("One United States Government WG", "customs-interagency-industry"),
        ("Trusted Trader Working Group", "trade-partnership-and-engagement"),
        ("ACE 2.0 WG", "ace-modernization"),
        ("Automated Commercial Environment (ACE) 2.0 Working Group", "ace-modernization"),
        ("Modernization of Entry Processes Working Group", "modernized-entry-processes"),
        ("STL Centers", "centers-of-excellence-and-expertise"),
        ("AD/CVD Working Group", "antidumping-countervailing-duty"),
        ("IPR WG", "ipr-process-modernization"),
        ("FLWG", "forced-labor"),
        ("EMWG", "export-modernization"),
        ("Petroleum Pipeline Work Group", "pipeline"),
        ("Foreign-Trade Zone/Warehouse Working Group", "ftz-warehouse"),
        ("Emerging Technology Working Group", "emerging-technologies"),
        ("21CCF Task Force", "21st-century-customs-framework"),
    ],
)
def test_every_other_name_leads_to_its_group_and_is_told(printed, slug):
    resolution = resolved(printed)

    assert resolution.names["working_group"] == slug
    assert "alias:working_group" in codes(resolution)


def test_every_group_is_found_by_its_own_name_without_a_finding():
    for paper in IssuePaper.objects.issue_papers().select_related("working_group"):
        found = resolved(str(paper.working_group))
        assert found.group == paper.working_group
        assert not {"alias:working_group", "unknown_group"} & codes(found)


@pytest.mark.parametrize(
    ("printed", "suggested"),
    [
        ("Trade Partnership Working Group", "trade-partnership-and-engagement"),
        ("Broker Modernisation Working Group", "broker-modernization"),
        ("Cross Border Recognitions Working Group", "cross-border-recognition"),
    ],
)
def test_a_near_miss_is_only_suggested(printed, suggested):
    resolution = resolved(printed)

    assert resolution.group is None
    assert suggested in resolution.group_match.suggestions
    assert "unknown_group" in codes(resolution)


def test_a_group_of_its_own_is_found_where_another_has_its_name_as_unconfirmed_alias():
    assert resolved("Broker Exam Modernization WG").names["working_group"] == (
        "broker-exam-modernization"
    )


def test_the_subcommittee_on_the_day_of_the_meeting_is_the_right_one():
    in_2022 = resolved("Broker Modernization WG", "Rapid Response Subcommittee", (2022, 12))
    in_2024 = resolved("Broker Modernization WG", "Rapid Response Subcommittee", (2024, 9))

    assert "alias:subcommittee" not in codes(in_2022)
    assert "alias:subcommittee" in codes(in_2024)
    assert in_2024.names["subcommittee"] == "rapid-response"


def test_a_group_on_hiatus_is_told():
    assert "group_on_hiatus" in codes(resolved("Bond Working Group", meeting=(2024, 12)))
    assert "group_on_hiatus" not in codes(resolved("Bond Working Group", meeting=(2023, 9)))


# S23
@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_the_documents_of_the_record_are_known_by_digest_and_by_words(document, tmp_path):
    held = IssuePaper.objects.count()

    same = import_document(document)
    touched = tmp_path / document.name
    touched.write_bytes(document.read_bytes() + b"\n")
    alike = import_document(touched)

    assert (same.status, alike.status) == ("same", "same")
    assert same.paper == alike.paper is not None
    assert IssuePaper.objects.count() == held
    assert not Original.objects.exists()
    assert not ImportedFile.objects.exists()


# S24
def test_a_document_of_the_record_that_was_corrected_is_a_revision(tmp_path):
    corrected = tmp_path / "corrected.txt"
    corrected.write_bytes(DOCUMENTS[0].read_bytes().replace(b" the ", b" this ", 1))

    outcome = import_document(corrected)

    assert outcome.status == "revision"
    assert len(outcome.judgement.difference.items) == 1


def test_a_paper_of_the_record_that_is_imported_anew_is_what_the_record_has():
    for document in DOCUMENTS:
        paper = import_document(document).paper
        # Who owes a step, and when, staff have added.
        paper.next_steps.update(owner="", due_words="")
        held = paper.content()
        paper.delete()

        again = import_document(document)

        assert again.status == "draft"
        assert again.paper.content() == held
        assert again.reading.placed == again.reading.sentences


def test_the_record_is_whole():
    assert list(broken_spans()) == []
    assert list(broken_originals()) == []
