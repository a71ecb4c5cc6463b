"""The public record of ``fixtures/`` -> the database. Whatever is there already is left alone.

A row is there when its natural key is, also under a group's former address or a meeting's former
date. A part of something, such as a paper's item or a group's event, is added only together with
what it belongs to: where that was there before this load, staff may have removed the part on
purpose. So a second load changes nothing that staff edited. Only what was deleted as a whole comes
back; a paper that should not be public is therefore withdrawn.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.serializers.python import Deserializer
from django.db import DataError, IntegrityError, models, transaction

from papers.models import IssuePaper, NextStep, PaperSection, SectionItem, StatusItem
from papers.record_rows import (
    BrokenFixture,
    Key,
    Row,
    as_text,
    files_in,
    label,
    models_of_the_record,
    natural_key_fields,
    reference,
    rows_of,
)
from workgroups.models import (
    CommitteeEvent,
    FormerMeetingDate,
    FormerSlug,
    GlossaryEntry,
    GroupAlias,
    GroupEvent,
    Meeting,
    Mention,
    Subcommittee,
    WorkingGroup,
)

Model = type[models.Model]

# What a row is a part of; () stands for the committee itself, which is there once it has one.
PART_OF: dict[Model, tuple[str, ...]] = {
    FormerSlug: ("group",),
    GroupAlias: ("group",),
    GroupEvent: ("group",),
    CommitteeEvent: (),
    Mention: ("meeting", "group", "subcommittee"),
    PaperSection: ("paper",),
    SectionItem: ("paper",),
    StatusItem: ("paper",),
    NextStep: ("paper",),
}
# By this a row is known again where staff gave it another key.
ALSO_KNOWN_BY: dict[Model, str] = {
    Subcommittee: "name",
    GlossaryEntry: "term",
    IssuePaper: "source_sha256",
}

__all__ = ["BrokenFixture", "Outcome", "load_record"]


@dataclass
class Outcome:
    """What a load did: rows added by kind, rows there already, parts left out on purpose."""

    added: Counter[Model] = field(default_factory=Counter)
    held: int = 0
    left_out: int = 0

    def __str__(self) -> str:
        if not self.added:
            return f"Nothing new: {self._rest}."
        kinds = ", ".join(_counted(model, count) for model, count in self.added.items())
        rest = f"; {self._rest}" if self.held or self.left_out else ""
        return f"Loaded {_rows(self.added.total())}: {kinds}{rest}."

    @property
    def _rest(self) -> str:
        rest = f"{_rows(self.held)} {'was' if self.held == 1 else 'were'} there already"
        if self.left_out:
            rest += f", {self.left_out} left out as parts of these"
        return rest


@transaction.atomic
def load_record(folder: Path) -> Outcome:
    """Add what the fixture files of a folder have and the database lacks, all or nothing.

    Raises BrokenFixture, with file, row and reason, at the first row that cannot be stored.
    """
    # All are read before the first is stored: what cannot be read is said at once.
    rows = [row for path in files_in(folder) for row in rows_of(path, folder)]
    load = _Load()
    for row in rows:
        load.take(row)
    return load.outcome


class _Load:
    """One run over the files: what was there before, what this run met, what it added."""

    def __init__(self) -> None:
        self.outcome = Outcome()
        self.before: dict[Model, set[Key]] = {}
        self.met: dict[tuple[Model, Key], str] = {}
        # The key in the files -> the key today, where staff moved a row or its owner.
        self.moved: dict[tuple[Model, Key], Key] = {}
        for model in models_of_the_record().values():
            found = model._default_manager.values_list(*natural_key_fields(model))
            self.before[model] = {as_text(values) for values in found}
        self._remember(WorkingGroup, FormerSlug.objects.values_list("slug", "group__slug"))
        self._remember(
            Meeting, FormerMeetingDate.objects.values_list("held_on", "meeting__held_on")
        )
        self.known_by: dict[Model, dict[str, Key]] = {}
        for model, name in ALSO_KNOWN_BY.items():
            rows = model._default_manager.values_list(name, *natural_key_fields(model))
            self.known_by[model] = {value: as_text(key) for value, *key in rows if value}

    def _remember(self, model: Model, pairs: Any) -> None:
        """Count former addresses as there, and lead references from them to today's."""
        for former, today in pairs:
            self.before[model].add(as_text([former]))
            self.moved[model, as_text([former])] = as_text([today])

    def take(self, row: Row) -> None:
        """Add the row unless it, or what it is a part of, was there before this load."""
        first = self.met.setdefault((row.model, row.key), row.place)
        if first != row.place:
            raise row.broken(f"the same row stands in {first}.")
        if self._was_there(row):
            self.outcome.held += 1
        elif self._owner_was_there(row):
            self.outcome.left_out += 1
        else:
            self._add(row)

    def _was_there(self, row: Row) -> bool:
        if row.key in self.before[row.model]:
            return True
        value = row.fields.get(ALSO_KNOWN_BY.get(row.model, ""))
        today = self.known_by.get(row.model, {}).get(value) if value else None
        if today:
            self.before[row.model].add(row.key)
            self.moved[row.model, row.key] = today
        return today is not None

    def _owner_was_there(self, row: Row) -> bool:
        if row.model not in PART_OF:
            return False
        if not PART_OF[row.model]:
            return bool(self.before[row.model])
        owners = [
            (self._related(row, name), key)
            for name in PART_OF[row.model]
            for key in reference(row.model._meta.get_field(name), row.fields.get(name))
        ]
        return bool(owners) and all(key in self.before[model] for model, key in owners)

    def _add(self, row: Row) -> None:
        raw = {"model": row.model._meta.label_lower, "fields": self._with_todays_keys(row)}
        deserialized = next(Deserializer([raw]))
        instance: Any = deserialized.object
        try:
            instance.full_clean()  # S13
            # Not the deserializer's own raw save: the models keep addresses and today's values.
            instance.save()
            for name, values in deserialized.m2m_data.items():
                getattr(instance, name).set(values)
        except ValidationError as error:
            raise row.broken(_sentence(error)) from error
        except (IntegrityError, DataError) as error:
            reason = " ".join(str(error).split())
            raise row.broken(f"the database refuses it: {reason}.") from error
        today = as_text(instance.natural_key())
        if today != row.key:
            self.moved[row.model, row.key] = today
        self.outcome.added[row.model] += 1

    def _with_todays_keys(self, row: Row) -> dict[str, Any]:
        """The row's fields, with each reference checked and led to the row's key of today."""
        fields = dict(row.fields)
        for model_field in row.model._meta.get_fields():
            name = model_field.name
            if not (model_field.is_relation and model_field.concrete):
                continue
            keys = reference(model_field, fields.get(name))
            if model_field.many_to_many and not model_field.blank and not keys:
                raise row.broken(f"“{name}” must name at least one.")
            related = self._related(row, name)
            for key in keys:
                if key not in self.before[related] and (related, key) not in self.met:
                    raise row.broken(
                        f"“{name}” names the {related._meta.verbose_name} “{label(key)}”, "
                        "which is neither in the database nor in a file before this one."
                    )
            today = [list(self.moved.get((related, key), key)) for key in keys]
            if today:
                fields[name] = today if model_field.many_to_many else today[0]
        return fields

    @staticmethod
    def _related(row: Row, name: str) -> Model:
        related: Any = row.model._meta.get_field(name).related_model
        return related


def _sentence(error: ValidationError) -> str:
    """Django's messages by field as one sentence."""
    said = []
    for name, messages in error.message_dict.items():
        words = " ".join(messages)
        said.append(words if name == NON_FIELD_ERRORS else f"“{name}”: {words}")
    return " ".join(said)


def _counted(model: Model, count: int) -> str:
    named = model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural
    return f"{count} {named}"


def _rows(count: int) -> str:
    return f"{count} row" if count == 1 else f"{count} rows"
