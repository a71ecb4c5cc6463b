"""What a page that asks "are you sure?" names: only what the person may read (S01, S06)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.contrib.admin.sites import AdminSite
from django.contrib.admin.utils import NestedObjects, quote
from django.contrib.auth import get_permission_codename
from django.db import models, router
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.text import capfirst


def deleted_objects(
    objs: Any, request: HttpRequest, site: AdminSite
) -> tuple[list[Any], dict[str, int], set[str], list[str]]:
    """As Django's ``get_deleted_objects``, but with rows that may not be read only counted."""
    rows = list(objs)
    if not rows:
        return [], {}, set(), []
    collector = NestedObjects(using=router.db_for_write(type(rows[0])), origin=objs)
    collector.collect(objs)
    found_of: dict[Any, set[Any]] = collector.model_objs
    lacking = {
        str(model._meta.verbose_name)
        for model, found in found_of.items()
        if site.is_registered(model)
        and not all(site.get_model_admin(model).has_delete_permission(request, it) for it in found)
    }
    counts = {str(model._meta.verbose_name_plural): len(found) for model, found in found_of.items()}
    named = _named(collector.nested(), request, site)
    return named, counts, lacking, links_to(collector.protected, request, site)


def links_to(rows: Iterable[models.Model], request: HttpRequest, site: AdminSite) -> list[str]:
    """Each row as "Kind: name", with a link to its page in the admin where it has one.

    Of rows that may not be read: how many there are of each kind.
    """
    rows = list(rows)
    shown = [row for row in rows if may_read(row, request, site)]
    return [*(_link(row, site) for row in shown), *_counted(rows, shown)]


def may_read(row: models.Model, request: HttpRequest, site: AdminSite) -> bool:
    """Whether a row may be named: by its model's page, or by the model's permission itself."""
    model = type(row)
    if site.is_registered(model):
        return bool(site.get_model_admin(model).has_view_permission(request, row))
    # Rows that only tie a record to its sources go by that record.
    owner: Any = model._meta.auto_created or model
    opts = owner._meta
    return any(
        request.user.has_perm(f"{opts.app_label}.{get_permission_codename(verb, opts)}")
        for verb in ("view", "change")
    )


def _named(nested: list[Any], request: HttpRequest, site: AdminSite) -> list[Any]:
    """Rows, each followed by a list of those below it, in words.

    Of a row that may not be read nothing below is told either.
    """
    named: list[Any] = []
    rows = [row for row in nested if not isinstance(row, list)]
    shown = [row for row in rows if may_read(row, request, site)]
    above_is_shown = True
    for row in nested:
        if isinstance(row, list):
            if above_is_shown:
                named.append(_named(row, request, site))
            continue
        above_is_shown = any(row is it for it in shown)
        if above_is_shown:
            named.append(_link(row, site))
    return [*named, *_counted(rows, shown)]


def _link(row: models.Model, site: AdminSite) -> str:
    opts = row._meta
    kind = capfirst(str(opts.verbose_name))
    try:
        address = reverse(
            f"{site.name}:{opts.app_label}_{opts.model_name}_change", args=[quote(row.pk)]
        )
    except NoReverseMatch:
        return f"{kind}: {row}"
    return format_html('{}: <a href="{}">{}</a>', kind, address, row)


def _counted(rows: list[models.Model], shown: list[models.Model]) -> list[str]:
    known = {id(row) for row in shown}
    hidden = Counter(type(row) for row in rows if id(row) not in known)
    return [
        f"{number} {model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural}"
        for model, number in hidden.items()
    ]
