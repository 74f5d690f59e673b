"""The loop that connects numbers: it goes on with what was begun, also by a process now gone."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from inbox_app import clock
from inbox_app.live import Queue
from inbox_app.runtime import Runtime
from inbox_app.services.connecting.advance_setup import running_setups
from inbox_app.services.intake.receive_one_by_one import cause
from inbox_app.workflows.connect_number import run_steps

_LOOK_AGAIN_SECONDS = 5.0
_log = logging.getLogger(__name__)


async def run(runtime: Runtime, is_leader: Callable[[], bool], stopping: asyncio.Event) -> None:
    """Take the steps of all accounts that are being connected, until `stopping`."""
    while not stopping.is_set():
        try:
            if is_leader():
                await drain_once(runtime)
        except (SQLAlchemyError, OSError) as error:
            _log.warning("connecting waits for the database: %s", cause(error))
        await runtime.live.wait(Queue.CONNECT, _LOOK_AGAIN_SECONDS)


async def drain_once(runtime: Runtime, now: Callable[[], datetime] = clock.now) -> None:
    """Each account by itself: one whose Meta is slow holds no other up."""
    async with runtime.database.reading() as session:
        accounts = await running_setups(session)
    ends = await asyncio.gather(
        *(run_steps(runtime, account_id, now) for account_id in accounts), return_exceptions=True
    )
    for account_id, end in zip(accounts, ends, strict=True):
        if isinstance(end, Exception):
            _log.error("connecting account %d goes on in a moment", account_id, exc_info=end)
