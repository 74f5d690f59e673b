"""A push service on this machine, and browsers that subscribed there: they open what comes, as the
RFCs 8188, 8291 and 8292 say, with nothing of the product's own."""

import base64
import json
import os
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.support.servers.local_web import LocalWeb, Page

_TAKEN = 201


@dataclass
class Browser:
    """A subscription: its address, and the keys that only it has."""

    endpoint: str
    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    auth: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def p256dh(self) -> str:
        return _base64(self._public)

    @property
    def secret(self) -> str:
        return _base64(self.auth)

    def subscription(self) -> dict[str, Any]:
        """As a browser tells a page."""
        keys = {"p256dh": self.p256dh, "auth": self.secret}
        return {"endpoint": self.endpoint, "expirationTime": None, "keys": keys}

    def opened(self, body: bytes) -> dict[str, Any]:
        """What a push says to this browser; fails for anybody else's."""
        salt, key_length = body[:16], body[20]
        theirs, sealed = body[21 : 21 + key_length], body[21 + key_length :]
        shared = self.private.exchange(
            ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs)
        )
        info = b"WebPush: info\0" + self._public + theirs
        secret = _hmac(salt, _hmac(_hmac(self.auth, shared), info + b"\x01"))
        key = _hmac(secret, b"Content-Encoding: aes128gcm\0\x01")[:16]
        nonce = _hmac(secret, b"Content-Encoding: nonce\0\x01")[:12]
        padded = AESGCM(key).decrypt(nonce, sealed, None)
        return json.loads(padded.rstrip(b"\0").removesuffix(b"\x02"))

    @property
    def _public(self) -> bytes:
        return self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


@dataclass
class PushService:
    """Takes what is sent to the browsers that subscribed."""

    web: LocalWeb
    browsers: list[Browser] = field(default_factory=list[Browser])

    def subscribe(self, host: str = "calendars.example.com") -> Browser:
        """A browser more."""
        browser = Browser(self.web.url(f"/push/{len(self.browsers)}", host))
        self.browsers.append(browser)
        self.answer(browser, _TAKEN)
        return browser

    def answer(self, browser: Browser, status: int, **headers: str) -> None:
        """From now on."""
        self.web.pages[urlsplit(browser.endpoint).path] = Page(status=status, headers=headers)

    def heard(self, browser: Browser) -> list[dict[str, Any]]:
        """What this browser was told, in order; each as the service took it."""
        path = urlsplit(browser.endpoint).path
        asked = [one for one in list(self.web.asked) if one[":path"] == path]
        return [browser.opened(one[":body"].encode("utf-8", "surrogateescape")) for one in asked]


def check_sender(authorization: str, audience: str) -> dict[str, Any]:
    """The claims of a sender whose signature holds; raises for any other."""
    fields = dict(
        part.strip().split("=", 1) for part in authorization.removeprefix("vapid ").split(",")
    )
    head, claims, signature = fields["t"].split(".")
    raw = _bytes(signature)
    r, s = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _bytes(fields["k"]))
    key.verify(encode_dss_signature(r, s), f"{head}.{claims}".encode(), ec.ECDSA(SHA256()))
    told = json.loads(_bytes(claims))
    assert json.loads(_bytes(head)) == {"typ": "JWT", "alg": "ES256"}
    assert told["aud"] == audience
    return told


def _hmac(key: bytes, data: bytes) -> bytes:
    made = HMAC(key, SHA256())
    made.update(data)
    return made.finalize()


def _base64(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
