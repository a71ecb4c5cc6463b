"""Two people at one draft: what either changed, field by field, until the later one has decided.

A review page remembers what each of its fields said when it was shown (``remembered``, in short
digests). So a form that comes too late tells what its sender changed from what somebody else did:
where only one of them touched a field, that one's words stand; where both did, the sender's words
stand in the form with the stored ones beside them (S25).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from papers.admin.review_forms import ItemForm, ReviewForms
from papers.models import ImportFinding

NODS = "nod"
# Rows that others move make room for each other; nobody has to read that of each.
QUIET = ("position",)


@dataclass(frozen=True)
class Cell:
    """A field as it is stored: its name in the form, its name for a person, its value as sent."""

    name: str
    label: str
    value: str
    choices: Any = ()
    is_box: bool = False

    def sent(self, data: MultiValueDict) -> str:
        """The value that somebody sent."""
        return _sent(data, self.name, self.is_box)

    def said(self, value: str) -> str:
        """A value in words."""
        if self.is_box:
            return "ticked" if value else "not ticked"
        return next((str(said) for choice, said in self.choices if str(choice) == value), value)


@dataclass(frozen=True)
class Note:
    """What to tell beside a field. ``is_both``: ``words`` are stored now, else they were before."""

    name: str
    label: str
    words: str
    is_both: bool = False
    is_new: bool = False

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return f"m-{self.name}"


@dataclass
class Merged:
    """A late form with what was stored meanwhile; ``gone`` are typed texts without a row."""

    data: QueryDict
    notes: list[Note] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    @property
    def both(self) -> list[Note]:
        """Where the sender has to decide."""
        return [note for note in self.notes if note.is_both]

    @property
    def theirs(self) -> list[Note]:
        """Where only somebody else changed something."""
        return [note for note in self.notes if not note.is_both]

    def of(self, names: Iterable[str]) -> list[Note]:
        """The notes on some fields."""
        wanted = set(names)
        return [note for note in self.notes if note.name in wanted]


def remembered(stored: ReviewForms) -> str:
    """What the page shows of the draft, to be sent along with its form."""
    rows: dict[str, Any] = {
        group: "".join(_digest(cell.value) for cell in cells) for group, cells in _cells(stored)
    }
    rows[NODS] = {
        str(each.pk): _known_as(each) + ("+" if each.settled_at else "")
        for each in stored.review.findings
    }
    return json.dumps(rows, separators=(",", ":"))


def with_taken(data: QueryDict, stored: ReviewForms) -> QueryDict:
    """The form with the stored value in each field whose box "Take this instead" is ticked."""
    wanted, data = set(data.getlist("take")), data.copy()
    for _, cells in _cells(stored):
        for cell in cells:
            if cell.name in wanted:
                _put(data, cell)
    return data


def merge(sent: QueryDict, stored: ReviewForms) -> Merged:
    """Bring a late form together with what is stored; ``stored`` is filled from the draft."""
    seen = _seen(sent)
    merged = Merged(sent.copy())
    groups = set()
    for group, cells in _cells(stored):
        groups.add(group)
        if not any(cell.name in sent for cell in cells):
            for cell in cells:
                _put(merged.data, cell)
            merged.notes.append(Note(cells[0].name, cells[0].label, "", is_new=True))
            continue
        digests = _split(seen.get(group, ""))
        for index, cell in enumerate(cells):
            _settle(merged, cell, digests[index] if index < len(digests) else "")
    for group, digests in seen.items():
        if group not in groups and isinstance(digests, str):
            merged.gone += _typed_for(sent, group, _split(digests))
    for _, form in stored.loose:
        if f"{form.prefix}-text" not in sent:
            merged.data[f"{form.prefix}-text"] = form["text"].value() or ""
            merged.data[f"{form.prefix}-level"] = str(form["level"].value() or 0)
    return merged


def nods_of(sent: QueryDict, findings: Iterable[ImportFinding]) -> set[str]:
    """The findings, by primary key, that are right as they stand once this form is saved.

    Findings are written anew at each save, so they are known again by what they say. One that
    the sender left as it was shown stays as it is.
    """
    posted = set(sent.getlist(NODS))
    said = _seen(sent).get(NODS)
    seen: dict[str, str] = said if isinstance(said, dict) else {}
    mine = {str(known).rstrip("+") for pk, known in seen.items() if pk in posted}
    before = {str(known)[:-1] for known in seen.values() if str(known).endswith("+")}
    shown = {str(known).rstrip("+") for known in seen.values()}
    nods = set()
    for finding in findings:
        known = _known_as(finding)
        if known not in shown:
            is_nodded = str(finding.pk) in posted or (bool(seen) and finding.settled_at is not None)
        elif (known in mine) != (known in before):
            is_nodded = known in mine
        else:
            is_nodded = finding.settled_at is not None
        if is_nodded:
            nods.add(str(finding.pk))
    return nods


def _settle(merged: Merged, cell: Cell, was: str) -> None:
    """One field of which it is known what it said, if ``was`` is a digest."""
    mine = cell.sent(merged.data)
    if mine == cell.value or _digest(cell.value) == was:
        return
    if _digest(mine) != was:
        merged.notes.append(Note(cell.name, cell.label, cell.said(cell.value), is_both=True))
        return
    _put(merged.data, cell)
    if not cell.name.endswith(QUIET):
        merged.notes.append(Note(cell.name, cell.label, cell.said(mine)))


def _typed_for(sent: QueryDict, group: str, digests: list[str]) -> list[str]:
    """The words sent for a row that is gone, if the sender changed anything of it."""
    if group.startswith("remark-"):
        words = _sent(sent, group)
        return [words] if _digest(words) not in digests else []
    names = ItemForm.names_of(group.partition("-")[0])
    for name, was in zip(names, digests, strict=False):
        base = ItemForm.base_fields[name]
        value = _sent(sent, f"{group}-{name}", isinstance(base, forms.BooleanField))
        if _digest(value) != was:
            return [_sent(sent, f"{group}-text")]
    return []


def _cells(stored: ReviewForms) -> Iterator[tuple[str, list[Cell]]]:
    """The fields of a page by row, as the draft has them whatever was sent."""
    yield "paper", [_cell(bound, str(bound.label)) for bound in stored.paper]
    for of in stored.items.values():
        for form in of:
            yield (
                str(form.prefix),
                [_cell(bound, f"{form.number}, {bound.label.lower()}") for bound in form],
            )
    for section in stored.review.sections:
        name = stored.remark_names.get(section.key)
        if name and section.row:
            yield name, [Cell(name, f"{section.label}, words", section.row.remark)]


def _cell(bound: Any, label: str) -> Cell:
    value = bound.field.prepare_value(bound.initial)
    name = bound.html_name
    if isinstance(bound.field, forms.BooleanField):
        return Cell(name, label, "on" if value else "", is_box=True)
    if isinstance(bound.field, forms.ChoiceField):
        return Cell(name, label, "" if value is None else str(value), bound.field.choices)
    return Cell(name, label, bound.field.widget.format_value(value) or "")


def _put(data: QueryDict, cell: Cell) -> None:
    if cell.is_box and not cell.value:
        data.pop(cell.name, None)
    else:
        data[cell.name] = cell.value


def _sent(data: MultiValueDict, name: str, is_box: bool = False) -> str:
    if is_box:
        return "on" if name in data else ""
    return str(data.get(name, "")).replace("\r\n", "\n")


def _seen(sent: QueryDict) -> dict[str, Any]:
    """What the page remembered; nothing where it is not what ``remembered`` gives (S14)."""
    try:
        said = json.loads(sent.get("seen", "") or "{}")
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _split(digests: Any) -> list[str]:
    words = digests if isinstance(digests, str) else ""
    return [words[start : start + 8] for start in range(0, len(words), 8)]


def _digest(value: str) -> str:
    return hashlib.blake2s(value.encode("utf-8", "replace"), digest_size=4).hexdigest()


def _known_as(finding: ImportFinding) -> str:
    said = (finding.full_code, finding.span_start, finding.span_end, finding.detail)
    return _digest(repr(said))
