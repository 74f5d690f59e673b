"""Keeps the figures for people up to date (X7)."""

import asyncio

from inbox_app import clock
from inbox_app.runtime import Runtime
from inbox_app.services.figures import count_new, follow_waits, mark

_SECONDS = 20.0
"""The rest is done the next time: what was said before this was kept may be millions."""


async def count_figures(runtime: Runtime) -> None:
    """Asked first: what only reads keeps nobody from writing."""
    async with runtime.database.reading() as session:
        if not await mark.is_time(session, clock.real_now()):
            return
    if await _count(runtime):
        await _lose(runtime)
        async with runtime.database.transaction() as session:
            await follow_waits.settle_waits(session)
        async with runtime.database.transaction() as session:
            await mark.look(session, clock.now(), clock.real_now())


async def _count(runtime: Runtime) -> bool:
    """Whether all that was seen is counted."""
    some, until = count_new.AT_ONCE, asyncio.get_running_loop().time() + _SECONDS
    while some == count_new.AT_ONCE and asyncio.get_running_loop().time() < until:
        async with runtime.database.transaction() as session:
            some = await count_new.count_new(session, clock.now())
    return some < count_new.AT_ONCE


async def _lose(runtime: Runtime) -> None:
    some = follow_waits.AT_ONCE
    while some == follow_waits.AT_ONCE:
        async with runtime.database.transaction() as session:
            some = await follow_waits.lose_windows(session)
