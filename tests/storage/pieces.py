"""Bytes as a storage takes and gives them."""

from collections.abc import AsyncIterator, Iterable


async def given(pieces: Iterable[bytes]) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece


async def whole(chunks: AsyncIterator[bytes]) -> bytes:
    return b"".join([chunk async for chunk in chunks])
