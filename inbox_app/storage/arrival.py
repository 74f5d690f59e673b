"""What is on its way into a storage: on the disk of this machine until it is whole, because only
then its name is known."""

import asyncio
import hashlib
import os
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from inbox_app.storage.base import StoredFile, TooLargeError

_BUFFER = 1024 * 1024
_LEFT_OVER_SECONDS = 24 * 3600


class Arrival:
    """A file under way: nobody sees it before it is whole."""

    def __init__(self, folder: Path) -> None:
        # What lies in it is kept from others by the outermost folder alone.
        folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.mkdir(exist_ok=True)
        _forget_left_overs(folder)
        descriptor, name = tempfile.mkstemp(dir=folder)
        self._file, self.path = os.fdopen(descriptor, "wb"), Path(name)
        self._digest, self._size = hashlib.sha256(), 0

    @property
    def stored(self) -> StoredFile:
        return StoredFile(self._digest.hexdigest(), self._size)

    def write(self, piece: bytes) -> None:
        self._file.write(piece)
        self._digest.update(piece)
        self._size += len(piece)

    def sync(self) -> None:
        """Safe on the disk."""
        self._file.flush()
        os.fsync(self._file.fileno())

    def forget(self) -> None:
        self._file.close()
        self.path.unlink(missing_ok=True)


@asynccontextmanager
async def arriving(
    folder: Path, chunks: AsyncIterator[bytes], limit: int
) -> AsyncIterator[Arrival]:
    """All of ``chunks``, in ``folder`` meanwhile. Raises ``TooLargeError``, and what they raise."""
    arrival = await asyncio.to_thread(Arrival, folder)
    try:
        async for piece in _in_large_pieces(chunks, limit):
            await asyncio.to_thread(arrival.write, piece)
        await asyncio.to_thread(arrival.sync)
        yield arrival
    finally:
        await asyncio.to_thread(arrival.forget)


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


def _forget_left_overs(folder: Path) -> None:
    """Of processes that were killed while they wrote."""
    for file in folder.iterdir():
        with suppress(FileNotFoundError):
            if file.stat().st_mtime < time.time() - _LEFT_OVER_SECONDS:
                file.unlink()
