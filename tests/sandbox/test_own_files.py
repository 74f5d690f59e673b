"""A file that a person sends is told by what is in it, as WhatsApp tells of it."""

from typing import Any

import pytest

from inbox_app.domain.files.file_types import HEAD
from inbox_app.sandbox.simulator.media_store import SAMPLES, new_sample
from inbox_app.sandbox.simulator.own_files import lost_file, mime_type, own_file
from tests.support.samples import sample_files as files


def beginning(sample: str) -> bytes:
    return (SAMPLES / sample).read_bytes()[:HEAD]


@pytest.mark.parametrize(
    ("head", "kind", "told"),
    [
        (files.photo(), "image", {"caption": "Ecco"}),
        (files.photo("PNG"), "image", {"caption": "Ecco"}),
        (beginning("film.mp4"), "video", {"caption": "Ecco"}),
        (beginning("voice.ogg"), "audio", {"voice": True}),
        (b"ID3\x04" + bytes(20), "audio", {"voice": False}),
        (beginning("sticker.webp"), "sticker", {"animated": False}),
        (beginning("sticker-animated.webp"), "sticker", {"animated": True}),
        (files.pdf(), "document", {"filename": "tour.jpg", "caption": "Ecco"}),
        (files.heic(), "document", {"filename": "tour.jpg", "caption": "Ecco"}),
        (files.TEXT, "document", {"filename": "tour.jpg", "caption": "Ecco"}),
        (b"", "document", {"filename": "tour.jpg", "caption": "Ecco"}),
    ],
)
def test_its_kind_is_told_by_its_content(head: bytes, kind: str, told: dict[str, Any]) -> None:
    sent = own_file(new_sample("photo.jpg"), head, "tour.jpg", "Ecco")

    assert sent.content["type"] == kind
    assert told.items() <= sent.content[kind].items()
    assert ("caption" in sent.content[kind]) == ("caption" in told)
    assert sent.file
    assert sent.file.kind == kind


@pytest.mark.parametrize(
    ("head", "claimed", "told"),
    [
        (beginning("voice.ogg"), "text/html", "audio/ogg; codecs=opus"),
        (files.pdf(), "", "application/pdf"),
        (files.TEXT, "text/plain", "text/plain"),
        (files.WEB_PAGE, "text/html", "text/html"),
        (files.TEXT, "", "application/octet-stream"),
    ],
)
def test_a_phone_claims_what_cannot_be_seen(head: bytes, claimed: str, told: str) -> None:
    assert mime_type(head, claimed) == told


def test_of_one_that_is_too_large_a_business_is_told_its_kind_and_no_more() -> None:
    lost = lost_file(beginning("film.mp4"), "tour.mp4")

    assert lost.content["type"] == "video"
    assert "id" not in lost.content["video"]
    assert [error["code"] for error in lost.content["errors"]] == [131052]
