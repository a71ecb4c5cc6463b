import os
import secrets
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from coac import environment, places

STRONG_KEY = "hV3-q8ZrT1mWx_uC5yLpD0bNf7KsJ2eG9aRoQ6iYtXvMzEwB4c"
PUBLIC = {
    "SECRET_KEY": STRONG_KEY,
    "ALLOWED_HOSTS": "coac.example.gov",
    "SITE_URL": "https://coac.example.gov",
}


def run_python(*arguments, **variables):
    """A process of its own, with `variables` alone as the site's environment."""
    names = {variable.name for variable in environment.VARIABLES}
    inherited = {name: value for name, value in os.environ.items() if name not in names}
    inherited = {k: v for k, v in inherited.items() if not k.startswith(("COV_", "PYTEST_"))}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env={**inherited, **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_an_empty_environment_gives_a_site_for_this_machine(tmp_path):
    values = environment.read({}, tmp_path)

    assert values.site_url == "http://127.0.0.1:8000"
    assert values.allowed_hosts == ["127.0.0.1", "localhost", "[::1]"]
    assert values.database["NAME"] == tmp_path / "var" / "coac.sqlite3"
    assert not values.debug
    assert not values.behind_proxy
    assert not values.is_https
    assert (values.port, values.web_concurrency) == (8000, 2)
    assert (values.log_level, values.report_url) == ("INFO", "")


def test_the_port_is_part_of_the_default_address(tmp_path):
    assert environment.read({"PORT": "8123"}, tmp_path).site_url == "http://127.0.0.1:8123"


def test_a_public_site_takes_its_values_from_the_environment(tmp_path):
    values = environment.read(
        {
            **PUBLIC,
            "SITE_URL": "https://COAC.example.gov/",
            "BEHIND_PROXY": "yes",
            "CSRF_TRUSTED_ORIGINS": "https://forms.example.gov, http://localhost:9000",
            "LOG_LEVEL": "warning",
            "WEB_CONCURRENCY": "8",
            "REPORT_URL": "mailto:coac@example.gov",
        },
        tmp_path,
    )

    assert values.site_url == "https://coac.example.gov"
    assert values.is_https
    assert values.behind_proxy
    assert values.secret_key == STRONG_KEY
    assert values.csrf_trusted_origins == ["https://forms.example.gov", "http://localhost:9000"]
    assert (values.log_level, values.web_concurrency) == ("WARNING", 8)
    assert values.report_url == "mailto:coac@example.gov"
    assert not (tmp_path / "var" / "secret-key").exists()


# S45
@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"PORT": "abc"}, "PORT is 'abc': write a number from 1 to 65535."),
        ({"PORT": "99999"}, "PORT is '99999': write a number from 1 to 65535."),
        ({"PORT": "0"}, "PORT is '0'"),
        ({"PORT": "-1"}, "PORT is '-1'"),
        ({"PORT": "٨٠٠٠"}, "write a number from 1 to 65535."),
        ({"PORT": "9" * 5000}, "write a number from 1 to 65535."),
        ({"WEB_CONCURRENCY": "0"}, "WEB_CONCURRENCY is '0': write a number from 1 to 64."),
        ({"DEBUG": "maybe"}, "DEBUG is 'maybe': write true or false."),
        ({"BEHIND_PROXY": "nginx"}, "BEHIND_PROXY is 'nginx'"),
        ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL is 'LOUD': write one of DEBUG, INFO"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS has the wildcard '*'"),
        ({"ALLOWED_HOSTS": "*", "DEBUG": "1"}, "ALLOWED_HOSTS has the wildcard '*'"),
        ({"ALLOWED_HOSTS": ".example.gov"}, "the wildcard '.example.gov'"),
        ({"ALLOWED_HOSTS": "https://example.gov"}, "write a host name alone"),
        ({"ALLOWED_HOSTS": "example.gov:443"}, "write a host name alone"),
        ({**PUBLIC, "DEBUG": "true"}, "DEBUG is on and ALLOWED_HOSTS has 'coac.example.gov'"),
        ({**PUBLIC, "SITE_URL": ""}, "SITE_URL is not set"),
        ({**PUBLIC, "SITE_URL": "http://coac.example.gov"}, "it must begin with https://"),
        (
            {**PUBLIC, "SITE_URL": "http://localhost", "ALLOWED_HOSTS": "localhost,a.gov"},
            "it must begin with https:// because ALLOWED_HOSTS has 'a.gov'",
        ),
        ({**PUBLIC, "SITE_URL": "https://other.gov"}, "add 'other.gov' to ALLOWED_HOSTS"),
        ({**PUBLIC, "SITE_URL": "coac.example.gov"}, "write a scheme and a host alone"),
        ({**PUBLIC, "SITE_URL": "https://coac.example.gov/site"}, "a scheme and a host alone"),
        ({**PUBLIC, "SITE_URL": "https://me@coac.example.gov"}, "a scheme and a host alone"),
        ({**PUBLIC, "SITE_URL": "https://[coac"}, "a scheme and a host alone"),
        ({"CSRF_TRUSTED_ORIGINS": "http://a.gov"}, "CSRF_TRUSTED_ORIGINS is 'http://a.gov'"),
        ({"CSRF_TRUSTED_ORIGINS": "https://*.a.gov"}, "a scheme and a host alone"),
        ({**PUBLIC, "SECRET_KEY": ""}, "SECRET_KEY is not set"),
        ({"SECRET_KEY": STRONG_KEY[:49]}, "SECRET_KEY has 49 characters"),
        ({"SECRET_KEY": "abcdefghi" * 9}, "a placeholder or easy to guess"),
        ({"SECRET_KEY": "django-insecure-" + STRONG_KEY}, "a placeholder or easy to guess"),
        ({"SECRET_KEY": "Change-Me!" + STRONG_KEY}, "a placeholder or easy to guess"),
        ({"DATABASE_URL": "mysql://u:p@h/n"}, "DATABASE_URL must begin with sqlite:///"),
        ({"DATABASE_URL": "coac.sqlite3"}, "DATABASE_URL must begin with sqlite:///"),
        ({"DATABASE_URL": "sqlite://:memory:"}, "nothing would be kept"),
        ({"DATABASE_URL": "sqlite://"}, "nothing would be kept"),
        ({"DATABASE_URL": "sqlite:////no/such/folder/db"}, "in /no/such/folder, which is not"),
        ({"DATABASE_URL": "postgres://u:p@host"}, "DATABASE_URL names no database"),
        ({"DATABASE_URL": "postgres://u:p@host:port/n"}, "DATABASE_URL cannot be read"),
        ({"REPORT_URL": "javascript:alert(1)"}, "REPORT_URL is 'javascript:alert(1)'"),
        ({"REPORT_URL": "mailto:nobody"}, "write a mailto: or https: address"),
        ({"DATABASE_URL": "sqlite:///var/static/db"}, "inside the served folder"),
        ({"DATABASE_URL": "sqlite:///var/other/../static/db"}, "inside the served folder"),
        ({"DATABASE_URL": "sqlite:///coac/static/coac/db"}, "inside the served folder"),
        ({"DATABASE_URL": "sqlite:///papers/static/db"}, "inside the served folder"),
        ({"DATABASE_URL": "sqlite:///."}, "which is a folder: name a file in it"),
        ({"REPORT_URL": 'https://a.gov/"onclick="x'}, "percent-encode its blanks, quotes"),
        ({"REPORT_URL": "https://a.gov/'x"}, "percent-encode its blanks, quotes"),
        ({"REPORT_URL": "mailto:a@b.gov?subject=An error"}, "percent-encode its blanks, quotes"),
        ({"REPORT_URL": "https://a.gov/<b>"}, "percent-encode its blanks, quotes"),
        ({"REPORT_URL": "https://[x"}, "write a mailto: or https: address"),
    ],
)
def test_a_wrong_value_is_refused_in_one_sentence(variables, sentence, tmp_path):
    with pytest.raises(ImproperlyConfigured) as refusal:
        environment.read(variables, tmp_path)

    assert sentence in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    "variables",
    [
        {"SECRET_KEY": "hunter2"},
        {"DATABASE_URL": "mysql://u:hunter2@h/n"},
        {"DATABASE_URL": "postgres://u:hunter2@h:port/n"},
    ],
)
def test_a_refusal_never_repeats_a_secret(variables, tmp_path):
    # S41
    with pytest.raises(ImproperlyConfigured) as refusal:
        environment.read(variables, tmp_path)

    assert "hunter2" not in str(refusal.value)


def test_a_socket_folder_in_the_database_address_becomes_the_host(tmp_path):
    url = "postgres://postgres@/coac?host=/run/postgresql&sslmode=disable"

    database = environment.read({"DATABASE_URL": url}, tmp_path).database

    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["HOST"], database["NAME"]) == ("/run/postgresql", "coac")
    assert database["OPTIONS"] == {"sslmode": "disable"}


def test_a_database_server_is_taken_from_the_address(tmp_path):
    url = "postgresql://ada:p%40ss@db.example.gov:5433/coac"

    database = environment.read({"DATABASE_URL": url}, tmp_path).database

    assert (database["HOST"], database["PORT"]) == ("db.example.gov", 5433)
    assert (database["USER"], database["PASSWORD"]) == ("ada", "p@ss")


def test_a_relative_sqlite_path_starts_at_the_project(tmp_path):
    values = environment.read({"DATABASE_URL": "sqlite:///data.sqlite3"}, tmp_path)

    assert values.database["NAME"] == tmp_path / "data.sqlite3"


# S45
def test_the_default_database_may_be_named_on_a_fresh_checkout(tmp_path):
    values = environment.read({"DATABASE_URL": "sqlite:///var/coac.sqlite3"}, tmp_path)

    assert values.database["NAME"] == tmp_path / "var" / "coac.sqlite3"
    assert stat.S_IMODE((tmp_path / "var").stat().st_mode) == 0o700


# S45
def test_a_link_into_a_served_folder_is_refused_as_the_folder_is(tmp_path):
    (tmp_path / "var" / "static").mkdir(parents=True)
    (tmp_path / "data").symlink_to(tmp_path / "var" / "static")

    with pytest.raises(ImproperlyConfigured, match="inside the served folder"):
        environment.read({"DATABASE_URL": "sqlite:///data/coac.sqlite3"}, tmp_path)


def test_the_served_folders_are_those_that_static_files_come_from():
    found = [Path(settings.STATIC_ROOT)]
    for app in apps.get_app_configs():
        static = Path(app.path) / "static"
        if static.is_dir() and static.is_relative_to(settings.BASE_DIR):
            found.append(static)

    own = [path for path in found if ".venv" not in path.parts]
    assert {settings.BASE_DIR / name for name in places.SERVED} == set(own)


# S45
def test_what_a_command_writes_is_for_its_own_account_alone(tmp_path):
    path = tmp_path / "a.sqlite3"

    run_python("manage.py", "migrate", "contenttypes", DATABASE_URL=f"sqlite:///{path}")

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_local_site_makes_a_key_once_and_keeps_it_to_its_owner(tmp_path):
    first = environment.read({}, tmp_path).secret_key
    second = environment.read({}, tmp_path).secret_key

    kept = tmp_path / "var" / "secret-key"
    assert first == second == kept.read_text().strip()
    assert len(first) >= 50
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [path.name for path in kept.parent.iterdir()] == ["secret-key"]


def test_of_two_processes_that_start_at_once_both_use_the_first_key(tmp_path, monkeypatch):
    (tmp_path / "var").mkdir()
    kept = tmp_path / "var" / "secret-key"
    other = secrets.token_urlsafe(64)
    link = os.link

    def other_process_is_faster(source, target):
        kept.write_text(other)
        link(source, target)

    monkeypatch.setattr(os, "link", other_process_is_faster)

    assert environment.read({}, tmp_path).secret_key == other


@pytest.mark.parametrize("content", [b"short", b"\xff\xfe" * 60])
def test_a_damaged_key_file_is_refused_with_its_name(content, tmp_path):
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "secret-key").write_bytes(content)

    with pytest.raises(ImproperlyConfigured, match="secret-key"):
        environment.read({}, tmp_path)


@pytest.mark.parametrize(
    ("host", "answer"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("[::1]", True),
        ("localhost", True),
        ("coac.localhost", True),
        ("10.0.0.1", False),
        ("[::]", False),
        ("localhost.example.gov", False),
    ],
)
def test_loopback_is_this_machine_alone(host, answer):
    assert environment.is_loopback(host) is answer


def test_the_readme_lists_each_variable_with_its_default():
    rows = [
        line.replace("`", "")
        for line in (Path(settings.BASE_DIR) / "README.md").read_text().splitlines()
        if line.startswith("|")
    ]

    for name, default, _meaning in environment.VARIABLES:
        row = next((row for row in rows if row.split("|")[1].strip() == name), None)
        assert row is not None, f"README.md has no row for {name}"
        assert default in row, f"README.md does not give {name}'s default, {default}"


def test_the_command_line_says_a_refusal_in_one_sentence():
    refused = run_python("manage.py", "check", PORT="abc")

    assert refused.returncode == 1
    assert refused.stderr == "PORT is 'abc': write a number from 1 to 65535.\n"


def test_the_table_of_variables_can_be_read_even_when_one_is_wrong():
    refused = run_python("manage.py", "environment", DEBUG="maybe")

    assert refused.returncode == 1
    assert "REPORT_URL" in refused.stdout
    assert "DEBUG is 'maybe'" in refused.stderr


@pytest.mark.parametrize(
    "module",
    [pytest.param("coac.wsgi", id="any server"), pytest.param("coac.server", id="gunicorn")],
)
def test_a_server_says_a_refusal_in_one_sentence(module):
    # S45
    refused = run_python("-c", f"import {module}", ALLOWED_HOSTS="*")

    assert refused.returncode == (3 if module == "coac.wsgi" else 1)
    assert refused.stderr.startswith("ALLOWED_HOSTS has the wildcard '*'")
    assert "Traceback" not in refused.stderr


def test_the_production_settings_pass_the_deployment_check_without_a_warning():
    # S45
    checked = run_python("manage.py", "check", "--deploy", "--fail-level", "WARNING", **PUBLIC)

    assert checked.returncode == 0, checked.stderr
    assert "no issues (0 silenced)" in checked.stdout
