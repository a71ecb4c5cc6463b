"""Make the first staff account."""

import secrets
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

USERNAME = "staff"


class Command(BaseCommand):
    """Says nothing and does nothing where an account that may do everything exists already."""

    help = f'Make the account "{USERNAME}" and print its password, unless a superuser exists.'

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        users = get_user_model()._default_manager
        if users.filter(is_superuser=True).exists():
            return
        if users.filter(username=USERNAME).exists():
            raise CommandError(
                f'There is no superuser, and the name "{USERNAME}" is taken: '
                "run manage.py createsuperuser and choose another name."
            )
        password = secrets.token_urlsafe(18)
        users.create_superuser(username=USERNAME, password=password)
        self.stdout.write(
            f"\n  Staff account: {USERNAME}\n  Password:      {password}\n"
            "  It is shown this once; the admin at /admin/ can change it.\n"
        )
