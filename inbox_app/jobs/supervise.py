"""Keeping loops alive until the server stops: who crashes is logged, counted and begun again."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from inbox_app.operating import metrics
from inbox_app.runtime import Runtime

Loop = Callable[[Runtime, Callable[[], bool], asyncio.Event], Awaitable[None]]
"""Drains one queue until the event is set, and finishes what it is at then; does work only while
the second argument says we lead. Trouble of the database it lives through by itself."""

_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 5.0
_CALM_SECONDS = 60.0
_log = logging.getLogger(__name__)


async def supervise(
    name: str, loop: Callable[[], Awaitable[None]], stopping: asyncio.Event
) -> None:
    """Run `loop` until `stopping`, with ever longer pauses while it keeps crashing."""
    pause = _FIRST_PAUSE
    while not stopping.is_set():
        began = asyncio.get_running_loop().time()
        try:
            await loop()
        except Exception:
            _log.exception("the loop %s crashed; it begins again", name)
        else:
            if stopping.is_set():
                return
            _log.error("the loop %s ended by itself; it begins again", name)
        metrics.LOOP_RESTARTS.labels(name).inc()
        if asyncio.get_running_loop().time() - began > _CALM_SECONDS:
            pause = _FIRST_PAUSE
        await pause_unless(stopping, pause)
        pause = min(pause * 2, _LONGEST_PAUSE)


async def pause_unless(stopping: asyncio.Event, seconds: float) -> None:
    """Sleep, but no longer than until `stopping`."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await stopping.wait()
