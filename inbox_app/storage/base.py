"""What a place for files has to do. A file is named by the SHA-256 of its bytes, so the same one
sent twice lies there once, and what lies there never changes."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

CHUNK = 256 * 1024
_PORTION = 500
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
    """Bytes by their hash. What goes wrong with the disk or the wire is raised as ``OSError``; its
    ``strerror`` may be shown to an operator."""

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

    def older_than(self, moment: datetime) -> AsyncIterator[list[str]]:
        """The names of what was last put there before ``moment``, some at a time."""
        ...

    async def delete_if_older(self, sha256: str, moment: datetime) -> bool:
        """Forget the file unless somebody has put it there anew since; answers whether it went."""
        ...


def is_name(text: str) -> bool:
    """Whether a file may be called so."""
    return _SHA256.fullmatch(text) is not None


def place_of(sha256: str) -> str:
    """Where a file lies below the outermost place: alike in all of them, so that what is copied
    from one into another is found there."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def portions(names: Sequence[str]) -> Iterator[list[str]]:
    """As many at a time as one query may name."""
    return (list(names[at : at + _PORTION]) for at in range(0, len(names), _PORTION))


def checked(sha256: str) -> str:
    """Raises ``MissingFileError`` for what cannot be a name: it never becomes part of a path."""
    if not is_name(sha256):
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
