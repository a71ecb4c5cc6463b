"""The admin as staff find it: the record before what the site keeps of itself."""

from __future__ import annotations

from typing import Any

from axes.apps import AppConfig as AxesConfig
from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest

RECORD = ("papers", "workgroups")


class StaffSite(AdminSite):
    """Django's admin, with the papers and the committee at the top of every list of its parts."""

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The parts that somebody may see; after the record by their names."""
        parts = super().get_app_list(request, app_label)
        return sorted(parts, key=lambda part: part["app_label"] not in RECORD)


class StaffSiteConfig(AdminConfig):
    """In place of ``django.contrib.admin``."""

    default_site = "coac.staff.StaffSite"


class SignInAttemptsConfig(AxesConfig):
    """In place of ``axes``, whose name says nothing to staff."""

    verbose_name = "Sign-in attempts"
