"""What a task that is cancelled leaves whole: what it began is undone, or done."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel.ext.asyncio.session import AsyncSession

Done = TypeVar("Done")


@asynccontextmanager
async def open_session(engine: AsyncEngine) -> AsyncIterator[AsyncSession]:
    session = AsyncSession(engine, expire_on_commit=False)
    try:
        yield session
    finally:
        # Undoes what is not committed. Cut short, it would leave the lock with a lost connection.
        await shielded(session.close())


async def shielded(work: Coroutine[Any, Any, Done]) -> Done:
    """`work` to its end, also for somebody who is cancelled: they hear of it afterwards."""
    task, called_away = asyncio.create_task(work), None
    while not task.done():
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError as error:
            called_away = error
    if called_away is not None:
        task.exception()
        raise called_away
    return task.result()
