"""Every mark has words, a shape and a meaning, and the partials print what they are given."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from papers.comparison import Change, ChangeKind, Counts, Place, compare
from papers.content import Item, PaperContent, Section, SectionKind
from papers.marks import (
    CHANGE_MARKS,
    ENDED_MARK,
    FACT_MARKS,
    OPEN_MARK,
    OUTCOME_MARKS,
    change_mark,
    meetings,
    section_name,
)
from papers.threads import OUTCOME_LABELS, Fact, Outcome
from tests.pages.html import Page

STATUS, STEPS, OTHER = SectionKind.CURRENT_STATUS, SectionKind.NEXT_STEPS, SectionKind.OTHER
MARKS = [
    *CHANGE_MARKS.values(),
    *FACT_MARKS.values(),
    *OUTCOME_MARKS.values(),
    OPEN_MARK,
    ENDED_MARK,
]


def paper(*texts, kind=STATUS, heading=""):
    return PaperContent(sections=(Section(kind, heading, tuple(Item(it) for it in texts)),))


def only_change(older, newer):
    [change] = [*(found := compare(older, newer)).items, *found.gone]
    return change


def shown(partial, **context):
    page = Page(render_to_string(f"papers/{partial}.html", context))
    assert page.mistakes == []
    return page


def test_every_change_fact_and_outcome_has_a_mark():
    assert set(CHANGE_MARKS) == set(ChangeKind)
    assert set(FACT_MARKS) == set(Fact)
    assert {it: mark.label for it, mark in OUTCOME_MARKS.items()} == OUTCOME_LABELS


def test_changes_stand_in_the_order_of_the_pages():
    assert [it.label for it in CHANGE_MARKS.values()] == [
        "New",
        "Reworded",
        "Moved",
        "Continued",
        "No longer reported",
    ]


@pytest.mark.parametrize("mark", MARKS, ids=lambda it: it.label)
def test_every_mark_has_a_drawn_symbol_and_a_sentence(mark):
    sprite = Path(settings.BASE_DIR, "templates", "_icons.html").read_text()

    assert f'id="i-{mark.icon}"' in sprite
    assert mark.label
    assert re.fullmatch(r"[A-Z].*\.", mark.meaning)


# Principle: only a person states a judgement.
def test_no_computed_mark_bears_a_word_that_only_a_person_may_say():
    computed = [*CHANGE_MARKS.values(), *FACT_MARKS.values(), OPEN_MARK, ENDED_MARK]

    for mark in computed:
        for label in OUTCOME_LABELS.values():
            assert label.casefold() not in f"{mark.label} {mark.meaning}".casefold()


def test_the_mark_of_a_moved_statement_names_the_section_it_came_from():
    text = "The group will publish guidance on bonds for continuous entries."

    change = only_change(paper(text, kind=STEPS), paper(text))

    assert change_mark(change).label == "Moved from Next steps"
    assert change_mark(change).css == CHANGE_MARKS[ChangeKind.MOVED].css
    assert change_mark(only_change(paper(text), paper(text))).label == "Continued"


def test_an_other_section_is_named_as_printed():
    assert section_name(Place(OTHER, 1, "Sub-group Updates")) == "“Sub-group Updates”"
    assert section_name(Place(STATUS, 1)) == "Current status"


def test_meetings_are_counted_in_words_that_agree():
    assert [meetings(it) for it in (1, 2)] == ["1 meeting", "2 meetings"]


def test_a_tag_is_an_icon_and_a_word():
    tag = shown("_change_tag", mark=CHANGE_MARKS[ChangeKind.NEW]).one(class_="tag")

    assert tag.text == "New"
    assert tag.classes == ["tag", "new"]
    assert tag.one("use")["href"] == "#i-new"


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (
            Counts(new=2, reworded=1, same=3, moved=1, gone=2),
            ["2 new", "1 reworded", "1 moved", "3 continued", "2 no longer reported"],
        ),
        (Counts(new=1, same=3), ["1 new", "3 continued"]),
        (Counts(gone=1, same=3), ["3 continued", "1 no longer reported"]),
        (Counts(same=3), ["No change: 3 continued"]),
        (Counts(), ["No items in either paper"]),
    ],
)
def test_counts_leave_out_what_is_none_and_say_when_nothing_changed(counts, words):
    page = shown("_change_counts", counts=counts)

    assert [it.text for it in page.all("li")] == words


def test_a_difference_marks_whole_words_and_nothing_where_none_is():
    older, newer = "The group met twice with brokers.", "The group met once with brokers."

    reworded = shown("_diff", change=only_change(paper(older), paper(newer)))
    same = shown("_diff", change=only_change(paper(older), paper(older)))
    new = shown("_diff", change=only_change(paper(), paper(newer)))
    gone = shown("_diff", change=only_change(paper(older), paper()))

    assert reworded.text == "The group met twice once with brokers."
    assert (reworded.one("del").text, reworded.one("ins").text) == ("twice", "once")
    assert [(it.text, it.all("ins", "del")) for it in (same, new, gone)] == [
        (older, []),
        (newer, []),
        (older, []),
    ]


def test_a_part_of_a_split_strikes_only_words_that_no_part_has():
    whole = (
        "The group will invite port directors to a session on damaged and lost cargo, and it will "
        "write down what they propose for drawback."
    )
    parts = [
        "The group will invite port directors to a session on damaged and lost cargo.",
        "The group will write down what port directors propose for drawback.",
    ]

    changes = compare(paper(whole), paper(*parts)).items

    assert [shown("_diff", change=it).text for it in changes] == [
        parts[0],
        "The group will and it write down what they port directors propose for drawback.",
    ]
    assert [it.text for it in shown("_diff", change=changes[1]).all("del")] == ["and it", "they"]
    added = [[it.text for it in shown("_diff", change=it).all("ins")] for it in changes]
    assert added == [[], ["port directors"]]


def test_a_difference_shows_what_was_printed_and_no_markup():
    text = "<b>&amp; \"quoted\"</b> was <script>alert('x')</script>"

    change = only_change(paper(text), paper(f"{text} twice"))

    assert isinstance(change, Change)
    assert shown("_diff", change=change).text == f"{text} twice"


def chip(**fields):
    made = {"href": "", "link_words": "", "is_stated": False, "note": "", **fields}
    return shown("_step_chip", chip=SimpleNamespace(**made))


def test_the_chip_of_a_fact_has_words_and_maybe_a_link():
    page = chip(
        mark=FACT_MARKS[Fact.REPEATED],
        words="Repeated in June 2024",
        href="/x/#n1",
        link_words="N1",
    )

    assert page.text == "Repeated in June 2024 N1"
    assert page.one("a")["href"] == "/x/#n1"
    assert chip(mark=OPEN_MARK, words="Open for 1 meeting").all("a") == []


def test_the_chip_of_an_outcome_says_that_staff_state_it_and_shows_the_note():
    page = chip(
        mark=OUTCOME_MARKS[Outcome.DONE],
        words="Answered in June 2024",
        is_stated=True,
        note="The minutes say so.",
    )

    assert page.one(class_="out").text == "Answered in June 2024 stated by staff"
    assert page.text.endswith("The minutes say so.")
