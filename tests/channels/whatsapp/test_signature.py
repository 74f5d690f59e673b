"""Who may knock at the webhook."""

import hmac

import pytest

from inbox_app.channels.whatsapp.webhooks.signature import verify

BODY = b'{"object":"whatsapp_business_account","entry":[]}'
SECRET = b"test_app_secret"
SIGNATURE = "sha256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756"


def test_meta_s_signature_holds() -> None:
    assert verify(BODY, SIGNATURE, [SECRET])


def test_while_a_secret_is_rotated_both_hold() -> None:
    assert verify(BODY, SIGNATURE, [b"new one", SECRET])


@pytest.mark.parametrize(
    ("body", "header", "secrets"),
    [
        (BODY, SIGNATURE, []),
        (BODY, SIGNATURE, [b""]),
        (BODY, SIGNATURE, [b"another"]),
        (BODY + b" ", SIGNATURE, [SECRET]),
        (BODY, None, [SECRET]),
        (BODY, "", [SECRET]),
        (BODY, "sha256=", [SECRET]),
        (BODY, SIGNATURE.removeprefix("sha256="), [SECRET]),
        (BODY, SIGNATURE.replace("sha256", "sha1"), [SECRET]),
        (BODY, SIGNATURE[:-1], [SECRET]),
        (BODY, SIGNATURE.upper(), [SECRET]),
        (BODY, "sha256=è\udcff", [SECRET]),
    ],
)
def test_anything_else_does_not(body: bytes, header: str | None, secrets: list[bytes]) -> None:
    assert not verify(body, header, secrets)


def test_an_empty_secret_opens_nothing() -> None:
    signed_by_anybody = "sha256=" + hmac.digest(b"", BODY, "sha256").hex()
    assert not verify(BODY, signed_by_anybody, [b""])
