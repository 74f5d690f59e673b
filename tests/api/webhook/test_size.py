"""What is too large or too much at once is refused, the rest kept."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime

import httpx
import pytest

from inbox_app.api.webhook import MAX_BYTES, PATH
from inbox_app.database import Database
from tests.api.webhook.posts import SECRET, kept, post
from tests.support.samples.webhook_bodies import says, sign


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
