"""Makes a photo one that a channel takes: upright, in a format it knows, small enough, and without
what tells where it was taken (M2)."""

import io
import warnings
from pathlib import Path

import pi_heif
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from inbox_app.domain.files.outgoing_files import FileLimits, FileProblem, FileRefusedError

MAX_PIXELS = 100_000_000
MAX_PIXELS_OF_A_JPEG = 400_000_000
"""It is decoded at a fraction of its size."""
LONGEST_SIDE = 4096
"""Of a photo that is made anew; WhatsApp shows less."""
_FORMATS = ("JPEG", "PNG", "WEBP", "HEIF", "AVIF", "GIF", "TIFF", "BMP")
_MAY_MOVE = frozenset({"GIF", "WEBP", "PNG", "AVIF"})
_TELLING = frozenset({"exif", "xmp", "photoshop", "comment", "XML:com.adobe.xmp"})
_QUALITIES = (90, 82, 74)
_END_OF_JPEG = b"\xff\xd9"


def fit(source: Path, target: Path, limits: FileLimits) -> tuple[str, int, int]:
    """The content type, width and height of what then lies at ``target``; a photo that is well as
    it is is not written again, and ``target`` stays empty.

    Raises ``FileRefusedError``.
    """
    Image.init()
    pi_heif.register_heif_opener()
    # Below our own bounds Pillow warns, above its own it refuses.
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS_OF_A_JPEG
    warnings.simplefilter("ignore")
    try:
        with Image.open(source, formats=_FORMATS) as photo:
            _check(photo)
            content_type = Image.MIME.get(photo.format or "", "")
            if _is_well(photo, source, content_type, limits):
                photo.load()
                return content_type, photo.width, photo.height
            return _made_anew(photo, target, limits)
    except Image.DecompressionBombError:
        raise FileRefusedError(FileProblem.HUGE_PHOTO) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        raise FileRefusedError(FileProblem.BROKEN_PHOTO) from None


def _check(photo: Image.Image) -> None:
    most = MAX_PIXELS_OF_A_JPEG if photo.format in {"JPEG", "MPO"} else MAX_PIXELS
    if photo.width * photo.height > most:
        raise FileRefusedError(FileProblem.HUGE_PHOTO)
    if photo.format in _MAY_MOVE and getattr(photo, "n_frames", 1) > 1:
        raise FileRefusedError(FileProblem.ANIMATION)


def _is_well(photo: Image.Image, source: Path, content_type: str, limits: FileLimits) -> bool:
    fits = content_type in limits.photo_types and source.stat().st_size <= limits.photo_bytes
    modes = {"RGB", "RGBA"} if photo.format == "PNG" else {"RGB", "L"}
    if not fits or photo.mode not in modes or _TELLING & photo.info.keys():
        return False
    return photo.format != "JPEG" or _ends_as_a_jpeg(source)


def _ends_as_a_jpeg(source: Path) -> bool:
    """Phones hang a film of the moment behind the photo."""
    with source.open("rb") as file:
        file.seek(-2, io.SEEK_END)
        return file.read() == _END_OF_JPEG


def _made_anew(photo: Image.Image, target: Path, limits: FileLimits) -> tuple[str, int, int]:
    was_png = photo.format == "PNG" and "image/png" in limits.photo_types
    if photo.format in {"JPEG", "MPO"}:
        photo.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    upright = _small_enough(ImageOps.exif_transpose(photo))
    plain, profile = _in_plain_colours(upright)
    if was_png and _save(plain, target, limits, "PNG", optimize=True):
        return "image/png", plain.width, plain.height
    return _as_jpeg(_on_white(plain), profile, target, limits)


def _small_enough(photo: Image.Image) -> Image.Image:
    photo.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return photo


def _in_plain_colours(photo: Image.Image) -> tuple[Image.Image, bytes | None]:
    """Eight bits of red, green and blue, with transparency where there is some; and the colour
    profile to keep, if any."""
    profile: bytes | None = photo.info.get("icc_profile")
    if photo.mode == "RGB":
        return photo, profile
    if photo.mode == "CMYK":
        return _from_print(photo, profile), None
    if photo.has_transparency_data:
        return photo.convert("RGBA"), profile if photo.mode == "RGBA" else None
    if photo.mode.startswith("I"):
        return photo.convert("I").point(lambda level: level / 256).convert("L").convert("RGB"), None
    return photo.convert("RGB"), None


def _from_print(photo: Image.Image, profile: bytes | None) -> Image.Image:
    if profile is None:
        return photo.convert("RGB")
    try:
        ink, screen = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(photo, ink, screen, outputMode="RGB") or photo
    except (ImageCms.PyCMSError, OSError):
        return photo.convert("RGB")


def _on_white(photo: Image.Image) -> Image.Image:
    if photo.mode != "RGBA":
        return photo
    white = Image.new("RGB", photo.size, "white")
    white.paste(photo, mask=photo.getchannel("A"))
    return white


def _as_jpeg(
    photo: Image.Image, profile: bytes | None, target: Path, limits: FileLimits
) -> tuple[str, int, int]:
    """By lower quality first, then by fewer pixels, till it fits."""
    while True:
        for quality in _QUALITIES:
            if _save(photo, target, limits, "JPEG", quality=quality, icc_profile=profile):
                return "image/jpeg", photo.width, photo.height
        if max(photo.size) < 64:
            raise FileRefusedError(FileProblem.TOO_LARGE)
        smaller = (max(1, photo.width * 3 // 4), max(1, photo.height * 3 // 4))
        photo = photo.resize(smaller, Image.Resampling.LANCZOS)


def _save(
    photo: Image.Image, target: Path, limits: FileLimits, how: str, **options: object
) -> bool:
    """Whether it fits. What tells of place and camera stays behind."""
    photo.info = {}
    photo.save(target, how, exif=b"", **options)
    return target.stat().st_size <= limits.photo_bytes
