"""Takes in a file that is to be sent: judged by its first bytes, made to fit, and kept (M2)."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import IO

from inbox_app.channels.base import Channel
from inbox_app.conversion import Converted, convert
from inbox_app.domain.files.outgoing_files import (
    HEAD,
    FileProblem,
    FileRefusedError,
    OutgoingFile,
    check_size,
    kind_of,
    sent_name,
)
from inbox_app.domain.messages import MessageKind
from inbox_app.previews.findings import THUMB
from inbox_app.previews.run import look_into
from inbox_app.runtime import Runtime
from inbox_app.storage import chunks_of

MOST_PHOTO_BYTES = 100 * 1024 * 1024
"""Of one that is made to fit."""


def scratch_folder(data_dir: Path) -> Path:
    """Where files lie while they are prepared, each in a folder of its own."""
    return data_dir / "uploading"


async def prepare_file(
    runtime: Runtime, chunks: AsyncIterator[bytes], name: str, channel: Channel
) -> OutgoingFile:
    """The file as it can be sent by ``channel``, kept in the storage.

    Raises ``FileRefusedError``, and whatever ``chunks`` raises.
    """
    scratch = scratch_folder(runtime.settings.data_dir)
    await asyncio.to_thread(scratch.mkdir, parents=True, exist_ok=True, mode=0o700)
    folder = await asyncio.to_thread(tempfile.TemporaryDirectory, dir=scratch)
    try:
        return await _prepare(runtime, Path(folder.name) / "received", chunks, name, channel)
    finally:
        await asyncio.to_thread(folder.cleanup)


async def _prepare(
    runtime: Runtime, file: Path, chunks: AsyncIterator[bytes], name: str, channel: Channel
) -> OutgoingFile:
    limits = channel.file_limits
    kind = await _receive(file, chunks, channel)
    fits = await convert(kind, file, limits)
    most = limits.photo_bytes if kind is MessageKind.IMAGE else limits.document_bytes
    stored = await runtime.storage.put(chunks_of(fits.path), limit=most)
    return OutgoingFile(
        kind=kind,
        content_type=fits.content_type,
        filename=sent_name(name, fits.content_type),
        sha256=stored.sha256,
        size=stored.size,
        width=fits.width,
        height=fits.height,
        pages=fits.pages,
        thumb_sha256=await _thumb(runtime, file.parent, fits),
    )


async def _thumb(runtime: Runtime, folder: Path, fits: Converted) -> str | None:
    await look_into(fits.path, fits.content_type, folder)
    thumb = folder / THUMB
    if not await asyncio.to_thread(thumb.exists):
        return None
    return (await runtime.storage.put(chunks_of(thumb), limit=MOST_PHOTO_BYTES)).sha256


async def _receive(file: Path, chunks: AsyncIterator[bytes], channel: Channel) -> MessageKind:
    """Write what comes, for as long as it is something that may be sent."""
    target = await asyncio.to_thread(file.open, "wb")
    try:
        return await _write(target, chunks, channel)
    finally:
        await asyncio.to_thread(target.close)


async def _write(target: IO[bytes], chunks: AsyncIterator[bytes], channel: Channel) -> MessageKind:
    head, size = b"", 0
    async for chunk in chunks:
        size += len(chunk)
        if len(head) < HEAD:
            head = (head + chunk)[:HEAD]
        if len(head) == HEAD:
            _check(kind_of(head), size, channel)
        await asyncio.to_thread(target.write, chunk)
    kind = kind_of(head)
    _check(kind, size, channel)
    return kind


def _check(kind: MessageKind, size: int, channel: Channel) -> None:
    check_size(kind, size, channel.file_limits, channel.formats)
    if kind is MessageKind.IMAGE and size > MOST_PHOTO_BYTES:
        raise FileRefusedError(FileProblem.TOO_LARGE)
