"""Markdown files: the marks that a plain text does not have."""

import pytest

from papers.importing.document import BlockKind
from tests.importing.making import make_md, make_txt, sample
from tests.importing.readers.telling import document, furniture, said, texts


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("The *new* group met _twice_.", "The new group met twice."),
        ("__Costs__ and ***savings*** rose.", "Costs and savings rose."),
        (r"Part 111\. 5 \* 3 \[sic\]", "Part 111. 5 * 3 [sic]"),
        ("AT&amp;T, 5&nbsp;% of R&D &ndash; &#8220;new&#8221;", "AT&T, 5 % of R&D – “new”"),
        ("Rates * of * duty and snake_case_name stay, 2*3*4 too.", None),
        ("A line ____ to fill in", None),
        ("&#42;&#42;no bold&#42;&#42;", None),
        (r"\# is no heading", None),
    ],
)
def test_marks_within_a_line_of_markdown_are_no_words(printed, words):
    assert document(printed, "paper.md").blocks[0].text == (words or printed)


def test_a_break_in_markdown_begins_a_line_but_in_a_row():
    found = document("One<br>Two<br/>\nThree\n\n| a<br>b | c |\n|---|---|\n", "paper.md")

    assert found.text.startswith("One\nTwo\nThree\n\n")
    rows = [block.cells for block in found.blocks if block.kind == BlockKind.TABLE_ROW]
    assert rows == [("a b", "c")]


def test_a_plus_is_a_bullet_in_markdown_alone():
    printed = "+ It met.\n    1. Once\n+ It waits.\n"

    assert said(printed, "paper.md") == [
        (0, "*", "It met."),
        (1, "1.", "Once"),
        (0, "*", "It waits."),
    ]
    assert texts(printed)[0] == "+ It met."


def test_in_a_plain_text_a_star_or_a_backslash_is_a_character():
    printed = r"The *new* group wrote \*.doc &amp; _more_."

    assert document(printed).blocks[0].text == printed


@pytest.mark.parametrize(
    ("printed", "words", "targets"),
    [
        ('See [it](https://example.gov/a_b_c "A page").', "See it.", ["https://example.gov/a_b_c"]),
        ("See [it](<https://example.gov>).", "See it.", ["https://example.gov"]),
        ("_See [it](https://a.gov?_a_=*b*&amp;c)._", "See it.", ["https://a.gov?_a_=*b*&c"]),
        ("See <https://example.gov/a>.", "See https://example.gov/a.", ["https://example.gov/a"]),
        ("Ask <a@example.gov>.", "Ask a@example.gov.", ["mailto:a@example.gov"]),
        ("See <https://example.gov/(a)>.", "See https://example.gov/(a).", []),
        ("See [it][1] and [It].\n\n[1]: https://a.gov\n[it]: <https://b.gov> 'B'",
         "See it and It.", ["https://a.gov", "https://b.gov"]),
        ("See [it][2].\n\n[1]: https://a.gov", "See [it][2].", []),
    ],
)  # fmt: skip
def test_every_form_of_link_in_markdown_keeps_its_words_and_target(printed, words, targets):
    found = document(printed, "paper.md")

    assert found.blocks[0].text == words
    assert [link.target for link in found.blocks[0].links] == targets
    assert not list(found.problems())


def test_a_target_that_nothing_refers_to_is_kept_as_printed():
    printed = "It met.\n\n[1]: https://a.gov"

    assert document(printed, "paper.md").blocks[-1].text == "[1]: https://a.gov"


def test_headings_of_markdown_are_headings_in_markdown_only():
    text = "## Background ##\n\nIssue\n-----\n\n#1 of its kind\n"

    kinds = [(block.kind, block.text) for block in document(text, "paper.md").blocks]

    assert kinds[0] == (BlockKind.HEADING, "Background")
    assert kinds[1] == (BlockKind.HEADING, "Issue")
    assert kinds[3] == (BlockKind.PARAGRAPH, "#1 of its kind")
    assert document(text).blocks[0].text == "## Background ##"


def test_a_markdown_paper_says_the_same_as_a_text():
    paper = sample()
    plain = make_txt(paper, headings="plain", links=True, markers=("-",))

    assert texts(make_md(paper), "a.md") == texts(plain)


def test_a_backslash_at_the_end_of_a_line_is_a_break_and_no_word():
    assert texts("- It met,\\\n  twice.\n", "paper.md") == ["It met, twice."]
    assert texts("It is C:\\\n\nIt met.\n", "paper.md")[0] == "It is C:\\"


def test_boxes_to_tick_are_no_words_of_items():
    printed = "- [ ] Send it\n- [x] Ask\n1. [X] Wait\n- [x]\n\nSee [x] there.\n"

    assert texts(printed, "paper.md") == ["Send it", "Ask", "Wait", "[x]", "See [x] there."]
    assert texts(printed)[0] == "[ ] Send it"


@pytest.mark.parametrize("name", ["paper.md", "paper.txt"])
def test_a_further_paragraph_of_an_item_is_of_its_level(name):
    printed = (
        "- One\n\n  More of one.\n\n  - Two\n\n    More of two.\n\n    - Three\n\n"
        "    Again of two.\n\n  Again of one.\n\n  - Four\n\nOutside.\n"
    )

    assert said(printed, name) == [
        (0, "-", "One"), (None, "", "More of one."), (1, "-", "Two"), (1, "", "More of two."),
        (2, "-", "Three"), (1, "", "Again of two."), (None, "", "Again of one."), (1, "-", "Four"),
        (None, "", "Outside."),
    ]  # fmt: skip


FRONT = "---\ntitle: Government Issue Paper\ntags:\n  - trade\n- x\n\n# note\n---\n"


def test_front_matter_is_furniture():
    assert texts(f"{FRONT}\nThe group met.\n", "paper.md") == ["The group met."]
    assert "title: Government Issue Paper" in furniture(f"{FRONT}\nIt met.\n", "paper.md")


@pytest.mark.parametrize(
    "printed",
    [
        f"The group met.\n\n{FRONT}",
        "---\nWorking Group: Sample\n---\n",
        "---\nThe group met.\n\n---\n",
        "---\ntitle: a\n",
    ],
)
def test_what_only_looks_like_front_matter_is_of_the_paper(printed):
    shown = " ".join(texts(printed, "paper.md"))

    assert printed.strip("-\n").splitlines()[0] in shown
