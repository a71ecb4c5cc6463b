"""What staff say of an item still holds when a revision prints it in another section (S34)."""

import pytest
from django.core.exceptions import ValidationError

from papers.content import Item, PaperContent, Section, SectionKind
from papers.importing.rows import rewrite
from papers.models import PairingCorrection, RejectedSuggestion
from tests.factories import make_group, make_paper
from tests.papers.following import JUNE, MARCH, NEW, OTHER, SEPTEMBER, STEP, link, settle

pytestmark = pytest.mark.django_db

BEFORE = "CBP publishes its count of the comments."
LATER = "The comments on the rule fill one book."
REWORDED = NEW.replace("comments", "written comments")


def revise(paper, **sections):
    """A revision of the paper prints these sections, each a kind with its texts."""
    found = [(SectionKind[name.upper()], texts) for name, texts in sections.items()]
    made = (
        Section(kind, "Annex" if kind is SectionKind.OTHER else "", tuple(map(Item, texts)))
        for kind, texts in found
    )
    rewrite(paper, PaperContent(sections=tuple(made)))


@pytest.fixture
def group():
    return make_group()


@pytest.fixture
def papers(group):
    """One of March, one of June that is revised, one of September."""
    return (
        make_paper(group, MARCH, status=[BEFORE], next_steps=[STEP]),
        make_paper(group, JUNE, status=[NEW, OTHER], next_steps=[STEP]),
        make_paper(group, SEPTEMBER, status=[LATER, "The portal returns no errors any more."]),
    )


@pytest.mark.parametrize(
    ("sections", "kind"),
    [
        ({"current_status": [OTHER], "issue": [NEW]}, "section_item"),
        ({"issue": [NEW]}, "section_item"),
        ({"current_status": [OTHER], "other": ["More.", REWORDED]}, "section_item"),
        ({"current_status": [OTHER], "next_steps": [REWORDED]}, "next_step"),
    ],
)
def test_pairings_follow_an_item_to_the_section_where_a_revision_prints_it(papers, sections, kind):
    march, june, september = papers
    first, last = march.status_items.get(), september.status_items.first()
    item = june.status_items.get(text=NEW)
    said = [link(first, item), link(item, last, together=False)]

    revise(june, **sections)

    newer, older = (PairingCorrection.objects.get(pk=it.pk) for it in said)
    assert (newer.older, older.newer) == (first, last)
    assert newer.newer == older.older
    assert newer.newer.text in (NEW, REWORDED)
    assert newer.newer == getattr(newer, f"newer_{kind}")
    assert (newer.together, older.together) == (True, False)


def test_a_pairing_follows_an_item_between_sections_of_one_kind_of_row(group):
    march = make_paper(group, MARCH, status=[BEFORE])
    june = make_paper(group, JUNE, background=[NEW])
    link(march.status_items.get(), june.section_items.get())

    revise(june, issue=[NEW])

    row = PairingCorrection.objects.get()
    assert (row.newer.text, row.newer.section) == (NEW, "issue")


def test_a_pairing_goes_with_an_item_that_a_revision_prints_nowhere(papers):
    march, june, _ = papers
    link(march.status_items.get(), june.status_items.get(text=NEW))

    revise(june, current_status=[OTHER], issue=["Ports close at six."])

    assert not PairingCorrection.objects.exists()


def test_an_item_that_stays_keeps_its_pairing_though_another_section_repeats_it(papers):
    march, june, _ = papers
    item = june.status_items.get(text=NEW)
    link(march.status_items.get(), item)

    revise(june, issue=[NEW], current_status=[NEW, OTHER])

    assert PairingCorrection.objects.get().newer == item


def test_what_does_not_answer_a_step_is_known_of_it_in_its_new_section_too(papers):
    _, june, september = papers
    answer = september.status_items.last()
    RejectedSuggestion.objects.create(next_step=june.next_steps.get(), answer=answer)

    revise(june, current_status=[NEW, OTHER, STEP])

    row = RejectedSuggestion.objects.get()
    assert (row.step, row.answer) == (june.status_items.get(text=STEP), answer)


def test_an_item_that_staff_track_is_still_tracked_in_its_new_section(papers):
    _, june, _ = papers
    june.status_items.filter(text=NEW).update(also_next_step=True)

    revise(june, current_status=[OTHER], issue=[NEW])

    assert june.section_items.get().also_next_step


def test_a_rejected_answer_does_not_leave_the_current_status_unasked(papers):
    _, june, september = papers
    answer = september.status_items.last()
    RejectedSuggestion.objects.create(next_step=june.next_steps.get(), answer=answer)

    with pytest.raises(ValidationError) as refused:
        revise(september, current_status=[LATER], issue=[answer.text])

    assert refused.value.messages == [
        f"“{answer}” has to stay under Current Status: staff rejected it there as the answer to "
        "1 next step. Take that back first, among the rejected suggestions."
    ]


def test_a_settled_step_still_does_not_move(papers):
    _, june, september = papers
    settle(june.next_steps.get(), september.meeting)

    with pytest.raises(ValidationError, match="has to stay where it is: 1 outcome"):
        revise(june, current_status=[NEW, OTHER, STEP])
