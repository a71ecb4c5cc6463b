"""Every address the site answers to has a row here: what each role gets for GET and for POST."""

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from tests.factories import make_group, make_paper

pytestmark = pytest.mark.django_db

ROLES = ("anonymous", "staff without permissions", "superuser")
DAY, SLUG = "2024-09-18", "forced-labor"


def everybody(get, post):
    return dict.fromkeys(ROLES, (get, post))


def staff(nobody, without, superuser):
    return dict(zip(ROLES, (nobody, without, superuser), strict=True))


PUBLIC = everybody(200, 405)
LOGIN_FIRST = (302, 302)

# Name of the pattern: its arguments, and role -> (status of GET, status of POST).
RULES = {
    "home": ({}, PUBLIC),
    "meeting_list": ({}, PUBLIC),
    "meeting_detail": ({"day": DAY}, PUBLIC),
    "meeting_brief": ({"day": DAY}, PUBLIC),
    "meeting_brief_text": ({"day": DAY}, PUBLIC),
    "group_list": ({}, PUBLIC),
    "group_timeline": ({"slug": SLUG}, PUBLIC),
    # One paper is held: a page that says so, and no pair.
    "compare_default": ({"slug": SLUG}, PUBLIC),
    "compare": ({"slug": SLUG, "pair": f"2024-06-26...{DAY}"}, everybody(404, 405)),
    "next_steps": ({}, PUBLIC),
    "paper_list": ({}, PUBLIC),
    "papers_of_meeting": ({"day": DAY}, everybody(301, 405)),
    "paper_detail": ({"day": DAY, "slug": SLUG}, PUBLIC),
    # The paper of these tests was typed: there is no document.
    "paper_original": ({"day": DAY, "slug": SLUG}, everybody(404, 405)),
    "glossary": ({}, PUBLIC),
    "about": ({}, PUBLIC),
    "healthz": ({}, PUBLIC),
    "readyz": ({}, PUBLIC),
    # The page that signs in sends those who are signed in on to the index.
    "admin:login": ({}, staff((200, 200), (302, 200), (302, 200))),
    "admin:index": ({}, staff(LOGIN_FIRST, (200, 200), (200, 200))),
    # A GET never signs anybody out. (S11)
    "admin:logout": ({}, staff(LOGIN_FIRST, (405, 200), (405, 200))),
    "admin:password_change": ({}, staff(LOGIN_FIRST, (200, 200), (200, 200))),
    "admin:password_change_done": ({}, staff(LOGIN_FIRST, (200, 405), (200, 405))),
    "admin:jsi18n": ({}, staff(LOGIN_FIRST, (200, 405), (200, 405))),
    "admin:autocomplete": ({}, staff(LOGIN_FIRST, (403, 405), (403, 405))),
    "admin:view_on_site": (
        {"content_type_id": 0, "object_id": 0},
        staff(LOGIN_FIRST, (404, 404), (404, 404)),
    ),
    "no_redirect": ({"rest": "1/1/"}, staff(LOGIN_FIRST, (404, 404), (404, 404))),
    "admin:app_list": ({"app_label": "auth"}, staff(LOGIN_FIRST, (404, 404), (200, 200))),
    # Adding, and the list, are empty forms: POST shows them again.
    "admin:*_changelist": ({}, staff(LOGIN_FIRST, (403, 403), (200, 200))),
    "admin:*_add": ({}, staff(LOGIN_FIRST, (403, 403), (200, 200))),
    # No such row: those who might see it are told so and led to the index.
    "admin:*_change": ({"object_id": 0}, staff(LOGIN_FIRST, (403, 403), (302, 302))),
    "admin:*_delete": ({"object_id": 0}, staff(LOGIN_FIRST, (403, 403), (302, 302))),
    "admin:*_history": ({"object_id": 0}, staff(LOGIN_FIRST, (302, 302), (302, 302))),
    # Asked about no paper: nothing is published, and both lead to the list.
    "admin:papers_issuepaper_publish": ({}, staff(LOGIN_FIRST, (403, 403), (302, 302))),
    # No such file or batch: those who might see imports are told so.
    "admin:papers_importbatch_review": (
        {"batch": 0, "position": 1},
        staff(LOGIN_FIRST, (403, 403), (404, 404)),
    ),
    "admin:papers_importbatch_discard": (
        {"batch": 0, "position": 1},
        staff(LOGIN_FIRST, (403, 403), (404, 404)),
    ),
    "admin:papers_importbatch_original": (
        {"batch": 0, "position": 1},
        staff(LOGIN_FIRST, (403, 403), (404, 404)),
    ),
    "admin:papers_importbatch_start": (
        {"batch": 0},
        staff(LOGIN_FIRST, (403, 403), (405, 404)),
    ),
    "admin:papers_stepoutcome_settle_latest": ({}, staff(LOGIN_FIRST, (403, 403), (302, 302))),
    "admin:papers_stepoutcome_settle_meeting": (
        {"day": DAY},
        staff(LOGIN_FIRST, (403, 403), (200, 405)),
    ),
    # A POST leads back to the page, whatever became of it.
    "admin:papers_stepoutcome_settle": (
        {"day": DAY, "slug": SLUG},
        staff(LOGIN_FIRST, (403, 403), (200, 302)),
    ),
    # There is no paper before the one of these tests.
    "admin:papers_pairingcorrection_pairs": (
        {"day": DAY, "slug": SLUG},
        staff(LOGIN_FIRST, (403, 403), (404, 404)),
    ),
    "admin:auth_user_password_change": ({"id": 0}, staff(LOGIN_FIRST, (403, 403), (404, 404))),
}
# What the admin shows; a model that is registered without being named here fails.
MODELS = {
    "auth.group",
    "auth.user",
    "axes.accessattempt",
    "axes.accessfailurelog",
    "axes.accesslog",
    "papers.importbatch",
    "papers.issuepaper",
    "papers.pairingcorrection",
    "papers.rejectedsuggestion",
    "papers.stepoutcome",
    "workgroups.committeeevent",
    "workgroups.glossaryentry",
    "workgroups.groupevent",
    "workgroups.meeting",
    "workgroups.mention",
    "workgroups.source",
    "workgroups.subcommittee",
    "workgroups.term",
    "workgroups.workinggroup",
}
# django-axes writes these itself; nobody adds to them.
KEPT_BY_MACHINE = {"axes_accessattempt", "axes_accessfailurelog", "axes_accesslog"}
EXCEPTIONS = {
    f"admin:{model}_add": ({}, staff(LOGIN_FIRST, (403, 403), (403, 403)))
    for model in KEPT_BY_MACHINE
}
# Stated on a page that shows what it is about.
EXCEPTIONS |= {
    f"admin:papers_{model}_add": ({}, staff(LOGIN_FIRST, (403, 403), (403, 403)))
    for model in ("pairingcorrection", "rejectedsuggestion", "stepoutcome")
}
# Taken back, not changed: nothing is sent there.
EXCEPTIONS |= {
    f"admin:papers_{model}_change": (
        {"object_id": 0},
        staff(LOGIN_FIRST, (403, 403), (302, 403)),
    )
    for model in ("pairingcorrection", "rejectedsuggestion")
}
# What was imported stays on record.
EXCEPTIONS["admin:papers_importbatch_delete"] = (
    {"object_id": 0},
    staff(LOGIN_FIRST, (403, 403), (403, 403)),
)
# Django's own patterns without a name: redirects of old admin addresses and the admin's 404.
UNNAMED = {r"(?P<url>.*)$", "<path:object_id>/"}


def patterns(resolver=None, namespace=""):
    for entry in (resolver or get_resolver("coac.urls")).url_patterns:
        if isinstance(entry, URLPattern):
            yield namespace, entry
        else:
            inner = f"{entry.namespace}:" if entry.namespace else ""
            yield from patterns(entry, namespace + inner)


def names():
    return sorted({f"{namespace}{entry.name}" for namespace, entry in patterns() if entry.name})


def rule_for(name):
    """The row of a pattern: its own, else that of the admin's five actions on any model."""
    if name in EXCEPTIONS:
        return EXCEPTIONS[name]
    if name in RULES:
        return RULES[name]
    model, _, action = name.removeprefix("admin:").rpartition("_")
    if model.replace("_", ".", 1) in MODELS:
        return RULES.get(f"admin:*_{action}")
    return None


@pytest.fixture
def clients():
    users = get_user_model().objects
    accounts = {
        "anonymous": None,
        "staff without permissions": users.create_user("viewer", is_staff=True),
        "superuser": users.create_superuser("super"),
    }
    clients = {role: Client() for role in ROLES}
    for role, account in accounts.items():
        if account:
            clients[role].force_login(account)
    make_paper(make_group(SLUG))
    return clients


# S07
def test_each_named_pattern_has_a_rule_and_each_rule_a_pattern():
    assert [name for name in names() if rule_for(name) is None] == []
    stale = [name for name in {**RULES, **EXCEPTIONS} if "*" not in name and name not in names()]
    assert stale == []


# S07
def test_each_pattern_without_a_name_is_one_of_djangos_own():
    unnamed = {str(entry.pattern) for _, entry in patterns() if not entry.name}

    assert unnamed <= UNNAMED


# S07
def test_the_admin_shows_the_models_named_here_and_no_other():
    assert {model._meta.label_lower for model in admin.site._registry} == MODELS


# S06, S07, S11
@pytest.mark.parametrize("name", names())
def test_each_role_gets_what_the_rule_says(name, clients):
    arguments, expected = rule_for(name)
    address = reverse(name, kwargs=arguments)

    found = {}
    for role, client in clients.items():
        # GET first: the POST of a rule may sign the client out.
        found[role] = (client.get(address).status_code, client.post(address).status_code)

    assert found == expected


# S03, S06
def test_the_admins_redirect_tells_nobody_where_a_draft_is(clients):
    paper = make_paper(make_group("bond"), published=False)
    kind = ContentType.objects.get_for_model(paper)
    address = reverse("admin:view_on_site", args=[kind.pk, paper.pk])

    for client in clients.values():
        response = client.get(address)

        assert response.status_code == 404 or "bond" not in response.headers["Location"]


# S06
@pytest.mark.parametrize("name", [name for name in names() if name.startswith("admin:")])
def test_an_anonymous_reader_is_sent_from_staff_pages_to_the_login(name, clients):
    arguments, _ = rule_for(name)
    if name in ("admin:login", "admin:logout"):
        return

    response = clients["anonymous"].get(reverse(name, kwargs=arguments))

    assert response.headers["Location"].startswith("/admin/login/?next=/admin/")


# S03
@pytest.mark.parametrize(
    "address",
    [
        "/meetings/2024-09-99/",
        "/meetings/1999-01-01/",
        "/groups/no-such-group/",
        "/papers/2024-09-18/no-such-group/",
        "/papers/not-a-date/forced-labor/",
        "/papers/2024-09-18/forced-labor/more/",
        "/groups/forced%00labor/",
        "/groups/%ff%fe/",
    ],
)
def test_an_address_without_content_is_not_found(address, clients):
    assert clients["anonymous"].get(address).status_code == 404
