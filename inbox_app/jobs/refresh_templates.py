"""The loop that reads templates from Meta for whoever waits for them (T5)."""

import asyncio
import logging
from collections.abc import Callable

from sqlalchemy.exc import SQLAlchemyError

from inbox_app import clock
from inbox_app.live import Queue
from inbox_app.runtime import Runtime
from inbox_app.services.intake.receive_one_by_one import cause
from inbox_app.services.templates.request_refresh import refresh_requests, request_refresh_of_all
from inbox_app.workflows.graph_connection import NotConnectedError
from inbox_app.workflows.templates.refresh_templates import RefreshError, refresh

_LOOK_AGAIN_SECONDS = 3.0
_log = logging.getLogger(__name__)


async def run(runtime: Runtime, is_leader: Callable[[], bool], stopping: asyncio.Event) -> None:
    """Read whenever somebody waits, until `stopping`."""
    while not stopping.is_set():
        try:
            if is_leader():
                await drain(runtime)
        except (SQLAlchemyError, OSError) as error:
            _log.warning("templates wait for the database: %s", cause(error))
        await runtime.live.wait(Queue.TEMPLATES, _LOOK_AGAIN_SECONDS)


async def drain(runtime: Runtime) -> None:
    """Read the lists that are waited for, each once; a failure is kept with its connection."""
    async with runtime.database.reading() as session:
        accounts = await refresh_requests(session)
    for account_id in accounts:
        try:
            await refresh(runtime, account_id, clock.real_now())
        except (NotConnectedError, RefreshError) as error:
            _log.warning("the templates of account %d were not read: %s", account_id, error)


async def request_all(runtime: Runtime) -> None:
    """What changes at Meta without a webhook is seen within minutes all the same."""
    async with runtime.database.transaction() as session:
        await request_refresh_of_all(session, clock.real_now())
    runtime.live.wake(Queue.TEMPLATES)
