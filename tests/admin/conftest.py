"""People with different permissions."""

import pytest
from django.contrib.auth.models import Group, Permission, User
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


def staff_as(role):
    user = User.objects.create_user(role.lower(), is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def viewer(db):
    """Reads drafts."""
    return staff_as("Viewer")


@pytest.fixture
def editor(db):
    """Edits drafts."""
    return staff_as("Editor")


@pytest.fixture
def publisher(db):
    """Edits, publishes and withdraws."""
    return staff_as("Publisher")
