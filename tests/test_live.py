"""Waiting for a bell: it ends when the bell rings, when time is up, and always when cancelled.
Watching who is where: until one stops."""

import asyncio

import pytest

from inbox_app.domain.conversations.presence import Doing, Place, Sign
from inbox_app.live import Change, InProcess, Queue
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


def test_each_who_watches_is_told_where_somebody_is_until_they_stop() -> None:
    live, first, second, changes = InProcess(), list[Sign](), list[Sign](), list[Change]()
    live.listen(changes.append)
    stop = live.watch(first.append)
    live.watch(second.append)
    looks = Sign(Place(1, 7), 4, "Marta", "desk", Doing.LOOKING)
    types = Sign(Place(1, 7), 4, "Marta", "desk", Doing.TYPING)
    live.signal(looks)
    stop()
    live.signal(types)
    assert (first, second) == ([looks], [looks, types])
    assert changes == []


async def _wait_for_ever(live: InProcess) -> None:
    while True:
        await live.wait(Queue.SEND, 60)


async def _turn(times: int) -> None:
    for _ in range(times):
        await asyncio.sleep(0)
