"""Two people at one form: what is saved is what was looked at (S25, S26).

A form carries the edition of the record that it was filled from. Saving compares it in its own
transaction, with the record locked; where somebody was faster, the form comes back with what was
typed, lined up with the rows that are stored by then, so that saving once more succeeds.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.forms.models import BaseInlineFormSet, _get_foreign_key
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from workgroups.admin.naming import is_key

FIELD = "edition"
# A row of a form set as sent: names without the row's prefix, those of hidden first values apart.
Row = dict[tuple[str, str], list[str]]


class EditionAdmin(admin.ModelAdmin):
    """Refuses to save over what the person has not seen, once."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """With the edition, which is read before the form is: never newer than what is shown."""
        key = self._key_of(object_id)
        if key is None or "_saveasnew" in request.POST:
            return super().changeform_view(request, object_id, form_url, extra_context)
        if request.method != "POST":
            digest, last = self._state_of(key), self._last_entry(key)
            context = {FIELD: _edition(digest, last), **(extra_context or {})}
            return super().changeform_view(request, object_id, form_url, context)
        with transaction.atomic():
            # Whoever comes second waits here, and then reads what the first has stored.
            # By its key alone: an ordering over other tables would ask to lock these as well.
            locked = self.model._base_manager.select_for_update().filter(pk=key)
            locked.order_by("pk").values_list("pk").first()
            digest, last = self._state_of(key), self._last_entry(key)
            seen, _, seen_entry = request.POST.get(FIELD, "").partition(".")
            if seen != digest:
                is_news = last is not None and str(last.pk) != seen_entry
                words = _sentence(request, self.opts.verbose_name, last if is_news else None)
                request.outdated = words  # type: ignore[attr-defined]
            context = {FIELD: _edition(digest, last), **(extra_context or {})}
            return super().changeform_view(request, object_id, form_url, context)

    def get_form(
        self, request: HttpRequest, obj: Any | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """A form that is sent on an old edition says so, and is not saved."""
        form = super().get_form(request, obj, change, **kwargs)
        words = _outdated(request)
        return type(form.__name__, (OutdatedForm, form), {"outdated": words}) if words else form

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        """Rows that were sent on an old edition are lined up with those stored."""
        kwargs: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        if _outdated(request):
            stored = inline.get_formset(request, obj)(
                instance=obj, prefix=prefix, queryset=kwargs["queryset"]
            )
            kwargs["data"] = lined_up(kwargs["data"], stored)
        return kwargs

    def _key_of(self, object_id: str | None) -> int | None:
        if object_id is None:
            return None
        key = unquote(object_id)
        return int(key) if is_key(key) else None

    def _state_of(self, key: int) -> str:
        """A digest of the stored record and the rows that its page edits (a query for each)."""
        said = [_rows(self.model, pk=key)]
        for inline in self.inlines:
            to_record = _get_foreign_key(self.model, inline.model, inline.fk_name)
            said.append(_rows(inline.model, **{to_record.attname: key}))
        return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()[:32]

    def _last_entry(self, key: int) -> LogEntry | None:
        entries = LogEntry.objects.filter(
            content_type=get_content_type_for_model(self.model), object_id=str(key)
        )
        return entries.select_related("user").order_by("-action_time", "-pk").first()


class OutdatedForm:
    """Part of a form that was filled from an edition which is no longer stored."""

    outdated: SafeString

    def clean(self) -> Any:
        cleaned = super().clean()  # type: ignore[misc]
        self.add_error(None, ValidationError(self.outdated, code="outdated"))  # type: ignore[attr-defined]
        return cleaned


def _edition(digest: str, last: LogEntry | None) -> str:
    """What is stored, and the last that is on record of it."""
    return f"{digest}.{last.pk if last else 0}"


def _outdated(request: HttpRequest) -> SafeString | str:
    return getattr(request, "outdated", "")


def _rows(model: type[models.Model], **of: Any) -> list[Any]:
    """The stored values of rows, and what each of their many-to-many fields names."""
    fields = [field.attname for field in model._meta.concrete_fields]
    said: list[Any] = list(model._base_manager.filter(**of).order_by("pk").values_list(*fields))
    for field in model._meta.many_to_many:
        through: Any = field.remote_field.through
        here, there = field.m2m_column_name(), field.m2m_reverse_name()
        prefix = f"{field.m2m_field_name()}__"
        links = through._base_manager.filter(**{f"{prefix}{name}": key for name, key in of.items()})
        said += links.order_by(here, there).values_list(here, there)
    return said


def _sentence(request: HttpRequest, what: Any, last: LogEntry | None) -> SafeString:
    """Who was faster, as far as that is on record, and what to do."""
    who = "Somebody"
    if last:
        moment = date_format(timezone.localtime(last.action_time), "N j, g:i a")
        is_self = last.user_id == request.user.pk
        who = f"{'You, elsewhere' if is_self else last.user.get_username()}, on {moment},"
    return format_html(
        "{} changed this {} while you worked on it. What you typed is below and not saved yet; "
        "rows that were added meanwhile are shown too, and rows that were deleted meanwhile are "
        "back as new ones. Look through it and save again to put your words in place of what is "
        'stored. <a href="{}" target="_blank" rel="noopener">See what is stored now (in a new '
        "tab)</a>.",
        who,
        what,
        request.get_full_path(),
    )


# Lining up rows --------------------------------------------------------------------------------


def lined_up(data: QueryDict, stored: BaseInlineFormSet) -> QueryDict:
    """What was sent for a form set, in the order of the rows that are ``stored``.

    Stored rows that were not sent come in as they are; rows that were sent and are stored no
    longer become new ones, or are left out where they were to be deleted anyway.
    """
    prefix: str = stored.prefix or ""
    model: Any = stored.model
    pk_name = model._meta.pk.name
    counts = [f"{prefix}-TOTAL_FORMS", f"{prefix}-INITIAL_FORMS"]
    # More digits than any form has rows: Django says what is wrong with such a form.
    if not all(re.fullmatch("[0-9]{1,4}", data.get(name, "")) for name in counts):
        return data
    total, initial = (int(str(data[name])) for name in counts)
    if not initial <= total <= stored.absolute_max:
        return data
    aligned, sent = _take_rows(data, prefix)
    known = {str(form.instance.pk) for form in stored.initial_forms}
    of_stored: dict[str, Row] = {}
    fresh: list[Row] = []
    for number in range(total):
        row = sent.get(number, {})
        pk = row.get(("", pk_name), [""])[-1] if number < initial else ""
        if pk in known:
            of_stored[pk] = row
        elif not (pk and ("", "DELETE") in row):
            row.pop(("", pk_name), None)
            fresh.append(row)
    rows = [of_stored.get(str(form.instance.pk)) or _as_sent(form) for form in stored.initial_forms]
    aligned[counts[0]], aligned[counts[1]] = str(len(rows) + len(fresh)), str(len(rows))
    for number, row in enumerate([*rows, *fresh]):
        for (hidden, name), values in row.items():
            aligned.setlist(f"{hidden}{prefix}-{number}-{name}", values)
    return aligned


def _take_rows(data: QueryDict, prefix: str) -> tuple[QueryDict, dict[int, Row]]:
    """A copy of ``data`` without the rows of a form set, and these rows by their numbers."""
    rest = data.copy()
    rows: dict[int, Row] = defaultdict(dict)
    pattern = re.compile(rf"(initial-|){re.escape(prefix)}-([0-9]{{1,4}})-(.+)")
    for name in data:
        found = pattern.fullmatch(name)
        if found:
            rows[int(found[2])][found[1], found[3]] = data.getlist(name)
            del rest[name]
    return rest, rows


def _as_sent(form: Any) -> Row:
    """What a browser would send for a row's unchanged form."""
    row: Row = {}
    for bound in form:
        value = bound.value()
        if value is None or value is False:
            continue
        if value is not True:
            # Behind the icons to add and to change a row.
            value = getattr(bound.field.widget, "widget", bound.field.widget).format_value(value)
        sent = ["on"] if value is True else value if isinstance(value, list) else [value or ""]
        row["", bound.name] = [str(each) for each in sent]
        if bound.field.show_hidden_initial:
            row["initial-", bound.name] = row["", bound.name]
    return row
