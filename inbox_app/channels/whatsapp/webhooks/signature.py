"""Whether a webhook's body comes from Meta."""

import hmac
import re
from collections.abc import Sequence

PREFIX = "sha256="
_SHAPE = re.compile(rf"{PREFIX}[0-9a-f]{{64}}")


def is_signature(header: str | None) -> bool:
    """Whether `X-Hub-Signature-256` could hold for some body: else none need be read."""
    return header is not None and _SHAPE.fullmatch(header) is not None


def verify(body: bytes, header: str | None, secrets: Sequence[bytes]) -> bool:
    """Check `X-Hub-Signature-256` over the raw body; `secrets` are the app secrets that hold.

    There are several while one is being rotated, since Meta repeats old deliveries for days. No
    secret is a closed door: anybody can sign with an empty key.
    """
    if header is None or not header.startswith(PREFIX):
        return False
    given = header.removeprefix(PREFIX).encode("utf-8", "replace")
    matches = [
        hmac.compare_digest(hmac.digest(secret, body, "sha256").hex().encode(), given)
        for secret in secrets
        if secret
    ]
    return any(matches)
