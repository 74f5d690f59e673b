"""What a place for files has to do. A file is named by the SHA-256 of its bytes, so the same one
sent twice lies there once, and what lies there never changes."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

CHUNK = 256 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class StoredFile:
    """What was put there; ``sha256`` is lower-case hex, and its name."""

    sha256: str
    size: int


class MissingFileError(LookupError):
    """There is no file of that name."""


class TooLargeError(Exception):
    """There was more than was allowed; nothing of it is kept."""


class Storage(Protocol):
    """Bytes by their hash. What goes wrong with the disk or the wire is raised as ``OSError``."""

    async def put(self, chunks: AsyncIterator[bytes], *, limit: int) -> StoredFile:
        """Keep what ``chunks`` gives: all of it, and safe from a loss of power, or nothing.

        Raises ``TooLargeError`` for more than ``limit`` bytes, and whatever ``chunks`` raises.
        """
        ...

    async def size(self, sha256: str) -> int:
        """In bytes. Raises ``MissingFileError``."""
        ...

    def read(self, sha256: str, start: int = 0, stop: int | None = None) -> AsyncIterator[bytes]:
        """The bytes from ``start`` up to but without ``stop``, in small pieces.

        Raises ``MissingFileError`` before the first.
        """
        ...

    def on_disk(self, sha256: str) -> AbstractAsyncContextManager[Path]:
        """The file where other programs can read it, meanwhile. Raises ``MissingFileError``."""
        ...

    async def delete(self, sha256: str) -> None:
        """Forget the file, if it is there. Who calls knows that nothing else refers to it."""
        ...


def checked(sha256: str) -> str:
    """Raises ``MissingFileError`` for what cannot be a name: it never becomes part of a path."""
    if not _SHA256.fullmatch(sha256):
        raise MissingFileError(sha256)
    return sha256


async def chunks_of(file: Path) -> AsyncIterator[bytes]:
    """A file of this machine, as ``Storage.put`` takes it."""
    source = await asyncio.to_thread(file.open, "rb")
    try:
        while chunk := await asyncio.to_thread(source.read, CHUNK):
            yield chunk
    finally:
        source.close()
