"""Log lines: for people or machines, and never what libraries would tell of people."""

import json
import logging
from collections.abc import Iterator
from io import StringIO

import pytest

from inbox_app import logs


@pytest.fixture
def written() -> Iterator[StringIO]:
    """What reaches the root's handler; the loggers are as before afterwards."""
    root = logging.getLogger()
    handlers = root.handlers[:]
    loggers = [root, *map(logging.getLogger, root.manager.loggerDict)]
    levels = [logger.level for logger in loggers]
    yield StringIO()
    root.handlers[:] = handlers
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


def _configure(written: StringIO, level: str, style: str) -> None:
    logs.configure(level, style)
    (handler,) = logging.getLogger().handlers
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(written)


def test_a_machine_reads_one_object_a_line(written: StringIO) -> None:
    _configure(written, "info", "json")
    try:
        raise ValueError("broken\nin two")
    except ValueError:
        logging.getLogger("inbox_app.somewhere").exception("it failed")
    (line,) = written.getvalue().splitlines()
    told = json.loads(line)
    assert (told["level"], told["logger"]) == ("error", "inbox_app.somewhere")
    assert told["message"] == "it failed"
    assert "broken" in told["error"]


@pytest.mark.parametrize(
    ("level", "logger", "record", "told"),
    [
        ("info", "inbox_app.x", logging.INFO, True),
        ("info", "inbox_app.x", logging.DEBUG, False),
        ("debug", "inbox_app.x", logging.DEBUG, True),
        ("debug", "aiosqlite", logging.DEBUG, False),
        ("debug", "httpx", logging.INFO, False),
        ("error", "anything", logging.WARNING, False),
    ],
)
def test_only_our_own_loggers_debug(
    written: StringIO, level: str, logger: str, record: int, told: bool
) -> None:
    _configure(written, level, "text")
    logging.getLogger(logger).log(record, "something")
    assert bool(written.getvalue()) is told


@pytest.mark.parametrize(
    "secret",
    [
        "+39 347 123 4567",
        "0039 347 1234567",
        "393471234567",
        "Bearer abc.def-123",
        "/ws?token=abcdef",
        "access_token=EAAx",
        "EAAGm0PX4ZCpsBAKZC",
        "inbox_A4oIuojTCb-bZeMdcyCR3djTpmX9i6aQPWGB8Pxd06g",
        "wamid.HBgMMzkzNDcxMjM0NTY3FQIAEhgUM0E=",
        "[parameters: ('see you at eight',)]",
        "DETAIL:  Key (email)=(ada@example.com) already exists.",
    ],
)
@pytest.mark.parametrize("style", ["text", "json"])
def test_secrets_and_numbers_never_reach_a_line(written: StringIO, style: str, secret: str) -> None:
    _configure(written, "info", style)
    try:
        raise ValueError(secret)
    except ValueError:
        logging.getLogger("inbox_app.x").exception("about %s", secret)
    kept = secret.replace("Bearer ", "").replace("wamid.", "").replace("DETAIL:  ", "")
    kept = kept.removeprefix("/ws?token=").removeprefix("access_token=")
    assert kept.removeprefix("[parameters: ") not in written.getvalue()
    assert "about" in written.getvalue()


@pytest.mark.parametrize(
    "line",
    ["at 2026-11-23 14:40:11,123", "http://127.0.0.1:8000", "1.234 s", "account 17", "HTTP 503"],
)
def test_what_is_no_secret_stays(line: str) -> None:
    assert logs.redact(line) == line
