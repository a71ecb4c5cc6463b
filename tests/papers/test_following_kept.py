"""What is kept of a followed group between requests: never stale, and worked out once."""

from datetime import date

import pytest

from papers.comparison import ChangeKind, Place
from papers.content import SectionKind
from papers.following import follow_groups
from papers.models import IssuePaper, PairingCorrection, StatusItem, StepOutcome
from papers.threads import Outcome
from tests.factories import make_group, make_paper
from workgroups.models import Meeting, WorkingGroup

pytestmark = pytest.mark.django_db

MARCH, JUNE = date(2024, 3, 6), date(2024, 6, 26)
STEP = "CBP will send the group a list of the ports that take part."
SAID = "CBP sent the group a list of twelve ports in May."


@pytest.fixture
def group():
    group = make_group("bond")
    make_paper(group, MARCH, status=["The group met."], next_steps=[STEP])
    make_paper(group, JUNE, status=["The group met.", SAID])
    return group


def followed(group):
    groups = WorkingGroup.objects.with_history()
    return follow_groups(groups, Meeting.objects.all(), date(2024, 12, 1))[group.pk]


def test_the_same_rows_are_followed_once(group):
    first, second = followed(group), followed(group)

    assert first is not second
    assert first.record is second.record
    assert first.ledger is second.ledger


def test_a_paper_stored_anew_is_followed_by_its_new_rows(group):
    assert followed(group).record
    paper = IssuePaper.objects.get(meeting__held_on=JUNE)
    old = list(paper.status_items.values_list("pk", flat=True))
    paper.status_items.all().delete()
    for position, text in enumerate(("The group met.", SAID), start=1):
        StatusItem.objects.create(paper=paper, position=position, text=text, pk=old[-1] + position)

    found = followed(group)

    node = (1, Place(SectionKind.CURRENT_STATUS, 2))
    assert found.item_at(node).item.key == old[-1] + 2
    assert found.rows[node] == ("status_item", old[-1] + 2)


def test_an_edited_item_is_compared_anew(group):
    assert [it.kind for it in followed(group).changes[1].items] == [ChangeKind.SAME, ChangeKind.NEW]

    StatusItem.objects.filter(text="The group met.", paper__meeting__held_on=JUNE).update(
        text="Nothing of the kind was printed before."
    )

    assert [it.kind for it in followed(group).changes[1].items] == [ChangeKind.NEW, ChangeKind.NEW]


def test_an_item_that_staff_track_becomes_a_step(group):
    assert len(followed(group).ledger.threads) == 1

    StatusItem.objects.filter(text=SAID).update(also_next_step=True)

    assert len(followed(group).ledger.threads) == 2


def test_what_staff_say_counts_at_once(group):
    step = IssuePaper.objects.get(meeting__held_on=MARCH).next_steps.get()
    answer = StatusItem.objects.get(text=SAID)
    assert followed(group).ledger.balances[1].still_open == 1

    stated = StepOutcome.objects.create(
        next_step=step,
        meeting=Meeting.objects.get(held_on=JUNE),
        outcome=Outcome.DONE,
        evidence=answer,
    )
    assert followed(group).ledger.balances[1].settled == 1
    assert followed(group).evidence_of(stated) == (1, Place(SectionKind.CURRENT_STATUS, 2))

    stated.delete()
    assert followed(group).ledger.balances[1].still_open == 1

    PairingCorrection.objects.create(older_next_step=step, newer_status_item=answer)
    assert followed(group).changes[1].items[1].kind is ChangeKind.MOVED


def test_the_end_of_a_group_counts_at_once(group):
    assert followed(group).ledger.balances[1].still_open == 1

    group.events.create(kind="closed", happened_on=date(2024, 7, 1))

    assert followed(group).ledger.balances[1].ended == 1
