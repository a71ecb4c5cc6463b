"""Accounts in Django's admin."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin  # registers the one that is replaced here
from django.contrib.auth.models import User
from django.http import HttpRequest

from coac.accounts import what_keeps

admin.site.unregister(User)


@admin.register(User)
class AccountAdmin(UserAdmin):
    """Django's own, but an account that the history names is not deleted (S36)."""

    def get_deleted_objects(self, objs: Sequence[User] | Any, request: HttpRequest) -> Any:
        """For the page that asks and for the action on the list; says what stands in the way."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return deleted, counts, lacking, [*protected, *filter(None, map(what_keeps, objs))]
