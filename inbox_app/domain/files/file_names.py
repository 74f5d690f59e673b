"""What a file is called when it is saved: what its sender called it, made harmless (M3)."""

import re
from pathlib import PurePosixPath
from urllib.parse import quote

MOST = 120
"""Characters; file systems take twice as many bytes, and few names in any script need them."""
_EXTENSIONS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/avif": ".avif",
    "image/heic": ".heic",
    "video/mp4": ".mp4",
    "video/3gpp": ".3gp",
    "video/quicktime": ".mov",
    "video/webm": ".webm",
    "audio/ogg": ".ogg",
    "audio/mpeg": ".mp3",
    "audio/mp4": ".m4a",
    "audio/aac": ".aac",
    "audio/amr": ".amr",
    "audio/wav": ".wav",
    "application/pdf": ".pdf",
}
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""Among them what turns the direction: «invoice\u202efdp.exe» would be read as a PDF."""
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|]+')


def save_as(given: str, content_type: str, number: int) -> str:
    """A name for a file that its sender called ``given``, or not at all."""
    name = _NOT_IN_NAMES.sub("_", _UNSEEN.sub("", given)).strip(" .")
    extension = _EXTENSIONS.get(content_type, "")
    if not name:
        return f"{content_type.partition('/')[0]}-{number}{extension or '.bin'}"
    path = PurePosixPath(name)
    kept = path.suffix if len(path.suffix) <= 10 else ""
    stem = name.removesuffix(kept)
    return stem[: MOST - len(kept)].strip() + kept


def disposition(name: str, *, download: bool) -> str:
    """The Content-Disposition header, for browsers old and new (RFC 6266)."""
    kind = "attachment" if download else "inline"
    plain = re.sub(r"[^A-Za-z0-9 ._-]", "_", name)
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
