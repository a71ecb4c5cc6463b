"""Fixture files -> rows, each checked as far as it can be without its neighbours."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.timezone import is_naive

APPS = ("workgroups", "papers")
# A file comes after those that its rows refer to. Papers follow, then any other file.
ORDER = (
    "sources",
    "terms",
    "subcommittees",
    "meetings",
    "groups",
    "former_slugs",
    "events",
    "committee_events",
    "aliases",
    "mentions",
    "glossary",
)

Key = tuple[str | None, ...]


class BrokenFixture(Exception):
    """One sentence that names the file, the row and the reason."""


@dataclass(frozen=True)
class Row:
    """One row of a fixture file. ``key`` is its natural key, every part as text."""

    place: str
    model: type[models.Model]
    fields: dict[str, Any]
    key: Key

    def broken(self, reason: str) -> BrokenFixture:
        """What to raise when the row cannot be stored."""
        return BrokenFixture(f"{self.place} ({label(self.key)}): {reason}")


def label(key: Key) -> str:
    """``("2024-12-11", "bond", None, "on-hiatus")`` -> ``"2024-12-11, bond, on-hiatus"``."""
    return ", ".join(part for part in key if part)


def files_in(folder: Path) -> list[Path]:
    """The folder's fixture files in the order in which they can be loaded.

    Raises BrokenFixture where there are none.
    """
    first = [folder / f"{name}.json" for name in ORDER]
    papers = sorted(folder.glob("papers/*.json"))
    others = [path for path in sorted(folder.glob("*.json")) if path not in first]
    # A folder or a broken link of such a name is no file to leave out, but one to complain of.
    found = [path for path in first if path.exists() or path.is_symlink()]
    files = found + papers + others
    if not files:
        raise BrokenFixture(f"{folder} holds no fixtures: no file there ends in .json.")
    return files


def rows_of(path: Path, folder: Path) -> Iterator[Row]:
    """The rows of one file in order; raises BrokenFixture at the first that makes no sense."""
    name = path.relative_to(folder).as_posix()
    found = _parsed(path, name)
    if not isinstance(found, list):
        raise BrokenFixture(f"{name}: the file must hold a list of rows.")
    for number, raw in enumerate(found, start=1):
        yield _row(f"{name}, row {number}", raw)


def _parsed(path: Path, name: str) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BrokenFixture(f"{name}: cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise BrokenFixture(f"{name}: not UTF-8 from byte {error.start} on.") from error
    except json.JSONDecodeError as error:
        raise BrokenFixture(
            f"{name}: not JSON at line {error.lineno}, column {error.colno}: {error.msg}."
        ) from error
    except RecursionError as error:
        raise BrokenFixture(f"{name}: its brackets are nested too deeply.") from error
    except ValueError as error:
        raise BrokenFixture(f"{name}: a number in it has too many digits to be read.") from error


@cache
def models_of_the_record() -> dict[str, type[models.Model]]:
    """The models that rows may be of, by their names in the files."""
    return {
        model._meta.label_lower: model
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        if hasattr(model, "natural_key")
    }


def natural_key_fields(model: type[models.Model]) -> tuple[str, ...]:
    """The look-ups that make up a model's natural key, such as ``group__slug``."""
    manager: Any = model._default_manager
    return getattr(manager, "natural_key_fields", ()) or manager.all().natural_key_fields


def reference(field: Any, value: Any) -> list[Key]:
    """The natural keys that a foreign key's or many-to-many field's value names, as text."""
    if not value:
        return []
    return [as_text(each) for each in (value if field.many_to_many else [value])]


def as_text(values: Any) -> Key:
    """Parts of a natural key as text, so that dates and numbers of file and database compare."""
    return tuple(None if value is None else str(value) for value in values)


def _row(place: str, raw: Any) -> Row:
    _check_characters(place, raw)
    if not isinstance(raw, dict) or set(raw) != {"model", "fields"}:
        raise BrokenFixture(f"{place}: a row has a “model” and “fields”, and nothing else.")
    model = _model(place, raw["model"])
    fields = raw["fields"]
    if not isinstance(fields, dict):
        raise BrokenFixture(f"{place}: “fields” must map names to values.")
    known = {field.name: field for field in model._meta.get_fields() if _is_own(field)}
    for name, value in fields.items():
        if name not in known:
            raise BrokenFixture(f"{place}: unknown field “{name}”.{_nearest(name, known)}")
        problem = _problem(known[name], value)
        if problem:
            raise BrokenFixture(f"{place}: “{name}” {problem}")
    return Row(place, model, fields, _key(place, model, fields))


def _check_characters(place: str, raw: Any) -> None:
    """JSON can name half of a character; nothing can store or print that."""
    try:
        json.dumps(raw, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        half = f"\\u{ord(error.object[error.start]):04x}"
        raise BrokenFixture(f"{place}: {half} in it is half a character.") from error


def _model(place: str, named: Any) -> type[models.Model]:
    known = models_of_the_record()
    if not isinstance(named, str) or named not in known:
        raise BrokenFixture(f"{place}: unknown model “{named}”.{_nearest(str(named), known)}")
    return known[named]


def _is_own(field: Any) -> bool:
    """Whether the model declares the field: no relation from elsewhere, and not the id."""
    return field.concrete and not field.primary_key


def _nearest(word: str, known: Any) -> str:
    close = difflib.get_close_matches(word, list(known), n=1)
    return f" Nearest known: “{close[0]}”." if close else ""


def _problem(field: Any, value: Any) -> str:
    """Why a field cannot take the value, to follow the field's name; empty when it can."""
    if field.is_relation:
        return _problem_of_reference(field, value)
    if isinstance(field, (models.CharField, models.TextField)) and not isinstance(value, str):
        return f"must be text, not {_shown(value)}."
    if isinstance(field, models.BooleanField) and not isinstance(value, bool):
        return (
            "" if value is None and field.null else f"must be true or false, not {_shown(value)}."
        )
    # True would pass for 1, and 14.5 for 14.
    if isinstance(field, models.IntegerField) and type(value) not in (int, type(None)):
        return f"must be a whole number, not {_shown(value)}."
    try:
        return _problem_of_date(field, value, field.to_python(value))
    except ValidationError as error:
        return f"is wrong: {' '.join(error.messages)}"
    except (TypeError, ValueError, OverflowError):
        return f"cannot be {_shown(value)}."


def _problem_of_reference(field: Any, value: Any) -> str:
    if not hasattr(field.related_model, "natural_key"):
        return "cannot be given in a file."
    keys = value if field.many_to_many else [value] if value is not None else []
    if isinstance(keys, list) and all(isinstance(key, list) and key for key in keys):
        return ""
    example = '[["FR Feb 2025"]]' if field.many_to_many else '["bond"]'
    return f"names rows by their natural keys, such as {example}."


def _problem_of_date(field: Any, written: Any, value: Any) -> str:
    """Django reads dates in more forms than one, but a row is known by one."""
    if value is None:
        return ""
    if isinstance(field, models.DateTimeField):
        if is_naive(value):
            return 'needs its offset from UTC, such as "2026-02-01T12:00:00Z".'
        value.astimezone(UTC)  # OverflowError where that is before the first day or after the last
    elif isinstance(field, models.DateField) and written != value.isoformat():
        return f"must be written as {value.isoformat()}, not {_shown(written)}."
    return ""


def _shown(value: Any) -> str:
    words = json.dumps(value, ensure_ascii=False)
    return words if len(words) <= 80 else f"{words[:79]}…"


def _key(place: str, model: type[models.Model], fields: dict[str, Any]) -> Key:
    parts: list[Any] = []
    taken: dict[str, int] = {}
    for path in natural_key_fields(model):
        name, _, further = path.partition("__")
        field: Any = model._meta.get_field(name)
        value = fields.get(name, None if further else field.get_default())
        if value is None and not field.null:
            raise BrokenFixture(f"{place}: lacks “{name}”, by which it is known.")
        if further and value is not None:
            place_in_key = taken.get(name, 0)
            taken[name] = place_in_key + 1
            value = value[place_in_key] if place_in_key < len(value) else ""
        parts.append(value)
    return as_text(parts)
