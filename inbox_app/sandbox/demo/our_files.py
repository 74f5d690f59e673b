"""The files that the demo company has sent, prepared as those of a person are."""

import asyncio

from inbox_app.channels.registry import channel_of
from inbox_app.channels.whatsapp.channel import WHATSAPP
from inbox_app.domain.files.outgoing_files import OutgoingFile
from inbox_app.runtime import Runtime
from inbox_app.sandbox.simulator.media_store import SAMPLES
from inbox_app.storage import chunks_of
from inbox_app.workflows.prepare_file import prepare_file

OUR_FILES = {"photo": "photo.jpg", "document": "document.pdf"}
"""By the names of the samples."""
_NAMES = {"photo": "sentiero.jpg", "document": "Hausordnung.pdf"}


async def our_files(runtime: Runtime) -> dict[str, OutgoingFile]:
    """Kept in the storage."""
    prepared = await asyncio.gather(*(_prepared(runtime, kind) for kind in OUR_FILES))
    return dict(zip(OUR_FILES, prepared, strict=True))


async def _prepared(runtime: Runtime, kind: str) -> OutgoingFile:
    chunks = chunks_of(SAMPLES / OUR_FILES[kind])
    return await prepare_file(runtime, chunks, _NAMES[kind], channel_of(WHATSAPP))
