"""The roles of staff, as groups that are there after every ``migrate`` (S06)."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.apps import apps as all_apps
from django.contrib.auth.management import create_permissions
from django.db import DEFAULT_DB_ALIAS
from django.db.models.signals import post_migrate

# What each may do with all of the committee and its papers. Accounts are left to superusers.
READS = {"view"}
EDITS = READS | {"add", "change", "delete"}
ROLES = {"Viewer": READS, "Editor": EDITS, "Publisher": EDITS | {"publish"}}
OF_APPS = ("papers", "workgroups")


def connect() -> None:
    """Let the roles follow the models: a permission that is new is given to its roles."""
    for label in OF_APPS:
        post_migrate.connect(
            complete_roles, sender=all_apps.get_app_config(label), dispatch_uid=f"roles of {label}"
        )


def complete_roles(
    sender: AppConfig, using: str = DEFAULT_DB_ALIAS, apps: Any = all_apps, **kwargs: Any
) -> None:
    """Add what a role lacks of one app's permissions; take nothing away that somebody gave."""
    try:
        groups = apps.get_model("auth", "Group").objects.using(using)
        permissions = apps.get_model("auth", "Permission").objects.using(using)
    except LookupError:
        return  # Migrated back to before there were groups.
    # Django makes them on the same signal, which may reach it later.
    create_permissions(sender, verbosity=0, interactive=False, using=using, apps=apps)
    of_app = list(permissions.filter(content_type__app_label=sender.label))
    for name, verbs in ROLES.items():
        group, _ = groups.get_or_create(name=name)
        group.permissions.add(*(it for it in of_app if it.codename.partition("_")[0] in verbs))
