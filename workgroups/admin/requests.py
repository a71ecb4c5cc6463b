"""What people, or programs, send to the admin's pages, kept within bounds (S14)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from workgroups.admin.naming import (
    KnownMultipleChoiceField,
    KnownSelect,
    KnownSelectMultiple,
    is_key,
)

# Each word is a condition, and SQLite knows no longer patterns than 50,000 bytes.
MAX_WORDS = 20
MAX_WORD = 200


def search_words(term: str) -> list[str]:
    """The words of a search that are looked for; what is beyond the bounds is left out."""
    return [word[:MAX_WORD] for word in term.split()[:MAX_WORDS]]


class BoundedChangeList(ChangeList):
    """Sends a list whose filters make no sense to the plain list."""

    def get_filters(self, request: HttpRequest) -> Any:
        try:
            return super().get_filters(request)
        except (OverflowError, ValueError) as beyond:  # Such as the year 9999 of a calendar.
            raise IncorrectLookupParameters(str(beyond)) from beyond


class BoundedAdmin(admin.ModelAdmin):
    """Takes from an address or a form only what its fields can be asked for."""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return BoundedChangeList

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What is no primary key selects no row."""
        if ACTION_CHECKBOX_NAME in request.POST:
            sent = request.POST.copy()
            keys = sent.getlist(ACTION_CHECKBOX_NAME)
            sent.setlist(ACTION_CHECKBOX_NAME, [key for key in keys if is_key(key)])
            request.POST = sent  # type: ignore[assignment]
        return super().changelist_view(request, extra_context)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only what the filters beside the list, and its calendar, ask for."""
        allowed = {f"{self.date_hierarchy}__{part}" for part in ("year", "month", "day")}
        for each in self.list_filter:
            if isinstance(each, str):
                allowed |= {f"{each}__{way}" for way in ("exact", "id__exact", "isnull")}
            else:
                allowed.add(each.parameter_name)  # type: ignore[union-attr]
        return lookup in allowed

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        term = " ".join(search_words(search_term))
        return super().get_search_results(request, queryset, term)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What an address fills in; values that their fields cannot have are left out."""
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        return {name: value for name, value in initial.items() if self._can_have(name, value)}

    def _can_have(self, name: str, value: Any) -> bool:
        try:
            field = self.opts.get_field(name)
        except FieldDoesNotExist:
            return True  # Nothing is filled in by it.
        if isinstance(field, models.ForeignKey | models.ManyToManyField):
            return all(is_key(key) for key in (value if isinstance(value, list) else [value]))
        if isinstance(field, models.DateTimeField) or not isinstance(field, models.Field):
            return False
        try:
            field.to_python(value)
        except (ValidationError, ValueError, OverflowError):
            return False
        return True

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField | None:
        if db_field.name in self.autocomplete_fields:
            kwargs.setdefault("widget", KnownSelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: models.ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelMultipleChoiceField | None:
        kwargs.setdefault("form_class", KnownMultipleChoiceField)
        if db_field.name in self.autocomplete_fields:
            kwargs.setdefault("widget", KnownSelectMultiple(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)
