"""Files in a bucket of Amazon S3 or of what speaks as it does, for several machines.

Nothing that a service answers is passed on but the name of its reason: its words may quote what
was signed, and the key's id.
"""

import errno
import re
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import obstore
from obstore.exceptions import BaseError, PermissionDeniedError, UnauthenticatedError
from obstore.store import S3Store

from inbox_app.storage.arrival import arriving
from inbox_app.storage.base import (
    MissingFileError,
    StoredFile,
    checked,
    is_name,
    place_of,
    portions,
)

if TYPE_CHECKING:
    from obstore.store import S3Config

_PIECE = 2 * 1024 * 1024
_PART = 5 * 1024 * 1024
"""The least that S3 takes as a part of a larger file."""
_NO_BUCKET = "NoSuchBucket"
_REFUSED = (PermissionDeniedError, UnauthenticatedError)
_FORBIDDEN = "403 Forbidden"
"""What the library tells of a list that is refused."""
_REASON = re.compile(r"<Code>(\w{1,60})</Code>|\(code: (\w{1,60})\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class BucketAddress:
    """``prefix`` without slashes around it; without ``endpoint`` it is Amazon's."""

    name: str
    prefix: str
    endpoint: str | None
    region: str
    key_id: str = field(repr=False)
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Patience:
    """For how long one call of the service may take, and how often it is made again."""

    connect: timedelta = timedelta(seconds=5)
    answer: timedelta = timedelta(seconds=30)
    tries: int = 2


class Bucket:
    """``prefix/ab/cd/abcd…``. What is still being written lies in ``scratch``, on this machine."""

    def __init__(
        self, address: BucketAddress, scratch: Path, patience: Patience | None = None
    ) -> None:
        self._store, self._scratch = _store(address, patience or Patience()), scratch

    async def put(self, chunks: AsyncIterator[bytes], *, limit: int) -> StoredFile:
        async with arriving(self._scratch, chunks, limit) as arrival:
            with _in_our_words():
                await obstore.put_async(
                    self._store,
                    place_of(arrival.stored.sha256),
                    arrival.path,
                    chunk_size=_PART,
                    max_concurrency=1,
                )
            return arrival.stored

    async def size(self, sha256: str) -> int:
        try:
            with _in_our_words():
                return (await obstore.head_async(self._store, place_of(checked(sha256))))["size"]
        except FileNotFoundError:
            await self._check_bucket(sha256)
            raise MissingFileError(sha256) from None

    async def read(
        self, sha256: str, start: int = 0, stop: int | None = None
    ) -> AsyncIterator[bytes]:
        """Piece by piece, each a call of its own: a slow reader keeps no connection waiting."""
        size = await self.size(sha256)
        at, stop = start, size if stop is None else min(stop, size)
        while at < stop:
            end = min(at + _PIECE, stop)
            yield await self._piece(sha256, at, end)
            at = end

    @asynccontextmanager
    async def on_disk(self, sha256: str) -> AsyncIterator[Path]:
        async with arriving(self._scratch, self.read(sha256), sys.maxsize) as copy:
            yield copy.path

    async def delete(self, sha256: str) -> None:
        with suppress(FileNotFoundError), _in_our_words():
            await obstore.delete_async(self._store, place_of(checked(sha256)))

    async def older_than(self, moment: datetime) -> AsyncIterator[list[str]]:
        with _in_our_words():
            async for listed in obstore.list(self._store):
                old = (each["path"] for each in listed if each["last_modified"] < moment)
                names = [path.rpartition("/")[2] for path in old]
                for some in portions([name for name in names if is_name(name)]):
                    yield some

    async def delete_if_older(self, sha256: str, moment: datetime) -> bool:
        """What comes between the look and the call would go with it: so ``moment`` lies far back,
        and nobody puts there again what has lain there unused for so long at that very instant."""
        try:
            with _in_our_words():
                kept = await obstore.head_async(self._store, place_of(checked(sha256)))
        except FileNotFoundError:
            await self._check_bucket(sha256)
            return False
        if kept["last_modified"] >= moment:
            return False
        await self.delete(sha256)
        return True

    async def _piece(self, sha256: str, at: int, end: int) -> bytes:
        with _in_our_words():
            path = place_of(sha256)
            piece = bytes(await obstore.get_range_async(self._store, path, start=at, end=end))
        if len(piece) != end - at:
            raise OSError(errno.EIO, "the bucket gave less than there is")
        return piece

    async def _check_bucket(self, sha256: str) -> None:
        """A HEAD that finds nothing has no words: a GET tells a file from a bucket that is gone."""
        with suppress(FileNotFoundError), _in_our_words():
            await obstore.get_range_async(self._store, place_of(sha256), start=0, end=1)


def _store(address: BucketAddress, patience: Patience) -> S3Store:
    endpoint: S3Config = {"endpoint": address.endpoint} if address.endpoint else {}
    return S3Store(
        address.name,
        prefix=address.prefix or None,
        config=endpoint,
        region=address.region,
        access_key_id=address.key_id,
        secret_access_key=address.secret,
        disable_bulk_delete=True,
        client_options={
            "allow_http": (address.endpoint or "").startswith("http://"),
            "connect_timeout": patience.connect,
            "timeout": patience.answer,
        },
        retry_config={"max_retries": patience.tries, "retry_timeout": patience.answer},
    )


@contextmanager
def _in_our_words() -> Iterator[None]:
    """Raises ``OSError`` for all that goes wrong, but ``FileNotFoundError`` for a missing file."""
    try:
        yield
    except (FileNotFoundError, BaseError) as error:
        told = str(error)
        if _NO_BUCKET in told:
            raise OSError(errno.EIO, "there is no such bucket") from None
        if isinstance(error, FileNotFoundError):
            raise
        if isinstance(error, _REFUSED) or _FORBIDDEN in told:
            raise OSError(errno.EACCES, f"the bucket refuses the key{_reason(told)}") from None
        raise OSError(errno.EIO, f"the bucket does not answer{_reason(told)}") from None


def _reason(told: str) -> str:
    found = _REASON.search(told)
    return f" ({found[1] or found[2]})" if found else ""
