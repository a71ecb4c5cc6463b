"""The papers and the public pages."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """Issue papers with their sections, status items and next steps."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "papers"
    verbose_name = "Issue papers"

    def ready(self) -> None:
        from papers import roles

        roles.connect()
