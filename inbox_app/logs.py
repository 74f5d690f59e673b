"""One line an event on standard error, for people or for machines, without what is secret."""

import json
import logging
import logging.config
import re
from datetime import UTC, datetime
from typing import Any

_TEXT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
# Of these not even what they would tell of everyday matters: httpx names every address it calls.
_QUIET = ("_granian", "alembic", "apscheduler", "engineio.server", "httpx", "socketio.server")


_SECRETS = re.compile(
    r"(?<=bearer )\S+"
    r"|(?<=token=)[^\s&'\"]+"
    r"|\binbox_[\w-]{20,}"
    r"|\bEAA\w{8,}"
    r"|(?<=wamid\.)\S+"  # has the other side's number inside
    r"|(?<=\[parameters: ).*"
    r"|(?<=DETAIL: ).*"  # PostgreSQL quotes the row
    r"|(?:\+|\b00)\d(?:[ .()-]?\d){6,}"
    r"|\d{8,}",
    re.IGNORECASE,
)
_MASK = "…"


def redact(line: str) -> str:
    """`line` without tokens, keys, telephone numbers and whatever else is as long a number."""
    return _SECRETS.sub(_MASK, line)


class TextFormatter(logging.Formatter):
    """A record as a line for people."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, and its traceback below."""
        return redact(super().format(record))


class JsonFormatter(logging.Formatter):
    """A record as one JSON object: time (RFC 3339, UTC), level, logger, message, error."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": redact(record.getMessage()),
        }
        if record.exc_info:
            line["error"] = redact(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def configure(level: str, style: str) -> dict[str, Any]:
    """Send every logger's records to standard error; answers what the server needs to do alike."""
    config: dict[str, Any] = {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"text": {"()": TextFormatter, "fmt": _TEXT}, "json": {"()": JsonFormatter}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": style}},
        # Libraries tell too much when they debug: statements with texts in them, headers.
        "root": {"level": max(logging.INFO, _level(level)), "handlers": ["stderr"]},
        "loggers": {
            "inbox_app": {"level": _level(level)},
            **{name: {"level": "WARNING"} for name in _QUIET},
        },
    }
    logging.config.dictConfig(config)
    return config


def _level(name: str) -> int:
    return logging.getLevelNamesMapping()[name.upper()]
