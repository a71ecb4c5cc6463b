"""Two papers side by side: nothing is left out, and each item stands where it belongs."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.content import Item, PaperContent, Section, SectionKind
from papers.following import FollowedGroup
from papers.marked import MarkedGroup
from papers.models import IssuePaper
from papers.side_by_side import SideBySide
from papers.words import Op
from workgroups.models import Meeting, WorkingGroup

STATUS, STEPS, BACKGROUND = (
    SectionKind.CURRENT_STATUS,
    SectionKind.NEXT_STEPS,
    SectionKind.BACKGROUND,
)
DAYS = (date(2024, 3, 6), date(2024, 6, 26))
MET = "The group met twice this quarter with the sureties."
FACTS = "CBP will publish a fact sheet on bond sufficiency."
RIDERS = "The group will send CBP its comments on electronic bond riders by June 2024."
PORTAL = "A new portal for single transaction bonds opened in July."


def paper(**sections):
    """``status=["..."]``, ``steps=``, ``background=``, ``other=`` (under "Updates")."""
    kinds = {"status": STATUS, "steps": STEPS, "background": BACKGROUND, "other": SectionKind.OTHER}
    return PaperContent(
        sections=tuple(
            Section(
                kinds[name],
                "Updates" if name == "other" else "",
                tuple(it if isinstance(it, Item) else Item(it) for it in items),
            )
            for name, items in sections.items()
        )
    )


def side_by_side(older, newer):
    group = WorkingGroup(pk=1, slug="bond", name="Bond")
    meetings = [Meeting(held_on=day) for day in DAYS]
    papers = [IssuePaper(working_group=group, meeting=it) for it in meetings]
    followed = FollowedGroup(group, meetings, papers, [older, newer], {}, [], {}, frozenset())
    return SideBySide(MarkedGroup(followed), 0, 1)


def words(side):
    return " ".join(it.words for it in side.segments) if side else ""


def rows(section):
    return [(it.mark.label, words(it.older), words(it.newer)) for it in section.rows]


def test_rows_follow_the_newer_paper_and_what_is_gone_stays_near():
    older = paper(status=["It looks at drawback.", MET, "Nobody spoke of rail cargo.", FACTS])
    newer = paper(status=[MET, PORTAL, FACTS])

    assert rows(side_by_side(older, newer).status) == [
        ("No longer reported", "It looks at drawback.", ""),
        ("Continued", MET, MET),
        ("No longer reported", "Nobody spoke of rail cargo.", ""),
        ("New", "", PORTAL),
        ("Continued", FACTS, FACTS),
    ]


def test_each_side_shows_its_own_words_as_printed():
    older = paper(status=["• The group met “twice” with brokers."])
    newer = paper(status=['The group met "twice" with importers.'])

    [row] = side_by_side(older, newer).status.rows

    assert [(it.op, it.words) for it in row.older.segments] == [
        ("same", "The group met “twice” with"),
        ("removed", "brokers."),
    ]
    assert [(it.op, it.words) for it in row.newer.segments] == [
        ("same", 'The group met "twice" with'),
        ("added", "importers."),
    ]
    assert row.older.items == [("S1", "/papers/2024-03-06/bond/#s1")]
    assert row.newer.items == [("S1", "/papers/2024-06-26/bond/#s1")]


def test_what_moved_stands_in_both_sections_and_each_leads_to_the_other():
    older = paper(status=[MET], background=[RIDERS])
    newer = paper(status=[MET, RIDERS], background=["COAC approved nine recommendations."])

    sides = side_by_side(older, newer)

    assert rows(sides.status)[1] == ("Moved from Background", RIDERS, RIDERS)
    [background] = sides.others
    moved = background.rows[0]
    assert (moved.mark.label, moved.newer) == ("Moved to Current status", None)
    assert moved.elsewhere == ("S2", "#s2")
    assert not background.is_same


def test_an_item_that_became_two_is_shown_whole_and_says_so():
    whole = (
        "The group will invite port directors to a session on damaged and lost cargo, and it will "
        "write down what they propose for drawback."
    )
    parts = [
        "The group will invite port directors to a session on damaged and lost cargo.",
        "The group will write down what port directors propose for drawback.",
    ]

    split = side_by_side(paper(status=[whole]), paper(status=parts)).status.rows
    [step] = side_by_side(paper(steps=[whole]), paper(steps=parts)).steps
    merged = side_by_side(paper(steps=parts), paper(steps=[whole]))

    assert [(it.remark, words(it.older)) for it in split] == [("One item became two", whole)] * 2
    # On the older side are marked the words that neither part has.
    for side in (split[0].older, split[1].older, step.step):
        lost = [it.words for it in side.segments if it.op == Op.REMOVED]
        assert lost == ["and it", "they"]
    assert (step.remark, words(step.step)) == ("One item became two", whole)
    assert [it.anchor for it in step.shown_by] == ["n1", "n2"]
    assert [it.remark for it in merged.steps] == ["Two items became one"] * 2
    assert [words(it.step) for it in merged.steps] == parts
    # One item of the page has the anchor.
    assert [shown.anchor for it in merged.steps for shown in it.shown_by] == ["n1", ""]
    assert merged.other_steps == []


def test_a_step_is_repeated_reworded_or_not_mentioned_and_nothing_more_is_said():
    older = paper(steps=[RIDERS, FACTS, "The group will name its members."])
    newer = paper(steps=[RIDERS.replace("June", "September"), PORTAL], status=[FACTS])

    sides = side_by_side(older, newer)

    assert [[chip.words for chip in row.chips] for row in sides.steps] == [
        ["Reworded in June 2024"],
        ["Repeated in June 2024"],
        ["Not mentioned in June 2024"],
    ]
    assert [[it.where for it in row.shown_by] for row in sides.steps] == [
        ["June 2024, Next steps"],
        ["June 2024, Current status"],
        [],
    ]
    assert sides.fact_counts == [(1, "reworded"), (1, "repeated"), (1, "not mentioned")]
    assert sides.stated_counts == []
    assert [(it.mark.label, words(it.newer)) for it in sides.other_steps] == [("New", PORTAL)]


def test_a_step_that_staff_track_elsewhere_is_a_step():
    older = paper(status=[Item(RIDERS, is_tracked=True), MET])

    [row] = side_by_side(older, paper(status=[MET])).steps

    assert words(row.step) == RIDERS
    assert row.origin == "March 2024 next step, printed under Current status"
    assert [chip.words for chip in row.chips] == ["Not mentioned in June 2024"]


def test_sections_without_change_are_the_same_and_a_missing_one_is_named():
    older = paper(background=[MET, FACTS], other=["Seven members."])
    newer = paper(background=[FACTS, MET])

    background, other = side_by_side(older, newer).others

    assert (background.heading, background.is_same, len(background.rows)) == ("Background", True, 2)
    assert (other.heading, other.is_same) == ("Updates", False)
    assert other.newer_remark == "This paper has no section “Updates”."
    assert other.older_remark == ""


def test_words_in_place_of_items_are_shown():
    empty = Section(STATUS, remark="None at this time.")

    status = side_by_side(PaperContent(sections=(empty,)), paper(status=[MET])).status

    assert (status.older_remark, status.newer_remark) == ("None at this time.", "")


def test_two_papers_are_wanted():
    with pytest.raises(ValueError, match="Both meetings"):
        side_by_side(None, paper(status=[MET]))


TEXTS = st.sampled_from(
    [
        *(MET, FACTS, RIDERS, PORTAL, "Pending.", "…", "נושא: ערבויות", "🚢 🚚", f"{MET} {FACTS}"),
        *(MET.replace("twice", "once"), f"{FACTS} {RIDERS}", f"{RIDERS} It will not wait."),
    ]
)
ITEMS = st.lists(st.builds(Item, TEXTS, st.integers(0, 2)), max_size=5)
PAPERS = st.builds(paper, status=ITEMS, steps=ITEMS, background=ITEMS, other=ITEMS)


@settings(max_examples=300, deadline=None, print_blob=True)
@given(PAPERS, PAPERS)
def test_each_item_of_both_papers_stands_on_the_page_and_each_anchor_once(older, newer):
    sides = side_by_side(older, newer)

    found = [row for section in (sides.status, *sides.others) for row in section.rows]
    left = [side for row in found if (side := row.older)] + [row.step for row in sides.steps]
    shown = [it for row in sides.steps for it in row.shown_by]
    right = [side for row in (*found, *sides.other_steps) if (side := row.newer)]
    right += [it.side for it in shown]
    anchors = [it.anchor for it in (*found, *sides.other_steps, *shown) if it.anchor]
    for content, of_paper, day in ((older, left, DAYS[0]), (newer, right, DAYS[1])):
        there = {address for side in of_paper for _, address in side.items}
        count = sum(len(section.items) for section in content.sections)
        assert len(there) == count
        assert all(str(day) in address for address in there)
    assert len(anchors) == len(set(anchors)) == sum(len(it.items) for it in newer.sections)
    for row in found:
        assert row.elsewhere is None or row.elsewhere[1].removeprefix("#") in anchors


def test_a_step_merged_from_a_step_and_another_item_stands_beside_the_step_alone():
    met = "The group met twice this quarter with the sureties."
    sheet = "CBP will publish a fact sheet on bond sufficiency."
    sides = side_by_side(paper(steps=[met, met], other=[sheet]), paper(steps=[f"{met} {sheet}"]))

    assert [[it.anchor for it in row.shown_by] for row in sides.steps] == [["n1"], []]
    assert sides.other_steps == []
