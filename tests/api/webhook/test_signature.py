"""Only what Meta signed is kept, as it came."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import httpx
import pytest

from inbox_app.api.body import BodyReader, InFlight
from inbox_app.api.webhook import MAX_BYTES, PATH
from inbox_app.database import Database
from inbox_app.models import EventState
from inbox_app.runtime import Runtime
from tests.api.webhook.posts import OLD_SECRET, SECRET, client, kept, make_runtime, post
from tests.support.patience import PATIENCE
from tests.support.samples.webhook_bodies import says, sign


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
