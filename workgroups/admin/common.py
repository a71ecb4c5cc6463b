"""What the admin's pages have in common."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from functools import cached_property
from typing import Any

from django import forms
from django.db import models
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest

from workgroups.admin.deleting import deleted_objects
from workgroups.admin.editions import EditionAdmin
from workgroups.admin.requests import BoundedAdmin
from workgroups.models.text import validate_web_address

# A text is a sentence or two; what is longer says so itself.
FORM_FIELDS: dict[type[models.Field], dict[str, Any]] = {
    models.TextField: {"widget": forms.Textarea(attrs={"rows": 2, "cols": 80, "dir": "auto"})},
    models.URLField: {
        "widget": forms.URLInput(attrs={"size": 80}),
        "assume_scheme": "https",
        # Else the form's own word, "Enter a valid URL", takes the place of the model's.
        "error_messages": {"invalid": validate_web_address.message},
    },
}


class RecordAdmin(EditionAdmin, BoundedAdmin):
    """A page of the record, with the stylesheet that its classes need."""

    formfield_overrides = FORM_FIELDS
    show_full_result_count = False

    class Media:
        css = {"all": ["workgroups/admin.css"]}

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A moment is typed in two boxes, with one label for both (S44)."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field, forms.SplitDateTimeField):
            name_widget(field.widget, str(field.label))
        return field

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Name what stands in the way before any missing permission to delete that too.

        Nobody may delete what is protected, so asking for the permission would mislead.
        """
        deleted, counts, lacking, protected = deleted_objects(objs, request, self.admin_site)
        return deleted, counts, set() if protected else lacking, protected


def name_widget(widget: Any, label: str) -> None:
    """Let a field tell its name to who cannot see the words beside it."""
    inner = getattr(widget, "widget", widget)  # what has a link for adding beside it is wrapped
    parts = getattr(inner, "widgets", None)
    if parts and len(parts) == 2:
        for part, word in zip(parts, ("date", "time"), strict=True):
            part.attrs.setdefault("aria-label", f"{label}: {word}")
    elif not inner.is_hidden:
        inner.attrs.setdefault("aria-label", label)


class RowFormSet(BaseInlineFormSet):
    """Knows which of the page's rows will stay, and names the fields of each."""

    model: type[models.Model]

    def total_form_count(self) -> int:
        """Rows that are only counted and not sent are not drawn: two thousand take a minute."""
        claimed = super().total_form_count()
        if not self.is_bound:
            return claimed
        return min(claimed, max(self._rows_sent, self.initial_form_count()))

    @cached_property
    def _rows_sent(self) -> int:
        row = re.compile(rf"{re.escape(self.prefix or '')}-(\d{{1,5}})-")
        numbers = (int(found[1]) for found in map(row.match, self.data) if found)
        return 1 + max(numbers, default=-1)

    def add_fields(self, form: Any, index: int | None) -> None:
        """In a table only the column has a head: a field says its name itself (S44)."""
        super().add_fields(form, index)
        for name in form.fields:
            name_widget(form.fields[name].widget, str(form[name].label))

    def kept_forms(self) -> Iterator[Any]:
        """The valid forms whose rows will be there after saving."""
        for form in self.forms:
            is_filled = form.instance.pk or form.has_changed()
            if is_filled and not form.errors and not form.cleaned_data.get("DELETE"):
                yield form


class DistinctFormSet(RowFormSet):
    """Refuses two rows of one page that the database would take for the same.

    Django looks for these itself only where a constraint has neither condition nor expression.
    """

    same_message = "This row is here twice."

    def key_of(self, row: Any) -> Hashable:
        """What must differ from row to row."""
        raise NotImplementedError

    def clean(self) -> None:
        super().clean()
        seen: set[Hashable] = set()
        for form in list(self.kept_forms()):
            key = self.key_of(form.instance)
            if key in seen:
                form.add_error(None, self.same_message)
            seen.add(key)
