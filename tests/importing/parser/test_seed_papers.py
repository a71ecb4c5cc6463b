"""The four papers of the record, read from their documents: exactly what the record holds."""

import json
from pathlib import Path

import pytest

from papers.importing.coverage import check
from papers.importing.parsed import ParsedPaper
from papers.importing.parser import parse
from papers.importing.readers import read

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures"
SEEDS = {
    "2024-06-cross-border-recognition": (
        "2024-06-26-cross-border-recognition",
        {"possible_status_in_next_steps"},
        22,
    ),
    "2024-06-trade-partnership-and-engagement": (
        "2024-06-26-trade-partnership-and-engagement",
        {
            "missing:pub_number",
            "missing:issue",
            "missing:next_steps",
            "possible_next_step_in_status",
        },
        23,
    ),
    "2024-09-centers-of-excellence-and-expertise": (
        "2024-09-18-centers-of-excellence-and-expertise",
        {"missing:next_steps"},
        17,
    ),
    "2024-09-modernized-entry-processes": (
        "2024-09-18-modernized-entry-processes",
        {"possible_next_step_in_status"},
        17,
    ),
}
ITEM_KINDS = {"papers.statusitem": "current-status", "papers.nextstep": "next-steps"}

every_seed = pytest.mark.parametrize("name", SEEDS)


def parsed(name):
    path = FIXTURES / "documents" / f"{name}.txt"
    return parse(read(path.read_bytes(), path.name))


def record(name):
    path = FIXTURES / "papers" / f"{SEEDS[name][0]}.json"
    return json.loads(path.read_text(encoding="utf-8"))


@every_seed
def test_fields_are_those_of_the_record(name):
    fields = record(name)[0]["fields"]

    paper = parsed(name)

    assert paper.content.group == fields["group_as_printed"]
    assert paper.content.subcommittee == fields["subcommittee_as_printed"]
    assert paper.content.pub_number == fields.get("pub_number", "")
    assert paper.content.action_required == fields["action_required"]
    assert paper.content.office == fields["office_line"]
    assert paper.content.submitted_by == fields["submitted_by"]
    assert paper.content.submitter_office == fields["submitter_office"]
    assert paper.content.dated.isoformat() == fields["dated_on"]
    assert paper.dated_as_printed == fields["dated_as_printed"]
    assert paper.meeting == tuple(int(part) for part in fields["meeting"][0].split("-")[:2])
    assert paper.text == fields["source_text"]


@every_seed
def test_items_have_the_texts_levels_bullets_links_and_places_of_the_record(name):
    expected = [
        (
            ITEM_KINDS.get(row["model"], row["fields"].get("section")),
            row["fields"]["text"],
            row["fields"].get("level", 0),
            row["fields"].get("marker", ""),
            [(link["text"], link["target"]) for link in row["fields"].get("links", [])],
            (row["fields"]["span_start"], row["fields"]["span_end"]),
        )
        for row in record(name)
        if "text" in row["fields"]
    ]

    found = [
        (
            section.kind.value,
            item.text,
            item.level,
            item.marker,
            [(link.text, link.target) for link in item.links],
            item.span,
        )
        for section in parsed(name).content.sections
        for item in section.items
    ]

    assert found == expected


@every_seed
def test_sections_are_those_of_the_record_under_their_printed_headings(name):
    expected = [
        (row["fields"]["kind"], row["fields"]["heading"])
        for row in record(name)
        if row["model"] == "papers.papersection"
    ]

    found = [(section.kind.value, section.heading) for section in parsed(name).content.sections]

    assert found == expected


@every_seed
def test_findings_are_those_that_a_reader_would_note(name):
    found = parsed(name).findings

    assert {finding.full_code for finding in found} == SEEDS[name][1]
    assert len(found) == len(SEEDS[name][1])


@every_seed
def test_every_sentence_is_placed(name):
    coverage = check(parsed(name))

    assert coverage.problems == ()
    assert (coverage.placed, coverage.sentences) == (SEEDS[name][2], SEEDS[name][2])


@every_seed
def test_a_paper_survives_the_pipe(name):
    paper = parsed(name)

    assert ParsedPaper.from_json(json.loads(json.dumps(paper.to_json()))) == paper
