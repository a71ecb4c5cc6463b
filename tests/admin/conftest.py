"""People with different permissions."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client


def staff(name, *codenames):
    user = User.objects.create_user(name, is_staff=True)
    found = Permission.objects.filter(codename__in=codenames)
    assert found.count() == len(codenames), codenames
    user.user_permissions.set(found)
    client = Client()
    client.force_login(user)
    return client


def on_papers(*verbs):
    rows = ("issuepaper", "papersection", "sectionitem", "statusitem", "nextstep", "correction")
    return [f"{verb}_{row}" for verb in verbs for row in rows]


COMMITTEE = ["view_workinggroup", "view_meeting", "view_source"]


@pytest.fixture
def viewer(db):
    """Reads drafts."""
    return staff("viewer", *on_papers("view"), *COMMITTEE)


@pytest.fixture
def editor(db):
    """Edits drafts."""
    return staff("editor", *on_papers("view", "add", "change", "delete"), *COMMITTEE)


@pytest.fixture
def publisher(db):
    """Edits, publishes and withdraws."""
    verbs = on_papers("view", "add", "change", "delete")
    return staff("publisher", *verbs, "publish_issuepaper", *COMMITTEE)
