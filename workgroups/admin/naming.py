"""Rows of a page that name other rows: read once for all, not form by form (S39)."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.db import models
from django.db.models import ForeignKey, ManyToManyField, QuerySet
from django.http import HttpRequest

# Fits every primary key, and no number that a database cannot hold.
KEY = re.compile(r"[0-9]{1,18}")


def is_key(value: Any) -> bool:
    """Whether it can be a row's primary key; else the database must not be asked (S14)."""
    return KEY.fullmatch(str(value)) is not None


class LooksUpKeys:
    """Part of a completing widget: what was sent and is no key is not looked up."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> list[Any]:
        """The chosen options."""
        keys = [each for each in value if not str(each) or is_key(each)]
        return super().optgroups(name, keys, attr)  # type: ignore[misc]


class KnownSelect(LooksUpKeys, AutocompleteSelect):
    """One row."""


class KnownSelectMultiple(LooksUpKeys, AutocompleteSelectMultiple):
    """Several rows."""


class KnownMultipleChoiceField(forms.ModelMultipleChoiceField):
    """Refuses what is no key before it looks the others up."""

    def _check_values(self, value: Any) -> Any:
        for each in value:
            if not is_key(each):
                raise forms.ValidationError(
                    self.error_messages["invalid_pk_value"],
                    code="invalid_pk_value",
                    params={"pk": str(each).replace("\x00", "")[:40]},
                )
        return super()._check_values(value)  # type: ignore[misc]


class ShowsLoadedRows:
    """Part of a completing widget: chosen rows that were loaded are shown without a query."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # By primary key as text. Every form has a copy of the widget, and all share this.
        self.loaded: dict[str, models.Model] = {}

    def optgroups(self, name: str, value: Any, attr: Any = None) -> list[Any]:
        """The chosen options, as Django gives them; those that were typed anew are looked up."""
        widget: Any = self
        field = widget.choices.field
        chosen = {str(pk): pk for pk in value if str(pk) not in field.empty_values}
        if not chosen.keys() <= self.loaded.keys():
            return super().optgroups(name, value, attr)  # type: ignore[misc]
        options: list[Any] = []
        if not widget.is_required and not widget.allow_multiple_selected:
            options.append(widget.create_option(name, "", "", False, 0))
        for pk in chosen:
            label = field.label_from_instance(self.loaded[pk])
            options.append(widget.create_option(name, pk, label, True, len(options)))
        return [(None, options, 0)]


class LoadedSelect(ShowsLoadedRows, KnownSelect):
    """One row."""


class LoadedSelectMultiple(ShowsLoadedRows, KnownSelectMultiple):
    """Several rows."""


class NamingForm(forms.ModelForm):
    """Tells its widgets which rows were loaded with its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            return
        for name, field in self.fields.items():
            # Behind the icons to add and to change a row.
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, ShowsLoadedRows):
                named = getattr(self.instance, name)
                rows = [named] if isinstance(named, models.Model) else named.all() if named else []
                widget.loaded.update({str(row.pk): row for row in rows})


class NamingInline(admin.StackedInline):
    """Loads what its ``autocomplete_fields`` name, however many rows it has."""

    form = NamingForm
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        queryset = super().get_queryset(request)
        for name in self.autocomplete_fields:
            if self.model._meta.get_field(name).many_to_many:
                queryset = queryset.prefetch_related(name)
            else:
                queryset = queryset.select_related(name)
        return queryset

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = LoadedSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> Any:
        kwargs["form_class"] = KnownMultipleChoiceField
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = LoadedSelectMultiple(db_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **kwargs)
