"""Pairs of papers as staff correct them; each computed once, and never stale after an edit."""

from datetime import date

import pytest
from django.db.models import F

from papers import kept
from papers.comparison import ChangeKind, Counts, Place
from papers.content import Item, PaperContent, Section, SectionKind
from papers.importing.rows import rewrite
from papers.models import NextStep
from tests.factories import make_group, make_paper
from tests.papers.following import (
    DECEMBER,
    JUNE,
    MARCH,
    NEW,
    OLD,
    OTHER,
    SEPTEMBER,
    STEP,
    followed,
    kinds,
    link,
    settle,
)
from workgroups.models import Meeting

pytestmark = pytest.mark.django_db

RIDER = "The group reviewed the bond rider form with sureties in Houston."
STATUS = SectionKind.CURRENT_STATUS


@pytest.fixture
def group():
    return make_group("bond")


# Pairs that staff corrected ---------------------------------------------------------------------


@pytest.fixture
def corrected(group):
    """Staff say that the first items belong together and the second do not."""
    older = make_paper(group, MARCH, status=[RIDER, OLD])
    newer = make_paper(group, JUNE, status=[OTHER, NEW])
    link(older.status_items.first(), newer.status_items.first())
    link(older.status_items.last(), newer.status_items.last(), together=False)
    return older, newer


def test_corrections_win_over_what_is_computed(group, corrected):
    found = followed(group)

    assert kinds(found) == ["reworded", "new"]
    assert found.changes[1].items[0].by_staff
    assert [it.older.text for it in found.changes[1].gone] == [OLD]


def test_corrections_survive_later_edits_of_the_items(group, corrected):
    _, newer = corrected
    assert kinds(followed(group)) == ["reworded", "new"]

    newer.status_items.filter(text=OTHER).update(text="Nothing like that was said before.")
    newer.status_items.filter(text=NEW).update(text=OLD)

    assert kinds(followed(group)) == ["reworded", "new"]


def test_corrections_survive_reorders(group, corrected):
    for paper in corrected:
        paper.status_items.update(position=F("position") + 100)
        paper.status_items.filter(position=101).update(position=5)
        paper.status_items.filter(position=102).update(position=4)

    found = followed(group)

    assert kinds(found) == ["new", "reworded"]
    assert found.changes[1].items[1].older.text == RIDER


def test_corrections_survive_a_revision_that_is_taken_over(group, corrected):
    _, newer = corrected
    items = (Item(NEW), Item("Something that is new."), Item(OTHER.replace("night", "day")))
    rewrite(newer, PaperContent(sections=(Section(STATUS, "Current Status", items),)))

    found = followed(group)

    assert kinds(found) == ["new", "new", "reworded"]
    assert found.changes[1].items[2].older.text == RIDER


def test_corrections_of_papers_that_are_not_shown_leave_no_trace(group, corrected):  # S01
    _, newer = corrected
    newer.withdraw()
    make_paper(group, SEPTEMBER, status=[NEW])

    found = followed(group)

    assert found.corrections == {}
    assert kinds(found, 2) == ["reworded"]


def test_a_correction_of_distant_papers_links_a_statement_over_the_gap(group):
    older = make_paper(group, MARCH, status=[RIDER])
    make_paper(group, JUNE, status=[OLD])
    newest = make_paper(group, SEPTEMBER, status=[OTHER])
    link(older.status_items.get(), newest.status_items.get())

    found = followed(group)

    assert found.record.history(2, Place(STATUS, 1)).first_reported == 0
    assert found.between(0, 2).items[0].by_staff


# Papers with others in between -----------------------------------------------------------------

CHAIN = (
    "CBP will provide the group with a draft of the revised recordation guidance.",
    "CBP will provide the group and the trade with a second draft of the recordation guidance for "
    "small importers.",
    "A second draft for small importers will reach the trade from CBP by the next quarter, with "
    "the recordation guidance of the ports.",
)


def test_what_was_followed_through_the_papers_between_is_one_statement_from_end_to_end(group):
    for day, step in zip((MARCH, JUNE, SEPTEMBER), CHAIN, strict=True):
        make_paper(group, day, next_steps=[step])
    link(*(NextStep.objects.get(paper__meeting__held_on=day) for day in (JUNE, SEPTEMBER)))
    found = followed(group)
    assert [len(it.mentions) for it in found.ledger.threads] == [3]
    alone = kept.changes_between(found.contents[0], found.contents[2])
    assert alone.counts == Counts(new=1, same=1, gone=1)

    whole = found.between(0, 2)

    assert whole.counts == Counts(reworded=1, same=1)
    assert not any(it.by_staff for it in whole.items)


def test_staff_may_say_that_what_was_followed_is_not_the_same_from_end_to_end(group):
    for day, step in zip((MARCH, JUNE, SEPTEMBER), CHAIN, strict=True):
        make_paper(group, day, next_steps=[step])
    first, second, third = NextStep.objects.order_by("paper__meeting__held_on")
    link(second, third)
    link(first, third, together=False)

    assert followed(group).between(0, 2).counts == Counts(new=1, same=1, gone=1)


# Kept pairs -------------------------------------------------------------------------------------


@pytest.fixture
def compared(monkeypatch):
    """The pairs of papers that were compared, cold."""
    done = []

    def counting(older, newer, corrections=()):
        done.append((older, newer))
        return following_compare(older, newer, corrections)

    following_compare = kept.compare
    kept.changes_between.cache_clear()
    kept.record_of.cache_clear()
    monkeypatch.setattr(kept, "compare", counting)
    yield done
    kept.changes_between.cache_clear()
    kept.record_of.cache_clear()


def test_each_pair_is_compared_once_and_again_only_after_an_edit(group, compared):
    papers = [
        make_paper(group, day, status=[f"CBP received {number} comments on the rule."])
        for number, day in enumerate((MARCH, JUNE, SEPTEMBER, DECEMBER))
    ]
    for _ in range(3):
        found = followed(group)
        assert found.ledger is not None
        assert found.between(0, 1) is found.changes[1]
    assert len(compared) == 3

    papers[1].status_items.update(text=RIDER)

    assert kinds(followed(group), 1) == ["new"]
    assert kinds(followed(group), 2) == ["new"]
    assert kinds(followed(group), 3) == ["reworded"]
    assert len(compared) == 5

    link(papers[0].status_items.get(), papers[1].status_items.get())

    assert followed(group).changes[1].items[0].by_staff
    assert len(compared) == 6


def test_a_page_through_forty_papers_compares_each_pair_once(group, compared):
    for number in range(40):
        day = date(1990 + number // 4, 1 + number % 4 * 3, 6)
        make_paper(group, day, status=[f"CBP received {number} comments on the rule.", RIDER])

    for _ in range(2):
        assert followed(group).ledger is not None

    assert len(compared) == 39
    assert followed(group).record.history(39, Place(STATUS, 2)).first_reported == 0


def test_papers_of_the_same_words_keep_their_own_rows(group, compared):
    """What is kept by words is never taken for what is stored."""
    other = make_group("other")
    for each in (group, other):
        march = make_paper(each, MARCH, status=[OLD], next_steps=[STEP])
        make_paper(each, JUNE, status=[NEW])
        settle(march.next_steps.get(), Meeting.objects.get(held_on=JUNE))

    found = [followed(each) for each in (group, other)]

    for one in found:
        own = {it.pk for paper in one.papers for it in paper.status_items.all()}
        assert {key for kind, key in one.places if kind == "status_item"} == own
        assert [one.item_at((index, Place(STATUS, 1))).item.key in own for index in (0, 1)] == [
            True,
            True,
        ]
        assert [it.row for it in one.ledger.threads[0].outcomes] == list(one.statements)
    assert {it.kind for one in found for it in one.changes[1].items} == {ChangeKind.REWORDED}
