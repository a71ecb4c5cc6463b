"""Whatever the document: a paper of which every word has its place, or one of the listed problems.

``FUZZ=100000 pytest -m slow tests/importing/parser/test_properties.py`` runs the long version with
as many examples (100,000 without a number).
"""

import json
import os
import random
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papers.importing.coverage import check
from papers.importing.errors import ImportProblem
from papers.importing.parsed import ParsedPaper
from papers.importing.parser import parse
from papers.importing.readers import read
from tests.importing.parser.building import HEAD, TITLE, document

WORDS = (
    "CBP will publish the rule. It was read twice!",
    "The group met in U.S. ports, e.g. No. 4; see p. 7.",
    "see [the page](https://example.gov/a) and [nothing](#)",
    "cross-border re-\nlease",
    "N/A",
    "None at this time.",
    "Background:",
    "Backround",
    "ISSUE(S)",
    "2. Current Status",
    "Current Status (continued):",
    "Next Steps: None",
    "Next Steps and Timeline:\nThe group will go on.",
    "Status – open",
    "Statement of Work:",
    "QUESTIONS FOR THE TRADE",
    "Submitted by: Pat Example, Office of Trade",
    "Submitted by:",
    "Kim Sample and Lee Roe, Office of Trade; Jo Poe (CBP)",
    "Prepared by – Pat Example, Jr. Date: Aug. 15, 2024",
    "Date:",
    "Date: TBD",
    "Date: August",
    "15, 2024",
    "May 2, 2024",
    "Action Required:",
    "Action Required: Informational",
    "Pub# 0318-0924",
    "Publication No. 0318–0924",
    "0318-0924",
    "Page 3 of 4",
    "Secure Trade",
    "Lanes Subcommittee",
    "Office of Trade / Trade Policy and Programs",
    "Bond Working Group",
    "Working Group",
    "Working Group: Bond",
    "September 2024",
    "Current Status (as of May 9, 2025):",
    "Proposed Next Steps",
    "Current Status.",
    "2.1 Exam",
    "BACGOUND",
    "Government Issue",
    "Paper",
    "Sample Working",
    "Group",
    "June",
    "2024",
    "17th Term",
    "DRAFT",
    "Sample Working Group Update Long Beach, CA",
    "Sample Working Group (Sample WG)",
    "Working Group on Samples",
    "Cargo and Conveyance Security",
    "Submitted jointly by: Rulings (Pat Example) / Kim Roe | Trade DATE: May 2, '24",
    "U.S. Customs and Border Protection",
    "Air Cargo Advisory Committee",
    "Executive Summary",
    "**Bold** _words_ ** _",
    "— - – | / : ;",
    "１２ ａｂｃ \u0301e\u0301 \u200b\ufeff\u00a0x",
    "(a) [b](c) [d]( e",
    " ".join(TITLE),
    *TITLE,
)
KINDS = ("heading", "paragraph", "list-item", "table-row", "furniture")

texts = st.one_of(
    st.sampled_from(WORDS),
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=3).map(" ".join),
    st.text(min_size=1, max_size=40),
)


@st.composite
def blocks(draw):
    words = draw(texts).strip()
    text = " ".join(words.replace("-\n", "").split())
    kind = draw(st.sampled_from(KINDS))
    block = {"text": text, "printed": words, "kind": kind, "is_bold": draw(st.booleans())}
    if kind == "list-item":
        block["level"] = draw(st.integers(0, 5))
        block["marker"] = draw(st.sampled_from(("-", "•", "- o", "1.", "(a)", "IV.")))
    if kind == "table-row":
        # Each cell is whole, as readers print a row: no mark or link begins in one and ends in
        # the next.
        other = " ".join(draw(texts).split())
        block["cells"] = tuple(cell for cell in (text, other) if cell)
        block["text"] = block["printed"] = " | ".join(block["cells"])
    return block


@st.composite
def documents(draw):
    made = draw(st.lists(blocks(), max_size=14))
    head = draw(st.sampled_from(((), TITLE, HEAD)))
    return document(*head, *(block for block in made if block["text"]))


files = st.one_of(
    st.lists(texts, max_size=25).map("\n".join),
    st.lists(texts, max_size=25).map(lambda lines: "\n".join((*HEAD, "", *lines))),
    st.lists(texts, max_size=25).map(lambda lines: "\n\n".join((*HEAD, *lines))),
)


def parsed_or_none(source):
    try:
        return parse(source)
    except ImportProblem:
        return None


def holds(source):
    """Each promise that a parsed document keeps."""
    paper = parsed_or_none(source)
    if paper is None:
        return
    coverage = check(paper)
    assert coverage.problems == ()
    assert 0 <= coverage.placed <= coverage.sentences
    assert paper == parse(source)
    assert ParsedPaper.from_json(json.loads(json.dumps(paper.to_json()))) == paper
    for section in paper.content.sections:
        assert not (section.items and section.remark)
        for item in section.items:
            assert item.text
            assert 0 <= item.level <= 3
    if len(paper.findings) < len(source.blocks):
        assert len(paper.content.absent_sections) <= len(paper.findings)
    for finding in paper.findings:
        assert finding.words
        assert finding.span is None or finding.span[0] < finding.span[1]


def few(count):
    return settings(
        max_examples=count,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


@few(150)
@given(documents())
def test_every_word_of_any_document_has_its_place(source):
    holds(source)


@few(150)
@given(files)
def test_every_word_of_any_text_file_has_its_place(text):
    try:
        source = read(text.encode(), "any.txt")
    except ImportProblem:
        return
    assert list(source.problems()) == []
    holds(source)


@pytest.mark.slow
@pytest.mark.skipif(not os.environ.get("FUZZ"), reason="FUZZ=1 runs the long version")
def test_every_word_of_very_many_documents_has_its_place():
    wanted = int(os.environ["FUZZ"])
    count = wanted if wanted > 1 else 100_000
    few(count // 2)(given(documents())(holds))()
    few(count - count // 2)(given(files)(_file_holds))()


def _file_holds(text):
    try:
        source = read(text.encode(), "any.txt")
    except ImportProblem:
        return
    holds(source)


def long_document(lines):
    chance = random.Random(7)
    body = [chance.choice(WORDS[:24]) for _ in range(lines)]
    return document(*HEAD, *(" ".join(line.replace("-\n", "").split()) for line in body))


def seconds(work):
    begin = time.process_time()
    work()
    return time.process_time() - begin


def test_time_grows_in_proportion_to_length():
    small, large = long_document(400), long_document(3_200)
    parsed_or_none(small)

    short = min(seconds(lambda: parsed_or_none(small)) for _ in range(3))
    long = min(seconds(lambda: parsed_or_none(large)) for _ in range(2))

    # Eight times the lines; the rest is for a busy machine.
    assert long < 8 * short * 2.5 + 0.1
