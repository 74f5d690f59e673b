"""Who sends a push: the installation, by a key of its own that push services hold against each
subscription (RFC 8292)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from inbox_app.config.secret_key import PUSH_FILE_NAME, make_once
from inbox_app.web_push.encryption import decoded, encoded, point

_HOLDS = timedelta(hours=12)
_HALF = 32


@dataclass(frozen=True, slots=True)
class SenderKey:
    """The installation's."""

    private: ec.EllipticCurvePrivateKey

    @property
    def public(self) -> str:
        """What a browser subscribes for."""
        return encoded(point(self.private.public_key()))

    def authorization(self, endpoint: str, subject: str, now: datetime) -> str:
        """The header of a call to ``endpoint``; ``subject`` is where its operators find ours."""
        parts = urlsplit(endpoint)
        expires = int((now + _HOLDS).timestamp())
        claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": expires, "sub": subject}
        head = {"typ": "JWT", "alg": "ES256"}
        signed = f"{_json(head)}.{_json(claims)}"
        return f"vapid t={signed}.{encoded(self._sign(signed.encode()))}, k={self.public}"

    def _sign(self, what: bytes) -> bytes:
        r, s = decode_dss_signature(self.private.sign(what, ec.ECDSA(SHA256())))
        return r.to_bytes(_HALF, "big") + s.to_bytes(_HALF, "big")


@lru_cache(maxsize=4)
def sender_key(data_dir: Path) -> SenderKey:
    """The one in the folder ``data_dir``, made on the first call. Without it every subscription is
    somebody else's: browsers then subscribe anew."""
    number = decoded(make_once(data_dir / PUSH_FILE_NAME, _new))
    return SenderKey(ec.derive_private_key(int.from_bytes(number, "big"), ec.SECP256R1()))


def _new() -> str:
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return encoded(number.to_bytes(_HALF, "big"))


def _json(value: Mapping[str, object]) -> str:
    return encoded(json.dumps(value, separators=(",", ":")).encode())
