"""What a push says, sealed for the one browser that subscribed (RFC 8291, in RFC 8188's form)."""

import base64
import os
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

MOST_BYTES = 3_993
"""Of what is said: push services need not take more than 4,096 bytes of a sealed body."""
_RECORD_SIZE = 4_096
_LAST_RECORD = b"\x02"
_POINT_BYTES, _AUTH_BYTES = 65, 16


@dataclass(frozen=True, slots=True)
class BrowserKeys:
    """A subscription's public key and its secret, as the browser made them."""

    public: bytes
    auth: bytes

    @classmethod
    def read(cls, p256dh: str, auth: str) -> "BrowserKeys":
        """Raises ``ValueError`` for what no browser makes."""
        keys = cls(decoded(p256dh), decoded(auth))
        if len(keys.public) != _POINT_BYTES or len(keys.auth) != _AUTH_BYTES:
            raise ValueError("not the keys of a subscription")
        _public_key(keys.public)
        return keys


def seal(
    said: bytes,
    keys: BrowserKeys,
    *,
    salt: bytes | None = None,
    own: ec.EllipticCurvePrivateKey | None = None,
) -> bytes:
    """The body to send; its key and salt are new each time unless given. Raises ``ValueError`` when
    there is too much."""
    if len(said) > MOST_BYTES:
        raise ValueError("too much for a push")
    salt, own = salt or os.urandom(16), own or ec.generate_private_key(ec.SECP256R1())
    ours = point(own.public_key())
    shared = own.exchange(ec.ECDH(), _public_key(keys.public))
    secret = _derive(keys.auth, shared, b"WebPush: info\0" + keys.public + ours, 32)
    key = _derive(salt, secret, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derive(salt, secret, b"Content-Encoding: nonce\0", 12)
    head = salt + _RECORD_SIZE.to_bytes(4, "big") + bytes([len(ours)]) + ours
    return head + AESGCM(key).encrypt(nonce, said + _LAST_RECORD, None)


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    """A public key as it travels."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def encoded(value: bytes) -> str:
    """Base64 for addresses, without its end."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """Raises ``ValueError``."""
    return base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))


def _public_key(public: bytes) -> ec.EllipticCurvePublicKey:
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)


def _derive(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)
