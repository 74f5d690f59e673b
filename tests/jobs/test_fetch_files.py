"""Files are fetched at once after intake, whole or not at all, again and again while they may come
(M3)."""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from inbox_app.database import Database
from inbox_app.jobs.fetch_queue import AT_ONCE
from inbox_app.models import Media, MediaState
from inbox_app.sandbox.simulator.media_store import SAMPLES
from inbox_app.services.media import lost_files
from inbox_app.services.media.ask_again import ask_again
from inbox_app.storage import Bucket
from inbox_app.workflows.ask_for_file import ask_for_file
from tests.support.factories import World
from tests.support.fetching import Line, fetch_line
from tests.support.servers.bucket_server import bucket_server

pytestmark = pytest.mark.anyio
_HOUR = timedelta(hours=1)


@pytest.fixture
async def line(
    database: Database,
    world: World,
    now: datetime,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Line]:
    async with fetch_line(database, world, now, tmp_path) as line:
        monkeypatch.setattr("inbox_app.clock.now", line.clock.now)
        yield line


@pytest.mark.parametrize(
    ("kind", "name", "found"),
    [
        ("photo", "photo.jpg", ("image/jpeg", 1600, 1067, None, None, False)),
        ("photo-upright", "photo-upright.jpg", ("image/jpeg", 900, 1400, None, None, False)),
        ("document", "document.pdf", ("application/pdf", None, None, 2, None, False)),
        ("audio", "voice.ogg", ("audio/ogg", None, None, None, 6.0, False)),
        ("video", "film.mp4", ("video/mp4", 640, 360, None, 4.0, False)),
        ("gif", "gif.mp4", ("video/mp4", 320, 240, None, 2.0, True)),
        ("sticker", "sticker.webp", ("image/webp", 512, 512, None, None, False)),
    ],
)
@pytest.mark.postgresql("the claim skips what another transaction holds")
async def test_a_file_of_each_kind_is_kept_whole_and_looked_into(
    line: Line, kind: str, name: str, found: tuple[object, ...]
) -> None:
    await line.sends(kind)
    await line.drain()
    file = await line.file()
    original = (SAMPLES / name).read_bytes()
    assert file.state is MediaState.READY
    assert (file.content_type, file.width, file.height, file.pages, file.duration, file.silent) == (
        found
    )
    assert (file.sha256, file.size) == (hashlib.sha256(original).hexdigest(), len(original))
    assert await line.bytes_of(file.sha256) == original
    assert (file.thumb_sha256 is None) == (kind == "audio")
    assert (file.playable_sha256 is not None) == (kind == "audio")
    assert line.changes[-1].conversation_id is not None


async def test_a_voice_note_is_made_into_what_safari_plays(line: Line) -> None:
    await line.sends("audio")
    await line.drain()
    playable = await line.bytes_of((await line.file()).playable_sha256)
    assert playable[4:11] == b"ftypiso"


@pytest.mark.parametrize(
    "fault",
    ["expired_url", "empty", "damaged", "broken_off", "unavailable", "expired_id"],
)
async def test_what_goes_wrong_once_is_asked_for_again_after_a_moment(
    line: Line, fault: str
) -> None:
    line.meta.simulator.faults.set({"media": [fault]})
    await line.sends("photo")
    await line.drain()
    file = await line.file()
    assert (file.state, file.attempts, file.problem is None) == (MediaState.PENDING, 1, False)
    await line.drain()
    assert (await line.file()).attempts == 1, "not before its time"
    line.clock.move(timedelta(seconds=1))
    await line.drain(line.new_fetcher())
    assert (await line.file()).state is MediaState.READY


@pytest.mark.parametrize("fault", ["wrong_type", "redirect"])
async def test_what_only_looks_wrong_is_taken(line: Line, fault: str) -> None:
    line.meta.simulator.faults.set({"media": [fault]})
    await line.sends("photo")
    await line.drain()
    file = await line.file()
    assert (file.state, file.content_type) == (MediaState.READY, "image/jpeg")


async def test_what_a_dead_process_was_fetching_is_fetched_by_the_next(line: Line) -> None:
    await line.sends("photo")
    file = await line.file()
    async with line.database.transaction() as session:
        media = await session.get_one(Media, file.id)
        media.claimed_by, media.claimed_at = "gone", line.clock.now()
    await line.drain(line.new_fetcher())
    assert (await line.file()).state is MediaState.READY


async def test_more_than_is_allowed_is_cut_off_and_not_asked_for_again(line: Line) -> None:
    line.meta.simulator.faults.set({"media": ["too_large"]})
    await line.sends("photo")
    await line.drain()
    assert (await line.file()).state is MediaState.FAILED


async def test_after_seven_days_it_is_no_longer_to_be_had_until_a_person_asks(line: Line) -> None:
    await line.sends("photo")
    line.meta.simulator.faults.set({"token": True})
    for _ in range(5):
        await line.drain()
        line.clock.move(34 * _HOUR)
    assert (await line.file()).state is MediaState.PENDING
    await line.drain()
    file = await line.file()
    assert file.state is MediaState.EXPIRED
    line.meta.simulator.faults.clear()
    async with line.database.transaction() as session:
        assert await ask_again(session, file.account_id + 1, file.message_id) is None
        assert await ask_again(session, file.account_id, file.message_id) is not None
    await line.drain()
    assert (await line.file()).state is MediaState.READY


async def test_what_the_channel_calls_gone_five_times_is_gone(line: Line) -> None:
    line.meta.simulator.faults.set({"media": ["expired_id"] * 5})
    await line.sends("photo")
    for _ in range(5):
        assert (await line.file()).state is MediaState.PENDING
        await line.drain()
        line.clock.move(_HOUR)
    assert (await line.file()).state is MediaState.EXPIRED


async def test_of_fifty_at_once_a_few_are_fetched_at_a_time(line: Line) -> None:
    for _ in range(AT_ONCE + 2):
        await line.sends_file(b"some words", "text/plain")
    await line.fetcher.pass_once()
    claimed = [file for file in await line.files() if file.claimed_by]
    assert len(claimed) == AT_ONCE
    await line.fetcher.finish()
    await line.drain()
    assert {file.state for file in await line.files()} == {MediaState.READY}


async def _lost(line: Line) -> Media:
    """A photo that was fetched, looked into, and found missing when somebody looked."""
    await line.sends("photo")
    await line.drain()
    file = await line.file()
    async with line.database.transaction() as session:
        assert await lost_files.lose(session, file.account_id, file.id) is not None
    return file


async def test_what_was_lost_is_there_again_where_it_only_lay_elsewhere(line: Line) -> None:
    file = await _lost(line)
    line.meta.simulator.faults.set({"media": ["expired_id"] * 9})
    await ask_for_file(line.runtime, file.account_id + 1, file.message_id)
    assert (await line.file()).state is MediaState.EXPIRED
    await ask_for_file(line.runtime, file.account_id, file.message_id)
    assert (await line.file()).state is MediaState.READY
    assert line.changes[-1].conversation_id is not None


@pytest.mark.parametrize("form", ["sha256", "thumb_sha256"])
async def test_what_is_gone_from_here_is_fetched_from_its_channel_again(
    line: Line, form: str
) -> None:
    file = await _lost(line)
    await line.runtime.storage.delete(getattr(file, form))
    await ask_for_file(line.runtime, file.account_id, file.message_id)
    assert (await line.file()).state is MediaState.PENDING
    await line.drain()
    assert (await line.file()).state is MediaState.READY
    assert await line.bytes_of(getattr(file, form))


async def test_files_are_kept_in_a_bucket_as_in_a_folder(line: Line, tmp_path: Path) -> None:
    with bucket_server(tmp_path / "buckets") as address:
        bucket = Bucket(replace(address, name="not-made-yet"), tmp_path / "arriving")
        line.runtime = replace(line.runtime, storage=bucket)
        await line.sends("audio")
        await line.drain(line.new_fetcher())
        file = await line.file()
        assert (file.state, file.problem) == (
            MediaState.PENDING,
            "no_room: there is no such bucket",
        )
        line.runtime = replace(line.runtime, storage=Bucket(address, tmp_path / "arriving"))
        line.clock.move(timedelta(minutes=1))
        await line.drain(line.new_fetcher())
        file = await line.file()
        assert file.state is MediaState.READY
        for form in (file.sha256, file.playable_sha256):
            assert hashlib.sha256(await line.bytes_of(form)).hexdigest() == form
    assert list((tmp_path / "arriving").iterdir()) == []


async def test_no_file_is_ever_in_the_way_of_its_message(line: Line) -> None:
    """M1: whatever becomes of the file, the message is there, once."""
    line.meta.simulator.faults.set({"media": ["damaged"] * 9, "duplicate": True})
    await line.sends("photo")
    for _ in range(9):
        await line.drain()
        line.clock.move(_HOUR)
    assert (await line.file()).state is MediaState.FAILED
