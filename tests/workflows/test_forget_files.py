"""Files that nothing shows go after a day; all others stay, whatever names them (M3, M7)."""

import os
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from inbox_app.database import Database
from inbox_app.domain.messages import Direction, MessageKind
from inbox_app.models import Conversation, Media, MediaState, Message, Upload
from inbox_app.runtime import Runtime, open_storage
from inbox_app.services.sending import attach
from inbox_app.storage import Bucket, MissingFileError
from inbox_app.workflows.forget_files import forget_files
from tests.support.factories import World, add
from tests.support.servers.bucket_server import bucket_server
from tests.support.servers.routes_app import running

pytestmark = pytest.mark.anyio

_LATER = timedelta(days=1, minutes=1)


@pytest.fixture
async def runtime(database: Database, tmp_path: Path) -> AsyncIterator[Runtime]:
    async with running(database, tmp_path) as runtime:
        yield runtime


@pytest.fixture(params=["folder", "bucket"])
def here(request: pytest.FixtureRequest, runtime: Runtime, tmp_path: Path) -> Iterator[Runtime]:
    if request.param == "folder":
        yield replace(runtime, storage=open_storage(runtime.settings))
        return
    with bucket_server(tmp_path / "buckets") as address:
        yield replace(runtime, storage=Bucket(address, tmp_path / "arriving"))


async def _kept(runtime: Runtime, words: str) -> str:
    async def chunks() -> AsyncIterator[bytes]:
        yield words.encode()

    return (await runtime.storage.put(chunks(), limit=1000)).sha256


async def _is_there(runtime: Runtime, name: str) -> bool:
    try:
        await runtime.storage.size(name)
    except MissingFileError:
        return False
    return True


def _now() -> datetime:
    """Of those who write down how old a file is."""
    return datetime.now(UTC)


async def _conversation(runtime: Runtime, world: World) -> int:
    at = _now()
    row = Conversation(account_id=world.account_id, channel="w", arrived_at=at, created_at=at)
    async with runtime.database.transaction() as session:
        return (await add(session, row)).id


async def _shown(runtime: Runtime, world: World, chat: int, **names: Any) -> None:
    at = _now()
    message = Message(
        account_id=world.account_id,
        conversation_id=chat,
        direction=Direction.IN,
        kind=MessageKind.AUDIO,
        sent_at=at,
        created_at=at,
    )
    async with runtime.database.transaction() as session:
        id_ = (await add(session, message)).id
        row = Media(account_id=world.account_id, message_id=id_, created_at=at, **names)
        await add(session, row)


async def _attached(runtime: Runtime, world: World, chat: int, **names: Any) -> None:
    row = Upload(
        account_id=world.account_id,
        user_id=world.marta_id,
        conversation_id=chat,
        ref="r",
        kind=MessageKind.IMAGE,
        content_type="image/jpeg",
        filename="casa.jpg",
        size=1,
        created_at=_now(),
        **names,
    )
    async with runtime.database.transaction() as session:
        await add(session, row)


@pytest.mark.postgresql("its statements")
async def test_what_a_row_names_stays_and_what_none_names_goes_after_a_day(
    here: Runtime, world: World
) -> None:
    chat = await _conversation(here, world)
    words = ("file", "thumb", "sound", "lost", "attached", "its thumb", "nobody's")
    names = {each: await _kept(here, each) for each in words}
    forms = {"thumb_sha256": names["thumb"], "playable_sha256": names["sound"]}
    await _shown(here, world, chat, state=MediaState.READY, sha256=names["file"], **forms)
    await _shown(here, world, chat, state=MediaState.EXPIRED, sha256=names["lost"])
    beside = {"sha256": names["attached"], "thumb_sha256": names["its thumb"]}
    await _attached(here, world, chat, **beside)

    await forget_files(here, _now() + timedelta(hours=23))
    assert await _is_there(here, names["nobody's"]), "its row may yet be written"
    await forget_files(here, _now() + _LATER)
    assert [each for each in words if not await _is_there(here, names[each])] == ["nobody's"]

    async with here.database.transaction() as session:
        await attach.forget_old_uploads(session, _now() + timedelta(days=31))
    await forget_files(here, _now() + _LATER)
    gone = [each for each in words if not await _is_there(here, names[each])]
    assert gone == ["attached", "its thumb", "nobody's"]


async def test_of_many_all_go(runtime: Runtime, world: World) -> None:
    names = [await _kept(runtime, f"file {number}") for number in range(40)]
    await forget_files(runtime, _now() + _LATER)
    assert not any([await _is_there(runtime, name) for name in names])


async def test_what_is_put_there_again_is_young_again(runtime: Runtime, world: World) -> None:
    name = await _kept(runtime, "sent again")
    async with runtime.storage.on_disk(name) as file:
        old = (_now() - timedelta(days=9)).timestamp()
        os.utime(file, (old, old))
    await _kept(runtime, "sent again")
    await forget_files(runtime, _now())
    assert await _is_there(runtime, name)


async def test_what_killed_processes_were_preparing_goes_too(
    runtime: Runtime, world: World
) -> None:
    scratch = runtime.settings.data_dir / "uploading"
    (scratch / "left" / "deep").mkdir(parents=True)
    (scratch / "left" / "received").write_bytes(b"half")
    await forget_files(runtime, _now())
    assert (scratch / "left").exists()
    await forget_files(runtime, _now() + _LATER)
    assert list(scratch.iterdir()) == []
