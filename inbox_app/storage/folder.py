"""Files in a folder of this machine; the disk is only touched by threads."""

import asyncio
import hashlib
import os
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import IO

from inbox_app.storage.base import CHUNK, MissingFileError, StoredFile, TooLargeError, checked

_BUFFER = 1024 * 1024
_LEFT_OVER_SECONDS = 24 * 3600


class Folder:
    """``root/ab/cd/abcd…``. What is still being written lies in ``root/arriving``."""

    def __init__(self, root: Path) -> None:
        self._root, self._arriving = root, root / "arriving"

    async def put(self, chunks: AsyncIterator[bytes], *, limit: int) -> StoredFile:
        arrival = await asyncio.to_thread(_Arrival, self._arriving)
        try:
            async for piece in _in_large_pieces(chunks, limit):
                await asyncio.to_thread(arrival.write, piece)
            await asyncio.to_thread(arrival.settle, self._path)
        finally:
            await asyncio.to_thread(arrival.forget)
        return StoredFile(arrival.digest.hexdigest(), arrival.size)

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

    def _path(self, sha256: str) -> Path:
        return self._root / sha256[:2] / sha256[2:4] / sha256

    def _open(self, sha256: str, start: int) -> IO[bytes]:
        try:
            source = self._path(sha256).open("rb")
        except FileNotFoundError:
            raise MissingFileError(sha256) from None
        source.seek(start)
        return source


class _Arrival:
    """A file under way: nobody sees it before it is whole."""

    def __init__(self, folder: Path) -> None:
        # What lies in it is kept from others by the outermost folder alone.
        folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.mkdir(exist_ok=True)
        _forget_left_overs(folder)
        descriptor, name = tempfile.mkstemp(dir=folder)
        self._file, self._scratch = os.fdopen(descriptor, "wb"), Path(name)
        self.digest, self.size = hashlib.sha256(), 0

    def write(self, piece: bytes) -> None:
        self._file.write(piece)
        self.digest.update(piece)
        self.size += len(piece)

    def settle(self, path_of: Callable[[str], Path]) -> None:
        """Under its name once it is safe on the disk, and the name too."""
        self._file.flush()
        os.fsync(self._file.fileno())
        path = path_of(self.digest.hexdigest())
        path.parent.mkdir(parents=True, exist_ok=True)
        self._scratch.replace(path)
        for folder in (path.parent, path.parent.parent, path.parent.parent.parent):
            _sync(folder)

    def forget(self) -> None:
        self._file.close()
        self._scratch.unlink(missing_ok=True)


async def _in_large_pieces(chunks: AsyncIterator[bytes], limit: int) -> AsyncIterator[bytes]:
    """Fewer ways to the disk and back. Raises ``TooLargeError``."""
    buffer, size = bytearray(), 0
    async for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise TooLargeError
        buffer += chunk
        if len(buffer) >= _BUFFER:
            yield bytes(buffer)
            buffer.clear()
    yield bytes(buffer)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _forget_left_overs(folder: Path) -> None:
    """Of processes that were killed while they wrote."""
    for file in folder.iterdir():
        with suppress(FileNotFoundError):
            if file.stat().st_mtime < time.time() - _LEFT_OVER_SECONDS:
                file.unlink()
