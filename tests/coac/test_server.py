import importlib
import os
from wsgiref.util import FileWrapper, setup_testing_defaults

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.wsgi import WSGIHandler
from gunicorn import util

from coac import environment, server, wsgi
from papers.models import Original
from tests.coac.test_environment import PUBLIC
from tests.factories import make_group, make_paper


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
    assert (configured.workers, configured.threads, configured.worker_connections) == (3, 32, 32)
    assert configured.loglevel == "error"
    assert "http://127.0.0.1:8123/" in capsys.readouterr().out


# S45
def test_what_the_server_writes_is_for_its_own_account_alone(monkeypatch):
    before = os.umask(0o022)
    monkeypatch.setattr(util, "write_error", util.write_error)
    try:
        server.on_starting(None)

        assert os.umask(0o022) == 0o077
    finally:
        os.umask(before)


# S16
def test_the_server_believes_no_forwarded_scheme_by_itself():
    assert server.secure_scheme_headers == {}
    assert server.forwarder_headers == ""


class Socket:
    """What gunicorn writes an answer to."""

    def __init__(self):
        self.sent = b""

    def sendall(self, data):
        self.sent += data

    def gettimeout(self):
        return 0.0


# S15, S41, S42
def test_what_the_server_answers_by_itself_has_headers_and_repeats_nothing(reloaded, monkeypatch):
    monkeypatch.setattr(util, "write_error", util.write_error)
    monkeypatch.setattr(os, "umask", lambda mask: 0)
    configured = reloaded(server, **PUBLIC)
    configured.on_starting(None)
    client = Socket()

    util.write_error(client, 414, "Request-URI Too Long", "Error parsing '<script>'")

    head, _, body = client.sent.decode("ascii").partition("\r\n\r\n")
    status, *lines = head.split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines)
    assert status == "HTTP/1.1 414 Request-URI Too Long"
    assert body == "414 Request-URI Too Long\n"
    assert int(headers["Content-Length"]) == len(body)
    assert headers["Connection"] == "close"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000; includeSubDomains")


# S41
def test_the_server_writes_no_access_log_of_its_own():
    assert server.logconfig_dict["loggers"]["gunicorn.access"]["level"] == "CRITICAL"


# S45
def test_the_server_ends_with_the_sentence_when_the_environment_is_refused(reloaded, monkeypatch):
    monkeypatch.setattr(environment, "read", refuse)

    with pytest.raises(SystemExit, match="PORT is 'abc'"):
        reloaded(server)


def test_the_way_in_is_djangos_own():
    assert isinstance(wsgi.application.application, WSGIHandler)


# S45
def test_a_worker_that_may_not_start_tells_gunicorn_so(reloaded, monkeypatch, capsys):
    monkeypatch.setattr("django.core.wsgi.get_wsgi_application", refuse)

    with pytest.raises(SystemExit) as ended:
        reloaded(wsgi)

    assert ended.value.code == 3
    assert capsys.readouterr().err == "PORT is 'abc': write a number.\n"


def answered(method, path):
    """What the application gives to the server: headers, and the bytes that it would send."""
    found = {}
    environ = {"wsgi.file_wrapper": FileWrapper}
    setup_testing_defaults(environ)
    environ |= {"REQUEST_METHOD": method, "PATH_INFO": path, "HTTP_HOST": "testserver"}
    answer = WSGIHandler()(environ, lambda status, headers: found.update(headers))
    body = b"".join(answer)
    answer.close()
    return found, body


@pytest.fixture
def original(settings, tmp_path, kept_connection):
    """The address of a published paper's document."""
    settings.ORIGINALS_DIR = tmp_path
    name = f"{'0' * 32}.txt"
    (tmp_path / name).write_bytes(b"As it came.")
    kept = Original.objects.create(name=name, sha256="0" * 64, size=11)
    paper = make_paper(make_group(), original=kept)
    return f"{paper.get_absolute_url()}original"


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["page", "missing", "original", "health"])
def test_an_answer_to_head_has_the_headers_of_get_and_no_byte(kind, original):
    path = {"page": "/", "missing": "/no/", "original": original, "health": "/healthz"}[kind]
    with_body, body = answered("GET", path)

    headers, nothing = answered("HEAD", path)

    assert body
    assert nothing == b""
    assert headers["Content-Length"] == with_body["Content-Length"] == str(len(body))
    assert headers.get("ETag") == with_body.get("ETag")


# S40
@pytest.mark.django_db
def test_a_process_sends_eight_documents_at_a_time_and_other_pages_meanwhile(client, original):
    on_their_way = [client.get(original) for _ in range(8)]

    refused = client.get(original)
    page = client.get("/papers/")
    on_their_way[0].getvalue()
    again = client.get(original)

    assert {response.status_code for response in on_their_way} == {200}
    assert refused.status_code == 503
    assert refused.headers["Retry-After"] == "10"
    assert "ETag" not in refused.headers
    assert (page.status_code, again.status_code) == (200, 200)
    for response in [*on_their_way[1:], again]:
        response.getvalue()


# S40
@pytest.mark.django_db
def test_documents_sent_to_their_end_are_on_their_way_no_more(client, original):
    for _ in range(10):
        assert client.get(original).getvalue() == b"As it came."
        assert client.head(original).getvalue() == b""
        assert client.get(original, headers={"Accept-Encoding": "gzip"}).getvalue()
