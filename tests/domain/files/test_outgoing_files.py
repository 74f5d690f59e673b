"""What may be sent is known by what is in it, whatever it is called (M2)."""

from contextlib import suppress

import pytest

from inbox_app.domain.files.outgoing_files import (
    HEAD,
    FileLimits,
    FileProblem,
    FileRefusedError,
    check_size,
    kind_of,
    sent_name,
)
from inbox_app.domain.messages import MessageKind
from tests.support.samples import sample_files as files

PHOTO, DOCUMENT = MessageKind.IMAGE, MessageKind.DOCUMENT
LIMITS = FileLimits(photo_types=frozenset({"image/jpeg"}), photo_bytes=5, document_bytes=100)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (files.photo("JPEG"), PHOTO),
        (files.photo("PNG"), PHOTO),
        (files.photo("WEBP"), PHOTO),
        (files.photo("AVIF"), PHOTO),
        (files.photo("TIFF"), PHOTO),
        (files.photo("BMP"), PHOTO),
        (files.photo("GIF", "P"), PHOTO),
        (files.heic(), PHOTO),
        (files.pdf(), DOCUMENT),
        (b"\n\n  " + files.pdf(), DOCUMENT),
    ],
    ids=["jpeg", "png", "webp", "avif", "tiff", "bmp", "gif", "heic", "pdf", "pdf after blanks"],
)
def test_photos_and_pdfs_are_taken(content: bytes, kind: MessageKind) -> None:
    assert kind_of(content[:HEAD]) is kind


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", FileProblem.EMPTY),
        (files.mp4(), FileProblem.VIDEO),
        (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", FileProblem.VIDEO),
        (b"\x1a\x45\xdf\xa3webm", FileProblem.VIDEO),
        (b"RIFF\0\0\0\0AVI LIST", FileProblem.VIDEO),
        (b"ID3\x04\0\0\0\0\0\0", FileProblem.AUDIO),
        (b"\xff\xfb\x90\x64", FileProblem.AUDIO),
        (b"OggS\0\x02", FileProblem.AUDIO),
        (b"\0\0\0\x1cftypM4A \0\0\0\0", FileProblem.AUDIO),
        (b"RIFF\0\0\0\0WAVEfmt ", FileProblem.AUDIO),
        (files.docx(), FileProblem.OFFICE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), FileProblem.OFFICE),
        (b"{\\rtf1\\ansi", FileProblem.OFFICE),
        (files.archive(), FileProblem.ARCHIVE),
        (b"Rar!\x1a\x07\x01\0", FileProblem.ARCHIVE),
        (files.PROGRAM, FileProblem.PROGRAM),
        (b"\x7fELF\x02\x01\x01", FileProblem.PROGRAM),
        (b"#!/bin/sh\nrm -rf /", FileProblem.PROGRAM),
        (files.SVG, FileProblem.WEB_PAGE),
        (files.WEB_PAGE, FileProblem.WEB_PAGE),
        (files.TEXT, FileProblem.OTHER),
        (b"BM is a text too", FileProblem.OTHER),
        (b"x" * 2000 + files.pdf(), FileProblem.OTHER),
    ],
    ids=lambda value: value if isinstance(value, FileProblem) else repr(value[:12]),
)
def test_anything_else_is_refused_for_what_it_is(content: bytes, problem: FileProblem) -> None:
    with pytest.raises(FileRefusedError) as refused:
        kind_of(content[:HEAD])
    assert refused.value.problem is problem


@pytest.mark.parametrize("beginning", range(1, 24))
def test_a_file_cut_anywhere_is_judged_all_the_same(beginning: int) -> None:
    for content in (files.photo(), files.heic(), files.mp4(), files.docx(), files.pdf()):
        with suppress(FileRefusedError):
            assert kind_of(content[:beginning]) in {PHOTO, DOCUMENT}


def test_a_document_has_to_fit_and_a_photo_is_made_to() -> None:
    both = frozenset({PHOTO, DOCUMENT})
    check_size(DOCUMENT, 100, LIMITS, both)
    check_size(PHOTO, 5_000_000, LIMITS, both)
    with pytest.raises(FileRefusedError, match="too_large"):
        check_size(DOCUMENT, 101, LIMITS, both)
    with pytest.raises(FileRefusedError, match="not_taken"):
        check_size(PHOTO, 1, LIMITS, frozenset({DOCUMENT}))


@pytest.mark.parametrize(
    ("name", "content_type", "sent"),
    [
        ("IMG_0231.HEIC", "image/jpeg", "IMG_0231.jpg"),
        ("Contratto di locazione.pdf", "application/pdf", "Contratto di locazione.pdf"),
        ("Fattura n. 12.2026", "application/pdf", "Fattura n. 12.pdf"),
        ("../../etc/passwd", "application/pdf", "passwd.pdf"),
        ("C:\\Temp\\casa.png", "image/png", "casa.png"),
        ("fattura\u202efdp.exe", "application/pdf", "fatturafdp.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "application/pdf", "a Set-Cookie: x=1.pdf"),
        (".pdf", "application/pdf", "file.pdf"),
        ("", "image/jpeg", "file.jpg"),
        ("📄 Guida 🏖️.pdf", "application/pdf", "📄 Guida 🏖️.pdf"),
        ("Contratto v2.0 definitivo", "application/pdf", "Contratto v2.0 definitivo.pdf"),
    ],
)
def test_it_arrives_under_its_name_with_the_ending_of_what_it_is(
    name: str, content_type: str, sent: str
) -> None:
    assert sent_name(name, content_type) == sent


def test_a_name_of_any_length_arrives_short() -> None:
    assert len(sent_name("x" * 300 + ".pdf", "application/pdf")) <= 120
