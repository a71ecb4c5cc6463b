"""What the admin's pages have in common."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
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

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Name what stands in the way before any missing permission to delete that too.

        Nobody may delete what is protected, so asking for the permission would mislead.
        """
        deleted, counts, lacking, protected = deleted_objects(objs, request, self.admin_site)
        return deleted, counts, set() if protected else lacking, protected


class RowFormSet(BaseInlineFormSet):
    """Knows which of the page's rows will stay."""

    model: type[models.Model]

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
