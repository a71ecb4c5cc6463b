"""Logs as one JSON object a line on standard error, with the id of the request they belong to."""

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

# The id of the request that this thread is answering; empty outside requests.
request_id: ContextVar[str] = ContextVar("request_id", default="")

# Attributes that callers may pass in `extra`; anything else stays out, so that no request,
# form or cookie is ever written by accident.
EXTRAS = (
    "method",
    "path",
    "status",
    "status_code",
    "milliseconds",
    "address",
    "username",
    "event",
)
LONGEST_TEXT = 8000
# What PostgreSQL adds to an error: the row or the statement it stumbled over, so a draft's text.
# It may run over many lines, to the end of the error or to the next one of a chain.
DATA = re.compile(
    r"^[ \t]*(?:DETAIL|CONTEXT|QUERY|STATEMENT|LINE \d+):.*?"
    r"(?=\n\n(?:The above exception was|During handling of the above)|\Z)",
    re.DOTALL | re.MULTILINE,
)


def without_data(text: str) -> str:
    """`text` without the values that a database quotes in its errors."""
    return DATA.sub("[left out of the log]", text)


class JsonFormatter(logging.Formatter):
    """json.dumps escapes every control character, so one record is always one line."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": without_data(record.getMessage())[:LONGEST_TEXT],
        }
        if identity := request_id.get():
            line["request_id"] = identity
        for name in EXTRAS:
            if name in record.__dict__:
                line[name] = record.__dict__[name]
        if record.exc_info:
            line["traceback"] = without_data(self.formatException(record.exc_info))[-LONGEST_TEXT:]
        return json.dumps(line, ensure_ascii=True, default=str)


def configuration(level: str) -> dict[str, Any]:
    """A dictConfig for Django and for gunicorn alike."""
    heirs = ("django", "django.server", "gunicorn.error")
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "coac.logs.JsonFormatter"}},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "json",
                "stream": "ext://sys.stderr",
            }
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            **{name: {"handlers": [], "level": level, "propagate": True} for name in heirs},
            # At DEBUG it would write every statement with its values, drafts included.
            "django.db.backends": {"level": "INFO"},
            # These two say again, less plainly or with too much, what coac.middleware and
            # coac.signing_in say.
            "gunicorn.access": {"level": "CRITICAL"},
            "axes": {"level": "ERROR"},
        },
    }
