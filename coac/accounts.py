"""Accounts, which the history of the record names and so keeps (S36)."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import User
from django.db.models import ManyToOneRel, ProtectedError, QuerySet
from django.db.models.signals import pre_delete

INSTEAD = "Untick “Active” on the account instead: nobody signs in with it, and the history stays."


def traces(user: User) -> Iterator[QuerySet[Any]]:
    """What says of something that this account did it, a queryset for each kind, none empty.

    Django would delete some of it together with the account, and forget of the rest who it was.
    """
    for relation in User._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ManyToOneRel) or relation.related_model._meta.auto_created:
            continue  # its own fields, and what it is a member of
        found = relation.related_model._base_manager.filter(**{relation.field.name: user})
        if found.exists():
            yield found


def what_keeps(user: User) -> str:
    """The sentence for whoever wants to delete the account; empty where nothing keeps it."""
    kinds = [f"{found.model._meta.verbose_name_plural}: {found.count()}" for found in traces(user)]
    return f"{user} did what is on record ({', '.join(kinds)}). {INSTEAD}" if kinds else ""


def connect() -> None:
    """Keep accounts from now on; called once, when the apps are ready."""
    pre_delete.connect(_keep, sender=User, dispatch_uid="coac.keep_account")


def _keep(sender: Any, instance: User, **kwargs: Any) -> None:
    words = what_keeps(instance)
    if words:
        raise ProtectedError(words, {row for found in traces(instance) for row in found[:10]})
