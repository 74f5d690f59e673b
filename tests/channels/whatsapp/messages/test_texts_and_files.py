"""What texts and files say (M3, M4)."""

import base64
from datetime import UTC, datetime
from typing import Any

import pytest

from inbox_app.channels.whatsapp.webhooks.events import Media, MetaError
from inbox_app.domain.messages import MessageKind
from tests.channels.whatsapp.bodies import MARTA, PHONE_NUMBER_ID, WABA_ID, Json, message, read
from tests.channels.whatsapp.messages.raw import DIGEST, file


def test_a_text() -> None:
    read_message = read(message(text={"body": "Ciao!\nA che ora? 🙏"}))
    assert read_message.phone_number_id == PHONE_NUMBER_ID
    assert read_message.waba_id == WABA_ID
    assert read_message.provider_id == "wamid.ONE="
    assert read_message.sender.wa_id == MARTA
    assert read_message.sender.profile_name == "Marta 🌸"
    assert read_message.sent_at == datetime(2025, 6, 15, 15, 6, 40, tzinfo=UTC)
    assert read_message.kind is MessageKind.TEXT
    assert read_message.text == "Ciao!\nA che ora? 🙏"
    assert read_message.unsupported_type is None
    assert read_message.counts_for_window


@pytest.mark.parametrize(
    ("type_", "kind"),
    [
        ("image", MessageKind.IMAGE),
        ("video", MessageKind.VIDEO),
        ("audio", MessageKind.AUDIO),
        ("voice", MessageKind.AUDIO),
        ("document", MessageKind.DOCUMENT),
        ("sticker", MessageKind.STICKER),
    ],
)
def test_a_file(type_: str, kind: MessageKind) -> None:
    read_message = read(message(type_, file(caption="eccola")))
    assert read_message.kind is kind
    assert read_message.text == "eccola"
    assert read_message.media == Media(
        id="770022", mime_type="image/jpeg", sha256=DIGEST.hex(), filename=None
    )


@pytest.mark.parametrize(
    "written",
    [
        base64.b64encode(DIGEST).decode(),
        base64.urlsafe_b64encode(DIGEST).decode(),
        base64.b64encode(DIGEST).decode().rstrip("="),
        DIGEST.hex(),
        DIGEST.hex().upper(),
    ],
)
def test_a_digest_in_whichever_way_it_was_written(written: str) -> None:
    media = read(message("image", file(sha256=written))).media
    assert media is not None
    assert media.sha256 == DIGEST.hex()


@pytest.mark.parametrize("written", ["a1b2c3d4e5f6...", "", None, 7, "è" * 64, "AAAA"])
def test_what_is_no_digest(written: Any) -> None:
    media = read(message("image", file(sha256=written))).media
    assert media is not None
    assert media.sha256 is None


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ({"mime_type": "audio/ogg; codecs=opus", "voice": True}, ("audio/ogg", None, True, False)),
        ({"mime_type": "image/webp", "animated": True}, ("image/webp", None, False, True)),
        (
            {"mime_type": None, "filename": "../../etc/passwd"},
            (None, ".._.._etc_passwd", False, False),
        ),
        (
            {"mime_type": "", "filename": "C:\\fattura \u202egpj.exe\n"},
            (None, "C:_fattura gpj.exe", False, False),
        ),
    ],
)
def test_what_is_told_about_a_file(payload: Json, expected: tuple[Any, ...]) -> None:
    media = read(message("document", file(**payload))).media
    assert media is not None
    assert (media.mime_type, media.filename, media.voice, media.animated) == expected


def test_a_file_that_meta_lost_is_still_a_message() -> None:
    lost = message("image", {"mime_type": "image/jpeg"}, errors=[{"code": 131052, "title": "Lost"}])
    read_message = read(lost)
    assert read_message.kind is MessageKind.IMAGE
    assert read_message.media is None
    assert read_message.errors == (MetaError(code=131052, title="Lost", details=None),)
