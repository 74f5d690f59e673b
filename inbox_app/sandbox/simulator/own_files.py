"""What a person sends of their own files, as WhatsApp tells of it: the kind by what is in them,
never by their names (docs/whatsapp.md §9)."""

from typing import Any

from inbox_app.channels.whatsapp.error_codes import Code
from inbox_app.domain.files.file_types import UNKNOWN, content_type
from inbox_app.sandbox.simulator.graph.errors import error_text
from inbox_app.sandbox.simulator.media_store import KeptFile
from inbox_app.sandbox.simulator.samples import Sample, of_file

MOST_BYTES = 100 * 1024 * 1024
"""A business is told of a larger one, and gets nothing of it."""
_KINDS = {
    "image/jpeg": "image",
    "image/png": "image",
    "image/webp": "sticker",
    "video/mp4": "video",
    "video/3gpp": "video",
    "audio/aac": "audio",
    "audio/amr": "audio",
    "audio/mpeg": "audio",
    "audio/mp4": "audio",
    "audio/ogg": "audio",
}
"""Anything else goes as a document."""
_WITH_CAPTION = {"image", "video", "document"}


def mime_type(head: bytes, claimed: str = "") -> str:
    """Of a file that begins with `head`; what the phone claims of one that is not known."""
    found = content_type(head)
    if found == UNKNOWN:
        return claimed or UNKNOWN
    return f"{found}; codecs=opus" if _is_voice(head) else found


def own_file(kept: KeptFile, head: bytes, name: str, caption: str = "") -> Sample:
    """A message that shows it."""
    kind = _kind(head)
    more: dict[str, Any] = {}
    if kind == "document":
        more["filename"] = name
    if kind == "audio":
        more["voice"] = _is_voice(head)
    if kind == "sticker":
        more["animated"] = _is_animated(head)
    return of_file(kept, kind, caption if kind in _WITH_CAPTION else "", **more)


def lost_file(head: bytes, name: str) -> Sample:
    """What a business is told of one that is too large to get through."""
    error = error_text(Code.MEDIA_DOWNLOAD_FAILED)
    errors = [{"code": Code.MEDIA_DOWNLOAD_FAILED, "title": error.title, "message": error.title}]
    kind = _kind(head)
    return Sample({"type": kind, kind: {"mime_type": mime_type(head)}, "errors": errors}, name)


def _kind(head: bytes) -> str:
    return _KINDS.get(content_type(head), "document")


def _is_voice(head: bytes) -> bool:
    """Opus is what phones record."""
    return head.startswith(b"OggS") and b"OpusHead" in head


def _is_animated(head: bytes) -> bool:
    return head[12:16] == b"VP8X" and bool(head[20] & 2)
