import importlib
import os

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.wsgi import WSGIHandler

from coac import environment, server, wsgi


@pytest.fixture
def reloaded(monkeypatch):
    """Load a module again under another environment, and as it was when the test is over."""
    modules = []

    def load(module, **variables):
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        modules.append(module)
        return importlib.reload(module)

    yield load
    monkeypatch.undo()
    for module in modules:
        importlib.reload(module)


def refuse(*arguments, **options):
    raise ImproperlyConfigured("PORT is 'abc': write a number.")


def test_the_server_listens_on_this_machine_at_the_port_asked_for(reloaded, capsys):
    configured = reloaded(server, PORT="8123", WEB_CONCURRENCY="3", LOG_LEVEL="ERROR")

    configured.when_ready(None)

    assert configured.bind == "127.0.0.1:8123"
    assert (configured.worker_class, configured.workers, configured.threads) == ("gthread", 3, 32)
    assert configured.loglevel == "error"
    assert "http://127.0.0.1:8123/" in capsys.readouterr().out


# S45
def test_what_the_server_writes_is_for_its_own_account_alone():
    before = os.umask(0o022)
    try:
        server.on_starting(None)

        assert os.umask(0o022) == 0o077
    finally:
        os.umask(before)


# S16
def test_the_server_believes_no_forwarded_scheme_by_itself():
    assert server.secure_scheme_headers == {}
    assert server.forwarder_headers == ""


# S41
def test_the_server_writes_no_access_log_of_its_own():
    assert server.logconfig_dict["loggers"]["gunicorn.access"]["level"] == "CRITICAL"


# S45
def test_the_server_ends_with_the_sentence_when_the_environment_is_refused(reloaded, monkeypatch):
    monkeypatch.setattr(environment, "read", refuse)

    with pytest.raises(SystemExit, match="PORT is 'abc'"):
        reloaded(server)


def test_the_way_in_is_djangos_own():
    assert isinstance(wsgi.application, WSGIHandler)


# S45
def test_a_worker_that_may_not_start_tells_gunicorn_so(reloaded, monkeypatch, capsys):
    monkeypatch.setattr("django.core.wsgi.get_wsgi_application", refuse)

    with pytest.raises(SystemExit) as ended:
        reloaded(wsgi)

    assert ended.value.code == 3
    assert capsys.readouterr().err == "PORT is 'abc': write a number.\n"
