"""Which files may be sent: by what is in them, never by their name (M2).

A channel says what it takes of photos and documents; here is what every file is judged by first.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote

from inbox_app.domain.messages import MessageKind, clean_line

HEAD = 4096
"""So many bytes of a file's beginning tell what it is."""
PDF = "application/pdf"
FILES = frozenset({MessageKind.IMAGE, MessageKind.DOCUMENT})
"""The kinds of message that show a file of ours."""
_PDF_WITHIN = 1024
"""Readers take what stands before a PDF's own beginning for rubbish."""
_MAX_NAME = 120
_MAX_QUOTED = 4000


class FileProblem(StrEnum):
    """Why a file cannot be sent; each has its sentence on screen, and what would work instead."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    VIDEO = "video"
    AUDIO = "audio"
    OFFICE = "office"
    ARCHIVE = "archive"
    PROGRAM = "program"
    WEB_PAGE = "web_page"
    ANIMATION = "animation"
    BROKEN_PHOTO = "broken_photo"
    HUGE_PHOTO = "huge_photo"
    ENCRYPTED_PDF = "encrypted_pdf"
    BROKEN_PDF = "broken_pdf"
    OTHER = "other"
    TOO_MANY = "too_many"
    """Beside one draft."""
    NOT_TAKEN = "not_taken"
    """The channel takes none of the kind."""


class FileRefusedError(Exception):
    """A file that cannot be sent."""

    def __init__(self, problem: FileProblem) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLimits:
    """What a channel takes of the files that we send."""

    photo_types: frozenset[str] = frozenset()
    """What else is a photo becomes a JPEG."""
    photo_bytes: int = 0
    """A larger one is made smaller."""
    document_bytes: int = 0
    caption: int = 0
    """Characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingFile:
    """A file that may be sent, as it lies in the storage."""

    kind: MessageKind
    content_type: str
    filename: str
    sha256: str
    size: int
    width: int | None = None
    height: int | None = None
    pages: int | None = None
    thumb_sha256: str | None = None
    """A small picture of it: of a PDF its first page."""


def kind_of(head: bytes) -> MessageKind:
    """A photo or a PDF, by the beginning of the file. Raises ``FileRefusedError``."""
    if not head:
        raise FileRefusedError(FileProblem.EMPTY)
    for is_one, found in _SIGNS:
        if is_one(head):
            if isinstance(found, FileProblem):
                raise FileRefusedError(found)
            return found
    raise FileRefusedError(FileProblem.OTHER)


def check_size(
    kind: MessageKind, size: int, limits: FileLimits, formats: frozenset[MessageKind]
) -> None:
    """A photo may be larger: it is made to fit. Raises ``FileRefusedError``."""
    if kind not in formats:
        raise FileRefusedError(FileProblem.NOT_TAKEN)
    if kind is MessageKind.DOCUMENT and size > limits.document_bytes:
        raise FileRefusedError(FileProblem.TOO_LARGE)


def sent_name(name: str, content_type: str) -> str:
    """What the file is called where it arrives: one line, no folders, and the ending of what it
    is."""
    line = clean_line(name.replace("\\", "/").rpartition("/")[2])
    ending = _ENDINGS.get(content_type, "")
    stem, dot, last = line.rpartition(".")
    if not dot or not (last.isascii() and last.isalnum() and len(last) <= 5):
        stem = line
    stem = stem.strip(". ") or "file"
    return clean_line(stem, _MAX_NAME - len(ending)) + ending


def read_name(quoted: str) -> str:
    """A name as a header carries it: percent-encoded UTF-8."""
    return unquote(quoted[:_MAX_QUOTED], errors="replace")


Sign = Callable[[bytes], bool]


def _starts(*beginnings: bytes) -> Sign:
    return lambda head: head.startswith(beginnings)


def _says(*words: bytes) -> Sign:
    """Of a text, in its first line that has something."""
    return lambda head: head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(words)


def _riff(form: bytes) -> Sign:
    return lambda head: head[:4] == b"RIFF" and head[8:12] == form


def _brand(*brands: bytes) -> Sign:
    return lambda head: head[4:8] == b"ftyp" and head[8:12] in brands


def _zipped(*names: bytes) -> Sign:
    return lambda head: head[:4] == b"PK\x03\x04" and any(name in head for name in names)


_SIGNS: tuple[tuple[Sign, MessageKind | FileProblem], ...] = (
    (_starts(b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a"), MessageKind.IMAGE),
    (_starts(b"II*\0", b"MM\0*"), MessageKind.IMAGE),
    (lambda head: head[:2] == b"BM" and head[6:10] == bytes(4), MessageKind.IMAGE),
    (_riff(b"WEBP"), MessageKind.IMAGE),
    (
        _brand(b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif", b"avis"),
        MessageKind.IMAGE,
    ),
    (_starts(b"%PDF-"), MessageKind.DOCUMENT),
    (_brand(b"M4A ", b"M4B ", b"M4P "), FileProblem.AUDIO),
    (lambda head: head[4:8] in {b"ftyp", b"moov", b"mdat", b"wide"}, FileProblem.VIDEO),
    (_starts(b"\x1a\x45\xdf\xa3", b"\0\0\x01\xba", b"\0\0\x01\xb3", b"FLV\x01"), FileProblem.VIDEO),
    (_riff(b"AVI "), FileProblem.VIDEO),
    (_starts(b"\x30\x26\xb2\x75\x8e\x66\xcf\x11"), FileProblem.VIDEO),
    (_riff(b"WAVE"), FileProblem.AUDIO),
    (_starts(b"ID3", b"OggS", b"fLaC", b"#!AMR", b"FORM"), FileProblem.AUDIO),
    (
        lambda head: head[:1] == b"\xff" and head[1:2] in b"\xfb\xfa\xf3\xf2\xf1\xf9",
        FileProblem.AUDIO,
    ),
    (_zipped(b"[Content_Types].xml", b"word/", b"xl/", b"ppt/"), FileProblem.OFFICE),
    (_zipped(b"mimetypeapplication/vnd.oasis"), FileProblem.OFFICE),
    (_starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf"), FileProblem.OFFICE),
    (
        _starts(b"PK\x03\x04", b"PK\x05\x06", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c"),
        FileProblem.ARCHIVE,
    ),
    (_starts(b"\x1f\x8b", b"BZh", b"\xfd7zXZ"), FileProblem.ARCHIVE),
    (
        _starts(b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!"),
        FileProblem.PROGRAM,
    ),
    (
        _says(b"<!doctype html", b"<html", b"<script", b"<svg", b"<?xml", b"<body"),
        FileProblem.WEB_PAGE,
    ),
    (lambda head: b"%PDF-" in head[:_PDF_WITHIN], MessageKind.DOCUMENT),
)
"""The first that fits decides: what begins as one thing and holds another is the first."""

_ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", PDF: ".pdf"}
