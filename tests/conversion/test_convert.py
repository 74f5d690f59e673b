"""A file becomes one that a channel takes, or is refused for what is wrong inside it (M2)."""

import io
from pathlib import Path

import pytest
from PIL import Image

from inbox_app.conversion import Converted, convert
from inbox_app.domain.files.outgoing_files import FileLimits, FileProblem, FileRefusedError
from inbox_app.domain.messages import MessageKind
from tests.support.samples import sample_files as files

pytestmark = pytest.mark.anyio
LIMITS = FileLimits(
    photo_types=frozenset({"image/jpeg", "image/png"}), photo_bytes=200_000, document_bytes=1
)


async def made_of(
    folder: Path, content: bytes, kind: MessageKind = MessageKind.IMAGE, **how: float
) -> Converted:
    source = folder / "received"
    source.write_bytes(content)
    return await convert(kind, source, LIMITS, **how)


async def problem_of(
    folder: Path, content: bytes, kind: MessageKind = MessageKind.IMAGE, **how: float
) -> FileProblem:
    with pytest.raises(FileRefusedError) as refused:
        await made_of(folder, content, kind, **how)
    return refused.value.problem


def colours(made: Converted) -> tuple[str, str]:
    """At the top left and the bottom right: red or blue, or what else it is."""
    with Image.open(made.path) as image:
        whole = image.convert("RGB")
        corners = whole.getpixel((2, 2)), whole.getpixel((whole.width - 3, whole.height - 3))
    return _name(corners[0]), _name(corners[1])


def _name(colour: object) -> str:
    assert isinstance(colour, tuple)
    red, _, blue = colour
    return (
        "red" if red > 150 and blue < 110 else "blue" if blue > 150 and red < 110 else str(colour)
    )


@pytest.mark.parametrize(
    "content",
    [files.photo(), files.photo("JPEG", "L"), files.photo("PNG"), files.photo("PNG", "RGBA")],
    ids=["jpeg", "grey jpeg", "png", "png with transparency"],
)
async def test_a_photo_that_is_well_goes_as_it_is(tmp_path: Path, content: bytes) -> None:
    made = await made_of(tmp_path, content)
    assert made.path.read_bytes() == content
    assert (made.width, made.height) == (64, 48)


@pytest.mark.parametrize(
    "content",
    [
        files.photo("WEBP", lossless=True),
        files.photo("AVIF", quality=90),
        files.photo("TIFF"),
        files.photo("BMP"),
        files.photo("GIF", "P"),
        files.photo("JPEG", "CMYK"),
        files.photo("TIFF", "CMYK"),
    ],
    ids=["webp", "avif", "tiff", "bmp", "gif", "jpeg of inks", "tiff of inks"],
)
async def test_what_only_needs_converting_becomes_a_jpeg(tmp_path: Path, content: bytes) -> None:
    made = await made_of(tmp_path, content)
    with Image.open(made.path) as image:
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (64, 48))
    assert made.content_type == "image/jpeg"
    assert colours(made) == ("red", "blue")


@pytest.mark.parametrize("mode", ["P", "L", "1", "LA"])
async def test_a_png_of_few_colours_stays_a_png_of_eight_bits(tmp_path: Path, mode: str) -> None:
    made = await made_of(tmp_path, files.photo("PNG", mode))
    with Image.open(made.path) as image:
        assert (image.format, image.mode) == ("PNG", "RGBA" if mode == "LA" else "RGB")


async def test_sixteen_bits_become_eight(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("I;16", (8, 8), 0xC000).save(out, "PNG")
    made = await made_of(tmp_path, out.getvalue())
    with Image.open(made.path) as image:
        assert (image.mode, image.getpixel((4, 4))) == ("RGB", (0xC0, 0xC0, 0xC0))


@pytest.mark.parametrize(
    "content",
    [files.photo_from_a_phone(), files.photo_from_a_phone("WEBP"), files.heic()],
    ids=["jpeg", "webp", "heic"],
)
async def test_a_phones_photo_stands_upright_and_does_not_say_where_it_was_taken(
    tmp_path: Path, content: bytes
) -> None:
    made = await made_of(tmp_path, content)
    with Image.open(made.path) as image:
        assert image.size == (made.width, made.height) == (48, 64)
        assert not image.getexif()
    assert b"Exif" not in made.path.read_bytes()


async def test_turned_the_way_the_phone_was_held(tmp_path: Path) -> None:
    made = await made_of(tmp_path, files.photo_from_a_phone(orientation=3))
    assert colours(made) == ("blue", "red")


async def test_words_and_films_that_hang_on_a_photo_stay_behind(tmp_path: Path) -> None:
    with_film = files.photo() + files.mp4()
    made = await made_of(tmp_path, with_film)
    assert made.path.read_bytes().endswith(b"\xff\xd9")
    assert colours(made) == ("red", "blue")


async def test_a_photo_too_large_is_made_to_fit(tmp_path: Path) -> None:
    made = await made_of(tmp_path, files.noise(1200, 900))
    assert made.content_type == "image/jpeg"
    assert made.path.stat().st_size <= LIMITS.photo_bytes
    assert made.width
    assert made.height
    assert 1.3 < made.width / made.height < 1.36


async def test_what_cannot_be_seen_through_stands_on_white(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(out, "WEBP", lossless=True)
    made = await made_of(tmp_path, out.getvalue())
    with Image.open(made.path) as image:
        assert image.getpixel((4, 4)) == (255, 255, 255)


async def test_a_photo_with_no_whole_picture_in_it_is_broken(tmp_path: Path) -> None:
    whole = files.photo("JPEG", size=(400, 300))
    for content in (
        whole[: len(whole) // 2],
        b"\xff\xd8\xff\xe0<html><script>",
        files.heic()[:300],
    ):
        assert await problem_of(tmp_path, content) is FileProblem.BROKEN_PHOTO


async def test_a_picture_that_moves_is_no_photo(tmp_path: Path) -> None:
    assert await problem_of(tmp_path, files.moving_gif()) is FileProblem.ANIMATION


async def test_a_small_file_with_endless_pixels_is_refused_unread(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(out, "PNG")
    assert len(out.getvalue()) < 200_000
    assert await problem_of(tmp_path, out.getvalue()) is FileProblem.HUGE_PHOTO


async def test_a_conversion_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    problem = await problem_of(tmp_path, files.noise(1200, 900), most_seconds=0.01)
    assert problem is FileProblem.BROKEN_PHOTO


async def test_a_pdf_goes_as_it_is_with_its_pages_counted(tmp_path: Path) -> None:
    content = files.pdf(3)
    made = await made_of(tmp_path, content, MessageKind.DOCUMENT)
    assert made.path.read_bytes() == content
    assert (made.content_type, made.pages) == ("application/pdf", 3)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (files.locked_pdf(), FileProblem.ENCRYPTED_PDF),
        (b"%PDF-1.7\nnothing more", FileProblem.BROKEN_PDF),
        (files.pdf()[:60], FileProblem.BROKEN_PDF),
        (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
            b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
            FileProblem.BROKEN_PDF,
        ),
    ],
    ids=["locked", "only a beginning", "cut", "no pages"],
)
async def test_a_pdf_that_nobody_could_open_is_refused(
    tmp_path: Path, content: bytes, problem: FileProblem
) -> None:
    assert await problem_of(tmp_path, content, MessageKind.DOCUMENT) is problem
