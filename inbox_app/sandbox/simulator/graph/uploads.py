"""Files uploaded to the simulated Meta: taken and refused by what they are and how large, as Meta
does (docs/whatsapp.md §9)."""

from collections.abc import AsyncIterator

from starlette.datastructures import UploadFile
from starlette.requests import Request

from inbox_app.channels.whatsapp.error_codes import Code
from inbox_app.sandbox.simulator.graph.endpoints import number_of, simulator_of
from inbox_app.sandbox.simulator.graph.errors import Json, SimulatedGraphError

_MB = 1024 * 1024
_HEAD = 16
_CHUNK = 256 * 1024
_MOST_BYTES = {
    "image/jpeg": 5 * _MB,
    "image/png": 5 * _MB,
    "application/pdf": 100 * _MB,
    "video/mp4": 16 * _MB,
    "audio/ogg": 16 * _MB,
}
_BEGINNINGS = {
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/png": (b"\x89PNG",),
    "application/pdf": (b"%PDF-",),
}


async def upload(request: Request) -> Json:
    """A file by its form; the id under which it can be shown."""
    number_of(request)
    async with request.form() as form:
        if form.get("messaging_product") != "whatsapp":
            raise _missing("messaging_product")
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise _missing("file")
        mime_type = str(form.get("type") or file.content_type or "")
        _check(mime_type, file.size or 0, await file.read(_HEAD))
        await file.seek(0)
        kept = await simulator_of(request).media.receive(_chunks(file), mime_type)
    return {"id": kept.id}


async def _chunks(file: UploadFile) -> AsyncIterator[bytes]:
    while chunk := await file.read(_CHUNK):
        yield chunk


def _check(mime_type: str, size: int, head: bytes) -> None:
    most = _MOST_BYTES.get(mime_type)
    if most is None:
        details = f"Param file must be a file with one of the supported types, not {mime_type}."
        raise SimulatedGraphError(Code.INVALID_PARAMETER, details)
    if not 0 < size <= most:
        raise SimulatedGraphError(
            Code.INVALID_PARAMETER, f"Param file has {size} bytes, of {most}."
        )
    if not head.startswith(_BEGINNINGS.get(mime_type, (b"",))):
        raise SimulatedGraphError(Code.MEDIA_UPLOAD_FAILED, f"The file is no {mime_type}.")


def _missing(name: str) -> SimulatedGraphError:
    return SimulatedGraphError(Code.PARAMETER_MISSING, f"The parameter {name} is required.")
