"""One line an event on standard error, for people or for machines, without what is secret."""

import json
import logging
import logging.config
import re
from datetime import UTC, datetime
from typing import Any

_TEXT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
# Of these not even what they would tell of everyday matters: httpx names every address it calls.
_QUIET = (
    *("_granian", "alembic", "apscheduler", "engineio.server", "httpcore", "httpx"),
    "socketio.server",
)


_SECRETS = re.compile(
    r"(?<=bearer )\S+"
    r"|(?<=token=)[^\s&'\"]+"
    r"|\binbox_[\w-]{20,}"
    r"|\bEAA\w{8,}"
    r"|(?<=wamid\.)\S+"  # has the other side's number inside
    r"|(?<=\[parameters: ).*"
    r"|(?<=DETAIL: ).*"  # PostgreSQL quotes the row
    r"|(?:\+|\b00)\d(?:[ .()-]?\d){6,}"
    r"|\d{8,}"
    # What a tab's states go by, as its browser made it and as it is kept here.
    r"|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"
    r"|\b[0-9a-f]{32,}\b",
    re.IGNORECASE,
)
_MASK = "…"
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""Ends a line, moves the cursor of a terminal or turns the direction of what follows."""
_LONGEST_MESSAGE, _LONGEST_TRACEBACK = 1_000, 8_000


def redact(line: str) -> str:
    """`line` without tokens, keys, telephone numbers and whatever else is as long a number."""
    return _SECRETS.sub(_MASK, line)


class TextFormatter(logging.Formatter):
    """A record as a line for people; what stands below a line is indented, so that no text from
    outside can pass for a line of its own."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        """The line."""
        record.message = _message(record)
        return super().formatMessage(record)

    def formatException(self, ei: Any) -> str:  # noqa: N802
        """The lines below it."""
        return "\n".join(f"    {line}" for line in _traceback(self, ei).split("\n"))


class JsonFormatter(logging.Formatter):
    """A record as one JSON object: time (RFC 3339, UTC), level, logger, message, error."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
        }
        if record.exc_info:
            line["error"] = _traceback(self, record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def _message(record: logging.LogRecord) -> str:
    return _visible(redact(_cut(record.getMessage(), _LONGEST_MESSAGE))) + left_out(record)


def _traceback(formatter: logging.Formatter, error: Any) -> str:
    whole = logging.Formatter.formatException(formatter, error)
    lines = redact(_cut(whole, _LONGEST_TRACEBACK)).split("\n")
    return "\n".join(map(_visible, lines))


def _cut(text: str, longest: int) -> str:
    """What is cut is the end: the beginning of a secret is what tells it."""
    return text if len(text) <= longest else f"{text[:longest]} … ({len(text)} characters)"


def _visible(text: str) -> str:
    return _UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


class Flood(logging.Filter):
    """Lets so many lines a minute through from one place in the code; the rest is counted, and the
    count told with the next one: whoever makes us complain must not fill the disk."""

    LINES, TRACEBACKS = 60, 10

    def __init__(self) -> None:
        super().__init__()
        self._places: dict[tuple[object, ...], tuple[int, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is written."""
        minute, place = int(record.created // 60), _place(record)
        of, count = self._places.get(place, (minute, 0))
        most = self.TRACEBACKS if record.exc_info else self.LINES
        if of != minute:
            record.left_out, of, count = max(0, count - most), minute, 0
        self._places[place] = (of, count + 1)
        return count < most


def left_out(record: logging.LogRecord) -> str:
    """Says how many lines like this one were not written before it, if any."""
    count = getattr(record, "left_out", 0)
    return f" (and {count} more like it before)" if count else ""


def _place(record: logging.LogRecord) -> tuple[object, ...]:
    error = record.exc_info[1] if record.exc_info else None
    raised = error.__traceback__ if error else None
    while raised and raised.tb_next:
        raised = raised.tb_next
    where = (raised.tb_frame.f_code.co_filename, raised.tb_lineno) if raised else ()
    return (record.name, record.pathname, record.lineno, type(error), *where)


def configure(level: str, style: str) -> dict[str, Any]:
    """Send every logger's records to standard error; answers what the server needs to do alike."""
    config: dict[str, Any] = {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"text": {"()": TextFormatter, "fmt": _TEXT}, "json": {"()": JsonFormatter}},
        "filters": {"flood": {"()": Flood}},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": style,
                "filters": ["flood"],
            }
        },
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
