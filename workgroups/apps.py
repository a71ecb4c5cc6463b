"""The committee itself."""

from django.apps import AppConfig


class WorkgroupsConfig(AppConfig):
    """Terms, meetings, subcommittees, groups and their life events."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "workgroups"
    verbose_name = "The committee"
