"""The public record of ``fixtures/`` -> the database. Whatever is there already is left alone.

A row that was loaded once is never loaded again: it is there, under whatever name staff gave it, or
staff deleted it, and then what hangs on it is left out too. A part of something, such as a paper's
item or a group's event, is added only together with what it belongs to: where that was there before
this load, staff may have removed the part on purpose. So a second load changes nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DataError, IntegrityError, transaction

from papers.models import NextStep, PaperSection, SectionItem, StatusItem
from papers.record_documents import Documents
from papers.record_known import KnownRows, Model
from papers.record_rows import (
    BrokenFixture,
    Key,
    Row,
    files_in,
    label,
    reference,
    rows_of,
)
from workgroups.models import (
    CommitteeEvent,
    FormerSlug,
    GroupAlias,
    GroupEvent,
    Mention,
)

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
__all__ = ["BrokenFixture", "Outcome", "load_record"]


@dataclass
class Outcome:
    """What a load did: rows added by kind, rows there already, rows left out on purpose."""

    added: Counter[Model] = field(default_factory=Counter)
    held: int = 0
    parts_left_out: int = 0
    deleted: int = 0

    def __str__(self) -> str:
        if not self.added:
            return f"Nothing new: {self._rest}."
        kinds = ", ".join(_counted(model, count) for model, count in self.added.items())
        rest = f"; {self._rest}" if self.held or self.deleted else ""
        return f"Loaded {_rows(self.added.total())}: {kinds}{rest}."

    @property
    def _rest(self) -> str:
        rest = f"{_rows(self.held)} {'was' if self.held == 1 else 'were'} there already"
        if self.parts_left_out:
            rest += f", {self.parts_left_out} left out as parts of these"
        if self.deleted:
            rest += f", {self.deleted} left out with what staff deleted"
        return rest


@transaction.atomic
def load_record(folder: Path) -> Outcome:
    """Add what the fixture files of a folder have and the database lacks, all or nothing.

    Raises BrokenFixture, with file, row and reason, at the first row that cannot be stored.
    """
    # All are read before the first is stored: what cannot be read is said at once.
    rows = [row for path in files_in(folder) for row in rows_of(path, folder)]
    load = _Load(folder)
    for row in rows:
        load.take(row)
    load.known.save_notes()
    return load.outcome


class _Load:
    """One run over the files: what was there before, what this run met, what it added."""

    def __init__(self, folder: Path) -> None:
        self.outcome = Outcome()
        self.documents = Documents(folder)
        self.known = KnownRows()
        self.met: dict[tuple[Model, Key], str] = {}
        self.added: set[tuple[Model, int]] = set()
        self.has_committee = {
            model: self.known.holds_any(model) for model, owners in PART_OF.items() if not owners
        }

    def take(self, row: Row) -> None:
        """Add the row unless it, or what it is a part of, was there before this load."""
        first = self.met.setdefault((row.model, row.key), row.place)
        if first != row.place:
            raise row.broken(f"the same row stands in {first}.")
        if self.known.recognize(row):
            pk = self.known.id_of(row.model, row.key)
            if pk is None:
                self.outcome.deleted += 1
            else:
                self.known.note(row, pk)
                self.outcome.held += 1
            return
        ids = self._ids_of_related(row)
        if self._hangs_on_what_was_deleted(row, ids):
            self.known.leave_out(row)
            self.outcome.deleted += 1
        elif self._owner_was_there(row, ids):
            self.outcome.parts_left_out += 1
        else:
            self._add(row, ids)

    def _ids_of_related(self, row: Row) -> dict[Any, list[int | None]]:
        """The ids that each relation of the row leads to; None stands for a deleted row."""
        found: dict[Any, list[int | None]] = {}
        for model_field in row.model._meta.get_fields():
            if not (model_field.is_relation and model_field.concrete):
                continue
            related: Any = model_field.related_model
            keys = reference(model_field, row.fields.get(model_field.name))
            for key in keys:
                if not self.known.has(related, key):
                    raise row.broken(
                        f"“{model_field.name}” names the {related._meta.verbose_name} "
                        f"“{label(key)}”, which is neither in the database nor in a file before "
                        "this one."
                    )
            if model_field.many_to_many and not model_field.blank and not keys:
                raise row.broken(f"“{model_field.name}” must name at least one.")
            found[model_field] = [self.known.id_of(related, key) for key in keys]
        return found

    @staticmethod
    def _hangs_on_what_was_deleted(row: Row, ids: dict[Any, list[int | None]]) -> bool:
        """A source that is gone is left out of the row's sources, if others are left."""
        return any(
            None in found and (not it.many_to_many or (not it.blank and not any(found)))
            for it, found in ids.items()
        )

    def _owner_was_there(self, row: Row, ids: dict[Any, list[int | None]]) -> bool:
        if row.model not in PART_OF:
            return False
        if not PART_OF[row.model]:
            return self.has_committee[row.model]
        owners = [
            (it.related_model, pk)
            for it, found in ids.items()
            if it.name in PART_OF[row.model]
            for pk in found
        ]
        return bool(owners) and not any(owner in self.added for owner in owners)

    def _add(self, row: Row, ids: dict[Any, list[int | None]]) -> None:
        values = dict(row.fields)
        many: dict[str, list[int | None]] = {}
        for it, found in ids.items():
            values.pop(it.name, None)
            if it.many_to_many:
                many[it.name] = [pk for pk in found if pk is not None]
            elif found:
                values[it.attname] = found[0]
        instance: Any = row.model(**values)
        try:
            # S13. The database holds the constraints; asking it of each first doubles the time.
            instance.full_clean(validate_constraints=False)
            if problem := self.documents.problem_of(instance):
                raise row.broken(problem)
            self._store(instance, many)
        except ValidationError as error:
            raise row.broken(_sentence(error)) from error
        except (IntegrityError, DataError) as error:
            reason = " ".join(str(error).split())
            raise row.broken(f"the database refuses it: {reason}.") from error
        except OSError as error:
            raise row.broken(f"{error.filename} cannot be read: {error.strerror}.") from error
        self.known.note(row, instance.pk)
        self.added.add((row.model, instance.pk))
        self.outcome.added[row.model] += 1

    @staticmethod
    def _store(instance: Any, many: dict[str, list[int | None]]) -> None:
        """Save it with its relations; a constraint that is broken is told in the model's words."""
        try:
            with transaction.atomic():
                instance.save()
                for name, rows in many.items():
                    getattr(instance, name).set(rows)
        except IntegrityError:
            instance.full_clean()
            raise


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
