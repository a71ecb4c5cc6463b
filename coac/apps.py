"""The project as an app, so that its commands and its signals are found."""

from django.apps import AppConfig


class CoacConfig(AppConfig):
    """Connects the log lines about signing in, and what keeps accounts."""

    name = "coac"
    verbose_name = "Site"

    def ready(self) -> None:
        from coac import accounts, signing_in

        accounts.connect()
        signing_in.connect()
