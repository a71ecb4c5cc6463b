import json
import logging

import pytest
from django.conf import settings
from django.test import Client

from tests.coac.test_environment import PUBLIC, run_python

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.coac.failing_urls")]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "object-src 'none'"
)
KINDS = [
    ("/plain/", {}, 200),
    ("/admin/login/", {}, 200),
    ("/admin/", {}, 302),
    ("/healthz", {}, 200),
    ("/static/admin/css/base.css", {}, 200),
    ("/static/no-such.css", {}, 404),
    ("/no-such-page/", {}, 404),
    ("/refused/", {}, 403),
    ("/plain/", {"HTTP_HOST": "evil.example"}, 400),
    ("/static/admin/css/base.css", {"HTTP_HOST": "evil.example"}, 400),
    ("/operational/", {}, 503),
    ("/broken/", {}, 500),
]


# S15
@pytest.mark.parametrize(("path", "extra", "status"), KINDS)
def test_each_kind_of_response_carries_the_security_headers(client, path, extra, status):
    client.raise_request_exception = False

    response = client.get(path, **extra)

    assert response.status_code == status
    assert response.headers["Content-Security-Policy"] == POLICY
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response.headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in response.headers


# S15
@pytest.mark.parametrize(("path", "extra", "status"), KINDS)
def test_over_https_each_kind_of_response_asks_for_a_year_of_https(
    client, settings, path, extra, status
):
    client.raise_request_exception = False
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    settings.SECURE_HSTS_PRELOAD = True

    response = client.get(path, secure=True, **extra)

    assert response.status_code == status
    assert (
        response.headers["Strict-Transport-Security"]
        == "max-age=31536000; includeSubDomains; preload"
    )


def test_a_view_may_set_a_stricter_policy_of_its_own(client):
    assert client.get("/sandboxed/").headers["Content-Security-Policy"] == "sandbox"


# S05
def test_an_anonymous_reader_gets_no_cookie_and_no_variation_by_cookie(client):
    response = client.get("/plain/")

    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert "Cache-Control" not in response.headers


# S05
@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/admin/no-such/", "/healthz"])
def test_staff_and_health_pages_are_never_stored(client, path):
    assert client.get(path).headers["Cache-Control"] == "no-store"


# S05
def test_what_a_signed_in_person_reads_is_never_stored(admin_client):
    assert admin_client.get("/plain/").headers["Cache-Control"] == "no-store"
    assert admin_client.get("/admin/").headers["Cache-Control"] == "no-store"


def test_static_files_stay_storable_for_a_signed_in_person(admin_client):
    response = admin_client.get("/static/admin/css/base.css")

    assert "no-store" not in response.headers["Cache-Control"]


# S05
@pytest.mark.parametrize("path", ["/plain/", "/operational/"])
def test_reading_a_public_page_neither_renews_nor_deletes_a_session_cookie(client, path):
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32

    response = client.get(path)

    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


# S05
@pytest.mark.parametrize("token", ["a" * 32, "b" * 64, "malformed", ""])
@pytest.mark.parametrize("path", ["/plain/", "/glossary/", "/no-such-page/", "/broken/"])
def test_a_token_sent_to_a_public_page_is_neither_read_nor_renewed(client, path, token):
    client.raise_request_exception = False
    client.cookies[settings.CSRF_COOKIE_NAME] = token

    response = client.get(path)

    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


# S11
def test_a_token_still_guards_the_forms_of_staff(django_user_model):
    django_user_model.objects.create_superuser("ada", password="a long enough phrase")
    strict = Client(enforce_csrf_checks=True)
    page = strict.get("/admin/login/")
    fields = {"username": "ada", "password": "a long enough phrase"}

    refused = strict.post("/admin/login/", {**fields, "csrfmiddlewaretoken": "b" * 64})
    token = page.context["csrf_token"]
    taken = strict.post("/admin/login/", {**fields, "csrfmiddlewaretoken": str(token)})

    assert (refused.status_code, taken.status_code) == (403, 302)


# S16
def test_signing_in_without_an_address_to_go_to_leads_to_the_index(client, django_user_model):
    django_user_model.objects.create_superuser("ada", password="a long enough phrase")

    response = client.post(
        "/admin/login/", {"username": "ada", "password": "a long enough phrase", "next": ""}
    )

    assert response.headers["Location"] == "/admin/"


def test_a_page_outside_the_admin_that_reads_the_session_says_so(client):
    assert "Cookie" in client.get("/reads-the-session/").headers["Vary"]


# S39, S42
def test_a_form_of_five_hundred_items_is_taken_and_a_boundless_one_refused_in_words(admin_client):
    def post(count):
        fields = {f"items-{number}": "x" for number in range(count)}
        return admin_client.post("/admin/password_change/", {"old_password": "wrong", **fields})

    assert post(500 * 12).status_code == 200
    refused = post(20_000)
    assert refused.status_code == 413
    assert refused.templates[0].name == "413.html"


# S16
@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "a b", ""])
def test_an_unknown_host_is_refused(client, host):
    response = client.get("/plain/", HTTP_HOST=host)

    assert response.status_code == 400


# S41
def test_an_unknown_host_is_one_warning_without_a_traceback(client, caplog):
    client.get("/plain/", HTTP_HOST="evil.example\n" + "x" * 5000)

    warnings = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert len(warnings) == 1
    assert warnings[0].exc_info is None
    assert "'evil.example\\n" in warnings[0].getMessage()
    assert len(warnings[0].getMessage()) < 400


# S16
def test_a_forwarded_host_is_ignored(client):
    response = client.get("/admin", HTTP_X_FORWARDED_HOST="evil.example")

    assert response.headers["Location"] == "/admin/"


# S16
def test_signing_in_leads_to_own_pages_only(client, django_user_model):
    django_user_model.objects.create_superuser("ada", password="a long enough phrase")

    response = client.post(
        "/admin/login/?next=https://evil.example/",
        {"username": "ada", "password": "a long enough phrase", "next": "https://evil.example/"},
    )

    assert response.status_code == 302
    assert "evil" not in response.headers["Location"]


# S11
def test_a_form_without_its_token_is_refused_in_words(django_user_model):
    strict = Client(enforce_csrf_checks=True)

    response = strict.post("/admin/login/", {"username": "ada", "password": "x"})

    assert response.status_code == 403
    assert response.templates[0].name == "403_csrf.html"
    assert "CSRF verification failed" not in response.content.decode()


def test_pages_are_compressed_for_those_who_take_it(client):
    response = client.get("/plain/", HTTP_ACCEPT_ENCODING="gzip")

    assert response.headers["Content-Encoding"] == "gzip"


# S10, S15, S45
def test_a_public_site_uses_https_and_host_bound_cookies():
    names = [
        "SESSION_COOKIE_NAME",
        "SESSION_COOKIE_SECURE",
        "SESSION_COOKIE_HTTPONLY",
        "SESSION_COOKIE_SAMESITE",
        "SESSION_COOKIE_DOMAIN",
        "SESSION_COOKIE_PATH",
        "CSRF_COOKIE_NAME",
        "CSRF_COOKIE_SECURE",
        "CSRF_COOKIE_HTTPONLY",
        "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_SECONDS",
        "SECURE_PROXY_SSL_HEADER",
        "DEBUG",
    ]
    code = (
        "import json; from coac import settings; "
        f"print(json.dumps({{name: getattr(settings, name, None) for name in {names}}}))"
    )

    printed = json.loads(run_python("-c", code, **PUBLIC, BEHIND_PROXY="1").stdout)

    assert printed == {
        "SESSION_COOKIE_NAME": "__Host-sessionid",
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_DOMAIN": None,
        "SESSION_COOKIE_PATH": None,
        "CSRF_COOKIE_NAME": "__Host-csrftoken",
        "CSRF_COOKIE_SECURE": True,
        "CSRF_COOKIE_HTTPONLY": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31536000,
        "SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"],
        "DEBUG": False,
    }


# S30
@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)]
)
def test_sqlite_keeps_what_it_acknowledged_and_lets_readers_go_on(pragma, value, tmp_path):
    code = (
        "import django; django.setup(); from django.db import connection as c; "
        f"k = c.cursor(); k.execute('PRAGMA {pragma}'); print(k.fetchone()[0]); "
        "print(c.transaction_mode, c.settings_dict['OPTIONS']['timeout'], "
        "c.settings_dict['CONN_MAX_AGE'], c.settings_dict['CONN_HEALTH_CHECKS'])"
    )

    printed = run_python(
        "-c",
        code,
        DJANGO_SETTINGS_MODULE="coac.settings",
        DATABASE_URL=f"sqlite:///{tmp_path / 'a.sqlite3'}",
    ).stdout.split("\n")

    assert printed[0] == str(value)
    assert printed[1] == "IMMEDIATE 20 600 True"
