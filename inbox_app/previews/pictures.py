"""Photos and stickers: their size as they are shown, and a small one with the same proportions."""

import warnings
from pathlib import Path

from PIL import (
    Image,
    ImageOps,
    WebPImagePlugin,  # noqa: F401 - what small pictures are saved as: Pillow else loads all it knows
)

from inbox_app.previews.findings import THUMB, Findings, UnreadableError

MAX_PIXELS = 100_000_000
THUMB_SIDE = 640
"""Twice what a bubble is wide: enough for a telephone's fine screen."""
_FORMATS = {
    "image/jpeg": ("JPEG", "MPO"),
    "image/png": ("PNG",),
    "image/gif": ("GIF",),
    "image/webp": ("WEBP",),
    "image/avif": ("AVIF",),
    "image/heic": ("HEIF",),
}
_TURNED = frozenset({5, 6, 7, 8})
_ORIENTATION = 0x0112


def look(file: Path, content_type: str, made: Path) -> Findings:
    """Raises ``UnreadableError`` for what does not decode, or is too large to."""
    if content_type == "image/heic":
        import pi_heif

        pi_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(file, formats=_FORMATS[content_type]) as picture:
            width, height = _shown_size(picture)
            make_thumb(picture, made)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise UnreadableError from error
    except (OSError, ValueError, SyntaxError, EOFError, KeyError) as error:
        raise UnreadableError from error
    return Findings(content_type=content_type, width=width, height=height)


def make_thumb(picture: Image.Image, made: Path) -> None:
    """Of a picture that moves, its first frame."""
    picture.thumbnail((THUMB_SIDE, THUMB_SIDE))
    small = ImageOps.exif_transpose(picture)
    has_holes = "A" in small.getbands() or "transparency" in small.info
    small = small.convert("RGBA" if has_holes else "RGB")
    small.save(made / THUMB, "WEBP", quality=78, method=4)


def _shown_size(picture: Image.Image) -> tuple[int, int]:
    width, height = picture.size
    turned = picture.getexif().get(_ORIENTATION) in _TURNED
    return (height, width) if turned else (width, height)
