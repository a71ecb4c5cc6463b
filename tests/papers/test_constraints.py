"""Every constraint of the papers' models, broken on purpose."""

from datetime import date
from functools import partial

import pytest
from django.core.exceptions import ValidationError

from papers.models import (
    Correction,
    IssuePaper,
    NextStep,
    PairingCorrection,
    PaperSection,
    RejectedSuggestion,
    SectionItem,
    StatusItem,
    StepOutcome,
)
from tests.breaking import (
    INVISIBLE,
    assert_refused_by_the_database,
    assert_refused_in_words,
    constraints_of,
    fields_to_fill,
)
from tests.factories import make_group, make_paper
from workgroups.models import WorkingGroup

pytestmark = pytest.mark.django_db

CONSTRAINTS = constraints_of(
    [
        *(IssuePaper, PaperSection, SectionItem, StatusItem, NextStep, Correction),
        *(StepOutcome, PairingCorrection, RejectedSuggestion),
    ]
)


def a_paper(**fields):
    return make_paper(make_group(), source_text="The group met twice this quarter.", **fields)


def a_status_item():
    return a_paper().status_items.get()


def a_next_step():
    return a_paper(next_steps=["Meet again."]).next_steps.get()


def a_section_item():
    return a_paper(background=["Why the group was founded."]).section_items.get()


def a_section():
    return a_paper().sections.get()


def a_correction():
    return Correction.objects.create(paper=a_paper(), note="The date of the paper.")


def another_other_section(row):
    row.paper.sections.filter(pk=row.pk).update(kind="other", heading="Recommendations")
    row.refresh_from_db()
    row.paper.sections.create(kind="other", heading="Statement of Work", position=2)
    return {"heading": "Statement of Work"}


def a_second(related):
    """Bad values: the position of another item beside the row under test."""

    def values(row):
        fields = {"section": row.section} if related == "section_items" else {}
        item = getattr(row.paper, related).create(position=2, text="Another.", **fields)
        return {"position": item.position}

    return values


def two_papers():
    """A paper with a step of each kind, and the next one of its group."""
    group = WorkingGroup.objects.first() or make_group()
    older = make_paper(
        group,
        date(2024, 6, 26),
        status=["CBP will post the list.", "CBP will post a form."],
        next_steps=["Meet again.", "Meet in Savannah."],
        background=["CBP will post a map.", "CBP will post a plan."],
    )
    older.status_items.update(also_next_step=True)
    older.section_items.update(also_next_step=True)
    newer = make_paper(
        group,
        status=["CBP posted the list."],
        next_steps=["Meet in August."],
        background=["CBP posted a map."],
    )
    return older, newer


RELATED = {
    "next_step": "next_steps",
    "status_item": "status_items",
    "section_item": "section_items",
}


def first(paper, field):
    return getattr(paper, RELATED[field]).first()


def an_outcome(field="next_step", **fields):
    older, newer = two_papers()
    fields = {field: first(older, field), "evidence": newer.status_items.get(), **fields}
    return StepOutcome.objects.create(meeting=newer.meeting, outcome="done", **fields)


def an_outcome_with_a_note():
    return an_outcome(evidence=None, note="CBP said so at the meeting.")


def a_pairing(field="status_item"):
    older, newer = two_papers()
    return PairingCorrection.objects.create(
        **{f"older_{field}": first(older, field), f"newer_{field}": first(newer, field)}
    )


def a_rejection(field="next_step"):
    older, newer = two_papers()
    return RejectedSuggestion.objects.create(
        **{field: first(older, field), "answer": newer.status_items.get()}
    )


def of_another_step(field):
    """Bad values: the step of another row beside the row under test, for the rest the same."""

    def values(row):
        model = type(row)
        step = getattr(row.step.paper, RELATED[field]).last()
        kept = {it.attname: getattr(row, it.attname) for it in model._meta.concrete_fields}
        del kept["id"]
        model.objects.create(**kept | {f"{field}_id": step.pk})
        return {field: step}

    return values


def another_pair(row):
    older, newer = row.older.paper, row.newer.paper
    other = older.status_items.last()
    PairingCorrection.objects.create(
        older_status_item=other, newer_status_item=newer.status_items.get(), together=False
    )
    return {"older_status_item": other}


def of_every_item(prefix, related, make):
    return {
        f"{prefix}_position_is_unique": (make, a_second(related)),
        f"{prefix}_position_from_one": (make, {"position": 0}),
        f"{prefix}_level_in_range": (make, {"level": 4}),
        f"{prefix}_has_text": (make, {"text": ""}),
        f"{prefix}_span_is_a_range": (make, {"span_start": 4, "span_end": 4}),
    }


CASES = {
    "paper_once_per_group_and_meeting": (
        a_paper,
        lambda row: {"meeting": make_paper(row.working_group, date(2024, 6, 26)).meeting},
    ),
    "paper_source_kind_is_known": (
        # With an address, so that it is not a summary without one.
        lambda: a_paper(source_url="https://www.example.gov/paper.pdf"),
        {"source_kind": "hearsay"},
    ),
    "paper_has_group_as_printed": (a_paper, {"group_as_printed": ""}),
    "paper_pub_number_has_its_form": (a_paper, {"pub_number": "0318-1324"}),
    "paper_summary_names_its_source": (a_paper, {"source_kind": "third-party-summary"}),
    "paper_sha256_has_its_form": (a_paper, {"source_sha256": "A" * 64}),
    "section_position_is_unique": (
        a_section,
        lambda row: {
            "position": row.paper.sections.create(kind="issue", position=2).position,
        },
    ),
    "section_kind_is_unique": (
        a_section,
        lambda row: {"kind": row.paper.sections.create(kind="issue", position=2).kind},
    ),
    "other_section_heading_is_unique": (a_section, another_other_section),
    "section_kind_is_known": (a_section, {"kind": "appendix"}),
    "other_section_has_heading": (a_section, {"kind": "other"}),
    "section_position_from_one": (a_section, {"position": 0}),
    "correction_has_note": (a_correction, {"note": ""}),
    "correction_weight_is_known": (a_correction, {"weight": "heavy"}),
    **of_every_item("section_item", "section_items", a_section_item),
    "section_item_heading_for_other": (a_section_item, {"heading": "Recommendations"}),
    **of_every_item("status_item", "status_items", a_status_item),
    **of_every_item("next_step", "next_steps", a_next_step),
    "next_step_owner_is_known": (a_next_step, {"owner": "crowd"}),
    "outcome_is_of_one_step": (
        an_outcome,
        lambda row: {"status_item": row.next_step.paper.status_items.first()},
    ),
    **{
        f"outcome_once_per_{field}_and_meeting": (
            partial(an_outcome, field),
            of_another_step(field),
        )
        for field in RELATED
    },
    "outcome_is_known": (an_outcome, {"outcome": "forgotten"}),
    "outcome_has_one_evidence": (
        an_outcome,
        lambda row: {"evidence_step": row.evidence.paper.next_steps.get()},
    ),
    "outcome_shows_something": (an_outcome_with_a_note, {"note": ""}),
    "pairing_has_one_older_item": (
        a_pairing,
        lambda row: {"older_next_step": row.older.paper.next_steps.first()},
    ),
    "pairing_has_one_newer_item": (a_pairing, {"newer_status_item": None}),
    "pairing_is_corrected_once": (a_pairing, another_pair),
    "rejection_is_of_one_step": (a_rejection, {"next_step": None}),
    **{
        f"rejection_once_per_{field}": (partial(a_rejection, field), of_another_step(field))
        for field in RELATED
    },
}


def test_every_constraint_of_the_papers_is_broken_here():
    assert set(CASES) == set(CONSTRAINTS)


@pytest.mark.parametrize("name", CASES)
def test_a_broken_rule_is_refused_in_words(name):
    make, bad = CASES[name]
    row = make()

    bad = bad(row) if callable(bad) else bad

    assert_refused_in_words(row, bad, CONSTRAINTS[name])


@pytest.mark.parametrize("name", CASES)
def test_a_broken_rule_is_refused_by_the_database(name):
    make, bad = CASES[name]
    row = make()

    bad = bad(row) if callable(bad) else bad

    assert_refused_by_the_database(row, bad, CONSTRAINTS[name])


@pytest.mark.parametrize(("name", "field"), fields_to_fill(CONSTRAINTS).items())
def test_a_text_that_shows_nothing_is_as_good_as_none_to_the_database(name, field):  # S38
    make, _ = CASES[name]
    row = make()

    for text in INVISIBLE:
        assert_refused_by_the_database(row, {field: text}, CONSTRAINTS[name])


@pytest.mark.parametrize("make", [a_section_item, a_status_item, a_next_step])
@pytest.mark.parametrize("text", INVISIBLE, ids=ascii)
def test_an_item_that_shows_nothing_is_refused_in_words(make, text):  # S38
    item = make()

    item.text = text
    with pytest.raises(ValidationError) as refused:
        item.full_clean()

    assert refused.value.message_dict["text"] == [
        "Type at least one visible character: blanks alone say nothing."
    ]


@pytest.mark.parametrize("number", ["0318-0924", "3815-0924", "0001-1299", ""])
def test_a_publication_number_is_kept_as_printed(number):
    paper = a_paper(pub_number=number)

    paper.full_clean()
    paper.refresh_from_db()

    assert paper.pub_number == number


@pytest.mark.parametrize(
    "number",
    ["318-0924", "03180924", "0318-924", "0318-0024", "0318-1324", "0318-09244", "A318-0924",
     "٠٣١٨-0924", "0318-0924\n"],
)  # fmt: skip
def test_what_is_no_publication_number_is_refused(number):
    paper = a_paper()

    assert_refused_in_words(
        paper,
        {"pub_number": number},
        CONSTRAINTS["paper_pub_number_has_its_form"],
    )


@pytest.mark.parametrize("make", [a_section_item, a_status_item, a_next_step])
@pytest.mark.parametrize("half", [{"span_start": 4}, {"span_end": 4}])
def test_half_a_place_in_the_source_text_is_refused(make, half):
    # A comparison with nothing is neither true nor false, and a check lets that pass.
    item = make()
    name = f"{item._meta.verbose_name.replace(' ', '_')}_span_is_a_range"

    assert_refused_by_the_database(item, half, CONSTRAINTS[name])
    assert_refused_in_words(item, half, CONSTRAINTS[name])
