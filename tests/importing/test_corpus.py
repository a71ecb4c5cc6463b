"""Sample papers, each written in another way, against what a careful reader sees in them.

The facts of the samples are invented. Beside each document stands a file with the values that a
person expects of it, under the keys of the import command. ``*.paper.json`` describes a sample that
is made into a DOCX or PDF file here.
"""

import json
from collections import Counter
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

import pytest

from papers.content import SectionKind
from papers.importing.coverage import check
from papers.importing.parser import parse
from papers.importing.readers import read
from tests.importing import making

CORPUS = Path(__file__).resolve().parent / "corpus"
SCALARS = (
    "working_group",
    "subcommittee",
    "meeting",
    "pub_number",
    "action_required",
    "submitted_by",
    "submitter_office",
    "dated",
)
SECTIONS = ("background", "issue", "status_items", "next_steps")
SAMPLES = sorted(
    path
    for path in CORPUS.glob("sample-*")
    if path.suffix in (".txt", ".md", ".html") or path.name.endswith(".paper.json")
)


def stem(path):
    return path.name.split(".")[0]


def sample_bytes(path):
    """The document of a sample, and its name; made samples are made anew."""
    if path.suffix != ".json":
        return path.read_bytes(), path.name
    told = json.loads(path.read_text(encoding="utf-8"))
    raw = told["paper"]
    sections = tuple(
        (
            heading,
            tuple(
                making.SampleItem(
                    item["text"],
                    item["level"],
                    tuple(map(tuple, item.get("links", ()))),
                    tuple(item.get("cells", ())),
                )
                for item in items
            ),
        )
        for heading, items in raw["sections"]
    )
    paper = making.SamplePaper(
        **{
            **raw,
            "title": tuple(raw["title"]),
            "fields": tuple(raw["fields"]),
            "sections": sections,
        }
    )
    make = {"docx": making.make_docx, "pdf": making.make_pdf}[told["maker"]]
    return make(paper, **told["options"]), f"{stem(path)}.{told['maker']}"


def as_told(paper):
    """A parsed paper under the keys of the import command."""
    content = paper.content
    kinds = dict(zip(SECTIONS, list(SectionKind), strict=False))
    told = {
        "working_group": content.group or None,
        "subcommittee": content.subcommittee or None,
        "meeting": "{:04}-{:02}".format(*paper.meeting) if paper.meeting else None,
        "pub_number": content.pub_number or None,
        "action_required": content.action_required or None,
        "submitted_by": content.submitted_by or None,
        "submitter_office": content.submitter_office or None,
        "dated": content.dated.isoformat() if content.dated else None,
        "other_sections": [
            {"heading": section.heading, "items": items_of(section)}
            for section in content.sections
            if section.kind is SectionKind.OTHER
        ],
        "links": [
            {"text": link.text, "target": link.target}
            for section in content.sections
            for item in section.items
            for link in item.links
        ],
        "findings": [finding.full_code for finding in paper.findings],
    }
    for name, kind in kinds.items():
        section = content.section(kind)
        told[name] = None if section is None else items_of(section)
    return told


def items_of(section):
    return [{"text": item.text, "level": item.level} for item in section.items]


@cache
def parsed(path):
    return parse(read(*sample_bytes(path)))


def expected_of(path):
    return json.loads((CORPUS / f"{stem(path)}.json").read_text(encoding="utf-8"))


@dataclass
class Score:
    """Hits of expected ones, by subject; and findings that nobody expects."""

    hits: Counter = field(default_factory=Counter)
    wanted: Counter = field(default_factory=Counter)
    false: int = 0
    misses: list = field(default_factory=list)

    def count(self, subject, hits, wanted, miss=""):
        self.hits[subject] += hits
        self.wanted[subject] += wanted
        if hits < wanted:
            self.misses.append(f"{miss} {subject}: {hits} of {wanted}")

    def share(self, subject):
        return self.hits[subject] / self.wanted[subject]


def lists_of(told):
    """Every list of items with its name; an absent section and an empty one differ."""
    for name in SECTIONS:
        yield name, told[name]
    for other in told["other_sections"]:
        yield other["heading"], other["items"]


def score(paths):
    total = Score()
    for path in paths:
        expected, found = expected_of(path), as_told(parsed(path))
        name = stem(path)
        for scalar in SCALARS:
            same = expected[scalar] == found[scalar]
            total.count("scalars", same, 1, f"{name} {scalar}={found[scalar]!r}")
        theirs = dict(lists_of(found))
        for heading, items in lists_of(expected):
            mine = theirs.pop(heading, None)
            if not items or not mine:
                total.count("items", items == mine, 1, f"{name} {heading}")
                continue
            matcher = SequenceMatcher(
                a=[item["text"] for item in items],
                b=[item["text"] for item in mine],
                autojunk=False,
            )
            pairs = [
                (items[match.a + i], mine[match.b + i])
                for match in matcher.get_matching_blocks()
                for i in range(match.size)
            ]
            total.count("items", len(pairs), max(len(items), len(mine)), f"{name} {heading}")
            levels = sum(a["level"] == b["level"] for a, b in pairs)
            total.count("levels", levels, len(pairs), f"{name} {heading}")
        for heading in theirs:
            total.count("items", 0, 1, f"{name} has also {heading}")
        same_links = expected["links"] == found["links"]
        total.count("links", same_links, 1, f"{name} {found['links']}")
        wanted, noted = Counter(expected["findings"]), Counter(found["findings"])
        total.count("findings", (wanted & noted).total(), wanted.total(), f"{name} {noted}")
        extra = noted - wanted
        total.false += extra.total()
        if extra:
            total.misses.append(f"{name} false: {dict(extra)}")
    return total


def test_the_corpus_is_read_as_a_careful_reader_would(capsys):
    assert len(SAMPLES) >= 30

    total = score(SAMPLES)

    with capsys.disabled():
        shares = ", ".join(
            f"{subject} {total.share(subject):.1%} of {total.wanted[subject]}"
            for subject in total.wanted
        )
        print(f"\n{len(SAMPLES)} samples: {shares}; false findings: {total.false}")
    why = "\n".join(total.misses)
    assert total.share("scalars") >= 0.99, why
    assert total.share("items") >= 0.99, why
    assert total.share("levels") >= 0.97, why
    assert total.share("findings") >= 0.95, why
    assert total.share("links") == 1, why
    assert total.false <= len(SAMPLES) / 10, why


@pytest.mark.parametrize("path", SAMPLES, ids=stem)
def test_every_word_of_a_sample_has_its_place(path):
    paper = parsed(path)

    coverage = check(paper)

    assert coverage.problems == ()
    homeless = [finding for finding in paper.findings if finding.code == "not_placed"]
    assert coverage.sentences - coverage.placed == len(homeless)


@pytest.mark.parametrize("path", SAMPLES, ids=stem)
def test_the_document_of_a_sample_is_sound(path):
    assert list(read(*sample_bytes(path)).problems()) == []
