"""What the installation tells of itself, to whom."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlmodel import col, delete
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.api import health
from inbox_app.channels.whatsapp.channel import WHATSAPP
from inbox_app.database import Database
from inbox_app.jobs.scheduler import Jobs, StoppedError
from inbox_app.models import EventState, InboundEvent
from inbox_app.runtime import Runtime
from tests.support.factories import add
from tests.support.patience import PATIENCE
from tests.support.servers.routes_app import browser, running

pytestmark = pytest.mark.anyio


@pytest.fixture
async def runtime(sqlite: Database, tmp_path: Path) -> AsyncIterator[Runtime]:
    async with running(sqlite, tmp_path, metrics_token="only for Prometheus") as runtime:
        yield runtime


async def test_all_is_well(runtime: Runtime) -> None:
    jobs = Jobs([], {})
    async with jobs.running(), browser(health.routes({"jobs": jobs.check})) as probe:
        assert (await probe.get("/healthz")).status_code == 200
        assert (await probe.get("/readyz")).json() == {"status": "ok"}


async def test_what_is_not_well_is_named_and_comes_back_by_itself(runtime: Runtime) -> None:
    jobs = Jobs([], {})
    async with browser(health.routes({"jobs": jobs.check})) as probe:
        answer = await probe.get("/readyz")
        assert (answer.status_code, answer.json()["failing"]) == (503, {"jobs": "StoppedError"})
        assert (await probe.get("/healthz")).status_code == 200
        async with jobs.running():
            assert (await probe.get("/readyz")).status_code == 200


async def test_a_redis_that_was_set_is_named_while_it_is_away(
    tmp_path: Path, sqlite: Database
) -> None:
    redis = await asyncio.start_server(_answer_as_redis, "127.0.0.1", 0)
    port = redis.sockets[0].getsockname()[1]
    url = f"redis://:a-secret@127.0.0.1:{port}/0"
    async with running(sqlite, tmp_path, redis_url=url), browser(health.routes({})) as probe:
        assert (await probe.get("/readyz")).status_code == 200
        redis.close()
        away = await probe.get("/readyz")
        assert away.status_code == 503
        assert away.json()["failing"] == {"redis": "Redis does not answer: ConnectionError"}
        redis = await asyncio.start_server(_answer_as_redis, "127.0.0.1", port)
        assert (await probe.get("/readyz")).status_code == 200
    redis.close()


async def _answer_as_redis(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Says OK to every command, and PONG to a PING; a command is an array of strings."""
    while head := await reader.readline():
        parts = [await _part(reader) for _ in range(int(head[1:]))]
        writer.write(b"+PONG\r\n" if parts[0] == b"PING" else b"+OK\r\n")
        await writer.drain()
    writer.close()


async def _part(reader: asyncio.StreamReader) -> bytes:
    size = int((await reader.readline())[1:])
    return (await reader.readexactly(size + 2))[:-2]


async def test_a_database_that_is_away_is_named(tmp_path: Path, sqlite: Database) -> None:
    away = "postgresql://nobody:a-secret@127.0.0.1:1/none"
    async with (
        running(sqlite, tmp_path, database_url=away),
        browser(health.routes({})) as probe,
    ):
        answer = await probe.get("/readyz")
        assert answer.status_code == 503
        assert "database" in answer.json()["failing"]
        assert "a-secret" not in answer.text


async def test_a_database_that_hangs_is_named_within_seconds(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as impatient:
        impatient.setattr(health, "_PATIENCE_SECONDS", 0.05)
        async with browser(health.routes({})) as probe, runtime.database.transaction():
            failing = (await probe.get("/readyz")).json()["failing"]
    assert failing["database"] == "no answer within 0.05 s"
    async with browser(health.routes({})) as probe:
        assert (await probe.get("/readyz")).status_code == 200


async def test_a_probe_that_cannot_be_called_away_holds_no_answer_up(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "_PATIENCE_SECONDS", 0.05)
    over = asyncio.Event()

    async def stubborn() -> None:
        while not over.is_set():
            with suppress(asyncio.CancelledError):
                await over.wait()

    async with browser(health.routes({"stubborn": stubborn})) as probe, asyncio.timeout(PATIENCE):
        failing = (await probe.get("/readyz")).json()["failing"]
    over.set()
    assert failing["stubborn"] == "no answer within 0.05 s"


async def test_events_that_nobody_understands_are_named(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "_LOOK_AGAIN_SECONDS", 0.0)
    now = clock.now()
    async with runtime.database.transaction() as session:
        await _keep(session, now - timedelta(hours=1), again_at=now)
        await _keep(session, now - timedelta(seconds=20))
    async with browser(health.routes({})) as probe:
        assert (await probe.get("/readyz")).status_code == 200
        async with runtime.database.transaction() as session:
            await _keep(session, now - timedelta(seconds=40))
            await session.exec(delete(InboundEvent).where(col(InboundEvent.id) == 2))
        failing = (await probe.get("/readyz")).json()["failing"]
    (waited,) = re.findall(r"an event has waited (\d+) s to be understood", failing.pop("events"))
    assert int(waited) >= 40
    assert failing == {}


async def test_old_events_that_are_understood_meanwhile_are_no_trouble(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def understand(_seconds: float) -> None:
        async with runtime.database.transaction() as session:
            await session.exec(delete(InboundEvent))

    monkeypatch.setattr(health.asyncio, "sleep", understand)
    async with runtime.database.transaction() as session:
        await _keep(session, clock.now() - timedelta(days=1))
    async with browser(health.routes({})) as probe:
        assert (await probe.get("/readyz")).status_code == 200


async def _keep(
    session: AsyncSession, at: datetime, again_at: datetime | None = None
) -> InboundEvent:
    return await add(
        session, InboundEvent(channel=WHATSAPP, body=b"", received_at=at, next_attempt_at=again_at)
    )


async def test_a_full_disk_is_named(runtime: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    class Usage(NamedTuple):
        free: int

    async with browser(health.routes({})) as probe:
        monkeypatch.setattr(health.shutil, "disk_usage", lambda _: Usage(1024))
        assert "disk" in (await probe.get("/readyz")).json()["failing"]
        monkeypatch.undo()
        assert (await probe.get("/readyz")).status_code == 200


async def test_a_database_without_our_tables_is_named(tmp_path: Path) -> None:
    empty = Database(f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}")
    async with running(empty, tmp_path), browser(health.routes({})) as probe:
        assert "migrations" in (await probe.get("/readyz")).json()["failing"]
    await empty.close()


async def test_a_broken_probe_tells_no_secret(runtime: Runtime) -> None:
    async def broken() -> None:
        raise StoppedError("the password is 1234")

    async with browser(health.routes({"jobs": broken})) as probe:
        assert "1234" not in (await probe.get("/readyz")).text


async def test_the_counters_are_for_who_has_the_token(runtime: Runtime) -> None:
    async with browser(health.routes({})) as probe:
        for headers in ({}, {"authorization": "Bearer no"}, {"authorization": "only for …"}):
            assert (await probe.get("/metrics", headers=_ascii(headers))).status_code == 401
        allowed = {"authorization": "Bearer only for Prometheus"}
        answer = await probe.get("/metrics", headers=allowed)
    assert answer.status_code == 200
    for name in ("webhooks", "events_understood", "sends", "job_runs", "events_lag"):
        assert f"# TYPE inbox_{name}" in answer.text


def _ascii(headers: dict[str, str]) -> dict[str, str]:
    return {name: value.encode("ascii", "ignore").decode() for name, value in headers.items()}


async def test_without_a_token_there_are_no_counters(sqlite: Database, tmp_path: Path) -> None:
    async with running(sqlite, tmp_path), browser(health.routes({})) as probe:
        assert (await probe.get("/metrics")).status_code == 404


async def test_the_queues_are_counted_from_the_database(runtime: Runtime) -> None:
    async with runtime.database.transaction() as session:
        for state in (EventState.FAILED, EventState.RECEIVED, EventState.RECEIVED):
            await add(
                session,
                InboundEvent(channel=WHATSAPP, body=b"", state=state, received_at=clock.now()),
            )
    async with browser(health.routes({})) as probe:
        allowed = {"authorization": "Bearer only for Prometheus"}
        told = (await probe.get("/metrics", headers=allowed)).text
    assert 'inbox_events{state="failed"} 1.0' in told
    assert 'inbox_events{state="received"} 2.0' in told
