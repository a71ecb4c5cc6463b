"""The three groups that staff are put in, as migrations leave them."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.urls import reverse

from papers.models import IssuePaper
from papers.roles import complete_roles
from workgroups.models import Meeting

pytestmark = pytest.mark.django_db

ROLES = ["Viewer", "Editor", "Publisher"]
VERBS = {
    "Viewer": {"view"},
    "Editor": {"view", "add", "change", "delete"},
    "Publisher": {"view", "add", "change", "delete"},
}


def permissions_of(role):
    found = Group.objects.get(name=role).permissions.select_related("content_type")
    return {f"{found.content_type.app_label}.{found.codename}" for found in found}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_holds_for_the_whole_committee_and_every_paper_and_nothing_else(role):  # S06
    models = [*apps.get_app_config("papers").get_models()]
    models += apps.get_app_config("workgroups").get_models()
    expected = {
        f"{model._meta.app_label}.{verb}_{model._meta.model_name}"
        for model in models
        for verb in VERBS[role].intersection(model._meta.default_permissions)
    }
    if role == "Publisher":
        expected.add("papers.publish_issuepaper")

    assert permissions_of(role) == expected


def test_migrating_again_changes_nothing():
    before = {role: permissions_of(role) for role in ROLES}

    call_command("migrate", verbosity=0)

    assert {role: permissions_of(role) for role in ROLES} == before
    assert Group.objects.filter(name__in=ROLES).count() == 3


def test_migrating_leaves_what_a_superuser_gave():
    editors = Group.objects.get(name="Editor")
    editors.permissions.add(Permission.objects.get(codename="view_user"))
    own = Group.objects.create(name="Interns")
    own.permissions.add(Permission.objects.get(codename="view_meeting"))

    call_command("migrate", verbosity=0)

    assert "auth.view_user" in permissions_of("Editor")
    assert permissions_of("Interns") == {"workgroups.view_meeting"}


def test_migrating_gives_a_role_what_it_lacks():
    Group.objects.get(name="Viewer").delete()
    Group.objects.get(name="Publisher").permissions.clear()
    Permission.objects.filter(content_type__app_label="papers").delete()

    call_command("migrate", verbosity=0)

    assert "papers.view_issuepaper" in permissions_of("Viewer")
    assert "papers.publish_issuepaper" in permissions_of("Publisher")


def test_without_groups_there_are_no_roles_to_complete():
    class BeforeGroups:
        def get_model(self, *names):
            raise LookupError(names)

    assert complete_roles(apps.get_app_config("papers"), apps=BeforeGroups()) is None


@pytest.mark.parametrize("model", [User, Group])
@pytest.mark.parametrize("role", ROLES)
def test_no_role_reaches_the_accounts(request, role, model):  # S06
    client = request.getfixturevalue(role.lower())

    for page in ("changelist", "add"):
        where = reverse(f"admin:auth_{model._meta.model_name}_{page}")
        assert client.get(where).status_code == 403
        assert client.post(where, {"name": "Mine", "username": "mine"}).status_code == 403


@pytest.mark.parametrize("role", ROLES)
def test_every_role_reads_every_list(request, role):
    client = request.getfixturevalue(role.lower())

    for model in admin.site._registry:
        if model._meta.app_label in ("papers", "workgroups"):
            where = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
            assert client.get(where).status_code == 200, where


@pytest.mark.parametrize(("role", "status"), [("Viewer", 403), ("Editor", 200), ("Publisher", 200)])
@pytest.mark.parametrize("model", [IssuePaper, Meeting])
def test_a_viewer_adds_nothing_and_the_others_do(request, role, status, model):  # S06
    client = request.getfixturevalue(role.lower())

    where = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")

    assert client.get(where).status_code == status
