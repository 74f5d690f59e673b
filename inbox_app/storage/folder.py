"""Files in a folder of this machine; the disk is only touched by threads."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import IO

from inbox_app.storage.arrival import Arrival, arriving
from inbox_app.storage.base import (
    CHUNK,
    MissingFileError,
    StoredFile,
    checked,
    is_name,
    place_of,
    portions,
)


class Folder:
    """``root/ab/cd/abcd…``. What is still being written lies in ``root/arriving``."""

    def __init__(self, root: Path) -> None:
        self._root, self._arriving = root, root / "arriving"
        self._settling = Lock()
        """Held where a file gets its name, and where its age decides that it goes."""

    async def put(self, chunks: AsyncIterator[bytes], *, limit: int) -> StoredFile:
        async with arriving(self._arriving, chunks, limit) as arrival:
            await asyncio.to_thread(self._settle, arrival)
            return arrival.stored

    async def size(self, sha256: str) -> int:
        path = self._path(checked(sha256))
        try:
            return (await asyncio.to_thread(path.stat)).st_size
        except FileNotFoundError:
            raise MissingFileError(sha256) from None

    async def read(
        self, sha256: str, start: int = 0, stop: int | None = None
    ) -> AsyncIterator[bytes]:
        source = await asyncio.to_thread(self._open, checked(sha256), start)
        left = -1 if stop is None else max(stop - start, 0)
        try:
            while left:
                wanted = CHUNK if left < 0 else min(CHUNK, left)
                chunk = await asyncio.to_thread(source.read, wanted)
                if not chunk:
                    return
                left = left - len(chunk) if left > 0 else left
                yield chunk
        finally:
            source.close()

    @asynccontextmanager
    async def on_disk(self, sha256: str) -> AsyncIterator[Path]:
        await self.size(sha256)
        yield self._path(sha256)

    async def delete(self, sha256: str) -> None:
        await asyncio.to_thread(self._path(checked(sha256)).unlink, missing_ok=True)

    async def older_than(self, moment: datetime) -> AsyncIterator[list[str]]:
        for shelf in await asyncio.to_thread(self._shelves):
            for names in portions(await asyncio.to_thread(_older_than, shelf, moment)):
                yield names

    async def delete_if_older(self, sha256: str, moment: datetime) -> bool:
        return await asyncio.to_thread(self._delete_if_older, checked(sha256), moment)

    def _path(self, sha256: str) -> Path:
        return self._root / place_of(sha256)

    def _shelves(self) -> list[Path]:
        """The outermost folders, each with a 256th of all."""
        return sorted(self._root.glob("[0-9a-f][0-9a-f]"))

    def _open(self, sha256: str, start: int) -> IO[bytes]:
        try:
            source = self._path(sha256).open("rb")
        except FileNotFoundError:
            raise MissingFileError(sha256) from None
        source.seek(start)
        return source

    def _settle(self, arrival: Arrival) -> None:
        """Under its name, and the name safe on the disk as the file is."""
        path = self._path(arrival.stored.sha256)
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._settling:
            arrival.path.replace(path)
        for folder in (path.parent, path.parent.parent, path.parent.parent.parent):
            _sync(folder)

    def _delete_if_older(self, sha256: str, moment: datetime) -> bool:
        path = self._path(sha256)
        with self._settling, suppress(FileNotFoundError):
            if _changed_at(path) < moment:
                path.unlink()
                return True
        return False


def _older_than(shelf: Path, moment: datetime) -> list[str]:
    found: list[str] = []
    for file in shelf.glob("??/*"):
        with suppress(FileNotFoundError):
            if is_name(file.name) and _changed_at(file) < moment:
                found.append(file.name)
    return found


def _changed_at(file: Path) -> datetime:
    return datetime.fromtimestamp(file.stat().st_mtime, UTC)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
