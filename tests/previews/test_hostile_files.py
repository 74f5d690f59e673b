"""Files made to do harm are looked into without any: they become downloads (M3)."""

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from inbox_app.domain.files.file_types import UNKNOWN, content_type
from inbox_app.previews.findings import THUMB
from inbox_app.previews.run import look_into
from inbox_app.sandbox.simulator.media_store import SAMPLES

pytestmark = pytest.mark.anyio


def _png(width: int, height: int, data: bytes) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        checked = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + checked

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def _pixel_bomb() -> bytes:
    """900 million pixels in a hundred kilobytes."""
    packer, row = zlib.compressobj(9), b"\0" * (1 + 30_000 // 8)
    return _png(
        30_000, 30_000, b"".join(packer.compress(row * 100) for _ in range(300)) + packer.flush()
    )


def _pdf(objects: bytes) -> bytes:
    return b"%PDF-1.4\n" + objects + b"\ntrailer<</Root 1 0 R>>\n%%EOF"


def _half_of(name: str) -> bytes:
    whole = (SAMPLES / name).read_bytes()
    return whole[: len(whole) // 2]


HOSTILE: dict[str, Callable[[], bytes]] = {
    "a pixel bomb": _pixel_bomb,
    "a photo cut off": lambda: _png(8, 8, zlib.compress(b"\0\0" * 8))[:40],
    "a page that begins like a photo": lambda: b"\xff\xd8\xff\xe0<html><script>alert(1)</script>",
    "a page that begins like a film": lambda: b"\0\0\0\x1cftypisom<script>alert(1)</script>",
    "a page that begins like a sound": lambda: b"OggS<script>alert(1)</script>",
    "a playlist that begins like a film": lambda: b"\0\0\0\x1cftypisom#EXTM3U\nfile:///etc/passwd",
    "a PDF without pages": lambda: _pdf(
        b"1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj"
    ),
    "a PDF of rubbish": lambda: b"%PDF-1.7\n" + bytes(range(256)) * 50,
    "half a film": lambda: _half_of("film.mp4")[:600],
}


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE.keys())
async def test_what_does_not_decode_is_a_download(
    make: Callable[[], bytes], tmp_path: Path
) -> None:
    file = tmp_path / "hostile"
    file.write_bytes(make())
    kind = content_type(file.read_bytes()[:4096])
    assert kind != UNKNOWN, "it must look like what it is not"
    findings = await look_into(file, kind, tmp_path)
    assert findings.content_type == UNKNOWN


async def test_who_takes_too_long_is_ended(tmp_path: Path) -> None:
    findings = await look_into(SAMPLES / "film.mp4", "video/mp4", tmp_path, most_seconds=0.01)
    assert findings.content_type == UNKNOWN


async def test_a_small_picture_tells_nothing_that_the_photo_told(tmp_path: Path) -> None:
    """Where it was taken stays in the photo."""
    photo = Image.new("RGB", (900, 300))
    exif = photo.getexif()
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x010E] = "Via Roma 8"
    content = io.BytesIO()
    photo.save(content, "JPEG", exif=exif)
    (tmp_path / "photo").write_bytes(content.getvalue())
    await look_into(tmp_path / "photo", "image/jpeg", tmp_path)
    thumb = (tmp_path / THUMB).read_bytes()
    assert b"Via Roma" in content.getvalue()
    assert b"Via Roma" not in thumb
    with Image.open(io.BytesIO(thumb)) as small:
        assert (small.size, dict(small.getexif())) == ((640, 213), {})


async def test_a_pdf_behind_a_password_is_a_pdf(tmp_path: Path) -> None:
    """Its reader asks for it."""
    encrypted = (
        (SAMPLES / "document.pdf")
        .read_bytes()
        .replace(
            b"trailer\n<<",
            b"trailer\n<</Encrypt<</Filter/Standard/V 1/R 2/O("
            + b"o" * 32
            + b")/U("
            + b"u" * 32
            + b")/P -44>>/ID[(a)(a)]",
            1,
        )
    )
    (tmp_path / "locked").write_bytes(encrypted)
    findings = await look_into(tmp_path / "locked", "application/pdf", tmp_path)
    assert (findings.content_type, findings.pages) == ("application/pdf", None)
