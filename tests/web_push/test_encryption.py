"""A push can be opened by one browser alone, and says who sends it (N2)."""

import base64
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec

from inbox_app.web_push.encryption import MOST_BYTES, BrowserKeys, decoded, seal
from inbox_app.web_push.vapid import sender_key
from tests.support.servers.push_service import Browser, check_sender

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def test_the_example_of_rfc_8291_comes_out_byte_for_byte() -> None:
    keys = BrowserKeys.read(
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "BTBZMqHH6r4Tts7J_aSIgg",
    )
    number = int.from_bytes(decoded("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big")
    sealed = seal(
        b"When I grow up, I want to be a watermelon",
        keys,
        salt=decoded("DGv6ra1nlYgDCS1FRnbzlw"),
        own=ec.derive_private_key(number, ec.SECP256R1()),
    )
    expected = (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A"
        "_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )
    assert base64.urlsafe_b64encode(sealed).rstrip(b"=").decode() == expected


def test_the_browser_that_subscribed_opens_it_and_no_other_does() -> None:
    browser, other = Browser("https://a"), Browser("https://b")
    sealed = seal(b'{"title": "Ciao \xc3\xa8"}', BrowserKeys.read(browser.p256dh, browser.secret))
    assert browser.opened(sealed) == {"title": "Ciao è"}
    with pytest.raises(InvalidTag):
        other.opened(sealed)


def test_what_is_too_long_for_a_push_service_is_not_sealed() -> None:
    browser = Browser("https://a")
    keys = BrowserKeys.read(browser.p256dh, browser.secret)
    assert len(seal(b"x" * MOST_BYTES, keys)) == 4_096
    with pytest.raises(ValueError, match="too much"):
        seal(b"x" * (MOST_BYTES + 1), keys)


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [
        ("", ""),
        ("BCVx", "BTBZMqHH6r4Tts7J_aSIgg"),
        (Browser("").p256dh, "BTBZ"),
        (base64.urlsafe_b64encode(b"\4" + b"\1" * 64).decode(), "BTBZMqHH6r4Tts7J_aSIgg"),
        ("è" * 87, "BTBZMqHH6r4Tts7J_aSIgg"),
    ],
    ids=["nothing", "a short key", "a short secret", "no point of the curve", "no base64"],
)
def test_keys_that_no_browser_makes_are_refused(p256dh: str, auth: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever the library says
        BrowserKeys.read(p256dh, auth)


def test_a_push_service_can_verify_who_sends(tmp_path: Path) -> None:
    key = sender_key(tmp_path)
    header = key.authorization("https://push.example.com:444/send/1", "https://inbox.it", NOW)
    claims = check_sender(header, "https://push.example.com:444")
    assert claims["sub"] == "https://inbox.it"
    assert 0 < claims["exp"] - NOW.timestamp() <= 24 * 3600


def test_the_sender_is_the_same_after_a_restart_and_nobody_else_may_read_its_key(
    tmp_path: Path,
) -> None:
    first = sender_key(tmp_path).public
    sender_key.cache_clear()
    assert sender_key(tmp_path).public == first
    assert (tmp_path / "push_key").stat().st_mode & 0o077 == 0
