import json
import logging
import sys

import pytest
from django.db import IntegrityError

from coac import logs
from workgroups.models import GlossaryEntry

ID = "0123456789abcdef-proxy.1"


def formatted(message="A line", *arguments, **extra):
    record = logging.LogRecord("coac.test", logging.INFO, __file__, 1, message, arguments, None)
    record.__dict__.update(extra)
    return logs.JsonFormatter().format(record)


def lines(caplog):
    """What the records caught so far would look like in the log."""
    return [json.loads(logs.JsonFormatter().format(record)) for record in caplog.records]


# S41
def test_a_record_is_one_json_object_on_one_line():
    line = formatted("Read %s", "a\nb\r\x1b[31m\x00\u2028", path="/x\n", status=200)

    assert line.isprintable()
    assert line.isascii()
    value = json.loads(line)
    assert value["message"] == "Read a\nb\r\x1b[31m\x00\u2028"
    assert (value["level"], value["logger"]) == ("INFO", "coac.test")
    assert (value["path"], value["status"]) == ("/x\n", 200)


# S41
def test_what_is_not_known_to_be_harmless_stays_out():
    line = formatted(request="POST password=hunter2", cookies={"sessionid": "hunter2"})

    assert "hunter2" not in line


def test_a_traceback_is_kept_within_the_line():
    try:
        raise ValueError("a fault")
    except ValueError:
        line = formatted(exc_info=sys.exc_info())

    assert "\n" not in line
    assert "ValueError: a fault" in json.loads(line)["traceback"]


DRAFT = "The words of a draft."
CHAIN = "The above exception was the direct cause of the following exception:"


# S41
@pytest.mark.parametrize(
    "words",
    [
        f"DETAIL:  Key (text)=({DRAFT}) already exists.",
        f"DETAIL:  Failing row contains (1, First line.\n\n{DRAFT}\n, null).",
        f"LINE 1: UPDATE papers SET text = '{DRAFT}'\n               ^",
        f"HINT:  Look.\nCONTEXT:  COPY papers, line 1: {DRAFT}",
    ],
)
def test_what_a_database_quotes_in_its_errors_stays_out(words):
    try:
        try:
            raise ValueError(f"duplicate key value\n{words}")
        except ValueError as error:
            raise RuntimeError(f"not saved\n{words}") from error
    except RuntimeError as error:
        line = formatted("Refused: %s", error, exc_info=sys.exc_info())

    assert DRAFT not in line
    value = json.loads(line)
    assert value["message"].startswith("Refused: not saved\n")
    assert "ValueError: duplicate key value" in value["traceback"]
    assert CHAIN in value["traceback"]
    assert "RuntimeError: not saved" in value["traceback"]


# S41
@pytest.mark.django_db(transaction=True)
def test_a_row_that_breaks_a_constraint_is_not_quoted():
    GlossaryEntry.objects.create(term=DRAFT, slug="a", meaning="Some.")

    try:
        GlossaryEntry.objects.create(term=DRAFT, slug="b", meaning="Some.")
    except IntegrityError as error:
        line = formatted("%s", error, exc_info=sys.exc_info())

    assert DRAFT not in line
    assert "IntegrityError" in line


def test_a_very_long_message_is_cut():
    assert len(formatted("x" * 100_000)) < 10_000


@pytest.mark.parametrize("sent", [ID, "a" * 64])
def test_the_proxys_request_id_is_kept(client, sent):
    assert client.get("/healthz", HTTP_X_REQUEST_ID=sent).headers["X-Request-ID"] == sent


# S41
@pytest.mark.parametrize("sent", ["", "short", "a" * 65, "with space 123", "new\nline123", "é" * 9])
def test_any_other_request_id_is_replaced(client, sent):
    identity = client.get("/healthz", HTTP_X_REQUEST_ID=sent).headers["X-Request-ID"]

    assert identity != sent
    assert len(identity) == 32


@pytest.mark.django_db
@pytest.mark.urls("tests.coac.failing_urls")
def test_each_answer_is_one_line_with_its_request_id(client, monkeypatch, caplog):
    seen = []
    monkeypatch.setattr(
        logging.getLogger("coac.request"),
        "handle",
        lambda record: seen.append(json.loads(logs.JsonFormatter().format(record))),
    )

    client.get("/plain/?q=private", HTTP_X_REQUEST_ID=ID)
    client.get("/no-such/")
    client.get("/refused/")

    assert [(line["path"], line["status"], line["level"]) for line in seen] == [
        ("/plain/", 200, "INFO"),
        ("/no-such/", 404, "INFO"),
        ("/refused/", 403, "WARNING"),
    ]
    assert seen[0]["request_id"] == ID
    assert "private" not in json.dumps(seen)
    assert logs.request_id.get() == ""


def test_a_health_check_that_goes_well_is_not_worth_a_line(client, caplog):
    client.get("/healthz")

    assert [line for line in lines(caplog) if line["logger"] == "coac.request"] == []


# S41
@pytest.mark.django_db
@pytest.mark.urls("tests.coac.failing_urls")
def test_a_refused_permission_is_logged(client, caplog):
    client.get("/refused/")

    assert "Forbidden (Permission denied): /refused/" in [line["message"] for line in lines(caplog)]


# S41
@pytest.mark.django_db
def test_signing_in_and_failing_to_are_logged_without_the_password(
    client, django_user_model, caplog
):
    django_user_model.objects.create_superuser("ada", password="a long enough phrase")
    address = "/admin/login/"

    client.post(address, {"username": "ada\n{}", "password": "hunter2 hunter2"})
    client.post(address, {"username": "ada", "password": "a long enough phrase"})
    client.post("/admin/logout/")

    events = [(line["event"], line["username"]) for line in lines(caplog) if "event" in line]
    assert events == [
        ("sign_in_failed", "ada\n{}"),
        ("signed_in", "ada"),
        ("signed_out", "ada"),
    ]
    assert "hunter2" not in json.dumps(lines(caplog))
    assert "a long enough phrase" not in json.dumps(lines(caplog))


def test_nobody_signing_out_is_no_event(client, caplog, db):
    client.post("/admin/logout/")

    assert not [line for line in lines(caplog) if "event" in line]


def test_statements_with_their_values_are_never_logged():
    assert logs.configuration("DEBUG")["loggers"]["django.db.backends"]["level"] == "INFO"
