"""Corrections: what a public paper prints is changed only together with a public note."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest

from papers.models import Correction, IssuePaper
from workgroups.admin.common import FORM_FIELDS, RowFormSet

NOT_SILENTLY = (
    "A published paper is never changed silently: add a correction below that says what was "
    "changed."
)
# Where the paper is found and since when, which is not what it says.
NOT_PRINTED = {"published_at", "source_url"}
# What staff read in an item, whose printed words stay as they are.
READ_BY_STAFF = {"owner", "due_words", "also_next_step"}


class CorrectionFormSet(RowFormSet):
    """Asks for a new correction where the form changes what a public paper prints."""

    # The paper's other form sets; its admin page sets them.
    siblings: tuple[BaseInlineFormSet, ...] = ()

    def clean(self) -> None:
        super().clean()
        # The stored row: the form's own has the typed values by now, its moment among them.
        stored = IssuePaper.objects.published().filter(pk=self.instance.pk).first()
        if stored is None or self._has_new_row():
            return
        if _fields_differ(stored, self.instance) or any(map(_rows_differ, self.siblings)):
            raise ValidationError(NOT_SILENTLY, code="silent")

    def _has_new_row(self) -> bool:
        """A new row with a fault counts too: it says itself what it lacks."""
        formset: Any = self
        return any(
            form.has_changed() and not formset._should_delete_form(form)
            for form in formset.extra_forms
        )


def _fields_differ(stored: IssuePaper, typed: IssuePaper) -> bool:
    fields = [field.attname for field in IssuePaper._meta.concrete_fields]
    return any(
        getattr(stored, name) != getattr(typed, name) for name in fields if name not in NOT_PRINTED
    )


def _rows_differ(formset: Any) -> bool:
    """Whether saving would add, delete or change a row."""
    formset.is_valid()  # Only then every row has its place.
    for form in formset.forms:
        is_stored = form.instance.pk is not None
        if formset._should_delete_form(form):
            if is_stored:
                return True
        elif form.errors or (_row_differs(form) if is_stored else form.has_changed()):
            return True
    return False


def _row_differs(form: Any) -> bool:
    """By the row, not by what was sent: browsers send other line ends than are stored."""
    fields = {field.name: field for field in form.instance._meta.concrete_fields}
    return any(
        fields[name].value_from_object(form.instance) != before
        for name, before in form.initial.items()
        if name not in READ_BY_STAFF
    )


class CorrectionInline(admin.TabularInline):
    """Public notes on what was corrected."""

    model = Correction
    formset = CorrectionFormSet
    classes = ["item-rows"]
    formfield_overrides = FORM_FIELDS
    verbose_name_plural = "corrections (a change of what a public paper prints needs one)"

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """A row at hand where one is needed for nearly every change."""
        return 1 if obj is not None and obj.is_public else 0
