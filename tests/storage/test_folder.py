"""The folder of files: whole or not there, named by what they are (M3)."""

import hashlib
import os
import time
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import pytest

from inbox_app.storage import Folder, MissingFileError, TooLargeError, chunks_of

pytestmark = pytest.mark.anyio

_MIB = 1024 * 1024
_SAID = b"hello " * 100_000


async def _given(pieces: Iterable[bytes]) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece


async def _all(chunks: AsyncIterator[bytes]) -> bytes:
    return b"".join([chunk async for chunk in chunks])


def _files(root: Path) -> list[str]:
    return sorted(file.name for file in root.rglob("*") if file.is_file())


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "media")


async def test_what_is_put_there_is_named_by_its_hash_and_read_back(
    folder: Folder, tmp_path: Path
) -> None:
    stored = await folder.put(_given([_SAID[:7], b"", _SAID[7:]]), limit=_MIB)
    assert stored.sha256 == hashlib.sha256(_SAID).hexdigest()
    assert stored.size == await folder.size(stored.sha256) == len(_SAID)
    assert await _all(folder.read(stored.sha256)) == _SAID
    assert _files(tmp_path) == [stored.sha256]


async def test_the_same_twice_lies_there_once(folder: Folder, tmp_path: Path) -> None:
    first = await folder.put(_given([b"a", b"b"]), limit=9)
    assert await folder.put(_given([b"ab"]), limit=9) == first
    assert _files(tmp_path) == [first.sha256]


@pytest.mark.parametrize(
    ("start", "stop"),
    [(0, 1), (5, 5), (300_000, 300_007), (599_999, None), (600_000, None), (0, 9**9)],
)
async def test_a_part_can_be_read(folder: Folder, start: int, stop: int | None) -> None:
    stored = await folder.put(_given([_SAID]), limit=_MIB)
    assert await _all(folder.read(stored.sha256, start, stop)) == _SAID[start:stop]


async def test_more_than_allowed_is_not_kept(folder: Folder, tmp_path: Path) -> None:
    assert (await folder.put(_given([b"x" * 10]), limit=10)).size == 10
    with pytest.raises(TooLargeError):
        await folder.put(_given([b"y" * 6, b"y" * 5]), limit=10)
    assert len(_files(tmp_path)) == 1


async def test_what_breaks_off_is_not_kept(folder: Folder, tmp_path: Path) -> None:
    async def breaking_off() -> AsyncIterator[bytes]:
        yield b"z" * 3 * _MIB
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await folder.put(breaking_off(), limit=9 * _MIB)
    assert _files(tmp_path) == []


async def test_left_overs_of_killed_processes_go_after_a_day(
    folder: Folder, tmp_path: Path
) -> None:
    arriving = tmp_path / "media" / "arriving"
    arriving.mkdir(parents=True)
    for name, hours in (("old", 25), ("of another process", 1)):
        (arriving / name).write_bytes(b"half")
        then = time.time() - hours * 3600
        os.utime(arriving / name, (then, then))
    await folder.put(_given([b"x"]), limit=1)
    assert [file.name for file in arriving.iterdir()] == ["of another process"]


async def test_what_is_deleted_is_gone_and_may_be_deleted_again(folder: Folder) -> None:
    stored = await folder.put(_given([b"x"]), limit=1)
    await folder.delete(stored.sha256)
    await folder.delete(stored.sha256)
    with pytest.raises(MissingFileError):
        await folder.size(stored.sha256)


@pytest.mark.parametrize("name", ["", "../../secret_key", "0" * 63, "A" * 64, "0" * 64])
async def test_what_is_no_name_of_a_file_there_is_missing(folder: Folder, name: str) -> None:
    with pytest.raises(MissingFileError):
        await _all(folder.read(name))
    with pytest.raises(MissingFileError):
        async with folder.on_disk(name):
            pass


async def test_only_the_user_who_runs_it_may_read_it(folder: Folder, tmp_path: Path) -> None:
    stored = await folder.put(_given([b"private"]), limit=9)
    async with folder.on_disk(stored.sha256) as file:
        assert file.stat().st_mode & 0o077 == 0
    assert (tmp_path / "media").stat().st_mode & 0o077 == 0


async def test_a_file_of_this_machine_can_be_put_there(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "given").write_bytes(_SAID)
    stored = await folder.put(chunks_of(tmp_path / "given"), limit=_MIB)
    assert stored.sha256 == hashlib.sha256(_SAID).hexdigest()
