"""A paper's sections and items, below its own fields."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Hashable
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import F
from django.forms.fields import InvalidJSONInput
from django.http import HttpRequest

from papers.content import SectionKind
from papers.models import NextStep, PaperSection, SectionItem, StatusItem
from papers.models.items import LEVELS
from workgroups.admin.common import DistinctFormSet, RowFormSet

LAST_POSITION = 9_999
# Beyond every position that can be typed, and within a small integer: where rows wait while
# others take their places.
ASIDE = 10_000


class PositionedForm(forms.ModelForm):
    """A row whose place may be left empty, or be one that is taken: its form set finds a place."""

    position = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=LAST_POSITION,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 3}),
        help_text="Order, from 1. Empty: at the end. A place that is taken: right after that row.",
    )

    def _post_clean(self) -> None:
        # Each check asks the database; a long paper has thousands of them, and few changed rows.
        if self.has_changed() or not self.instance.pk:
            super()._post_clean()  # type: ignore[misc]

    def _get_validation_exclusions(self) -> set[str]:
        # Held against the stored rows one by one, two rows could never change places.
        return {*super()._get_validation_exclusions(), "position"}  # type: ignore[misc]


class PositionedFormSet(RowFormSet):
    """Gives every row of the page a place of its own, and saves rows that change places."""

    def series_of(self, row: Any) -> Hashable:
        """Rows are counted within a series."""
        return None

    def clean(self) -> None:
        super().clean()
        series: dict[Hashable, list[Any]] = defaultdict(list)
        for form in self.kept_forms():
            series[self.series_of(form.instance)].append(form)
        for forms_of_series in series.values():
            place = 0
            for form in sorted(forms_of_series, key=_place_typed):
                place = max(place + 1, form.cleaned_data.get("position") or 0)
                form.instance.position = place

    def save(self, commit: bool = True) -> list[Any]:
        """Rows that move, or go, first step aside: the database counts at every single step."""
        leaving = [form.instance.pk for form in self.deleted_forms if form.instance.pk]
        moving = [form for form in self.initial_forms if form.instance.pk not in leaving]
        moving = [form for form in moving if self._moves(form)]
        aside = [*leaving, *(form.instance.pk for form in moving)]
        if commit and aside:
            rows = self.model._base_manager.filter(pk__in=aside)
            rows.update(position=F("position") + ASIDE)
        saved = super().save(commit)
        if commit:
            for form in (form for form in moving if not form.has_changed()):
                row = self.model._base_manager.filter(pk=form.instance.pk)
                row.update(position=form.instance.position)
        return saved

    def _moves(self, form: Any) -> bool:
        return form.has_changed() or form.instance.position != form.initial["position"]


def _place_typed(form: Any) -> float:
    return form.cleaned_data.get("position") or float("inf")


class SectionFormSet(PositionedFormSet, DistinctFormSet):
    """A paper's sections: each usual one once, and others by their headings."""

    same_message = "The paper has this section already."

    def key_of(self, row: PaperSection) -> tuple[str, str]:
        return row.key


class SectionItemFormSet(PositionedFormSet):
    """Items of several sections, each counted for itself."""

    def series_of(self, row: SectionItem) -> tuple[str, str]:
        return row.section_key


ITEM_WIDGETS = {
    "text": forms.Textarea(attrs={"rows": 3, "cols": 70, "dir": "auto"}),
    "links": forms.Textarea(attrs={"rows": 3, "cols": 14, "spellcheck": "false"}),
    "marker": forms.TextInput(attrs={"size": 2}),
}


class LinksField(forms.JSONField):
    """A list of links, as JSON; whatever else is sent is a fault of the form (S14)."""

    def to_python(self, value: Any) -> Any:
        """An empty box is an empty list: nothing else that is empty can be stored."""
        try:
            found = super().to_python(_storable(value.strip() if value else value))
        except (ValueError, RecursionError) as fault:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from fault
        return [] if found in self.empty_values else found

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What cannot be read comes back as it was typed."""
        try:
            return super().bound_data(_storable(data), initial)
        except (ValueError, RecursionError):
            return InvalidJSONInput(data)


def _storable(data: Any) -> Any:
    """The same JSON; ValueError where it spells, by escapes, what is no text (S38)."""
    if isinstance(data, str) and data:
        spelt = json.dumps(json.loads(data), ensure_ascii=False)
        if "\\u0000" in spelt:
            raise ValueError("NUL in JSON")
        spelt.encode()  # UnicodeEncodeError, a ValueError, for half a character.
    return data


ITEM_FIELDS = {"links": LinksField}
# In one word, so that the column stays narrow; the help text says the rest.
TRACKED = {"also_next_step": "Step"}


class ItemForm(PositionedForm):
    """Its level as a digit: the column says what it is."""

    level = forms.TypedChoiceField(
        choices=[(level, str(level)) for level, _ in LEVELS],
        coerce=int,
        initial=0,
        help_text="0 for an item of its own, 1 to 3 for one below it.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "links" in self.fields:
            # Django doubles a field whose default is called, in case it differs next time.
            self.fields["links"].show_hidden_initial = False


class SectionForm(PositionedForm):
    """Its heading and remark in one line each."""

    class Meta:
        model = PaperSection
        fields = ["position", "kind", "heading", "remark"]
        widgets = {
            "heading": forms.TextInput(attrs={"size": 32, "dir": "auto"}),
            "remark": forms.Textarea(attrs={"rows": 1, "cols": 50, "dir": "auto"}),
        }


class SectionItemForm(ItemForm):
    """An item of Background, Issue or another section."""

    class Meta:
        model = SectionItem
        fields = [
            *("section", "heading", "position", "level"),
            *("marker", "text", "links", "also_next_step"),
        ]
        labels = TRACKED
        field_classes = ITEM_FIELDS
        widgets = {
            **ITEM_WIDGETS,
            "heading": forms.TextInput(attrs={"size": 16, "dir": "auto"}),
            "text": forms.Textarea(attrs={"rows": 3, "cols": 48, "dir": "auto"}),
        }


class StatusItemForm(ItemForm):
    """An item of Current Status."""

    class Meta:
        model = StatusItem
        fields = ["position", "level", "marker", "text", "links", "also_next_step"]
        labels = TRACKED
        widgets = ITEM_WIDGETS
        field_classes = ITEM_FIELDS


class NextStepForm(ItemForm):
    """A next step, with its owner and due words."""

    class Meta:
        model = NextStep
        fields = ["position", "level", "marker", "text", "owner", "due_words", "links"]
        field_classes = ITEM_FIELDS
        widgets = {
            **ITEM_WIDGETS,
            "text": forms.Textarea(attrs={"rows": 3, "cols": 48, "dir": "auto"}),
            "due_words": forms.TextInput(attrs={"size": 16, "dir": "auto"}),
        }


class PositionedInline(admin.TabularInline):
    """Rows in their order; new ones by the button below them."""

    classes = ["item-rows"]
    formset = PositionedFormSet
    ordering = ["position"]
    # On a new paper; later rows come by the button below them.
    empty_rows = 0

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 0 if obj else self.empty_rows


class ItemInline(PositionedInline):
    """Items, each with a word on whether staff changed it."""

    readonly_fields = ["edited"]

    @admin.display(description="By staff")
    def edited(self, item: Any) -> str:
        return "Edited" if item.is_edited else ""


class SectionInline(PositionedInline):
    """Which sections the paper prints; those with items are added by themselves."""

    model = PaperSection
    form = SectionForm
    formset = SectionFormSet
    verbose_name = "section"
    verbose_name_plural = "sections as printed (those with items are added when you save)"


class SectionItemInline(ItemInline):
    """Background, Issue and other sections."""

    model = SectionItem
    form = SectionItemForm
    formset = SectionItemFormSet
    empty_rows = 3
    ordering = ["section", "heading", "position"]
    verbose_name = "item"
    verbose_name_plural = "Background, Issue and other sections"


class StatusItemInline(ItemInline):
    """Current Status."""

    model = StatusItem
    form = StatusItemForm
    empty_rows = 3
    verbose_name_plural = SectionKind.CURRENT_STATUS.value.replace("-", " ").capitalize()


class NextStepInline(ItemInline):
    """Next Steps."""

    model = NextStep
    form = NextStepForm
    empty_rows = 2
