"""The record goes out as a fixture and comes back the same, whatever ids it gets."""

import json
from datetime import date

import pytest
from django.apps import apps
from django.core.management import call_command

from papers.models import (
    Correction,
    IssuePaper,
    NextStep,
    PaperSection,
    SectionItem,
    StatusItem,
)
from tests.factories import (
    make_event,
    make_group,
    make_meeting,
    make_mention,
    make_paper,
    make_source,
    make_subcommittee,
    make_term,
)
from workgroups.models import CommitteeEvent, GlossaryEntry, GroupAlias

# What fixtures hold: the committee, and what its papers print.
MODELS = [
    *apps.get_app_config("workgroups").get_models(),
    *(IssuePaper, PaperSection, SectionItem, StatusItem, NextStep, Correction),
]


def make_a_record():
    """A row of every model, with every kind of relation between them."""
    source, trade = make_source(), make_subcommittee()
    export = make_group("export-modernization", subcommittee=trade)
    drawback = make_group("drawback", parent=export, subcommittee=trade)
    # Renamed so that it sorts before its parent, as fixtures are ordered by name.
    make_event(drawback, "renamed", date(2024, 3, 6), name="A Drawback")
    make_event(drawback, "merged-into", date(2025, 3, 5), other_group=export).sources.add(source)
    export.slug = "exports"
    export.save()
    GroupAlias.objects.create(group=export, name="EMWG")
    meeting = make_meeting(date(2024, 9, 11), term=make_term())
    meeting.held_on = date(2024, 9, 18)
    meeting.save()
    meeting.sources.add(source)
    make_mention(export, meeting)
    make_mention(None, meeting, subcommittee=trade)
    make_mention(None, meeting)
    CommitteeEvent.objects.create(happened_on=date(2018, 10, 3), title="Restructured")
    GlossaryEntry.objects.create(term="SOW", slug="sow", meaning="Statement of Work.")
    paper = make_paper(
        export,
        meeting=meeting,
        status=["One.", ("Two.", 1)],
        next_steps=["Three."],
        background=["Four."],
        issue=["Five."],
        other={"Recommendations": ["Six."]},
    )
    paper.sources.add(source)
    Correction.objects.create(paper=paper, note="The date.")


def dump(path):
    labels = [model._meta.label for model in MODELS]
    call_command(
        "dumpdata", *labels, natural_foreign=True, natural_primary=True, output=path, verbosity=0
    )
    return sorted(json.loads(path.read_text()), key=json.dumps)


def empty():
    """Without a word from the models, which would refuse."""
    for model in reversed(MODELS):
        rows = model._base_manager.all()
        rows._raw_delete(rows.db)


@pytest.mark.django_db
def test_a_record_survives_being_dumped_and_loaded(tmp_path):
    make_a_record()
    first = dump(tmp_path / "first.json")
    assert {entry["model"] for entry in first} == {model._meta.label_lower for model in MODELS}

    for model in reversed(MODELS):
        for field in model._meta.many_to_many:
            getattr(model, field.name).through._base_manager.all().delete()
    empty()
    # Other rows before, so that the ids differ.
    make_subcommittee("Rapid Response").delete()
    call_command("loaddata", tmp_path / "first.json", verbosity=0)

    assert dump(tmp_path / "second.json") == first


@pytest.mark.django_db
def test_every_row_that_has_a_natural_key_is_found_by_it():
    make_a_record()

    for model in MODELS:
        for row in model._base_manager.all():
            if hasattr(row, "natural_key"):
                found = model._default_manager.get_by_natural_key(*row.natural_key())
                assert found == row, row
