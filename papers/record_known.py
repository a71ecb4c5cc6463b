"""Which row of the database a row of the fixture files is, under whatever name it has today."""

from __future__ import annotations

import json

from django.db import models

from papers.models import IssuePaper
from papers.models.record import LoadedRow
from papers.record_rows import Key, Row, as_text, models_of_the_record, natural_key_fields
from workgroups.models import (
    FormerMeetingDate,
    FormerSlug,
    GlossaryEntry,
    Meeting,
    Subcommittee,
    WorkingGroup,
)

Model = type[models.Model]

# By this a row is known again that staff gave another key before it was noted as loaded.
ALSO_KNOWN_BY: dict[Model, str] = {
    Subcommittee: "name",
    GlossaryEntry: "term",
    IssuePaper: "source_sha256",
}


class KnownRows:
    """The ids of rows by their keys in the files; None where staff deleted the row.

    First counts the note of an earlier load, then who has the key today, then who had it as a
    former address or date. A database of a version that took no notes gets them at its next load,
    of the rows that are there.
    """

    def __init__(self) -> None:
        self._ids: dict[Model, dict[Key, int | None]] = {}
        self._noted: dict[tuple[str, str], int] = {
            (kind, key): pk
            for kind, key, pk in LoadedRow.objects.values_list("kind", "key", "row_id")
        }
        self._new_notes: list[LoadedRow] = []
        former = {
            WorkingGroup: FormerSlug.objects.values_list("slug", "group"),
            Meeting: FormerMeetingDate.objects.values_list("held_on", "meeting"),
        }
        for label, model in models_of_the_record().items():
            found = model._default_manager.values_list("pk", *natural_key_fields(model))
            today = {as_text(key): pk for pk, *key in found}
            there = set(today.values())
            noted = {
                tuple(json.loads(key)): pk if pk in there else None
                for (kind, key), pk in self._noted.items()
                if kind == label
            }
            before = {as_text([key]): pk for key, pk in former.get(model, ())}
            kept = {key: pk for key, pk in noted.items() if pk is not None}
            self._ids[model] = noted | before | today | kept
        self._also: dict[Model, dict[str, int]] = {
            model: {
                value: pk for value, pk in model._default_manager.values_list(name, "pk") if value
            }
            for model, name in ALSO_KNOWN_BY.items()
        }

    def holds_any(self, model: Model) -> bool:
        """Whether a row of this model is there, or was loaded once."""
        return bool(self._ids[model])

    def has(self, model: Model, key: Key) -> bool:
        """Whether it is known what became of the row with this key."""
        return key in self._ids[model]

    def id_of(self, model: Model, key: Key) -> int | None:
        """The id of a row that ``has`` knows; None where it was deleted or left out."""
        return self._ids[model][key]

    def recognize(self, row: Row) -> bool:
        """``has`` for a row of the files, which is also known by what else it says."""
        name = ALSO_KNOWN_BY.get(row.model)
        if name and not self.has(row.model, row.key) and row.fields.get(name):
            pk = self._also[row.model].get(row.fields[name])
            if pk is not None:
                self._ids[row.model][row.key] = pk
        return self.has(row.model, row.key)

    def leave_out(self, row: Row) -> None:
        """From now on this row is one that was deleted, for the rows that name it."""
        self._ids[row.model][row.key] = None

    def note(self, row: Row, pk: int) -> None:
        """This row is there and has this id."""
        self._ids[row.model][row.key] = pk
        kind, key = row.model._meta.label_lower, json.dumps(row.key, ensure_ascii=False)
        if self._noted.get((kind, key)) != pk:
            self._new_notes.append(LoadedRow(kind=kind, key=key, row_id=pk))

    def save_notes(self) -> None:
        """Store what was noted and is new."""
        LoadedRow.objects.bulk_create(
            self._new_notes,
            update_conflicts=True,
            unique_fields=["kind", "key"],
            update_fields=["row_id"],
        )
