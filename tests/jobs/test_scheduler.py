"""Jobs run on the leader and loops come back; pruning forgets only what is old."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from inbox_app import clock
from inbox_app.channels.whatsapp.channel import WHATSAPP
from inbox_app.database import Database
from inbox_app.jobs import (
    connect_queue,
    outbox_worker,
    process_webhooks,
    refresh_templates,
    scheduler,
)
from inbox_app.jobs import supervise as supervision
from inbox_app.jobs.leadership import Leadership
from inbox_app.jobs.publish_connections import publish_connections
from inbox_app.jobs.schedule import SCHEDULE, Entry
from inbox_app.jobs.scheduler import Jobs, StoppedError
from inbox_app.jobs.supervise import Loop
from inbox_app.live import Change, Queue
from inbox_app.models import EventState, InboundEvent, Lease, WithdrawnSend
from inbox_app.operating import metrics
from inbox_app.runtime import Runtime
from inbox_app.services.connecting import connect
from inbox_app.services.upkeep import prune
from tests.support.factories import World, add, make_connection
from tests.support.patience import PATIENCE
from tests.support.servers.routes_app import running

pytestmark = pytest.mark.anyio

SOON = timedelta(milliseconds=10)


@pytest.fixture
async def runtime(database: Database, tmp_path: Path) -> AsyncIterator[Runtime]:
    async with running(database, tmp_path) as runtime:
        yield runtime


class Job:
    """Rings when it has run."""

    def __init__(self, *, fails: bool = False) -> None:
        self.ran = asyncio.Event()
        self._fails = fails

    async def __call__(self, runtime: Runtime) -> None:
        self.ran.set()
        if self._fails:
            raise RuntimeError("on purpose")


async def test_a_job_that_fails_is_counted_and_stops_no_other(runtime: Runtime) -> None:
    bad, good = Job(fails=True), Job()
    failed = metrics.JOB_RUNS.labels("bad", "failed")
    before = failed._value.get()
    async with Jobs([Entry("bad", SOON, bad), Entry("good", SOON, good)], {}).running():
        async with asyncio.timeout(PATIENCE):
            await bad.ran.wait()
            bad.ran.clear()
            await bad.ran.wait()
            await good.ran.wait()
    assert failed._value.get() > before


async def test_who_does_not_lead_runs_no_jobs(runtime: Runtime) -> None:
    await Leadership(runtime.database).ask()
    job, looked = Job(), asyncio.Event()

    async def loop(_: Runtime, is_leader: Callable[[], bool], stopping: asyncio.Event) -> None:
        assert not is_leader()
        looked.set()
        await stopping.wait()

    jobs = Jobs([Entry("never", SOON, job)], {"loop": loop})
    async with jobs.running(), asyncio.timeout(PATIENCE):
        await looked.wait()
        await jobs.check()
        await asyncio.sleep(0.1)
    assert not job.ran.is_set()


@pytest.mark.postgresql("its statements")
async def test_stopping_lets_loops_and_jobs_finish_and_gives_the_lease_up(runtime: Runtime) -> None:
    begun = asyncio.Semaphore(0)
    finished: list[str] = []

    async def work(name: str) -> None:
        begun.release()
        await stop.wait()
        await runtime.database.ping()
        finished.append(name)

    async def loop(
        runtime: Runtime, is_leader: Callable[[], bool], stopping: asyncio.Event
    ) -> None:
        assert is_leader()
        await work("loop")
        await runtime.live.wait(Queue.SEND, 60)
        assert stopping.is_set()

    stop = asyncio.Event()
    jobs = Jobs([Entry("job", SOON, lambda _: work("job"))], {"loop": loop})
    with pytest.raises(StoppedError):
        await jobs.check()
    async with asyncio.timeout(PATIENCE), jobs.running():
        await jobs.check()
        await begun.acquire()
        await begun.acquire()
        stop.set()
    assert sorted(finished) == ["job", "loop"]
    with pytest.raises(StoppedError):
        await jobs.check()
    async with runtime.database.reading() as session:
        assert (await session.exec(select(Lease))).all() == []


async def test_what_does_not_finish_in_time_is_called_away(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler, "_STOP_SECONDS", 0.01)
    begun, called_away = asyncio.Event(), asyncio.Event()

    async def loop(_: Runtime, is_leader: Callable[[], bool], stopping: asyncio.Event) -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            called_away.set()

    async with asyncio.timeout(PATIENCE), Jobs([], {"loop": loop}).running():
        await begun.wait()
    assert called_away.is_set()


@pytest.mark.parametrize(
    "loop",
    [process_webhooks.run, connect_queue.run, refresh_templates.run, outbox_worker.run],
    ids=["understand", "connect", "templates", "send"],
)
async def test_a_loop_lives_through_trouble_of_the_database(
    tmp_path: Path, loop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopping = asyncio.Event()
    waits: list[float] = []

    async def wait(_: Queue, at_most: float) -> None:
        waits.append(at_most)
        stopping.set()

    without_tables = Database(f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}")
    async with running(without_tables, tmp_path) as runtime:
        monkeypatch.setattr(runtime.live, "wait", wait)
        await loop(runtime, lambda: True, stopping)
    await without_tables.close()
    assert waits[0] <= 5


async def test_a_loop_that_crashes_begins_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervision, "_FIRST_PAUSE", 0.0)
    runs, again, stopping = 0, asyncio.Event(), asyncio.Event()

    async def loop() -> None:
        nonlocal runs
        runs += 1
        if runs == 3:
            again.set()
            await stopping.wait()
        if runs == 1:
            raise RuntimeError("on purpose")

    task = asyncio.create_task(supervision.supervise("test", loop, stopping))
    async with asyncio.timeout(PATIENCE):
        await again.wait()
        stopping.set()
        await task
    assert metrics.LOOP_RESTARTS.labels("test")._value.get() == 2


@pytest.mark.postgresql("times are compared")
async def test_only_understood_events_are_forgotten_and_only_after_30_days(
    database: Database, now: datetime
) -> None:
    old = now - timedelta(days=30, seconds=1)
    async with database.transaction() as session:
        for state, understood_at in (
            (EventState.APPLIED, old),
            (EventState.DUPLICATE, old),
            (EventState.APPLIED, now - timedelta(days=30)),
            (EventState.FAILED, old),
            (EventState.RECEIVED, None),
        ):
            event = InboundEvent(
                channel=WHATSAPP,
                body=b"{}",
                state=state,
                received_at=old,
                understood_at=understood_at,
            )
            await add(session, event)
    async with database.transaction() as session:
        assert await prune.understood_events(session, now) == 2
        left = (await session.exec(select(InboundEvent.id).order_by(col(InboundEvent.id)))).all()
    assert len(left) == 3


@pytest.mark.postgresql("its statements")
async def test_what_was_taken_back_is_remembered_for_thirty_days(
    database: Database, world: World, now: datetime
) -> None:
    """M11: for so long a page may tell it again."""
    async with database.transaction() as session:
        for ref, days in (("young", 29), ("old", 31)):
            at = now - timedelta(days=days)
            row = WithdrawnSend(account_id=world.account_id, client_ref=ref, withdrawn_at=at)
            await add(session, row)
    async with database.transaction() as session:
        assert await prune.withdrawn_sends(session, now) == 1
        left = (await session.exec(select(WithdrawnSend.client_ref))).all()
    assert left == ["young"]


@pytest.mark.postgresql("its statements")
async def test_every_entry_of_the_schedule_runs(runtime: Runtime, world: World) -> None:
    for entry in SCHEDULE:
        await entry.run(runtime)
    assert len({entry.name for entry in SCHEDULE}) == len(SCHEDULE)


@pytest.mark.postgresql("its statements")
async def test_pages_are_told_of_a_number_that_another_process_connects_or_disconnects(
    runtime: Runtime, world: World, now: datetime
) -> None:
    heard: list[Change] = []
    runtime.live.listen(heard.append)
    look = publish_connections()
    await look(runtime)
    heard.clear()
    await look(runtime)
    assert heard == []
    async with runtime.database.transaction() as session:
        await connect.disconnect(session, world.account_id, clock.real_now())
    await look(runtime)
    assert heard == [Change(world.account_id)]
    async with runtime.database.transaction() as session:
        await make_connection(session, world.account_id, now, external_id="another")
    await look(runtime)
    assert heard == [Change(world.account_id)] * 2
