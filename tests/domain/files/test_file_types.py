"""What a file is, by what is in it (M3)."""

import pytest

from inbox_app.domain.files.file_types import UNKNOWN, WHAT_BROWSERS_SHOW, content_type


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image/png"),
        (b"GIF89a\x01\0", "image/gif"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "image/webp"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "audio/wav"),
        (b"RIFF\x24\0\0\0AVI LIST", UNKNOWN),
        (b"\0\0\0\x1cftypheic", "image/heic"),
        (b"\0\0\0\x1cftypavif", "image/avif"),
        (b"\0\0\0\x1cftypisom", "video/mp4"),
        (b"\0\0\0\x1cftyp3gp4", "video/3gpp"),
        (b"\0\0\0\x14ftypqt  ", "video/quicktime"),
        (b"\0\0\0\x1cftypM4A ", "audio/mp4"),
        (b"%PDF-1.7\n", "application/pdf"),
        (b" %PDF-1.7\n", UNKNOWN),
        (b"OggS\0\x02", "audio/ogg"),
        (b"ID3\x04", "audio/mpeg"),
        (b"\xff\xfb\x90d", "audio/mpeg"),
        (b"\xff\xf1\x50\x80", "audio/aac"),
        (b"#!AMR\n", "audio/amr"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", UNKNOWN),
        (b"<!doctype html><script>", UNKNOWN),
        (b"<?xml version='1.0'?>", UNKNOWN),
        (b"PK\x03\x04", UNKNOWN),
        (b"MZ\x90", UNKNOWN),
        (b"", UNKNOWN),
    ],
)
def test_a_file_is_what_its_first_bytes_say(head: bytes, kind: str) -> None:
    assert content_type(head) == kind


@pytest.mark.parametrize("claimed", ["text/html", "image/svg+xml", "application/xhtml+xml", "x"])
def test_a_claim_makes_nothing_showable(claimed: str) -> None:
    assert content_type(b"<svg onload=alert(1)>", claimed) == UNKNOWN


@pytest.mark.parametrize("claimed", ["application/msword", "Text/CSV; charset=utf-8"])
def test_a_download_keeps_the_type_that_its_program_knows(claimed: str) -> None:
    kind = content_type(b"whatever", claimed)
    assert kind == claimed.partition(";")[0].lower()
    assert kind not in WHAT_BROWSERS_SHOW
