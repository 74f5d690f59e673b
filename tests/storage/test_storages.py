"""Files in a folder and in a bucket: whole or not there, named by what they are (M3)."""

import hashlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from inbox_app.storage import MissingFileError, Storage, TooLargeError, chunks_of
from tests.storage.pieces import given, whole

pytestmark = pytest.mark.anyio

_MIB = 1024 * 1024
_SAID = b"hello " * 500_000
_NEVER = "0" * 64


def _named(storage: Storage) -> AsyncIterator[list[str]]:
    return storage.older_than(datetime.now(UTC) + timedelta(hours=1))


async def _all_names(names: AsyncIterator[list[str]]) -> list[str]:
    return [name async for some in names for name in some]


def _files(root: Path) -> list[Path]:
    return [file for file in root.rglob("*") if file.is_file()]


async def test_what_is_put_there_is_named_by_its_hash_and_read_back(storage: Storage) -> None:
    stored = await storage.put(given([_SAID[:7], b"", _SAID[7:]]), limit=9 * _MIB)
    assert stored.sha256 == hashlib.sha256(_SAID).hexdigest()
    assert stored.size == await storage.size(stored.sha256) == len(_SAID)
    assert await whole(storage.read(stored.sha256)) == _SAID
    assert await _all_names(_named(storage)) == [stored.sha256]


async def test_nothing_is_kept_as_nothing(storage: Storage) -> None:
    stored = await storage.put(given([]), limit=9)
    assert (stored.size, await whole(storage.read(stored.sha256))) == (0, b"")


async def test_the_same_twice_lies_there_once(storage: Storage) -> None:
    first = await storage.put(given([b"a", b"b"]), limit=9)
    assert await storage.put(given([b"ab"]), limit=9) == first
    assert await _all_names(_named(storage)) == [first.sha256]


@pytest.mark.parametrize(
    ("start", "stop"),
    [
        (0, 1),
        (5, 5),
        (7, 2),
        (300_000, 2_300_007),
        (2_999_999, None),
        (3_000_000, None),
        (0, 9**9),
    ],
)
async def test_a_part_can_be_read(storage: Storage, start: int, stop: int | None) -> None:
    stored = await storage.put(given([_SAID]), limit=9 * _MIB)
    assert await whole(storage.read(stored.sha256, start, stop)) == _SAID[start:stop]


async def test_more_than_allowed_is_not_kept(storage: Storage, tmp_path: Path) -> None:
    with pytest.raises(TooLargeError):
        await storage.put(given([b"y" * 6, b"y" * 5]), limit=10)
    assert _files(tmp_path) == []
    assert (await storage.put(given([b"x" * 10]), limit=10)).size == 10
    assert len(await _all_names(_named(storage))) == 1


async def test_what_breaks_off_is_not_kept(storage: Storage, tmp_path: Path) -> None:
    async def breaking_off() -> AsyncIterator[bytes]:
        yield b"z" * 3 * _MIB
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await storage.put(breaking_off(), limit=9 * _MIB)
    assert await _all_names(_named(storage)) == []
    assert _files(tmp_path) == []


async def test_other_programs_read_it_and_leave_nothing_behind(
    storage: Storage, tmp_path: Path
) -> None:
    stored = await storage.put(given([_SAID]), limit=9 * _MIB)
    before = _files(tmp_path)
    async with storage.on_disk(stored.sha256) as file:
        assert file.read_bytes() == _SAID
        assert file.stat().st_mode & 0o077 == 0
    assert _files(tmp_path) == before


async def test_what_is_deleted_is_gone_and_may_be_deleted_again(storage: Storage) -> None:
    stored = await storage.put(given([b"x"]), limit=1)
    await storage.delete(stored.sha256)
    await storage.delete(stored.sha256)
    with pytest.raises(MissingFileError):
        await storage.size(stored.sha256)


@pytest.mark.parametrize("name", ["", "../../secret_key", "0" * 63, "A" * 64, _NEVER])
async def test_what_is_no_name_of_a_file_there_is_missing(storage: Storage, name: str) -> None:
    with pytest.raises(MissingFileError):
        await whole(storage.read(name))
    with pytest.raises(MissingFileError):
        async with storage.on_disk(name):
            pass


async def test_a_file_of_this_machine_can_be_put_there(storage: Storage, tmp_path: Path) -> None:
    (tmp_path / "given").write_bytes(_SAID)
    stored = await storage.put(chunks_of(tmp_path / "given"), limit=9 * _MIB)
    assert stored.sha256 == hashlib.sha256(_SAID).hexdigest()


async def test_only_what_is_old_enough_is_listed_and_goes(storage: Storage) -> None:
    stored = await storage.put(given([b"x"]), limit=1)
    now = datetime.now(UTC)
    earlier, later = now - timedelta(hours=1), now + timedelta(hours=1)
    assert await _all_names(storage.older_than(earlier)) == []
    assert not await storage.delete_if_older(stored.sha256, earlier)
    assert await storage.size(stored.sha256) == 1
    assert await storage.delete_if_older(stored.sha256, later)
    assert not await storage.delete_if_older(stored.sha256, later)
    with pytest.raises(MissingFileError):
        await storage.size(stored.sha256)


async def test_an_empty_place_has_no_names(storage: Storage) -> None:
    assert await _all_names(_named(storage)) == []
