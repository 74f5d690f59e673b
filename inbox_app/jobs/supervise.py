"""Keeping loops alive: one that crashes is logged, counted and begun again."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from inbox_app import metrics
from inbox_app.runtime import Runtime

Loop = Callable[[Runtime, Callable[[], bool]], Awaitable[None]]
"""Drains one queue until cancelled; does work only while the second argument says we lead."""

_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 30.0
_CALM_SECONDS = 60.0
_log = logging.getLogger(__name__)


async def supervise(name: str, loop: Callable[[], Awaitable[None]]) -> None:
    """Run `loop` for ever, with ever longer pauses while it keeps crashing."""
    pause = _FIRST_PAUSE
    while True:
        began = asyncio.get_running_loop().time()
        try:
            await loop()
            _log.error("the loop %s ended by itself; it begins again", name)
        except Exception:
            _log.exception("the loop %s crashed; it begins again", name)
        metrics.LOOP_RESTARTS.labels(name).inc()
        if asyncio.get_running_loop().time() - began > _CALM_SECONDS:
            pause = _FIRST_PAUSE
        await asyncio.sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)
