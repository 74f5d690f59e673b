"""The loop that checks, imports and takes back tables: a few lines a transaction and a pause after
each, so that whoever writes meanwhile waits for one turn at most."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from inbox_app import clock
from inbox_app.live import Change, Queue
from inbox_app.runtime import Runtime
from inbox_app.services.imports import work
from inbox_app.services.intake.receive_one_by_one import cause

_LOOK_AGAIN_SECONDS = 5.0
_A_TURN_SECONDS = 0.05
"""What a transaction may take: as long, at most, waits a webhook for the one writer of SQLite."""
_PAUSE_SHARE = 0.25
_FEWEST_LINES, _MOST_LINES = 20, 500
"""Fewer would cost more to find than to write, and a machine that is busy would do nothing else."""
_TELL_ALL_SECONDS = 5.0
_log = logging.getLogger(__name__)


async def run(runtime: Runtime, is_leader: Callable[[], bool], stopping: asyncio.Event) -> None:
    """Work on all imports whenever this process leads, until `stopping`."""
    turns = Turns(runtime)
    while not stopping.is_set():
        took: float | None = None
        try:
            if is_leader():
                took = await turns.pass_once()
        except (SQLAlchemyError, OSError) as error:
            _log.warning("imports wait for the database: %s", cause(error))
        if took is None:
            await runtime.live.wait(Queue.IMPORTS, _LOOK_AGAIN_SECONDS)
        else:
            await asyncio.sleep(took * _PAUSE_SHARE)


class Turns:
    """What one process learns of the imports that it works on: how many lines fit into a turn."""

    def __init__(
        self, runtime: Runtime, *, real_now: Callable[[], datetime] = clock.real_now
    ) -> None:
        self._runtime, self._real_now = runtime, real_now
        self._lines: dict[int, int] = {}
        self._told_at: dict[int, float] = {}

    async def pass_once(self) -> float | None:
        """A turn for each import; the seconds that the longest took, None when there is nothing
        to do."""
        async with self._runtime.database.reading() as session:
            at_work = await work.at_work(session)
        for gone in self._lines.keys() - {import_id for import_id, _ in at_work}:
            del self._lines[gone]
        took = [await self._turn(import_id, account_id) for import_id, account_id in at_work]
        return max(took, default=None)

    async def _turn(self, import_id: int, account_id: int) -> float:
        lines, began = self._lines.get(import_id, _FEWEST_LINES), _seconds()
        try:
            goes_on = await self._advance(import_id, account_id, lines)
        except SQLAlchemyError as error:
            if isinstance(error, DBAPIError) and _is_our_fault(error):
                return await self._fewer(import_id, account_id, lines)
            raise
        except Exception:
            return await self._fewer(import_id, account_id, lines)
        took = _seconds() - began
        fitting = int(lines * _A_TURN_SECONDS / max(took, 0.001))
        self._lines[import_id] = max(_FEWEST_LINES, min(fitting, lines * 2, _MOST_LINES))
        self._tell(import_id, account_id, ended=not goes_on)
        return took

    async def _advance(self, import_id: int, account_id: int, lines: int) -> bool:
        runtime = self._runtime
        async with runtime.database.transaction() as session:
            return await work.advance(
                session,
                account_id,
                import_id,
                limit=lines,
                now=self._real_now(),
                vault=runtime.vault,
            )

    async def _fewer(self, import_id: int, account_id: int, lines: int) -> float:
        """One by one, until the line that cannot be dealt with is alone and passed over."""
        _log.exception("lines of import %d could not be dealt with", import_id)
        self._lines[import_id] = 1
        if lines == 1:
            async with self._runtime.database.transaction() as session:
                await work.pass_over(session, account_id, import_id)
        return 0.0

    def _tell(self, import_id: int, account_id: int, *, ended: bool) -> None:
        """Pages that show its progress, each time; all others, what is new, now and then."""
        live, last = self._runtime.live, self._told_at.get(import_id, 0.0)
        live.publish(Change(account_id, import_id=import_id))
        if ended or _seconds() - last > _TELL_ALL_SECONDS:
            self._told_at[import_id] = _seconds()
            live.publish(Change(account_id))


def _seconds() -> float:
    return asyncio.get_running_loop().time()


def _is_our_fault(error: DBAPIError) -> bool:
    """A value that the database refuses, rather than a database in trouble."""
    return type(error).__name__ in {"IntegrityError", "DataError", "ProgrammingError"}
