"""A bucket that breaks, falls silent or drags in the middle of a file: nothing of it is lost, half
there, or taken for whole (M3)."""

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from sqlmodel import col, select
from starlette.applications import Starlette

from inbox_app import clock
from inbox_app import runtime as runtimes
from inbox_app.api.files import media, uploads
from inbox_app.api.sign_in import auth
from inbox_app.database import Database
from inbox_app.domain.messages import DeliveryStatus, MessageKind
from inbox_app.models import Media, MediaState, Message, Upload
from inbox_app.runtime import Runtime
from inbox_app.storage import Bucket, BucketAddress
from inbox_app.storage.bucket import Patience
from tests.support.factories import World, make_connection
from tests.support.fetching import ADA, fetch_line
from tests.support.kept_files import keep
from tests.support.outbox import send_harness
from tests.support.samples import sample_files as files
from tests.support.sent_files import queue, sent
from tests.support.sent_files import uploads as uploads_of
from tests.support.servers.breaking_line import BreakingLine, breaking_line
from tests.support.servers.bucket_server import bucket_server, fresh
from tests.support.servers.routes_app import MARTA, PASSWORD, make_account, running
from tests.support.servers.served_app import served_app
from tests.support.writers import a_person_wrote

pytestmark = pytest.mark.anyio

_MB = 1024 * 1024
_HURRIED = Patience(connect=timedelta(seconds=1), answer=timedelta(seconds=1), tries=1)
_LARGE = b"%PDF-1.7\n" + os.urandom(7 * _MB)
"""Goes in two parts, and comes in four pieces."""


@pytest.fixture(scope="module")
def buckets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("s3") / "buckets"


@pytest.fixture(scope="module")
def service(buckets: Path) -> Iterator[BucketAddress]:
    with bucket_server(buckets) as address:
        yield address


@pytest.fixture
def line(service: BucketAddress) -> Iterator[BreakingLine]:
    with breaking_line(int((service.endpoint or "").rpartition(":")[2])) as line:
        yield line


@pytest.fixture
def bucket(service: BucketAddress, line: BreakingLine, tmp_path: Path) -> Bucket:
    address = replace(fresh(service, tmp_path.name), endpoint=line.url)
    return Bucket(address, tmp_path / "arriving", _HURRIED)


@pytest.mark.parametrize("fails", ["break_after", "fall_silent_after"])
async def test_a_file_that_comes_in_is_asked_for_again(
    sqlite: Database,
    world: World,
    now: datetime,
    tmp_path: Path,
    buckets: Path,
    line: BreakingLine,
    bucket: Bucket,
    fails: str,
) -> None:
    async with fetch_line(sqlite, world, now, tmp_path, bucket) as guest:
        getattr(line, fails)(3 * _MB)
        await guest.sends_file(_LARGE, "application/pdf")
        await guest.drain()
        file = await guest.file()
        assert file.state is MediaState.PENDING
        assert (file.problem or "").startswith("no_room: the bucket does not answer")
        assert _names(buckets, tmp_path.name) == []

        line.mend()
        guest.clock.move(timedelta(minutes=1))
        await guest.drain()
        file = await guest.file()
        assert file.state is MediaState.READY
        assert await guest.bytes_of(file.sha256) == _LARGE
    assert list((tmp_path / "arriving").iterdir()) == []


async def test_a_bucket_that_drags_holds_no_message_up(
    sqlite: Database,
    world: World,
    now: datetime,
    tmp_path: Path,
    service: BucketAddress,
    line: BreakingLine,
) -> None:
    address = replace(fresh(service, tmp_path.name), endpoint=line.url)
    patient = Bucket(address, tmp_path / "arriving")
    async with fetch_line(sqlite, world, now, tmp_path, patient) as guest:
        line.drag(0.02)
        await guest.sends_file(_LARGE, "application/pdf")
        fetching = asyncio.create_task(guest.drain())
        for _ in range(20):
            await guest.sends("location")
        assert not fetching.done()
        async with sqlite.reading() as session:
            assert len((await session.exec(select(Message))).all()) == 21
        await fetching
        assert (await guest.file()).state is MediaState.READY


@pytest.mark.parametrize("fails", ["break_after", "fall_silent_after"])
async def test_a_file_that_goes_out_is_sent_once(
    sqlite: Database,
    world: World,
    now: datetime,
    tmp_path: Path,
    line: BreakingLine,
    bucket: Bucket,
    fails: str,
) -> None:
    async with send_harness(sqlite, world, now, tmp_path, bucket) as harness:
        talk = await harness.writes()
        guide = (MessageKind.DOCUMENT, "application/pdf", "Guida.pdf", _LARGE)
        message_id = await queue(harness, talk, guide)
        getattr(line, fails)(3 * _MB)
        await harness.drain()
        assert (await harness.message(message_id)).status is DeliveryStatus.QUEUED
        assert sent(harness) == []

        line.mend()
        harness.clock.move(timedelta(minutes=5))
        await harness.drain()
        assert (await harness.message(message_id)).status is DeliveryStatus.SENT
        (shown,) = sent(harness)
        there = harness.meta.simulator.media.get(shown["document"]["id"])
        assert there.path.read_bytes() == _LARGE
        assert uploads_of(harness) == 2


@pytest.fixture
async def runtime(
    sqlite: Database, tmp_path: Path, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Runtime]:
    async with running(sqlite, tmp_path) as runtime:
        with_bucket = replace(runtime, storage=bucket)
        monkeypatch.setattr(runtimes, "_current", with_bucket)
        yield with_bucket


@pytest.fixture
async def marta(runtime: Runtime) -> AsyncIterator[httpx.AsyncClient]:
    await make_account(runtime.database)
    app = Starlette(routes=[*auth.routes(), *media.routes(), *uploads.routes()])
    async with served_app(app) as url, httpx.AsyncClient(base_url=url, timeout=60) as marta:
        marta.headers["origin"] = "http://localhost:8000"
        await marta.post("/auth/sign-in", data={"email": MARTA, "password": PASSWORD})
        yield marta


async def test_what_a_browser_reads_is_never_cut_short_unnoticed(
    runtime: Runtime,
    marta: httpx.AsyncClient,
    line: BreakingLine,
    tmp_path: Path,
    now: datetime,
) -> None:
    """It knows how far it came, and reads on from there."""
    id_ = await keep(runtime, tmp_path, now, _LARGE, content_type="application/pdf")
    line.break_after(3 * _MB)
    async with marta.stream("GET", f"/media/{id_}") as answer:
        assert answer.headers["content-length"] == str(len(_LARGE))
        there = await _as_far_as_it_comes(answer)
    away = await marta.get(f"/media/{id_}")
    assert (away.status_code, away.headers["retry-after"]) == (503, "10")

    line.mend()
    rest = await marta.get(f"/media/{id_}", headers={"range": f"bytes={len(there)}-"})
    assert rest.status_code == 206
    assert hashlib.sha256(there + rest.content).digest() == hashlib.sha256(_LARGE).digest()
    async with runtime.database.reading() as session:
        assert (await session.get_one(Media, id_)).state is MediaState.READY


async def _as_far_as_it_comes(answer: httpx.Response) -> bytes:
    there = b""
    try:
        async for chunk in answer.aiter_bytes():
            there += chunk
    except httpx.RemoteProtocolError:
        return there
    pytest.fail("nothing said that it was cut short")


async def test_a_file_that_is_attached_may_be_attached_again(
    runtime: Runtime, marta: httpx.AsyncClient, line: BreakingLine, now: datetime, tmp_path: Path
) -> None:
    photo = files.noise(1600, 1200)
    path = f"/uploads?conversation={await _talk(runtime)}&ref={uuid4().hex}"
    line.break_after(len(photo) // 2)
    refused = await marta.post(path, content=photo)
    assert (refused.status_code, refused.json()) == (503, {"problem": "not_kept", "again": True})

    line.mend()
    assert (await marta.post(path, content=photo)).status_code == 201
    async with runtime.database.reading() as session:
        (upload,) = (await session.exec(select(Upload).order_by(col(Upload.id)))).all()
    assert await runtime.storage.size(upload.sha256) == upload.size
    assert list((tmp_path / "uploading").iterdir()) == []


async def _talk(runtime: Runtime) -> int:
    """Ada wrote to Marta's company an hour ago."""
    now = clock.now()
    async with runtime.database.transaction() as session:
        connection = await make_connection(session, 1, now)
        world = World(
            account_id=1,
            connection_id=connection.id,
            marta_id=1,
            ada_id=0,
            giuseppe_id=0,
            pulizie_rossi_id=0,
        )
        return await a_person_wrote(session, world, now - timedelta(hours=1), ADA)


def _names(buckets: Path, test: str) -> list[str]:
    """Of the files of a test in its bucket."""
    return [file.name for file in (buckets / "files" / test).rglob("*") if file.is_file()]
