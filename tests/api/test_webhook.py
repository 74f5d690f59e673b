"""What Meta's posts get for an answer, and what is on disk by then."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import httpx
import psycopg
import pytest
from sqlalchemy import make_url, text
from sqlmodel import col, select

from inbox_app.api import group_commit
from inbox_app.api.body import BodyReader, InFlight
from inbox_app.api.webhook import MAX_BYTES, PATH, Webhook
from inbox_app.config import settings
from inbox_app.database import Database
from inbox_app.live import InProcess
from inbox_app.models import EventState, InboundEvent
from inbox_app.runtime import Runtime, open_storage
from inbox_app.vault import Vault
from tests.conftest import POSTGRES, empty
from tests.support.patience import PATIENCE
from tests.support.samples.webhook_bodies import says, sign

SECRET = "the app secret"
OLD_SECRET = "the one before"


@pytest.fixture
async def running(database: Database, tmp_path: Path) -> AsyncIterator[Runtime]:
    async with httpx.AsyncClient() as http:
        yield make_runtime(database, tmp_path, meta_app_secret=f"{SECRET},{OLD_SECRET}", http=http)


@pytest.fixture
async def meta(running: Runtime) -> AsyncIterator[httpx.AsyncClient]:
    async with client(running) as http:
        yield http


def make_runtime(
    database: Database, data_dir: Path, *, meta_app_secret: str | None, http: httpx.AsyncClient
) -> Runtime:
    configured = settings.load(
        None,
        data_dir=data_dir,
        sandbox="0",
        secret_key="x" * 32,
        meta_app_secret=meta_app_secret,
        meta_verify_token="a word we agreed on",
    )
    return Runtime(
        configured, database, Vault("x" * 32), InProcess(), http, open_storage(configured)
    )


def client(running: Runtime, *body: BodyReader) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(Webhook(lambda: running, *body))
    return httpx.AsyncClient(transport=transport, base_url="http://inbox")


async def post(meta: httpx.AsyncClient, body: bytes, secret: str = SECRET) -> int:
    headers = {"X-Hub-Signature-256": sign(body, secret)}
    return (await meta.post(PATH, content=body, headers=headers)).status_code


async def kept(database: Database) -> list[InboundEvent]:
    async with database.reading() as session:
        return list(await session.exec(select(InboundEvent).order_by(col(InboundEvent.id))))


@pytest.mark.postgresql("its statements")
async def test_a_signed_event_is_on_disk_as_it_came_when_meta_gets_its_200(
    meta: httpx.AsyncClient, database: Database, now: datetime
) -> None:
    body = says("Buongiorno \\u2600", "wamid.1", now)

    assert await post(meta, body) == 200

    [event] = await kept(database)
    assert event.body == body
    assert event.state is EventState.RECEIVED


async def test_the_secret_before_the_last_rotation_still_holds(
    meta: httpx.AsyncClient, database: Database, now: datetime
) -> None:
    assert await post(meta, says("Ciao", "wamid.1", now), OLD_SECRET) == 200
    assert len(await kept(database)) == 1


UNSIGNED = [None, "", "sha256=", "sha256=é", "sha1=abc", f"sha256={'a' * 63}g"]


@pytest.mark.parametrize("signature", UNSIGNED)
async def test_without_a_signature_nothing_is_kept(
    meta: httpx.AsyncClient, database: Database, now: datetime, signature: str | None
) -> None:
    headers = {} if signature is None else {b"X-Hub-Signature-256": signature.encode()}
    answer = await meta.post(PATH, content=says("Ciao", "wamid.1", now), headers=headers)

    assert answer.status_code == 401
    assert await kept(database) == []


@pytest.mark.parametrize("signature", UNSIGNED)
async def test_a_body_that_nobody_can_have_signed_is_not_read(
    meta: httpx.AsyncClient, signature: str | None
) -> None:
    headers = {} if signature is None else {b"X-Hub-Signature-256": signature.encode()}
    async with asyncio.timeout(PATIENCE):
        answer = await meta.post(PATH, content=half_sent(), headers=headers)
    assert answer.status_code == 401


async def test_a_body_that_stays_half_sent_is_given_up(
    running: Runtime, database: Database
) -> None:
    signature = {"X-Hub-Signature-256": sign(b"half", SECRET)}
    async with client(running, BodyReader(MAX_BYTES, seconds=0.01)) as meta:
        answer = await meta.post(PATH, content=half_sent(), headers=signature)
    assert (answer.status_code, answer.headers["connection"]) == (408, "close")
    assert await kept(database) == []


async def test_more_than_there_is_room_for_is_asked_for_later(
    running: Runtime, database: Database, now: datetime
) -> None:
    narrow = BodyReader(MAX_BYTES, in_flight=InFlight(max_bytes=1000))
    large = b"x" * 100_000
    async with client(running, narrow) as meta:
        headers = {"X-Hub-Signature-256": sign(large, SECRET)}
        answer = await meta.post(PATH, content=large, headers=headers)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
        assert await post(meta, says("Ciao", "wamid.1", now)) == 200
    assert len(await kept(database)) == 1


async def half_sent() -> AsyncIterator[bytes]:
    yield b"half"
    await asyncio.Event().wait()


async def test_a_forged_event_is_refused_and_not_kept(
    meta: httpx.AsyncClient, database: Database, now: datetime
) -> None:
    assert await post(meta, says("Ciao", "wamid.1", now), "a guess") == 401
    assert await kept(database) == []


async def test_without_a_secret_the_door_is_closed(
    database: Database, tmp_path: Path, now: datetime
) -> None:
    async with httpx.AsyncClient() as http:
        closed = make_runtime(database, tmp_path, meta_app_secret=None, http=http)
        async with client(closed) as meta:
            assert await post(meta, says("Ciao", "wamid.1", now), "") == 401
    assert await kept(database) == []


@pytest.mark.postgresql("what a column may hold")
@pytest.mark.parametrize("body", [b"not json", b"", b"[]", b'{"object":"page"}', b"\xff\x00\xfe"])
async def test_what_cannot_be_understood_is_kept_all_the_same(
    meta: httpx.AsyncClient, database: Database, body: bytes
) -> None:
    assert await post(meta, body) == 200
    assert [event.body for event in await kept(database)] == [body]


async def test_three_megabytes_are_taken_and_one_byte_more_is_too_much(
    meta: httpx.AsyncClient, database: Database
) -> None:
    assert await post(meta, b"x" * MAX_BYTES) == 200
    assert await post(meta, b"x" * (MAX_BYTES + 1)) == 413
    assert len(await kept(database)) == 1


async def test_a_body_that_lies_about_its_length_is_measured_as_it_comes(
    meta: httpx.AsyncClient, database: Database
) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b"x" * 1024 * 1024

    headers = {"Content-Length": "10", "X-Hub-Signature-256": sign(b"x", SECRET)}
    answer = await meta.post(PATH, content=endless(), headers=headers)

    assert answer.status_code == 413
    assert await kept(database) == []


async def test_a_length_beyond_all_measure_is_refused_unread(
    meta: httpx.AsyncClient, database: Database
) -> None:
    headers = {"Content-Length": "1" * 12, "X-Hub-Signature-256": sign(b"x", SECRET)}
    answer = await meta.post(PATH, content=b"x", headers=headers)

    assert answer.status_code == 413
    assert await kept(database) == []


@pytest.mark.postgresql("many at once")
async def test_two_hundred_posts_at_once_are_each_kept_once(
    meta: httpx.AsyncClient, database: Database, now: datetime
) -> None:
    bodies = [says("Ciao", f"wamid.{number}", now) for number in range(200)]

    answers = await asyncio.gather(*(post(meta, body) for body in bodies))

    assert set(answers) == {200}
    assert sorted(event.body for event in await kept(database)) == sorted(bodies)


async def test_meta_gets_its_challenge_back_when_it_knows_our_token(
    meta: httpx.AsyncClient,
) -> None:
    answer = await meta.get(PATH, params=verification())

    assert (answer.status_code, answer.text) == (200, "1158201444")
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    "wrong",
    [
        {"hub.verify_token": "another"},
        {"hub.verify_token": ""},
        {"hub.mode": "unsubscribe"},
        {"hub.challenge": ""},
    ],
)
async def test_any_other_verification_is_refused(
    meta: httpx.AsyncClient, wrong: dict[str, str]
) -> None:
    answer = await meta.get(PATH, params=verification() | wrong)

    assert (answer.status_code, answer.text) == (403, "")


def verification() -> dict[str, str]:
    return {
        "hub.mode": "subscribe",
        "hub.challenge": "1158201444",
        "hub.verify_token": "a word we agreed on",
    }


async def test_other_methods_are_not_for_here(meta: httpx.AsyncClient) -> None:
    assert (await meta.put(PATH)).status_code == 405


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
