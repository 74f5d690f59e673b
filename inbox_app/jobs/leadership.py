"""Whether this process is the one that runs jobs and drains queues, by a lease in the database."""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from inbox_app import clock
from inbox_app.database import Database
from inbox_app.jobs.process_name import is_surely_gone, new_name
from inbox_app.jobs.supervise import pause_unless
from inbox_app.services.upkeep import hold_lease

LASTS = timedelta(seconds=15)
RENEWED_EVERY = timedelta(seconds=5)
_MARGIN = timedelta(seconds=2)
"""Given up before it runs out: the next holder's clock may be ahead of ours."""
_GIVE_UP_SECONDS = 1.0
_NAME = "leader"
_NEVER = datetime.min.replace(tzinfo=UTC)
_log = logging.getLogger(__name__)


class Leadership:
    """One for each process. `now` is the machine's time; a holder that `is_gone` is not waited
    for."""

    def __init__(
        self,
        database: Database,
        now: Callable[[], datetime] = clock.real_now,
        is_gone: Callable[[str], bool] = is_surely_gone,
    ) -> None:
        self.holder = new_name()
        self._database, self._now, self._is_gone = database, now, is_gone
        self._until = self._asked_at = _NEVER

    def is_leader(self) -> bool:
        """Ask before each piece of work, not once."""
        return self._now() < self._until

    def is_known(self) -> bool:
        """Whether the database has lately said who leads, be it us or another."""
        return self._now() - self._asked_at < LASTS

    async def keep(self, stopping: asyncio.Event) -> None:
        """Take the lease or renew it, again and again, until `stopping`."""
        while not stopping.is_set():
            try:
                await self.ask()
            except (SQLAlchemyError, OSError):
                _log.warning("the lease could not be renewed", exc_info=True)
            await pause_unless(stopping, RENEWED_EVERY.total_seconds())

    async def ask(self) -> bool:
        """Take the lease or renew it once."""
        led, asked_at = self.is_leader(), self._now()
        async with self._database.transaction() as session:
            held = await hold_lease.hold(
                session, _NAME, self.holder, asked_at, LASTS, is_gone=self._is_gone
            )
        self._asked_at = asked_at
        self._until = asked_at + LASTS - _MARGIN if held else _NEVER
        if held != led:
            _log.info("this process %s", "leads now" if held else "leads no more")
        return held

    async def give_up(self) -> None:
        """Let another process lead at once; best effort, for the lease runs out anyway."""
        self._until = _NEVER
        try:
            async with (
                asyncio.timeout(_GIVE_UP_SECONDS),
                self._database.transaction() as session,
            ):
                await hold_lease.release(session, _NAME, self.holder)
        except (SQLAlchemyError, OSError):
            _log.warning("the lease could not be given up", exc_info=True)
