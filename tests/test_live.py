"""Waiting for a bell: it ends when the bell rings, when time is up, and always when cancelled."""

import asyncio

import pytest

from inbox_app.live import InProcess, Queue
from tests.support.patience import PATIENCE

pytestmark = pytest.mark.anyio


async def test_a_bell_ends_the_waiting_and_is_then_silent_again() -> None:
    live = InProcess()
    live.wake(Queue.SEND)
    await live.wait(Queue.SEND, 60)
    await live.wait(Queue.SEND, 0)


@pytest.mark.parametrize("turns", range(5))
async def test_a_loop_that_is_cancelled_about_when_its_bell_rings_ends(turns: int) -> None:
    live = InProcess()
    loop = asyncio.create_task(_wait_for_ever(live))
    await _turn(5)
    live.wake(Queue.SEND)
    await _turn(turns)
    loop.cancel()
    await asyncio.wait([loop], timeout=PATIENCE)
    assert loop.cancelled()


async def _wait_for_ever(live: InProcess) -> None:
    while True:
        await live.wait(Queue.SEND, 60)


async def _turn(times: int) -> None:
    for _ in range(times):
        await asyncio.sleep(0)
