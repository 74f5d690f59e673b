"""While the database does not answer, Meta is asked to come again."""

from datetime import datetime
from pathlib import Path

import httpx
import psycopg
import pytest
from sqlalchemy import make_url, text

from inbox_app.api import group_commit
from inbox_app.database import Database
from tests.api.webhook.posts import SECRET, client, kept, make_runtime, post
from tests.conftest import POSTGRES, empty
from tests.support.samples.webhook_bodies import says


@pytest.mark.postgresql("errors are told apart")
async def test_while_the_database_refuses_meta_is_asked_to_come_again(
    meta: httpx.AsyncClient, database: Database, now: datetime
) -> None:
    async with database.engine.begin() as connection:
        await connection.execute(text("ALTER TABLE inbound_event RENAME TO elsewhere"))
    try:
        assert await post(meta, says("Ciao", "wamid.1", now)) == 503
    finally:
        async with database.engine.begin() as connection:
            await connection.execute(text("ALTER TABLE elsewhere RENAME TO inbound_event"))

    assert await post(meta, says("Ciao", "wamid.1", now)) == 200
    assert len(await kept(database)) == 1


@pytest.mark.postgresql("locks are waited for")
async def test_a_database_that_does_not_answer_is_not_waited_for(
    meta: httpx.AsyncClient, database: Database, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with database.transaction() as session:
        if not database.is_sqlite:
            connection = await session.connection()
            await connection.execute(text("LOCK TABLE inbound_event IN EXCLUSIVE MODE"))
        with monkeypatch.context() as impatient:
            impatient.setattr(group_commit, "TIMEOUT_SECONDS", 0.05)
            assert await post(meta, says("Ciao", "wamid.1", now)) == 503

    assert await post(meta, says("Ciao", "wamid.2", now)) == 200


async def test_a_database_server_that_went_away_is_found_again(
    postgres_url: str, tmp_path: Path, now: datetime
) -> None:
    database = Database(postgres_url)
    name = make_url(postgres_url).database
    async with httpx.AsyncClient() as http:
        running = make_runtime(database, tmp_path, meta_app_secret=SECRET, http=http)
        async with client(running) as meta:
            assert await post(meta, says("Ciao", "wamid.1", now)) == 200
            with psycopg.connect(POSTGRES, autocommit=True) as server:
                server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false'.encode())
                server.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                    [name],
                )
                assert await post(meta, says("Ciao", "wamid.2", now)) == 503
                server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true'.encode())
            assert await post(meta, says("Ciao", "wamid.2", now)) == 200
    assert len(await kept(database)) == 2
    await empty(database)
    await database.close()


async def test_more_than_can_wait_is_refused_at_once(
    meta: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    monkeypatch.setattr(group_commit, "MAX_WAITING_BYTES", 10)

    assert await post(meta, says("Ciao", "wamid.1", now)) == 503
