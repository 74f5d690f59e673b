"""Bodies of requests, read within bounds: of size, of time, and of what all hold at once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus

from starlette.types import Receive

RETRY_AFTER_SECONDS = 5
_MAX_IN_FLIGHT_BYTES = 64 * 1024 * 1024
_UNCOUNTED_BYTES = 16 * 1024
"""Of each body, as many bytes are not counted: what Meta usually sends is smaller, and comes in
while somebody fills the rest. How many requests there are at once the server bounds."""
_THROWN_AWAY = 10
"""So many times the allowed size is read and thrown away, so that whoever sends too much gets to
read our answer."""


class BodyError(Exception):
    """There is no body to work with; `status` is the answer."""

    def __init__(self, status: HTTPStatus, detail: str) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail

    @property
    def headers(self) -> dict[str, str]:
        """What the answer carries besides: nothing more is read from this connection."""
        later = {"retry-after": str(RETRY_AFTER_SECONDS)} if self.status == 503 else {}
        return {"connection": "close"} | later


@dataclass(slots=True, eq=False)
class InFlight:
    """What the bodies that are being read or worked with hold; one for each process."""

    max_bytes: int = _MAX_IN_FLIGHT_BYTES
    held_bytes: int = 0


IN_FLIGHT = InFlight()


@dataclass(frozen=True, slots=True)
class BodyReader:
    """Reads bodies of one kind of request: so large at most, and sent within so many seconds."""

    max_bytes: int
    seconds: float = 20.0
    in_flight: InFlight = IN_FLIGHT

    @asynccontextmanager
    async def read(self, receive: Receive, declared: str | None = None) -> AsyncIterator[bytes]:
        """The whole body, for as long as it is worked with. `declared` is its `Content-Length`.

        Raises:
            BodyError: it is too large (413), too slow (408), broken off (400), or there is no room
                for it now (503).
        """
        if declared and declared.isdecimal() and self._is_endless(int(declared)):
            raise self._too_large()
        share = _Share(self.in_flight)
        try:
            yield await self._whole(receive, share)
        finally:
            share.give_back()

    async def _whole(self, receive: Receive, share: "_Share") -> bytes:
        try:
            async with asyncio.timeout(self.seconds):
                return await self._collect(receive, share)
        except TimeoutError:
            raise BodyError(HTTPStatus.REQUEST_TIMEOUT, "The body came too slowly.") from None

    async def _collect(self, receive: Receive, share: "_Share") -> bytes:
        content, size, more = bytearray(), 0, True
        while more and not self._is_endless(size):
            message = await receive()
            if message["type"] == "http.disconnect":
                raise BodyError(HTTPStatus.BAD_REQUEST, "The request ended before its body.")
            chunk = message.get("body", b"")
            size += len(chunk)
            if size > self.max_bytes:
                content.clear()
                share.give_back()
            else:
                share.grow_to(size)
                content += chunk
            more = message.get("more_body", False)
        if size > self.max_bytes:
            raise self._too_large()
        return bytes(content)

    def _is_endless(self, size: int) -> bool:
        return size > _THROWN_AWAY * self.max_bytes

    def _too_large(self) -> BodyError:
        detail = f"At most {self.max_bytes} bytes are taken."
        return BodyError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail)


@dataclass(slots=True)
class _Share:
    """What one body has of the room."""

    of: InFlight
    held_bytes: int = 0

    def grow_to(self, size: int) -> None:
        more = max(0, size - _UNCOUNTED_BYTES) - self.held_bytes
        if more > 0 and self.of.held_bytes + more > self.of.max_bytes:
            raise BodyError(HTTPStatus.SERVICE_UNAVAILABLE, "Too much is being sent at once.")
        self.held_bytes += more
        self.of.held_bytes += more

    def give_back(self) -> None:
        self.of.held_bytes -= self.held_bytes
        self.held_bytes = 0
