"""Log lines: for people or machines, and never what libraries would tell of people."""

import json
import logging
from collections.abc import Callable, Iterator
from io import StringIO

import pytest

from inbox_app.operating import logs


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
        "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
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


FORGED = "2026-11-26 20:00:00,000 ERROR inbox_app.vault: the key is lost"


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\u2028", "\x85", "\x1b[2K\n"])
@pytest.mark.parametrize("style", ["text", "json"])
def test_no_text_from_outside_can_pass_for_a_line_of_its_own(
    written: StringIO, style: str, line_break: str
) -> None:
    _configure(written, "info", style)
    hostile = f"a name{line_break}{FORGED}"
    logging.getLogger("inbox_app.x").warning("unknown: %s", hostile)
    try:
        raise ValueError(hostile)
    except ValueError:
        logging.getLogger("inbox_app.x").exception("it failed")
    lines = written.getvalue().splitlines()
    assert len([line for line in lines if not line.startswith("    ")]) == 2
    assert not [line for line in lines if line.startswith("2026-11-26 20:00:00")]
    assert "\x1b" not in written.getvalue()


@pytest.mark.parametrize("style", ["text", "json"])
def test_a_line_is_bounded_whatever_it_is_about(written: StringIO, style: str) -> None:
    _configure(written, "info", style)
    logging.getLogger("inbox_app.x").warning("about %s", "x" * 1_000_000)
    assert "about" in written.getvalue()
    assert "(1000006 characters)" in written.getvalue()
    assert len(written.getvalue()) < 2_000
    try:
        raise ValueError("x" * 1_000_000)
    except ValueError:
        logging.getLogger("inbox_app.x").exception("it failed")
    assert "it failed" in written.getvalue()
    assert len(written.getvalue()) < 12_000


def test_a_flood_of_one_complaint_is_counted_and_hides_no_other() -> None:
    flood = logs.Flood()
    first = [flood.filter(_record(line=1, at=at)) for at in range(59)]
    first += [flood.filter(_record(line=1, at=59)) for _ in range(500)]
    assert sum(first) == flood.LINES
    assert flood.filter(_record(line=2, at=59))
    later = _record(line=1, at=60)
    assert flood.filter(later)
    assert logs.left_out(later) == " (and 499 more like it before)"
    again = _record(line=1, at=61)
    assert flood.filter(again)
    assert logs.left_out(again) == ""


def test_of_tracebacks_fewer_are_written_and_each_place_has_its_own() -> None:
    flood = logs.Flood()
    assert sum(flood.filter(_failed(lambda: int("x"))) for _ in range(500)) == flood.TRACEBACKS
    assert flood.filter(_failed(lambda: {}["y"]))


def _record(line: int, at: float, error: Exception | None = None) -> logging.LogRecord:
    told = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("x", logging.WARNING, "x.py", line, "told", (), told)
    record.created = at
    return record


def _failed(work: Callable[[], object]) -> logging.LogRecord:
    try:
        work()
    except (ValueError, KeyError) as error:
        return _record(1, 0.0, error)
    raise AssertionError("it did not fail")
