"""Files as people send them, and as they should not: real bytes, small."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image

_FOLDER = Path(__file__).parents[1] / "files"
_ORIENTATION, _GPS, _LATITUDE_REF, _LATITUDE = 0x0112, 0x8825, 1, 2


def picture(width: int = 64, height: int = 48, mode: str = "RGB") -> Image.Image:
    """Left red, right blue: whoever turns it shows."""
    image = Image.new("RGB", (width, height), "blue")
    image.paste("red", (0, 0, width // 2, height))
    return image.convert(mode)


def photo(
    how: str = "JPEG", mode: str = "RGB", size: tuple[int, int] = (64, 48), **save: Any
) -> bytes:
    """A photo in any format that Pillow writes."""
    out = io.BytesIO()
    picture(*size, mode).save(out, how, **save)
    return out.getvalue()


def photo_from_a_phone(how: str = "JPEG", orientation: int = 6) -> bytes:
    """Lies on its side, and tells where it was taken."""
    exif = Image.Exif()
    exif[_ORIENTATION] = orientation
    exif.get_ifd(_GPS)[_LATITUDE_REF] = "N"
    exif.get_ifd(_GPS)[_LATITUDE] = (44.0, 3.0, 30.0)
    return photo(how, exif=exif.tobytes())


def noise(width: int, height: int) -> bytes:
    """A PNG that nothing makes small."""
    out = io.BytesIO()
    Image.effect_noise((width, height), 90).convert("RGB").save(out, "PNG", compress_level=1)
    return out.getvalue()


def heic() -> bytes:
    """From an iPhone: on its side, with its place."""
    return (_FOLDER / "photo.heic").read_bytes()


def moving_gif() -> bytes:
    """Two pictures, one after the other."""
    out = io.BytesIO()
    other = picture().rotate(180)
    picture().save(out, "GIF", save_all=True, append_images=[other], duration=200)
    return out.getvalue()


def pdf(pages: int = 1) -> bytes:
    """Blank pages."""
    document, out = pypdfium2.PdfDocument.new(), io.BytesIO()
    for _ in range(pages):
        document.new_page(200, 300)
    document.save(out)
    return out.getvalue()


def locked_pdf() -> bytes:
    """Wants a password."""
    return (_FOLDER / "locked.pdf").read_bytes()


def mp4() -> bytes:
    """The beginning of a film."""
    return b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41" + b"\0\0\0\x08free" + bytes(64)


def docx() -> bytes:
    """As Word begins one."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr(zipfile.ZipInfo("[Content_Types].xml"), "<Types/>")
        parts.writestr(zipfile.ZipInfo("word/document.xml"), "<document/>")
    return out.getvalue()


def archive() -> bytes:
    """A ZIP of photos."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr(zipfile.ZipInfo("casa.jpg"), photo())
    return out.getvalue()


PROGRAM = b"MZ\x90\0\x03" + bytes(200)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
WEB_PAGE = b"\xef\xbb\xbf\n<!DOCTYPE html><script>alert(1)</script>%PDF-1.7"
TEXT = b"Codice della porta: 4711"
