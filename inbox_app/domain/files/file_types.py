"""What a file is, by its first bytes: never by its name, nor by what its sender claims (M3).

An own table rather than a library: these say what may be shown inside a page, so what is not in it
is a download, and nothing becomes showable because a library has learned to recognise it.
"""

from collections.abc import Callable

HEAD = 4096
"""So many bytes of the beginning tell."""

UNKNOWN = "application/octet-stream"
WHAT_BROWSERS_SHOW = frozenset(
    {
        "image/jpeg",
        "image/png",
        "image/gif",
        "image/webp",
        "image/avif",
        "video/mp4",
        "video/3gpp",
        "video/quicktime",
        "video/webm",
        "audio/ogg",
        "audio/mpeg",
        "audio/mp4",
        "audio/aac",
        "audio/amr",
        "audio/wav",
        "application/pdf",
    }
)
"""Nothing that carries a script that a page would run. All else is a download."""

_NAMED_BY_THEIR_SENDERS = frozenset(
    {
        "application/msword",
        "application/vnd.ms-excel",
        "application/vnd.ms-powerpoint",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "application/vnd.oasis.opendocument.text",
        "application/vnd.oasis.opendocument.spreadsheet",
        "application/zip",
        "text/plain",
        "text/csv",
        "text/calendar",
        "text/vcard",
    }
)
"""Downloads whose claimed type is kept, for the program that opens them: harmless if wrong."""

_BEGINNINGS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"#!AMR", "audio/amr"),
    (b"\x1aE\xdf\xa3", "video/webm"),
)
_BRANDS = {
    b"avif": "image/avif",
    b"avis": "image/avif",
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heic",
    b"msf1": "image/heic",
    b"M4A ": "audio/mp4",
    b"M4B ": "audio/mp4",
    b"qt  ": "video/quicktime",
}


def content_type(head: bytes, claimed: str = "") -> str:
    """Of a file that begins with ``head``; ``claimed`` counts for harmless downloads alone."""
    for look in _LOOKS:
        if found := look(head):
            return found
    kind = claimed.partition(";")[0].strip().lower()
    return kind if kind in _NAMED_BY_THEIR_SENDERS else UNKNOWN


def _by_beginning(head: bytes) -> str:
    return next((kind for beginning, kind in _BEGINNINGS if head.startswith(beginning)), "")


def _in_riff(head: bytes) -> str:
    known = {b"WEBP": "image/webp", b"WAVE": "audio/wav"}
    return known.get(head[8:12], "") if head.startswith(b"RIFF") else ""


def _by_brand(head: bytes) -> str:
    if head[4:8] != b"ftyp":
        return ""
    brand = head[8:12]
    return _BRANDS.get(brand, "video/3gpp" if brand.startswith(b"3g") else "video/mp4")


def _by_frame(head: bytes) -> str:
    """Sounds that begin with their first frame: eleven or twelve set bits, then the layer."""
    if len(head) < 2 or head[0] != 0xFF:
        return ""
    if head[1] & 0xF6 == 0xF0:
        return "audio/aac"
    return "audio/mpeg" if head[1] & 0xE6 == 0xE2 else ""


_LOOKS: tuple[Callable[[bytes], str], ...] = (_by_beginning, _in_riff, _by_brand, _by_frame)
