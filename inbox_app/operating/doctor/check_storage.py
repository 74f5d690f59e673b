"""Whether files can be kept, and lie where they are looked for."""

import secrets
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

from sqlmodel import col, select

from inbox_app import clock
from inbox_app.config.setting_values import is_loopback
from inbox_app.models import Media, MediaState
from inbox_app.operating.doctor.findings import Finding
from inbox_app.runtime import Runtime
from inbox_app.storage import MissingFileError, Storage

_MEND = "docs/operations.md, Files: what STORAGE_URL and its key must be."


async def storage_works(runtime: Runtime) -> AsyncIterator[Finding]:
    """Writes a few bytes, finds, reads and deletes them."""
    endpoint = urlsplit(runtime.settings.storage_endpoint or "")
    if endpoint.scheme == "http" and not is_loopback(endpoint.hostname or ""):
        yield Finding(
            "STORAGE_ENDPOINT is not https: people's files travel in the clear.",
            "Give it a certificate, unless the network between is yours alone.",
            note=True,
        )
    try:
        wrong = await _tried(runtime.storage)
    except OSError as error:
        wrong = error.strerror or type(error).__name__
    if wrong:
        yield Finding(f"Files cannot be kept at STORAGE_URL: {wrong}.", _MEND)


async def files_are_there(runtime: Runtime) -> AsyncIterator[Finding]:
    """Looks for the newest: where that is missing, STORAGE_URL names another place than before."""
    query = select(col(Media.sha256)).where(col(Media.state) == MediaState.READY)
    async with runtime.database.reading() as session:
        newest = (await session.exec(query.order_by(col(Media.id).desc()).limit(1))).first()
    try:
        if newest:
            await runtime.storage.size(newest)
    except MissingFileError:
        yield Finding(
            "The newest file is not at STORAGE_URL: was it another before?",
            "Name the place where files lay, or copy them to the new one; both are laid out alike.",
        )
    except OSError:  # said already
        return


async def _tried(storage: Storage) -> str:
    async def probe() -> AsyncIterator[bytes]:
        yield written

    written = b"doctor " + secrets.token_bytes(32)
    name = (await storage.put(probe(), limit=len(written))).sha256
    read = b"".join([piece async for piece in storage.read(name)])
    await anext(storage.older_than(clock.real_now()), None)
    await storage.delete(name)
    try:
        await storage.size(name)
    except MissingFileError:
        return "" if read == written else "what was written there reads otherwise"
    return "what was deleted is still there"
