"""The only place that asks the time."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

_RECHECK_SECONDS = 0.5


class _SandboxOffset:
    """How far the sandbox has moved the domain's time. A small file, so that ``bin/inbox`` can move
    the clock of a server that runs."""

    def __init__(self) -> None:
        self._file: Path | None = None
        self._offset = timedelta()
        self._checked = 0.0

    def watch(self, file: Path | None) -> None:
        self._file, self._offset, self._checked = file, timedelta(), 0.0

    def current(self) -> timedelta:
        if self._file is not None and time.monotonic() - self._checked > _RECHECK_SECONDS:
            self._checked = time.monotonic()
            self._offset = timedelta(seconds=_read_seconds(self._file))
        return self._offset


_sandbox = _SandboxOffset()


def _read_seconds(file: Path) -> float:
    try:
        return float(file.read_text())
    except (FileNotFoundError, ValueError):
        return 0.0


def real_now() -> datetime:
    """The time of the machine, in UTC: for sessions, leases, retries."""
    return datetime.now(UTC)


def now() -> datetime:
    """The domain's time, in UTC: the machine's, or where the sandbox clock was moved to."""
    return real_now() + _sandbox.current()


def ahead() -> timedelta:
    """How far the domain's time is ahead of the machine's."""
    return _sandbox.current()


def follow_sandbox_clock(file: Path | None) -> None:
    """From now on the domain's time follows the offset kept in ``file``; ``None`` ends that."""
    _sandbox.watch(file)


def move_sandbox_clock(file: Path, by: timedelta | None) -> timedelta:
    """Move the sandbox clock on by ``by``, or back to the machine's; returns the new offset."""
    offset = timedelta() if by is None else timedelta(seconds=_read_seconds(file)) + by
    file.write_text(str(offset.total_seconds()))
    _sandbox.watch(_sandbox._file)
    return offset
