"""Whoever is called away in the middle of a unit of work leaves no lock and no half-done thing."""

import asyncio
import gc
from collections.abc import Awaitable, Callable, Coroutine, Generator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func
from sqlmodel import select

from inbox_app.database import Database
from inbox_app.database import database as module
from inbox_app.models import Lease
from tests.support.patience import PATIENCE

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("connections are given back")]


@pytest.fixture(autouse=True)
def _a_kept_lock_is_waited_for_longer_than_the_tests_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOCK_TIMEOUT_SECONDS", 2 * PATIENCE)


class CalledAway:
    """`work`, whose task is cancelled where it waits for the `nth` time; `stubbornly`: and each
    time after that."""

    def __init__(
        self, work: Coroutine[Any, Any, None], nth: int, *, stubbornly: bool = False
    ) -> None:
        self._work, self._nth, self._stubbornly = work, nth, stubbornly
        self.waits = 0

    def __await__(self) -> Generator[Any, Any, None]:
        inner = self._work.__await__()
        step: Callable[[], Any] = lambda: inner.send(None)  # noqa: E731
        while True:
            try:
                waits_for = step()
            except StopIteration:
                return
            self.waits += 1
            self._call_away()
            try:
                yield waits_for
            except BaseException as error:
                step = _throwing(inner, error)
            else:
                step = lambda: inner.send(None)  # noqa: E731

    def _call_away(self) -> None:
        task = asyncio.current_task()
        if task and (self.waits == self._nth or (self._stubbornly and self.waits > self._nth)):
            task.cancel()


def _throwing(inner: Generator[Any, Any, None], error: BaseException) -> Callable[[], Any]:
    return lambda: inner.throw(error)


async def at_every_wait(
    work: Callable[[], Coroutine[Any, Any, None]],
    then: Callable[[], Awaitable[None]],
    *,
    stubbornly: bool = False,
) -> int:
    """Call `work` away at its first wait, its second and so on, and do `then` each time; how
    often."""
    for nth in range(1, 200):
        called_away = CalledAway(work(), nth, stubbornly=stubbornly)
        with suppress(asyncio.CancelledError):
            await asyncio.create_task(_whole(called_away))
        if called_away.waits < nth:
            return nth - 1
        async with asyncio.timeout(PATIENCE):
            await then()
    raise AssertionError("it never ends")


async def _whole(work: Awaitable[None]) -> None:
    await work


async def _hold(database: Database, now: datetime, names: tuple[str, ...]) -> None:
    async with database.transaction() as session:
        for name in names:
            session.add(Lease(name=name, holder="h", expires_at=now + timedelta(hours=1)))
            await session.flush()
            await session.exec(select(Lease))
        for name in names:
            await session.delete(await session.get_one(Lease, name))
        session.add(Lease(name="even", holder="h", expires_at=now))


async def _forget(database: Database) -> None:
    """The next write; before it, whatever was done is done wholly or not at all."""
    async with database.transaction() as session:
        left = (await session.exec(select(Lease))).all()
        assert [lease.name for lease in left] in ([], ["even"])
        for lease in left:
            await session.delete(lease)


@pytest.mark.parametrize("stubbornly", [False, True], ids=["once", "again-and-again"])
@pytest.mark.parametrize("fresh", [False, True], ids=["warm", "fresh"])
async def test_a_transaction_cancelled_at_any_await_lets_the_next_write_go_at_once(
    database: Database, now: datetime, *, fresh: bool, stubbornly: bool
) -> None:
    async def work() -> None:
        await _hold(database, now, ("one", "two", "three"))

    async def then() -> None:
        await _forget(database)
        if fresh:
            await database.engine.dispose()

    assert await at_every_wait(work, then, stubbornly=stubbornly) > 10


async def test_a_reading_cancelled_at_any_await_gives_its_connection_back(
    database: Database, now: datetime
) -> None:
    await _hold(database, now, ())

    async def read() -> None:
        async with database.reading() as session:
            assert (await session.exec(select(func.count()).select_from(Lease))).one() == 1

    assert await at_every_wait(read, read) >= 3


async def test_what_is_read_while_all_is_closed_strands_no_connection(database_url: str) -> None:
    """A stranded one warns when it is collected, which fails the test that runs then."""
    await _read_while_it_is_closed(Database(database_url))
    gc.collect()


async def _read_while_it_is_closed(database: Database) -> None:
    read, done = asyncio.Event(), asyncio.Event()

    async def reading() -> None:
        async with database.reading() as session:
            await session.exec(select(Lease))
            read.set()
            await done.wait()

    going = asyncio.create_task(reading())
    await read.wait()
    closing = asyncio.create_task(database.close())
    await asyncio.wait([closing], timeout=0.05)
    done.set()
    await asyncio.gather(going, closing)


async def test_who_waits_for_another_process_to_write_can_be_called_away(
    sqlite: Database, sqlite_url: str
) -> None:
    other = Database(sqlite_url)
    loop = asyncio.get_running_loop()
    async with other.transaction():
        began = loop.time()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await sqlite.ping()
        assert loop.time() - began < PATIENCE
    await sqlite.ping()
    await other.close()


async def test_who_waits_for_another_process_goes_on_when_it_has_written(
    sqlite: Database, sqlite_url: str
) -> None:
    other = Database(sqlite_url)
    async with other.transaction():
        waiting = asyncio.create_task(sqlite.ping())
        await asyncio.sleep(0)
    async with asyncio.timeout(PATIENCE):
        await waiting
    await other.close()
